import { itemAt } from '../lookup';
import { at, atInt } from '../numeric/at';
import type { PanelRun } from '../pipeline';
import type { UncertaintyPlan } from './plan';
import { drawKernelFor, type DrawKernel } from './draw-kernel';
import {
  quantileShares,
  sketchQuantiles,
  summarise,
  summariseCities,
  type CentralWeights,
  type CitiesSummary,
  type UncertaintyResult,
} from './statistics';
import { DrawEvaluator } from './uncertainty-draws';
import { countPairs, DrawRanker, scoreQuantiles } from './uncertainty-kernels';
import { createMemory, sketchScores, type DrawMemory, type Slot } from './uncertainty-memory';
import { prepareUncertainty, type DrawModel } from './uncertainty-model';

/** What is kept of the draws in which a city came first. */
interface Firsts {
  draws: number;
  /** Means of weights among siblings, by node. */
  readonly means: Float64Array;
  /** Sums of their squared distances from the means. */
  readonly squares: Float64Array;
}

/** The draws of a block in which a city came first. */
export interface BlockFirsts extends Readonly<Firsts> {
  readonly block: number;
  readonly city: number;
}

function firstsOf(firsts: Map<number, Firsts>, city: number, nodes: number): Firsts {
  const known = firsts.get(city);
  if (known) return known;
  const none = { draws: 0, means: new Float64Array(nodes), squares: new Float64Array(nodes) };
  firsts.set(city, none);
  return none;
}

/**
 * Takes the means and squares of other draws into those of some (Chan, Golub and LeVeque 1983, Algorithms for computing the
 * sample variance, https://doi.org/10.1080/00031305.1983.10483115). Weights that never vary keep their mean to the last bit,
 * and squares of exactly 0.
 */
function join(some: Firsts, draws: number, means: Float64Array, squares: Float64Array | null): void {
  const total = some.draws + draws;
  const share = draws / total;
  for (let k = 0; k < means.length; k++) {
    const distance = at(means, k) - at(some.means, k);
    some.means[k] = at(some.means, k) + distance * share;
    some.squares[k] =
      at(some.squares, k) + (squares === null ? 0 : at(squares, k)) + distance * distance * some.draws * share;
  }
  some.draws = total;
}

/** Makes draws, block by block, and counts them in a slot of the memory, which no one else may use at the same time. */
export class BlockRunner {
  readonly #slot: Slot;
  readonly #evaluator: DrawEvaluator;
  readonly #kernel: DrawKernel | null;
  readonly #ranker: DrawRanker;
  /** Scores of a block, a row for each draw; empty where the kernel has them or none are kept. */
  readonly #rows: Float64Array;

  /** @param kernels false: the TypeScript kernels even where the WebAssembly ones could be used; the result is the same */
  constructor(
    private readonly model: DrawModel,
    private readonly plan: UncertaintyPlan,
    private readonly memory: DrawMemory,
    slotIndex: number,
    kernels = true,
  ) {
    this.#slot = itemAt(memory.slots, slotIndex);
    this.#evaluator = new DrawEvaluator(model, plan);
    this.#kernel = kernels ? drawKernelFor(model, plan, memory, this.#evaluator, this.#slot) : null;
    this.#ranker = new DrawRanker(model.codes, itemAt(model.variants, 0).methodology.rank);
    const held = this.#kernel === null && memory.scores.length > 0;
    this.#rows = new Float64Array(held ? model.codes.length * memory.blockSize : 0);
  }

