const { statSync } = require('node:fs');
const { Script } = require('node:vm');
const { default: Runtime } = require('jest-runtime');

/*
 * A worker runs many test files, each in a context of its own, and most of them load the same few hundred files. Jest reads,
 * transforms and compiles each of those for each test file, which took half the time before its first test. Here a worker
 * does it once: what a file becomes as code does not depend on the context in which it runs.
 */

/** Transformed files of this process by name, with when they were changed last. */
const transformed = new Map();
/** Compiled files of this process by name. */
const compiled = new Map();

function scriptOf(source, filename, parameters) {
  const known = compiled.get(filename);
  if (known?.source === source) return known.script;
  const head = `(function (${parameters.join(', ')}) {`;
  // As far as traces tell, the file begins where its own text does.
  const script = new Script(`${head}${source}\n})`, { filename, columnOffset: -head.length });
  compiled.set(filename, { source, script });
  return script;
}

/** Jest's runtime, but that a file is transformed and compiled once for all test files of a worker. */
module.exports = class extends Runtime {
  constructor(...args) {
    super(...args);
    // Coverage is counted by positions, which what is written around a file would move.
    if (this._coverageOptions.collectCoverage) return;
    const { executor, transformCache } = this;

    const transform = transformCache.transform.bind(transformCache);
    transformCache.transform = (filename, options) => {
      if (options?.isInternalModule) return transform(filename, options);
      const { mtimeMs } = statSync(filename);
      const known = transformed.get(filename);
      if (known?.mtimeMs !== mtimeMs) {
        const code = transform(filename, options);
        transformed.set(filename, { mtimeMs, code, result: transformCache.transforms.get(filename) });
        return code;
      }
      // What Jest tells the lines of a trace and of coverage by.
      transformCache.transforms.set(filename, known.result);
      if (known.result.sourceMapPath) transformCache.sourceMaps.set(filename, known.result.sourceMapPath);
      return known.code;
    };

    const compile = executor.compile.bind(executor);
    executor.compile = (source, filename) => {
      const context = executor.environment.getVmContext();
      if (context === null) return null;
      try {
        return scriptOf(source, filename, executor.injectedModuleParameters).runInContext(context);
      } catch {
        // A file that is no script, or a wrong one, is Jest's own to tell of.
        return compile(source, filename);
      }
    };
  }
};
