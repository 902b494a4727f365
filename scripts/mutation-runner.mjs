/**
 * A StrykerJS test runner that loads the engine's tests once in each worker and then runs, for a mutant, only the tests
 * that reach it, in the same process. Jest builds a new module registry for every mutant, which costs seconds; here a
 * mutant costs milliseconds, so that a whole run fits into minutes. It speaks as much of Jest as those tests use:
 * `describe`, `it`, `test`, their `each`, `beforeAll` and Jest's own `expect`.
 *
 * Generated tests run with few cases, a fixed seed and no shrinking. Mutants of code that runs while modules load
 * (descriptors) cannot be switched this way: the configuration leaves them out with `ignoreStatic`.
 */
import { readdirSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { declareFactoryPlugin, PluginKind } from '@stryker-mutator/api/plugin';
import {
  determineHitLimitReached,
  DryRunStatus,
  TestStatus,
  toMutantRunResult,
} from '@stryker-mutator/api/test-runner';

/** What kills mutants of the four mutated folders quickly; the long property runs over whole pipelines are left to Jest. */
const TESTS = [
  'test/scoring/normalisation',
  'test/scoring/aggregation',
  'test/scoring/weighting',
  'test/scoring/multicriteria',
  'test/scoring/oracle/normalisation.test.ts',
  'test/scoring/oracle/aggregation.test.ts',
  'test/scoring/oracle/weighting.test.ts',
  'test/scoring/properties.test.ts',
];
/** An oracle in WebAssembly that takes seconds to load. */
const LEFT_OUT = /highs\.test\.ts$/;
/** A test that replaces a module, which takes Jest's registry. */
const REPLACES_A_MODULE = 'refuses what the solver cannot finish';
/** Most cases of one generated test: as many as its own count of what it has met asks for. */
const MOST_RUNS = 300;

const testFilesIn = (place) =>
  statSync(place).isDirectory()
    ? readdirSync(place)
        .sort()
        .filter((name) => name.endsWith('.test.ts') && !LEFT_OUT.test(name))
        .map((name) => path.join(place, name))
    : [place];

class SingleProcessRunner {
  /** @type {{ id: string, name: string, fileName: string, run: () => unknown, before: (() => Promise<void>)[] }[]} */
  #tests = [];
  #instrumenter;

  constructor(namespace) {
    this.#instrumenter = globalThis[namespace] ??= {};
  }

  capabilities() {
    return { reloadEnvironment: false };
  }

  init() {
    const require = createRequire(path.join(process.cwd(), 'package.json'));
    require('./test/helpers/ts-register.js');
    limitGeneratedCases(require);
    for (const file of TESTS.flatMap(testFilesIn)) {
      this.#collect(file);
      require(path.resolve(file));
    }
  }

  async dryRun({ coverageAnalysis }) {
    if (coverageAnalysis !== 'perTest')
      return { status: DryRunStatus.Error, errorMessage: 'coverageAnalysis must be perTest' };
    const tests = [];
    for (const test of this.#tests) {
      this.#instrumenter.currentTestId = test.id;
      tests.push(await runTest(test));
    }
    this.#instrumenter.currentTestId = undefined;
    return { status: DryRunStatus.Complete, tests, mutantCoverage: this.#instrumenter.mutantCoverage };
  }

  async mutantRun({ testFilter, activeMutant, hitLimit, disableBail }) {
    const wanted = testFilter && new Set(testFilter);
    this.#instrumenter.hitLimit = hitLimit;
    this.#instrumenter.hitCount = hitLimit === undefined ? undefined : 0;
    const tests = [];
    for (const test of this.#tests) {
      if (wanted && !wanted.has(test.id)) continue;
      this.#instrumenter.activeMutant = activeMutant.id;
      const result = await runTest(test);
      this.#instrumenter.activeMutant = undefined;
      tests.push(result);
      if (result.status !== TestStatus.Failed) continue;
      // A test that goes on failing was broken by an earlier mutant, not killed by this one.
      if ((await runTest(test)).status === TestStatus.Failed) throw new Error(`${test.id} fails without a mutant.`);
      if (!disableBail) break;
    }
    const { hitCount } = this.#instrumenter;
    return toMutantRunResult(determineHitLimitReached(hitCount, hitLimit) ?? { status: DryRunStatus.Complete, tests });
  }

  /** Sets the globals under which a test file registers its tests. */
  #collect(file) {
    const { bind } = createRequire(import.meta.url)('jest-each');
    const { expect } = createRequire(import.meta.url)('expect');
    let scope = { names: [], before: [] };
    const describe = (name, body) => {
      const outer = scope;
      scope = { names: [...outer.names, name], before: [...outer.before] };
      body();
      scope = outer;
    };
    const it = (name, run) => {
      if (name === REPLACES_A_MODULE) return;
      const full = [...scope.names, name].join(' ');
      const copies = this.#tests.filter((test) => test.fileName === file && test.name === full).length;
      const id = `${file}: ${full}${copies > 0 ? ` (${String(copies + 1)})` : ''}`;
      this.#tests.push({ id, name: full, fileName: file, run, before: scope.before });
    };
    describe.each = bind(describe, false);
    it.each = bind(it);
    const beforeAll = (hook) => {
      let done;
      scope.before.push(() => (done ??= Promise.resolve(hook())));
    };
    Object.assign(globalThis, { describe, it, test: it, beforeAll, expect, jest: { setTimeout: () => undefined } });
  }
}

async function runTest({ id, name, fileName, run, before }) {
  const start = performance.now();
  const about = { id, name, fileName };
  try {
    for (const hook of before) await hook();
    await run();
    return { ...about, status: TestStatus.Success, timeSpentMs: performance.now() - start };
  } catch (error) {
    return {
      ...about,
      status: TestStatus.Failed,
      timeSpentMs: performance.now() - start,
      failureMessage: String(error),
    };
  }
}

/** Puts a fast-check in the module cache whose `assert` is limited; its own exports cannot be set. */
function limitGeneratedCases(require) {
  const fc = require('fast-check');
  const limited = ({ numRuns = 100, seed = 1, ...rest } = {}) => ({
    ...rest,
    seed,
    numRuns: Math.min(numRuns, MOST_RUNS),
    endOnFailure: true,
  });
  const replaced = { ...fc.default, assert: (property, options) => fc.assert(property, limited(options)) };
  require.cache[require.resolve('fast-check')].exports = { ...replaced, default: replaced, __esModule: true };
}

const create = () => new SingleProcessRunner('__stryker__');
create.inject = [];

export const strykerPlugins = [declareFactoryPlugin(PluginKind.TestRunner, 'single-process', create)];
