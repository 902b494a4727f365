import type { City } from '../entities';
import { refuse } from './request-error';

/** Which cities are meant: those that satisfy every kind of condition given. Null and absent let all through; an empty list none. */
export interface CitySelection {
  readonly codes?: readonly string[] | null;
  readonly tiers?: readonly string[] | null;
  readonly provinces?: readonly string[] | null;
}

/** Most codes that a message lists. */
const MAX_LISTED = 12;

/** A closed set in words: `one of first, second`, shortened. */
export function describeAllowed(values: Iterable<string>): string {
  const all = [...values];
  const shown = all.slice(0, MAX_LISTED).join(', ');
  return all.length === 0
    ? 'none, since the release has none'
    : `one of ${shown}${all.length > MAX_LISTED ? ` and ${String(all.length - MAX_LISTED)} more` : ''}`;
}

/** The cities that the selection lets through, in the order given. Values that no city has match nothing. */
export function selectCities(cities: Iterable<City>, selection: CitySelection): City[] {
  const setOf = (values: readonly string[] | null | undefined): ReadonlySet<string | null> | null =>
    values == null ? null : new Set<string | null>(values);
  const codes = setOf(selection.codes);
  const tiers = setOf(selection.tiers);
  const provinces = setOf(selection.provinces);
  return [...cities].filter(
    (city) =>
      (codes?.has(city.code) ?? true) && (tiers?.has(city.tier) ?? true) && (provinces?.has(city.provinceCode) ?? true),
  );
}

/**
 * Refuses a selection that names what no city of the release has, so that a misspelt code is not taken for an empty group.
 * @throws RequestError `NOT_FOUND` for the first such value.
 */
export function checkSelection(cities: ReadonlyMap<string, City>, selection: CitySelection, path: string): void {
  const known = {
    codes: new Set(cities.keys()),
    tiers: groupsOf(cities, (city) => city.tier),
    provinces: groupsOf(cities, (city) => city.provinceCode),
  };
  for (const kind of ['codes', 'tiers', 'provinces'] as const) {
    selection[kind]?.forEach((value, index) => {
      if (known[kind].has(value)) return;
      const noun = { codes: 'city with this code', tiers: 'city of this tier', provinces: 'city in this province' }[
        kind
      ];
      throw refuse(
        'NOT_FOUND',
        `${path}.${kind}[${String(index)}]`,
        value,
        `The release has no ${noun}.`,
        describeAllowed(known[kind]),
      );
    });
  }
}

function groupsOf(cities: ReadonlyMap<string, City>, groupOf: (city: City) => string | null): Set<string> {
  const groups = new Set<string>();
  for (const city of cities.values()) {
    const group = groupOf(city);
    if (group !== null) groups.add(group);
  }
  return groups;
}
