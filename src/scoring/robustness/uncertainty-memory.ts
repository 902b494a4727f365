import { itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, atInt } from '../numeric/at';
import type { Tree } from '../tree';
import { variantsOf, type UncertaintyPlan } from './plan';
import { DrawEvaluator } from './uncertainty-draws';
import { rankBins, rankStep } from './uncertainty-kernels';
import type { DrawModel } from './uncertainty-model';

/** Bytes of scores that are kept one by one; above it they are counted in {@link SKETCH_BINS} bins for each city. */
export const MAX_SCORE_BYTES = 128 * 2 ** 20;
/** Bins of a city's scores where they are not kept. */
export const SKETCH_BINS = 2048;
/** Draws that the range of the bins is taken from. */
const PILOT_DRAWS = 256;
/** Draws are summed in at most so many blocks, the same for any number of workers. */
const MAX_BLOCKS = 128;
const MIN_BLOCK = 64;

/** What one worker counts in. Whole numbers, least and greatest: the order in which slots are put together does not matter. */
export interface Slot {
  /** n × bins, a row for each city. */
  readonly ranks: Int32Array;
  /** n × n as `countPairs` fills it; empty unless pairs were asked for. */
  readonly pairs: Int32Array;
  /** n × {@link SKETCH_BINS}; empty where scores are kept. */
  readonly sketch: Int32Array;
  /** Least and greatest score of each city, 2 n; empty where scores are kept. */
  readonly range: Float64Array;
}

/** The memory of a run, shared between workers: it grows with the distribution, and with draws only up to a limit. */
export interface DrawMemory {
  readonly blockSize: number;
  readonly blocks: number;
  /** Different ranks that a city can have. */
  readonly bins: number;
  /** From one of them to the next. */
  readonly rankStep: number;
  /** Block after block, in each a row for each city with its scores in the block's draws; empty where there are too many to keep. */
  readonly scores: Float64Array;
  /** Where the bins of each city's scores start and end, 2 n; empty where scores are kept. */
  readonly sketchRange: Float64Array;
  /** For each block and city, Σ (score − nominal) and Σ (score − nominal)²: blocks × n × 2. */
  readonly sums: Float64Array;
  readonly slots: readonly Slot[];
  /** One cell; not 0: stop. */
  readonly stop: Int32Array;
  /** One cell: the first block that no one has taken. */
  readonly next: Int32Array;
}

/** A block for the caller to make, which no one else is given; null where none is left, or the run is to stop. */
export function takeBlock({ next, stop, blocks }: DrawMemory): number | null {
  if (Atomics.load(stop, 0) !== 0) return null;
  const block = Atomics.add(next, 0, 1);
  return block < blocks ? block : null;
}

/** Whether there are blocks that no one has taken. */
export function blocksAreLeft({ next, blocks }: DrawMemory): boolean {
  return Atomics.load(next, 0) < blocks;
}

const sharedDoubles = (length: number): Float64Array => new Float64Array(new SharedArrayBuffer(length * 8));
const sharedInts = (length: number): Int32Array => new Int32Array(new SharedArrayBuffer(length * 4));

/** Every cell is written before it is read, so that what is left in the memory does not matter. */
function doublesIn(spare: SharedArrayBuffer | null, length: number): Float64Array {
  return spare !== null && spare.byteLength >= 8 * length ? new Float64Array(spare, 0, length) : sharedDoubles(length);
}

/** Bytes that {@link createMemory} will take. */
export function memoryBytes(n: number, bins: number, plan: UncertaintyPlan, slots: number): number {
  const kept = keepsScores(n, plan.draws);
  const slot = 4 * n * bins + (plan.pairs ? 4 * n * n : 0) + (kept ? 0 : 4 * n * SKETCH_BINS + 16 * n);
  return slots * slot + (kept ? 8 * n * plan.draws : 16 * n) + 16 * n * blocksOf(plan.draws).blocks;
}

/**
 * Bytes that a run over `n` scored cities takes: the normalised leaves and scores of every recipe of the plan, and what the slots
 * count in.
 */
