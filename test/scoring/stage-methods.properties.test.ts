import fc from 'fast-check';
import { ScoringError } from '../../src/scoring/errors';
import type { ParameterRecord, ParameterSpec } from '../../src/scoring/parameters';
import { registry } from '../../src/scoring/registry';
import { city, imputationContext, indicator, normalisationContext, treatmentContext } from '../helpers/contexts';
import { agrees } from '../helpers/golden';

/*
 * Every method of the three stages that work on single columns or gaps, with random parameters, on columns with gaps,
 * ties, constants and numbers near the ends of the doubles.
 */

const SEED = 4;
const RUNS = 400;

const ordinary = fc.double({ min: -1000, max: 1000, noNaN: true });
const extreme = fc.constantFrom(
  0,
  -0,
  5e-324,
  -5e-324,
  1e-308,
  1e-300,
  -1e-300,
  1e308,
  -1e308,
  Number.MAX_VALUE,
  -Number.MAX_VALUE,
  1e15,
  1,
);
const gap = fc.constant(NaN);

/** A column of `n` cells. */
const columnOf = (n: number, extremes: boolean): fc.Arbitrary<Float64Array> => {
  const list = (cell: fc.Arbitrary<number>): fc.Arbitrary<number[]> => fc.array(cell, { minLength: n, maxLength: n });
  return fc
    .oneof(
      list(ordinary),
      list(fc.integer({ min: 0, max: 3 })),
      list(fc.oneof(ordinary, gap)),
      list(fc.oneof({ weight: 9, arbitrary: fc.constant(1) }, { weight: 1, arbitrary: ordinary })),
      fc.oneof(ordinary, gap).map((value) => Array.from({ length: n }, () => value)),
      ...(extremes ? [list(fc.oneof(extreme, gap)), list(fc.oneof(extreme, ordinary))] : []),
    )
    .map((values) => Float64Array.from(values));
};

/** A value within a parameter's specification; small lists that are valid for the methods that take lists. */
function valueOf(name: string, spec: ParameterSpec): fc.Arbitrary<ParameterRecord[string]> {
  switch (spec.kind) {
    case 'number':
    case 'integer': {
      if (name === 'low') return fc.constantFrom(0, -1e9, 1);
      if (name === 'high') return fc.constantFrom(100, 1e9, 1.5);
      if (name === 'lower') return fc.constantFrom(null, 1, 1e-300);
      if (name === 'upper') return fc.constantFrom(null, 50, 1e308);
      const low = spec.min ?? -5;
      const high = Math.min(spec.max ?? 90, 90);
      const number =
        spec.kind === 'integer'
          ? fc.integer({ min: low, max: Math.min(high, 20) })
          : fc.double({ min: low, max: high, noNaN: true });
      const kept = number.filter((value) => spec.exclusiveMin !== true || value > low);
      return 'optional' in spec ? fc.option(kept) : kept;
    }
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...spec.values);
    case 'code':
      return fc.constantFrom(spec.of === 'grouping' ? 'tier' : 'c0');
    case 'numbers':
      return name === 'thresholds' ? fc.constantFrom([0], [10, 50, 90], [0, 1, 2]) : fc.constant(null);
    default:
      throw new Error(`no arbitrary for ${name}`);
  }
}

const parametersOf = (specs: Readonly<Record<string, ParameterSpec>>): fc.Arbitrary<ParameterRecord> =>
  fc.record(Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, valueOf(name, spec)])));

/** Runs a kernel; null where it refuses the case as undefined, which is a permitted outcome. */
function attempt<T>(run: () => T): T | null {
  try {
    return run();
  } catch (error) {
    if (error instanceof ScoringError) return null;
    throw error;
  }
}

/** A plain comparison: `expect` on every cell of thousands of tables is too slow. */
function check(holds: boolean, what: string, ...figures: readonly unknown[]): void {
  if (!holds) throw new Error(`${what}: ${figures.map(String).join(', ')}`);
}

/** No infinity, and a missing result exactly where `missing` says so. */
function expectSound(out: Float64Array, missing: (i: number) => boolean): void {
  out.forEach((value, i) => {
    check(missing(i) ? Number.isNaN(value) : Number.isFinite(value), 'unsound', value, i);
  });
}

const cities = Array.from({ length: 12 }, (_, i) => city(`c${String(i)}`, { tier: ['A', 'B', null][i % 3] ?? null }));
const shuffled = (n: number): fc.Arbitrary<number[]> =>
  fc.shuffledSubarray(
    Array.from({ length: n }, (_, i) => i),
    { minLength: n, maxLength: n },
  );
