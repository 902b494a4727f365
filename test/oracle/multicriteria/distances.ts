import type { AggregationOracle } from '../aggregation';
import {
  ascending,
  columnOf,
  get,
  max,
  mean,
  min,
  num,
  numbers,
  product,
  range,
  sampleDeviation,
  sum,
  sumOver,
  text,
} from '../basics';
import {
  bestOf,
  euclidean,
  manhattan,
  minMax,
  perColumn,
  vectorScaled,
  weightedRows,
  weightedSum,
  worstOf,
} from './shared';

/** Oracles of the methods that rest on distances from the best values, by id. */
export const distances: Readonly<Record<string, AggregationOracle>> = {
  TOPSIS: (problem, parameters) => {
    const { rows, weights, costs } = problem;
    const scaling = text(parameters, 'scaling');
    // MIN_MAX has the best at 1, so that its costs are turned already.
    const turned = scaling === 'MIN_MAX';
    const r = turned ? minMax(problem, 1) : scaling === 'VECTOR' ? vectorScaled(problem) : rows;
    const v = weightedRows(weights, r);
    const cost = (k: number): boolean => !turned && get(costs, k);
    const ideal = perColumn(v, (column, k) => bestOf(column, cost(k)));
    const anti = perColumn(v, (column, k) => worstOf(column, cost(k)));
    const distance = text(parameters, 'metric') === 'EUCLIDEAN' ? euclidean : manhattan;
    return v.map((row) => {
      const plus = distance(row, ideal);
      const minus = distance(row, anti);
      return plus + minus === 0 ? 0.5 : minus / (plus + minus);
    });
  },
  VIKOR: (problem, parameters) => {
    const v = num(parameters, 'v');
    const shortfalls = minMax(problem, 1).map((row) => row.map((r, k) => get(problem.weights, k) * (1 - r)));
    const s = shortfalls.map(sum);
    const r = shortfalls.map(max);
    const place = (x: number, values: readonly number[]): number =>
      max(values) === min(values) ? 0 : (x - min(values)) / (max(values) - min(values));
    return s.map((si, i) => v * place(si, s) + (1 - v) * place(get(r, i), r));
  },
  SPOTIS: ({ rows, weights, costs }, parameters) => {
    const lower = numbers(parameters, 'lowerBounds') ?? perColumn(rows, min);
    const upper = numbers(parameters, 'upperBounds') ?? perColumn(rows, max);
    const ideal = numbers(parameters, 'expected') ?? costs.map((cost, k) => (cost ? get(lower, k) : get(upper, k)));
    return rows.map((row) =>
      sumOver(row.length, (k) => {
        const width = get(upper, k) - get(lower, k);
        return width === 0 ? 0 : (get(weights, k) * Math.abs(get(row, k) - get(ideal, k))) / width;
      }),
    );
  },
  PROBID: (problem, parameters) => {
    const v = weightedRows(problem.weights, vectorScaled(problem));
    const n = v.length;
    const sorted = perColumnSorted(v, problem.costs);
    const toIdeal = (row: readonly number[], k: number): number =>
      euclidean(
        row,
        sorted.map((column) => get(column, k - 1)),
      );
    const average = perColumn(v, mean);
    return v.map((row) => {
      if (text(parameters, 'idealRange') === 'QUARTERS') {
        const q = Math.max(1, Math.floor(n / 4));
        const plus = sumOver(q, (t) => toIdeal(row, t + 1) / (t + 1));
        const minus = sumOver(q, (t) => toIdeal(row, n - t) / (t + 1));
        return minus / plus;
      }
      const h = Math.ceil(n / 2);
      let plus = 0;
      for (let k = 1; k <= h; k++) plus += toIdeal(row, k) / k;
      let minus = 0;
      for (let k = h; k <= n; k++) minus += toIdeal(row, k) / (n - k + 1);
      const ratio = plus === 0 && minus === 0 ? 1 : plus / minus;
      return 1 / (1 + ratio ** 2) + euclidean(row, average);
    });
  },
  WROCLAW: ({ rows, weights }) => {
    const best = perColumn(rows, max);
    const d = rows.map((row) =>
      Math.sqrt(sumOver(row.length, (k) => get(weights, k) * (get(best, k) - get(row, k)) ** 2)),
    );
    if (max(d) === 0) return d;
    const far = mean(d) + 2 * sampleDeviation(d);
    return d.map((x) => x / far);
  },
  GREY_RELATIONAL: (problem, parameters) => {
    const gaps = minMax(problem, 1).map((row) => row.map((r) => Math.abs(1 - r)));
    const smallest = min(gaps.flat());
    const largest = max(gaps.flat());
    const zeta = num(parameters, 'distinguishing');
    return gaps.map((row) =>
      weightedSum(
        problem.weights,
        row.map((gap) => (largest === 0 ? 1 : (smallest + zeta * largest) / (gap + zeta * largest))),
      ),
    );
  },
  MABAC: (problem) => {
    const v = minMax(problem, 1).map((row) => row.map((r, k) => get(problem.weights, k) * (r + 1)));
    const border = perColumn(v, (column) => product(column) ** (1 / column.length));
    return v.map((row) => sumOver(row.length, (k) => get(row, k) - get(border, k)));
  },
  MAIRCA: (problem) => {
    const r = minMax(problem, 1);
    return r.map((row) =>
      sumOver(row.length, (k) => {
        const t = get(problem.weights, k) / r.length;
        return t - t * get(row, k);
      }),
    );
  },
};

/** The columns, each from its best value to its worst. */
function perColumnSorted(v: readonly (readonly number[])[], costs: readonly boolean[]): number[][] {
  return range(costs.length).map((k) => {
    const values = ascending(columnOf(v, k));
    return get(costs, k) ? values : values.reverse();
  });
}
