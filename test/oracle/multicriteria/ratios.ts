import type { AggregationOracle, AggregationProblem } from '../aggregation';
import { columnOf, get, max, mean, min, num, product, range, sum, sumOver, text } from '../basics';
import { bestOf, euclidean, manhattan, minMax, perColumn, scaled, weightedRows, weightedSum, worstOf } from './shared';

/** a / b, where 0 / 0 (a column of zeros, or nothing on one side of the average) is 0. */
const orZero = (a: number, b: number): number => (a === 0 && b === 0 ? 0 : a / b);

/** x / max x for benefits, min x / x for costs. */
const relativeToBest = (problem: AggregationProblem): number[][] =>
  scaled(problem, (column, cost) => column.map((x) => (cost ? min(column) / x : orZero(x, max(column)))));

/** x / Σ x for benefits, (1 / x) / Σ (1 / x) for costs. */
const shareOfSum = (problem: AggregationProblem): number[][] =>
  scaled(problem, (column, cost) => {
    const goods = column.map((x) => (cost ? 1 / x : x));
    return goods.map((x) => x / sum(goods));
  });

const powers = (weights: readonly number[], row: readonly number[]): number[] =>
  row.map((r, k) => r ** get(weights, k));

/** Oracles of the methods that rest on ratios of values, by id. */
export const ratios: Readonly<Record<string, AggregationOracle>> = {
  ARAS: (problem, parameters) => {
    const { rows, weights, costs } = problem;
    const optimal = perColumn(rows, (column, k) => bestOf(column, get(costs, k)));
    const included = text(parameters, 'optimalRow') === 'INCLUDED';
    const all = [optimal, ...rows];
    const good = all.map((row) => row.map((x, k) => (get(costs, k) ? 1 / x : x)));
    const totals = perColumn(included ? good : good.slice(1), sum);
    const s = good.map((row) =>
      weightedSum(
        weights,
        row.map((x, k) => orZero(x, get(totals, k))),
      ),
    );
    // The optimal city of a table of zeros is as good as the others.
    return s.slice(1).map((value) => (get(s, 0) === 0 ? 1 : value / get(s, 0)));
  },
  COPRAS: ({ rows, weights, costs }) => {
    const d = weightedRows(weights, rows).map((row) => row.map((x, k) => orZero(x, sum(columnOf(rows, k)))));
    const part = (row: readonly number[], cost: boolean): number => sum(row.filter((_, k) => get(costs, k) === cost));
    const plus = d.map((row) => part(row, false));
    const minus = d.map((row) => part(row, true));
    const reciprocals = sum(minus.map((s) => 1 / s));
    const q = plus.map((s, i) => (costs.includes(true) ? s + sum(minus) / (get(minus, i) * reciprocals) : s));
    return q.map((value) => (max(q) === 0 ? 100 : (100 * value) / max(q)));
  },
  EDAS: ({ rows, weights, costs }) => {
    const average = perColumn(rows, mean);
    const side = (row: readonly number[], good: boolean): number =>
      sumOver(row.length, (k) => {
        const above = (get(row, k) - get(average, k)) * (get(costs, k) ? -1 : 1) * (good ? 1 : -1);
        return get(weights, k) * orZero(Math.max(0, above), get(average, k));
      });
    const sp = rows.map((row) => side(row, true));
    const sn = rows.map((row) => side(row, false));
    return sp.map((p, i) => (orZero(p, max(sp)) + 1 - orZero(get(sn, i), max(sn))) / 2);
  },
  MARCOS: (problem) => {
    const { rows, weights, costs } = problem;
    const ideal = perColumn(rows, (column, k) => bestOf(column, get(costs, k)));
    const anti = perColumn(rows, (column, k) => worstOf(column, get(costs, k)));
    const utility = (row: readonly number[]): number =>
      weightedSum(
        weights,
        row.map((x, k) => (get(costs, k) ? get(ideal, k) / x : orZero(x, get(ideal, k)))),
      );
    return rows.map((row) => {
      // The limit where the anti-ideal, or both, add up to nothing.
      if (utility(anti) === 0) return orZero(utility(row), utility(ideal));
      const plus = utility(row) / utility(ideal);
      const minus = utility(row) / utility(anti);
      const fPlus = minus / (plus + minus);
      const fMinus = plus / (plus + minus);
      return (plus + minus) / (1 + (1 - fPlus) / fPlus + (1 - fMinus) / fMinus);
    });
  },
  RAM: ({ rows, weights, costs }) => {
    const totals = perColumn(rows, sum);
    return rows.map((row) => {
      const part = (cost: boolean): number =>
        sum(row.map((x, k) => (get(costs, k) === cost ? get(weights, k) * orZero(x, get(totals, k)) : 0)));
      return (2 + part(false)) ** (1 / (2 + part(true)));
    });
  },
  WASPAS: (problem, parameters) => {
    const lambda = num(parameters, 'lambda');
    return relativeToBest(problem).map(
      (row) => lambda * weightedSum(problem.weights, row) + (1 - lambda) * product(powers(problem.weights, row)),
    );
  },
  WEIGHTED_PRODUCT: (problem) => shareOfSum(problem).map((row) => product(powers(problem.weights, row))),
  OCRA: ({ rows, weights, costs }) => {
    const part = (row: readonly number[], cost: boolean): number =>
      sum(
        row.map((x, k) => {
          if (get(costs, k) !== cost) return 0;
          const column = columnOf(rows, k);
          return (get(weights, k) * (cost ? max(column) - x : x - min(column))) / min(column);
        }),
      );
    const rating = (cost: boolean): number[] => {
      const raw = rows.map((row) => part(row, cost));
      return raw.map((value) => value - min(raw));
    };
    const inputs = rating(true);
    const total = rating(false).map((o, i) => o + get(inputs, i));
    return total.map((value) => value - min(total));
  },
  COCOSO: (problem, parameters) => {
    const lambda = num(parameters, 'lambda');
    const r = minMax(problem, 1);
    const s = r.map((row) => weightedSum(problem.weights, row));
    const p = r.map((row) => sum(powers(problem.weights, row)));
    const total = sum(s) + sum(p);
    const smallest = (values: readonly number[]): number => min(values.filter((value) => value > 0));
    return s.map((si, i) => {
      const pi = get(p, i);
      const a = (si + pi) / total;
      const b = si / smallest(s) + pi / smallest(p);
      const c = (lambda * si + (1 - lambda) * pi) / (lambda * max(s) + (1 - lambda) * max(p));
      return Math.cbrt(a * b * c) + (a + b + c) / 3;
    });
  },
  CODAS: (problem, parameters) => {
    const v = weightedRows(problem.weights, relativeToBest(problem));
    const worst = perColumn(v, min);
    const e = v.map((row) => euclidean(row, worst));
    const t = v.map((row) => manhattan(row, worst));
    return range(v.length).map((i) =>
      sumOver(v.length, (j) => {
        const d = get(e, i) - get(e, j);
        return d + (Math.abs(d) >= num(parameters, 'tau') ? get(t, i) - get(t, j) : 0);
      }),
    );
  },
};
