import { runPipeline } from '../../../src/scoring';
import { noiseMoves, planUncertainty, runUncertainty } from '../../../src/scoring/robustness/monte-carlo';
import { runOf } from '../../helpers/uncertain-runs';

it('noise turns no sign: a value above 0 stays at least 0, one below 0 at most 0, and 0 has none of its own size', () => {
  // A 95 % interval of ± 100 %: without a floor about one draw in forty would pass 0.
  const run = runOf([[1, -1, 0, 5]]);
  const plan = planUncertainty(run.tree, {
    seed: 1,
    draws: 2000,
    noise: { distribution: 'NORMAL', useBounds: false, share: 1 },
    percentiles: [0, 1],
  });
  const [least, most] = runUncertainty(run, plan).score.percentiles;
  expect([least?.[0], most?.[1], least?.[2], most?.[2]]).toEqual(
    [0, 0, 0, 0].map((zero) => expect.closeTo(zero, 12) as number),
  );
  expect(most?.[0]).toBeGreaterThan(1.5);
  expect(least?.[1]).toBeLessThan(-1.5);
});

it('regression: noise moved a denominated 0 as if it were not denominated; bounds let a 0 move, a denominated one stays', () => {
  const run = runOf(
    [
      [0, 4, 8],
      [2, 2, 2],
    ],
    {
      low: [
        [-1, 4, 8],
        [2, 2, 2],
      ],
      high: [
        [1, 4, 8],
        [2, 2, 2],
      ],
      recipe: { weight: { method: 'GIVEN', weights: [{ node: 'x1', weight: 0 }] } },
    },
  );
  const plan = planUncertainty(run.tree, {
    seed: 1,
    draws: 200,
    noise: { distribution: 'UNIFORM', useBounds: true, share: 0 },
    percentiles: [0, 1],
  });
  const spread = (methodology: typeof run.methodology): number[] => {
    const { percentiles } = runUncertainty({ ...run, methodology }, plan).score;
    return [percentiles[0]?.[0] ?? NaN, percentiles[1]?.[0] ?? NaN];
  };
  const [low = NaN, high = NaN] = spread(run.methodology);
  expect(low).toBeGreaterThanOrEqual(-1);
  expect(low).toBeLessThan(-0.9);
  expect(high).toBeGreaterThan(0.9);
  expect(high).toBeLessThanOrEqual(1);
  expect(spread({ ...run.methodology, denominate: [{ indicator: 'x0', by: 'x1', scale: 1 }] })).toEqual([0, 0]);
});

it('noise moves values by a share, or by a bound beyond one of them where bounds are used', () => {
  const noise = { distribution: 'UNIFORM', useBounds: true, share: 0 } as const;
  const moves = (bounds: object, change = {}): boolean => {
    const run = runOf([[1, 4, 8]], bounds);
    return noiseMoves(run.panel, runPipeline({ ...run, keepStages: true }), { ...noise, ...change });
  };
  expect([moves({}), moves({}, { share: 0.1 })]).toEqual([false, true]);
  // A bound at the value itself, or on its wrong side, leaves it where it is.
  const still = { low: [[1, 5, NaN]], high: [[0, NaN, 8]] };
  expect([moves(still), moves({ ...still, low: [[NaN, NaN, 7]] }), moves({ ...still, high: [[2, NaN, NaN]] })]).toEqual(
    [false, true, true],
  );
  expect(moves({ low: [[0, 0, 0]], high: [[9, 9, 9]] }, { useBounds: false })).toBe(false);
});
