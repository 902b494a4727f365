import type { ParameterRecord } from '../../src/scoring/parameters';
import {
  averageRanks,
  columnOf,
  flag,
  get,
  isConstant,
  max,
  mean,
  min,
  num,
  pearson,
  populationDeviation,
  present,
  range,
  records,
  sampleDeviation,
  solve,
  subsets,
  sum,
  sumOver,
  text,
  texts,
  transpose,
  vertices,
  type Constraint,
  type Rows,
} from './basics';

/** What a weighting is told of its node. */
export interface WeightingProblem {
  /** Cities × children; `NaN` is a gap. */
  readonly rows: Rows;
  readonly children: readonly string[];
  readonly given: readonly number[];
  readonly leaves: readonly number[];
}

/** A weighting; null where the formula does not determine the weights, so that there is nothing to compare. */
export type WeightingOracle = (problem: WeightingProblem, parameters: ParameterRecord) => number[] | null;

/** Scaled to add to 1; equal where all are 0. */
export function shares(importances: readonly number[]): number[] {
  const total = sum(importances);
  return importances.map((x) => (total > 0 ? x / total : 1 / importances.length));
}

/** One importance for each column from its present values; 0 for a constant or empty one. */
const byColumn =
  (importance: (values: readonly number[], parameters: ParameterRecord) => number): WeightingOracle =>
  ({ rows, children }, parameters) =>
    shares(
      children.map((_, j) => {
        const values = present(columnOf(rows, j));
        return values.length === 0 || isConstant(values) ? 0 : importance(values, parameters);
      }),
    );

/** On 0 … 1 by the column’s own minimum and maximum. */
const unit = (values: readonly number[]): number[] => {
  const present_ = present(values);
  return values.map((x) => (x - min(present_)) / (max(present_) - min(present_)));
};

/** Kendall’s τ-b by counting pairs; `NaN` where one of the two is constant. */
function kendall(x: readonly number[], y: readonly number[]): number {
  let score = 0;
  let untiedX = 0;
  let untiedY = 0;
  for (let i = 0; i < x.length; i++)
    for (let j = 0; j < i; j++) {
      const dx = Math.sign(get(x, i) - get(x, j));
      const dy = Math.sign(get(y, i) - get(y, j));
      score += dx * dy;
      untiedX += Math.abs(dx);
      untiedY += Math.abs(dy);
    }
  return score / Math.sqrt(untiedX * untiedY);
}

/** A coefficient over the cities that have both columns; `NaN` where it is not defined. */
function correlation(a: readonly number[], b: readonly number[], kind: string): number {
  const both = range(a.length).filter((i) => !Number.isNaN(get(a, i) + get(b, i)));
  const x = both.map((i) => get(a, i));
  const y = both.map((i) => get(b, i));
  const r =
    kind === 'PEARSON'
      ? pearson(x, y)
      : kind === 'SPEARMAN'
        ? pearson(averageRanks(x), averageRanks(y))
        : kendall(x, y);
  // Perfect correlation is exact on paper, and 1 − r is a weight by itself.
  return Math.abs(r) > 1 - 1e-14 ? Math.sign(r) : r;
}

/** Correlation matrix, pair by pair; 1 on the diagonal. */
const correlations = (columns: Rows): number[][] =>
  columns.map((a, j) => columns.map((b, k) => (j === k ? 1 : correlation(a, b, 'PEARSON') || 0)));

const multiply = (a: Rows, b: Rows): number[][] =>
  a.map((row) => range(b[0]?.length ?? 0).map((k) => sumOver(b.length, (j) => get(row, j) * get(get(b, j), k))));

/** Unit eigenvector of the eigenvalue of largest magnitude, by squaring the matrix again and again. */
function dominantVector(matrix: Rows): number[] {
  let power = matrix.map((row) => [...row]);
  for (let step = 0; step < 60; step++) {
    const squared = multiply(power, power);
    const size = max(squared.flat().map(Math.abs));
    power = squared.map((row) => row.map((x) => x / size));
  }
  const columns = transpose(power);
  const lengths = columns.map((column) => Math.sqrt(sum(column.map((x) => x * x))));
  const longest = get(columns, lengths.indexOf(max(lengths)));
  return longest.map((x) => x / max(lengths));
}

