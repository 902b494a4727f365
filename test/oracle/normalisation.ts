import type { ParameterRecord } from '../../src/scoring/parameters';
import type { IndicatorMeta } from '../../src/scoring/table';
import {
  count,
  flag,
  get,
  isConstant,
  max,
  mean,
  median,
  min,
  num,
  numbers,
  numOr,
  percentile,
  populationDeviation,
  present,
  sampleDeviation,
  sum,
  text,
} from './basics';

/** A normalisation: the column that the statistics come from, and the one that is scored, both oriented. */
export interface NormalisationProblem {
  readonly fitted: readonly number[];
  readonly column: readonly number[];
  /** −1 for a cost: natural value = sign × oriented value. */
  readonly sign: 1 | -1;
  readonly indicator: IndicatorMeta;
  readonly codes: readonly string[];
}

/** A normalisation of one column. */
export type NormalisationOracle = (problem: NormalisationProblem, parameters: ParameterRecord) => number[];

/** `score(x)` for each value; `constant` for all of them where the fitted values are all equal. */
function linearly(
  { fitted, column }: NormalisationProblem,
  constant: number,
  score: (x: number, values: readonly number[]) => number,
): number[] {
  const values = present(fitted);
  if (values.length === 0) return column.map(() => NaN);
  return column.map((x) => (Number.isNaN(x) ? NaN : isConstant(values) ? constant : score(x, values)));
}

const lowHigh = (parameters: ParameterRecord): readonly [number, number] => [
  num(parameters, 'low'),
  num(parameters, 'high'),
];

const byDivisor =
  (divisor: (values: readonly number[]) => number): NormalisationOracle =>
  ({ fitted, column }) => {
    const values = present(fitted);
    const d = values.length > 0 ? divisor(values) : NaN;
    return column.map((x) => (Number.isNaN(x) ? NaN : d === 0 ? 0 : x / d));
  };

/** Place of a value among the fitted ones, from 1. */
function place(x: number, values: readonly number[], tied: string): number {
  if (values.length === 0 || Number.isNaN(x)) return NaN;
  const below = count(values, (y) => y < x);
  const equal = count(values, (y) => y === x);
  return tied === 'MINIMUM' ? below + 1 : below + (equal + 1) / 2;
}

/** 1 / Φ⁻¹(3/4): the standard deviation of a normal distribution in units of its MAD. */
const MAD_TO_DEVIATION = 1 / 0.6744897501960817;

/** Oracles of the normalisations by id. */
export const normalisation: Readonly<Record<string, NormalisationOracle>> = {
  NONE: ({ column }) => [...column],
  MIN_MAX: (problem, parameters) => {
    const [low, high] = lowHigh(parameters);
    return linearly(
      problem,
      (low + high) / 2,
      (x, values) => low + ((x - min(values)) / (max(values) - min(values))) * (high - low),
    );
  },
  DISTANCE_TO_MAXIMUM: (problem) =>
    linearly(problem, 0.5, (x, values) => 1 - (max(values) - x) / (max(values) - min(values))),
  DISTANCE_TO_REFERENCE: (problem, parameters) => {
    const reference = get(problem.fitted, problem.codes.indexOf(text(parameters, 'reference')));
    return linearly(problem, 0.5, (x, values) => {
      const y = 1 - (reference - x) / (reference - min(values));
      return flag(parameters, 'cap') ? Math.min(y, 1) : y;
    });
  },
  DISTANCE_TO_TARGET: ({ fitted, column, sign, indicator }, parameters) => {
    const low = min(present(fitted));
    const target = sign * numOr(parameters, 'target', indicator.target ?? NaN);
    return column.map((x) => {
      const y = (x - low) / (target - low);
      return flag(parameters, 'cap') ? Math.min(y, 1) : y;
    });
  },
  FRACTION_OF_MAXIMUM: ({ fitted, column, sign }) => {
    const natural = present(fitted).map((x) => sign * x);
    if (natural.length === 0) return column.map(() => NaN);
    return column.map((x) => (sign > 0 ? x / max(natural) : min(natural) / (sign * x)));
  },
  GOALPOSTS: ({ column, sign, indicator }, parameters) => {
    const [low, high] = lowHigh(parameters);
    const g = (x: number): number => (flag(parameters, 'log') ? Math.log(Math.max(x, 0)) : x);
    const lower = g(numOr(parameters, 'lower', indicator.goalpostLow ?? NaN));
    const upper = g(numOr(parameters, 'upper', indicator.goalpostHigh ?? NaN));
    return column.map((oriented) => {
      const x = g(sign * oriented);
      const share = sign > 0 ? (x - lower) / (upper - lower) : (upper - x) / (upper - lower);
      const y = low + share * (high - low);
      return flag(parameters, 'cap') ? Math.min(Math.max(y, low), high) : y;
    });
  },
  LOGISTIC: (problem, parameters) => {
    const [low, high] = lowHigh(parameters);
    return linearly(problem, (low + high) / 2, (x, values) => {
      const z = (x - mean(values)) / sampleDeviation(values);
      return low + (high - low) / (1 + Math.exp(-num(parameters, 'steepness') * z));
    });
  },
  MAX_ABS: byDivisor((values) => max(values.map(Math.abs))),
  SUM: byDivisor((values) => sum(values.map(Math.abs))),
  VECTOR: byDivisor((values) => Math.sqrt(sum(values.map((x) => x * x)))),
  Z_SCORE: (problem, parameters) =>
    linearly(problem, num(parameters, 'mean'), (x, values) => {
      const s = text(parameters, 'divisor') === 'SAMPLE' ? sampleDeviation(values) : populationDeviation(values);
      return num(parameters, 'mean') + (num(parameters, 'standardDeviation') * (x - mean(values))) / s;
    }),
  ROBUST_Z: (problem, parameters) =>
    linearly(problem, num(parameters, 'mean'), (x, values) => {
      const centre = median(values);
      const distances = values.map((y) => Math.abs(y - centre));
      const mad = median(distances);
      const scale = mad > 0 ? MAD_TO_DEVIATION * mad : Math.sqrt(Math.PI / 2) * mean(distances);
      return num(parameters, 'mean') + (num(parameters, 'standardDeviation') * (x - centre)) / scale;
    }),
  RANK: ({ fitted, column }, parameters) => column.map((x) => place(x, present(fitted), text(parameters, 'tied'))),
  BORDA: ({ fitted, column }, parameters) => column.map((x) => place(x, present(fitted), text(parameters, 'tied')) - 1),
  PERCENTILE_RANK: (problem, parameters) => {
    const [low, high] = lowHigh(parameters);
    return linearly(problem, (low + high) / 2, (x, values) => {
      const share = count(values, (y) => y < x) / (values.length - 1);
      return low + Math.min(share, 1) * (high - low);
    });
  },
  CATEGORICAL: ({ fitted, column, sign }, parameters) => {
    const natural = present(fitted).map((x) => sign * x);
    const given = numbers(parameters, 'thresholds') ?? [];
    const percentiles = text(parameters, 'thresholdsAre') === 'PERCENTILES';
    if (percentiles && natural.length === 0) return column.map(() => NaN);
    const thresholds = percentiles ? given.map((percent) => percentile(natural, percent)) : given;
    const [low, high] = lowHigh(parameters);
    const scores = numbers(parameters, 'scores');
    return column.map((x) => {
      if (Number.isNaN(x)) return NaN;
      const k = count(thresholds, (threshold) => threshold <= sign * x);
      if (scores) return get(scores, k);
      const rank = sign > 0 ? k : thresholds.length - k;
      return low + (rank / thresholds.length) * (high - low);
    });
  },
};
