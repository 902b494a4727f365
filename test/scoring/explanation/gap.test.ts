import {
  buildTree,
  contributionsAt,
  decomposeGap,
  parseRecipe,
  registry,
  runTable,
  type RankingResult,
} from '../../../src/scoring';
import { CLOSED_FORMS, gapTree, randomRanking, splitRandomGaps, stream } from '../../helpers/gaps';

// Shapley (1953), A value for n-person games; Ang (2004), Energy Policy 32, 1131–1139 for the logarithmic-mean weights.

/** The deep run takes 10,000 for every aggregation; here the closed forms get more than the others. */
const casesOf = (id: string): number => (CLOSED_FORMS.has(id) ? 3_000 : 100);

it.each([...registry.AGGREGATION.keys()])('%s: the parts sum to the gap within 1e-9', (id) => {
  const { checked, worst, methods } = splitRandomGaps(id, casesOf(id));
  expect(checked).toBeGreaterThanOrEqual(casesOf(id));
  expect(worst).toBeLessThan(1e-9);
  expect(methods).toEqual([CLOSED_FORMS.has(id) ? 'CLOSED_FORM' : 'SHAPLEY_EXACT']);
});

const scores = (result: RankingResult, node: string): Float64Array =>
  result.nodes.columns[result.tree.indexOf.get(node) ?? -1] ?? new Float64Array();

describe('the parts are the ones of the formula', () => {
  const next = stream(7);
  const logMean = (a: number, b: number): number => (a === b ? a : (a - b) / Math.log(a / b));

  it('arithmetic throughout: effective weight × difference', () => {
    const result = randomRanking('ARITHMETIC', true, next, false);
    const split = decomposeGap(result, gapTree.root, 0, 1);
    gapTree.leaves.forEach((leaf, j) => {
      const expected =
        (result.nodes.effectiveWeights[leaf] ?? NaN) *
        ((result.nodes.columns[leaf]?.[0] ?? NaN) - (result.nodes.columns[leaf]?.[1] ?? NaN));
      expect(split?.parts[j]).toBeCloseTo(expected, 10);
    });
  });

  it('geometric over arithmetic: logarithmic-mean weights above, plain weights below', () => {
    const result = randomRanking('GEOMETRIC', true, next, false);
    const split = decomposeGap(result, gapTree.root, 2, 3);
    const root = scores(result, 'index');
    gapTree.leaves.forEach((leaf, j) => {
      const parent = gapTree.nodes[leaf]?.parent ?? -1;
      const dimension = result.nodes.columns[parent] ?? new Float64Array();
      const above =
        ((result.nodes.weights[parent] ?? NaN) * logMean(root[2] ?? NaN, root[3] ?? NaN)) /
        logMean(dimension[2] ?? NaN, dimension[3] ?? NaN);
      const column = result.nodes.columns[leaf] ?? new Float64Array();
      expect(split?.parts[j]).toBeCloseTo(
        above * (result.nodes.weights[leaf] ?? NaN) * ((column[2] ?? NaN) - (column[3] ?? NaN)),
        9,
      );
    });
  });

  it.each(['TOPSIS', 'MAZZIOTTA_PARETO', 'VIKOR', 'MINIMUM', 'PROMETHEE_II'])(
    '%s: half of the mean change over all orders of exchange, each table ranked anew',
    (id) => {
      const result = randomRanking(id, true, next, false);
      const split = decomposeGap(result, gapTree.root, 0, 1);
      // An independent and slow way: all 24 orders, the whole engine on the exchanged normalised table.
      const n = result.cities.length;
      const gapAfter = (exchanged: readonly number[]): number => {
        const values = Float64Array.from(gapTree.leaves.flatMap((leaf) => [...(result.nodes.columns[leaf] ?? [])]));
        for (const j of exchanged) {
          const kept = values[j * n] ?? NaN;
          values[j * n] = values[j * n + 1] ?? NaN;
          values[j * n + 1] = kept;
        }
        const again = runTable({
          tree: gapTree,
          methodology: {
            ...result.methodology,
            normalise: { method: 'NONE', parameters: {}, overrides: [], basis: null },
          },
          year: 2019,
          cities: result.cities,
          indicators: result.indicators.map((indicator) => ({ ...indicator, direction: 1 as const })),
          values,
        });
        return (scores(again, 'index')[0] ?? NaN) - (scores(again, 'index')[1] ?? NaN);
      };
      const parts = [0, 0, 0, 0];
      const orders = permutations([0, 1, 2, 3]);
      for (const order of orders)
        order.forEach((j, k) => {
          parts[j] =
            (parts[j] ?? 0) - (gapAfter(order.slice(0, k + 1)) - gapAfter(order.slice(0, k))) / 2 / orders.length;
        });
      parts.forEach((part, j) => {
        expect(split?.parts[j]).toBeCloseTo(part, 8);
      });
    },
  );
});

