import { parseRecipe } from '../../../src/scoring';
import {
  centralWeightsOf,
  confidenceFactors,
  createMemory,
  DrawEvaluator,
  holisticAcceptability,
  memoryBytes,
  runBytes,
  planUncertainty,
  prepareUncertainty,
  probabilityAbove,
  quantilesOfCities,
  rankAcceptability,
  runBlocks,
  runUncertainty,
  summarise,
  summaryOfCities,
  tiersOf,
  type UncertaintyInput,
  type UncertaintyResult,
} from '../../../src/scoring/robustness/monte-carlo';
import { quantileShares, sketchQuantiles } from '../../../src/scoring/robustness/statistics';
import { SKETCH_BINS, sketchScores } from '../../../src/scoring/robustness/uncertainty-memory';
import { runOf, scatteredColumns } from '../../helpers/uncertain-runs';

const SIMPLEX = { method: 'SIMPLEX', levels: null } as const;
const simulate = (run: ReturnType<typeof runOf>, input: Partial<UncertaintyInput> = {}): UncertaintyResult =>
  runUncertainty(run, planUncertainty(run.tree, { seed: 1, draws: 400, weights: SIMPLEX, pairs: true, ...input }));

describe('cities that are not ranked in every draw', () => {
  const strict = { aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }] };
  const run = runOf(
    [
      [1, 2, NaN],
      [2, 1, 3],
    ],
    { recipe: strict },
  );

  it('never: no figures, no tier, no place, and below every other', () => {
    const result = simulate(run);
    expect(result.rankedDraws[2]).toBe(0);
    for (const { mean, median, deviation, meanError, percentiles } of [result.rank, result.score])
      for (const column of [mean, median, deviation, meanError, ...percentiles]) expect(column[2]).toBeNaN();
    expect(tiersOf(result, 0.95)[2]).toBe(0);
    expect(rankAcceptability(result, 2, 1)).toMatchObject({ value: 0 });
    expect(probabilityAbove(result, 0, 2).value).toBe(1);
    expect(probabilityAbove(result, 2, 0).value).toBe(0);
  });

  it('only where an alternative lets them in: ranked in about half of the draws, with a mean of those alone', () => {
    const { tree, panel } = run;
    const lenient = parseRecipe({ aggregate: [{ level: 1, method: 'ARITHMETIC' }] }, { tree, panel }).aggregate;
    const choices = [
      {
        code: 'a',
        alternatives: [
          { label: 'strict', change: {} },
          { label: 'lenient', change: { aggregate: lenient } },
        ],
      },
    ];
    const result = simulate(run, { weights: null, choices });
    const ranked = result.rankedDraws[2] ?? NaN;
    // A fair coin 400 times: within five standard deviations of 200.
    expect(Math.abs(ranked - 200)).toBeLessThan(50);
    expect(result.rankedDraws[0]).toBe(400);
    // Its one value is 3, the best; the two others stand at 1.5 and share the next place.
    expect(result.score.mean[2]).toBeCloseTo(3, 12);
    expect(result.rank.mean[2]).toBe(1);
    expect(result.rank.mean[0]).toBeCloseTo((1 * (400 - ranked) + 2 * ranked) / 400, 12);
  });

  it('no city has a nominal rank: no mean shift', () => {
    const none = runOf(
      [
        [1, NaN],
        [NaN, 1],
      ],
      { recipe: strict },
    );
    expect(simulate(none).meanShift).toBeNaN();
  });
});

