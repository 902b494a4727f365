import { at, atInt } from './at';
import { logarithm } from './logarithm';

/**
 * What a stream of random numbers is for. Two purposes never share a number; the figures are part of what a seed means,
 * so none is ever changed or used again.
 */
export const RANDOM_PURPOSES = {
  WEIGHTS: 1,
  CHOICES: 2,
  NOISE: 3,
  LEFT_OUT: 4,
  BOOTSTRAP: 5,
  SENSITIVITY: 6,
  FILLS: 7,
  REVERSAL: 8,
  STABILITY: 9,
} as const;
/** One of {@link RANDOM_PURPOSES}. */
export type RandomPurpose = keyof typeof RANDOM_PURPOSES;

/** The largest seed: every integer from 0 up to it names a stream of its own. */
export const MAX_SEED = Number.MAX_SAFE_INTEGER;

// Once for the module: where tests run in a sandbox, every look-up of a global is slow.
const { imul } = Math;
const MULTIPLIER_0 = 0xd2511f53;
const MULTIPLIER_1 = 0xcd9e8d57;
const WEYL_0 = 0x9e3779b9;
const WEYL_1 = 0xbb67ae85;
const ROUNDS = 10;
const MULTIPLIER_0_LOW = MULTIPLIER_0 & 0xffff;
const MULTIPLIER_0_HIGH = MULTIPLIER_0 >>> 16;
const MULTIPLIER_1_LOW = MULTIPLIER_1 & 0xffff;
const MULTIPLIER_1_HIGH = MULTIPLIER_1 >>> 16;

/**
 * Philox4x32-10: four random words from a counter of four words and a key of two, a bijection of the counter for each
 * key (Salmon, Moraes, Dror and Shaw 2011, Parallel random numbers: as easy as 1, 2, 3, SC '11,
 * https://doi.org/10.1145/2063384.2063405). Words are 32 bits, held as signed integers.
 */
export function philox4x32(
  counter0: number,
  counter1: number,
  counter2: number,
  counter3: number,
  key0: number,
  key1: number,
  out: Int32Array,
): void {
  let c0 = counter0 | 0;
  let c1 = counter1 | 0;
  let c2 = counter2 | 0;
  let c3 = counter3 | 0;
  let k0 = key0 | 0;
  let k1 = key1 | 0;
  for (let round = 0; round < ROUNDS; round++) {
    // The upper words of the two 64-bit products, from 16-bit halves that never pass 32 bits.
    const a0 = c0 & 0xffff;
    const b0 = c0 >>> 16;
    const s0 = (imul(b0, MULTIPLIER_0_LOW) + (imul(a0, MULTIPLIER_0_LOW) >>> 16)) | 0;
    const t0 = (imul(a0, MULTIPLIER_0_HIGH) + (s0 & 0xffff)) | 0;
    const high0 = (imul(b0, MULTIPLIER_0_HIGH) + (s0 >>> 16) + (t0 >>> 16)) | 0;
    const a1 = c2 & 0xffff;
    const b1 = c2 >>> 16;
    const s1 = (imul(b1, MULTIPLIER_1_LOW) + (imul(a1, MULTIPLIER_1_LOW) >>> 16)) | 0;
    const t1 = (imul(a1, MULTIPLIER_1_HIGH) + (s1 & 0xffff)) | 0;
    const high1 = (imul(b1, MULTIPLIER_1_HIGH) + (s1 >>> 16) + (t1 >>> 16)) | 0;
    const low0 = imul(c0, MULTIPLIER_0);
    const low1 = imul(c2, MULTIPLIER_1);
    c0 = high1 ^ c1 ^ k0;
    c1 = low1;
    c2 = high0 ^ c3 ^ k1;
    c3 = low0;
    k0 = (k0 + WEYL_0) | 0;
    k1 = (k1 + WEYL_1) | 0;
  }
  out[0] = c0;
  out[1] = c1;
  out[2] = c2;
  out[3] = c3;
}

/** What a stream's numbers depend on besides the draw and the part: words of 32 bits, as signed integers. */
export interface StreamKey {
  readonly low: number;
  readonly high: number;
  readonly purpose: number;
}

/**
 * The key of a stream.
 * @param seed an integer from 0 to {@link MAX_SEED}
 */
export function streamKey(seed: number, purpose: RandomPurpose): StreamKey {
  if (!Number.isSafeInteger(seed) || seed < 0) throw new RangeError('A seed is an integer from 0 to 2^53 − 1.');
  return { low: (seed % 0x100000000) | 0, high: Math.floor(seed / 0x100000000), purpose: RANDOM_PURPOSES[purpose] };
}

/**
 * A seekable stream of random numbers: what follows {@link RandomStream.seek} depends on (seed, purpose, draw, part) and
 * on nothing drawn before, so any worker can take any draws in any order. Not for secrets.
 *
 * ```ts
 * const stream = new RandomStream(42, 'WEIGHTS');
 * stream.seek(draw);
 * stream.uniform();
 * ```
 */
export class RandomStream {
  readonly #key0: number;
  readonly #key1: number;
  readonly #purpose: number;
  readonly #words = new Int32Array(4);
  #draw = 0;
  #part = 0;
  #block = 0;
  /** Words of the block that have been used: 4 where the next one needs a new block. */
  #used = 4;
  /** The second of a pair of normal deviates; `NaN` where there is none. */
  #spare = NaN;

