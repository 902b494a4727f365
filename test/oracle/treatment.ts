import type { ParameterRecord } from '../../src/scoring/parameters';
import { count, flag, isConstant, max, mean, min, num, percentile, present, squares, sum, text } from './basics';

/** A treatment of one column, gaps as `NaN`. */
export type TreatmentOracle = (column: readonly number[], parameters: ParameterRecord) => number[];

/** Bias-adjusted sample skewness G₁ of Joanes and Gill; `NaN` for under 3 values or a constant column. */
export function skewness(values: readonly number[]): number {
  const n = values.length;
  if (n < 3 || isConstant(values)) return NaN;
  const m2 = squares(values) / n;
  const m3 = sum(values.map((x) => (x - mean(values)) ** 3)) / n;
  return ((m3 / m2 ** 1.5) * Math.sqrt(n * (n - 1))) / (n - 2);
}

/** Bias-adjusted sample excess kurtosis G₂ of Joanes and Gill; `NaN` for under 4 values or a constant column. */
export function kurtosis(values: readonly number[]): number {
  const n = values.length;
  if (n < 4 || isConstant(values)) return NaN;
  const m2 = squares(values) / n;
  const m4 = sum(values.map((x) => (x - mean(values)) ** 4)) / n;
  return ((n - 1) / ((n - 2) * (n - 3))) * ((n + 1) * (m4 / m2 ** 2 - 3) + 6);
}

const fails = (column: readonly number[], parameters: ParameterRecord): boolean => {
  const values = present(column);
  return (
    values.length >= 4 &&
    Math.abs(skewness(values)) >= num(parameters, 'skewness') &&
    kurtosis(values) >= num(parameters, 'kurtosis')
  );
};

function winsorise(column: readonly number[], parameters: ParameterRecord, force: boolean): number[] {
  let treated = [...column];
  for (;;) {
    const values = present(treated);
    // Under four values, and where all are equal, nothing tells an outlier, `force` or not.
    if (values.length < 4 || isConstant(values)) return treated;
    // Cities at the ends that were moved: those whose value is no longer their own.
    const moved = treated.filter((x, i) => x !== column[i] && !Number.isNaN(x)).length;
    if (moved >= num(parameters, 'maximumPoints')) return treated;
    if (!force && !fails(treated, parameters)) return treated;
    // Two values as often each have skewness 0 on paper.
    const high = skewness(values) > -1e-12;
    const end = high ? max(values) : min(values);
    const inner = values.filter((x) => x !== end);
    const next = high ? max(inner) : min(inner);
    treated = treated.map((x) => (x === end ? next : x));
  }
}

function logarithm(column: readonly number[], transform: string): number[] {
  const values = present(column);
  const low = min(values);
  const high = max(values);
  if (transform === 'SIGNED') return column.map((x) => Math.sign(x) * Math.log(1 + Math.abs(x)));
  if (values.length === 0 || low === high) return [...column];
  const up = (x: number): number => Math.log(x - low + 0.01 * (high - low));
  const down = (x: number): number => -Math.log(high + 0.01 * (high - low) - x);
  switch (transform) {
    case 'CT':
      return column.map(up);
    case 'CT_PLUS':
      return column.map(skewness(values) > 0 ? up : down);
    case 'ORIGINAL':
      return column.map((x) => Math.log(x - low + 1));
    case 'GII':
      return column.map((x) => Math.log(((high - 1) * (x - low)) / (high - low) + 1));
    default:
      throw new Error(transform);
  }
}

/** Oracles of the treatments by id. */
export const treatment: Readonly<Record<string, TreatmentOracle>> = {
  NONE: (column) => [...column],
  BOX_COX: (column, parameters) => {
    const lambda = num(parameters, 'lambda');
    const low = min(present(column));
    return column.map((x) => {
      const z = flag(parameters, 'shift') ? x - low + 1 : x;
      return lambda === 0 ? Math.log(z) : (z ** lambda - 1) / lambda;
    });
  },
  LOG: (column, parameters) => logarithm(column, text(parameters, 'transform')),
  PERCENTILE_CLIP: (column, parameters) => {
    const values = present(column);
    if (values.length === 0) return [...column];
    const low = percentile(values, num(parameters, 'lowerPercentile'));
    const high = percentile(values, num(parameters, 'upperPercentile'));
    return column.map((x) => Math.min(Math.max(x, low), high));
  },
  WINSORISE: (column, parameters) => winsorise(column, parameters, flag(parameters, 'force')),
  WINSORISE_THEN_LOG: (column, parameters) => {
    if (!fails(column, parameters)) return [...column];
    const winsorised = winsorise(column, parameters, false);
    if (!fails(winsorised, parameters)) return winsorised;
    return logarithm(flag(parameters, 'combine') ? winsorised : column, text(parameters, 'transform'));
  },
};

/** How many cities a treatment changed. */
export const changed = (before: readonly number[], after: readonly number[]): number =>
  count(
    after.map((x, i) => x - (before[i] ?? NaN)),
    (d) => d !== 0 && !Number.isNaN(d),
  );
