import type { AggregationOracle } from '../aggregation';
import { columnOf, get, max, numbers, numOr, range, sumOver, text, vertices, type Constraint } from '../basics';

/** The unit vector of variable `k` among `size`, times `factor`. */
const axis = (k: number, size: number, factor: number): number[] => range(size).map((j) => (j === k ? factor : 0));

/** The largest value of Σ c x over the vertices; −∞ where nothing is feasible. */
const maximise = (objective: readonly number[], constraints: readonly Constraint[]): number =>
  max(vertices(constraints, objective.length).map((x) => sumOver(x.length, (k) => get(objective, k) * get(x, k))));

/** Oracle of benefit of the doubt: each linear programme by looking at all its vertices. */
export const benefitOfTheDoubt: AggregationOracle = ({ rows }, parameters) => {
  const m = rows[0]?.length ?? 0;
  const n = rows.length;
  const variant = text(parameters, 'variant');
  if (variant === 'DIRECTIONAL') {
    const direction = numbers(parameters, 'direction') ?? range(m).map(() => 1);
    return rows.map((row) => {
      // Variables β, λ₁ … λ_n.
      const constraints: Constraint[] = [
        ...range(m).map((k) => ({
          coefficients: [get(direction, k), ...columnOf(rows, k).map((y) => -y)],
          bound: -get(row, k),
        })),
        { coefficients: [0, ...range(n).map(() => 1)], bound: 1 },
        ...range(n).map((j) => ({ coefficients: axis(j + 1, n + 1, -1), bound: 0 })),
      ];
      return 1 / (1 + maximise(axis(0, n + 1, 1), constraints));
    });
  }
  const low = variant === 'CONSTRAINED' ? numOr(parameters, 'minimumShare', 0) : 0;
  const high = variant === 'CONSTRAINED' ? numOr(parameters, 'maximumShare', 1) : 1;
  return rows.map((own) => {
    const constraints: Constraint[] = [
      ...rows.map((row) => ({ coefficients: row, bound: 1 })),
      ...range(m).map((k) => ({ coefficients: axis(k, m, -1), bound: 0 })),
    ];
    for (const k of range(m)) {
      if (low > 0) constraints.push({ coefficients: own.map((y, j) => low * y - (j === k ? y : 0)), bound: 0 });
      if (high < 1) constraints.push({ coefficients: own.map((y, j) => (j === k ? y : 0) - high * y), bound: 0 });
    }
    return maximise(own, constraints);
  });
};
