import { itemAt } from '../lookup';
import { at, atInt, columnAt } from '../numeric/at';
import { quantileAmong } from '../numeric/statistics';
import type { UncertaintyPlan } from './plan';
import { SKETCH_BINS, type DrawMemory } from './uncertainty-memory';
import type { DrawModel } from './uncertainty-model';

/** Figures by city over the draws in which it was ranked; `NaN` where there was none. */
export interface Spread {
  readonly mean: Float64Array;
  /** Monte Carlo standard error of the mean: deviation / √draws. */
  readonly meanError: Float64Array;
  /** Standard deviation over the draws (divisor draws − 1). */
  readonly deviation: Float64Array;
  /** For each of the plan's percentiles, by city: type-7 quantile over the draws. */
  readonly percentiles: readonly Float64Array[];
  /**
   * Monte Carlo standard errors of the percentiles: half the distance between the quantiles at p ± √(p (1 − p) / draws);
   * `NaN` for p = 0 and 1, of which no number of draws tells the error; rough, and too small oftener than too large, below about
   * 1,000 draws.
   */
  readonly percentileErrors: readonly Float64Array[];
  readonly median: Float64Array;
  readonly medianError: Float64Array;
}

/** The weights that speak for a city (the central weight vector of SMAA): the mean over the draws in which it came first. */
export interface CentralWeights {
  /** Index into the cities. */
  readonly city: number;
  /** Draws in which it was first, alone or in a tie. */
  readonly draws: number;
  /** By node, among siblings. */
  readonly weights: Float64Array;
  /** Monte Carlo standard errors of the weights: deviation / √draws; `NaN` for one draw. */
  readonly errors: Float64Array;
}

/** What a run of draws came to. Arrays by city are in the order of `codes`. */
export interface UncertaintyResult {
  readonly codes: readonly string[];
  readonly draws: number;
  readonly seed: number;
  readonly nominal: { readonly scores: Float64Array; readonly ranks: Float64Array };
  /** Draws in which each city was ranked. */
  readonly rankedDraws: Int32Array;
  readonly rank: Spread;
  /** Only comparable where every recipe that is drawn gives scores on one scale. */
  readonly score: Spread;
  /** False: score percentiles come from bins and are off by at most the width of one, {@link scoreBinWidth}. */
  readonly scoresExact: boolean;
  /** By city; 0 where scores are exact. */
  readonly scoreBinWidth: Float64Array;
  /** The ranks that the columns of `distribution` stand for: 1, 2, … n, or in halves where tied ranks are means. */
  readonly rankValues: Float64Array;
  /** n × rankValues, a row for each city: the number of draws in which it had that rank (divided by draws: SMAA's rank acceptability index). */
  readonly distribution: Int32Array;
  /** n × n: for a < b, twice the draws in which a was above b plus those in which they tied; null unless asked for. */
  readonly pairs: Int32Array | null;
  /** Mean over draws and cities of |rank − nominal rank| (Saisana, Saltelli and Tarantola 2005, doi.org/10.1111/j.1467-985X.2005.00350.x). */
  readonly meanShift: number;
  /** Of each city that was ever first, most often first; empty unless asked for. */
  readonly centralWeights: readonly CentralWeights[];
}

/** A share of draws with its Monte Carlo standard error. */
export interface Estimate {
  readonly value: number;
  readonly error: number;
}

/**
 * A share of draws. Its error is the deviation of the Jeffreys posterior, Beta(x + ½, D − x + ½), which near the middle is
 * √(p (1 − p) / D) and is not 0 where all draws agree: that none of 100 draws did it does not prove that none could.
 */
export function shareOfDraws(count: number, draws: number): Estimate {
  const centre = (count + 0.5) / (draws + 1);
  return { value: count / draws, error: Math.sqrt((centre * (1 - centre)) / (draws + 2)) };
}

/**
 * Probability that a city's rank is at most `k`. A draw in which it is unranked counts as not; where it is ranked in all, no
 * rank is below the last one, and that is certain.
 */
export function probabilityOfRankAtMost(result: UncertaintyResult, city: number, k: number): Estimate {
  const bins = result.rankValues.length;
  let count = 0;
  for (let bin = 0; bin < bins; bin++)
    if (at(result.rankValues, bin) <= k) count += atInt(result.distribution, city * bins + bin);
  if (k >= result.codes.length && count === result.draws) return { value: 1, error: 0 };
  return shareOfDraws(count, result.draws);
}

