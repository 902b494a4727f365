import { ScoringError } from '../errors';
import { entryOf, itemAt } from '../lookup';
import { at, atInt, columnAt } from '../numeric/at';
import { RandomStream } from '../numeric/random';
import { quantileSorted } from '../numeric/statistics';
import type { Methodology } from '../methodology';
import type { Tree } from '../tree';
import {
  alternativeAt,
  checkChoices,
  namingChoices,
  type Alternative,
  type Choice,
  type WeightChoice,
} from './choices';
import { scenarioCost, ScenarioRunner, type RankingRun } from './scenario';
import { meanShift, placeOf } from './shift';
import { finish, type Steps } from './steps';

/**
 * Outputs of a design of `N` rows over `d` inputs: A and B are independent samples, and AB_k is A with input k from B
 * (Saltelli et al. 2010, Variance based sensitivity analysis of model output, https://doi.org/10.1016/j.cpc.2009.09.018).
 */
export interface SobolOutputs {
  /** Length N. */
  readonly a: Float64Array;
  readonly b: Float64Array;
  /** One for each input, length N each. */
  readonly ab: readonly Float64Array[];
}

/** Sobol' indices of one output. Every index is 0 where the output does not vary. */
export interface SobolIndices {
  /** Variance of the output over the rows of A and B, n − 1 in the divisor. */
  readonly variance: number;
  /** By input: the share of the variance that its own effect explains. An estimate: it may fall a little below 0. */
  readonly first: Float64Array;
  /** By input: the share of the variance that goes when it alone is not fixed; at least 0. Beyond the first: its interactions. */
  readonly total: Float64Array;
}

/** Sobol' indices with bootstrap intervals. */
export interface SobolIntervals extends SobolIndices {
  readonly firstLow: Float64Array;
  readonly firstHigh: Float64Array;
  readonly totalLow: Float64Array;
  readonly totalHigh: Float64Array;
}

/** How {@link sobolIndices} takes the first-order products. */
export interface SobolEstimator {
  /**
   * True: outputs are taken from their mean first, which leaves the expected index as it is and takes away most of its error
   * where the mean is large beside the spread (Sobol' and Kucherenko's correction of Saltelli's estimator). False: as COINr.
   */
  readonly centred: boolean;
}

/**
 * First-order and total Sobol' indices: V = var(y_A, y_B), S_k = mean(y_B (y_AB_k − y_A)) / V (Saltelli et al. 2010) and
 * T_k = Σ (y_A − y_AB_k)² / (2 N V) (Jansen 1999, https://doi.org/10.1016/S0010-4655(98)00154-4), as COINr 1.1.14 has them.
 * An input whose change never changes the output has indices of exactly 0.
 */
export function sobolIndices(outputs: SobolOutputs, { centred }: SobolEstimator): SobolIndices {
  return weightedIndices(outputs, null, centred);
}

/**
 * The same with intervals from resampled rows (with replacement, one resample of the rows for all inputs; the variance is
 * taken anew in each).
 * @param counts how often each row is drawn, one array of length N for each resample; see {@link bootstrapCounts}
 * @param level share of the resamples within the interval, such as 0.95: its ends are quantiles (type 7)
 */
export function sobolIntervals(
  outputs: SobolOutputs,
  estimator: SobolEstimator,
  counts: readonly Int32Array[],
  level: number,
): SobolIntervals {
  const d = outputs.ab.length;
  const resampled = counts.map((count) => weightedIndices(outputs, count, estimator.centred));
  const ends = (values: (indices: SobolIndices) => Float64Array, p: number): Float64Array =>
    Float64Array.from({ length: d }, (_, k) =>
      quantileSorted(Float64Array.from(resampled, (indices) => at(values(indices), k)).sort(), p),
    );
  const tail = (1 - level) / 2;
  return {
    ...sobolIndices(outputs, estimator),
    firstLow: ends(({ first }) => first, tail),
    firstHigh: ends(({ first }) => first, 1 - tail),
    totalLow: ends(({ total }) => total, tail),
    totalHigh: ends(({ total }) => total, 1 - tail),
  };
}

