import { monteCarlo } from '../scoring';
import { finiteOrNull } from './city-rows';
import { describeAllowed } from './city-selection';
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
  /** Null where it never came first. */
  readonly centralWeights: readonly CentralWeightRow[] | null;
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

  get rank(): SpreadRow {
    return this.spread(this.run.result.rank);
  }

  get score(): SpreadRow {
    return this.spread(this.run.result.score);
  }

  /** Only the ranks that occurred, best first. */
  get rankDistribution(): RankShareRow[] {
    const { result } = this.run;
    const bins = result.rankValues.length;
    return Array.from(result.rankValues).flatMap((rank, bin) => {
      const count = result.distribution[this.city * bins + bin] ?? 0;
      return count === 0 ? [] : [{ rank, ...monteCarlo.shareOfDraws(count, result.draws) }];
    });
  }

  probabilityOfRankAtMost(rank: number): ShareRow {
    return monteCarlo.probabilityOfRankAtMost(this.run.result, this.city, rank);
  }

  /** @throws RequestError `BAD_INPUT` where central weights were not asked for */
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
        centralWeights: null,
        confidenceFactor: null,
        reason: `It came first in none of the ${String(result.draws)} draws.`,
      };
    return {
      firstDraws: central.draws,
      // The root, which stands last, has no siblings to be weighed against.
      centralWeights: nodes.slice(0, -1).map((node, k) => ({
        node,
        weight: central.weights[k] ?? 0,
        error: finiteOrNull(central.errors[k]),
      })),
      confidenceFactor: { value: factor.value, error: factor.error, draws: factor.draws },
      reason: null,
    };
  }

  private spread(spread: monteCarlo.UncertaintyResult['rank']): SpreadRow {
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

/** The cities of a run in the order of their nominal ranks, unranked ones last. */
export function citiesOf(run: Uncertainty): CityUncertainty[] {
  const { codes, nominal } = run.result;
  const rankOf = (city: number): number => finiteOrNull(nominal.ranks[city]) ?? Infinity;
  return Array.from(codes.keys())
    .sort((a, b) => rankOf(a) - rankOf(b) || a - b)
    .map((city) => new CityUncertainty(run, city));
}

/**
 * The probability that a city is above another.
 * @throws RequestError `NOT_FOUND` for a city that the run does not have, `BAD_INPUT` where pairs were not counted
 */
export function probabilityAbove(run: Uncertainty, city: string, other: string): ShareRow {
  requirePairs(run, 'probabilityAbove');
  return monteCarlo.probabilityAbove(run.result, indexOfCity(run, city, 'city'), indexOfCity(run, other, 'other'));
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

function indexOfCity({ result }: Uncertainty, code: string, path: string): number {
  const index = result.codes.indexOf(code);
  if (index >= 0) return index;
  throw refuse('NOT_FOUND', path, code, 'The analysis has no city with this code.', describeAllowed(result.codes));
}