const pick = (values: Float64Array, places: readonly number[]): Float64Array =>
  Float64Array.from(places, (i) => values[i] ?? NaN);
const tolerance = (values: Float64Array): number =>
  1e-9 * values.reduce((size, x) => Math.max(size, Math.abs(x) || 0), 0);

describe.each([...registry.NORMALISATION])('NORMALISATION %s', (_id, method) => {
  const run = (
    values: Float64Array,
    fitted: Float64Array,
    parameters: ParameterRecord,
    sign: 1 | -1,
    places: readonly number[],
  ) => {
    const meta = indicator('x', { goalpostLow: 0.5, goalpostHigh: 40, target: 30 });
    const context = normalisationContext(
      places.map((i) => cities[i] ?? city('')),
      [],
      meta,
      sign,
    );
    const out = new Float64Array(values.length);
    method.apply(values, method.fit(fitted, parameters, context), parameters, out, context);
    return out;
  };
  const example = (extremes: boolean) =>
    fc.integer({ min: 1, max: 12 }).chain((n) =>
      fc.record({
        values: columnOf(n, extremes),
        other: columnOf(n, extremes),
        order: shuffled(n),
        sign: fc.constantFrom<1 | -1>(1, -1),
        parameters: parametersOf(method.parameters),
      }),
    );

  it('gives finite figures for values, missing ones for gaps', () => {
    let defined = 0;
    fc.assert(
      fc.property(example(true), ({ values, other, sign, parameters }) => {
        const places = Array.from(values.keys());
        const own = attempt(() => run(values, values, parameters, sign, places));
        if (own) {
          defined++;
          expectSound(own, (i) => Number.isNaN(values[i] ?? NaN));
        }
        // Scored with the statistics of another column; one without any value leaves everything missing in most methods.
        const frozen = attempt(() => run(values, other, parameters, sign, places));
        if (frozen && other.some((x) => !Number.isNaN(x))) expectSound(frozen, (i) => Number.isNaN(values[i] ?? NaN));
        else if (frozen) for (const x of frozen) check(Math.abs(x) !== Infinity, 'infinite', x);
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(defined).toBeGreaterThan(RUNS / 20);
  });

  it('keeps the order of values, also of those that were not fitted', () => {
    fc.assert(
      fc.property(example(true), ({ values, other, sign, parameters }) => {
        const out = attempt(() => run(values, other, parameters, sign, Array.from(values.keys())));
        if (!out) return;
        const order = Array.from(values.keys())
          .filter((i) => !Number.isNaN(out[i] ?? NaN))
          .sort((a, b) => (values[a] ?? 0) - (values[b] ?? 0));
        for (let k = 1; k < order.length; k++) {
          const [below, above] = [order[k - 1] ?? 0, order[k] ?? 0];
          const [lower, upper] = [out[below] ?? NaN, out[above] ?? NaN];
          check(upper >= lower, 'out of order', lower, upper);
          if (values[below] === values[above]) check(upper === lower, 'a tie is broken', lower, upper);
        }
      }),
      { numRuns: RUNS, seed: SEED },
    );
  });

  it('gives permuted cities their scores', () => {
    fc.assert(
      fc.property(example(false), ({ values, order, sign, parameters }) => {
        const out = attempt(() => run(values, values, parameters, sign, Array.from(values.keys())));
        const permuted = attempt(() => run(pick(values, order), pick(values, order), parameters, sign, order));
        check((permuted === null) === (out === null), 'refused one order only');
        if (!out || !permuted) return;
        const absolute = tolerance(out);
        pick(out, order).forEach((x, i) => {
          check(agrees(permuted[i] ?? NaN, x, 1e-9, absolute), 'permuted', permuted[i], x);
        });
      }),
      { numRuns: RUNS / 4, seed: SEED },
    );
  });
});

describe.each([...registry.TREATMENT])('TREATMENT %s', (_id, method) => {
  const run = (values: Float64Array, parameters: ParameterRecord) => {
    const context = treatmentContext(values.length);
    const out = new Float64Array(values.length).fill(7);
    method.run(values, parameters, out, context);
    return { out, actions: context.actions };
  };
  const example = (extremes: boolean) =>
    fc
      .integer({ min: 1, max: 12 })
      .chain((n) =>
        fc.record({ values: columnOf(n, extremes), order: shuffled(n), parameters: parametersOf(method.parameters) }),
      );

  it('gives finite figures for values, missing ones for gaps, keeps the order and records what it changed', () => {
    let defined = 0;
    fc.assert(
      fc.property(example(true), ({ values, parameters }) => {
        const result = attempt(() => run(values, parameters));
        if (!result) return;
        defined++;
        const { out, actions } = result;
        expectSound(out, (i) => Number.isNaN(values[i] ?? NaN));
        values.forEach((x, i) => {
          const y = out[i] ?? NaN;
          const changed = !Number.isNaN(x) && y !== x;
          check(changed ? actions[i] !== 0 : !Number.isNaN(x) || actions[i] === 0, 'record', x, y, actions[i]);
          values.forEach((other, k) => {
            if (x < other) check(y <= (out[k] ?? NaN), 'out of order', y, out[k]);
            if (x === other) check(y === out[k], 'a tie is broken', y, out[k]);
          });
        });
      }),
      { numRuns: RUNS, seed: SEED },
    );
    expect(defined).toBeGreaterThan(RUNS / 20);
  });

  it('gives permuted cities their values', () => {
    fc.assert(
      fc.property(example(false), ({ values, order, parameters }) => {
        const result = attempt(() => run(values, parameters));
        const permuted = attempt(() => run(pick(values, order), parameters));
        check((permuted === null) === (result === null), 'refused one order only');
        if (!result || !permuted) return;
        const absolute = tolerance(result.out);
        pick(result.out, order).forEach((x, i) => {
          check(agrees(permuted.out[i] ?? NaN, x, 1e-9, absolute), 'permuted', permuted.out[i], x);
        });
        expect([...permuted.actions]).toEqual(order.map((i) => result.actions[i]));
      }),
      { numRuns: RUNS / 4, seed: SEED },
    );
  });
});

describe.each([...registry.IMPUTATION])('IMPUTATION %s', (_id, method) => {
  const example = (extremes: boolean) =>
    fc.record({ n: fc.integer({ min: 1, max: 8 }), m: fc.integer({ min: 1, max: 4 }) }).chain(({ n, m }) =>
      fc.record({
        columns: fc.array(columnOf(n, extremes), { minLength: m, maxLength: m }),
        earlier: columnOf(n, extremes),
        later: columnOf(n, extremes),
        order: shuffled(n),
        directions: fc.array(fc.constantFrom<1 | -1 | 0>(1, -1, 0), { minLength: m, maxLength: m }),
        parameters: parametersOf(method.parameters),
      }),
    );
  type Example = ReturnType<typeof example> extends fc.Arbitrary<infer T> ? T : never;
  const run = (
    { columns, earlier, later, directions, parameters }: Omit<Example, 'order'>,
    places: readonly number[],
  ) => {
    const values = Float64Array.from(columns.flatMap((column) => [...pick(column, places)]));
    const out = values.slice();
    const context = imputationContext(
      places.map((i) => cities[i] ?? city('')),
      columns.map((_column, j) => indicator(`x${String(j)}`, { direction: directions[j] ?? 1 })),
      { year: 2020, history: () => ({ years: [2018, 2021], columns: [pick(earlier, places), pick(later, places)] }) },
    );
    method.run(values, parameters, out, context);
    return { values, out };
  };

  it('touches no value, and fills gaps with finite figures or not at all', () => {
    let filled = 0;
    fc.assert(
      fc.property(example(true), (rest) => {
        const result = attempt(() => run(rest, Array.from(rest.earlier.keys())));
        if (!result) return;
        result.values.forEach((x, i) => {
          const y = result.out[i] ?? NaN;
          if (!Number.isNaN(x)) check(y === x, 'a value was changed', x, y);
          else if (!Number.isNaN(y)) {
            filled++;
            check(Number.isFinite(y), 'unsound', y);
          }
        });
      }),
      { numRuns: RUNS, seed: SEED },
    );
    if (method.id === 'NONE') expect(filled).toBe(0);
    else expect(filled).toBeGreaterThan(RUNS / 20);
  });

  it('gives permuted cities their values', () => {
    fc.assert(
      fc.property(example(false), ({ order, ...rest }) => {
        const result = attempt(() => run(rest, Array.from(rest.earlier.keys())));
        const permuted = attempt(() => run(rest, order));
        check((permuted === null) === (result === null), 'refused one order only');
        if (!result || !permuted) return;
        const n = order.length;
        const absolute = tolerance(result.out);
        rest.columns.forEach((_column, j) => {
          pick(result.out.subarray(j * n, (j + 1) * n), order).forEach((x, i) => {
            check(agrees(permuted.out[j * n + i] ?? NaN, x, 1e-9, absolute), 'permuted', permuted.out[j * n + i], x);
          });
        });
      }),
      { numRuns: RUNS / 4, seed: SEED },
    );
  });
});
