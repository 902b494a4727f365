import { at, atInt } from './at';
import { orderAscending } from './order';

/**
 * Ascending ranks from 1, ties sharing the mean of the ranks that they take up (1, 2.5, 2.5, 4); `NaN` stays `NaN` and
 * takes no rank.
 */
export function averageRanks(values: Float64Array): Float64Array {
  const order = orderAscending(values);
  const ranks = new Float64Array(values.length).fill(NaN);
  for (let start = 0; start < order.length;) {
    const value = at(values, atInt(order, start));
    let end = start + 1;
    while (end < order.length && at(values, atInt(order, end)) === value) end++;
    for (let k = start; k < end; k++) ranks[atInt(order, k)] = (start + 1 + end) / 2;
    start = end;
  }
  return ranks;
}