/** How often each of `rows` rows is drawn in each of `resamples` bootstrap resamples: stream (seed, BOOTSTRAP, resample). */
export function bootstrapCounts(seed: number, rows: number, resamples: number): Int32Array[] {
  const stream = new RandomStream(seed, 'BOOTSTRAP');
  return Array.from({ length: resamples }, (_, resample) => {
    stream.seek(resample);
    const counts = new Int32Array(rows);
    for (let r = 0; r < rows; r++) {
      const drawn = stream.integer(rows);
      counts[drawn] = atInt(counts, drawn) + 1;
    }
    return counts;
  });
}

/** Indices where row r stands `counts[r]` times; once each where `counts` is null. */
function weightedIndices({ a, b, ab }: SobolOutputs, counts: Int32Array | null, centred: boolean): SobolIndices {
  const rows = a.length;
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += (counts === null ? 1 : atInt(counts, r)) * (at(a, r) + at(b, r));
  const mean = sum / (2 * rows);
  let squares = 0;
  for (let r = 0; r < rows; r++) {
    const [x, y] = [at(a, r) - mean, at(b, r) - mean];
    squares += (counts === null ? 1 : atInt(counts, r)) * (x * x + y * y);
  }
  const variance = squares / (2 * rows - 1);
  const first = new Float64Array(ab.length);
  const total = new Float64Array(ab.length);
  const centre = centred ? mean : 0;
  if (variance > 0)
    ab.forEach((mixed, k) => {
      let products = 0;
      let shifts = 0;
      for (let r = 0; r < rows; r++) {
        const change = at(mixed, r) - at(a, r);
        if (change === 0) continue;
        const times = counts === null ? 1 : atInt(counts, r);
        products += times * (at(b, r) - centre) * change;
        shifts += times * change * change;
      }
      first[k] = products / rows / variance;
      total[k] = shifts / (2 * rows * variance);
    });
  return { variance, first, total };
}

/** Row `row` of the design: `2 d` numbers in [0, 1), A's d inputs and then B's. Stream (seed, SENSITIVITY, row). */
export function designRow(stream: RandomStream, row: number, out: Float64Array): void {
  stream.seek(row);
  for (let k = 0; k < out.length; k++) out[k] = stream.uniform();
}

/** What is asked of {@link sobolSensitivity}. */
export interface SobolRequest {
  readonly choices: readonly Choice[];
  readonly weights?: readonly WeightChoice[];
  /** Rows N of the design, at least 2; the rankings are N (d + 2) for d inputs. */
  readonly rows: number;
  readonly seed: number;
  /** Bootstrap resamples, at least 1. */
  readonly resamples?: number;
  /** Level of the intervals, above 0 and below 1. */
  readonly level?: number;
}

/** Sobol' indices of a ranking. */
export interface SobolSensitivity {
  /** Codes of the choices, then of the nodes whose weights vary: the inputs, in the order of all indices. */
  readonly inputs: readonly { readonly kind: 'CHOICE' | 'WEIGHT'; readonly code: string }[];
  readonly runs: number;
  /** Of the mean over the cities of |rank − nominal rank|. */
  readonly meanShift: SobolIntervals;
  /** Of each city's rank, in the order of {@link cities}. */
  readonly byCity: readonly SobolIntervals[];
  /** Codes of the cities that the nominal methodology ranks. */
  readonly cities: readonly string[];
  /** Their ranks by it. */
  readonly nominal: Float64Array;
}

/** Default number of bootstrap resamples. */
export const SOBOL_RESAMPLES = 200;
/** Default level of the intervals. */
export const SOBOL_LEVEL = 0.95;

/** Most outputs that are kept: rows × (inputs + 2) × (ranked cities + 1), 8 bytes each. */
export const MAX_SOBOL_OUTPUTS = 25_000_000;