  /**
   * Makes the draws of a block. Blocks can be shared out among any number of runners in any order.
   * @returns the weights that made cities first, where the plan asks for them
   */
  run(block: number): BlockFirsts[] {
    const { plan, memory } = this;
    const slot = this.#slot;
    const firsts = new Map<number, Firsts>();
    const observe = (places: Int32Array, weights: () => Float64Array): void => {
      if (plan.pairs) countPairs(places, slot.pairs);
      if (plan.centralWeights) takeFirsts(places, weights(), firsts);
    };
    const start = block * memory.blockSize;
    const count = Math.min(plan.draws - start, memory.blockSize);
    if (this.#kernel === null) this.runPlainly(block, start, count, observe);
    else this.#kernel.runBlock(block, start, count, slot, plan.pairs || plan.centralWeights ? observe : null);
    return [...firsts].map(([city, sums]) => ({ block, city, ...sums }));
  }

  /** Hands over what is not in the slot yet. To be called before anyone looks at it. */
  finish(): void {
    this.#kernel?.handOver(this.#slot.ranks);
  }

  private runPlainly(
    block: number,
    start: number,
    count: number,
    observe: (places: Int32Array, weights: () => Float64Array) => void,
  ): void {
    const { memory, model } = this;
    const ranker = this.#ranker;
    // A draw with noise may take long: a run that is stopped, whose counts are of no use, stops between two of them.
    for (let k = 0; k < count && Atomics.load(memory.stop, 0) === 0; k++) {
      const { scores, lowerIsBetter, tieBreaker, weights } = this.#evaluator.evaluate(start + k);
      ranker.rank(scores, lowerIsBetter, tieBreaker);
      countRanks(ranker.bins, memory.bins, this.#slot.ranks);
      sumScores(scores, model.nominal.scores, block, memory.sums);
      if (this.#rows.length > 0) this.#rows.set(scores, k * scores.length);
      else sketchScores(scores, memory.sketchRange, this.#slot);
      observe(ranker.places, () => weights);
    }
    keepScores(this.#rows, start, count, model.codes.length, memory.scores);
  }
}

/**
 * Makes the draws of blocks `from` to `to`, as a {@link BlockRunner} does.
 * @param kernels false: the TypeScript kernels even where the WebAssembly ones could be used; the result is the same
 */
export function runBlocks(
  model: DrawModel,
  plan: UncertaintyPlan,
  memory: DrawMemory,
  slotIndex: number,
  from: number,
  to: number,
  kernels = true,
): BlockFirsts[] {
  const runner = new BlockRunner(model, plan, memory, slotIndex, kernels);
  const firsts: BlockFirsts[] = [];
  for (let block = from; block < to && Atomics.load(memory.stop, 0) === 0; block++) firsts.push(...runner.run(block));
  runner.finish();
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

function sumScores(scores: Float64Array, nominal: Float64Array, block: number, sums: Float64Array): void {
  const row = block * scores.length * 2;
  for (let i = 0; i < scores.length; i++) {
    const score = at(scores, i);
    if (score !== score) continue;
    const own = at(nominal, i);
    // Sums are taken around the nominal score, so that squares do not swamp a small spread.
    const shift = own === own ? score - own : score;
    const cell = row + 2 * i;
    sums[cell] = at(sums, cell) + shift;
    sums[cell + 1] = at(sums, cell + 1) + shift * shift;
  }
}

/** Turns a block's scores, a row for each draw, into a row for each city. */
function keepScores(buffer: Float64Array, start: number, count: number, n: number, kept: Float64Array): void {
  if (kept.length === 0) return;
  for (let i = 0; i < n; i++) for (let k = 0; k < count; k++) kept[start * n + i * count + k] = at(buffer, k * n + i);
}

function takeFirsts(places: Int32Array, weights: Float64Array, firsts: Map<number, Firsts>): void {
  for (let i = 0; i < places.length; i++)
    if (atInt(places, i) === 1) join(firstsOf(firsts, i, weights.length), 1, weights, null);
}

/**
 * What the draws came to for cities `from` to `to`. To be called once for each city, when all blocks are done; cities can be
 * shared out among any number of callers.
 */
export function summaryOfCities(
  nominal: DrawModel['nominal'],
  plan: UncertaintyPlan,
  memory: DrawMemory,
  from: number,
  to: number,
): CitiesSummary {
  return summariseCities(nominal, plan, memory, from, to, quantilesOfCities(plan, memory, from, to));
}

/**
 * Quantiles of the scores of cities `from` to `to`, a row for each city and a column for each of {@link quantileShares}.
 * To be called once all blocks are done; cities can be shared out among any number of callers.
 */
export function quantilesOfCities(plan: UncertaintyPlan, memory: DrawMemory, from: number, to: number): Float64Array {
  const shares = quantileShares(plan);
  return memory.scores.length > 0
    ? scoreQuantiles(memory.scores, plan.draws, memory.blockSize, from, to, shares)
    : sketchQuantiles(memory, from, to, shares);
}

/** Central weights from all blocks: put together in the order of the blocks, whoever made them. */
export function centralWeightsOf(firsts: readonly BlockFirsts[]): CentralWeights[] {
  const byCity = new Map<number, Firsts>();
  for (const { city, draws, means, squares } of [...firsts].sort((a, b) => a.block - b.block))
    join(firstsOf(byCity, city, means.length), draws, means, squares);
  return [...byCity]
    .map(([city, { draws, means, squares }]) => ({
      city,
      draws,
      weights: means,
      errors: squares.map((sum) => (draws < 2 ? NaN : Math.sqrt(sum / (draws - 1) / draws))),
    }))
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
  const cities = summaryOfCities(model.nominal, plan, memory, 0, model.codes.length);
  return summarise(model, plan, memory, [cities], centralWeightsOf(firsts));
}
