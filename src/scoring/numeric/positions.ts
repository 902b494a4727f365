import type { KernelContext } from '../descriptor';
import type { ChoiceSpec } from '../parameters';
import { at } from './at';
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

/**
 * Ascending 1-based rank of a value among sorted values. For a value that is not among them: with `MINIMUM` the rank it
 * would take if it were added, with `AVERAGE` half-way between its neighbours' ranks.
 */
export function ascendingRank(sorted: Float64Array, value: number, ties: RankTies): number {
  const below = countBelow(sorted, value);
  return ties === 'MINIMUM' ? below + 1 : (below + countUpTo(sorted, value) + 1) / 2;
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

/** Writes `ascendingRank − offset` to `out`, which may be `values` itself; `NaN` stays `NaN`, and an empty fit gives `NaN`. */
export function applyPositions(
  values: Float64Array,
  sorted: Float64Array,
  ties: RankTies,
  offset: number,
  out: Float64Array,
): void {
  for (let i = 0; i < values.length; i++) {
    const value = at(values, i);
    out[i] = Number.isNaN(value) || sorted.length === 0 ? NaN : ascendingRank(sorted, value, ties) - offset;
  }
}
