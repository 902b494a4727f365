import { aggregateTree, leavesBelow, ruleFor, type LeafColumns } from '../aggregate';
import { ScoringError } from '../errors';
import { silentContext } from '../explanation/node-model';
import { entryOf, itemAt } from '../lookup';
import type { Methodology, Rule } from '../methodology';
import { at, atInt, columnAt, textAt } from '../numeric/at';
import { middleOf } from '../numeric/output-range';
import { isComplete, rangeOf } from '../numeric/statistics';
import {
  leafStagesOf,
  normaliseColumn,
  pipelineCost,
  treatColumns,
  type PanelRun,
  type RankingResult,
} from '../pipeline';
import { registry } from '../registry';
import { stagesOf } from '../stages';
import type { IndicatorMeta } from '../table';
import { compareCodes, type Tree } from '../tree';
import { rerun, type RankingRun } from './scenario';

/** Between which values the gaps of an indicator may be filled, on its natural scale, denominated where the recipe does so. */
export interface FillLimit {
  readonly indicator: string;
  readonly low: number;
  readonly high: number;
}

/** What is asked of {@link rankBounds}. */
export interface RankBoundsRequest {
  /** Limits of named indicators. */
  readonly limits?: readonly FillLimit[];
  /**
   * Limits of the others. `OBSERVED`: the range of the scored cities' values (the default). `GOALPOSTS`: the indicator's own
   * goalposts.
   */
  readonly otherLimits?: 'OBSERVED' | 'GOALPOSTS';
  /**
   * `REFITTED` (the default): a filled table is treated and normalised like any other, so that a fill may move the scores of
   * cities that lack nothing. `HELD`: treatment and normalisation stay as they are fitted on the observed values.
   */
  readonly statistics?: 'REFITTED' | 'HELD';
}

/** An indicator with gaps, and what was assumed. */
export interface FilledIndicator {
  readonly indicator: string;
  /** Scored cities without a value. */
  readonly gaps: number;
  readonly low: number;
  readonly high: number;
  readonly exact: boolean;
  /** One sentence: why the bounds of its scores are exact, or why they are wider than what fills can give. */
  readonly reason: string;
}

/** Best and worst ranks over all fills. Arrays are parallel to `cities`. */
export interface RankBounds {
  /** Codes of the scored cities. */
  readonly cities: readonly string[];
  /** No fill gives a better rank; `NaN` where no fill gives the city a score. */
  readonly best: Float64Array;
  /** No fill gives a worse rank. */
  readonly worst: Float64Array;
  /** Score of the city with its own gaps filled at their worst; a bound of it where not `exact`. */
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Nominal ranks: gaps as the recipe deals with them, which need not be a fill within the limits; `NaN` = unranked. */
  readonly nominal: Float64Array;
  /** Values that each city lacks. */
  readonly gaps: Int32Array;
  readonly indicators: readonly FilledIndicator[];
  /** True: each bound is attained by some fill. False: each is at least as wide as what fills can give. */
  readonly exact: boolean;
}

/** Cell operations of {@link rankBounds}: the nominal ranking, one with every gap at its worst and one at its best, and the ranks. */
export function rankBoundsCost(methodology: Methodology, tree: Tree, n: number): number {
  return 3 * pipelineCost(methodology, tree, n) + 8 * n * Math.log2(n + 1);
}

/**
 * The best and the worst rank that each scored city could have, whatever the values that are missing: every value that was
 * not observed, imputed or not, is filled with any value within its limits.
 *
 * Where the score of a city is monotone in its own values and does not depend on those of others, it is lowest with all of
 * its gaps at their worst and highest with all at their best; its best rank has its own at their best and all others' at
 * their worst, which is one fill. That is so where (a) every node above a gap is a monotone mean of the city's own values,
 * with weights that are not read from the data, and (b) a fill does not move the statistics of its column: goalposts, no
 * normalisation, a basis of other years or another release, or a normalisation by the extremes (min–max, distance to
 * maximum, share of the largest) with limits within the observed range, none of them treated; or any order-preserving
 * treatment and normalisation when `HELD`. Min–max beyond these gives conservative bounds: the ranges of the extremes are
 * propagated, and a treated column may take any score on the scale. Everything else is refused.
 * @throws ScoringError `PRECONDITION_FAILED` naming the stage that rules an answer out, `NOT_FOUND` and `BAD_INPUT` for
 * limits, `NO_DATA` where an indicator without any value has no limits; and as the pipeline, such as for a geometric mean
 * over fills of 0
 */