/** Eigenvalues and unit eigenvectors of a symmetric matrix, largest first, by deflation. */
function eigen(matrix: Rows): { value: number; vector: number[] }[] {
  // Shifted by more than the matrix’s norm, so that the largest eigenvalue is also the largest in magnitude.
  const shift = 2 * max(matrix.map((row) => sum(row.map(Math.abs))));
  let rest = matrix.map((row, j) => row.map((x, k) => x + (j === k ? shift : 0)));
  return matrix.map(() => {
    const vector = dominantVector(rest);
    const image = rest.map((row) => sumOver(row.length, (k) => get(row, k) * get(vector, k)));
    const value = sumOver(vector.length, (k) => get(vector, k) * get(image, k));
    rest = rest.map((row, j) => row.map((x, k) => x - value * get(vector, j) * get(vector, k)));
    return { value: value - shift, vector };
  });
}

/** Varimax with Kaiser’s normalisation (rows of unit length), rotating pairs of factors until none turns any further. */
function varimax(loadings: Rows): number[][] {
  const lengths = loadings.map((row) => Math.sqrt(sum(row.map((x) => x * x))) || 1);
  const scaled = loadings.map((row, j) => row.map((x) => x / get(lengths, j)));
  const factors = transpose(scaled);
  const p = loadings.length;
  for (let sweep = 0; sweep < 500; sweep++)
    for (let f = 0; f < factors.length; f++)
      for (let g = f + 1; g < factors.length; g++) {
        const x = get(factors, f);
        const y = get(factors, g);
        const u = x.map((a, j) => a * a - get(y, j) ** 2);
        const v = x.map((a, j) => 2 * a * get(y, j));
        const numerator = 2 * sumOver(p, (j) => get(u, j) * get(v, j)) - (2 * sum(u) * sum(v)) / p;
        const denominator = sumOver(p, (j) => get(u, j) ** 2 - get(v, j) ** 2) - (sum(u) ** 2 - sum(v) ** 2) / p;
        const angle = Math.atan2(numerator, denominator) / 4;
        factors[f] = x.map((a, j) => a * Math.cos(angle) + get(y, j) * Math.sin(angle));
        factors[g] = x.map((a, j) => get(y, j) * Math.cos(angle) - a * Math.sin(angle));
      }
  return transpose(factors).map((row, j) => row.map((x) => x * get(lengths, j)));
}

/** Weights by rank of importance (1 = most), ties sharing the mean of the weights that they take up. */
function byImportance(weightOfRank: (r: number, m: number) => number): WeightingOracle {
  return ({ children, given }, parameters) => {
    const order = texts(parameters, 'order');
    const importance =
      order && children.some((code) => order.includes(code)) ? children.map((code) => -order.indexOf(code)) : given;
    const m = children.length;
    return importance.map((x) => {
      const better = importance.filter((y) => y > x).length;
      const tied = importance.filter((y) => y === x).length;
      return mean(range(tied).map((t) => weightOfRank(better + 1 + t, m)));
    });
  };
}

/**
 * Benefit of the doubt: for each complete city all its optimal vertices v, each as v / Σ v and once only. An efficient
 * city mostly has several: any mixture of them is optimal, too.
 */
export function optimalShares({ rows, children }: WeightingProblem, parameters: ParameterRecord): number[][][] {
  const m = children.length;
  const complete = rows.filter((row) => present(row).length === m);
  const low = num(parameters, 'minimumShare');
  const high = num(parameters, 'maximumShare');
  return complete.map((own) => {
    const constraints: Constraint[] = [
      ...complete.map((row) => ({ coefficients: row, bound: 1 })),
      ...range(m).map((j) => ({ coefficients: range(m).map((k) => (k === j ? -1 : 0)), bound: 0 })),
    ];
    for (const j of range(m)) {
      if (low > 0) constraints.push({ coefficients: own.map((x, k) => low * x - (k === j ? x : 0)), bound: 0 });
      if (high < 1) constraints.push({ coefficients: own.map((x, k) => (k === j ? x : 0) - high * x), bound: 0 });
    }
    const score = (v: readonly number[]): number => sumOver(m, (k) => get(v, k) * get(own, k));
    const all = vertices(constraints, m);
    const best = max(all.map(score));
    const distinct: number[][] = [];
    for (const v of all.filter((vertex) => score(vertex) > best - 1e-9).map(shares))
      if (!distinct.some((other) => other.every((x, k) => Math.abs(x - get(v, k)) < 1e-9))) distinct.push(v);
    return distinct;
  });
}