export function runBytes(tree: Tree, methodology: Methodology, n: number, plan: UncertaintyPlan, slots = 1): number {
  const { methodologies } = variantsOf(methodology, plan.choices);
  // Recipes of one plan share the stages that no choice changes, and each alternative is one object.
  const numbers = new Map<object, number>();
  const numberOf = (stage: object): number => {
    const number = numbers.get(stage) ?? numbers.size;
    numbers.set(stage, number);
    return number;
  };
  const tables = new Set(
    methodologies.map(({ impute, treat, normalise }) => [impute, treat, normalise].map(numberOf).join(' ')),
  );
  const recipes = 8 * n * (tables.size * tree.leaves.length + methodologies.length);
  return recipes + memoryBytes(n, rankBins(n, methodology.rank), plan, slots);
}

function keepsScores(n: number, draws: number): boolean {
  return n * draws * Float64Array.BYTES_PER_ELEMENT <= MAX_SCORE_BYTES;
}

function blocksOf(draws: number): { readonly blockSize: number; readonly blocks: number } {
  const blockSize = Math.max(MIN_BLOCK, Math.ceil(draws / MAX_BLOCKS));
  return { blockSize, blocks: Math.ceil(draws / blockSize) };
}

/**
 * Takes the memory of a run for a number of workers. Where scores are not kept, the first draws are made to find their range.
 * @param spare memory for scores that a run which is over has left, used again where it is large enough
 */
export function createMemory(
  model: DrawModel,
  plan: UncertaintyPlan,
  slots: number,
  spare: SharedArrayBuffer | null = null,
): DrawMemory {
  const n = model.codes.length;
  const { rank } = itemAt(model.variants, 0).methodology;
  const bins = rankBins(n, rank);
  const kept = keepsScores(n, plan.draws);
  const { blockSize, blocks } = blocksOf(plan.draws);
  return {
    blockSize,
    blocks,
    bins,
    rankStep: rankStep(rank),
    scores: kept ? doublesIn(spare, plan.draws * n) : new Float64Array(0),
    sketchRange: kept ? new Float64Array(0) : pilotRange(model, plan),
    sums: sharedDoubles(blocks * n * 2),
    slots: Array.from({ length: slots }, () => ({
      ranks: sharedInts(n * bins),
      pairs: sharedInts(plan.pairs ? n * n : 0),
      sketch: sharedInts(kept ? 0 : n * SKETCH_BINS),
      range: rangeOfNothing(kept ? 0 : n),
    })),
    stop: sharedInts(1),
    next: sharedInts(1),
  };
}

function rangeOfNothing(n: number): Float64Array {
  const range = sharedDoubles(2 * n);
  for (let i = 0; i < n; i++) range.set([Infinity, -Infinity], 2 * i);
  return range;
}

/** Half as wide again, on either side, as the scores of the first draws. */
function pilotRange(model: DrawModel, plan: UncertaintyPlan): Float64Array {
  const n = model.codes.length;
  const range = rangeOfNothing(n);
  const evaluator = new DrawEvaluator(model, plan);
  for (let draw = 0; draw < Math.min(PILOT_DRAWS, plan.draws); draw++) widen(range, evaluator.evaluate(draw).scores);
  for (let i = 0; i < n; i++) {
    const [low = 0, high = 0] = range.subarray(2 * i, 2 * i + 2);
    if (low > high) continue;
    const margin = (high - low) / 2;
    range[2 * i] = low - margin;
    range[2 * i + 1] = high + margin;
  }
  return range;
}

/** Takes a draw's scores into each city's least and greatest; `NaN` is passed over. */
function widen(range: Float64Array, scores: Float64Array): void {
  for (let i = 0; i < scores.length; i++) {
    const score = at(scores, i);
    if (score < at(range, 2 * i)) range[2 * i] = score;
    if (score > at(range, 2 * i + 1)) range[2 * i + 1] = score;
  }
}

/** Counts a draw's scores in the bins of a slot; `NaN` is passed over. What lies outside the bins goes to the first or the last. */
export function sketchScores(scores: Float64Array, ranges: Float64Array, slot: Slot): void {
  widen(slot.range, scores);
  for (let i = 0; i < scores.length; i++) {
    const score = at(scores, i);
    if (score !== score) continue;
    const low = at(ranges, 2 * i);
    const bin = Math.floor(((score - low) / (at(ranges, 2 * i + 1) - low)) * SKETCH_BINS);
    // The first also where the range is of one value or of none.
    const cell = i * SKETCH_BINS + (bin >= 0 ? Math.min(bin, SKETCH_BINS - 1) : 0);
    slot.sketch[cell] = atInt(slot.sketch, cell) + 1;
  }
}