  /** @param seed an integer from 0 to {@link MAX_SEED} */
  constructor(seed: number, purpose: RandomPurpose) {
    const key = streamKey(seed, purpose);
    this.#key0 = key.low;
    this.#key1 = key.high;
    this.#purpose = key.purpose;
  }

  /**
   * Goes to the start of a draw's numbers.
   * @param draw 0 to 2^32 − 1
   * @param part which of several independent streams of the draw, such as a node or an indicator; 0 to 2^32 − 1
   */
  seek(draw: number, part = 0): this {
    this.#draw = draw;
    this.#part = part;
    this.#block = 0;
    this.#used = 4;
    this.#spare = NaN;
    return this;
  }

  /** A number in [0, 1), a multiple of 2^−53, each equally likely. */
  uniform(): number {
    if (this.#used === 4) {
      philox4x32(this.#block, this.#part, this.#purpose, this.#draw, this.#key0, this.#key1, this.#words);
      this.#block++;
      this.#used = 0;
    }
    const high = atInt(this.#words, this.#used) >>> 5;
    const low = atInt(this.#words, this.#used + 1) >>> 6;
    this.#used += 2;
    return (high * 0x4000000 + low) * 2 ** -53;
  }

  /** An integer from 0 to `bound − 1`; `bound` is at most 2^32, so that none is likelier than another by more than 2^−21. */
  integer(bound: number): number {
    return Math.floor(this.uniform() * bound);
  }

  /** A standard normal deviate (the polar method of Marsaglia and Bray 1964, which needs no trigonometry). */
  normal(): number {
    if (!Number.isNaN(this.#spare)) {
      const spare = this.#spare;
      this.#spare = NaN;
      return spare;
    }
    for (;;) {
      const x = 2 * this.uniform() - 1;
      const y = 2 * this.uniform() - 1;
      const square = x * x + y * y;
      if (square >= 1 || square === 0) continue;
      const factor = Math.sqrt((-2 * logarithm(square)) / square);
      this.#spare = y * factor;
      return x * factor;
    }
  }

  /** An exponential deviate of mean 1, at least 0. */
  exponential(): number {
    return -logarithm(1 - this.uniform());
  }

  /**
   * The natural logarithm of a gamma deviate of the given shape (> 0) and scale 1, by the method of Marsaglia and Tsang
   * (2000, A simple method for generating gamma variables, https://doi.org/10.1145/358407.358414). The logarithm holds
   * deviates of tiny shapes, which are too small for a double.
   */
  logGamma(shape: number): number {
    const boosted = shape < 1 ? shape + 1 : shape;
    const d = boosted - 1 / 3;
    const c = 1 / Math.sqrt(9 * d);
    for (;;) {
      const x = this.normal();
      const root = 1 + c * x;
      if (root <= 0) continue;
      const v = root * root * root;
      const logV = logarithm(v);
      if (logarithm(1 - this.uniform()) >= 0.5 * x * x + d - d * v + d * logV) continue;
      const log = logarithm(d) + logV;
      // Γ(a) = Γ(a + 1) U^(1/a) in distribution.
      return shape < 1 ? log + logarithm(1 - this.uniform()) / shape : log;
    }
  }

  /** A gamma deviate of the given shape (> 0) and scale 1; 0 where it is too small for a double. */
  gamma(shape: number): number {
    return shape === 1 ? this.exponential() : Math.exp(this.logGamma(shape));
  }

  /**
   * A point of the simplex from the Dirichlet distribution: `out[i]` ≥ 0, adding to 1, of mean αᵢ / Σα. All αᵢ = 1 is the
   * uniform distribution. An αᵢ of 0 gives exactly 0; where all are 0 the shares are equal.
   * @param alphas the concentrations αᵢ ≥ 0
   */
  dirichlet(alphas: Float64Array, out: Float64Array): void {
    let largest = -Infinity;
    let even = true;
    for (let i = 0; i < alphas.length; i++) if (at(alphas, i) !== 1) even = false;
    let sum = 0;
    if (even) {
      for (let i = 0; i < alphas.length; i++) {
        const deviate = this.exponential();
        out[i] = deviate;
        sum += deviate;
      }
    } else {
      for (let i = 0; i < alphas.length; i++) {
        const alpha = at(alphas, i);
        const log = alpha > 0 ? this.logGamma(alpha) : -Infinity;
        out[i] = log;
        if (log > largest) largest = log;
      }
      // Relative to the largest, at least one share is 1 before they are divided by their sum.
      for (let i = 0; i < alphas.length; i++) {
        const share = largest === -Infinity ? 0 : Math.exp(at(out, i) - largest);
        out[i] = share;
        sum += share;
      }
    }
    for (let i = 0; i < alphas.length; i++) out[i] = sum > 0 ? at(out, i) / sum : 1 / alphas.length;
  }

  /** A random order of 0 … n − 1, each equally likely, n the length of `out` (Fisher–Yates, as Durstenfeld 1964). */
  permutation(out: Int32Array): void {
    for (let i = 0; i < out.length; i++) {
      const j = this.integer(i + 1);
      out[i] = atInt(out, j);
      out[j] = i;
    }
  }
}
