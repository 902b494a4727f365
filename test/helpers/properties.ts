import fc from 'fast-check';
import type {
  AggregationMethod,
  AnyMethod,
  CounterExample,
  NormalisationMethod,
  PropertyName,
  RankingMethod,
  TreatmentMethod,
  WeightingMethod,
} from '../../src/scoring/descriptor';
import type { ParameterRecord, ParameterSpec } from '../../src/scoring/parameters';
import { rankScores } from '../../src/scoring/ranks';
import { city, kernelContext, normalisationContext, treatmentContext, indicator } from './contexts';

/** A small table on which a property is looked for. Columns are oriented: more is better. */
export interface PropertyCase {
  readonly columns: readonly Float64Array[];
  /** ≥ 0, adding to 1. */
  readonly weights: Float64Array;
  /** Laid over the method's example parameters. */
  readonly parameters: ParameterRecord;
  readonly row: number;
  readonly column: number;
  /** What is added, taken away or multiplied by, in this case; above 0. */
  readonly amount: number;
}

/** Says how a property is violated on a case; null where it is not. Throws the method's own refusals. */
export type Checker = (example: PropertyCase) => string | null;

/**
 * Parameters for methods whose defaults do not make a run: only those that the specs cannot tell. A new method with such
 * parameters gets its line here, or its property test fails with the refusal.
 */
const EXAMPLES: Readonly<Record<string, (example: PropertyCase) => ParameterRecord>> = {
  OWA: ({ columns }) => ({ atLeast: Math.min(2, columns.length) }),
  AHP: ({ columns, weights }) => ({
    judgements: [
      {
        nodes: columns.map((_, k) => childCode(k)),
        matrix: columns.map((_, j) => columns.map((__, k) => (weights[j] ?? 1) / (weights[k] ?? 1))),
      },
    ],
  }),
};

const childCode = (k: number): string => `x${String(k)}`;
const cityCode = (i: number): string => `c${String(i)}`;

/** A value for a parameter that has no default: one that most methods can run with on the generated tables. */
function exampleValue(spec: ParameterSpec): ParameterRecord[string] {
  if ('default' in spec) return spec.default;
  if (!('required' in spec)) return null;
  switch (spec.kind) {
    case 'number':
    case 'integer':
      return Math.min(Math.max(2, spec.min ?? 2), spec.max ?? 2);
    case 'numbers':
      return [25, 50, 75];
    case 'code':
      return spec.of === 'city' ? cityCode(0) : childCode(0);
    case 'codes':
      return [childCode(0)];
    case 'choice':
      return spec.values[0] ?? null;
    default:
      return null;
  }
}

/** The parameters that a method runs with on a case: defaults, then examples, then the case's own. */
export function parametersFor(method: AnyMethod, example: PropertyCase): ParameterRecord {
  const defaults = Object.fromEntries(
    Object.entries<ParameterSpec>(method.parameters).map(([name, spec]) => [name, exampleValue(spec)]),
  );
  const own = Object.keys(example.parameters).length > 0 ? {} : (EXAMPLES[method.id]?.(example) ?? {});
  return { ...defaults, ...own, ...example.parameters };
}

/** A stored counter-example as a case; equal weights unless it has its own. */
export function caseOf({ columns, weights, parameters, row, column, amount }: CounterExample): PropertyCase {
  return {
    columns: columns.map((values) => Float64Array.from(values)),
    weights: Float64Array.from(weights ?? columns.map(() => 1 / columns.length)),
    parameters: parameters ?? {},
    row: row ?? 0,
    column: column ?? 0,
    amount: amount ?? 1,
  };
}

/**
 * Generated cases: 3 to 6 cities by 2 to 4 columns of quarters, so that ties come up and sums are exact; above 0, or of
 * both signs where the method admits them.
 */
