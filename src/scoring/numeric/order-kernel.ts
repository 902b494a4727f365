import { ORDER_WASM } from './order.wasm';
import { instanceOf, moduleOf } from './web-assembly';

/** What assembly/order.ts exports. Addresses are bytes in `memory`. */
interface OrderExports {
  readonly memory: { readonly buffer: ArrayBuffer; grow(pages: number): number };
  readonly INPUT: { readonly value: number };
  order(n: number, by: 1 | -1): number;
  isDistinct(): number;
}

/** An order of values. */
export interface Ordered {
  /** Indices of the values that are not `NaN`, first to last. */
  readonly order: Int32Array;
  /** True: no two of them are equal. False: not known. */
  readonly distinct: boolean;
}

/** Longest list whose working memory, 24 bytes a value, is taken: it is kept. */
export const ORDER_KERNEL_UP_TO = 1 << 19;
const PAGE = 65_536;

const moduleOrNull = moduleOf(ORDER_WASM);
let kernel: OrderKernel | null | undefined;

/** The kernel of this thread; null where this machine has no WebAssembly with SIMD. */
export function orderKernel(): OrderKernel | null {
  if (kernel !== undefined) return kernel;
  const module = moduleOrNull();
  // Compiled from the source named above.
  kernel = module === null ? null : new OrderKernel(instanceOf(module) as OrderExports);
  return kernel;
}

/** Radix sort in a memory that grows with the longest list. */
export class OrderKernel {
  readonly #exports: OrderExports;
  readonly #inputAt: number;
  #input: Float64Array;

  constructor(kernel: OrderExports) {
    this.#exports = kernel;
    this.#inputAt = kernel.INPUT.value;
    this.#input = this.#view();
  }

  /**
   * Orders values ascending by `sign × value`; equal values stay in index order. Null where many values agree in their upper
   * halves but not in their lower ones, for which this sort is not made.
   */
  order(values: Float64Array, sign: 1 | -1): Ordered | null {
    const n = values.length;
    if (n > this.#input.length) {
      this.#exports.memory.grow(Math.ceil((24 * (n - this.#input.length)) / PAGE));
      this.#input = this.#view();
    }
    this.#input.set(values);
    const count = this.#exports.order(n, sign);
    if (count < 0) return null;
    const { buffer } = this.#exports.memory;
    return {
      order: new Int32Array(buffer, this.#inputAt + 8 * n, count).slice(),
      distinct: this.#exports.isDistinct() === 1,
    };
  }

  /** The input, as long as the memory has room for it and for two areas of the same size. */
  #view(): Float64Array {
    const { buffer } = this.#exports.memory;
    return new Float64Array(buffer, this.#inputAt, Math.floor((buffer.byteLength - this.#inputAt) / 24));
  }
}
