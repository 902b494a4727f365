import { mergeRecipes, parseRecipe, runPipeline } from '../../../src/scoring';
import { Rerun } from '../../../src/scoring/explanation/rerun';
import { builtInBundle } from '../../helpers/bundle';
import { stream } from '../../helpers/gaps';

const { panel, trees, recipes } = builtInBundle();
const preset = recipes.get('default');
const tree = trees.get(preset?.framework ?? '');
if (!preset || !tree) throw new Error('No default methodology.');

describe.each([
  ['the default recipe', {}],
  [
    'a method that compares the cities',
    {
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'VIKOR' },
      ],
    },
  ],
  ['leaves at once', { weight: { method: 'EQUAL' }, aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }] }],
  ['weights from the data', { weight: { method: 'CRITIC' } }],
  [
    'natural values',
    {
      treat: { method: 'NONE' },
      normalise: { method: 'NONE' },
      aggregate: [
        { level: 1, method: 'COPRAS' },
        { level: 2, method: 'ARITHMETIC' },
      ],
      screen: { minimumAvailability: 1 },
    },
  ],
])('%s: the short way gives what the whole pipeline gives', (_, changes) => {
  const methodology = parseRecipe(mergeRecipes(preset.recipe, changes), { tree, panel });
  const run = { panel, tree, methodology };
  const result = runPipeline({ ...run, keepStages: true });

  it('on 60 random changes of one or two values', () => {
    const next = stream(8);
    let moved = 0;
    for (let draw = 0; draw < 60; draw++) {
      const city = Math.floor(next() * result.cities.length);
      const rerun = new Rerun(run, result, city);
      const drawn = [0, 1].map(() => Math.floor(next() * result.indicators.length));
      const leaves = [...new Set(drawn.slice(0, 1 + (draw % 2)))].filter((leaf) => rerun.canChange(leaf));
      const n = result.cities.length;
      const wanted = leaves.map((leaf) => {
        const column = result.stages?.denominated.subarray(leaf * n, (leaf + 1) * n) ?? new Float64Array();
        const present = column.filter((value) => !Number.isNaN(value));
        return { leaf, value: present[Math.floor(next() * present.length)] ?? NaN };
      });
      const rank = rerun.rank(wanted);
      if (rank !== result.ranks[city]) moved++;
      expect(rank).toBe(rerun.fullRank(wanted));
    }
    expect(moved).toBeGreaterThan(2);
  });
});
