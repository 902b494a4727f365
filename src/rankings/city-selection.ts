import type { City } from '../entities';
import type { Problem } from '../scoring';

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
 * What a selection names that no city of the release has, so that a misspelt code is not taken for an empty group.
 * @param path where the selection stands in the arguments
 */
export function selectionProblems(
  cities: ReadonlyMap<string, City>,
  selection: CitySelection,
  path: string,
): readonly Problem[] {
  const known = {
    codes: new Set(cities.keys()),
    tiers: groupsOf(cities, (city) => city.tier),
    provinces: groupsOf(cities, (city) => city.provinceCode),
  };
  return (['codes', 'tiers', 'provinces'] as const).flatMap((kind) =>
    (selection[kind] ?? []).flatMap((value, index): Problem[] =>
      known[kind].has(value)
        ? []
        : [
            {
              path: `${path}.${kind}[${String(index)}]`,
              value,
              message: `The release has no ${NOUNS[kind]}.`,
              allowed: describeAllowed(known[kind]),
              code: 'NOT_FOUND',
            },
          ],
    ),
  );
}

const NOUNS = { codes: 'city with this code', tiers: 'city of this tier', provinces: 'city in this province' } as const;

function groupsOf(cities: ReadonlyMap<string, City>, groupOf: (city: City) => string | null): Set<string> {
  const groups = new Set<string>();
  for (const city of cities.values()) {
    const group = groupOf(city);
    if (group !== null) groups.add(group);
  }
  return groups;
}
