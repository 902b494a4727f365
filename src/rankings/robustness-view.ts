import { monteCarlo } from '../scoring';
import { describeAllowed } from './city-selection';
import { finiteOrNull, indexOfCity, indicesOfCities, inRankOrder } from './city-rows';
import { Once } from './once';
import { pageOf, type Page, type PageRequest } from './page';
import { refuse } from './request-error';
import type { Uncertainty } from './uncertainty-analysis';

/** A share of draws with its Monte Carlo standard error. */
export type ShareRow = monteCarlo.Estimate;

/** A percentile with its Monte Carlo standard error. */
export interface PercentileRow {
  readonly share: number;
  readonly value: number | null;
  readonly error: number | null;
}

/** A figure of a city over the draws. */
export interface SpreadRow {
  readonly mean: number | null;
  readonly meanError: number | null;
  readonly deviation: number | null;
  readonly median: number | null;
  readonly medianError: number | null;
  readonly percentiles: readonly PercentileRow[];
}

/** A rank with the share of the draws in which a city had it. */
export interface RankShareRow extends ShareRow {
  readonly rank: number;
}

/** The weight of a node in the draws in which a city was first. */
export interface CentralWeightRow {
  /** Code of the node. */
  readonly node: string;
  readonly weight: number;
  /** Null for a single draw. */
  readonly error: number | null;
}

/** A confidence factor. */
export interface ConfidenceRow extends ShareRow {
  readonly draws: number;
}

/** Which weights speak for a city. */
export interface AcceptabilityRow {
  readonly firstDraws: number;
  /**
   * Of the named nodes, or of all below the root; null where it never came first.
   * @throws RequestError `NOT_FOUND` for a node that is not there
   */
  readonly centralWeights: (nodes: readonly string[] | null) => readonly CentralWeightRow[] | null;
  /** Null where it never came first. */
  readonly confidenceFactor: ConfidenceRow | null;
  readonly reason: string | null;
}

/** What the draws say of one city. */
export class CityUncertainty {
  constructor(
    private readonly run: Uncertainty,
    private readonly city: number,
  ) {}

  get cityCode(): string {
    return this.run.result.codes[this.city] ?? '';
  }

  get nominalRank(): number | null {
    return finiteOrNull(this.run.result.nominal.ranks[this.city]);
  }

  @Once
  get rank(): SpreadRow {
    return this.spread(this.run.result.rank);
  }

  @Once
  get score(): SpreadRow {
    return this.spread(this.run.result.score);
  }

  /** Only the ranks that occurred, best first. */
  @Once
  get rankDistribution(): RankShareRow[] {
    const { result } = this.run;
    const bins = result.rankValues.length;
    return Array.from(result.rankValues).flatMap((rank, bin) => {
      const count = result.distribution[this.city * bins + bin] ?? 0;
      return count === 0 ? [] : [{ rank, ...monteCarlo.shareOfDraws(count, result.draws) }];
    });
  }

  /** @throws RequestError `BAD_INPUT` for what is no rank */
  probabilityOfRankAtMost(rank: number): ShareRow {
    checkRank(rank);
    return monteCarlo.probabilityOfRankAtMost(this.run.result, this.city, rank);
  }

  /** @throws RequestError `BAD_INPUT` where central weights were not asked for */
  @Once
  get acceptability(): AcceptabilityRow {
    const { result, confidence, nodes } = this.run;
    if (confidence === null)
      throw refuse(
        'BAD_INPUT',
        'acceptability',
        null,
        'The analysis did not find central weights.',
        '`acceptability: true` in its input',
      );
    const central = result.centralWeights.find(({ city }) => city === this.city);
    const factor = confidence.find(({ city }) => city === this.city);
    if (!central || !factor)
      return {
        firstDraws: 0,
        centralWeights: () => null,
        confidenceFactor: null,
        reason: `It came first in none of the ${String(result.draws)} draws.`,
      };
    return {
      firstDraws: central.draws,
      centralWeights: (wanted) => {
        // The root, which stands last, has no siblings to be weighed against.
        const below = nodes.slice(0, -1);
        wanted?.forEach((code, k) => {
          if (!below.includes(code))
            throw refuse(
              'NOT_FOUND',
              `nodes[${String(k)}]`,
              code,
              'The framework has no such node below its root.',
              describeAllowed(below),
            );
        });
        const row = (node: string, k: number): CentralWeightRow => ({
          node,
          weight: central.weights[k] ?? 0,
          error: finiteOrNull(central.errors[k]),
        });
        return below.map(row).filter(({ node }) => wanted?.includes(node) ?? true);
      },
      confidenceFactor: { value: factor.value, error: factor.error, draws: factor.draws },
      reason: null,
    };
  }