export function rankBounds(run: RankingRun, request: RankBoundsRequest = {}): RankBounds {
  const result = rerun(run, run.methodology);
  const { tree, cities, methodology } = result;
  const stages = stagesOf(result);
  const n = cities.length;
  const observed = columnsOf(stages.denominated, n, tree.leaves.length);
  checkRankBounds(result, request);
  const columns = result.indicators.map((indicator, j): ColumnBounds => {
    const column = columnAt(observed, j);
    if (isComplete(column)) {
      const own = columnAt(result.nodes.columns, itemAt(tree.leaves, j));
      return { low: own, high: own, filled: null };
    }
    const limit = limitOf(indicator, column, request);
    return boundsOfColumn(run, result, indicator, column, limit, request.statistics ?? 'REFITTED');
  });
  const low = rootScores(
    result,
    columns.map((column) => column.low),
  );
  const high = rootScores(
    result,
    columns.map((column) => column.high),
  );
  const indicators = columns.flatMap(({ filled }) => filled ?? []);
  const codes = cities.map(({ code }) => code);
  const { best, worst, exact } = ranksBetween(low, high, codes, methodology.rank);
  return {
    cities: codes,
    best,
    worst,
    low,
    high,
    nominal: result.ranks,
    gaps: Int32Array.from(cities, (_, i) => observed.filter((column) => Number.isNaN(at(column, i))).length),
    indicators,
    exact: exact && indicators.every((filled) => filled.exact),
  };
}

/**
 * Checks what is asked of {@link rankBounds} against the ranking, before anything is filled: all that the limits and the
 * recipe's weights and aggregation rule out.
 * @param result made with its stages
 * @throws ScoringError as it does
 */
export function checkRankBounds(result: RankingResult, request: RankBoundsRequest): void {
  const { cities, indicators, tree } = result;
  const observed = columnsOf(stagesOf(result).denominated, cities.length, tree.leaves.length);
  const gapped = observed.map((column) => !isComplete(column));
  checkLimits(result, request);
  checkAbove(result, gapped);
  indicators.forEach((indicator, j) => {
    if (gapped[j] === true) limitOf(indicator, columnAt(observed, j), request);
  });
}

const columnsOf = (table: Float64Array, n: number, m: number): Float64Array[] =>
  Array.from({ length: m }, (_, j) => table.subarray(j * n, (j + 1) * n));

/** Oriented, normalised scores of a column: no fill gives a city less than `low` or more than `high`. */
interface ColumnBounds {
  readonly low: Float64Array;
  readonly high: Float64Array;
  readonly filled: FilledIndicator | null;
}

/** Weightings that read no values. */
const VALUE_FREE: ReadonlySet<string> = new Set(['GIVEN', 'EQUAL', 'HIERARCHICAL']);
/** Normalisations whose statistics are the column's smallest and largest values. */
const BY_EXTREMES: ReadonlySet<string> = new Set([
  'MIN_MAX',
  'DISTANCE_TO_MAXIMUM',
  'DISTANCE_TO_TARGET',
  'FRACTION_OF_MAXIMUM',
  'MAX_ABS',
]);
/** Normalisations that read nothing from the column. */
const FIXED: ReadonlySet<string> = new Set(['GOALPOSTS', 'NONE']);

/** Every node above a gap must be monotone in the city's own values and in nothing else. */
function checkAbove({ tree, methodology }: RankingResult, gapped: readonly boolean[]): void {
  const slots = new Map(tree.leaves.map((leaf, slot) => [leaf, slot]));
  tree.nodes.forEach((node, index) => {
    if (node.children.length === 0) return;
    if (!leavesBelow(tree, index).some((leaf) => gapped[entryOf(slots, leaf)] === true)) return;
    const rule = ruleFor(methodology.aggregate, node);
    const method = registry.AGGREGATION.get(rule.method);
    if (method?.family !== 'MEAN' || method.properties.MONOTONE?.holds !== true)
      refuse(
        'PRECONDITION_FAILED',
        'recipe.aggregate',
        rule.method,
        `${node.code} has gaps below it and is computed by ${rule.method}, whose scores are not monotone in a city's own values alone.`,
        'a monotone mean at every node above a gap, such as ARITHMETIC or GEOMETRIC',
      );
    if (!VALUE_FREE.has(methodology.weight.method))
      refuse(
        'PRECONDITION_FAILED',
        'recipe.weight',
        methodology.weight.method,
        `${methodology.weight.method} reads its weights from the values, so that a fill moves them.`,
        'GIVEN, EQUAL or HIERARCHICAL weights',
      );
  });
}