export function generatedCase(method: AnyMethod): fc.Arbitrary<PropertyCase> {
  const positive = 'requires' in method;
  return fc
    .record({
      n: fc.integer({ min: 3, max: 6 }),
      m: fc.integer({ min: 2, max: 4 }),
      low: fc.constantFrom(...(positive ? [1] : [1, 1, -200])),
      high: fc.constantFrom(12, 400),
    })
    .chain(({ n, m, low, high }) =>
      fc.record({
        columns: fc.array(
          fc
            .array(fc.integer({ min: low, max: high }), { minLength: n, maxLength: n })
            .map((values) => Float64Array.from(values, (value) => value / 4)),
          { minLength: m, maxLength: m },
        ),
        weights: fc.array(fc.integer({ min: 1, max: 9 }), { minLength: m, maxLength: m }).map((values) => {
          const total = values.reduce((a, b) => a + b, 0);
          return Float64Array.from(values, (value) => value / total);
        }),
        parameters: fc.constant({}),
        row: fc.nat(n - 1),
        column: fc.nat(m - 1),
        amount: fc.constantFrom(0.25, 1, 3, 10, 62.5),
      }),
    );
}

/** Two figures agree up to rounding; `size` is that of the figures they were made of. */
const close = (a: number, b: number, size: number): boolean =>
  a === b || (Number.isNaN(a) && Number.isNaN(b)) || Math.abs(a - b) <= 1e-9 * Math.max(size, 1e-300);

const sizeOf = (values: ArrayLike<number>): number =>
  Array.from(values).reduce((size, value) => Math.max(size, Math.abs(value)), 0);

/** Where two results differ beyond rounding; null where they do not. */
function difference(what: string, before: Float64Array, after: Float64Array): string | null {
  const size = Math.max(sizeOf(before), sizeOf(after));
  const i = before.findIndex((value, k) => !close(value, after[k] ?? NaN, size));
  return i < 0 ? null : `${what}: ${String(before[i])} became ${String(after[i])} at ${String(i)}`;
}

/** −1, 0 or 1: the order of two results, equal within rounding. */
function order(values: Float64Array, a: number, b: number): number {
  const x = values[a] ?? NaN;
  const y = values[b] ?? NaN;
  return close(x, y, sizeOf(values)) ? 0 : Math.sign(x - y);
}

/** A pair of cities whose order is not the same in two results; `keep` maps a city of the second to one of the first. */
function reversal(first: Float64Array, second: Float64Array, keep: readonly number[]): string | null {
  for (let a = 0; a < keep.length; a++)
    for (let b = 0; b < a; b++) {
      const i = keep[a] ?? -1;
      const j = keep[b] ?? -1;
      if (order(first, i, j) !== order(second, a, b))
        return `cities ${String(i)} and ${String(j)}: ${String(first[i])}, ${String(first[j])} became ${String(second[a])}, ${String(second[b])}`;
    }
  return null;
}

const indices = (n: number): number[] => Array.from({ length: n }, (_, i) => i);

/** Permutations that every symmetric method is tried on: reversed, and rotated by one. */
const permutations = (n: number): number[][] => [indices(n).reverse(), indices(n).map((i) => (i + 1) % n)];

const pick = (values: Float64Array, places: readonly number[]): Float64Array =>
  Float64Array.from(places, (i) => values[i] ?? NaN);

const changed = (
  columns: readonly Float64Array[],
  column: number,
  change: (value: number, row: number) => number,
): Float64Array[] => columns.map((values, k) => (k === column ? values.map(change) : values.slice()));

const raised = ({ columns, row, column, amount }: PropertyCase): Float64Array[] =>
  changed(columns, column, (value, i) => (i === row ? value + amount : value));

type Checkers = Readonly<Partial<Record<PropertyName, Checker>>>;

/* Aggregation */

