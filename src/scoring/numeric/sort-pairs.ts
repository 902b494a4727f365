import { at } from './at';

/**
 * Gathers row `i`: its present values (not `NaN`) of the columns with a weight above 0, ascending, each with its weight.
 * Returns their number. Ties are broken by weight, so that the order of the columns cannot show in a sum's rounding.
 * `values` and `shares` are buffers of at least as many cells as there are columns.
 */
export function gatherSorted(
  columns: readonly Float64Array[],
  weights: Float64Array,
  i: number,
  values: Float64Array,
  shares: Float64Array,
): number {
  let count = 0;
  columns.forEach((column, k) => {
    const value = at(column, i);
    const weight = at(weights, k);
    if (Number.isNaN(value) || weight === 0) return;
    // Insertion: a node has few children, and they are often nearly sorted from one city to the next.
    let place = count;
    while (
      place > 0 &&
      (at(values, place - 1) > value || (at(values, place - 1) === value && at(shares, place - 1) > weight))
    ) {
      values[place] = at(values, place - 1);
      shares[place] = at(shares, place - 1);
      place--;
    }
    values[place] = value;
    shares[place] = weight;
    count++;
  });
  return count;
}
