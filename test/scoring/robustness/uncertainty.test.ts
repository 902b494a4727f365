import { parseRecipe, runPipeline, ScoringError, type PanelRun } from '../../../src/scoring';
import { rankScores } from '../../../src/scoring/ranks';
import {
  centralWeightsOf,
  confidenceDraws,
  confidenceFactors,
  blocksAreLeft,
  createMemory,
  DrawEvaluator,
  firstRankShares,
  holisticAcceptability,
  planUncertainty,
  prepareUncertainty,
  probabilityAbove,
  probabilityOfRankAtMost,
  rankAcceptability,
  runBlocks,
  runUncertainty,
  tiersOf,
  takeBlock,
  type UncertaintyInput,
  type UncertaintyResult,
} from '../../../src/scoring/robustness/monte-carlo';
import { runOf, scatteredColumns } from '../../helpers/uncertain-runs';

const SIMPLEX = { method: 'SIMPLEX', levels: null } as const;
const simulate = (run: PanelRun, input: Partial<UncertaintyInput>): UncertaintyResult =>
  runUncertainty(run, planUncertainty(run.tree, { seed: 1, draws: 1_000, weights: SIMPLEX, ...input }));
const choice = (code: string, ...changes: readonly object[]) => ({
  code,
  alternatives: changes.map((change, k) => ({ label: String(k), change })),
});