function permutations(items: readonly number[]): number[][] {
  return items.length === 0
    ? [[]]
    : items.flatMap((item) => permutations(items.filter((other) => other !== item)).map((rest) => [item, ...rest]));
}

describe('gaps in the data', () => {
  const tree = buildTree('t', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    { code: 'x0', parent: 'index', weight: 1, indicator: 'x0', position: 0 },
    { code: 'x1', parent: 'index', weight: 3, indicator: 'x1', position: 1 },
  ]);
  const indicators = ['x0', 'x1'].map((code) => ({
    code,
    direction: 1 as const,
    goalpostLow: null,
    goalpostHigh: null,
    target: null,
    denominator: null,
  }));
  const cities = ['a', 'b'].map((code) => ({ code, groups: {} }));
  const run = (values: readonly number[]): RankingResult =>
    runTable({
      tree,
      cities,
      indicators,
      year: 1,
      values: Float64Array.from(values),
      keepStages: true,
      methodology: parseRecipe({ normalise: { method: 'NONE' } }, { tree, panel: { indicators, cities, years: [1] } }),
    });

  it('a missing child counts as the score of the others: a = 4 by x1 alone, b = (2 + 3 × 6) / 4 = 5', () => {
    const split = decomposeGap(run([NaN, 2, 4, 6]), tree.root, 0, 1);
    expect(split?.gap).toBe(-1);
    expect(Array.from(split?.parts ?? [])).toEqual([0.25 * (4 - 2), 0.75 * (4 - 6)]);
  });

  it('is null where one of the two has no score', () => {
    const result = runTable({
      tree,
      cities: [...cities, { code: 'c', groups: {} }],
      indicators,
      year: 1,
      values: Float64Array.of(1, NaN, 3, 2, 5, 6),
      keepStages: true,
      methodology: parseRecipe(
        { normalise: { method: 'MIN_MAX' }, aggregate: [{ level: 1, method: 'TOPSIS' }] },
        { tree, panel: { indicators, cities, years: [1] } },
      ),
    });
    expect(decomposeGap(result, tree.root, 0, 1)).toBeNull();
  });
});

it('more indicators than are exchanged exhaustively: a sample of orders, which adds up as well', () => {
  const next = stream(3);
  const m = 12;
  const codes = Array.from({ length: m }, (_, j) => `x${String(j)}`);
  const tree = buildTree('wide', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...codes.map((code, position) => ({ code, parent: 'index', weight: 1, indicator: code, position })),
  ]);
  const indicators = codes.map((code) => ({
    code,
    direction: 1 as const,
    goalpostLow: null,
    goalpostHigh: null,
    target: null,
    denominator: null,
  }));
  const cities = Array.from({ length: 8 }, (_, i) => ({ code: `c${String(i)}`, groups: {} }));
  const result = runTable({
    tree,
    cities,
    indicators,
    year: 1,
    values: Float64Array.from({ length: 8 * m }, () => next() * 10),
    keepStages: true,
    methodology: parseRecipe(
      { aggregate: [{ level: 1, method: 'CODAS' }] },
      { tree, panel: { indicators, cities, years: [1] } },
    ),
  });
  const split = decomposeGap(result, tree.root, 0, 1);
  const one = decomposeGap(result, tree.root, 0, 1, { maxCellOperations: 1 });
  expect(split?.method).toBe('SHAPLEY_SAMPLED');
  expect(split?.orders).toBe(m);
  expect(one?.orders).toBe(1);
  for (const each of [split, one]) {
    const sum = each?.parts.reduce((total, part) => total + part, 0);
    expect(sum).toBeCloseTo(each?.gap ?? NaN, 9);
  }
});

describe('contributions', () => {
  it.each([...registry.AGGREGATION.keys()])('%s: add to the distance from the mean score', (id) => {
    const result = randomRanking(id, false, stream(99), false);
    const column = scores(result, 'index');
    const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
    const told = contributionsAt(result, gapTree.root, 2);
    const sum = told?.parts.reduce((total, part) => total + part, 0) ?? NaN;
    expect(told?.mean).toBeCloseTo(mean, 9);
    expect(sum).toBeCloseTo((column[2] ?? NaN) - mean, 9);
  });

  it('arithmetic: weight × distance from the mean of the column', () => {
    const result = randomRanking('ARITHMETIC', true, stream(5), false);
    const told = contributionsAt(result, gapTree.root, 1);
    gapTree.leaves.forEach((leaf, j) => {
      const column = result.nodes.columns[leaf] ?? new Float64Array();
      const mean = column.reduce((sum, value) => sum + value, 0) / column.length;
      expect(told?.parts[j]).toBeCloseTo(
        (result.nodes.effectiveWeights[leaf] ?? NaN) * ((column[1] ?? NaN) - mean),
        10,
      );
    });
  });
});
