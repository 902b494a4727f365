import { buildTree, parseRecipe, runPipeline, type Panel, type PanelRun } from '../../src/scoring';
import { leafStagesOf } from '../../src/scoring/pipeline';
import { city, indicator, wholeRefusalOf } from '../helpers/contexts';

const codes = ['x', 'y'];
const tree = buildTree('t', [
  { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
  ...codes.map((code, position) => ({ code, parent: 'index', weight: 1, indicator: code, position })),
]);
// 2018 and 2019, three cities; c lacks x in 2019.
const panel: Panel = {
  cities: ['a', 'b', 'c'].map((code) => city(code)),
  indicators: codes.map((code) => indicator(code)),
  years: [2018, 2019],
  values: Float64Array.of(0, 10, 20, 0, 100, 50, 5, 15, NaN, 40, 60, 80),
  status: new Uint8Array(12),
  statuses: ['NORMAL'],
};
const runOf = (recipe: object, on: Panel = panel): PanelRun => ({
  panel: on,
  tree,
  methodology: parseRecipe({ period: { year: 2019, latestWithinYears: 0 }, ...recipe }, { tree, panel: on }),
});
const MIN_MAX = { method: 'MIN_MAX', low: 0, high: 1 };

describe('leafStagesOf: the stages before the aggregation, to be run many times', () => {
  it.each([
    ['its own year', {}],
    ['years of its basis', { basis: { years: [2018] } }],
    ['both years', { basis: { years: [2018, 2019] } }],
  ])('gives the leaves of the ranking, fitted on %s', (_name, basis) => {
    const run = runOf({ normalise: { ...MIN_MAX, ...basis } });
    const { normalised } = leafStagesOf(run).leavesOf(run.methodology);
    const { nodes } = runPipeline(run);
    expect(normalised).toEqual(tree.leaves.map((leaf) => nodes.columns[leaf]));
  });

  it('keeps what a basis was fitted on, whatever values are tried: x = 12 is 12/20 of 2018', () => {
    const run = runOf({ normalise: { ...MIN_MAX, basis: { years: [2018] } } });
    const stages = leafStagesOf(run);
    const tried = stages.denominated.slice();
    tried[0] = 12;
    for (const repeat of [1, 2])
      expect([repeat, stages.leavesOf(run.methodology, tried).normalised[0]?.[0]]).toEqual([repeat, 0.6]);
  });

  it('a basis of another release without years is the ranked year there', () => {
    const basisPanel = { ...panel, values: panel.values.map((value) => 2 * value) };
    const run = { ...runOf({ normalise: { ...MIN_MAX, basis: { release: 'r1' } } }), basisPanel };
    // x is 10 to 30 there in 2019, and y 80 to 160.
    const { normalised } = leafStagesOf(run).leavesOf(run.methodology);
    expect(Array.from(normalised[0] ?? [])).toEqual([-0.25, 0.25, NaN]);
    expect(Array.from(normalised[1] ?? [])).toEqual([-0.5, -0.25, 0]);
  });

  it('only the named cities are scored where they are named', () => {
    const run = { ...runOf({ normalise: MIN_MAX }), scored: new Set(['a', 'b']) };
    const { cities, normalised } = leafStagesOf(run).leavesOf(run.methodology);
    expect(cities.map(({ code }) => code)).toEqual(['a', 'b']);
    expect(Array.from(normalised[1] ?? [])).toEqual([0, 1]);
  });

  it('nothing to rank: NO_DATA, for a year without observations and for a screening that none passes', () => {
    const blank = { ...panel, values: panel.values.map((value, cell) => (cell < 6 ? value : NaN)) };
    expect(wholeRefusalOf(() => leafStagesOf(runOf({}, blank)))).toMatchObject({ code: 'NO_DATA' });
    const run = { ...runOf({}), scored: new Set<string>() };
    expect(wholeRefusalOf(() => leafStagesOf(run).leavesOf(run.methodology))).toMatchObject({
      code: 'NO_DATA',
      problems: [{ path: 'recipe.screen.minimumAvailability' }],
    });
  });
});
