/**
 * Loads a module as on a machine without WebAssembly.
 * @param load requires it
 */
export function withoutKernels<M>(load: () => M): M {
  let found: { readonly module: M } | undefined;
  jest.isolateModules(() => {
    const loader = '../../src/scoring/numeric/web-assembly';
    jest.doMock(loader, () => ({ ...jest.requireActual<object>(loader), moduleOf: () => () => null }));
    found = { module: load() };
    jest.dontMock(loader);
  });
  if (found === undefined) throw new Error('The module was not loaded.');
  return found.module;
}
