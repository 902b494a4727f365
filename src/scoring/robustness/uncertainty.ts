import { at, atInt } from '../numeric/at';
import type { PanelRun } from '../pipeline';
import type { UncertaintyPlan } from './plan';
import { summarise, quantileShares, sketchQuantiles, type CentralWeights, type UncertaintyResult } from './statistics';
import { DrawEvaluator } from './uncertainty-draws';
import { countPairs, DrawRanker, scoreQuantiles } from './uncertainty-kernels';
import { createMemory, SKETCH_BINS, widen, type DrawMemory, type Slot } from './uncertainty-memory';
import { prepareUncertainty, type DrawModel } from './uncertainty-model';

/** Weights summed over the draws of a block in which a city came first. */
export interface BlockFirsts {
  readonly block: number;
  readonly city: number;
  readonly draws: number;
  /** Sums of weights among siblings, by node. */
  readonly weights: Float64Array;
}

/**
 * Makes the draws of some blocks and counts them in a slot of the memory, which no one else may use at the same time. The
 * blocks can be shared out among any number of callers in any order.
 * @returns the weights that made cities first, where the plan asks for them
 */
export function runBlocks(
  model: DrawModel,
  plan: UncertaintyPlan,
  memory: DrawMemory,
  slotIndex: number,
  from: number,
  to: number,
): BlockFirsts[] {
  const slot = memory.slots[slotIndex];
  const variant = model.variants[0];
  if (slot === undefined || variant === undefined) throw new Error('There is no such slot.');
  const evaluator = new DrawEvaluator(model, plan);
  const ranker = new DrawRanker(model.codes, variant.methodology.rank);
  const firsts: BlockFirsts[] = [];
  for (let block = from; block < to; block++) {
    if (Atomics.load(memory.stop, 0) !== 0) return firsts;
    const ofBlock = new Map<number, { draws: number; readonly weights: Float64Array }>();
    const end = Math.min(plan.draws, (block + 1) * memory.blockSize);
    for (let draw = block * memory.blockSize; draw < end; draw++) {
      const { scores, lowerIsBetter, weights } = evaluator.evaluate(draw);
      ranker.rank(scores, lowerIsBetter);
      countRanks(ranker.bins, memory.bins, slot.ranks);
      if (plan.pairs) countPairs(ranker.places, slot.pairs);
      takeScores(scores, draw, block, model, memory, slot);
      if (plan.centralWeights) takeFirsts(ranker.places, weights, ofBlock);
    }
    for (const [city, sums] of ofBlock) firsts.push({ block, city, ...sums });
  }
  return firsts;
}

function countRanks(ranks: Int32Array, bins: number, counts: Int32Array): void {
  for (let i = 0; i < ranks.length; i++) {
    const bin = atInt(ranks, i);
    if (bin < 0) continue;
    const cell = i * bins + bin;
    counts[cell] = atInt(counts, cell) + 1;
  }
}

function takeScores(
  scores: Float64Array,
  draw: number,
  block: number,
  { nominal }: DrawModel,
  memory: DrawMemory,
  slot: Slot,
): void {
  const n = scores.length;
  const row = block * n * 2;
  const { sums } = memory;
  for (let i = 0; i < n; i++) {
    const score = at(scores, i);
    if (score !== score) continue;
    const own = at(nominal.scores, i);
    // Sums are taken around the nominal score, so that squares do not swamp a small spread.
    const shift = own === own ? score - own : score;
    const cell = row + 2 * i;
    sums[cell] = at(sums, cell) + shift;
    sums[cell + 1] = at(sums, cell + 1) + shift * shift;
  }
  if (memory.scores.length > 0) {
    memory.scores.set(scores, draw * n);
    return;
  }
  widen(slot.range, scores);
  for (let i = 0; i < n; i++) {
    const score = at(scores, i);
    if (score !== score) continue;
    const bin = sketchBin(score, at(memory.sketchRange, 2 * i), at(memory.sketchRange, 2 * i + 1));
    const cell = i * SKETCH_BINS + bin;
    slot.sketch[cell] = atInt(slot.sketch, cell) + 1;
  }
}

function sketchBin(score: number, low: number, high: number): number {
  const bin = Math.floor(((score - low) / (high - low)) * SKETCH_BINS);
  // Also where the range is of one value or of none.
  return bin >= 0 ? Math.min(bin, SKETCH_BINS - 1) : 0;
}

function takeFirsts(
  places: Int32Array,
  weights: Float64Array,
  firsts: Map<number, { draws: number; readonly weights: Float64Array }>,
): void {
  for (let i = 0; i < places.length; i++) {
    if (atInt(places, i) !== 1) continue;
    let sums = firsts.get(i);
    if (sums === undefined) {
      sums = { draws: 0, weights: new Float64Array(weights.length) };
      firsts.set(i, sums);
    }
    sums.draws++;
    for (let k = 0; k < weights.length; k++) sums.weights[k] = at(sums.weights, k) + at(weights, k);
  }
}

/**
 * Quantiles of the scores of cities `from` to `to`, a row for each city and a column for each of {@link quantileShares}.
 * To be called once all blocks are done; cities can be shared out among any number of callers.
 */
export function quantilesOfCities(
  model: DrawModel,
  plan: UncertaintyPlan,
  memory: DrawMemory,
  from: number,
  to: number,
): Float64Array {
  const shares = quantileShares(plan);
  return memory.scores.length > 0
    ? scoreQuantiles(memory.scores, model.codes.length, from, to, shares)
    : sketchQuantiles(memory, from, to, shares);
}

/** Central weights from all blocks' sums: added in the order of the blocks, whoever made them. */
export function centralWeightsOf(firsts: readonly BlockFirsts[]): CentralWeights[] {
  const byCity = new Map<number, { draws: number; readonly weights: Float64Array }>();
  for (const { city, draws, weights } of [...firsts].sort((a, b) => a.block - b.block)) {
    const sums = byCity.get(city) ?? { draws: 0, weights: new Float64Array(weights.length) };
    byCity.set(city, sums);
    sums.draws += draws;
    for (let k = 0; k < weights.length; k++) sums.weights[k] = at(sums.weights, k) + at(weights, k);
  }
  return [...byCity]
    .map(([city, { draws, weights }]) => ({ city, draws, weights: weights.map((sum) => sum / draws) }))
    .sort((a, b) => b.draws - a.draws || a.city - b.city);
}

/**
 * Ranks the cities again and again with the uncertain parts drawn, on the calling thread.
 * @throws ScoringError as the pipeline for any recipe that the choices lead to
 */
export function runUncertainty(run: PanelRun, plan: UncertaintyPlan): UncertaintyResult {
  const model = prepareUncertainty(run, plan);
  const memory = createMemory(model, plan, 1);
  const firsts = runBlocks(model, plan, memory, 0, 0, memory.blocks);
  const quantiles = quantilesOfCities(model, plan, memory, 0, model.codes.length);
  return summarise(model, plan, memory, quantiles, centralWeightsOf(firsts));
}
