import { at, atInt } from './at';

/** Maximise `objective · x` subject to `matrix x ≤ limits` and `x ≥ 0`. Coefficients are finite. */
export interface LinearProgramme {
  /** One coefficient for each of the `n` variables. */
  readonly objective: Float64Array;
  /** Row-major, one row of `n` coefficients for each of the `m` constraints. */
  readonly matrix: Float64Array;
  /** Right-hand sides, length `m`, of either sign. An equality is two opposite rows. */
  readonly limits: Float64Array;
}

/**
 * - `OPTIMAL`: `value` and `solution` hold an optimum.
 * - `INFEASIBLE`: no `x` meets the constraints.
 * - `UNBOUNDED`: the objective has no upper limit.
 * - `PIVOT_LIMIT`: stopped early; by Bland's rule this needs an absurdly low limit or hopeless rounding.
 */
export type LinearProgrammeStatus = 'OPTIMAL' | 'INFEASIBLE' | 'UNBOUNDED' | 'PIVOT_LIMIT';

/** What {@link maximise} found. */
export interface LinearProgrammeResult {
  readonly status: LinearProgrammeStatus;
  /** The largest `objective · x`; `NaN` unless `OPTIMAL`. */
  readonly value: number;
  /** An `x` that reaches it (not always the only one), length `n`; zeros unless `OPTIMAL`. */
  readonly solution: Float64Array;
}

/** On the scaled tableau (entries near 1), anything smaller is rounding. */
const EPSILON = 1e-11;
/** An auxiliary optimum above this after phase one means that the constraints contradict each other. */
const FEASIBILITY = 1e-9;
/** Pivots in a row that may gain nothing before Bland's rule, safe but slow, takes over. */
const PATIENCE = 8;

/**
 * Solves a small dense linear programme with the two-phase simplex method on a condensed tableau (Dantzig 1963, Linear
 * Programming and Extensions; Bland 1977, Mathematics of Operations Research 2(2), 103–107). The largest reduced cost enters; after a run of pivots that gain nothing,
 * Bland's smallest index does until one gains, so that a degenerate programme cannot cycle. Rows and columns are first
 * scaled by powers of two, which rounds nothing. The same input always takes the same pivots.
 * @param programme what to solve; left as it was
 * @param pivotLimit how many pivots to allow; the default is far above what a programme of this kind needs
 */
export function maximise(
  programme: LinearProgramme,
  pivotLimit = 1000 + 50 * (programme.objective.length + programme.limits.length),
): LinearProgrammeResult {
  const n = programme.objective.length;
  const tableau = new Tableau(programme);
  const status = tableau.solve(pivotLimit);
  const solution = new Float64Array(n);
  if (status !== 'OPTIMAL') return { status, value: NaN, solution };
  tableau.readSolution(solution);
  let value = 0;
  for (let j = 0; j < n; j++) value += at(programme.objective, j) * at(solution, j);
  return { status, value, solution };
}

/** The power of two next to `1 / size`; 1 where there is nothing to scale. */
function inverseScale(size: number): number {
  return size === 0 ? 1 : 2 ** -Math.round(Math.log2(size));
}

/**
 * `m` constraint rows, then the objective, then phase one's objective; `n` variables, then the auxiliary variable, then
 * the right-hand side. Labels: variables are `0 … n−1`, slacks `n … n+m−1`, the auxiliary variable `n+m`.
 */
class Tableau {
  private readonly n: number;
  private readonly m: number;
  private readonly width: number;
  private readonly cells: Float64Array;
  private readonly columnScale: Float64Array;
  private readonly rowLabels: Int32Array;
  private readonly columnLabels: Int32Array;
  private pivotsLeft = 0;

  constructor({ objective, matrix, limits }: LinearProgramme) {
    const n = objective.length;
    const m = limits.length;
    const width = n + 2;
    const cells = new Float64Array((m + 2) * width);
    const columnScale = new Float64Array(n);
    for (let i = 0; i < m; i++) {
      for (let j = 0; j < n; j++) columnScale[j] = Math.max(at(columnScale, j), Math.abs(at(matrix, i * n + j)));
    }
    for (let j = 0; j < n; j++) columnScale[j] = inverseScale(at(columnScale, j));
    let largestCost = 0;
    for (let j = 0; j < n; j++) largestCost = Math.max(largestCost, Math.abs(at(objective, j) * at(columnScale, j)));
    const costScale = inverseScale(largestCost);
    for (let i = 0; i < m; i++) {
      const row = i * width;
      let largest = 0;
      for (let j = 0; j < n; j++) {
        const value = at(matrix, i * n + j) * at(columnScale, j);
        cells[row + j] = value;
        largest = Math.max(largest, Math.abs(value));
      }
      const scale = inverseScale(largest);
      for (let j = 0; j < n; j++) cells[row + j] = at(cells, row + j) * scale;
      cells[row + n] = -1;
      cells[row + n + 1] = at(limits, i) * scale;
    }
    for (let j = 0; j < n; j++) cells[m * width + j] = at(objective, j) * at(columnScale, j) * costScale;
    cells[(m + 1) * width + n] = -1;
    this.n = n;
    this.m = m;
    this.width = width;
    this.cells = cells;
    this.columnScale = columnScale;
    this.rowLabels = Int32Array.from({ length: m }, (_, i) => n + i);
    this.columnLabels = Int32Array.from({ length: n + 1 }, (_, j) => (j < n ? j : n + m));
  }