/**
 * Cell operations of {@link sobolSensitivity} over `n` cities: the rankings, and the resampling of every city's indices.
 * @param scored how many of the cities are past the screening, where that is known
 */
export function sobolCost(methodology: Methodology, tree: Tree, n: number, request: SobolRequest, scored = n): number {
  const inputs = request.choices.length + (request.weights?.length ?? 0);
  const { rows } = request;
  return (
    scenarioCost(methodology, tree, n, request.choices, rows * (inputs + 2), scored) +
    (request.resamples ?? SOBOL_RESAMPLES) * rows * (inputs + 2) * (scored + 1)
  );
}

/**
 * How much of the ranking's variation each choice and each weight is responsible for, alone (first-order) and with its
 * interactions (total), on the mean rank shift and for each city by itself. Inputs are independent: each alternative of a
 * choice is equally likely unless its probabilities say otherwise, each weight is uniform about its nominal one. The same seed gives the same bytes. A city
 * that a scenario does not rank counts as one place below the last that it does.
 *
 * Source: Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity analysis techniques as tools for the quality
 * assessment of composite indicators, https://doi.org/10.1111/j.1467-985X.2005.00350.x; OECD/JRC (2008), Handbook, step 7.
 * @throws ScoringError `BAD_INPUT` or `NOT_FOUND` for choices that do not fit; `BUDGET_EXCEEDED` above
 * {@link MAX_SOBOL_OUTPUTS}; `PRECONDITION_FAILED` where two of the
 * alternatives cannot go together, at `choices`, and as the pipeline
 */
export function sobolSensitivity(run: RankingRun, request: SobolRequest): SobolSensitivity {
  return finish(sobolSteps(run, request));
}

/** {@link sobolSensitivity} in steps: one for each row of the design, and one for each output that is resampled. */
export function* sobolSteps(run: RankingRun, request: SobolRequest): Steps<SobolSensitivity> {
  const { choices, weights = [], rows, seed, resamples = SOBOL_RESAMPLES, level = SOBOL_LEVEL } = request;
  checkChoices(run.tree, choices, weights);
  checkNumbers(rows, choices.length + weights.length, resamples, level);
  const runner = new ScenarioRunner(run);
  const d = choices.length + weights.length;
  const ranked = Array.from(runner.nominal.ranks.keys()).filter((i) => !Number.isNaN(at(runner.nominal.ranks, i)));
  const size = rows * (d + 2) * (ranked.length + 1);
  if (size > MAX_SOBOL_OUTPUTS) {
    const allowed = `at most ${String(Math.floor((rows * MAX_SOBOL_OUTPUTS) / size))} rows for these inputs and cities`;
    const message = `The design has ${String(size)} outputs.`;
    throw new ScoringError('BUDGET_EXCEEDED', `rows: ${message} Allowed: ${allowed}.`, [
      { path: 'rows', value: rows, message, allowed },
    ]);
  }
  const outputs = ranked.map(() => emptyOutputs(rows, d));
  const shifts = emptyOutputs(rows, d);
  const model = scenarioOf(runner, choices, weights);
  const total = rows + 1 + outputs.length;
  const design = new Float64Array(2 * d);
  const point = new Float64Array(d);
  const stream = new RandomStream(seed, 'SENSITIVITY');
  const record = (ranks: Float64Array, row: number, part: (outputs: SobolOutputs) => Float64Array): void => {
    const place = placeOf(ranks);
    ranked.forEach((i, c) => (part(itemAt(outputs, c))[row] = place(i)));
    part(shifts)[row] = meanShift(runner.nominal.ranks, ranks);
  };
  for (let row = 0; row < rows; row++) {
    designRow(stream, row, design);
    point.set(design.subarray(0, d));
    const first = model(point);
    record(first.ranks, row, ({ a }) => a);
    for (let k = 0; k < d; k++) {
      const own = at(point, k);
      point[k] = at(design, d + k);
      // The same alternative twice is the same ranking: nothing to compute, and an effect of exactly 0.
      const ranks = model(point, first).ranks;
      record(ranks, row, ({ ab }) => columnAt(ab, k));
      point[k] = own;
    }
    record(model(design.subarray(d)).ranks, row, ({ b }) => b);
    yield { done: row + 1, total };
  }
  const counts = bootstrapCounts(seed, rows, resamples);
  const intervals: SobolIntervals[] = [];
  for (const of of [shifts, ...outputs]) {
    intervals.push(sobolIntervals(of, { centred: true }, counts, level));
    yield { done: rows + intervals.length, total };
  }
  return {
    inputs: [
      ...choices.map(({ code }) => ({ kind: 'CHOICE' as const, code })),
      ...weights.map(({ node }) => ({ kind: 'WEIGHT' as const, code: node })),
    ],
    runs: rows * (d + 2),
    meanShift: itemAt(intervals, 0),
    byCity: intervals.slice(1),
    cities: ranked.map((i) => itemAt(runner.cities, i)),
    nominal: Float64Array.from(ranked, (i) => at(runner.nominal.ranks, i)),
  };
}

