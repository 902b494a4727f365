import type { City, FrameworkNode } from '../entities';
import { describeAllowed } from './city-selection';
import type { Ranking } from './ranking.service';
import { refuse } from './request-error';

/** A number, or null where the engine has `NaN` or an infinity for missing. */
export const finiteOrNull = (value: number | undefined): number | null =>
  value === undefined || !Number.isFinite(value) ? null : value;

/** The city of a code. */
export function cityOf({ data }: Pick<Ranking, 'data'>, code: string): City {
  const city = data.cities.get(code);
  if (!city) throw new Error(`City ${code} is not in the release.`);
  return city;
}

/** The stored row of a node of the ranking's tree. */
export function frameworkNodeOf({ data, framework }: Ranking, code: string): FrameworkNode {
  const node = data.frameworkNodes.get(framework.code)?.get(code);
  if (!node) throw new Error(`Node ${code} has no row.`);
  return node;
}

/**
 * Index of a ranked city in the ranking's cities.
 * @throws RequestError `NOT_FOUND` where the release has no such city, `NO_DATA` where it is not ranked.
 */
export function rowOfCity({ data, result }: Ranking, code: string, path: string): number {
  const row = result.cities.findIndex((city) => city.code === code);
  if (row >= 0 && !Number.isNaN(result.ranks[row] ?? NaN)) return row;
  if (!data.cities.has(code))
    throw refuse('NOT_FOUND', path, code, 'The release has no such city.', describeAllowed(data.cities.keys()));
  const reason =
    result.unranked.find(({ city }) => city.code === code)?.reason ?? 'It is not among the selected cities.';
  throw refuse(
    'NO_DATA',
    path,
    code,
    `The city is not ranked: ${reason}`,
    describeAllowed(Array.from(result.order, (i) => result.cities[i]?.code ?? '')),
  );
}

/**
 * Index of a node in the ranking's tree; the root for null.
 * @throws RequestError `NOT_FOUND` where the framework has no such node.
 */
export function nodeOfCode({ result: { tree } }: Ranking, code: string | null | undefined, path: string): number {
  if (code == null) return tree.root;
  const node = tree.indexOf.get(code);
  if (node === undefined)
    throw refuse('NOT_FOUND', path, code, 'The framework has no such node.', describeAllowed(tree.indexOf.keys()));
  return node;
}

/**
 * Index of a city in the cities of an analysis.
 * @throws RequestError `NOT_FOUND` where it has no such city
 */
export function indexOfCity(codes: readonly string[], code: string, path: string): number {
  const index = codes.indexOf(code);
  if (index >= 0) return index;
  throw refuse('NOT_FOUND', path, code, 'The analysis has no city with this code.', describeAllowed(codes));
}

/**
 * Indices of the named cities in the cities of an analysis, each once, in the order of the analysis; all for null.
 * @throws RequestError `NOT_FOUND` where it has no such city
 */
export function indicesOfCities(codes: readonly string[], wanted: readonly string[] | null, path: string): number[] {
  const indices = wanted?.map((code, k) => indexOfCity(codes, code, `${path}[${String(k)}]`)) ?? codes.keys();
  return [...new Set(indices)].sort((a, b) => a - b);
}

/** Indices of cities in the order of their ranks, those without one last, ties in the order of the analysis. */
export function inRankOrder(cities: readonly number[], ranks: Float64Array): number[] {
  const rankOf = (city: number): number => finiteOrNull(ranks[city]) ?? Infinity;
  // Two cities without a rank differ by no number.
  return [...cities].sort((a, b) => rankOf(a) - rankOf(b) || a - b);
}