function checkLimits({ indicators }: RankingResult, { limits = [] }: RankBoundsRequest): void {
  const codes = indicators.map(({ code }) => code);
  limits.forEach((limit, k) => {
    const { indicator, low, high } = limit;
    const place = `limits[${String(k)}]`;
    const path = `${place}.indicator`;
    if (!codes.includes(indicator))
      refuse('NOT_FOUND', path, indicator, 'The indicator is not a leaf of the framework.', 'a leaf of the framework');
    if (limits.findIndex((other) => other.indicator === indicator) !== k)
      refuse('BAD_INPUT', path, indicator, 'The indicator has two limits.', 'each indicator once');
    if (!(Number.isFinite(low) && Number.isFinite(high) && low <= high))
      refuse('BAD_INPUT', place, limit, 'The limits are no range.', 'two finite numbers, the lower first');
  });
}

function limitOf(
  { code, goalpostLow, goalpostHigh }: IndicatorMeta,
  column: Float64Array,
  { limits = [], otherLimits = 'OBSERVED' }: RankBoundsRequest,
): FillLimit {
  const given = limits.find(({ indicator }) => indicator === code);
  if (given) return given;
  if (otherLimits === 'GOALPOSTS') {
    if (goalpostLow === null || goalpostHigh === null)
      return refuse(
        'BAD_INPUT',
        'otherLimits',
        otherLimits,
        `${code} has no goalposts.`,
        `limits for ${code}, or OBSERVED`,
      );
    return { indicator: code, low: goalpostLow, high: goalpostHigh };
  }
  const { min, max } = rangeOf(column);
  if (Number.isNaN(min))
    return refuse('NO_DATA', 'limits', code, `No ranked city has a value of ${code}.`, `limits for ${code}`);
  return { indicator: code, low: min, high: max };
}