function aggregationCheckers(method: AggregationMethod): Checkers {
  /** Scores, turned so that more is better. */
  const run = (
    example: PropertyCase,
    columns: readonly Float64Array[],
    weights = example.weights,
    cities = indices(columns[0]?.length ?? 0),
    children = indices(columns.length),
  ): Float64Array => {
    const out = new Float64Array(cities.length).fill(NaN);
    method.run(columns, weights, parametersFor(method, example), out, {
      ...kernelContext(),
      children: children.map(childCode),
      cities: cities.map(cityCode),
      costs: new Uint8Array(columns.length),
    });
    return method.lowerIsBetter === true ? out.map((score) => -score) : out;
  };
  const whole = method.family === 'WHOLE_TABLE';
  const n = ({ columns }: PropertyCase): number => columns[0]?.length ?? 0;
  const score = (scores: Float64Array, i: number): number => scores[i] ?? NaN;

  const scoreKept = (before: Float64Array, after: Float64Array, row: number): boolean =>
    score(after, row) >= score(before, row) || close(score(after, row), score(before, row), sizeOf(before));
  /** No more cities beat it than before. */
  const rankKept = (before: Float64Array, after: Float64Array, row: number): boolean => {
    const beatenBy = (scores: Float64Array): number =>
      indices(scores.length).filter((i) => order(scores, i, row) > 0).length;
    return beatenBy(after) <= beatenBy(before);
  };

  return {
    MONOTONE(example) {
      const before = run(example, example.columns);
      const after = run(example, raised(example));
      if (scoreKept(before, after, example.row) && rankKept(before, after, example.row)) return null;
      return `raising city ${String(example.row)}: ${before.join(' ')} became ${after.join(' ')}`;
    },
    SCALE_INVARIANT: (example) =>
      difference(
        'scaled',
        run(example, example.columns),
        run(
          example,
          changed(example.columns, example.column, (value) => value * example.amount),
        ),
      ),
    SHIFT_INVARIANT: (example) =>
      difference(
        'shifted',
        run(example, example.columns),
        run(
          example,
          changed(example.columns, example.column, (value) => value + example.amount),
        ),
      ),
    SYMMETRIC(example) {
      const m = example.columns.length;
      const equal = new Float64Array(m).fill(1 / m);
      const before = run(example, example.columns, equal);
      for (const places of permutations(m)) {
        const columns = places.map((k) => example.columns[k] ?? new Float64Array(0));
        const swapped = difference('columns swapped', before, run(example, columns, equal, undefined, places));
        if (swapped !== null) return swapped;
      }
      for (const places of permutations(n(example))) {
        const columns = example.columns.map((column) => pick(column, places));
        const permuted = difference('cities permuted', pick(before, places), run(example, columns, equal, places));
        if (permuted !== null) return permuted;
      }
      return null;
    },
    IDEMPOTENT(example) {
      const [first = new Float64Array(0)] = example.columns;
      return difference(
        'equal columns',
        first,
        run(
          example,
          example.columns.map(() => first),
        ),
      );
    },
    BOUNDED(example) {
      const scores = run(example, example.columns);
      for (const i of indices(n(example))) {
        const row = example.columns.map((column) => column[i] ?? NaN);
        const slack = 1e-9 * sizeOf(row);
        const value = score(scores, i);
        if (!(value >= Math.min(...row) - slack && value <= Math.max(...row) + slack))
          return `${String(value)} is outside ${row.join(' ')}`;
      }
      return null;
    },
    COMPENSATORY(example) {
      const before = run(example, example.columns);
      // A loss of `amount`, or of half the value where that would leave the domain of methods for positive values.
      const loss = (value: number): number =>
        method.requires !== undefined && value <= example.amount ? value / 2 : value - example.amount;
      const lost = changed(example.columns, example.column, (value, i) => (i === example.row ? loss(value) : value));
      for (const other of indices(example.columns.length).filter((k) => k !== example.column)) {
        for (let gain = 1; gain <= 1e12; gain *= 10) {
          const gained = changed(lost, other, (value, i) => (i === example.row ? value + gain : value));
          const after = run(example, gained);
          if (whole ? rankKept(before, after, example.row) : scoreKept(before, after, example.row)) return null;
        }
      }
      return `nothing makes up for the loss of ${String(example.amount)} in column ${String(example.column)}`;
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES(example) {
      const keep = indices(n(example)).filter((i) => i !== example.row);
      const columns = example.columns.map((column) => pick(column, keep));
      return reversal(run(example, example.columns), run(example, columns, undefined, keep), keep);
    },
    HOMOGENEOUS: (example) =>
      difference(
        'all scaled',
        run(example, example.columns).map((value) => value * example.amount),
        run(
          example,
          example.columns.map((column) => column.map((value) => value * example.amount)),
        ),
      ),
  };
}

/* Weighting */

function weightingCheckers(method: WeightingMethod): Checkers {
  const run = (
    example: PropertyCase,
    columns: readonly Float64Array[],
    children = indices(columns.length),
  ): Float64Array =>
    method.run(columns, parametersFor(method, example), {
      ...kernelContext(),
      children: children.map(childCode),
      given: Float64Array.from(children, (k) => (example.weights[k] ?? 0) * 10),
      leaves: Int32Array.from(children, (k) => 1 + Math.round((example.weights[k] ?? 0) * 10)),
    });
  return {
    SUMS_TO_ONE(example) {
      const weights = run(example, example.columns);
      const sum = weights.reduce((a, b) => a + b, 0);
      const fine = weights.length === example.columns.length && weights.every((weight) => weight >= 0);
      return fine && Math.abs(sum - 1) < 1e-9 ? null : `weights ${weights.join(' ')}`;
    },
    SYMMETRIC(example) {
      const before = run(example, example.columns);
      for (const places of permutations(example.columns.length)) {
        const columns = places.map((k) => example.columns[k] ?? new Float64Array(0));
        const swapped = difference('columns swapped', pick(before, places), run(example, columns, places));
        if (swapped !== null) return swapped;
      }
      for (const places of permutations(example.columns[0]?.length ?? 0)) {
        const columns = example.columns.map((column) => pick(column, places));
        const permuted = difference('cities permuted', before, run(example, columns));
        if (permuted !== null) return permuted;
      }
      return null;
    },
    SCALE_INVARIANT: (example) =>
      difference(
        'scaled',
        run(example, example.columns),
        run(
          example,
          changed(example.columns, example.column, (value) => value * example.amount),
        ),
      ),
    SHIFT_INVARIANT: (example) =>
      difference(
        'shifted',
        run(example, example.columns),
        run(
          example,
          changed(example.columns, example.column, (value) => value + example.amount),
        ),
      ),
  };
}

/* Normalisation: of the case's column */

function normalisationCheckers(method: NormalisationMethod): Checkers {
  const column = (example: PropertyCase): Float64Array => example.columns[example.column] ?? new Float64Array(0);
  const run = (example: PropertyCase, values: Float64Array, cities = indices(values.length)): Float64Array => {
    const parameters = parametersFor(method, example);
    const meta = indicator('x', { goalpostLow: 0, goalpostHigh: 60, target: 50 });
    const context = normalisationContext(
      cities.map((i) => city(cityCode(i))),
      [],
      meta,
    );
    const out = new Float64Array(values.length);
    method.apply(values, method.fit(values, parameters, context), parameters, out, context);
    return out;
  };
  return {
    ORDER_PRESERVING: (example) => disorder(column(example), run(example, column(example))),
    SCALE_INVARIANT: (example) =>
      difference(
        'scaled',
        run(example, column(example)),
        run(
          example,
          column(example).map((value) => value * example.amount),
        ),
      ),
    SHIFT_INVARIANT: (example) =>
      difference(
        'shifted',
        run(example, column(example)),
        run(
          example,
          column(example).map((value) => value + example.amount),
        ),
      ),
    BOUNDED(example) {
      const [low, high] = statedRange(parametersFor(method, example), column(example));
      const scores = run(example, column(example));
      const slack = 1e-9 * Math.max(Math.abs(low), Math.abs(high));
      const outside = scores.find((value) => !(value >= low - slack && value <= high + slack));
      return outside === undefined ? null : `${String(outside)} is outside ${String(low)} … ${String(high)}`;
    },
    SYMMETRIC(example) {
      const before = run(example, column(example));
      for (const places of permutations(before.length)) {
        const permuted = difference(
          'cities permuted',
          pick(before, places),
          run(example, pick(column(example), places), places),
        );
        if (permuted !== null) return permuted;
      }
      return null;
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES(example) {
      const keep = indices(column(example).length).filter((i) => i !== example.row);
      // Methods that put values into classes may tie what was not tied; they must not turn it around.
      const before = run(example, column(example));
      const after = run(example, pick(column(example), keep), keep);
      for (let a = 0; a < keep.length; a++)
        for (let b = 0; b < a; b++) {
          const turned = order(before, keep[a] ?? -1, keep[b] ?? -1) * order(after, a, b) < 0;
          if (turned) return `cities ${String(keep[a])} and ${String(keep[b])} are turned around`;
        }
      return null;
    },
  };
}

/** The output range of a normalisation: that of its `low` and `high`, otherwise 0 … 1, and −1 … 1 where the column has negative values. */
function statedRange({ low, high }: ParameterRecord, values: Float64Array): readonly [number, number] {
  if (typeof low === 'number' && typeof high === 'number') return [low, high];
  return [values.some((value) => value < 0) ? -1 : 0, 1];
}

/** A pair of values whose outputs stand the other way round. */
function disorder(values: Float64Array, outputs: Float64Array): string | null {
  for (const i of indices(values.length))
    for (const j of indices(values.length)) {
      const higher = (values[i] ?? NaN) >= (values[j] ?? NaN);
      if (higher && order(outputs, i, j) < 0)
        return `${String(values[i])} and ${String(values[j])} became ${String(outputs[i])} and ${String(outputs[j])}`;
    }
  return null;
}

/* Treatment: of the case's column */

function treatmentCheckers(method: TreatmentMethod): Checkers {
  return {
    ORDER_PRESERVING(example) {
      const values = example.columns[example.column] ?? new Float64Array(0);
      const out = new Float64Array(values.length);
      method.run(values, parametersFor(method, example), out, treatmentContext(values.length));
      return disorder(values, out);
    },
  };
}

/* Ranking: the case's first column are the scores; a good rank is a small one */

function rankingCheckers(method: RankingMethod): Checkers {
  const run = (scores: Float64Array, cities = indices(scores.length)): Float64Array =>
    rankScores(scores, cities.map(cityCode), { ties: method.id, tolerance: 0, decimals: null }).ranks.map(
      (rank) => -rank,
    );
  const scoresOf = ({ columns }: PropertyCase): Float64Array => columns[0] ?? new Float64Array(0);
  return {
    ORDER_PRESERVING: (example) => disorder(scoresOf(example), run(scoresOf(example))),
    SYMMETRIC(example) {
      const before = run(scoresOf(example));
      for (const places of permutations(before.length)) {
        const permuted = difference(
          'cities permuted',
          pick(before, places),
          run(pick(scoresOf(example), places), places),
        );
        if (permuted !== null) return permuted;
      }
      return null;
    },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES(example) {
      const keep = indices(scoresOf(example).length).filter((i) => i !== example.row);
      return reversal(run(scoresOf(example)), run(pick(scoresOf(example), keep), keep), keep);
    },
  };
}

/** The checkers that a method's claims can be put to. */
export function checkersOf(method: AnyMethod): Checkers {
  switch (method.stage) {
    case 'AGGREGATION':
      return aggregationCheckers(method);
    case 'WEIGHTING':
      return weightingCheckers(method);
    case 'NORMALISATION':
      return normalisationCheckers(method);
    case 'TREATMENT':
      return treatmentCheckers(method);
    case 'RANKING':
      return rankingCheckers(method);
    default:
      return {};
  }
}