describe('at the edges', () => {
  const run = runOf([
    [1, 5, 5],
    [7, 2, 2],
  ]);

  it('a city against itself, a rank that does not occur, cities of one mean rank', () => {
    const result = simulate(run);
    expect(probabilityAbove(result, 1, 1)).toEqual({ value: 0.5, error: 0 });
    expect(rankAcceptability(result, 0, 2.5)).toMatchObject({ value: 0 });
    const tiers = tiersOf(result, 0.95);
    expect(tiers[1]).toBe(tiers[2]);
    expect(() => probabilityAbove(simulate(run, { pairs: false }), 0, 1)).toThrow(RangeError);
  });

  it('one city is first and last at once', () => {
    const result = simulate(runOf([[3], [4]]));
    expect(Array.from(holisticAcceptability(result))).toEqual([1]);
    expect(result.rank.mean[0]).toBe(1);
  });

  it('nothing but weights varies: one ranking decides the confidence factor', () => {
    const plan = planUncertainty(run.tree, { seed: 1, draws: 10, weights: SIMPLEX, centralWeights: true });
    const model = prepareUncertainty(run, plan);
    const weights = Float64Array.from(run.tree.nodes, ({ code }) => (code === 'x0' ? 0.9 : code === 'x1' ? 0.1 : 1));
    // 0.9 × 5 + 0.1 × 2 = 4.7 against 0.9 + 0.7 = 1.6.
    expect(
      confidenceFactors(
        model,
        plan,
        [0, 1].map((city) => ({ city, weights, errors: weights, draws: 1 })),
        5,
      ),
    ).toEqual([
      { city: 0, draws: 1, value: 0, error: 0 },
      { city: 1, draws: 1, value: 1, error: 0 },
    ]);
  });
});

it('central weights: means and errors of the weights of each city’s first places, the most often first, then by index', () => {
  const first = (block: number, city: number, draws: readonly (readonly [number, number])[]) => {
    const column = (k: 0 | 1): number[] => draws.map((weights) => weights[k]);
    const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
    const squares = (values: readonly number[]): number =>
      values.reduce((sum, value) => sum + (value - mean(values)) ** 2, 0);
    return {
      block,
      city,
      draws: draws.length,
      means: Float64Array.of(mean(column(0)), mean(column(1))),
      squares: Float64Array.of(squares(column(0)), squares(column(1))),
    };
  };
  const found = centralWeightsOf([
    first(1, 2, [[0.5, 0.5]]),
    first(0, 1, [[0.6, 0.4]]),
    first(0, 2, [[0.125, 0.875]]),
    first(0, 3, [
      [0, 1],
      [0.5, 0.5],
    ]),
    first(2, 3, [
      [1, 0],
      [0.5, 0.5],
    ]),
    first(0, 0, [
      [1, 0],
      [1, 0],
      [1, 0],
    ]),
  ]);
  // Of 0, ½, 1 and ½ the squared distances from ½ add to ½: a variance of ½ / 3, over 4 draws.
  const spread = Math.sqrt(0.5 / 3 / 4);
  expect(found).toEqual([
    { city: 3, draws: 4, weights: Float64Array.of(0.5, 0.5), errors: Float64Array.of(spread, spread) },
    { city: 0, draws: 3, weights: Float64Array.of(1, 0), errors: Float64Array.of(0, 0) },
    // Two values a distance d apart deviate by d/√2, their mean by d/2.
    { city: 2, draws: 2, weights: Float64Array.of(0.3125, 0.6875), errors: Float64Array.of(0.1875, 0.1875) },
    { city: 1, draws: 1, weights: Float64Array.of(0.6, 0.4), errors: Float64Array.of(NaN, NaN) },
  ]);
});

it('two workers on halves of the blocks say what one says', () => {
  const run = runOf(scatteredColumns(6, 3));
  const plan = planUncertainty(run.tree, { seed: 3, draws: 600, weights: SIMPLEX, pairs: true });
  const model = prepareUncertainty(run, plan);
  const shares = quantileShares(plan);
  const [one, two] = [1, 2].map((slots) => {
    const memory = createMemory(model, plan, slots);
    const half = Math.floor(memory.blocks / 2);
    if (slots === 1) runBlocks(model, plan, memory, 0, 0, memory.blocks);
    else {
      runBlocks(model, plan, memory, 1, 0, half);
      runBlocks(model, plan, memory, 0, half, memory.blocks);
    }
    const parts = [0, 4, 4].map((from, k) => summaryOfCities(model.nominal, plan, memory, from, [4, 4, 6][k] ?? NaN));
    return summarise(model, plan, memory, parts, []);
  });
  expect(shares).toHaveLength(3 * 4);
  expect(two?.distribution).toEqual(one?.distribution);
  expect(two?.pairs).toEqual(one?.pairs);
  expect(two?.score).toEqual(one?.score);
});