/**
 * Probability that city `a` is above city `b`, ties counted half: two cities alike stand at ½. Its error is that without
 * ties, which those can only lower. An unranked city is below every ranked one.
 * @throws RangeError unless pairs were counted
 */
export function probabilityAbove(result: UncertaintyResult, a: number, b: number): Estimate {
  const { pairs, codes, draws } = result;
  if (pairs === null) throw new RangeError('The run did not count pairs.');
  if (a === b) return { value: 0.5, error: 0 };
  const twice = a < b ? atInt(pairs, a * codes.length + b) : 2 * draws - atInt(pairs, b * codes.length + a);
  return shareOfDraws(twice / 2, draws);
}

/**
 * Tiers of cities that cannot be told apart: in order of mean rank, a city joins the tier while its first city is above it with a
 * probability below `level`, and otherwise starts the next.
 * @param level 0.5 to 1, such as 0.95
 * @returns by city: its tier from 1; 0 where it was never ranked
 * @throws RangeError unless pairs were counted
 */
export function tiersOf(result: UncertaintyResult, level: number): Int32Array {
  const tiers = new Int32Array(result.codes.length);
  const { mean } = result.rank;
  const order = Array.from(mean.keys())
    .filter((city) => !Number.isNaN(at(mean, city)))
    .sort((a, b) => at(mean, a) - at(mean, b) || a - b);
  let tier = 0;
  let first = -1;
  for (const city of order) {
    if (first < 0 || probabilityAbove(result, first, city).value >= level) {
      tier++;
      first = city;
    }
    tiers[city] = tier;
  }
  return tiers;
}

/** The shares at which quantiles are taken: for each percentile, and then the median, itself and one standard error either way. */
export function quantileShares({ percentiles, draws }: UncertaintyPlan): Float64Array {
  return Float64Array.from(
    [...percentiles, 0.5].flatMap((p) => {
      const reach = Math.sqrt((p * (1 - p)) / draws);
      return [p, Math.max(0, p - reach), Math.min(1, p + reach)];
    }),
  );
}

/** What the draws came to for some cities. Arrays by city. */
export interface CitiesSummary {
  readonly rankedDraws: Int32Array;
  readonly rank: Spread;
  readonly score: Spread;
  readonly scoreBinWidth: Float64Array;
  /** Σ |rank − nominal rank| over the draws of cities that have a nominal rank: whole or half ranks, so that no sum is rounded. */
  readonly shift: number;
  readonly shiftDraws: number;
}

/**
 * Puts together what the slots counted of cities `from` to `to`, in the memory of the first. To be called once for each city, when
 * all blocks are done; cities can be shared out among any number of callers.
 * @param scoreQuantiles of those cities, as `quantilesOfCities` gives them
 */
export function summariseCities(
  { scores, ranks }: DrawModel['nominal'],
  plan: UncertaintyPlan,
  memory: DrawMemory,
  from: number,
  to: number,
  scoreQuantiles: Float64Array,
): CitiesSummary {
  const { bins, slots } = memory;
  const n = scores.length;
  const distribution = addedInPlace(slots.map((slot) => slot.ranks.subarray(from * bins, to * bins)));
  if (plan.pairs) addedInPlace(slots.map(({ pairs }) => pairs.subarray(from * n, to * n)));
  const counted = countedRanks(distribution, memory, ranks.subarray(from, to), quantileShares(plan));
  const { rankedDraws, shift, shiftDraws } = counted;
  return {
    rankedDraws,
    rank: spreadOf(plan, counted, rankedDraws, counted.quantiles),
    score: spreadOf(plan, scoreMoments(memory, scores, rankedDraws, from), rankedDraws, scoreQuantiles),
    scoreBinWidth: Float64Array.from(rankedDraws, (_, k) => binWidth(memory, from + k)),
    shift,
    shiftDraws,
  };
}

/**
 * Puts a result together.
 * @param parts of all cities, in their order
 */
