import type { ParameterRecord } from '../../src/scoring/parameters';
import { get, min, num, numbers, numOr, product, range, sum, sumOver, text, type Rows } from './basics';

/** What an aggregation is told of its node. */
export interface AggregationProblem {
  /** Cities × children; `NaN` is a gap. */
  readonly rows: Rows;
  /** ≥ 0, adding to 1. */
  readonly weights: readonly number[];
  /** True for a child where less is better. */
  readonly costs: readonly boolean[];
  readonly children: readonly string[];
}

/** An aggregation of the children under a node to one score for each city. */
export type AggregationOracle = (problem: AggregationProblem, parameters: ParameterRecord) => number[];

type Mean = (x: readonly number[], w: readonly number[], parameters: ParameterRecord, m: number) => number;

/** Each city by itself, over the children that it has; `w` is scaled to add to 1 over them. */
const perCity =
  (score: Mean): AggregationOracle =>
  ({ rows, weights }, parameters) =>
    rows.map((row) => {
      const here = range(row.length).filter((k) => !Number.isNaN(get(row, k)) && get(weights, k) > 0);
      if (here.length === 0) return NaN;
      const total = sum(here.map((k) => get(weights, k)));
      return score(
        here.map((k) => get(row, k)),
        here.map((k) => get(weights, k) / total),
        parameters,
        row.length,
      );
    });

const weighted = (
  x: readonly number[],
  w: readonly number[],
  f: (value: number) => number = (value) => value,
): number => sumOver(x.length, (k) => get(w, k) * f(get(x, k)));

const geometric = (x: readonly number[], w: readonly number[]): number =>
  product(x.map((value, k) => value ** get(w, k)));

const mazziottaPareto: Mean = (x, w, parameters) => {
  const m = weighted(x, w);
  const variance = weighted(x, w, (value) => (value - m) ** 2);
  const c = x.length;
  const adjusted = parameters['deviation'] === 'SAMPLE' ? (c > 1 ? (variance * c) / (c - 1) : 0) : variance;
  const penalty = adjusted / m;
  return text(parameters, 'penalty') === 'POSITIVE' ? m - penalty : m + penalty;
};

/** The piecewise linear function through (0, 0) and (j / m, v₁ + … + v_j), at c. */
function through(v: readonly number[], c: number): number {
  const m = v.length;
  const total = sum(v);
  const j = Math.min(Math.floor(c * m + 1e-12), m - 1);
  const upTo = sum(v.slice(0, j)) / total;
  return upTo + (c * m - j) * (get(v, j) / total);
}

/** Oracles of the means by id. */
export const means: Readonly<Record<string, AggregationOracle>> = {
  ARITHMETIC: perCity((x, w) => weighted(x, w)),
  GEOMETRIC: perCity(geometric),
  HARMONIC: perCity((x, w) => 1 / weighted(x, w, (value) => 1 / value)),
  POWER_MEAN: perCity((x, w, parameters) => {
    const p = num(parameters, 'exponent');
    return p === 0 ? geometric(x, w) : weighted(x, w, (value) => value ** p) ** (1 / p);
  }),
  MINIMUM: perCity((x) => min(x)),
  MEDIAN: perCity((x, w) => {
    const places = range(x.length).sort((a, b) => get(x, a) - get(x, b));
    let passed = 0;
    for (const [j, place] of places.entries()) {
      passed += get(w, place);
      // Weights of the tests are binary fractions, but not once they are scaled.
      if (Math.abs(passed - 0.5) < 1e-12) return (get(x, place) + get(x, get(places, j + 1))) / 2;
      if (passed > 0.5) return get(x, place);
    }
    throw new Error('the weights do not add to 1');
  }),
  MEAN_MINIMUM: perCity((x, w, parameters) => {
    const beta = num(parameters, 'beta');
    const m = weighted(x, w);
    return m - num(parameters, 'alpha') * (Math.sqrt((m - min(x)) ** 2 + beta ** 2) - beta);
  }),
  MAZZIOTTA_PARETO: perCity(mazziottaPareto),
  ADJUSTED_MAZZIOTTA_PARETO: perCity(mazziottaPareto),
  OWA: perCity((x, w, parameters, m) => {
    const some = numOr(parameters, 'atLeast', 0);
    const v =
      numbers(parameters, 'orderWeights') ??
      range(m).map((j) => (text(parameters, 'end') === 'LARGEST' ? (j < some ? 1 : 0) : j >= m - some ? 1 : 0));
    const places = range(x.length).sort((a, b) => get(x, b) - get(x, a));
    let passed = 0;
    return sum(
      places.map((place) => {
        const before = passed;
        passed += get(w, place);
        return (through(v, Math.min(passed, 1)) - through(v, before)) * get(x, place);
      }),
    );
  }),
};
