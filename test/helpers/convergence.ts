import {
  planUncertainty,
  probabilityAbove,
  probabilityOfRankAtMost,
  runUncertainty,
} from '../../src/scoring/robustness/monte-carlo';
import { runOf } from './uncertain-runs';

/*
 * Two indicators and a weight w of the first that is uniform on 0…1: A = (1, 0) scores w, B = (0, 1) scores 1 − w, C = (0.6, 0.6)
 * scores 0.6. A is first for w > 0.6, second for 0.5 < w < 0.6, third for w < 0.5.
 */
const run = runOf([
  [1, 0, 0.6],
  [0, 1, 0.6],
]);

/** A figure of city A whose true value is known, as a run of draws estimates it. */
export interface Known {
  readonly name: string;
  readonly truth: number;
  readonly value: number;
  readonly error: number;
}

/** What a run says of figures that have a closed form, with the standard errors that it states. */
export function knownFigures(seed: number, draws: number): Known[] {
  const plan = planUncertainty(run.tree, {
    seed,
    draws,
    weights: { method: 'SIMPLEX', levels: null },
    percentiles: [0.05, 0.9],
    pairs: true,
    centralWeights: true,
  });
  const { score, rank, ...rest } = runUncertainty(run, plan);
  const central = rest.centralWeights.find(({ city }) => city === 0);
  const result = { score, rank, ...rest };
  const first = probabilityOfRankAtMost(result, 0, 1);
  const above = probabilityAbove(result, 0, 2);
  const of = (
    name: string,
    truth: number,
    values: Float64Array | undefined,
    errors: Float64Array | undefined,
  ): Known => ({
    name,
    truth,
    value: values?.[0] ?? NaN,
    error: errors?.[0] ?? NaN,
  });
  return [
    { name: 'P(first)', truth: 0.4, ...first },
    { name: 'P(A above C)', truth: 0.4, ...above },
    // 1 with 0.4, 2 with 0.1 (0.5 < w < 0.6), 3 with 0.5.
    of('mean rank', 0.4 + 0.2 + 1.5, rank.mean, rank.meanError),
    of('mean score', 0.5, score.mean, score.meanError),
    of('5 % quantile of the score', 0.05, score.percentiles[0], score.percentileErrors[0]),
    of('median score', 0.5, score.median, score.medianError),
    of('90 % quantile of the score', 0.9, score.percentiles[1], score.percentileErrors[1]),
    // The middle of 0.6 < w < 1.
    of('central weight', 0.8, central?.weights, central?.errors),
  ];
}