function boundsOfColumn(
  run: RankingRun,
  result: RankingResult,
  indicator: IndicatorMeta,
  column: Float64Array,
  limit: FillLimit,
  statistics: 'REFITTED' | 'HELD',
): ColumnBounds {
  const { treat, normalise } = result.methodology;
  const [treatment, normalisation] = [ruleOf(treat, indicator), ruleOf(normalise, indicator)];
  const gaps = column.reduce((count, value) => count + (Number.isNaN(value) ? 1 : 0), 0);
  const filled = (exact: boolean, reason: string): FilledIndicator => ({ ...limit, gaps, exact, reason });
  if (registry.NORMALISATION.get(normalisation.method)?.properties.ORDER_PRESERVING?.holds !== true)
    refuse(
      'PRECONDITION_FAILED',
      'recipe.normalise',
      normalisation.method,
      `${normalisation.method} does not keep the order of the values of ${indicator.code}.`,
      'an order-preserving normalisation',
    );
  const treated = treatment.method !== 'NONE';
  const { min, max } = rangeOf(column);
  const within = limit.low >= min && limit.high <= max;
  if (normalise.basis !== null) {
    if (treated || !('panel' in run) || (statistics === 'REFITTED' && readsRankedYear(normalise.basis, result.year)))
      refuse(
        'PRECONDITION_FAILED',
        'recipe.normalise.basis',
        normalise.basis,
        `Fills of ${indicator.code} move the treatment of the column, or the basis of its normalisation holds the ranked year itself.`,
        'no treatment of the indicator, and a basis of other years or another release, or statistics: HELD',
      );
    else
      return {
        ...onBasis(run, result, indicator, limit),
        filled: filled(true, 'The statistics come from a basis that fills do not touch.'),
      };
  }
  if (treated && statistics === 'HELD') return heldTreated(result, indicator, column, limit, treatment, within, filled);
  if (!treated) {
    const [exact, reason] =
      statistics === 'HELD'
        ? [true, 'The statistics of the normalisation are held.']
        : FIXED.has(normalisation.method)
          ? [true, `${normalisation.method} reads nothing from the column.`]
          : BY_EXTREMES.has(normalisation.method) && within
            ? [true, 'The limits lie within the observed range, so that no fill moves the extremes.']
            : [false, ''];
    if (exact) {
      if (Number.isNaN(min) && !FIXED.has(normalisation.method))
        refuse(
          'NO_DATA',
          'limits',
          indicator.code,
          `No ranked city has a value of ${indicator.code} to fit on.`,
          'GOALPOSTS for it',
        );
      const fill = (natural: number): Float64Array => {
        const values = column.map((value) => (Number.isNaN(value) ? natural : value));
        return normalised(result, indicator, normalisation, values, column);
      };
      const [worst, best] = indicator.direction === -1 ? [limit.high, limit.low] : [limit.low, limit.high];
      return { low: fill(worst), high: fill(best), filled: filled(true, reason) };
    }
  }
  if (normalisation.method !== 'MIN_MAX' && normalisation.method !== 'DISTANCE_TO_MAXIMUM')
    return refuse(
      'PRECONDITION_FAILED',
      treated ? 'recipe.treat' : 'recipe.normalise',
      treated ? treatment.method : normalisation.method,
      `A fill of ${indicator.code} moves the statistics of ${treated ? `${treatment.method} and ` : ''}${normalisation.method}, and no bounds of its scores are known.`,
      'statistics: HELD, or GOALPOSTS without treatment',
    );
  const scale = outputRange(normalisation);
  if (treated) {
    const bounds = [scale.low, scale.high].map((score) => new Float64Array(column.length).fill(score));
    return {
      low: columnAt(bounds, 0),
      high: columnAt(bounds, 1),
      filled: filled(
        false,
        `A fill may move ${treatment.method}; the column may then take any score from ${String(scale.low)} to ${String(scale.high)}.`,
      ),
    };
  }
  return {
    ...byRangesOfExtremes(column, limit, indicator.direction === -1 ? -1 : 1, scale),
    filled: filled(false, 'A fill may move the extremes; scores are bounded by the ranges of the two.'),
  };
}

const ruleOf = (stage: Methodology['treat'] | Methodology['normalise'], { code }: IndicatorMeta): Rule =>
  stage.overrides.find(({ indicators }) => indicators.includes(code)) ?? stage;

function outputRange({ method, parameters }: Rule): { readonly low: number; readonly high: number } {
  const { low, high } = parameters;
  return method === 'MIN_MAX' && typeof low === 'number' && typeof high === 'number'
    ? { low, high }
    : { low: 0, high: 1 };
}

/** The column oriented and normalised with the statistics of `basis`. */
function normalised(
  { cities }: RankingResult,
  indicator: IndicatorMeta,
  rule: Rule,
  values: Float64Array,
  basis: Float64Array,
): Float64Array {
  const out = new Float64Array(values.length);
  const sign = indicator.direction === -1 ? -1 : 1;
  // A method that reads nothing from the column is fitted on what is there.
  const pool = basis.every(Number.isNaN) ? null : basis;
  normaliseColumn(values, pool, out, rule, { ...silentContext, indicator, sign, cities });
  return out;
}

function readsRankedYear({ release, years }: NonNullable<Methodology['normalise']['basis']>, year: number): boolean {
  return release === null && (years === null || years.includes(year));
}

/** Fills one column of a panel's run at both limits; its normalisation is fitted on other data. */
function onBasis(
  run: PanelRun,
  result: RankingResult,
  indicator: IndicatorMeta,
  limit: FillLimit,
): Pick<ColumnBounds, 'low' | 'high'> {
  const scored = new Set(result.cities.map(({ code }) => code));
  const stages = leafStagesOf({ ...run, scored });
  const j = result.indicators.indexOf(indicator);
  const n = stages.cities.length;
  const fill = (natural: number): Float64Array => {
    const values = stages.denominated.slice();
    stages.cities.forEach(({ code }, i) => {
      if (scored.has(code) && Number.isNaN(at(values, j * n + i))) values[j * n + i] = natural;
    });
    return columnAt(stages.leavesOf(run.methodology, values).normalised, j);
  };
  const [worst, best] = indicator.direction === -1 ? [limit.high, limit.low] : [limit.low, limit.high];
  return { low: fill(worst), high: fill(best) };
}