export function summarise(
  { codes, nominal }: Pick<DrawModel, 'codes' | 'nominal'>,
  plan: UncertaintyPlan,
  memory: DrawMemory,
  parts: readonly CitiesSummary[],
  centralWeights: readonly CentralWeights[],
): UncertaintyResult {
  const { bins, rankStep, slots } = memory;
  const first = itemAt(slots, 0);
  const joined = (of: (part: CitiesSummary) => Float64Array): Float64Array => {
    const whole = new Float64Array(codes.length);
    let offset = 0;
    for (const part of parts) {
      whole.set(of(part), offset);
      offset += part.rankedDraws.length;
    }
    return whole;
  };
  const spread = (of: (part: CitiesSummary) => Spread): Spread => ({
    mean: joined((part) => of(part).mean),
    meanError: joined((part) => of(part).meanError),
    deviation: joined((part) => of(part).deviation),
    percentiles: plan.percentiles.map((_, p) => joined((part) => columnAt(of(part).percentiles, p))),
    percentileErrors: plan.percentiles.map((_, p) => joined((part) => columnAt(of(part).percentileErrors, p))),
    median: joined((part) => of(part).median),
    medianError: joined((part) => of(part).medianError),
  });
  const sum = (of: (part: CitiesSummary) => number): number => parts.reduce((total, part) => total + of(part), 0);
  const shiftDraws = sum((part) => part.shiftDraws);
  return {
    codes,
    draws: plan.draws,
    seed: plan.seed,
    nominal,
    rankedDraws: Int32Array.from(parts.flatMap(({ rankedDraws }) => [...rankedDraws])),
    rank: spread(({ rank }) => rank),
    score: spread(({ score }) => score),
    scoresExact: memory.scores.length > 0,
    scoreBinWidth: joined((part) => part.scoreBinWidth),
    rankValues: rankValuesOf(bins, rankStep),
    distribution: first.ranks,
    pairs: plan.pairs ? first.pairs : null,
    meanShift: shiftDraws === 0 ? NaN : sum((part) => part.shift) / shiftDraws,
    centralWeights,
  };
}

/** The ranks that so many bins stand for. */
function rankValuesOf(bins: number, step: number): Float64Array {
  return Float64Array.from({ length: bins }, (_, bin) => 1 + bin * step);
}

/** Mean and sum of squared deviations by city. */
interface Moments {
  readonly mean: Float64Array;
  readonly squares: Float64Array;
}

function spreadOf(
  plan: UncertaintyPlan,
  { mean, squares }: Moments,
  counts: Int32Array,
  quantiles: Float64Array,
): Spread {
  const columns = 3 * (plan.percentiles.length + 1);
  const deviation = squares.map((sum, i) => Math.sqrt(sum / (atInt(counts, i) - 1)));
  const column = (k: number): Float64Array => mean.map((_, i) => at(quantiles, i * columns + k));
  const error = (p: number, k: number): Float64Array => {
    const [low, high] = [column(3 * k + 1), column(3 * k + 2)];
    return low.map((value, i) => (p > 0 && p < 1 ? (at(high, i) - value) / 2 : NaN));
  };
  const median = plan.percentiles.length;
  return {
    mean,
    meanError: deviation.map((value, i) => value / Math.sqrt(atInt(counts, i))),
    deviation,
    percentiles: plan.percentiles.map((_, k) => column(3 * k)),
    percentileErrors: plan.percentiles.map(error),
    median: column(3 * median),
    medianError: error(0.5, median),
  };
}

function scoreMoments({ sums, blocks }: DrawMemory, nominal: Float64Array, counts: Int32Array, from: number): Moments {
  const n = nominal.length;
  const mean = new Float64Array(counts.length);
  const squares = new Float64Array(counts.length);
  for (let block = 0; block < blocks; block++) {
    const row = 2 * (block * n + from);
    for (let k = 0; k < counts.length; k++) {
      mean[k] = at(mean, k) + at(sums, row + 2 * k);
      squares[k] = at(squares, k) + at(sums, row + 2 * k + 1);
    }
  }
  for (let k = 0; k < counts.length; k++) {
    const count = atInt(counts, k);
    const sum = at(mean, k);
    const own = at(nominal, from + k);
    mean[k] = count === 0 ? NaN : (Number.isNaN(own) ? 0 : own) + sum / count;
    squares[k] = count === 0 ? NaN : Math.max(0, at(squares, k) - (sum * sum) / count);
  }
  return { mean, squares };
}

/** What is found from counts of ranks, by city. */
interface CountedRanks extends Moments, Pick<CitiesSummary, 'rankedDraws' | 'shift' | 'shiftDraws'> {
  /** Type-7 quantiles, exact: a row of shares for each city. */
  readonly quantiles: Float64Array;
}

