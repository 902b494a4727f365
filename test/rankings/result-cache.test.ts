import { leavesBytes, ResultCache, resultBytes } from '../../src/rankings/result-cache';
import type { NormalisedLeaves, RankingResult } from '../../src/scoring';

/** A result of `n` cities and one node. */
const result = (n: number): RankingResult =>
  ({
    order: new Int32Array(n),
    ranks: new Float64Array(n),
    availability: new Float64Array(n),
    imputed: new Uint8Array(n),
    treatment: new Uint8Array(n),
    nodes: { columns: [new Float64Array(n)], weights: new Float64Array(1), effectiveWeights: new Float64Array(1) },
    stages: null,
    intermediates: new Map(),
  }) as unknown as RankingResult;

/** Leaves of `n` cells. */
const leaves = (n: number): NormalisedLeaves => ({
  tables: [new Float64Array(n), new Uint8Array(n)],
  nodeBytes: 0,
  rank: () => result(n),
});

describe('ResultCache', () => {
  it('computes once for each digest', () => {
    const cache = new ResultCache(10_000_000);
    const compute = jest.fn(() => result(10));
    const first = cache.getOrCompute('a', compute);
    expect(cache.getOrCompute('a', compute)).toBe(first);
    expect(compute).toHaveBeenCalledTimes(1);
    cache.getOrCompute('b', compute);
    expect(compute).toHaveBeenCalledTimes(2);
  });

  it('never weighs more than its bound, and keeps what is used', () => {
    const bound = 20 * resultBytes(result(100));
    const cache = new ResultCache(bound);
    const hot = jest.fn(() => result(100));
    for (let index = 0; index < 5000; index++) {
      cache.getOrCompute(`cold ${String(index)}`, () => result(100));
      cache.getOrCompute('hot', hot);
      expect(cache.bytes).toBeLessThanOrEqual(bound);
    }
    expect(hot).toHaveBeenCalledTimes(1);
    expect(cache.size).toBe(20);
  });

  it('keeps leaves and results within one bound', () => {
    expect(leavesBytes(leaves(1000)) - leavesBytes(leaves(0))).toBe(9000);
    const bound = 8 * leavesBytes(leaves(1000));
    const cache = new ResultCache(bound);
    const compute = jest.fn(() => leaves(1000));
    for (let index = 0; index < 100; index++) {
      cache.leavesOrCompute('hot', compute);
      cache.leavesOrCompute(`cold ${String(index)}`, () => leaves(1000));
      cache.getOrCompute(String(index), () => result(1000));
      expect(cache.bytes).toBeLessThanOrEqual(bound);
    }
    expect(compute).toHaveBeenCalledTimes(1);
    // Leaves are no results that were asked for.
    expect([cache.hits, cache.misses]).toEqual([0, 100]);
  });

  it('hands out a result that is too large to keep', () => {
    const cache = new ResultCache(1000);
    expect(cache.getOrCompute('a', () => result(1000)).order).toHaveLength(1000);
    expect(cache.size).toBe(0);
  });

  it('keeps nothing of a computation that failed', () => {
    const cache = new ResultCache(1_000_000);
    expect(() =>
      cache.getOrCompute('a', () => {
        throw new Error('no');
      }),
    ).toThrow('no');
    expect(cache.size).toBe(0);
  });

  it('counts every array of a result', () => {
    // order 4 + ranks 8 + availability 8 + imputed 1 + treatment 1 + one column twice 16 = 38 bytes a city.
    expect(resultBytes(result(1000)) - resultBytes(result(0))).toBe(38_000);
  });
});