  solve(pivotLimit: number): LinearProgrammeStatus {
    this.pivotsLeft = pivotLimit;
    const lowest = this.lowestRow();
    if (lowest >= 0) {
      this.pivot(lowest, this.n);
      const status = this.optimise(this.m + 1, true);
      if (status !== 'OPTIMAL') return status;
      // The corner of phase one's row holds the auxiliary variable's value.
      if (at(this.cells, (this.m + 1) * this.width + this.n + 1) > FEASIBILITY) return 'INFEASIBLE';
      this.dropAuxiliary();
    }
    return this.optimise(this.m, false);
  }

  readSolution(out: Float64Array): void {
    for (let i = 0; i < this.m; i++) {
      const label = atInt(this.rowLabels, i);
      if (label < this.n) out[label] = at(this.cells, i * this.width + this.n + 1) * at(this.columnScale, label);
    }
  }

  /** The row whose right-hand side is the most negative; -1 where the origin is feasible. */
  private lowestRow(): number {
    let lowest = -1;
    let value = 0;
    for (let i = 0; i < this.m; i++) {
      const limit = at(this.cells, i * this.width + this.n + 1);
      if (limit < value) {
        value = limit;
        lowest = i;
      }
    }
    return lowest;
  }

  /** Takes the auxiliary variable, 0 by now, out of the basis if it is still in. */
  private dropAuxiliary(): void {
    const auxiliary = this.n + this.m;
    const row = this.rowLabels.indexOf(auxiliary);
    if (row < 0) return;
    let column = 0;
    for (let j = 1; j <= this.n; j++) {
      const size = Math.abs(at(this.cells, row * this.width + j));
      if (size > Math.abs(at(this.cells, row * this.width + column))) column = j;
    }
    this.pivot(row, column);
  }

  /** Pivots until no column gains in row `costs`. */
  private optimise(costs: number, auxiliaryMayEnter: boolean): LinearProgrammeStatus {
    const { cells, width, n, m } = this;
    const blocked = auxiliaryMayEnter ? -1 : n + m;
    let idle = 0;
    for (;;) {
      const bland = idle > PATIENCE;
      const column = this.entering(costs, blocked, bland);
      if (column < 0) return 'OPTIMAL';
      const row = this.leaving(column, bland);
      if (row < 0) return 'UNBOUNDED';
      if (this.pivotsLeft-- <= 0) return 'PIVOT_LIMIT';
      const gains = at(cells, row * width + n + 1) > EPSILON;
      this.pivot(row, column);
      idle = gains ? 0 : idle + 1;
    }
  }

  /** The column to bring in: the largest reduced cost, or under Bland's rule the lowest label; -1 where none gains. */
  private entering(costs: number, blocked: number, bland: boolean): number {
    const { cells, width, columnLabels } = this;
    let best = -1;
    let bestCost = EPSILON;
    let bestLabel = 0;
    for (let j = 0; j <= this.n; j++) {
      const cost = at(cells, costs * width + j);
      if (cost <= EPSILON) continue;
      const label = atInt(columnLabels, j);
      if (label === blocked) continue;
      if (best < 0 || (bland ? label < bestLabel : cost > bestCost)) {
        best = j;
        bestCost = cost;
        bestLabel = label;
      }
    }
    return best;
  }

  /**
   * The row that limits column `column` first. Among equals the larger pivot leaves, for its smaller rounding error, or
   * under Bland's rule the lowest label; -1 where nothing limits.
   */
  private leaving(column: number, bland: boolean): number {
    const { cells, width, rowLabels } = this;
    let best = -1;
    let bestRatio = 0;
    let bestPivot = 0;
    let bestLabel = 0;
    for (let i = 0; i < this.m; i++) {
      const pivot = at(cells, i * width + column);
      if (pivot <= EPSILON) continue;
      const ratio = at(cells, i * width + this.n + 1) / pivot;
      const label = atInt(rowLabels, i);
      const better =
        best < 0 || ratio < bestRatio || (ratio === bestRatio && (bland ? label < bestLabel : pivot > bestPivot));
      if (better) {
        best = i;
        bestRatio = ratio;
        bestPivot = pivot;
        bestLabel = label;
      }
    }
    return best;
  }

  /** Exchanges the basic variable of `row` with the variable of `column`. */
  private pivot(row: number, column: number): void {
    const { cells, width } = this;
    const start = row * width;
    const inverse = 1 / at(cells, start + column);
    for (let j = 0; j < width; j++) cells[start + j] = at(cells, start + j) * inverse;
    cells[start + column] = inverse;
    for (let i = 0; i < this.m + 2; i++) {
      const from = i * width;
      const factor = at(cells, from + column);
      if (i === row || factor === 0) continue;
      for (let j = 0; j < width; j++) cells[from + j] = at(cells, from + j) - factor * at(cells, start + j);
      cells[from + column] = -factor * inverse;
    }
    // Rounding must not leave a limit a hair below 0, where it would read as infeasible.
    for (let i = 0; i < this.m; i++) {
      const limit = at(cells, i * width + this.n + 1);
      if (limit < 0 && limit > -EPSILON) cells[i * width + this.n + 1] = 0;
    }
    const entering = atInt(this.columnLabels, column);
    this.columnLabels[column] = atInt(this.rowLabels, row);
    this.rowLabels[row] = entering;
  }
}
