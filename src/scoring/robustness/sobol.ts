import type { LeafColumns } from '../aggregate';
import { refuseAt } from '../errors';
import { entryOf, itemAt } from '../lookup';
import { at, atInt } from '../numeric/at';
import { RandomStream } from '../numeric/random';
import { quantileSorted } from '../numeric/statistics';
import type { Methodology } from '../methodology';
import { leafStagesOf, pipelineCost } from '../pipeline';
import type { Tree } from '../tree';
import {
  alternativeAt,
  checkChoices,
  namingChoices,
  type Alternative,
  type Choice,
  type WeightChoice,
} from './choices';
import { NoisyData } from './data-noise';
import type { DataNoise } from './plan';
import { scenarioCost, ScenarioRunner, type RankingRun, type Scenario } from './scenario';
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
  return weightedIndices(outputs, changesOf(outputs), null, centred);
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
  const changes = changesOf(outputs);
  const resampled = counts.map((count) => weightedIndices(outputs, changes, count, estimator.centred));
  const tail = (1 - level) / 2;
  const intervals = (values: (indices: SobolIndices) => Float64Array): { low: Float64Array; high: Float64Array } => {
    const low = new Float64Array(changes.length);
    const high = new Float64Array(changes.length);
    const sorted = new Float64Array(resampled.length);
    for (let k = 0; k < changes.length; k++) {
      for (let r = 0; r < sorted.length; r++) sorted[r] = at(values(itemAt(resampled, r)), k);
      sorted.sort();
      low[k] = quantileSorted(sorted, tail);
      high[k] = quantileSorted(sorted, 1 - tail);
    }
    return { low, high };
  };
  const first = intervals((indices) => indices.first);
  const total = intervals((indices) => indices.total);
  return {
    ...weightedIndices(outputs, changes, null, estimator.centred),
    firstLow: first.low,
    firstHigh: first.high,
    totalLow: total.low,
    totalHigh: total.high,
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

/** The rows in which an input's change changes the output: few, where the output is a rank. */
interface Changes {
  readonly rows: Int32Array;
  /** Of each, AB less A. */
  readonly by: Float64Array;
}

function changesOf({ a, ab }: SobolOutputs): Changes[] {
  return ab.map((mixed) => {
    const rows = Int32Array.from(a.keys()).filter((r) => at(mixed, r) !== at(a, r));
    return { rows, by: Float64Array.from(rows, (r) => at(mixed, r) - at(a, r)) };
  });
}

/** Indices where row r stands `counts[r]` times; once each where `counts` is null. */
function weightedIndices(
  { a, b }: SobolOutputs,
  changes: readonly Changes[],
  counts: Int32Array | null,
  centred: boolean,
): SobolIndices {
  const rows = a.length;
  let sum = 0;
  for (let r = 0; r < rows; r++) sum += (counts === null ? 1 : atInt(counts, r)) * (at(a, r) + at(b, r));
  const mean = sum / (2 * rows);
  let squares = 0;
  for (let r = 0; r < rows; r++) {
    const x = at(a, r) - mean;
    const y = at(b, r) - mean;
    squares += (counts === null ? 1 : atInt(counts, r)) * (x * x + y * y);
  }
  const variance = squares / (2 * rows - 1);
  const first = new Float64Array(changes.length);
  const total = new Float64Array(changes.length);
  const centre = centred ? mean : 0;
  if (variance > 0)
    changes.forEach(({ rows: changed, by }, k) => {
      let products = 0;
      let shifts = 0;
      for (let c = 0; c < changed.length; c++) {
        const r = atInt(changed, c);
        const change = at(by, c);
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
  /** How observed values vary, all together one more input; null or left out: they stay as observed. */
  readonly noise?: DataNoise | null;
  /** Rows N of the design, at least 2; the rankings are N (d + 2) for d inputs. */
  readonly rows: number;
  readonly seed: number;
  /** Bootstrap resamples, at least 1. */
  readonly resamples?: number;
  /** Level of the intervals, above 0 and below 1. */
  readonly level?: number;
}

/** Something that varies. */
export interface SobolInput {
  readonly kind: 'CHOICE' | 'WEIGHT' | 'NOISE';
  /** Of the choice, or of the node; {@link NOISE_INPUT} for the noise on the data. */
  readonly code: string;
}

/** Code of the input that is the noise on the data. */
export const NOISE_INPUT = 'noise';

/** Sobol' indices of a ranking. */
export interface SobolSensitivity {
  /** The choices, then the nodes whose weights vary, then the noise: the inputs, in the order of all indices. */
  readonly inputs: readonly SobolInput[];
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
  const { rows, choices, noise = null } = request;
  const inputs = inputsOf(request).length;
  // Noise is drawn for A and B, and again for each choice that changes a stage before the aggregation.
  const noisy = noise === null ? 0 : rows * (choices.filter(changesLeaves).length + 3);
  return (
    scenarioCost(methodology, tree, n, choices, rows * (inputs + 2), scored, true) +
    noisy * (pipelineCost(methodology, tree, n) + 4 * n * tree.leaves.length) +
    (request.resamples ?? SOBOL_RESAMPLES) * rows * (inputs + 2) * (scored + 1)
  );
}

function changesLeaves({ alternatives }: Choice): boolean {
  return alternatives.some(({ change: { impute, treat, normalise } }) => (impute ?? treat ?? normalise) !== undefined);
}

function inputsOf({ choices, weights = [], noise = null }: SobolRequest): SobolInput[] {
  return [
    ...choices.map(({ code }) => ({ kind: 'CHOICE' as const, code })),
    ...weights.map(({ node }) => ({ kind: 'WEIGHT' as const, code: node })),
    ...(noise === null ? [] : [{ kind: 'NOISE' as const, code: NOISE_INPUT }]),
  ];
}

/**
 * How much of the ranking's variation each choice, each weight and the noise on the data is responsible for, alone (first-order)
 * and with its interactions (total), on the mean rank shift and for each city by itself. Inputs are independent: each alternative
 * of a choice is equally likely unless its probabilities say otherwise, each weight is uniform about its nominal one, and the
 * noise of all cells together is one input. The same seed gives the same bytes. A city that a scenario does not rank counts as
 * one place below the last that it does.
 *
 * Source: Saisana, Saltelli and Tarantola (2005), Uncertainty and sensitivity analysis techniques as tools for the quality
 * assessment of composite indicators, https://doi.org/10.1111/j.1467-985X.2005.00350.x; OECD/JRC (2008), Handbook, step 7.
 * @throws ScoringError as {@link sobolOutputs}, and as the pipeline; `PRECONDITION_FAILED` where two of the alternatives cannot
 * go together, at `choices`
 */
export function sobolSensitivity(run: RankingRun, request: SobolRequest): SobolSensitivity {
  const runner = new ScenarioRunner(run);
  const ranked = rankedOf(runner.nominal.ranks);
  const outputs = sobolOutputs(run.tree, request, ranked.length);
  finish(sobolRowSteps(run, request, outputs, 0, request.rows));
  const intervals = finish(sobolIntervalSteps(request, outputs, 0, ranked.length + 1));
  const codes = ranked.map((i) => itemAt(runner.cities, i));
  return sobolOf(
    request,
    intervals,
    codes,
    Float64Array.from(ranked, (i) => at(runner.nominal.ranks, i)),
  );
}

/** Indices of the cities that have a rank. */
function rankedOf(ranks: Float64Array): number[] {
  return Array.from(ranks.keys()).filter((i) => !Number.isNaN(at(ranks, i)));
}

/**
 * Checks a request, and takes the memory for the outputs of its design, shared so that several threads can fill it. For each
 * output (the mean shift, then the ranks of the `ranked` cities) a row for A, B and each AB, with a cell for each row of the
 * design.
 * @throws ScoringError `BAD_INPUT` or `NOT_FOUND` for choices that do not fit; `BUDGET_EXCEEDED` above
 * {@link MAX_SOBOL_OUTPUTS}
 */
export function sobolOutputs(tree: Tree, request: SobolRequest, ranked: number): Float64Array {
  checkSobol(tree, request, ranked);
  return new Float64Array(new SharedArrayBuffer(sobolBytes(request, ranked)));
}

/** Bytes that the outputs of {@link sobolSensitivity} take over so many ranked cities. */
export function sobolBytes(request: SobolRequest, ranked: number): number {
  return request.rows * (inputsOf(request).length + 2) * (ranked + 1) * Float64Array.BYTES_PER_ELEMENT;
}

/** @throws ScoringError as {@link sobolOutputs} */
export function checkSobol(tree: Tree, request: SobolRequest, ranked: number): void {
  const { choices, weights = [], noise = null, rows, resamples = SOBOL_RESAMPLES, level = SOBOL_LEVEL } = request;
  checkChoices(tree, choices, weights);
  const inputs = inputsOf(request).length;
  checkNumbers(rows, inputs, resamples, level);
  if (noise !== null && !(noise.share >= 0 && noise.share <= 1))
    refuseAt('BAD_INPUT', 'noise.share', noise.share, 'The value is out of range.', 'a share from 0 to 1');
  const size = rows * (inputs + 2) * (ranked + 1);
  if (size > MAX_SOBOL_OUTPUTS) {
    const most = String(Math.floor((rows * MAX_SOBOL_OUTPUTS) / size));
    const message = `The design has ${String(size)} outputs.`;
    refuseAt('BUDGET_EXCEEDED', 'rows', rows, message, `at most ${most} rows for these inputs and cities`);
  }
}

/** The outputs of one quantity. */
function outputsOf(outputs: Float64Array, rows: number, inputs: number, output: number): SobolOutputs {
  const column = (c: number): Float64Array => {
    const start = (output * (inputs + 2) + c) * rows;
    return outputs.subarray(start, start + rows);
  };
  return { a: column(0), b: column(1), ab: Array.from({ length: inputs }, (_, k) => column(2 + k)) };
}

/**
 * Ranks by the rows `from` to `to` of the design, in steps, one for each row. What a row comes to depends on no other, so that
 * rows can be shared out among any number of callers.
 * @param outputs as {@link sobolOutputs} gives it; the cells of these rows are written to
 * @throws ScoringError as {@link sobolSensitivity}
 */
export function* sobolRowSteps(
  run: RankingRun,
  request: SobolRequest,
  outputs: Float64Array,
  from: number,
  to: number,
): Steps<null> {
  const { choices, weights = [], noise = null, rows, seed } = request;
  const runner = new ScenarioRunner(run);
  const nominal = runner.nominal.ranks;
  const ranked = rankedOf(nominal);
  const inputs = inputsOf(request).length;
  const varied = choices.length + weights.length;
  const record = (ranks: Float64Array, row: number, column: number): void => {
    const place = placeOf(ranks);
    const write = (output: number, value: number): void => {
      outputs[(output * (inputs + 2) + column) * rows + row] = value;
    };
    write(0, meanShift(nominal, ranks));
    ranked.forEach((i, c) => {
      write(1 + c, place(i));
    });
  };
  const model = new DesignModel(runner, choices, weights, noisyData(run, seed, noise));
  const design = new Float64Array(2 * varied);
  const point = new Float64Array(varied);
  const stream = new RandomStream(seed, 'SENSITIVITY');
  for (let row = from; row < to; row++) {
    designRow(stream, row, design);
    point.set(design.subarray(0, varied));
    // The noise of A and of B are two draws of their own.
    const [own, other] = [2 * row, 2 * row + 1];
    const first = model.rank(point, own);
    record(first.ranks, row, 0);
    for (let k = 0; k < varied; k++) {
      const kept = at(point, k);
      point[k] = at(design, varied + k);
      // The same alternative twice is the same ranking: nothing to compute, and an effect of exactly 0.
      record(model.rank(point, own, first).ranks, row, 2 + k);
      point[k] = kept;
    }
    if (noise !== null) record(model.rank(point, other).ranks, row, 2 + varied);
    record(model.rank(design.subarray(varied), other).ranks, row, 1);
    yield { done: row + 1 - from, total: to - from };
  }
  return null;
}

function noisyData(run: RankingRun, seed: number, noise: DataNoise | null): NoisyData | null {
  if (noise === null) return null;
  if ('panel' in run) return new NoisyData(seed, noise, run.panel, leafStagesOf(run));
  return refuseAt('BAD_INPUT', 'noise', null, 'A single table says nothing of how its values vary.', 'no noise');
}

/** Indices of the outputs `from` to `to`, the mean shift the first of all, in steps, one for each. */
export function* sobolIntervalSteps(
  request: SobolRequest,
  outputs: Float64Array,
  from: number,
  to: number,
): Steps<SobolIntervals[]> {
  const { rows, seed, resamples = SOBOL_RESAMPLES, level = SOBOL_LEVEL } = request;
  const inputs = inputsOf(request).length;
  const counts = bootstrapCounts(seed, rows, resamples);
  const intervals: SobolIntervals[] = [];
  for (let output = from; output < to; output++) {
    intervals.push(sobolIntervals(outputsOf(outputs, rows, inputs, output), { centred: true }, counts, level));
    yield { done: output + 1 - from, total: to - from };
  }
  return intervals;
}

/**
 * Puts indices together.
 * @param intervals of the mean shift, then of the cities
 * @param cities codes of the cities that the nominal methodology ranks, with their ranks
 */
export function sobolOf(
  request: SobolRequest,
  intervals: readonly SobolIntervals[],
  cities: readonly string[],
  nominal: Float64Array,
): SobolSensitivity {
  const inputs = inputsOf(request);
  const runs = request.rows * (inputs.length + 2);
  return { inputs, runs, meanShift: itemAt(intervals, 0), byCity: intervals.slice(1), cities, nominal };
}

/** Rankings and prepared scenarios that are kept at most. */
const MEMO_SIZE = 1024;

interface Evaluated {
  /** Alternative of each choice, then multiplier of each weight. */
  readonly key: Float64Array;
  readonly ranks: Float64Array;
}

/** The ranking at a point of the unit cube: a choice's number picks its alternative, a weight's its multiplier. */
class DesignModel {
  readonly #multipliers: Float64Array;
  readonly #nodes: readonly number[];
  /** By combination of alternatives, for the data as observed. */
  readonly #scenarios = new Map<string, Scenario>();
  /** Without weights only the combinations of alternatives are ever ranked, each once. */
  readonly #ranked = new Map<string, Float64Array>();
  /** The same for one draw of the noise, which several points of a row share. */
  #noisy: {
    readonly draw: number;
    readonly leaves: Map<string, LeafColumns>;
    readonly scenarios: Map<string, Scenario>;
  };

  constructor(
    private readonly runner: ScenarioRunner,
    private readonly choices: readonly Choice[],
    private readonly weights: readonly WeightChoice[],
    private readonly noise: NoisyData | null,
  ) {
    const { tree } = runner.nominal;
    this.#multipliers = new Float64Array(tree.nodes.length).fill(1);
    this.#nodes = weights.map(({ node }) => entryOf(tree.indexOf, node));
    this.#noisy = { draw: -1, leaves: new Map(), scenarios: new Map() };
  }

  /**
   * @param draw of the noise
   * @param known what another point with the same draw came to, which is returned where the two are alike
   */
  rank(point: Float64Array, draw: number, known?: Evaluated): Evaluated {
    const { choices, weights } = this;
    const key = new Float64Array(point.length);
    for (let k = 0; k < choices.length; k++) key[k] = alternativeAt(itemAt(choices, k), at(point, k));
    for (let w = 0; w < weights.length; w++) {
      const multiplier = 1 + itemAt(weights, w).share * (2 * at(point, choices.length + w) - 1);
      key[choices.length + w] = multiplier;
      this.#multipliers[itemAt(this.#nodes, w)] = multiplier;
    }
    if (known?.key.every((value, k) => value === at(key, k)) === true) return known;
    const picked = key.subarray(0, choices.length);
    const alternatives = choices.map((choice, k) => itemAt(choice.alternatives, at(picked, k)));
    const names = (): string[] => alternatives.map(({ label }, k) => `${itemAt(choices, k).code} ${label}`);
    const ranks = namingChoices(names, () => this.#ranks(picked.join(' '), alternatives, draw));
    return { key, ranks };
  }

  #ranks(combination: string, alternatives: readonly Alternative[], draw: number): Float64Array {
    if (this.noise !== null) return this.#noisyScenario(this.noise, combination, alternatives, draw).ranks(this.#given);
    if (this.weights.length > 0) return this.#scenario(combination, alternatives).ranks(this.#given);
    const ranks = this.#ranked.get(combination) ?? this.runner.ranks(alternatives);
    if (this.#ranked.size < MEMO_SIZE) this.#ranked.set(combination, ranks);
    return ranks;
  }

  get #given(): Float64Array | undefined {
    return this.weights.length > 0 ? this.#multipliers : undefined;
  }

  #scenario(combination: string, alternatives: readonly Alternative[]): Scenario {
    const scenario = this.#scenarios.get(combination) ?? this.runner.scenario(alternatives);
    if (this.#scenarios.size < MEMO_SIZE) this.#scenarios.set(combination, scenario);
    return scenario;
  }

  #noisyScenario(noise: NoisyData, combination: string, alternatives: readonly Alternative[], draw: number): Scenario {
    if (this.#noisy.draw !== draw) this.#noisy = { draw, leaves: new Map(), scenarios: new Map() };
    const { leaves, scenarios } = this.#noisy;
    const known = scenarios.get(combination);
    if (known) return known;
    const scenario = this.runner.scenario(alternatives, (methodology) => {
      const stages = JSON.stringify([methodology.impute, methodology.treat, methodology.normalise]);
      const columns = leaves.get(stages) ?? noise.leavesOf(draw, methodology);
      leaves.set(stages, columns);
      return columns;
    });
    scenarios.set(combination, scenario);
    return scenario;
  }
}

function checkNumbers(rows: number, inputs: number, resamples: number, level: number): void {
  const outOfRange = (path: string, value: number, allowed: string): never =>
    refuseAt('BAD_INPUT', path, value, 'The value is out of range.', allowed);
  if (inputs === 0) outOfRange('choices', 0, 'at least one choice or weight to vary');
  if (!(Number.isInteger(rows) && rows >= 2)) outOfRange('rows', rows, 'an integer of at least 2');
  if (!(Number.isInteger(resamples) && resamples >= 1)) outOfRange('resamples', resamples, 'an integer of at least 1');
  if (!(level > 0 && level < 1)) outOfRange('level', level, 'a number above 0 and below 1');
}