describe('scores that are too many to keep', () => {
  const n = 40;
  const run = runOf(scatteredColumns(n, 3));
  const plan = planUncertainty(run.tree, { seed: 3, draws: 1_000_000, weights: SIMPLEX });
  const model = prepareUncertainty(run, plan);
  const memory = createMemory(model, plan, 2);

  it('are counted in bins as wide as the first draws’ scores and half as much on either side', () => {
    expect(memory.scores).toHaveLength(0);
    const evaluator = new DrawEvaluator(model, plan);
    const first = Array.from({ length: 50 }, (_, draw) => evaluator.evaluate(draw).scores.slice());
    for (let city = 0; city < n; city++) {
      const own = first.map((scores) => scores[city] ?? NaN);
      const reach = (Math.max(...own) - Math.min(...own)) / 2;
      expect(memory.sketchRange[2 * city]).toBeLessThanOrEqual(Math.min(...own) - reach + 1e-9);
      expect(memory.sketchRange[2 * city + 1]).toBeGreaterThanOrEqual(Math.max(...own) + reach - 1e-9);
    }
  });

  it('give quantiles within a bin’s width of the order statistic that they stand at', () => {
    const evaluator = new DrawEvaluator(model, plan);
    const draws = Array.from({ length: 1000 }, (_, draw) => evaluator.evaluate(draw).scores.slice());
    draws.forEach((scores, draw) => {
      const slot = memory.slots[draw % 2];
      if (!slot) throw new Error('No slot.');
      sketchScores(draw === 0 ? scores.map((score, i) => (i === 0 ? NaN : score)) : scores, memory.sketchRange, slot);
    });
    const shares = Float64Array.of(0, 0.05, 0.5, 0.95, 1);
    const found = sketchQuantiles(memory, 0, n, shares);
    for (let city = 0; city < n; city++) {
      const sorted = draws
        .map((scores) => scores[city] ?? NaN)
        .slice(city === 0 ? 1 : 0)
        .sort((a, b) => a - b);
      const width = ((memory.sketchRange[2 * city + 1] ?? NaN) - (memory.sketchRange[2 * city] ?? NaN)) / SKETCH_BINS;
      shares.forEach((share, s) => {
        // The bin that holds the order statistic at or below the quantile's position.
        const exact = sorted[Math.floor((sorted.length - 1) * share)] ?? NaN;
        expect(Math.abs((found[city * shares.length + s] ?? NaN) - exact)).toBeLessThan(width * (1 + 1e-9));
      });
    }
  });

  it('take the memory that was said, and memory left over is used again where it is enough', () => {
    const bytesOf = (slots: number): number => {
      const { sketchRange, sums, slots: made, scores } = createMemory(model, plan, slots);
      const own = made.flatMap(({ ranks, pairs, sketch, range }) => [ranks, pairs, sketch, range]);
      return [sketchRange, sums, scores, ...own].reduce((sum, { byteLength }) => sum + byteLength, 0);
    };
    for (const slots of [1, 2]) expect(memoryBytes(n, memory.bins, plan, slots)).toBe(bytesOf(slots));
    const few = { ...plan, draws: 100 };
    const spare = new SharedArrayBuffer(8 * 100 * n);
    expect(createMemory(model, few, 1, spare).scores.buffer).toBe(spare);
    expect(createMemory(model, few, 1, new SharedArrayBuffer(8 * 100 * n - 8)).scores.buffer).not.toBe(spare);
    const kept = createMemory(model, { ...few, pairs: true }, 1);
    const parts = [
      kept.scores,
      kept.sums,
      ...kept.slots.flatMap(({ ranks, pairs, sketch, range }) => [ranks, pairs, sketch, range]),
    ];
    expect(memoryBytes(n, kept.bins, { ...few, pairs: true }, 1)).toBe(
      parts.reduce((sum, { byteLength }) => sum + byteLength, 0),
    );
  });

  it('a run takes the leaves of each combination of stages and the scores of each recipe besides', () => {
    const { normalise, aggregate } = run.methodology;
    const choices = [
      {
        code: 'normalise',
        alternatives: [
          { label: 'own', change: {} },
          { label: 'ranks', change: { normalise: { ...normalise, method: 'RANK' } } },
        ],
      },
      {
        code: 'aggregate',
        alternatives: [
          { label: 'own', change: {} },
          { label: 'same', change: { aggregate: [...aggregate] } },
          { label: 'none', change: { aggregate: [] } },
        ],
      },
    ];
    const chosen = planUncertainty(run.tree, { seed: 1, draws: 100, choices, pairs: true });
    const prepared = prepareUncertainty(run, chosen);
    const { bins } = createMemory(prepared, chosen, 1);
    const recipes =
      prepared.tables.reduce((sum, { normalised }) => sum + normalised.byteLength, 0) +
      prepared.variants.reduce((sum, { scores }) => sum + scores.byteLength, 0);
    expect(prepared.tables).toHaveLength(2);
    for (const slots of [1, 3])
      expect(runBytes(run.tree, run.methodology, n, chosen, slots)).toBe(recipes + memoryBytes(n, bins, chosen, slots));
  });

  it('the kernels and the TypeScript ones count a block alike, and leave its scores out', () => {
    const [plain, fast] = [false, true].map((kernels) => {
      const own = createMemory(model, plan, 1);
      runBlocks(model, plan, own, 0, 0, 1, kernels);
      const [slot] = own.slots;
      return { slot, quantiles: quantilesOfCities(plan, own, 0, n), block: own.blockSize };
    });
    expect(fast?.slot).toEqual(plain?.slot);
    expect(fast?.quantiles).toEqual(plain?.quantiles);
    const counted = plain?.slot?.sketch.reduce((sum, count) => sum + count, 0);
    expect(counted).toBe(n * (plain?.block ?? NaN));
  });

  it('what lies outside the bins counts in the first and the last, which reach to the least and the greatest score', () => {
    const own = createMemory(model, plan, 1);
    const [slot] = own.slots;
    if (!slot) throw new Error('No slot.');
    const [low = NaN, high = NaN] = own.sketchRange.subarray(0, 2);
    const width = (high - low) / SKETCH_BINS;
    for (const score of [low - 10, high + 10]) sketchScores(new Float64Array(n).fill(score), own.sketchRange, slot);
    const [first, last] = sketchQuantiles(own, 0, 1, Float64Array.of(0, 1));
    // One score each, taken to stand in the middle of its bin.
    expect(first).toBeCloseTo((low - 10 + low + width) / 2, 9);
    expect(last).toBeCloseTo((high - width + high + 10) / 2, 9);
  });

  it('a city that no draw scores has no range', () => {
    const columns = scatteredColumns(n, 2);
    if (columns[0]) columns[0][0] = NaN;
    const strict = runOf(columns, {
      recipe: { aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 1 }] },
    });
    const wide = planUncertainty(strict.tree, { seed: 3, draws: 1_000_000, weights: SIMPLEX });
    const { sketchRange } = createMemory(prepareUncertainty(strict, wide), wide, 1);
    expect(Array.from(sketchRange.subarray(0, 2))).toEqual([Infinity, -Infinity]);
    expect(sketchRange[2]).toBeLessThan(sketchRange[3] ?? NaN);
  });

  it('a city without any score has no quantiles', () => {
    const blank = createMemory(model, plan, 1);
    expect(sketchQuantiles(blank, 0, 1, Float64Array.of(0.5))[0]).toBeNaN();
  });
});
