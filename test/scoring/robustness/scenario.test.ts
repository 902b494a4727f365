import { parseRecipe, runTable, type TableRun } from '../../../src/scoring';
import { oneAtATime } from '../../../src/scoring/robustness/one-at-a-time';
import { rankReversals } from '../../../src/scoring/robustness/rank-reversal';
import { scenarioBytes, ScenarioRunner } from '../../../src/scoring/robustness/scenario';
import { wholeRefusalOf } from '../../helpers/contexts';
import { smallRun } from '../../helpers/robustness';

const COLUMNS = [
  [1, 5, 9, 4, 3],
  [2, 8, 3, 7, 9],
  [6, 1, 2, 9, 5],
];
const made = (recipe: object): TableRun =>
  smallRun({
    leaves: { d: ['x', 'y'], e: ['z'] },
    columns: COLUMNS,
    recipe: { normalise: { method: 'MIN_MAX', low: 1, high: 100 }, ...recipe },
  });
const scopeOf = ({ tree, cities, indicators }: TableRun) => ({ tree, panel: { cities, indicators, years: [1] } });
const weigh = (run: TableRun, weights: Record<string, number>): Float64Array =>
  runTable({
    ...run,
    methodology: {
      ...run.methodology,
      weight: {
        method: 'GIVEN',
        parameters: {},
        weights: Object.entries(weights).map(([node, weight]) => ({ node, weight })),
      },
    },
  }).ranks;

describe('weights from the data are multiplied as they came out', () => {
  it('ENTROPY by children', () => {
    const run = made({ weight: { method: 'ENTROPY' } });
    const { tree, nodes } = runTable(run);
    const own = (code: string): number => nodes.weights[tree.indexOf.get(code) ?? -1] ?? NaN;
    const [less, more] = oneAtATime(run, [], [{ node: 'x', share: 0.9 }]).changes;
    const weights = (factor: number) => ({ d: own('d'), e: own('e'), x: own('x') * factor, y: own('y'), z: 1 });
    expect(Array.from(less?.ranks ?? [])).toEqual(Array.from(weigh(run, weights(1 - 0.9))));
    expect(Array.from(more?.ranks ?? [])).toEqual(Array.from(weigh(run, weights(1.9))));
  });

  it('ENTROPY over the leaves of the root at once', () => {
    const over = [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }];
    const run = made({ weight: { method: 'ENTROPY' }, aggregate: over });
    const { tree, nodes } = runTable(run);
    const own = (code: string): number => nodes.effectiveWeights[tree.indexOf.get(code) ?? -1] ?? NaN;
    const [, more] = oneAtATime(run, [], [{ node: 'd', share: 0.5 }]).changes;
    // All of d is half as much again: a sum over the three leaves, by whole numbers of the definition.
    const normalised = COLUMNS.map((column) =>
      column.map((v) => 1 + (99 * (v - Math.min(...column))) / (Math.max(...column) - Math.min(...column))),
    );
    const w = [own('x') * 1.5, own('y') * 1.5, own('z')];
    const scores =
      COLUMNS[0]?.map((_, i) => w.reduce((sum, weight, j) => sum + weight * (normalised[j]?.[i] ?? NaN), 0)) ?? [];
    expect(Array.from(more?.ranks ?? [])).toEqual(
      scores.map((score) => 1 + scores.filter((other) => other > score).length),
    );
  });

  it('over the leaves of a node below the root they cannot be: refused', () => {
    const run = made({
      weight: { method: 'ENTROPY' },
      aggregate: [
        { level: 1, method: 'ARITHMETIC', over: 'LEAVES' },
        { node: 'index', method: 'ARITHMETIC' },
      ],
    });
    const runner = new ScenarioRunner(run);
    const half = new Float64Array(run.tree.nodes.length).fill(0.5);
    expect(wholeRefusalOf(() => runner.ranks([], half))).toMatchObject({
      code: 'PRECONDITION_FAILED',
      problems: [{ path: 'recipe.weight', value: 'ENTROPY', allowed: 'given weights, or over: CHILDREN' }],
    });
  });
});

it('ties are settled by the tie-breaker, as in a whole run', () => {
  const run = made({ rank: { ties: 'ORDINAL', tolerance: 40, tieBreaker: 'e' } });
  const change = { aggregate: parseRecipe({ aggregate: [{ level: 1, method: 'MINIMUM' }] }, scopeOf(run)).aggregate };
  const whole = runTable({ ...run, methodology: { ...run.methodology, ...change } });
  // By code the order would be another.
  const byCode = runTable({
    ...run,
    methodology: { ...run.methodology, ...change, rank: { ...run.methodology.rank, tieBreaker: null } },
  });
  expect(whole.ranks).not.toEqual(byCode.ranks);
  expect(new ScenarioRunner(run).ranks([{ label: 'minimum', change }])).toEqual(whole.ranks);
});

