import type { AggregationOracle, AggregationProblem } from '../aggregation';
import { columnOf, count, get, mean, min, permutations, present, range, sumOver } from '../basics';

/** Σ_k w_k sign(x_ik − x_jk) over the children that both have; weights within rounding of a tie tie. */
function margin({ rows, weights }: AggregationProblem, i: number, j: number): number {
  const total = sumOver(weights.length, (k) => {
    const d = get(get(rows, i), k) - get(get(rows, j), k);
    return Number.isNaN(d) ? 0 : get(weights, k) * Math.sign(d);
  });
  return Math.abs(total) < 1e-12 ? 0 : total;
}

/** Oracles of the voting rules by id. */
export const voting: Readonly<Record<string, AggregationOracle>> = {
  BORDA_COUNT: ({ rows, weights }) => {
    const n = rows.filter((row) => present(row).length > 0).length;
    return rows.map((row) => {
      const here = range(row.length).filter((k) => !Number.isNaN(get(row, k)) && get(weights, k) > 0);
      if (here.length === 0) return NaN;
      const points = sumOver(here.length, (t) => {
        const k = get(here, t);
        const values = present(columnOf(rows, k));
        const x = get(row, k);
        const beaten = count(values, (y) => y < x) + (count(values, (y) => y === x) - 1) / 2;
        return get(weights, k) * (values.length > 1 ? (beaten * (n - 1)) / (values.length - 1) : (n - 1) / 2);
      });
      return points / sumOver(here.length, (t) => get(weights, get(here, t)));
    });
  },
  COPELAND: (problem) =>
    problem.rows.map((row, i) =>
      present(row).length === 0 ? NaN : sumOver(problem.rows.length, (j) => Math.sign(margin(problem, i, j))),
    ),
  KEMENY_YOUNG: (problem) => {
    const n = problem.rows.length;
    const orders = permutations(range(n)).map((order) => {
      let loss = 0;
      for (const [place, i] of order.entries())
        for (const j of order.slice(place + 1)) loss += Math.max(0, margin(problem, j, i));
      return { order, loss };
    });
    const least = min(orders.map(({ loss }) => loss));
    const best = orders.filter(({ loss }) => loss < least + 1e-9);
    return range(n).map((i) => n - mean(best.map(({ order }) => order.indexOf(i))));
  },
};
