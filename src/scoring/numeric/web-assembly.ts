/** The part of the WebAssembly interface that is used; the compiler's libraries have it for browsers only. */
declare const WebAssembly:
  | undefined
  | {
      readonly Module: new (bytes: Uint8Array) => object;
      readonly Instance: new (module: object) => { readonly exports: unknown };
    };

/**
 * A kernel's module, compiled when first asked for; the function gives null where this machine has no WebAssembly or not the
 * instructions that the kernel needs.
 * @param bytes the module in base 64, as scripts/write-kernels.mjs writes it
 */
export function moduleOf(bytes: string): () => object | null {
  let compiled: object | null | undefined;
  return () => (compiled === undefined ? (compiled = compile(bytes)) : compiled);
}

function compile(bytes: string): object | null {
  try {
    return typeof WebAssembly === 'undefined' ? null : new WebAssembly.Module(Buffer.from(bytes, 'base64'));
  } catch {
    return null;
  }
}

/** A new instance's exports. */
export function instanceOf(module: object): unknown {
  if (typeof WebAssembly === 'undefined') throw new Error('There is no WebAssembly.');
  return new WebAssembly.Instance(module).exports;
}
