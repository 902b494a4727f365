import type { Screening, SobolInput, SobolIntervals } from '../scoring';
import { finiteOrNull, indicesOfCities, inRankOrder } from './city-rows';
import { Once } from './once';
import { pageOf, type Page, type PageRequest } from './page';
import type { Sobol } from './sobol-analysis';

/** What varies in an analysis. */
export interface InputRow {
  readonly kind: SobolInput['kind'];
  readonly input: string;
}

/** How much of an output's variance an input is responsible for. */
export interface SobolIndexRow extends InputRow {
  readonly first: number;
  readonly firstLow: number;
  readonly firstHigh: number;
  readonly total: number;
  readonly totalLow: number;
  readonly totalHigh: number;
}

/** The indices of one output. */
export interface SobolOutputRow {
  readonly variance: number;
  readonly indices: readonly SobolIndexRow[];
}

/** The indices of a city's rank. */
export interface CitySobolRow extends SobolOutputRow {
  readonly cityCode: string;
  readonly nominalRank: number;
}

/** Indices as rows. */
export class SobolView {
  constructor(private readonly sobol: Sobol) {}

  get rows(): number {
    return this.sobol.rows;
  }

  get runs(): number {
    return this.sobol.found.runs;
  }

  get seed(): number {
    return this.sobol.seed;
  }

  get resamples(): number {
    return this.sobol.resamples;
  }

  get level(): number {
    return this.sobol.level;
  }

  @Once
  get meanShift(): SobolOutputRow {
    return this.#output(this.sobol.found.meanShift);
  }

  /**
   * A page of the cities in the order of their nominal ranks.
   * @throws RequestError `NOT_FOUND` for a city that the recipe does not rank, and as `pageOf`
   */
  cities(codes: readonly string[] | null, page: PageRequest): Page<CitySobolRow> {
    const { found, digest } = this.sobol;
    const cities = inRankOrder(indicesOfCities(found.cities, codes, 'codes'), found.nominal);
    const rows = cities.flatMap((city): CitySobolRow[] => {
      const [cityCode, indices, nominalRank] = [found.cities[city], found.byCity[city], found.nominal[city]];
      if (cityCode === undefined || indices === undefined || nominalRank === undefined) return [];
      return [{ cityCode, nominalRank, ...this.#output(indices) }];
    });
    const scope = `sobol:${digest.slice(0, 16)}`;
    return pageOf(rows, { scope, keyOf: (row) => row.cityCode, valueOf: (row) => row.nominalRank }, page);
  }

  #output(output: SobolIntervals): SobolOutputRow {
    return {
      variance: output.variance,
      indices: this.sobol.found.inputs.map(({ kind, code }, k) => ({
        kind,
        input: code,
        first: output.first[k] ?? 0,
        firstLow: output.firstLow[k] ?? 0,
        firstHigh: output.firstHigh[k] ?? 0,
        total: output.total[k] ?? 0,
        totalLow: output.totalLow[k] ?? 0,
        totalHigh: output.totalHigh[k] ?? 0,
      })),
    };
  }
}

/** What one change does. */
export interface SingleChangeRow extends InputRow {
  readonly change: string;
  readonly meanShift: number | null;
  readonly largestShift: number | null;
  readonly mostShifted: string | null;
  readonly winners: readonly string[];
  readonly ranks: readonly (number | null)[] | null;
  readonly refused: string | null;
}

/** A screening as rows. */
export interface ScreeningView {
  readonly cityCodes: readonly string[];
  readonly nominalRanks: readonly (number | null)[];
  readonly changes: readonly SingleChangeRow[];
  readonly influence: Screening['influence'];
}

/** Turns a screening into rows. */
export function screeningView({ cities, nominal, changes, influence }: Screening): ScreeningView {
  return {
    cityCodes: cities,
    nominalRanks: Array.from(nominal, finiteOrNull),
    changes: changes.map(({ meanShift, largestShift, ranks, ...change }) => ({
      ...change,
      meanShift: finiteOrNull(meanShift),
      largestShift: finiteOrNull(largestShift),
      ranks: ranks === null ? null : Array.from(ranks, finiteOrNull),
    })),
    influence,
  };
}
