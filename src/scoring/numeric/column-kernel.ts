import { itemAt } from '../lookup';
import { at, columnAt } from './at';
import { COLUMNS_WASM } from './columns.wasm';
import { instanceOf, moduleOf } from './web-assembly';

/** What assembly/columns.ts exports. Addresses are bytes in `memory`. */
interface ColumnExports {
  readonly memory: { readonly buffer: ArrayBuffer };
  readonly STRETCH: { readonly value: number };
  readonly INPUT: { readonly value: number };
  readonly SUMS: { readonly value: number };
  startSurvey(): void;
  survey(n: number): void;
  smallest(): number;
  largest(): number;
  hasGap(): number;
  startSum(): void;
  addToSum(n: number): void;
  present(): number;
  sum(): number;
  startPowers(): void;
  addPowers(n: number, mean: number): void;
  squares(): number;
  cubes(): number;
  fourths(): number;
  startSums(): void;
  addLinear(n: number, sign: number, origin: number, unit: number, base: number, factor: number, weight: number): void;
  addWeighted(n: number, weight: number): void;
  divideSums(n: number, total: number): void;
}

/** What one pass over a column finds. */
export interface ColumnSurvey {
  /** No cell is `NaN`. */
  readonly complete: boolean;
  /** Of the values that are not `NaN`; infinite the wrong way round where there is none. Of 0 and −0 either may stand. */
  readonly min: number;
  readonly max: number;
}

/** The values of a column that are not `NaN`, added up. */
export interface ColumnSum {
  readonly count: number;
  readonly sum: number;
  /** Infinite the wrong way round where there is no value. Of 0 and −0 either may stand. */
  readonly min: number;
  readonly max: number;
}

/** Σ d², Σ d³ and Σ d⁴ over the distances d of values from a mean. */
export interface PowerSums {
  readonly sumOfSquares: number;
  readonly sumOfCubes: number;
  readonly sumOfFourths: number;
}

/**
 * A column without gaps that enters a mean as `base + (sign × x − origin) / (end − origin) × factor`, all of it from `origin` to
 * `end` once it has its sign; base and factor are far from what a double can hold.
 */
export interface LinearTerm {
  readonly values: Float64Array;
  readonly sign: 1 | -1;
  readonly origin: number;
  readonly end: number;
  readonly base: number;
  readonly factor: number;
}

const moduleOrNull = moduleOf(COLUMNS_WASM);
let kernel: ColumnKernel | null | undefined;

/** The kernel of this thread; null where this machine has no WebAssembly with SIMD. */
export function columnKernel(): ColumnKernel | null {
  if (kernel !== undefined) return kernel;
  const module = moduleOrNull();
  // Compiled from the source named above.
  kernel = module === null ? null : new ColumnKernel(instanceOf(module) as ColumnExports);
  return kernel;
}

/** Passes over long columns, which are copied to a small memory a stretch at a time and read from there. */
export class ColumnKernel {
  readonly #exports: ColumnExports;
  readonly #stretch: number;
  readonly #input: Float64Array;
  readonly #sums: Float64Array;

  constructor(kernel: ColumnExports) {
    this.#exports = kernel;
    this.#stretch = kernel.STRETCH.value;
    this.#input = new Float64Array(kernel.memory.buffer, kernel.INPUT.value, this.#stretch);
    this.#sums = new Float64Array(kernel.memory.buffer, kernel.SUMS.value, this.#stretch);
  }

  /** Range and gaps of a column. */
  survey(values: Float64Array): ColumnSurvey {
    const kernel = this.#exports;
    kernel.startSurvey();
    this.#read(values, (n) => {
      kernel.survey(n);
    });
    return { complete: kernel.hasGap() === 0, min: kernel.smallest(), max: kernel.largest() };
  }

  /** The values that are there, counted and added up, and their range; cell i of the column goes to the (i mod 8)-th of eight sums. */
  sumOf(values: Float64Array): ColumnSum {
    const kernel = this.#exports;
    kernel.startSum();
    this.#read(values, (n) => {
      kernel.addToSum(n);
    });
    return { count: kernel.present(), sum: kernel.sum(), min: kernel.smallest(), max: kernel.largest() };
  }

  /** Sums of the powers of distances from a mean, in the order of {@link sumOf}. */
  powersOf(values: Float64Array, mean: number): PowerSums {
    const kernel = this.#exports;
    kernel.startPowers();
    this.#read(values, (n) => {
      kernel.addPowers(n, mean);
    });
    return { sumOfSquares: kernel.squares(), sumOfCubes: kernel.cubes(), sumOfFourths: kernel.fourths() };
  }

  /** Copies a column to the input a stretch at a time, and calls `take` with the length of each. */
  #read(values: Float64Array, take: (n: number) => void): void {
    for (let start = 0; start < values.length; start += this.#stretch) {
      const end = Math.min(start + this.#stretch, values.length);
      this.#input.set(stretchOf(values, start, end));
      take(end - start);
    }
  }

  /**
   * The weighted arithmetic mean of columns that are normalised on the way, to `out`: the bits that `applyLinear` for each (on
   * its ordinary scale) and the arithmetic mean after it give.
   */
  meanOf(terms: readonly LinearTerm[], weights: Float64Array, out: Float64Array): void {
    this.#means(weights, out, (k, start, stop) => {
      const { values, sign, origin, end, base, factor } = itemAt(terms, k);
      this.#input.set(stretchOf(values, start, stop));
      this.#exports.addLinear(stop - start, sign, origin, end - origin, base, factor, at(weights, k));
    });
  }

  /** The weighted arithmetic mean of columns as they stand, to `out`; a gap in any of them gives `NaN`. */
  meanOfColumns(columns: readonly Float64Array[], weights: Float64Array, out: Float64Array): void {
    this.#means(weights, out, (k, start, stop) => {
      this.#input.set(stretchOf(columnAt(columns, k), start, stop));
      this.#exports.addWeighted(stop - start, at(weights, k));
    });
  }

  /** Means, a stretch at a time, of what `add` adds to the sums for each weight. */
  #means(weights: Float64Array, out: Float64Array, add: (k: number, start: number, stop: number) => void): void {
    const kernel = this.#exports;
    let total = 0;
    for (let k = 0; k < weights.length; k++) total += at(weights, k);
    for (let start = 0; start < out.length; start += this.#stretch) {
      const stop = Math.min(start + this.#stretch, out.length);
      kernel.startSums();
      for (let k = 0; k < weights.length; k++) add(k, start, stop);
      kernel.divideSums(stop - start, total);
      out.set(this.#sums.subarray(0, stop - start), start);
    }
  }
}

/** A view takes longer to make than a short column to copy: a column that is one stretch is its own. */
function stretchOf(values: Float64Array, start: number, stop: number): Float64Array {
  return stop - start === values.length ? values : values.subarray(start, stop);
}
