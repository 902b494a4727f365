import { ScoringError } from '../errors';
import { at, atByte, atInt } from '../numeric/at';
import type { NamedColumn } from './measure';

/** Most cities that the relation is worked out for: its matrix has a byte for each pair. */
export const MOST_DOMINANCE_CITIES = 5000;

/** Weak (Pareto) dominance among cities. */
export interface Dominance {
  readonly cities: readonly string[];
  /** 1 at `a * cities.length + b` where city `a` dominates city `b`, otherwise 0. */
  readonly matrix: Uint8Array;
  /** For each city, how many it dominates. */
  readonly dominates: Int32Array;
  /** For each city, how many dominate it; 0 on the Pareto front. */
  readonly dominatedBy: Int32Array;
  /**
   * Level in the Hasse diagram, 1 for the cities that none dominates, otherwise 1 + the highest level among those that
   * dominate it. A city with a missing value has level 0: it is compared with none.
   */
  readonly levels: Int32Array;
  /** Cities with a missing value, which take no part. */
  readonly incomparable: readonly string[];
  /** Share of the pairs of compared cities in which one dominates the other, 0 to 1; 0 where there is no pair. */
  readonly decidedShare: number;
}

/**
 * Which city is at least as good as which in every column and better in one, over columns oriented so that more is
 * better. Weights play no part, so what it shows holds under every weighting and every monotone aggregation.
 * O(n² m) at worst; a pair is left at the first columns that contradict each other.
 *
 * Sources: Brüggemann and Patil (2011), Ranking and Prioritization for Multi-indicator Systems, Springer,
 * https://doi.org/10.1007/978-1-4419-8477-7; relation as scikit-criteria 0.9 `dominance.dominance(strict=False)`.
 * @param cities city codes, parallel to the rows of `columns`
 * @throws ScoringError `BUDGET_EXCEEDED` above {@link MOST_DOMINANCE_CITIES} cities
 */
export function dominanceOf(cities: readonly string[], columns: readonly NamedColumn[]): Dominance {
  const n = cities.length;
  if (n > MOST_DOMINANCE_CITIES) {
    throw new ScoringError('BUDGET_EXCEEDED', 'Dominance compares every pair of cities.', [
      {
        path: 'cities',
        value: n,
        message: 'There are too many cities.',
        allowed: `at most ${String(MOST_DOMINANCE_CITIES)}`,
      },
    ]);
  }
  const values = columns.map((column) => column.values);
  const complete: number[] = [];
  const incomparable: string[] = [];
  cities.forEach((code, i) => {
    if (values.every((column) => !Number.isNaN(at(column, i)))) complete.push(i);
    else incomparable.push(code);
  });
  const compared = Int32Array.from(complete);
  const matrix = new Uint8Array(n * n);
  const dominates = new Int32Array(n);
  const dominatedBy = new Int32Array(n);
  let decided = 0;
  compared.forEach((a, place) => {
    for (let other = place + 1; other < compared.length; other++) {
      const b = atInt(compared, other);
      const sign = compareCities(values, a, b);
      if (sign === 0) continue;
      const [winner, loser] = sign > 0 ? [a, b] : [b, a];
      matrix[winner * n + loser] = 1;
      dominates[winner] = atInt(dominates, winner) + 1;
      dominatedBy[loser] = atInt(dominatedBy, loser) + 1;
      decided++;
    }
  });
  const pairs = (compared.length * (compared.length - 1)) / 2;
  return {
    cities,
    matrix,
    dominates,
    dominatedBy,
    levels: levelsOf(matrix, n, compared, dominatedBy),
    incomparable,
    decidedShare: pairs === 0 ? 0 : decided / pairs,
  };
}

/** An edge of a Hasse diagram: `above` dominates `below`, and no city stands between them. */
export interface HasseEdge {
  readonly above: string;
  readonly below: string;
}

/** The edges of the relation that do not follow from others (its transitive reduction), in row order. */
export function hasseEdges({ cities, matrix }: Dominance): HasseEdge[] {
  const n = cities.length;
  return cities.flatMap((above, a) => {
    const lower = cities.flatMap((below, b) => (atByte(matrix, a * n + b) === 1 ? [{ below, b }] : []));
    return lower
      .filter(({ b }) => !lower.some((between) => atByte(matrix, between.b * n + b) === 1))
      .map(({ below }) => ({ above, below }));
  });
}

/** 1 where `a` dominates `b`, −1 where `b` dominates `a`, 0 where they are equal or contradict each other. */
function compareCities(columns: readonly Float64Array[], a: number, b: number): number {
  let sign = 0;
  for (const column of columns) {
    const left = at(column, a);
    const right = at(column, b);
    if (left === right) continue;
    const here = left > right ? 1 : -1;
    if (sign !== 0 && sign !== here) return 0;
    sign = here;
  }
  return sign;
}

/** Longest chains from above: a city is settled after all that dominate it, of which each has fewer above itself. */
function levelsOf(matrix: Uint8Array, n: number, compared: Int32Array, dominatedBy: Int32Array): Int32Array {
  const levels = new Int32Array(n);
  const order = compared.slice().sort((a, b) => atInt(dominatedBy, a) - atInt(dominatedBy, b));
  order.forEach((city, place) => {
    let level = 1;
    for (let k = 0; k < place; k++) {
      const above = atInt(order, k);
      if (atByte(matrix, above * n + city) === 1) level = Math.max(level, atInt(levels, above) + 1);
    }
    levels[city] = level;
  });
  return levels;
}
