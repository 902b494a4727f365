import type { Refuse } from '../descriptor';
import type { CityMeta } from '../table';

/** Cities sorted into the groups of one grouping. */
export interface Grouping {
  /** Index into `labels` for each city; -1 for a city in no group. */
  readonly groupOf: Int32Array;
  /** Group labels in the order of first appearance. */
  readonly labels: readonly string[];
}

/**
 * Sorts cities by the grouping `by` (such as `tier`).
 * @throws through `refuse` `NOT_FOUND` where no city is in any group of that name
 */
export function groupCities(cities: readonly CityMeta[], by: string, refuse: Refuse): Grouping {
  const indexOf = new Map<string, number>();
  const groupOf = new Int32Array(cities.length).fill(-1);
  for (const [i, city] of cities.entries()) {
    const label = city.groups[by];
    if (label === undefined || label === null) continue;
    const index = indexOf.get(label) ?? indexOf.size;
    indexOf.set(label, index);
    groupOf[i] = index;
  }
  if (indexOf.size === 0 && cities.length > 0) {
    const known = [...new Set(cities.flatMap((city) => Object.keys(city.groups)))];
    refuse(
      'NOT_FOUND',
      `No city is in a group of the grouping ${by}.`,
      known.length > 0 ? `one of ${known.join(', ')}` : 'a grouping that the cities have',
      by,
    );
  }
  return { groupOf, labels: [...indexOf.keys()] };
}
