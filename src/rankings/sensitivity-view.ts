import {
  combinationOf,
  type Choice,
  type FilledIndicator,
  type Multiverse,
  type RankBounds,
  type RankReversal,
} from '../scoring';
import { finiteOrNull, indicesOfCities } from './city-rows';
import { Once } from './once';
import type { MultiverseFound } from './sensitivity-analyses';

/** A city over all combinations. */
export interface MultiverseCity {
  readonly city: string;
  readonly best: number | null;
  readonly worst: number | null;
  readonly median: number | null;
  readonly firstPlaces: number;
}

/** One combination. */
export interface Universe {
  readonly number: number;
  readonly alternatives: readonly string[];
  /** Parallel to the cities. */
  readonly ranks: readonly (number | null)[];
}

/** A multiverse as rows. */
export class MultiverseView {
  private readonly found: Multiverse;
  private readonly chosen: readonly Choice[];

  constructor({ found, choices }: MultiverseFound) {
    this.found = found;
    this.chosen = choices;
  }

  get combinations(): number {
    return this.found.combinations;
  }

  @Once
  get choices(): { readonly code: string; readonly alternatives: readonly string[] }[] {
    return this.chosen.map(({ code, alternatives }) => ({
      code,
      alternatives: alternatives.map(({ label }) => label),
    }));
  }

  get refused(): Multiverse['refused'] {
    return this.found.refused;
  }

  get influence(): Multiverse['influence'] {
    return this.found.influence;
  }

  /** Codes of all cities, which the ranks of a combination are parallel to. */
  get cityCodes(): readonly string[] {
    return this.found.cities;
  }

  /**
   * The named cities, or all.
   * @throws RequestError `NOT_FOUND` for a city that is not scored
   */
  cities(codes: readonly string[] | null): MultiverseCity[] {
    const { cities, best, worst, median, firstPlaces } = this.found;
    return indicesOfCities(cities, codes, 'codes').map((i) => ({
      city: cities[i] ?? '',
      best: finiteOrNull(best[i]),
      worst: finiteOrNull(worst[i]),
      median: finiteOrNull(median[i]),
      firstPlaces: firstPlaces[i] ?? 0,
    }));
  }

  /** Some combinations, from a number on. */
  universes(from: number, count: number): Universe[] {
    const { combinations, cities, ranks } = this.found;
    const n = cities.length;
    return Array.from({ length: Math.max(0, Math.min(count, combinations - from)) }, (_, k) => ({
      number: from + k,
      alternatives: combinationOf(this.chosen, from + k),
      ranks: Array.from(ranks.subarray((from + k) * n, (from + k + 1) * n), finiteOrNull),
    }));
  }
}

/** Bounds of one city's rank. */
export interface RankBoundsRow {
  readonly city: string;
  readonly rank: number | null;
  readonly best: number | null;
  readonly worst: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly gaps: number;
}

/** Bounds of all cities, as parallel lists in the order of their codes. */
export interface RankBoundsColumns {
  readonly cityCodes: readonly string[];
  readonly ranks: readonly (number | null)[];
  readonly best: readonly (number | null)[];
  readonly worst: readonly (number | null)[];
  readonly low: readonly (number | null)[];
  readonly high: readonly (number | null)[];
  readonly gaps: readonly number[];
}

/** The lists, each made when it is read: few callers read them all. */
class BoundsColumns implements RankBoundsColumns {
  constructor(private readonly found: RankBounds) {}

  get cityCodes(): readonly string[] {
    return this.found.cities;
  }

  get ranks(): (number | null)[] {
    return Array.from(this.found.nominal, finiteOrNull);
  }

  get best(): (number | null)[] {
    return Array.from(this.found.best, finiteOrNull);
  }

  get worst(): (number | null)[] {
    return Array.from(this.found.worst, finiteOrNull);
  }

  get low(): (number | null)[] {
    return Array.from(this.found.low, finiteOrNull);
  }

  get high(): (number | null)[] {
    return Array.from(this.found.high, finiteOrNull);
  }

  get gaps(): number[] {
    return Array.from(this.found.gaps);
  }
}

/** Bounds as rows, and as columns. */
export class RankBoundsView {
  constructor(private readonly found: RankBounds) {}

  get exact(): boolean {
    return this.found.exact;
  }

  get indicators(): readonly FilledIndicator[] {
    return this.found.indicators;
  }

  @Once
  get columns(): RankBoundsColumns {
    return new BoundsColumns(this.found);
  }

  /**
   * The named cities, or all.
   * @throws RequestError `NOT_FOUND` for a city that is not scored
   */
  cities(codes: readonly string[] | null): RankBoundsRow[] {
    const { cities, nominal, best, worst, low, high, gaps } = this.found;
    return indicesOfCities(cities, codes, 'codes').map((i) => ({
      city: cities[i] ?? '',
      rank: finiteOrNull(nominal[i]),
      best: finiteOrNull(best[i]),
      worst: finiteOrNull(worst[i]),
      low: finiteOrNull(low[i]),
      high: finiteOrNull(high[i]),
      gaps: gaps[i] ?? 0,
    }));
  }
}

/** One city left out, as a row. */
export type RankReversalRow = Omit<RankReversal, 'rank'> & { readonly rank: number | null };

/** Turns reversals into rows. */
export function rankReversalRows(found: readonly RankReversal[]): RankReversalRow[] {
  return found.map((reversal) => ({ ...reversal, rank: finiteOrNull(reversal.rank) }));
}