describe('designed answers', () => {
  it('two cities alike tie in every draw and stand at 1/2', () => {
    const run = runOf([
      [1, 5, 5, 9],
      [7, 2, 2, 3],
    ]);
    const result = simulate(run, { pairs: true });
    expect(probabilityAbove(result, 1, 2).value).toBe(0.5);
    expect(probabilityAbove(result, 2, 1).value).toBe(0.5);
    expect([...result.distribution.subarray(4, 8)]).toEqual([...result.distribution.subarray(8, 12)]);
  });

  it('a dominated city is never above, its dominator always', () => {
    const run = runOf([
      [4, 6, 5],
      [3, 3.5, 9],
    ]);
    const result = simulate(run, { pairs: true });
    expect(probabilityAbove(result, 0, 1).value).toBe(0);
    expect(probabilityAbove(result, 1, 0).value).toBe(1);
    expect(rankAcceptability(result, 0, 1).value).toBe(0);
    expect(probabilityAbove(result, 0, 1).error).toBeGreaterThan(0);
  });

  it('SMAA on two indicators: A = (1, 0), B = (0, 1), C = (0.6, 0.6)', () => {
    // With weight w of the first, uniform on 0…1: A scores w, B 1 − w, C 0.6. A is first for w > 0.6, B for w < 0.4, C between.
    const run = runOf([
      [1, 0, 0.6],
      [0, 1, 0.6],
    ]);
    const plan = planUncertainty(run.tree, {
      seed: 5,
      draws: 40_000,
      weights: SIMPLEX,
      pairs: true,
      centralWeights: true,
    });
    const result = runUncertainty(run, plan);
    const error = 5 * Math.sqrt((0.4 * 0.6) / 40_000);
    expect(Math.abs(rankAcceptability(result, 0, 1).value - 0.4)).toBeLessThan(error);
    expect(Math.abs(rankAcceptability(result, 1, 1).value - 0.4)).toBeLessThan(error);
    expect(Math.abs(rankAcceptability(result, 2, 1).value - 0.2)).toBeLessThan(error);
    // C is second whenever it is not first.
    expect(rankAcceptability(result, 2, 3).value).toBe(0);
    expect(Math.abs(rankAcceptability(result, 2, 2).value - 0.8)).toBeLessThan(error);
    expect(Math.abs(probabilityAbove(result, 0, 1).value - 0.5)).toBeLessThan(5 / 2 / 200);
    // Central weights: the middle of the weights that make each first.
    const central = new Map(result.centralWeights.map(({ city, weights }) => [city, weights[0] ?? NaN]));
    expect(Math.abs((central.get(0) ?? NaN) - 0.8)).toBeLessThan(0.01);
    expect(Math.abs((central.get(1) ?? NaN) - 0.2)).toBeLessThan(0.01);
    expect(Math.abs((central.get(2) ?? NaN) - 0.5)).toBeLessThan(0.01);
    // Only weights vary, so that each city is surely first with its central weights.
    const factors = confidenceFactors(prepareUncertainty(run, plan), plan, result.centralWeights, 100);
    expect(factors.map(({ value }) => value)).toEqual([1, 1, 1]);
    const holistic = holisticAcceptability(result);
    expect(Math.abs((holistic[2] ?? NaN) - 0.6)).toBeLessThan(error);
    expect(firstRankShares(result).reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('confidence: the draws of the run are shared out among the cities that were ever first, at least one each', () => {
    const plan = planUncertainty(runOf([[1, 2]]).tree, { seed: 1, draws: 100, weights: SIMPLEX });
    expect([0, 1, 3, 100, 101].map((cities) => confidenceDraws(plan, cities))).toEqual([100, 100, 33, 1, 1]);
  });

  it('confidence under noise: P(a + noise > b) = Φ(distance / (σ√2))', () => {
    // Two cities one standard deviation of a difference apart: Φ(1) = 0.841344746 (tables of the normal distribution).
    const distance = 10 * Math.SQRT2;
    const run = runOf([[100 + distance, 100]], {
      low: [[100 + distance - 19.59963984540054, 100 - 19.59963984540054]],
      high: [[100 + distance + 19.59963984540054, 100 + 19.59963984540054]],
    });
    const plan = planUncertainty(run.tree, {
      seed: 3,
      draws: 4_000,
      noise: { distribution: 'NORMAL', useBounds: true, share: 0 },
      pairs: true,
      centralWeights: true,
    });
    const result = runUncertainty(run, plan);
    const expected = 0.841344746;
    const error = 4 * Math.sqrt((expected * (1 - expected)) / 4_000);
    expect(Math.abs(probabilityAbove(result, 0, 1).value - expected)).toBeLessThan(error);
    const [first] = confidenceFactors(prepareUncertainty(run, plan), plan, result.centralWeights, 4_000);
    expect(first?.city).toBe(0);
    expect(Math.abs((first?.value ?? NaN) - expected)).toBeLessThan(error);
    expect(Math.abs((result.score.deviation[0] ?? NaN) - 10)).toBeLessThan(0.6);
    expect(Math.abs((result.score.mean[1] ?? NaN) - 100)).toBeLessThan(0.8);
  });

  it('uniform noise of a share: mean the value, deviation share × value / √3, never out of reach', () => {
    const run = runOf([[50, 80]]);
    const result = simulate(run, {
      draws: 4_000,
      weights: null,
      noise: { distribution: 'UNIFORM', useBounds: true, share: 0.1 },
      percentiles: [0, 1],
    });
    expect(Math.abs((result.score.deviation[1] ?? NaN) - 8 / Math.sqrt(3))).toBeLessThan(0.15);
    expect(result.score.percentiles[0]?.[0]).toBeGreaterThanOrEqual(45);
    expect(result.score.percentiles[1]?.[0]).toBeLessThanOrEqual(55);
    expect(result.score.percentileErrors[0]?.[0]).toBeNaN();
  });

  it('noise leaves a missing value missing, and a denominated one moves in proportion', () => {
    const run = runOf([
      [10, 20, NaN],
      [2, 4, 5],
      [5, 5, 5],
    ]);
    const divided: PanelRun = {
      ...run,
      methodology: { ...run.methodology, denominate: [{ indicator: 'x0', by: 'x1', scale: 1 }] },
    };
    const plan = planUncertainty(run.tree, {
      seed: 3,
      draws: 50,
      noise: { distribution: 'UNIFORM', useBounds: false, share: 0.1 },
      percentiles: [0, 1],
    });
    const result = runUncertainty(divided, plan);
    // Means of (10/2 = 5, 2, 5), (20/4 = 5, 4, 5) and (–, 5, 5) are all off by at most a tenth.
    [4, 14 / 3, 5].forEach((value, i) => {
      expect(result.score.percentiles[0]?.[i]).toBeGreaterThanOrEqual(0.9 * value);
      expect(result.score.percentiles[1]?.[i]).toBeLessThanOrEqual(1.1 * value);
    });
    expect([...result.rankedDraws]).toEqual([50, 50, 50]);
  });

  it('leaving out one indicator at a time: two columns, each city first by one of them', () => {
    const run = runOf([
      [1, 0],
      [0, 1],
    ]);
    const result = simulate(run, {
      draws: 4_000,
      weights: null,
      choices: [
        {
          code: 'leaveOut',
          alternatives: [
            { label: 'none', change: {} },
            { label: 'x0', change: {}, leftOut: 'x0' },
            { label: 'x1', change: {}, leftOut: 'x1' },
          ],
        },
      ],
    });
    // Both tie with all columns (1/3), and each wins without the other's column (1/3): first in 2/3, last in 1/3.
    for (const city of [0, 1])
      expect(Math.abs(probabilityOfRankAtMost(result, city, 1).value - 2 / 3)).toBeLessThan(
        5 * Math.sqrt(2 / 9 / 4_000),
      );
  });

  it('no rank is below the last: certain of a city that is ranked in every draw, and of no other', () => {
    const always = simulate(runOf(scatteredColumns(5, 3)), {});
    expect(probabilityOfRankAtMost(always, 2, 5)).toEqual({ value: 1, error: 0 });
    expect(probabilityOfRankAtMost(always, 2, 4).error).toBeGreaterThan(0);
    // The first city has a value in one column alone, which a third of the draws leave out.
    const sometimes = simulate(
      runOf([
        [1, 2, 3],
        [NaN, 1, 5],
        [NaN, 4, 2],
      ]),
      {
        weights: null,
        choices: [
          {
            code: 'leaveOut',
            alternatives: ['x0', 'x1', 'x2'].map((leftOut) => ({ label: leftOut, change: {}, leftOut })),
          },
        ],
      },
    );
    const { value, error } = probabilityOfRankAtMost(sometimes, 0, 3);
    expect(value).toBeLessThan(1);
    expect(error).toBeGreaterThan(0);
  });

  it('a dimension of which every indicator is left out is left out itself', () => {
    const run = runOf(
      [
        [1, 2, 3],
        [9, 1, 5],
      ],
      { dimensions: [1, 1] },
    );
    const result = simulate(run, {
      weights: null,
      draws: 64,
      choices: [
        {
          code: 'leaveOut',
          alternatives: [
            { label: 'x1', change: {}, leftOut: 'x1' },
            { label: 'again', change: {}, leftOut: 'd1' },
          ],
        },
      ],
    });
    expect([...result.score.median]).toEqual([1, 2, 3]);
    result.score.mean.forEach((mean, i) => {
      expect(mean).toBeCloseTo(i + 1, 12);
    });
    for (const deviation of result.score.deviation) expect(deviation).toBeLessThan(1e-6);
  });

  it('tiers: a city joins while the tier’s first is not surely above it', () => {
    // 0 dominates all; 1 and 2 trade places; 3 is dominated by all.
    const run = runOf([
      [9, 5, 4, 1],
      [9, 4, 5, 1],
    ]);
    const result = simulate(run, { pairs: true });
    expect([...tiersOf(result, 0.95)]).toEqual([1, 2, 2, 3]);
    expect(() => tiersOf({ ...result, pairs: null }, 0.95)).toThrow(RangeError);
  });
});

describe('what is drawn', () => {
  const run = runOf(scatteredColumns(12, 9), { dimensions: [3, 4, 2], weights: [1, 2, 1, 1, 3, 1, 1, 1, 2] });
  const weightsOver = (input: Partial<UncertaintyInput>, draws: number): Float64Array[] => {
    const plan = planUncertainty(run.tree, { seed: 9, draws, weights: SIMPLEX, ...input });
    const evaluator = new DrawEvaluator(prepareUncertainty(run, plan), plan);
    return Array.from({ length: draws }, (_, draw) => evaluator.evaluate(draw).weights.slice());
  };
  const nominal = runPipeline(run).nodes.weights;

  it.each([
    SIMPLEX,
    { method: 'DIRICHLET', levels: null, concentration: 20 },
    { method: 'SHARE', levels: null, share: 0.25 },
  ] as const)('$method: siblings add to 1, the root has 1', (weights) => {
    for (const drawn of weightsOver({ weights }, 50)) {
      expect(drawn.every((weight) => weight >= 0)).toBe(true);
      for (const { children } of run.tree.nodes)
        if (children.length > 0)
          expect(Math.abs(children.reduce((sum, child) => sum + (drawn[child] ?? NaN), 0) - 1)).toBeLessThan(1e-12);
    }
  });

  it('DIRICHLET: mean the nominal weight, variance w (1 − w) / (concentration + 1)', () => {
    const drawn = weightsOver({ weights: { method: 'DIRICHLET', levels: null, concentration: 20 } }, 8_000);
    run.tree.nodes.forEach((_, node) => {
      if (node === run.tree.root) return;
      const values = drawn.map((weights) => weights[node] ?? NaN);
      const mean = values.reduce((a, b) => a + b, 0) / values.length;
      const expected = nominal[node] ?? NaN;
      const variance = (expected * (1 - expected)) / 21;
      expect(Math.abs(mean - expected)).toBeLessThan(5 * Math.sqrt(variance / values.length));
      const spread = values.reduce((a, b) => a + (b - expected) ** 2, 0) / values.length;
      expect(Math.abs(spread / variance - 1)).toBeLessThan(0.12);
    });
  });

  it('SHARE: the ratio of two siblings stays within (1 − share) / (1 + share) of the nominal one', () => {
    const ratios: number[] = [];
    for (const drawn of weightsOver({ weights: { method: 'SHARE', levels: null, share: 0.25 } }, 300))
      for (const { children } of run.tree.nodes)
        for (const a of children)
          for (const b of children)
            ratios.push((drawn[a] ?? NaN) / (drawn[b] ?? NaN) / ((nominal[a] ?? NaN) / (nominal[b] ?? NaN)));
    const within = ratios.filter((ratio) => ratio >= 0.75 / 1.25 - 1e-12 && ratio <= 1.25 / 0.75 + 1e-12);
    expect(ratios.length).toBeGreaterThan(300);
    expect(within).toHaveLength(ratios.length);
  });

  it('levels: only the weights under nodes of the named level move', () => {
    const [upper] = weightsOver({ weights: { ...SIMPLEX, levels: [2] } }, 2);
    const [lower] = weightsOver({ weights: { ...SIMPLEX, levels: [1] } }, 2);
    run.tree.nodes.forEach(({ depth }, node) => {
      if (depth === 0) return;
      const [moved, still] = depth === 1 ? [upper, lower] : [lower, upper];
      expect(still?.[node]).toBeCloseTo(nominal[node] ?? NaN, 14);
      expect(moved?.[node]).not.toBeCloseTo(nominal[node] ?? NaN, 6);
    });
  });

  it.each([
    ['whole-table method', { aggregate: [{ level: 1, method: 'TOPSIS' }] }],
    [
      'weights found from the data',
      { weight: { method: 'ENTROPY' }, normalise: { method: 'MIN_MAX', low: 1, high: 100 } },
    ],
    ['over the leaves', { aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }] }],
    ['low is best', { normalise: { method: 'MIN_MAX' }, aggregate: [{ level: 2, method: 'VIKOR' }] }],
    [
      'mixed means',
      {
        aggregate: [
          { level: 1, method: 'HARMONIC' },
          { level: 2, method: 'GEOMETRIC' },
        ],
      },
    ],
    ['fractional ranks, rounded scores', { rank: { ties: 'FRACTIONAL', decimals: 0 } }],
    ['tolerance', { rank: { ties: 'DENSE', tolerance: 3 } }],
    ['ties settled by a dimension', { rank: { ties: 'ORDINAL', decimals: 0, tieBreaker: 'd1' } }],
    [
      'ties settled by a dimension where low is best',
      {
        normalise: { method: 'MIN_MAX' },
        aggregate: [
          { level: 1, method: 'VIKOR' },
          { level: 2, method: 'ARITHMETIC' },
        ],
        rank: { ties: 'ORDINAL', decimals: 1, tieBreaker: 'd0' },
      },
    ],
  ])(
    '%s: every draw equals a run of the pipeline with its weights, and is counted by the recipe’s tie rule',
    (_, recipe) => {
      const methodology = parseRecipe(
        { normalise: { method: 'NONE' }, ...recipe },
        { tree: run.tree, panel: run.panel },
      );
      const own = { ...run, methodology };
      const plan = planUncertainty(run.tree, { seed: 4, draws: 40, weights: SIMPLEX });
      const evaluator = new DrawEvaluator(prepareUncertainty(own, plan), plan);
      const result = runUncertainty(own, plan);
      const counts = new Map<string, number>();
      for (let draw = 0; draw < plan.draws; draw++) {
        const { scores, weights } = evaluator.evaluate(draw);
        const given = run.tree.nodes.flatMap(({ code }, k) =>
          k === run.tree.root ? [] : [{ node: code, weight: weights[k] ?? NaN }],
        );
        const whole = runPipeline({
          ...own,
          methodology: {
            ...methodology,
            weight: { ...methodology.weight, method: 'GIVEN', parameters: {}, weights: given },
          },
        });
        const expected = whole.nodes.columns[run.tree.root] ?? [];
        // Weights that add to 1 only after rounding are rounded once more by the pipeline.
        scores.forEach((score, i) => {
          expect(Math.abs(score - (expected[i] ?? NaN))).toBeLessThan(1e-11 * Math.abs(score) + 1e-13);
        });
        whole.ranks.forEach((rank, i) =>
          counts.set(`${String(i)} ${String(rank)}`, (counts.get(`${String(i)} ${String(rank)}`) ?? 0) + 1),
        );
      }
      const counted = new Map<string, number>();
      result.distribution.forEach((count, cell) => {
        const bins = result.rankValues.length;
        if (count > 0)
          counted.set(`${String(Math.floor(cell / bins))} ${String(result.rankValues[cell % bins])}`, count);
      });
      expect(new Map([...counted].sort())).toEqual(new Map([...counts].sort()));
    },
  );

  it('gaps: cities without a value are averaged over the others, those without any are unranked', () => {
    const columns = scatteredColumns(12, 4);
    for (const column of columns) column[3] = NaN;
    const [first] = columns;
    if (first) first[5] = NaN;
    const gappy = runOf(columns, { dimensions: [2, 2] });
    const result = simulate(gappy, { draws: 100, pairs: true });
    expect(result.codes).toHaveLength(11);
    expect(result.codes).not.toContain('c0003');
    expect([...result.rankedDraws]).toEqual(new Array(11).fill(100));
  });
});

describe('statistics over the draws', () => {
  const run = runOf(scatteredColumns(30, 6), { dimensions: [3, 3] });
  const plan = planUncertainty(run.tree, {
    seed: 77,
    draws: 1_500,
    weights: SIMPLEX,
    percentiles: [0, 0.05, 0.333, 0.5, 0.95, 1],
    pairs: true,
  });
  const result = runUncertainty(run, plan);
  const evaluator = new DrawEvaluator(prepareUncertainty(run, plan), plan);
  const scores: number[][] = [];
  const ranks: number[][] = [];
  for (let draw = 0; draw < plan.draws; draw++) {
    const drawn = evaluator.evaluate(draw).scores;
    scores.push([...drawn]);
    ranks.push([...rankScores(drawn, result.codes, { ties: 'COMPETITION', tolerance: 0, decimals: null }).ranks]);
  }
  const column = (rows: readonly (readonly number[])[], i: number): number[] => rows.map((row) => row[i] ?? NaN);
  /** Type 7 by sorting: R's documentation of `quantile`. */
  const quantile = (values: readonly number[], p: number): number => {
    const sorted = [...values].sort((a, b) => a - b);
    const position = (values.length - 1) * p;
    const below = sorted[Math.floor(position)] ?? NaN;
    const above = sorted[Math.min(values.length - 1, Math.floor(position) + 1)] ?? NaN;
    return below + (position - Math.floor(position)) * (above - below);
  };
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;
  const deviation = (values: readonly number[]): number => {
    const centre = mean(values);
    return Math.sqrt(values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / (values.length - 1));
  };
  const close = (actual: number | undefined, expected: number): void => {
    expect(Math.abs((actual ?? NaN) - expected)).toBeLessThanOrEqual(1e-10 * Math.abs(expected) + 1e-12);
  };

  it('mean, deviation and percentiles of ranks and scores are those of all draws laid out and sorted', () => {
    for (let i = 0; i < 30; i++) {
      for (const [spread, rows] of [
        [result.score, scores],
        [result.rank, ranks],
      ] as const) {
        const values = column(rows, i);
        close(spread.mean[i], mean(values));
        close(spread.deviation[i], deviation(values));
        close(spread.meanError[i], deviation(values) / Math.sqrt(plan.draws));
        plan.percentiles.forEach((p, k) => {
          close(spread.percentiles[k]?.[i], quantile(values, p));
          const reach = Math.sqrt((p * (1 - p)) / plan.draws);
          if (p > 0 && p < 1)
            close(spread.percentileErrors[k]?.[i], (quantile(values, p + reach) - quantile(values, p - reach)) / 2);
        });
        close(spread.median[i], quantile(values, 0.5));
      }
    }
  });

  it('pairs, P(rank ≤ k) and the mean shift are counts over all draws', () => {
    for (const [a, b] of [
      [0, 1],
      [7, 3],
      [29, 12],
    ] as const) {
      const above = ranks.filter((row) => (row[a] ?? NaN) < (row[b] ?? NaN)).length;
      const tied = ranks.filter((row) => row[a] === row[b]).length;
      close(probabilityAbove(result, a, b).value, (above + tied / 2) / plan.draws);
      close(probabilityAbove(result, b, a).value, 1 - (above + tied / 2) / plan.draws);
    }
    close(
      probabilityOfRankAtMost(result, 4, 10).value,
      column(ranks, 4).filter((rank) => rank <= 10).length / plan.draws,
    );
    const shifts = ranks.flatMap((row) => row.map((rank, i) => Math.abs(rank - (result.nominal.ranks[i] ?? NaN))));
    close(result.meanShift, mean(shifts));
  });

  it('blocks shared out in any order over any number of slots give the same result to the last bit', () => {
    const full = { ...plan, centralWeights: true };
    const model = prepareUncertainty(run, full);
    const memory = createMemory(model, full, 3);
    const firsts = Array.from({ length: memory.blocks }, (_, k) => memory.blocks - 1 - k).flatMap((block, k) =>
      runBlocks(model, full, memory, k % 3, block, block + 1),
    );
    const whole = createMemory(model, full, 1);
    const inOrder = runBlocks(model, full, whole, 0, 0, whole.blocks);
    expect(centralWeightsOf(firsts)).toEqual(centralWeightsOf(inOrder));
    expect(Buffer.from(memory.scores.buffer).equals(Buffer.from(whole.scores.buffer))).toBe(true);
    expect(Buffer.from(memory.sums.buffer).equals(Buffer.from(whole.sums.buffer))).toBe(true);
    const added = whole.slots[0]?.ranks.map((_, k) =>
      memory.slots.reduce((sum, { ranks: counts }) => sum + (counts[k] ?? 0), 0),
    );
    expect(added).toEqual(whole.slots[0]?.ranks);
  });

  it('another seed gives another result, the same seed the same', () => {
    expect(runUncertainty(run, plan)).toEqual(result);
    expect(runUncertainty(run, { ...plan, seed: 78 }).distribution).not.toEqual(result.distribution);
  });

  it('each block is taken once, and then none is left', () => {
    const memory = createMemory(prepareUncertainty(run, plan), plan, 1);
    const taken: (number | null)[] = [];
    while (blocksAreLeft(memory)) taken.push(takeBlock(memory));
    expect(taken).toEqual(Array.from({ length: memory.blocks }, (_, block) => block));
    expect(takeBlock(memory)).toBeNull();
  });

  it('a run told to stop counts no more', () => {
    const model = prepareUncertainty(run, plan);
    const memory = createMemory(model, plan, 1);
    memory.stop[0] = 1;
    expect(takeBlock(memory)).toBeNull();
    runBlocks(model, plan, memory, 0, 0, memory.blocks);
    expect(memory.slots[0]?.ranks.every((count) => count === 0)).toBe(true);
  });
});

describe('refusals', () => {
  const run = runOf(scatteredColumns(5, 3));
  const messages = (input: Partial<UncertaintyInput>): string[] => {
    try {
      planUncertainty(run.tree, { seed: 1, draws: 10, weights: SIMPLEX, ...input });
    } catch (error) {
      if (error instanceof ScoringError) return error.problems.map(({ path }) => path);
      throw error;
    }
    return [];
  };

  it.each([
    [{ seed: -1 }, ['seed']],
    [{ draws: 1 }, ['draws']],
    [{ draws: 2_000_000, percentiles: [2] }, ['draws', 'percentiles[0]']],
    [{ weights: null }, ['weights']],
    [{ weights: { method: 'SHARE', levels: null, share: 0 } }, ['weights.share']],
    [
      { weights: { method: 'DIRICHLET', levels: [3], concentration: NaN } },
      ['weights.levels[0]', 'weights.concentration'],
    ],
    [{ weights: { method: 'SETS', levels: null, sets: [new Float64Array(4)] } }, ['weights.sets[0]']],
    [{ weights: { method: 'SETS', levels: null, sets: [new Float64Array(2)] } }, ['weights.sets[0]']],
    [{ noise: { distribution: 'NORMAL', useBounds: true, share: 2 } }, ['noise.share']],
  ] as const)('%j', (input, paths) => {
    expect(messages(input)).toEqual(paths);
  });

  it('a recipe that its values do not allow is refused before anything is drawn', () => {
    const zero = runOf([
      [0, 1],
      [1, 2],
    ]);
    const { tree, panel } = zero;
    const geometric = parseRecipe({ aggregate: [{ level: 1, method: 'GEOMETRIC' }] }, { tree, panel }).aggregate;
    const plan = planUncertainty(tree, {
      seed: 1,
      draws: 10,
      choices: [choice('aggregate', {}, { aggregate: geometric })],
    });
    expect(() => prepareUncertainty(zero, plan)).toThrow(/GEOMETRIC is not defined on 0/);
  });
});

it('weights that are found for all leaves at once cannot be drawn, and the refusal says what can', () => {
  const own = runOf(scatteredColumns(6, 3), {
    dimensions: [2, 1],
    recipe: {
      normalise: { method: 'MIN_MAX', low: 1, high: 100 },
      weight: { method: 'ENTROPY' },
      aggregate: [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }],
    },
  });
  const plan = planUncertainty(own.tree, { seed: 4, draws: 10, weights: SIMPLEX });
  expect(() => runUncertainty(own, plan)).toThrow(
    'ENTROPY weighs the leaves of index at once, so that no weight among siblings can be drawn. Allowed: given weights, or over: CHILDREN.',
  );
});
