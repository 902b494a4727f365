import { ruleFor } from '../aggregate';
import { itemAt } from '../lookup';
import { at, columnAt } from '../numeric/at';
import { streamKey } from '../numeric/random';
import { instanceOf, moduleOf } from '../numeric/web-assembly';
import { DRAWS_WASM } from './draws.wasm';
import type { UncertaintyPlan } from './plan';
import type { DrawEvaluator, DrawnSiblings } from './uncertainty-draws';
import { DrawRanker } from './uncertainty-kernels';
import { sketchScores, type DrawMemory, type Slot } from './uncertainty-memory';
import { leafColumnsOf, type DrawModel } from './uncertainty-model';

/** What assembly/draws.ts exports, assembly/weights.ts included. Addresses are bytes in `memory`. */
interface DrawExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  configure(
    cities: number,
    stride: number,
    root: number,
    program: number,
    columns: number,
    weights: number,
    nominal: number,
    counts: number,
    scratch: number,
    bitWords: number,
    packed: number,
    bounded: boolean,
  ): void;
  configureWeights(
    groups: number,
    inner: number,
    nodes: number,
    nominal: number,
    weights: number,
    shares: number,
    seedLow: number,
    seedHigh: number,
    purpose: number,
  ): void;
  drawFour(draw: number): void;
  scoreFour(out: number): void;
  rankFour(scores: number, lanes: number, places: number, sums: number): number;
  count(places: number, draws: number): void;
  transpose(from: number, to: number, draws: number): void;
}

/** Draws that are scored at a time. */
const LANES = 4;
/** Draws whose scores are held at a time where none are kept; a multiple of {@link LANES}. */
const HELD = 64;
const PAGE = 65_536;
/** Buckets for each city by which it is ranked, for each √n. The more, the fewer share one, and the longer it takes to look at all. */
const BUCKETS_A_CITY = 5;
/** Most bytes that a kernel's own counts of ranks, n × n, may take: with more, handing them over costs more than it saves. */
const MAX_COUNTS_BYTES = 64 * 2 ** 20;

const moduleOrNull = moduleOf(DRAWS_WASM);

/**
 * Kernels for a run in which only weights vary, every node is an arithmetic mean, no cell is missing, and ranks are competition
 * ranks of unrounded scores. The same bits as the TypeScript kernels.
 */
export class DrawKernel {
  readonly #exports: DrawExports;
  readonly #n: number;
  readonly #stride: number;
  /** Whether the weights are drawn here too. */
  readonly #draws: boolean;
  /** By node, those of each lane. */
  readonly #weights: Float64Array;
  /** Draws whose scores and places are held. */
  readonly #held: number;
  readonly #ranker: DrawRanker;
  readonly #sums: Float64Array;
  readonly #counts: Int32Array;
  readonly #turned: Float64Array;
  readonly #placesAt: number;
  readonly #rowsAt: number;
  readonly #sumsAt: number;
  readonly #turnedAt: number;

