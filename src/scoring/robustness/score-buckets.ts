import { at, atInt } from '../numeric/at';
import { instanceOf, moduleOf } from '../numeric/web-assembly';
import { QUANTILES_WASM } from './quantiles.wasm';

/** Buckets between a city's smallest and largest score. */
export const SCORE_BUCKETS = 2048;

/** The scores of some cities, counted in {@link SCORE_BUCKETS} buckets a city at a time. */
export interface ScoreBuckets {
  /** Cities that there is room for, one at least. */
  readonly cities: number;
  /** Scores of up to so many cities, as `DrawMemory.scores` has them, to be filled by the caller; `NaN` = none. */
  readonly staged: Float64Array;
  /** `ends[b + 1]`: how many scores are in bucket b or below it. */
  readonly ends: Int32Array;
  /** By bucket: where its first score would stand if all were sorted, to be set by the caller; -1 where it is not wanted. */
  readonly next: Int32Array;
  /** Scores of wanted buckets where they would stand if all were sorted, but for their order within a bucket. */
  readonly members: Float64Array;
  /**
   * Fills `ends` for one of the `cities` whose scores are staged.
   * @returns how many scores it has
   */
  count(cities: number, index: number): number;
  /** Fills `members` for the city counted last, and moves `next` past them. */
  gather(): void;
}

/** What assembly/quantiles.ts exports. Addresses are bytes in `memory`. */
interface QuantileExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly ENDS: { readonly value: number };
  readonly NEXT: { readonly value: number };
  readonly ROW: { readonly value: number };
  count(draws: number, blockSize: number, cities: number, index: number): number;
  gather(draws: number): void;
}

const PAGE = 65_536;
/** Scores that are staged at a time, or those of one city where it has more: the processor's second cache has room for them. */
const STAGED = 40_000;
const moduleOrNull = moduleOf(QUANTILES_WASM);

/**
 * Buckets for so many draws in blocks of a size.
 * @param kernels false: the TypeScript ones even where the WebAssembly ones could be used; the result is the same
 */
export function scoreBuckets(draws: number, blockSize: number, kernels = true): ScoreBuckets {
  const module = kernels ? moduleOrNull() : null;
  return module === null ? new PlainBuckets(draws) : new KernelBuckets(module, draws, blockSize);
}

class KernelBuckets implements ScoreBuckets {
  readonly cities: number;
  readonly staged: Float64Array;
  readonly ends: Int32Array;
  readonly next: Int32Array;
  readonly members: Float64Array;
  readonly #exports: QuantileExports;

  constructor(
    module: object,
    private readonly draws: number,
    private readonly blockSize: number,
  ) {
    // Compiled from the source named above.
    const kernel = instanceOf(module) as QuantileExports;
    const rounded = Math.ceil(draws / 4) * 4;
    const membersAt = kernel.ROW.value + 12 * rounded;
    const stagedAt = membersAt + 8 * rounded;
    this.cities = Math.max(1, Math.floor(STAGED / draws));
    const missing = Math.ceil((stagedAt + 8 * draws * this.cities - kernel.memory.buffer.byteLength) / PAGE);
    if (missing > 0) kernel.memory.grow(missing);
    const { buffer } = kernel.memory;
    this.staged = new Float64Array(buffer, stagedAt, draws * this.cities);
    this.ends = new Int32Array(buffer, kernel.ENDS.value, SCORE_BUCKETS + 1);
    this.next = new Int32Array(buffer, kernel.NEXT.value, SCORE_BUCKETS);
    this.members = new Float64Array(buffer, membersAt, draws);
    this.#exports = kernel;
  }

  count(cities: number, index: number): number {
    return this.#exports.count(this.draws, this.blockSize, cities, index);
  }

  gather(): void {
    this.#exports.gather(this.draws);
  }
}

class PlainBuckets implements ScoreBuckets {
  readonly cities = 1;
  readonly staged: Float64Array;
  readonly ends = new Int32Array(SCORE_BUCKETS + 1);
  readonly next = new Int32Array(SCORE_BUCKETS);
  readonly members: Float64Array;
  #low = 0;
  #scale = 0;

  constructor(draws: number) {
    this.staged = new Float64Array(draws);
    this.members = new Float64Array(draws);
  }

  count(): number {
    const { staged, ends } = this;
    let low = Infinity;
    let high = -Infinity;
    for (let k = 0; k < staged.length; k++) {
      const score = at(staged, k);
      if (score < low) low = score;
      if (score > high) high = score;
    }
    const perUnit = (SCORE_BUCKETS - 1) / (high - low);
    // A range of 0, or one that overflows: one bucket, sorted whole.
    const scale = Number.isFinite(perUnit) ? perUnit : 0;
    this.#low = low;
    this.#scale = scale;
    ends.fill(0);
    for (let k = 0; k < staged.length; k++) {
      const score = at(staged, k);
      if (score !== score) continue;
      const bucket = this.bucketOf(score) + 1;
      ends[bucket] = atInt(ends, bucket) + 1;
    }
    for (let b = 1; b <= SCORE_BUCKETS; b++) ends[b] = atInt(ends, b) + atInt(ends, b - 1);
    return atInt(ends, SCORE_BUCKETS);
  }

  gather(): void {
    const { staged, next, members } = this;
    for (let k = 0; k < staged.length; k++) {
      const score = at(staged, k);
      if (score !== score) continue;
      const bucket = this.bucketOf(score);
      const place = atInt(next, bucket);
      if (place < 0) continue;
      members[place] = score;
      next[bucket] = place + 1;
    }
  }

  /** To the nearest, as the kernel rounds. */
  private bucketOf(score: number): number {
    return ((score - this.#low) * this.#scale + 2 ** 52 - 2 ** 52) | 0;
  }
}