  private spread(spread: monteCarlo.Spread): SpreadRow {
    const of = (values: Float64Array | undefined): number | null => finiteOrNull(values?.[this.city]);
    return {
      mean: of(spread.mean),
      meanError: of(spread.meanError),
      deviation: of(spread.deviation),
      median: of(spread.median),
      medianError: of(spread.medianError),
      percentiles: this.run.percentiles.map((share, p) => ({
        share,
        value: of(spread.percentiles[p]),
        error: of(spread.percentileErrors[p]),
      })),
    };
  }
}

/** Which cities of a run are wanted. Null and absent mean the same. */
export interface CitiesRequest extends PageRequest {
  /** All of them when left out. */
  readonly codes?: readonly string[] | null;
}

/**
 * A page of the cities of a run in the order of their nominal ranks, unranked ones last.
 * @throws RequestError `NOT_FOUND` for a code that the run does not have, and as {@link pageOf}
 */
export function uncertainCities(run: Uncertainty, { codes, ...page }: CitiesRequest): Page<CityUncertainty> {
  const cities = (codes == null ? nominalOrder(run) : chosenCities(run, codes, 'codes')).map(
    (city) => new CityUncertainty(run, city),
  );
  // The order hangs on the ranking alone, so that a cursor goes on in another run of it.
  const scope = `uncertainty:${run.digest.slice(0, 16)}`;
  return pageOf(cities, { scope, keyOf: ({ cityCode }) => cityCode, valueOf: ({ nominalRank }) => nominalRank }, page);
}

/** Indices of all cities in the order of their nominal ranks, unranked ones last, ties in the order of codes. */
function nominalOrder(run: Uncertainty): readonly number[] {
  const known = nominalOrders.get(run);
  if (known) return known;
  const { codes, nominal } = run.result;
  const order = inRankOrder([...codes.keys()], nominal.ranks);
  nominalOrders.set(run, order);
  return order;
}

/** By run: a run is kept for many requests, and sorting 10,000 cities takes as long as writing one of their columns. */
const nominalOrders = new WeakMap<Uncertainty, readonly number[]>();

/** Indices of the named cities, each once, in the order of their nominal ranks. */
function chosenCities({ result: { codes, nominal } }: Uncertainty, wanted: readonly string[], path: string): number[] {
  return inRankOrder(indicesOfCities(codes, wanted, path), nominal.ranks);
}

/** A percentile of all cities. */
export interface PercentileColumn {
  readonly share: number;
  readonly values: readonly (number | null)[];
  readonly errors: readonly (number | null)[];
}

/** A figure of all cities over the draws, as parallel lists. */
export interface SpreadColumns {
  readonly means: readonly (number | null)[];
  readonly meanErrors: readonly (number | null)[];
  readonly deviations: readonly (number | null)[];
  readonly medians: readonly (number | null)[];
  readonly medianErrors: readonly (number | null)[];
  readonly percentiles: readonly PercentileColumn[];
}

/** The lists of a figure, each made when it is read: few callers read them all. */
class OrderedSpread implements SpreadColumns {
  /**
   * @param order indices of the cities
   * @param shares which percentiles the figure has
   */
  constructor(
    private readonly spread: monteCarlo.Spread,
    private readonly order: readonly number[],
    private readonly shares: readonly number[],
  ) {}

  get means(): (number | null)[] {
    return inOrder(this.spread.mean, this.order);
  }

  get meanErrors(): (number | null)[] {
    return inOrder(this.spread.meanError, this.order);
  }

  get deviations(): (number | null)[] {
    return inOrder(this.spread.deviation, this.order);
  }

  get medians(): (number | null)[] {
    return inOrder(this.spread.median, this.order);
  }

  get medianErrors(): (number | null)[] {
    return inOrder(this.spread.medianError, this.order);
  }

  @Once
  get percentiles(): PercentileColumn[] {
    return this.shares.map((share, p) => new OrderedPercentile(this.spread, this.order, share, p));
  }
}

/** The lists of a percentile, each made when it is read. */
class OrderedPercentile implements PercentileColumn {
  /** @param place of the share among those of the figure */
  constructor(
    private readonly spread: monteCarlo.Spread,
    private readonly order: readonly number[],
    readonly share: number,
    private readonly place: number,
  ) {}

  get values(): (number | null)[] {
    return inOrder(this.spread.percentiles[this.place], this.order);
  }

