import { at, atInt } from './at';
import { orderAscending } from './order';

/**
 * Weights are rounded to whole multiples of 2^-50: sums of them are then exact, whatever their order, and the margin of
 * one city over another is exactly minus the other's over it.
 */
const UNITS = 2 ** 50;
/**
 * Margins closer to 0 than this are ties. Two coalitions of equal weight must not come out as a win because weights such
 * as 0.1, 0.2 and 0.3 are not what they say.
 */
export const MARGIN_TIE = 1e-12;

interface OrderedColumn {
  /** In units of 2^-50. */
  readonly weight: number;
  /** Cities that have a value, ascending by value. */
  readonly order: Int32Array;
  /** For each city, where its group of equal values starts and ends (one past) in `order`; -1 without a value. */
  readonly start: Int32Array;
  readonly end: Int32Array;
}

/**
 * Compares cities in pairs by weighted majority, one city at a time, so that no n × n table is held. The margin of city
 * `i` over `j` is the weight of the columns in which `i` is above `j` minus that of those in which it is below, over the
 * columns that both have; an equal value counts for neither.
 */
export class PairwiseMargins {
  private readonly columns: readonly OrderedColumn[];

  /** Columns may hold `NaN`; weights add to 1; columns of weight 0 take no part. */
  constructor(
    columns: readonly Float64Array[],
    weights: Float64Array,
    private readonly n: number,
  ) {
    this.columns = columns
      .map((column, k) => orderedColumn(column, Math.round(at(weights, k) * UNITS)))
      .filter((column) => column.weight > 0);
  }

  /** Writes the margins of city `i` over every city to `out` (length n). */
  of(i: number, out: Float64Array): void {
    out.fill(0);
    let base = 0;
    for (const { weight, order, start, end } of this.columns) {
      const from = atInt(start, i);
      const to = atInt(end, i);
      if (from < 0) continue;
      const length = order.length;
      if (length < this.n) {
        add(out, order, 0, from, weight);
        add(out, order, to, length, -weight);
      } else if (from < length - to) {
        // Below all others to begin with; put right where it is not, on the shorter side.
        base -= weight;
        add(out, order, 0, from, 2 * weight);
        add(out, order, from, to, weight);
      } else {
        base += weight;
        add(out, order, to, length, -2 * weight);
        add(out, order, from, to, -weight);
      }
    }
    for (let j = 0; j < out.length; j++) {
      const margin = (at(out, j) + base) / UNITS;
      out[j] = Math.abs(margin) <= MARGIN_TIE ? 0 : margin;
    }
  }

  /** Cities beaten minus cities lost to, for every city (Copeland's score), into `out`. */
  copelandScores(out: Float64Array): void {
    const margins = new Float64Array(this.n);
    for (let i = 0; i < this.n; i++) {
      this.of(i, margins);
      let score = 0;
      for (let j = 0; j < this.n; j++) {
        const margin = at(margins, j);
        if (margin > 0) score++;
        else if (margin < 0) score--;
      }
      out[i] = score;
    }
  }
}

/** Adds `amount` to the cities at places `from … to − 1` of `order`. */
function add(out: Float64Array, order: Int32Array, from: number, to: number, amount: number): void {
  for (let p = from; p < to; p++) {
    const city = atInt(order, p);
    out[city] = at(out, city) + amount;
  }
}

function orderedColumn(column: Float64Array, weight: number): OrderedColumn {
  const order = orderAscending(column);
  const start = new Int32Array(column.length).fill(-1);
  const end = new Int32Array(column.length).fill(-1);
  for (let from = 0; from < order.length;) {
    const value = at(column, atInt(order, from));
    let to = from + 1;
    while (to < order.length && at(column, atInt(order, to)) === value) to++;
    for (let p = from; p < to; p++) {
      start[atInt(order, p)] = from;
      end[atInt(order, p)] = to;
    }
    from = to;
  }
  return { weight, order, start, end };
}

/** Sets to `NaN` the results of cities that have no value in any column that carries weight. */
export function blankWithoutValue(columns: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
  const present = new Uint8Array(out.length);
  columns.forEach((column, k) => {
    if (at(weights, k) === 0) return;
    for (let i = 0; i < out.length; i++) if (!Number.isNaN(at(column, i))) present[i] = 1;
  });
  for (let i = 0; i < out.length; i++) if (present[i] === 0) out[i] = NaN;
}
