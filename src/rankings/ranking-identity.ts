import type { City, MethodologyPreset, ReleaseData } from '../entities';
import { canonicalJson, canonicalRecipe, compareCodes, ENGINE_VERSION, parseRecipe, type Tree } from '../scoring';
import { encodeIdWith, type IdParts } from './global-id';
import type { Ranking, RankingRequest } from './ranking.service';

/*
 * The id of a ranking says everything that the ranking was made from, so that it can be made again anywhere and at any
 * time, with nothing stored. What the saved methodology says already is left out, so that it is short for most.
 */

/** What a ranking was made from. */
export type RankingSource = Pick<Ranking, 'data' | 'methodology' | 'framework' | 'recipe' | 'cities'>;

/** The global id of what was made so. */
export function rankingId({ data, methodology, framework, recipe, cities }: RankingSource): string {
  const tree = data.frameworks.get(framework.code);
  const saved = methodology && tree ? savedParts(methodology, data, tree) : {};
  // Sorted, so that equal recipes give equal ids.
  const changed = Object.keys(recipe)
    .sort(compareCodes)
    .map((part) => [part, canonicalJson(recipe[part])] as const)
    .filter(([part, text]) => text !== saved[part]);
  return encodeIdWith(
    [
      'Ranking',
      ENGINE_VERSION,
      data.release.version,
      methodology?.code ?? null,
      framework.code,
      cities === null ? null : writeCities(data.cities, cities),
    ],
    `{${changed.map(([part, text]) => `${JSON.stringify(part)}:${text}`).join(',')}}`,
  );
}

/** The version of the release in the parts of a ranking's id; null where they cannot be that. */
export function releaseOfRankingId([, engine, release]: IdParts): string | null {
  return engine === ENGINE_VERSION && typeof release === 'string' ? release : null;
}

/** The request that makes the ranking of an id's parts again on its release; null where they cannot be a ranking's. */
export function requestOfRankingId(parts: IdParts, data: ReleaseData): RankingRequest | null {
  const [, , release, methodology, framework, cities, recipe] = parts;
  if (
    parts.length !== 7 ||
    release !== data.release.version ||
    !(methodology === null || (typeof methodology === 'string' && data.methodologies.has(methodology))) ||
    typeof framework !== 'string' ||
    !data.indexFrameworks.has(framework) ||
    typeof recipe !== 'object' ||
    recipe === null
  )
    return null;
  const codes = cities === null ? null : readCities(data.cities, cities);
  if (cities !== null && codes === null) return null;
  return { release, methodology, framework, ...(codes && { cities: { codes } }), recipe: { ...recipe } };
}

/** The canonical parts of saved recipes as JSON, by tree. */
const partsOf = new WeakMap<MethodologyPreset, Map<Tree, Readonly<Record<string, string>>>>();

/** Nothing where the recipe does not fit the tree. */
function savedParts(preset: MethodologyPreset, data: ReleaseData, tree: Tree): Readonly<Record<string, string>> {
  const byTree = partsOf.get(preset) ?? new Map<Tree, Readonly<Record<string, string>>>();
  partsOf.set(preset, byTree);
  const known = byTree.get(tree);
  if (known) return known;
  const parts = canonicalParts(preset, data, tree);
  byTree.set(tree, parts);
  return parts;
}

function canonicalParts(preset: MethodologyPreset, data: ReleaseData, tree: Tree): Readonly<Record<string, string>> {
  try {
    const recipe = canonicalRecipe(parseRecipe(preset.recipe, { tree, panel: data.panel }));
    return Object.fromEntries(Object.entries(recipe).map(([part, value]) => [part, canonicalJson(value)]));
  } catch {
    // A recipe for another tree; then every part is written out.
    return {};
  }
}

/** One bit for each city of the release, in code order: the same length however many are selected. */
function writeCities(cities: ReadonlyMap<string, City>, selected: readonly City[]): string {
  const bits = Buffer.alloc(Math.ceil(cities.size / 8));
  const wanted = new Set(selected.map((city) => city.code));
  [...cities.keys()].forEach((code, i) => {
    if (wanted.has(code)) bits.writeUInt8(bits.readUInt8(i >> 3) | (1 << (i & 7)), i >> 3);
  });
  return bits.toString('base64url');
}

function readCities(cities: ReadonlyMap<string, City>, text: unknown): string[] | null {
  if (typeof text !== 'string') return null;
  const bits = Buffer.from(text, 'base64url');
  if (bits.length !== Math.ceil(cities.size / 8)) return null;
  return [...cities.keys()].filter((_, i) => (bits.readUInt8(i >> 3) & (1 << (i & 7))) !== 0);
}