/** Rankings that are kept at most. */
const MEMO_SIZE = 4096;

interface Evaluated {
  /** Alternative of each choice, then multiplier of each weight. */
  readonly key: Float64Array;
  readonly ranks: Float64Array;
}

/** The ranking at a point of the unit cube: a choice's number picks its alternative, a weight's its multiplier. */
function scenarioOf(
  runner: ScenarioRunner,
  choices: readonly Choice[],
  weights: readonly WeightChoice[],
): (point: Float64Array, known?: Evaluated) => Evaluated {
  const { tree } = runner.nominal;
  // Without weights only the combinations of alternatives are ever ranked, each once.
  const ranked = new Map<string, Float64Array>();
  return (point, known) => {
    const alternatives: Alternative[] = [];
    const key = new Float64Array(point.length);
    choices.forEach((choice, k) => {
      const picked = alternativeAt(choice, at(point, k));
      alternatives.push(itemAt(choice.alternatives, picked));
      key[k] = picked;
    });
    const multipliers = new Float64Array(tree.nodes.length).fill(1);
    weights.forEach(({ node, share }, w) => {
      const multiplier = 1 + share * (2 * at(point, choices.length + w) - 1);
      multipliers[entryOf(tree.indexOf, node)] = multiplier;
      key[choices.length + w] = multiplier;
    });
    if (known?.key.every((value, k) => value === at(key, k)) === true) return known;
    const names = alternatives.map(({ label }, k) => `${itemAt(choices, k).code} ${label}`);
    const rank = (): Float64Array =>
      namingChoices(names, () => runner.ranks(alternatives, weights.length > 0 ? multipliers : undefined));
    if (weights.length > 0) return { key, ranks: rank() };
    const combination = key.join(' ');
    const ranks = ranked.get(combination) ?? rank();
    if (ranked.size < MEMO_SIZE) ranked.set(combination, ranks);
    return { key, ranks };
  };
}

const emptyOutputs = (rows: number, d: number): SobolOutputs => ({
  a: new Float64Array(rows),
  b: new Float64Array(rows),
  ab: Array.from({ length: d }, () => new Float64Array(rows)),
});

function checkNumbers(rows: number, inputs: number, resamples: number, level: number): void {
  const refuse = (path: string, value: number, allowed: string): never => {
    throw new ScoringError('BAD_INPUT', `${path} is out of range. Allowed: ${allowed}.`, [
      { path, value, message: 'The value is out of range.', allowed },
    ]);
  };
  if (inputs === 0) refuse('choices', 0, 'at least one choice or weight to vary');
  if (!(Number.isInteger(rows) && rows >= 2)) refuse('rows', rows, 'an integer of at least 2');
  if (!(Number.isInteger(resamples) && resamples >= 1)) refuse('resamples', resamples, 'an integer of at least 1');
  if (!(level > 0 && level < 1)) refuse('level', level, 'a number above 0 and below 1');
}