/** @param distribution a row of bins for each city that `nominal` has the rank of */
function countedRanks(
  distribution: Int32Array,
  { bins, rankStep }: DrawMemory,
  nominal: Float64Array,
  shares: Float64Array,
): CountedRanks {
  const n = nominal.length;
  const rankValues = rankValuesOf(bins, rankStep);
  const rankedDraws = new Int32Array(n);
  const mean = new Float64Array(n).fill(NaN);
  const squares = new Float64Array(n).fill(NaN);
  const quantiles = new Float64Array(n * shares.length).fill(NaN);
  const ends = new Int32Array(bins);
  let shift = 0;
  let shiftDraws = 0;
  for (let i = 0; i < n; i++) {
    const row = i * bins;
    let count = 0;
    let sum = 0;
    for (let bin = 0; bin < bins; bin++) {
      const draws = atInt(distribution, row + bin);
      count += draws;
      sum += draws * at(rankValues, bin);
      ends[bin] = count;
    }
    if (count === 0) continue;
    const centre = sum / count;
    const own = at(nominal, i);
    let square = 0;
    let shifted = 0;
    for (let bin = 0; bin < bins; bin++) {
      const draws = atInt(distribution, row + bin);
      const rank = at(rankValues, bin);
      square += draws * ((rank - centre) * (rank - centre));
      shifted += draws * Math.abs(rank - own);
    }
    rankedDraws[i] = count;
    mean[i] = centre;
    squares[i] = square;
    if (own === own) {
      shift += shifted;
      shiftDraws += count;
    }
    rankQuantiles(ends, rankValues, shares, quantiles.subarray(i * shares.length, (i + 1) * shares.length));
  }
  return { rankedDraws, mean, squares, quantiles, shift, shiftDraws };
}

/** @param ends by bin, how many draws are in it or below it; some are */
function rankQuantiles(ends: Int32Array, rankValues: Float64Array, shares: Float64Array, out: Float64Array): void {
  const count = atInt(ends, ends.length - 1);
  const statistic = (k: number): number => {
    let low = 0;
    let high = ends.length - 1;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (atInt(ends, middle) > k) high = middle;
      else low = middle + 1;
    }
    return at(rankValues, low);
  };
  for (let s = 0; s < shares.length; s++) out[s] = quantileAmong(count, at(shares, s), statistic);
}

/** Quantiles from binned scores, linear within a bin; the first and the last bin reach to the least and the greatest score. */
export function sketchQuantiles(memory: DrawMemory, from: number, to: number, shares: Float64Array): Float64Array {
  const out = new Float64Array((to - from) * shares.length).fill(NaN);
  for (let i = from; i < to; i++) {
    const [start, end] = [i * SKETCH_BINS, (i + 1) * SKETCH_BINS];
    const counts = added(memory.slots.map(({ sketch }) => sketch.subarray(start, end)));
    const least = Math.min(...memory.slots.map(({ range }) => at(range, 2 * i)));
    const greatest = Math.max(...memory.slots.map(({ range }) => at(range, 2 * i + 1)));
    const total = counts.reduce((sum, count) => sum + count, 0);
    if (total === 0) continue;
    const low = at(memory.sketchRange, 2 * i);
    const width = binWidth(memory, i);
    for (let s = 0; s < shares.length; s++) {
      const position = (total - 1) * at(shares, s);
      let before = 0;
      let bin = 0;
      while (bin < SKETCH_BINS - 1 && before + atInt(counts, bin) <= position) before += atInt(counts, bin++);
      const lower = bin === 0 ? least : Math.max(least, low + bin * width);
      const upper = bin === SKETCH_BINS - 1 ? greatest : Math.min(greatest, low + (bin + 1) * width);
      // The bin's scores are taken to stand evenly in it.
      const share = (position - before + 0.5) / atInt(counts, bin);
      out[(i - from) * shares.length + s] = lower + Math.min(1, share) * (upper - lower);
    }
  }
  return out;
}

function binWidth({ sketchRange, scores }: DrawMemory, city: number): number {
  return scores.length > 0 ? 0 : (at(sketchRange, 2 * city + 1) - at(sketchRange, 2 * city)) / SKETCH_BINS;
}

/** The sum of arrays of one length, in the first of them: the memory is shared, and its owner has counted all. */
function addedInPlace(parts: readonly Int32Array[]): Int32Array {
  const sum = itemAt(parts, 0);
  for (const part of parts.slice(1)) {
    for (let k = 0; k < sum.length; k++) sum[k] = atInt(sum, k) + atInt(part, k);
    part.fill(0);
  }
  return sum;
}

/** The sum of the slots' bins of one city. */
function added(parts: readonly Int32Array[]): Int32Array {
  const sum = new Int32Array(SKETCH_BINS);
  for (const part of parts) for (let k = 0; k < sum.length; k++) sum[k] = atInt(sum, k) + atInt(part, k);
  return sum;
}
