import {
  buildTree,
  closestWeights,
  completeCities,
  favourableWeights,
  parseRecipe,
  runTable,
  weightSpaceOf,
  withWeights,
  type RankingResult,
  type WeightSpace,
} from '../../../src/scoring';
import { refusalOf } from '../../helpers/contexts';
import { stream } from '../../helpers/gaps';

/** A ranking of `n` random cities by `m` indicators right under the root. */
function flatRanking(n: number, m: number, next: () => number, method = 'ARITHMETIC'): RankingResult {
  const codes = Array.from({ length: m }, (_, j) => `x${String(j)}`);
  const tree = buildTree('flat', [
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
  const cities = Array.from({ length: n }, (_, i) => ({ code: `c${String(i)}`, groups: {} }));
  const recipe = { normalise: { method: 'MIN_MAX', low: 1, high: 100 }, aggregate: [{ level: 1, method }] };
  return runTable({
    tree,
    cities,
    indicators,
    year: 1,
    values: Float64Array.from({ length: n * m }, next),
    methodology: parseRecipe(recipe, { tree, panel: { indicators, cities, years: [1] } }),
    keepStages: true,
  });
}

function rerank(result: RankingResult, space: WeightSpace, weights: Float64Array): RankingResult {
  return runTable({
    tree: result.tree,
    cities: result.cities,
    indicators: result.indicators,
    year: 1,
    values: result.stages?.denominated ?? new Float64Array(),
    methodology: { ...result.methodology, weight: withWeights(result, space, weights) },
  });
}

const lead = (space: WeightSpace, w: readonly number[], i: number, j: number): number =>
  w.reduce((sum, weight, k) => sum + weight * ((space.columns[k]?.[i] ?? NaN) - (space.columns[k]?.[j] ?? NaN)), 0);

/**
 * All corners of the arrangement of the lines "i ties with j" on the weights (u, v, 1 − u − v) within the limits, and the
 * midpoints between corners: every order that weights can give shows at one of them.
 */
function candidates(space: WeightSpace, pairs: readonly (readonly [number, number])[]): number[][] {
  // Each line is a + b u + c v = 0.
  const [low, high] = [space.low[0] ?? 0, space.high[0] ?? 1];
  const lines = [
    ...[low, high].flatMap((limit) => [
      [-limit, 1, 0],
      [-limit, 0, 1],
      [1 - limit, -1, -1],
    ]),
    ...pairs.map(([i, j]) => {
      const [p, q, r] = [lead(space, [1, 0, 0], i, j), lead(space, [0, 1, 0], i, j), lead(space, [0, 0, 1], i, j)];
      return [r, p - r, q - r];
    }),
  ];
  const corners: number[][] = [];
  lines.forEach(([a1 = 0, b1 = 0, c1 = 0], x) => {
    lines.slice(x + 1).forEach(([a2 = 0, b2 = 0, c2 = 0]) => {
      const determinant = b1 * c2 - b2 * c1;
      if (Math.abs(determinant) < 1e-12) return;
      const u = (c1 * a2 - c2 * a1) / determinant;
      const v = (a1 * b2 - a2 * b1) / determinant;
      const w = [u, v, 1 - u - v];
      if (w.every((weight) => weight >= low - 1e-9 && weight <= high + 1e-9)) corners.push(w);
    });
  });
  return corners;
}

describe('favourableWeights: the best rank, held against every corner of the weight space', () => {
  it.each([
    ['ARITHMETIC', 0, 1],
    ['GEOMETRIC', 0, 1],
    ['ARITHMETIC', 0.1, 0.6],
    ['HARMONIC', 0.2, 0.5],
  ] as const)('%s, weights from %d to %d', (method, min, max) => {
    const next = stream(41);
    for (let round = 0; round < 12; round++) {
      const result = flatRanking(9, 3, next, method);
      const space = weightSpaceOf(result, { min, max });
      const city = round % 9;
      const rivals = completeCities(space).filter((i) => i !== city);
      const found = favourableWeights(space, city);
      // A closed set of passed rivals shows at a corner, where ties count as passed.
      const best = Math.min(
        ...candidates(
          space,
          rivals.map((j) => [city, j] as const),
        ).map((w) => 1 + rivals.filter((j) => lead(space, w, city, j) < -1e-7).length),
      );
      expect(found.exact).toBe(true);
      expect(found.rank).toBe(best);
      expect(found.bound).toBe(best);
      expect(rerank(result, space, found.weights).ranks[city]).toBe(best);
      for (const weight of found.weights) {
        expect(weight).toBeGreaterThanOrEqual(min - 1e-9);
        expect(weight).toBeLessThanOrEqual(max + 1e-9);
      }
    }
  });

  it('a city that leads already keeps the nominal weights', () => {
    const result = flatRanking(6, 3, stream(2));
    const found = favourableWeights(weightSpaceOf(result, {}), result.order[0] ?? -1);
    expect(found.rank).toBe(1);
    expect(found.moved).toBeCloseTo(0, 9);
  });

  it('a dominated city: the cities above it under all weights are named', () => {
    const result = flatRanking(8, 3, stream(11));
    const space = weightSpaceOf(result, {});
    for (let city = 0; city < 8; city++) {
      const dominators = result.cities.flatMap((_, j) =>
        j !== city && space.columns.every((column) => (column[j] ?? NaN) > (column[city] ?? NaN)) ? [j] : [],
      );
      expect(favourableWeights(space, city).alwaysAbove).toEqual(dominators);
    }
  });
});

describe('closestWeights', () => {
  it.each([3, 5])('recovers an order that weights do give (%d parts)', (m) => {
    const next = stream(17);
    for (let round = 0; round < 8; round++) {
      const result = flatRanking(10, m, next);
      const space = weightSpaceOf(result, {});
      const drawn = Array.from({ length: m }, next);
      const total = drawn.reduce((sum, weight) => sum + weight, 0);
      const target = rerank(
        result,
        space,
        Float64Array.from(drawn, (weight) => weight / total),
      );
      const cities = completeCities(space);
      const found = closestWeights(space, cities, target.ranks);
      expect(found.tau).toBeCloseTo(1, 12);
      expect(found.reversed).toBe(0);
      expect(found.infeasibility).toBeNull();
      expect(Array.from(rerank(result, space, found.weights).ranks)).toEqual(Array.from(target.ranks));
    }
  });

  it('an order that no weights give: pairs reversed as few as brute force finds, and the proof holds', () => {
    const next = stream(23);
    let proofs = 0;
    for (let round = 0; round < 12; round++) {
      const result = flatRanking(7, 3, next);
      const space = weightSpaceOf(result, {});
      const cities = completeCities(space);
      const published = Float64Array.from(
        cities.map((city) => ({ city, key: next() })).sort((a, b) => a.key - b.key),
        ({ city }) => city + 1,
      );
      const found = closestWeights(space, cities, published);
      const pairs = cities.flatMap((i) =>
        cities.filter((j) => (published[i] ?? 0) < (published[j] ?? 0)).map((j) => [i, j] as const),
      );
      const corners = candidates(space, pairs);
      // A cell's centre is among the means of three corners.
      let fewest = Infinity;
      for (let draw = 0; draw < 20_000; draw++) {
        const [a, b, c] = [0, 1, 2].map(() => corners[Math.floor(next() * corners.length)] ?? []);
        const w = [0, 1, 2].map((k) => ((a?.[k] ?? 0) + (b?.[k] ?? 0) + (c?.[k] ?? 0)) / 3);
        fewest = Math.min(fewest, pairs.filter(([i, j]) => lead(space, w, i, j) <= 0).length);
      }
      expect(found.reversed).toBeLessThanOrEqual(fewest);
      expect(found.fewestReversed).toBeLessThanOrEqual(fewest);
      expect(found.reversed).toBeGreaterThanOrEqual(found.impossible.length);
      // Pairs called impossible are dominated: the lead is not above 0 at any corner.
      for (const { above, below } of found.impossible)
        expect(
          Math.max(...[0, 1, 2].map((k) => (space.columns[k]?.[above] ?? NaN) - (space.columns[k]?.[below] ?? NaN))),
        ).toBeLessThanOrEqual(0);
      if (fewest > 0) expect(found.infeasibility).not.toBeNull();
      if (found.infeasibility === null) continue;
      proofs++;
      const multipliers = found.infeasibility.pairs.map(({ multiplier }) => multiplier);
      expect(multipliers.reduce((sum, x) => sum + x, 0)).toBeCloseTo(1, 9);
      expect(Math.min(...multipliers)).toBeGreaterThanOrEqual(0);
      // Farkas: under every weights the combined lead is at most 0, so they cannot all be above it.
      for (const k of [0, 1, 2]) {
        const combined = found.infeasibility.pairs.reduce(
          (sum, { above, below, multiplier }) =>
            sum + multiplier * ((space.columns[k]?.[above] ?? NaN) - (space.columns[k]?.[below] ?? NaN)),
          0,
        );
        expect(combined).toBeLessThanOrEqual(1e-9);
      }
    }
    expect(proofs).toBeGreaterThan(5);
  });

  it('attainable places hold every place that 2,000 drawn weights give', () => {
    const next = stream(31);
    const result = flatRanking(8, 3, next);
    const space = weightSpaceOf(result, { min: 0.1 });
    const found = closestWeights(space, completeCities(space), Float64Array.from([8, 7, 6, 5, 4, 3, 2, 1]));
    const outside: object[] = [];
    for (let draw = 0; draw < 2000; draw++) {
      const x = Array.from({ length: 3 }, () => -Math.log(1 - next()));
      const total = x.reduce((sum, value) => sum + value, 0);
      const w = x.map((value) => 0.1 + (0.7 * value) / total);
      for (const { city, best, worst } of found.ranges) {
        const place = 1 + [...Array(8).keys()].filter((j) => lead(space, w, j, city) > 0).length;
        if (!(place >= best && place <= worst)) outside.push({ city, place, best, worst });
      }
    }
    expect(outside).toEqual([]);
  });
});

describe('refusals', () => {
  it.each([
    [{ min: 0.5 }, 'BAD_INPUT'],
    [{ max: 0.2 }, 'BAD_INPUT'],
    [{ limits: [{ node: 'nowhere', min: 0, max: 1 }] }, 'NOT_FOUND'],
    [{ limits: [{ node: 'x0', min: 0.7, max: 0.3 }] }, 'BAD_INPUT'],
  ])('%j: %s', (limits, code) => {
    expect(refusalOf(() => weightSpaceOf(flatRanking(5, 3, stream(1)), limits))).toBe(code);
  });

  it('a root that is no such mean: PRECONDITION_FAILED', () => {
    expect(refusalOf(() => weightSpaceOf(flatRanking(5, 3, stream(1), 'TOPSIS'), {}))).toBe('PRECONDITION_FAILED');
  });
});