/** A treatment as fitted on the observed values maps them in order; a fill lies between the scores of its neighbours. */
function heldTreated(
  result: RankingResult,
  indicator: IndicatorMeta,
  column: Float64Array,
  limit: FillLimit,
  treatment: Rule,
  within: boolean,
  filled: (exact: boolean, reason: string) => FilledIndicator,
): ColumnBounds {
  const { methodology } = result;
  if (registry.TREATMENT.get(treatment.method)?.properties.ORDER_PRESERVING?.holds !== true || !within)
    refuse(
      'PRECONDITION_FAILED',
      'recipe.treat',
      treatment.method,
      `${treatment.method} as fitted on the values of ${indicator.code} does not say what becomes of values beyond them, or does not keep their order.`,
      'an order-preserving treatment, and limits within the observed range',
    );
  const actions = new Uint8Array(column.length);
  const treated = treatColumns(column, actions, column.length, [indicator], methodology, {
    context: () => silentContext,
  });
  const scores = normalised(result, indicator, ruleOf(methodology.normalise, indicator), treated, treated);
  const sign = indicator.direction === -1 ? -1 : 1;
  const [worst, best] = sign === -1 ? [-limit.high, -limit.low] : [limit.low, limit.high];
  // The nearest observed values at or beyond the limits, oriented.
  let [lower, upper] = [-Infinity, Infinity];
  let [low, high] = [NaN, NaN];
  column.forEach((value, i) => {
    if (Number.isNaN(value)) return;
    const oriented = sign * value;
    if (oriented <= worst && oriented >= lower) [lower, low] = [oriented, at(scores, i)];
    if (oriented >= best && oriented <= upper) [upper, high] = [oriented, at(scores, i)];
  });
  const exact = lower === worst && upper === best;
  const fill = (score: number): Float64Array => scores.map((own) => (Number.isNaN(own) ? score : own));
  return {
    low: fill(low),
    high: fill(high),
    filled: filled(
      exact,
      exact
        ? 'The statistics are held, and the limits are observed values.'
        : 'The statistics are held; the scores at the limits are bounded by those of the observed values around them.',
    ),
  };
}

/** Min–max scores when the column's smallest and largest values lie anywhere that fills can move them. */
function byRangesOfExtremes(
  column: Float64Array,
  limit: FillLimit,
  sign: 1 | -1,
  scale: { readonly low: number; readonly high: number },
): Pick<ColumnBounds, 'low' | 'high'> {
  const oriented = column.map((value) => sign * value);
  const { min, max } = rangeOf(oriented);
  const [worst, best] = sign === -1 ? [-limit.high, -limit.low] : [limit.low, limit.high];
  const empty = Number.isNaN(min);
  // At least one gap is filled, with a value from `worst` to `best`.
  const smallest = empty ? { least: worst, most: best } : { least: Math.min(min, worst), most: Math.min(min, best) };
  const largest = empty ? { least: worst, most: best } : { least: Math.max(max, worst), most: Math.max(max, best) };
  const score = (value: number, from: number, to: number, constant: number): number =>
    to > from
      ? Math.min(scale.high, Math.max(scale.low, scale.low + ((value - from) / (to - from)) * (scale.high - scale.low)))
      : constant;
  const middle = middleOf(scale.low, scale.high);
  // Whether all values may be equal, so that the score is the rule for constants.
  const mayBeConstant = smallest.most >= largest.least;
  const low = oriented.map((own) => {
    const lowest = score(Number.isNaN(own) ? worst : own, smallest.most, largest.most, scale.low);
    return mayBeConstant ? Math.min(lowest, middle) : lowest;
  });
  const high = oriented.map((own) => {
    const highest = score(Number.isNaN(own) ? best : own, smallest.least, largest.least, scale.high);
    return mayBeConstant ? Math.max(highest, middle) : highest;
  });
  return { low, high };
}