  constructor(
    module: object,
    private readonly model: DrawModel,
    private readonly memory: DrawMemory,
    private readonly evaluator: DrawEvaluator,
    slot: Slot,
  ) {
    const { tree, codes } = model;
    const n = codes.length;
    const stride = Math.ceil(n / LANES) * LANES;
    const held = memory.scores.length > 0 ? Math.ceil(memory.blockSize / LANES) * LANES : HELD;
    const nodes = tree.nodes.length;
    const inner = tree.nodes.flatMap(({ children }, node) => (children.length > 0 ? [{ node, children }] : []));
    const program = listed(inner);
    const groups = listed(evaluator.groups);
    const shares = sharesDrawn(evaluator);

    let size = 0;
    const reserve = (bytes: number): number => {
      const place = size;
      size = Math.ceil((size + bytes) / 16) * 16;
      return place;
    };
    // The first bytes are the compiler's own.
    reserve(1024);
    const programAt = reserve(program.byteLength);
    const groupsAt = reserve(groups.byteLength);
    const sharesAt = reserve(8 * evaluator.groups.length);
    const columnsAt = reserve(8 * nodes);
    const weightsAt = reserve(8 * LANES * nodes);
    const ownWeightsAt = reserve(8 * LANES * nodes);
    const nominalAt = reserve(8 * stride);
    const leavesAt = reserve(8 * tree.leaves.length * stride);
    const innerAt = reserve(8 * inner.length * LANES * stride);
    const rowsAt = reserve(8 * held * stride);
    const turnedAt = reserve(8 * held * (n + (n % 2)));
    const sumsAt = reserve(16 * stride);
    const placesAt = reserve(4 * held * stride);
    const words = bitWords(n);
    const scratchAt = reserve(64 + 12 * words + 4 * stride + 4 * (n + 1));
    const packedAt = reserve(8 * LANES * nodes);
    const countsAt = reserve(4 * n * n);

    // Compiled from the source named above.
    const kernel = instanceOf(module) as DrawExports;
    const missing = Math.ceil(size / PAGE) - kernel.memory.buffer.byteLength / PAGE;
    if (missing > 0) kernel.memory.grow(missing);
    const { buffer } = kernel.memory;
    new Int32Array(buffer, programAt, program.length).set(program);
    new Int32Array(buffer, groupsAt, groups.length).set(groups);
    const ownWeights = new Float64Array(buffer, ownWeightsAt, LANES * nodes);
    itemAt(model.variants, 0).weights.forEach((weight, node) =>
      ownWeights.fill(weight, LANES * node, LANES * (node + 1)),
    );
    const columns = new Int32Array(buffer, columnsAt, 2 * nodes);
    const leaves = leafColumnsOf(model, this.table);
    tree.leaves.forEach((leaf, slot) => {
      const place = leavesAt + 8 * slot * stride;
      const column = new Float64Array(buffer, place, stride);
      column.set(columnAt(leaves.normalised, slot));
      // What fills a column up changes neither the least nor the greatest score.
      column.fill(at(column, n - 1), n);
      columns.set([place, 0], 2 * leaf);
    });
    inner.forEach(({ node }, k) => {
      columns.set([innerAt + 8 * k * LANES * stride, 8 * stride], 2 * node);
    });
    new Float64Array(buffer, nominalAt, n).set(model.nominal.scores);
    kernel.configure(
      n,
      stride,
      tree.root,
      programAt,
      columnsAt,
      weightsAt,
      nominalAt,
      countsAt,
      scratchAt,
      words,
      packedAt,
      isBounded(leaves.normalised, nodes),
    );
    this.#draws = shares !== null;
    if (shares !== null) {
      new Float64Array(buffer, sharesAt, shares.length).set(shares);
      const { low, high, purpose } = streamKey(evaluator.plan.seed, 'WEIGHTS');
      kernel.configureWeights(groupsAt, programAt, nodes, ownWeightsAt, weightsAt, sharesAt, low, high, purpose);
    }

    this.#ranker = new DrawRanker(codes, itemAt(model.variants, 0).methodology.rank);
    this.#exports = kernel;
    this.#n = n;
    this.#stride = stride;
    this.#weights = new Float64Array(buffer, weightsAt, LANES * nodes);
    this.#held = held;
    this.#sums = new Float64Array(buffer, sumsAt, 2 * n);
    this.#counts = new Int32Array(buffer, countsAt, n * n);
    this.#counts.set(slot.ranks);
    this.#turned = new Float64Array(buffer, turnedAt, held * n);
    this.#placesAt = placesAt;
    this.#rowsAt = rowsAt;
    this.#sumsAt = sumsAt;
    this.#turnedAt = turnedAt;
  }

