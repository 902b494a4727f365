import fc from 'fast-check';
import type { RankingMethod } from '../../../src/scoring/descriptor';
import { allMethods, registry } from '../../../src/scoring/registry';
import { rankScores } from '../../../src/scoring/ranks';
import { kernelContext } from '../../helpers/contexts';
import { means } from '../../oracle/aggregation';
import { column } from '../../oracle/arbitraries';
import { range } from '../../oracle/basics';
import { expectSame } from '../../oracle/compare';
import { denomination } from '../../oracle/denomination';
import { imputation } from '../../oracle/imputation';
import { multicriteria } from '../../oracle/multicriteria';
import { normalisation } from '../../oracle/normalisation';
import { ranking } from '../../oracle/ranking';
import { treatment } from '../../oracle/treatment';
import { weighting } from '../../oracle/weighting';

/* Every method has an oracle and every oracle a method; the short stages are compared here. */

const RUNS = 300;
const SEED = 20190107;

const ORACLES: Readonly<Record<string, readonly string[]>> = {
  DENOMINATION: Object.keys(denomination),
  IMPUTATION: Object.keys(imputation),
  TREATMENT: Object.keys(treatment),
  NORMALISATION: Object.keys(normalisation),
  WEIGHTING: Object.keys(weighting),
  AGGREGATION: [...Object.keys(means), ...Object.keys(multicriteria)],
  RANKING: Object.keys(ranking),
};

it('every method of the registry has an oracle of its own, and no oracle is left over', () => {
  const methods = allMethods().map(({ stage, id }) => `${stage} ${id}`);
  const oracles = Object.entries(ORACLES).flatMap(([stage, ids]) => ids.map((id) => `${stage} ${id}`));
  expect(oracles.sort()).toEqual(methods.sort());
});

it.each([...registry.DENOMINATION.values()].map((method) => [method.id, method] as const))(
  'denomination %s',
  (id, method) => {
    const pair = fc
      .integer({ min: 1, max: 9 })
      .chain((n) =>
        fc.tuple(
          column(n, { from: -12, gaps: true }),
          column(n, { from: 0, gaps: true }),
          fc.constantFrom(1, 10_000, 0.37),
        ),
      );
    fc.assert(
      fc.property(pair, ([x, by, scale]) => {
        const out = new Float64Array(x.length);
        method.run(Float64Array.from(x), Float64Array.from(by), scale, out, kernelContext());
        expectSame(out, denomination[id]?.(x, by, scale) ?? [], id);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
);

it.each([...registry.RANKING.values()].map((method): [string, RankingMethod] => [method.id, method]))(
  'ranking %s: exact, unranked cities apart',
  (id) => {
    const scored = fc
      .integer({ min: 1, max: 9 })
      .chain((n) =>
        fc.tuple(column(n, { from: -3, gaps: true }), fc.shuffledSubarray(range(n), { minLength: n, maxLength: n })),
      );
    fc.assert(
      fc.property(scored, ([scores, places]) => {
        const codes = places.map((place) => `c${String(place)}`);
        const { ranks } = rankScores(Float64Array.from(scores), codes, { ties: id, tolerance: 0, decimals: null });
        const ranked = range(scores.length).filter((i) => !Number.isNaN(scores[i]));
        const expected = ranking[id]?.(
          ranked.map((i) => scores[i] ?? NaN),
          ranked.map((i) => codes[i] ?? ''),
        );
        expect(ranked.map((i) => ranks[i])).toEqual(expected);
        expect([...ranks].filter((rank) => !Number.isNaN(rank))).toHaveLength(ranked.length);
      }),
      { numRuns: RUNS, seed: SEED },
    );
  },
);

it('ranking ORDINAL by a tie-breaker, with gaps: exact', () => {
  const list = (n: number, values: readonly number[]): fc.Arbitrary<number[]> =>
    fc.array(fc.constantFrom(...values), { minLength: n, maxLength: n });
  const scored = fc
    .integer({ min: 1, max: 9 })
    .chain((n) =>
      fc.tuple(
        list(n, [1, 2]),
        list(n, [3, 4, 5.5, -Infinity, NaN]),
        fc.shuffledSubarray(range(n), { minLength: n, maxLength: n }),
      ),
    );
  fc.assert(
    fc.property(scored, ([scores, breaker, places]) => {
      const codes = places.map((place) => `c${String(place)}`);
      const options = { ties: 'ORDINAL', tolerance: 0, decimals: null, tieBreaker: Float64Array.from(breaker) };
      const finite = breaker.map((value) => (value === -Infinity ? -1e300 : value));
      expect([...rankScores(Float64Array.from(scores), codes, options).ranks]).toEqual(
        ranking['ORDINAL']?.(scores, codes, finite),
      );
    }),
    { numRuns: RUNS, seed: SEED },
  );
});