/** How far correlations with the index are from the stated importances: what BALANCED minimises, over children that vary. */
export function imbalance({ rows, given }: WeightingProblem, weights: ArrayLike<number>): number {
  const all = transpose(rows);
  const varied = variedColumns(all);
  const columns = varied.map((j) => get(all, j));
  const target = shares(varied.map((j) => get(given, j)));
  const v = varied.map((j, t) => (weights[j] ?? NaN) * sampleDeviation(present(get(columns, t))));
  const image = correlations(columns).map((row) => sumOver(v.length, (t) => get(row, t) * get(v, t)));
  return sum(image.map((x, j) => (get(target, j) - x / sum(image)) ** 2));
}

/** The columns with more than one value. */
const variedColumns = (columns: Rows): number[] =>
  range(columns.length).filter((j) => {
    const values = present(get(columns, j));
    return values.length > 1 && !isConstant(values);
  });

/** Saaty’s random indices by the size of the matrix. */
const SAATY = [0, 0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59];

/** Oracles of the weightings by id. */
export const weighting: Readonly<Record<string, WeightingOracle>> = {
  EQUAL: ({ children }) => children.map(() => 1 / children.length),
  GIVEN: ({ given }) => shares(given),
  HIERARCHICAL: ({ leaves }) => shares(leaves),
  RANK_ORDER_CENTROID: byImportance((r, m) => sum(range(m - r + 1).map((t) => 1 / (r + t))) / m),
  RANK_SUM: byImportance((r, m) => (2 * (m + 1 - r)) / (m * (m + 1))),
  AHP: ({ children, given }, parameters) => {
    const judged = records(parameters, 'judgements').find((judgement) =>
      texts(judgement, 'nodes')?.includes(get(children, 0)),
    );
    if (!judged) return shares(given);
    const nodes = texts(judged, 'nodes') ?? [];
    const raw: unknown = judged['matrix'];
    const matrix = Array.isArray(raw) ? raw.map((row: unknown) => (Array.isArray(row) ? row.map(Number) : [])) : [];
    const vector = dominantVector(matrix);
    const total = sum(vector);
    const weights = children.map((code) => get(vector, nodes.indexOf(code)) / total);
    const m = nodes.length;
    const w = vector.map((x) => x / total);
    const lambda = mean(matrix.map((row, j) => sumOver(m, (k) => get(row, k) * get(w, k)) / get(w, j)));
    const ratio = m > 2 ? (lambda - m) / (m - 1) / get(SAATY, m) : 0;
    if (ratio > num(parameters, 'maximumInconsistency')) throw new Error('inconsistent');
    return weights;
  },
  STANDARD_DEVIATION: byColumn((values, parameters) =>
    sampleDeviation(flag(parameters, 'rescale') ? unit(values) : values),
  ),
  ENTROPY: byColumn((values) => {
    const p = values.map((x) => x / sum(values));
    return 1 + sum(p.map((x) => (x === 0 ? 0 : x * Math.log(x)))) / Math.log(values.length);
  }),
  GINI: byColumn(
    (values) =>
      sum(values.map((x) => sum(values.map((y) => Math.abs(x - y))))) / (2 * values.length ** 2 * mean(values)),
  ),
  LOPCOW: byColumn((values) => {
    const r = unit(values);
    return Math.abs(Math.log(Math.sqrt(mean(r.map((x) => x * x))) / sampleDeviation(r)));
  }),
  CRITIC: ({ rows }, parameters) => {
    const columns = transpose(rows);
    const varied = columns.map((column) => present(column).length > 0 && !isConstant(present(column)));
    return shares(
      columns.map((a, j) => {
        if (!get(varied, j)) return 0;
        const values = present(flag(parameters, 'rescale') ? unit(a) : a);
        // A pair whose correlation is not defined adds nothing.
        const conflict = present(
          columns.map((b, k) => (j === k ? NaN : 1 - correlation(a, b, text(parameters, 'correlation')))),
        );
        return populationDeviation(values) * sum(conflict);
      }),
    );
  },
  MEREC: ({ rows, children }) => {
    const smallest = children.map((_, k) => min(present(columnOf(rows, k))));
    // What column k adds to the sum of city i; `NaN` where it has no value.
    const terms = rows.map((row) => row.map((x, k) => Math.abs(Math.log(get(smallest, k) / x))));
    return shares(
      children.map((_, j) => {
        const effects = terms.flatMap((row) => {
          if (Number.isNaN(get(row, j))) return [];
          const own = present(row);
          const all = Math.log(1 + sum(own) / own.length);
          const without = Math.log(1 + (sum(own) - get(row, j)) / own.length);
          return [Math.abs(without - all)];
        });
        return effects.length > 0 ? mean(effects) : 0;
      }),
    );
  },
  PCA: ({ rows }, parameters) => {
    const columns = transpose(rows);
    const varied = variedColumns(columns);
    if (varied.length === 0) return shares(columns.map(() => 0));
    const components = eigen(correlations(varied.map((j) => get(columns, j))));
    const values = components.map(({ value }) => value);
    const spread = (weights: readonly number[]): number[] =>
      columns.map((_, j) => (varied.includes(j) ? get(weights, varied.indexOf(j)) : 0));
    const m = varied.length;
    // Eigenvectors are determined only where the eigenvalues are apart.
    const apart = (upTo: number): boolean =>
      range(upTo).every((f) => f + 1 >= m || get(values, f) - get(values, f + 1) > 0.05);
    if (text(parameters, 'scheme') === 'FIRST_COMPONENT')
      return apart(1) ? spread(get(components, 0).vector.map((u) => u * u)) : null;
    let retained = 0;
    while (
      retained < m &&
      (retained === 0 ||
        get(values, retained) / m >= num(parameters, 'minimumShare') ||
        sum(values.slice(0, retained)) / m < num(parameters, 'cumulativeShare'))
    )
      retained++;
    if (!apart(retained) || values.slice(0, retained).some((value) => value < 1e-6)) return null;
    const loadings = varied.map((_, j) =>
      components.slice(0, retained).map(({ value, vector }) => get(vector, j) * Math.sqrt(value)),
    );
    const rotated = varimax(loadings);
    const explained = range(retained).map((f) => sum(columnOf(rotated, f).map((x) => x * x)));
    const weights = rotated.map((row) => {
      const q = row.map((x, f) => (x * x) / get(explained, f));
      const best = q.indexOf(max(q));
      return max(q) * get(explained, best);
    });
    return spread(shares(weights));
  },
  BALANCED: ({ rows, given }) => {
    const all = transpose(rows);
    const varied = variedColumns(all);
    if (sum(varied.map((j) => get(given, j))) === 0) return shares(all.map(() => 0));
    const columns = varied.map((j) => get(all, j));
    const deviations = columns.map((column) => sampleDeviation(present(column)));
    const target = shares(varied.map((j) => get(given, j)));
    const r = correlations(columns);
    // Every set of children that may have weight: minimise |g − R v|² on it with Σ R v = 1, and keep the best with v ≥ 0.
    const candidates = range(columns.length).flatMap((size) =>
      subsets(range(columns.length), size + 1).flatMap((support) => {
        const image = r.map((row) => support.map((k) => get(row, k)));
        const totals = support.map((_, t) => sum(columnOf(image, t)));
        const normal = support.map((_, a) => [
          ...support.map((__, b) => sum(image.map((row) => get(row, a) * get(row, b)))),
          get(totals, a),
        ]);
        const right = support.map((_, a) => sum(image.map((row, j) => get(row, a) * get(target, j))));
        const v = solve([...normal, [...totals, 0]], [...right, 1])?.slice(0, support.length);
        if (!v || v.some((x) => x < 0)) return [];
        const reached = image.map((row) => sumOver(v.length, (t) => get(row, t) * get(v, t)));
        const weights = columns.map((_, j) =>
          support.includes(j) ? get(v, support.indexOf(j)) / get(deviations, j) : 0,
        );
        return [{ loss: sum(reached.map((x, j) => (get(target, j) - x) ** 2)), weights: shares(weights) }];
      }),
    );
    const [best, ...others] = candidates.sort((a, b) => a.loss - b.loss);
    if (!best) return null;
    const same = (weights: readonly number[]): boolean =>
      weights.every((w, j) => Math.abs(w - get(best.weights, j)) < 1e-12);
    if (others.some(({ loss, weights }) => loss < best.loss + 1e-9 && !same(weights))) return null;
    return all.map((_, j) => (varied.includes(j) ? get(best.weights, varied.indexOf(j)) : 0));
  },
  // Optimal weights need not be unique: see `optimalShares`.
  BENEFIT_OF_THE_DOUBT: (problem, parameters) => {
    const optima = optimalShares(problem, parameters);
    if (optima.length === 0) return shares(problem.children.map(() => 0));
    return optima.every((own) => own.length === 1)
      ? problem.children.map((_, k) => mean(optima.map((own) => get(get(own, 0), k))))
      : null;
  },
};