  /**
   * Makes the draws of a block and counts them, ranks in memory of its own until {@link handOver}.
   * @param observe told of each draw's places; null where nobody wants to know
   */
  runBlock(
    block: number,
    start: number,
    count: number,
    slot: Slot,
    observe: ((places: Int32Array, weights: () => Float64Array) => void) | null,
  ): void {
    const { memory } = this;
    const n = this.#n;
    const keeps = memory.scores.length > 0;
    this.#sums.fill(0);
    for (let held = 0; held < count; held += this.#held) {
      const size = Math.min(this.#held, count - held);
      for (let k = 0; k < size; k += LANES) {
        const lanes = Math.min(LANES, size - k);
        // Lanes without a draw of the block have weights of some other one; what they score is not looked at.
        if (this.#draws) this.#exports.drawFour(start + held + k);
        else for (let lane = 0; lane < lanes; lane++) this.weigh(lane, start + held + k + lane);
        const scoresAt = this.#rowsAt + 8 * k * this.#stride;
        this.#exports.scoreFour(scoresAt);
        const left = this.#exports.rankFour(scoresAt, lanes, this.#placesAt + 4 * k * this.#stride, this.#sumsAt);
        for (let lane = 0; lane < lanes; lane++) {
          if ((left >> lane) & 1) this.rank(k + lane);
          observe?.(this.placesOf(k + lane), () => this.weightsIn(lane));
          if (!keeps) sketchScores(this.scoresOf(k + lane), memory.sketchRange, slot);
        }
      }
      this.#exports.count(this.#placesAt, size);
    }
    if (keeps) {
      this.#exports.transpose(this.#rowsAt, this.#turnedAt, count);
      memory.scores.set(this.#turned.subarray(0, n * count), n * start);
    }
    memory.sums.set(this.#sums, 2 * n * block);
  }

  /** Puts the counts of ranks into a slot: those that it had when the kernel was made, and all since. */
  handOver(ranks: Int32Array): void {
    ranks.set(this.#counts);
  }

  /** Ranks a draw that the kernel left. */
  private rank(row: number): void {
    this.#ranker.rank(this.scoresOf(row), false);
    this.placesOf(row).set(this.#ranker.places);
  }

  private placesOf(row: number): Int32Array {
    return new Int32Array(this.#counts.buffer, this.#placesAt + 4 * row * this.#stride, this.#n);
  }

  private scoresOf(row: number): Float64Array {
    return new Float64Array(this.#counts.buffer, this.#rowsAt + 8 * row * this.#stride, this.#n);
  }

  private weigh(lane: number, draw: number): void {
    const weights = this.evaluator.weightsOf(draw);
    for (let node = 0; node < weights.length; node++) this.#weights[LANES * node + lane] = at(weights, node);
  }

  private weightsIn(lane: number): Float64Array {
    return Float64Array.from({ length: this.#weights.length / LANES }, (_, node) =>
      at(this.#weights, LANES * node + lane),
    );
  }

  private get table() {
    return itemAt(this.model.tables, itemAt(this.model.variants, 0).table);
  }
}

/** Whether no weighted mean of the leaves of so many nodes can overflow, whatever the rounding: weights among siblings add to 1. */
function isBounded(leaves: readonly Float64Array[], nodes: number): boolean {
  const bound = Number.MAX_VALUE / (4 * nodes);
  return leaves.every((column) => column.every((value) => Math.abs(value) <= bound));
}

/** Double words with a bit for each bucket by which `n` cities are ranked. */
function bitWords(n: number): number {
  return 4 * Math.ceil((BUCKETS_A_CITY * n * Math.sqrt(n)) / 256);
}

/**
 * The width that the kernel draws the weights of each group of siblings in, or -1 for all of the simplex; null where drawing
 * them is left to the evaluator.
 */
function sharesDrawn({ groups, plan: { weights, choices } }: DrawEvaluator): Float64Array | null {
  if (weights === null || choices.length > 0) return null;
  const shares = groups.flatMap((group) => shareDrawn(group) ?? []);
  return shares.length < groups.length ? null : Float64Array.from(shares);
}

function shareDrawn({ distribution }: DrawnSiblings): number | null {
  if (distribution.method === 'SIMPLEX') return -1;
  return distribution.method === 'SHARE' ? distribution.share : null;
}

/** Nodes with their children as the kernels read them. */
function listed(groups: readonly { readonly node: number; readonly children: readonly number[] }[]): Int32Array {
  return Int32Array.from([
    groups.length,
    ...groups.flatMap(({ node, children }) => [node, children.length, ...children]),
  ]);
}

/** The kernel for a run; null where it does not fit the run or this machine. */
export function drawKernelFor(
  model: DrawModel,
  plan: UncertaintyPlan,
  memory: DrawMemory,
  evaluator: DrawEvaluator,
  slot: Slot,
): DrawKernel | null {
  const variant = itemAt(model.variants, 0);
  if (model.variants.length > 1 || plan.noise !== null) return null;
  const { methodology, isNestedMean } = variant;
  const { ties, tolerance, decimals } = methodology.rank;
  const arithmetic = model.tree.nodes.every(
    (node) => node.children.length === 0 || ruleFor(methodology.aggregate, node).method === 'ARITHMETIC',
  );
  const complete = itemAt(model.tables, variant.table).complete.every(Boolean);
  const plain = ties === 'COMPETITION' && tolerance === 0 && decimals === null;
  const small = 4 * model.codes.length ** 2 <= MAX_COUNTS_BYTES;
  if (!isNestedMean || !arithmetic || !complete || !plain || !small) return null;
  const module = moduleOrNull();
  return module === null ? null : new DrawKernel(module, model, memory, evaluator, slot);
}
