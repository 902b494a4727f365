import type { KernelContext } from '../descriptor';
import type { ChoiceSpec } from '../parameters';
import { at, atInt } from './at';
import { orderAscending } from './order';
import { sortedPresent } from './statistics';

/** Number of ascending values that are below `value`, by binary search. */
export function countBelow(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (at(sorted, middle) < value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** Number of ascending values that are at most `value`, by binary search. */
export function countUpTo(sorted: Float64Array, value: number): number {
  let from = 0;
  let to = sorted.length;
  while (from < to) {
    const middle = (from + to) >>> 1;
    if (at(sorted, middle) <= value) from = middle + 1;
    else to = middle;
  }
  return from;
}

/** How equal values are ranked: all get the lowest of their ranks, or the mean of them. */
export const RANK_TIES = ['MINIMUM', 'AVERAGE'] as const;
/** One of {@link RANK_TIES}. */
export type RankTies = (typeof RANK_TIES)[number];

/** From this length on, ordering the values and walking along the fitted ones beats a search for each value. */
const MERGE_FROM = 512;

/** Where values stand among sorted ones. */
export interface Positions {
  /** Number of sorted values below each value; -1 for `NaN`. */
  readonly below: Int32Array;
  /** Number of sorted values at or below each value; -1 for `NaN`. */
  readonly upTo: Int32Array;
}

/** Places values among ascending `sorted` ones, which need not be the same. */
export function positionsAmong(values: Float64Array, sorted: Float64Array): Positions {
  const below = new Int32Array(values.length).fill(-1);
  const upTo = new Int32Array(values.length).fill(-1);
  if (values.length < MERGE_FROM) {
    for (let i = 0; i < values.length; i++) {
      const value = at(values, i);
      if (Number.isNaN(value)) continue;
      below[i] = countBelow(sorted, value);
      upTo[i] = countUpTo(sorted, value);
    }
    return { below, upTo };
  }
  const order = orderAscending(values);
  let first = 0;
  let past = 0;
  for (let k = 0; k < order.length; k++) {
    const i = atInt(order, k);
    const value = at(values, i);
    while (first < sorted.length && at(sorted, first) < value) first++;
    while (past < sorted.length && at(sorted, past) <= value) past++;
    below[i] = first;
    upTo[i] = past;
  }
  return { below, upTo };
}

/** How equal values are ranked, as a parameter. */
export const TIED_PARAMETER = {
  kind: 'choice',
  enumName: 'RankTies',
  values: RANK_TIES,
  default: 'MINIMUM',
  description:
    'Equal values all get the lowest of the ranks that they take up (`MINIMUM`) or the mean of them (`AVERAGE`).',
} as const satisfies ChoiceSpec<RankTies>;

/** The fitted statistics of a rank method: the values present, ascending; warns of a constant column. */
export function fitPositions(values: Float64Array, _parameters: unknown, { warn }: KernelContext): Float64Array {
  const sorted = sortedPresent(values);
  if (sorted.length > 0 && at(sorted, 0) === at(sorted, sorted.length - 1))
    warn('CONSTANT_COLUMN', 'All values are equal, so every city gets the same rank.');
  return sorted;
}

/**
 * Writes ascending 1-based ranks among the sorted values, less `offset`, to `out`, which may be `values` itself. A value that is
 * not among them gets with `MINIMUM` the rank that it would take if it were added, with `AVERAGE` one half-way between its
 * neighbours' ranks. `NaN` stays `NaN`, and an empty fit gives `NaN`.
 */
export function applyPositions(
  values: Float64Array,
  sorted: Float64Array,
  ties: RankTies,
  offset: number,
  out: Float64Array,
): void {
  if (sorted.length === 0) {
    out.fill(NaN);
    return;
  }
  const { below, upTo } = positionsAmong(values, sorted);
  for (let i = 0; i < values.length; i++) {
    const less = atInt(below, i);
    const rank = ties === 'MINIMUM' ? less + 1 : (less + atInt(upTo, i) + 1) / 2;
    out[i] = less < 0 ? NaN : rank - offset;
  }
}