  get errors(): (number | null)[] {
    return inOrder(this.spread.percentileErrors[this.place], this.order);
  }
}

function checkRank(rank: number): void {
  if (rank < 1) throw refuse('BAD_INPUT', 'rank', rank, 'This is no rank.', 'a whole number of at least 1');
}

/** Values of cities in an order, with null for what is missing. */
const inOrder = (values: Float64Array | undefined, order: readonly number[]): (number | null)[] =>
  order.map((city) => finiteOrNull(values?.[city]));

/** Shares of draws of all cities. */
export interface ShareColumns {
  readonly values: readonly number[];
  readonly errors: readonly number[];
}

/** What the draws say of all cities, as parallel lists in the order of nominal ranks. */
export class UncertaintyColumns {
  readonly #order: readonly number[];

  constructor(private readonly run: Uncertainty) {
    this.#order = nominalOrder(run);
  }

  get cityCodes(): string[] {
    return this.#order.map((city) => this.run.result.codes[city] ?? '');
  }

  get nominalRanks(): (number | null)[] {
    return inOrder(this.run.result.nominal.ranks, this.#order);
  }

  get rankedDraws(): number[] {
    return this.#order.map((city) => this.run.result.rankedDraws[city] ?? 0);
  }

  @Once
  get rank(): SpreadColumns {
    return this.#spread(this.run.result.rank);
  }

  @Once
  get score(): SpreadColumns {
    return this.#spread(this.run.result.score);
  }

  /** @throws RequestError `BAD_INPUT` for what is no rank */
  probabilityOfRankAtMost(rank: number): ShareColumns {
    checkRank(rank);
    const shares = this.#order.map((city) => monteCarlo.probabilityOfRankAtMost(this.run.result, city, rank));
    return { values: shares.map(({ value }) => value), errors: shares.map(({ error }) => error) };
  }

  #spread(spread: monteCarlo.Spread): SpreadColumns {
    return new OrderedSpread(spread, this.#order, this.run.percentiles);
  }
}

/** For every two of some cities, the probability that the one of the row is above the one of the column. */
export interface PairMatrix {
  readonly cityCodes: readonly string[];
  readonly values: readonly (readonly number[])[];
  readonly errors: readonly (readonly number[])[];
}

/**
 * Probabilities between some cities: the named ones, or the first by their nominal ranks.
 * @throws RequestError `NOT_FOUND` for a city that the run does not have, `BAD_INPUT` where pairs were not counted
 */
export function pairMatrix(run: Uncertainty, codes: readonly string[] | null, first: number): PairMatrix {
  requirePairs(run, 'pairs');
  const cities = codes === null ? nominalOrder(run).slice(0, first) : chosenCities(run, codes, 'codes');
  const rows = cities.map((city) => cities.map((other) => monteCarlo.probabilityAbove(run.result, city, other)));
  return {
    cityCodes: cities.map((city) => run.result.codes[city] ?? ''),
    values: rows.map((row) => row.map(({ value }) => value)),
    errors: rows.map((row) => row.map(({ error }) => error)),
  };
}

/**
 * The probability that a city is above another.
 * @throws RequestError `NOT_FOUND` for a city that the run does not have, `BAD_INPUT` where pairs were not counted
 */
export function probabilityAbove(run: Uncertainty, city: string, other: string): ShareRow {
  requirePairs(run, 'probabilityAbove');
  return monteCarlo.probabilityAbove(
    run.result,
    indexOfCity(run.result.codes, city, 'city'),
    indexOfCity(run.result.codes, other, 'other'),
  );
}

/**
 * Codes of the cities of each tier, best first; cities that were ranked in no draw are in none.
 * @throws RequestError `BAD_INPUT` for a level out of range, or where pairs were not counted
 */
export function tiersOf(run: Uncertainty, level: number): string[][] {
  if (!(level >= 0.5 && level <= 1))
    throw refuse('BAD_INPUT', 'level', level, 'The level is out of range.', 'a number from 0.5 to 1');
  requirePairs(run, 'tiers');
  const tiers: string[][] = [];
  monteCarlo.tiersOf(run.result, level).forEach((tier, city) => {
    if (tier > 0) (tiers[tier - 1] ??= []).push(run.result.codes[city] ?? '');
  });
  return tiers;
}

function requirePairs({ result }: Uncertainty, path: string): void {
  if (result.pairs === null)
    throw refuse('BAD_INPUT', path, null, 'The analysis did not count pairs.', '`pairs: true` in its input');
}