it('where there is room for one combination of stages, ranks are the same whatever came before', () => {
  const run = made({});
  const { normalise } = run.methodology;
  const recipes = ['RANK', 'Z_SCORE', 'RANK', 'MIN_MAX'].map((method) => {
    const parsed = parseRecipe({ normalise: { method } }, scopeOf(run)).normalise;
    return { label: method, change: { normalise: method === 'MIN_MAX' ? normalise : parsed } };
  });
  const runner = new ScenarioRunner(run, 0);
  for (const recipe of recipes)
    expect(runner.ranks([recipe])).toEqual(
      runTable({ ...run, methodology: { ...run.methodology, ...recipe.change } }).ranks,
    );
});

describe('nodes left out', () => {
  const run = made({});
  const leave = (code: string) => ({ label: code, change: {}, leftOut: code });

  it('all that a dimension has: the dimension goes too', () => {
    const ranks = new ScenarioRunner(run).ranks([leave('z')]);
    expect(Array.from(ranks)).toEqual(Array.from(weigh(run, { d: 1, e: 0 })));
  });

  it('one after the other: the others keep the weights that the data gave them', () => {
    const entropy = made({ weight: { method: 'ENTROPY' } });
    const { tree, nodes } = runTable(entropy);
    const own = Object.fromEntries(tree.nodes.map(({ code }, index) => [code, nodes.weights[index] ?? NaN]));
    const runner = new ScenarioRunner(entropy);
    for (const code of ['x', 'y'])
      expect(Array.from(runner.ranks([leave(code)]))).toEqual(Array.from(weigh(entropy, { ...own, [code]: 0 })));
  });

  it('together with a multiplied weight', () => {
    const factors = new Float64Array(run.tree.nodes.length).fill(1);
    factors[run.tree.indexOf.get('d') ?? -1] = 3;
    const ranks = new ScenarioRunner(run).ranks([leave('x')], factors);
    expect(Array.from(ranks)).toEqual(Array.from(weigh(run, { d: 3, e: 1, x: 0, y: 1, z: 1 })));
  });
});

describe('rank reversal at its edges', () => {
  it('a method where a low score is good: as by ranking the others anew', () => {
    const run = made({
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { level: 2, method: 'VIKOR' },
      ],
    });
    const nominal = runTable(run).ranks;
    const found = rankReversals(run, ['c0', 'c3'], 5);
    for (const { city, reversals } of found) {
      const gone = Number(city.slice(1));
      const others = [0, 1, 2, 3, 4].filter((i) => i !== gone);
      const again = runTable({
        ...run,
        cities: run.cities.filter((_, i) => i !== gone),
        values: run.values.filter((_, cell) => cell % 5 !== gone),
      }).ranks;
      let turned = 0;
      others.forEach((i, p) => {
        others.forEach((j, q) => {
          if ((nominal[i] ?? NaN) < (nominal[j] ?? NaN) && (again[p] ?? NaN) > (again[q] ?? NaN)) turned++;
        });
      });
      expect([city, reversals]).toEqual([city, turned]);
    }
  });

  it('cities that are all alike cannot change places', () => {
    const alike = smallRun({
      leaves: ['x', 'y'],
      columns: [
        [3, 3, 3],
        [2, 2, 2],
      ],
      recipe: { normalise: { method: 'NONE' } },
    });
    expect(rankReversals(alike, ['c1'])).toMatchObject([{ reversals: 0, winnerChanges: false, lostOrGained: 0 }]);
  });

  it('leaving out a city without a rank takes none of the others’', () => {
    const incomplete = smallRun({
      leaves: ['x', 'y'],
      columns: [
        [3, 1, NaN, 5],
        [2, 2, 2, 1],
      ],
      recipe: {
        normalise: { method: 'NONE' },
        aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }],
      },
    });
    expect(rankReversals(incomplete, ['c2'])).toMatchObject([{ rank: NaN, reversals: 0, lostOrGained: 0 }]);
  });
});

it('the leaves that are kept: two columns of 8 bytes a leaf and city, of the recipe and of each combination of stages', () => {
  const { tree, methodology } = made({});
  const own = { label: 'own', change: {} };
  const ranks = { label: 'ranks', change: { normalise: { ...methodology.normalise, method: 'RANK' } } };
  const arithmetic = { label: 'means', change: { aggregate: methodology.aggregate } };
  const one = { code: 'normalise', alternatives: [own, ranks, own] };
  expect(scenarioBytes(tree, [], 5)).toBe(2 * 8 * 5 * 3 * 2);
  // Alternatives that change nothing before the aggregation share their leaves.
  expect(scenarioBytes(tree, [one, { code: 'aggregate', alternatives: [own, arithmetic] }], 5)).toBe(2 * 8 * 5 * 3 * 3);
  // As many as fit in 256 MiB: here two of three.
  expect(scenarioBytes(tree, [one], 2_500_000)).toBe(2 * 8 * 2_500_000 * 3 * 2);
});
