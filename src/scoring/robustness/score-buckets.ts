import { at, atInt } from '../numeric/at';
import { instanceOf, moduleOf } from '../numeric/web-assembly';
import { QUANTILES_WASM } from './quantiles.wasm';

/** Buckets between a city's smallest and largest score. */
export const SCORE_BUCKETS = 1024;

/** One city's scores at a time, counted in {@link SCORE_BUCKETS} buckets. */
export interface ScoreBuckets {
  /** The scores, one for each draw, to be filled by the caller; `NaN` = none. */
  readonly row: Float64Array;
  /** `ends[b + 1]`: how many scores are in bucket b or below it. */
  readonly ends: Int32Array;
  /** By bucket: where its first score would stand if all were sorted, to be set by the caller; -1 where it is not wanted. */
  readonly next: Int32Array;
  /** Scores of wanted buckets where they would stand if all were sorted, but for their order within a bucket. */
  readonly members: Float64Array;
  /** Fills `ends`. */
  count(): void;
  /** Fills `members`, and moves `next` past them. */
  gather(): void;
}

/** What assembly/quantiles.ts exports. Addresses are bytes in `memory`. */
interface QuantileExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly ENDS: { readonly value: number };
  readonly NEXT: { readonly value: number };
  readonly ROW: { readonly value: number };
  count(draws: number): void;
  gather(draws: number): void;
}

const PAGE = 65_536;
const moduleOrNull = moduleOf(QUANTILES_WASM);

/**
 * Buckets for rows of so many draws.
 * @param kernels false: the TypeScript ones even where the WebAssembly ones could be used; the result is the same
 */
export function scoreBuckets(draws: number, kernels = true): ScoreBuckets {
  const module = kernels ? moduleOrNull() : null;
  return module === null ? new PlainBuckets(draws) : new KernelBuckets(module, draws);
}

class KernelBuckets implements ScoreBuckets {
  readonly row: Float64Array;
  readonly ends: Int32Array;
  readonly next: Int32Array;
  readonly members: Float64Array;
  readonly #exports: QuantileExports;

  constructor(
    module: object,
    private readonly draws: number,
  ) {
    // Compiled from the source named above.
    const exports = instanceOf(module) as QuantileExports;
    const rowAt = exports.ROW.value;
    const membersAt = rowAt + 8 * draws + 8 + 4 * (draws + (draws % 2));
    const missing = Math.ceil((membersAt + 8 * draws - exports.memory.buffer.byteLength) / PAGE);
    if (missing > 0) exports.memory.grow(missing);
    const { buffer } = exports.memory;
    this.row = new Float64Array(buffer, rowAt, draws);
    this.ends = new Int32Array(buffer, exports.ENDS.value, SCORE_BUCKETS + 1);
    this.next = new Int32Array(buffer, exports.NEXT.value, SCORE_BUCKETS);
    this.members = new Float64Array(buffer, membersAt, draws);
    this.#exports = exports;
  }

  count(): void {
    this.#exports.count(this.draws);
  }

  gather(): void {
    this.#exports.gather(this.draws);
  }
}

class PlainBuckets implements ScoreBuckets {
  readonly row: Float64Array;
  readonly ends = new Int32Array(SCORE_BUCKETS + 1);
  readonly next = new Int32Array(SCORE_BUCKETS);
  readonly members: Float64Array;
  #low = 0;
  #scale = 0;

  constructor(draws: number) {
    this.row = new Float64Array(draws);
    this.members = new Float64Array(draws);
  }

  count(): void {
    const { row, ends } = this;
    let low = Infinity;
    let high = -Infinity;
    for (let k = 0; k < row.length; k++) {
      const score = at(row, k);
      if (score < low) low = score;
      if (score > high) high = score;
    }
    const perUnit = (SCORE_BUCKETS - 1) / (high - low);
    // A range of 0, or one that overflows: one bucket, sorted whole.
    const scale = Number.isFinite(perUnit) ? perUnit : 0;
    this.#low = low;
    this.#scale = scale;
    ends.fill(0);
    for (let k = 0; k < row.length; k++) {
      const score = at(row, k);
      if (score !== score) continue;
      const bucket = (((score - low) * scale) | 0) + 1;
      ends[bucket] = atInt(ends, bucket) + 1;
    }
    for (let b = 1; b <= SCORE_BUCKETS; b++) ends[b] = atInt(ends, b) + atInt(ends, b - 1);
  }

  gather(): void {
    const { row, next, members } = this;
    for (let k = 0; k < row.length; k++) {
      const score = at(row, k);
      if (score !== score) continue;
      const bucket = ((score - this.#low) * this.#scale) | 0;
      const place = atInt(next, bucket);
      if (place < 0) continue;
      members[place] = score;
      next[bucket] = place + 1;
    }
  }
}