/** The root's scores, more is better, over the given leaves. */
function rootScores(result: RankingResult, normalisedLeaves: readonly Float64Array[]): Float64Array {
  const { tree, methodology, cities, indicators } = result;
  const { treated } = stagesOf(result);
  const n = cities.length;
  const leaves: LeafColumns = {
    cities,
    normalised: normalisedLeaves,
    // Read only by methods that treat costs themselves, and these only where nothing is missing below.
    natural: indicators.map((_, j) => treated.subarray(j * n, (j + 1) * n)),
    costs: Uint8Array.from(indicators, ({ direction }) => (direction === -1 ? 1 : 0)),
    isNatural: indicators.map((indicator) => ruleOf(methodology.normalise, indicator).method === 'NONE'),
  };
  const scores = aggregateTree(leaves, { tree, methodology, contextOf: () => silentContext });
  const column = columnAt(scores.columns, tree.root);
  return scores.lowerIsBetter[tree.root] === true ? column.map((value) => -value) : column;
}

/** Ranks of each city with its own score at one end and all others' at the other, by the recipe's rule for ties. */
function ranksBetween(
  low: Float64Array,
  high: Float64Array,
  codes: readonly string[],
  { ties, tolerance, decimals, tieBreaker }: Methodology['rank'],
): Pick<RankBounds, 'best' | 'worst' | 'exact'> {
  const rounded = (values: Float64Array): Float64Array =>
    decimals === null ? values : values.map((value) => Math.round(value * 10 ** decimals) / 10 ** decimals);
  const [least, most] = [rounded(low), rounded(high)];
  const exact = tolerance === 0 && ties !== 'DENSE' && tieBreaker === null;
  const rank = (own: number, i: number, others: Float64Array, order: Int32Array, best: boolean): number => {
    const gap = (city: number): number => at(others, city) - own;
    // The difference of two numbers grows with the first, so that those level with the city stand together.
    const levelFrom = firstIn(order, 0, order.length, (city) => gap(city) >= -tolerance);
    const aboveFrom = firstIn(order, levelFrom, order.length, (city) => gap(city) > tolerance);
    const itself = gap(i);
    // `NaN` where the city has no score, and so in every rank below.
    const above = own - own + order.length - aboveFrom - (itself > tolerance ? 1 : 0);
    const level = aboveFrom - levelFrom - (Math.abs(itself) <= tolerance ? 1 : 0);
    // Who falls into whose tie group, or before whom in it, is not known: all or none of them.
    if (!exact) return ties === 'DENSE' && best ? Math.min(above, 1) + 1 : 1 + above + (best ? 0 : level);
    if (ties === 'MODIFIED_COMPETITION') return 1 + above + level;
    if (ties === 'FRACTIONAL') return 1 + above + level / 2;
    if (ties === 'ORDINAL') {
      const code = textAt(codes, i);
      return 1 + above + firstIn(order, levelFrom, aboveFrom, (city) => textAt(codes, city) >= code) - levelFrom;
    }
    return 1 + above;
  };
  const [byLeast, byMost] = [orderOf(least, codes), orderOf(most, codes)];
  return {
    best: most.map((own, i) => rank(own, i, least, byLeast, true)),
    worst: least.map((own, i) => rank(own, i, most, byMost, false)),
    exact,
  };
}

/** Indices of the cities that have a value, the lowest first, equal ones in the order of their codes. */
function orderOf(values: Float64Array, codes: readonly string[]): Int32Array {
  return Int32Array.from(values.keys())
    .filter((i) => !Number.isNaN(at(values, i)))
    .sort((a, b) => at(values, a) - at(values, b) || compareCodes(textAt(codes, a), textAt(codes, b)));
}

/** The first place from `start` to `end` (exclusive) whose city holds, where all after one that holds do too; else `end`. */
function firstIn(order: Int32Array, start: number, end: number, holds: (city: number) => boolean): number {
  let [low, high] = [start, end];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (holds(atInt(order, middle))) high = middle;
    else low = middle + 1;
  }
  return low;
}

function refuse(
  code: 'PRECONDITION_FAILED' | 'NOT_FOUND' | 'BAD_INPUT' | 'NO_DATA',
  path: string,
  value: unknown,
  message: string,
  allowed: string,
): never {
  throw new ScoringError(code, `${message} Allowed: ${allowed}.`, [{ path, value, message, allowed }]);
}
