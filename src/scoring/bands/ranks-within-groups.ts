import { rankScores, type RankOptions } from '../ranks';
import { at, textAt } from '../numeric/at';

/**
 * Ranks of cities among those of their own group.
 * @param scores one for each city; `NaN` = missing, not ranked
 * @param codes city codes, which settle ties
 * @param groups group label of each city; null: in no group, not ranked
 * @param options how the ranking itself ranks them
 * @returns 1-based rank within the group; `NaN` for a city without a score or a group
 */
export function ranksWithinGroups(
  scores: Float64Array,
  codes: readonly string[],
  groups: readonly (string | null)[],
  options: RankOptions,
): Float64Array {
  const { tieBreaker = null } = options;
  const members = new Map<string, number[]>();
  groups.forEach((group, i) => {
    if (group === null) return;
    const list = members.get(group);
    if (list) list.push(i);
    else members.set(group, [i]);
  });
  const ranks = new Float64Array(scores.length).fill(NaN);
  for (const cities of members.values()) {
    const of = (column: Float64Array): Float64Array => Float64Array.from(cities, (i) => at(column, i));
    const within = rankScores(
      of(scores),
      cities.map((i) => textAt(codes, i)),
      { ...options, tieBreaker: tieBreaker && of(tieBreaker) },
    ).ranks;
    cities.forEach((i, k) => (ranks[i] = at(within, k)));
  }
  return ranks;
}
