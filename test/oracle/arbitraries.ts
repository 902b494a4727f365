import fc from 'fast-check';
import type { ParameterRecord, ParameterSpec, ParameterSpecs, ParameterValue } from '../../src/scoring/parameters';
import { get, range, sum } from './basics';

/** What the values of a generated table may be. */
export interface ValueKind {
  /** Smallest value: −20, 0 or something above. */
  readonly from: number;
  readonly gaps?: boolean;
}

/**
 * One column. Halves make ties, and sums of them are exact, so that a tie is a tie in any order of summing; the
 * irregular values make no ties; some columns are constant.
 */
export function column(n: number, { from, gaps = false }: ValueKind): fc.Arbitrary<number[]> {
  const halves = fc.integer({ min: Math.ceil(from * 2), max: 24 }).map((x) => x / 2);
  const irregular = fc.integer({ min: Math.ceil(from * 997), max: 24_000 }).map((x) => x / 997);
  const list = (value: fc.Arbitrary<number>): fc.Arbitrary<number[]> => fc.array(value, { minLength: n, maxLength: n });
  const full = fc.oneof(
    { weight: from === 0 ? 1 : 0, arbitrary: fc.constant(range(n).map(() => 0)) },
    { weight: 4, arbitrary: list(halves) },
    { weight: 5, arbitrary: list(irregular) },
    { weight: 1, arbitrary: halves.map((value) => range(n).map(() => value)) },
  );
  if (!gaps) return full;
  const holes = fc.array(fc.integer({ min: 0, max: 4 }), { minLength: n, maxLength: n });
  return fc.oneof(
    full,
    fc.tuple(full, holes).map(([values, hole]) => values.map((value, i) => (hole[i] === 0 ? NaN : value))),
  );
}

/** Which weights a method is tested with. */
export type WeightKind = 'EXACT' | 'IRREGULAR' | 'EITHER' | 'WITH_ZEROS';

/** Weights that add to 1: sixteenths, whose sums are exact, or irregular ones; above 0 unless zeros are asked for. */
export function weights(m: number, kind: WeightKind): fc.Arbitrary<number[]> {
  const cuts = { minLength: m - 1, maxLength: m - 1 };
  const sixteenths = (
    kind === 'WITH_ZEROS'
      ? fc.array(fc.integer({ min: 0, max: 16 }), cuts)
      : fc.uniqueArray(fc.integer({ min: 1, max: 15 }), cuts)
  ).map((inner) => {
    const places = [0, ...inner.sort((a, b) => a - b), 16];
    return range(m).map((k) => (get(places, k + 1) - get(places, k)) / 16);
  });
  const irregular = fc
    .array(fc.integer({ min: 1, max: 997 }), { minLength: m, maxLength: m })
    .map((parts) => parts.map((part) => part / sum(parts)));
  if (kind === 'EXACT') return sixteenths;
  return kind === 'IRREGULAR' ? irregular : fc.oneof(sixteenths, irregular);
}

function valueOf(spec: ParameterSpec): fc.Arbitrary<ParameterValue> {
  switch (spec.kind) {
    case 'number': {
      // Thirteenths fall on no threshold by chance; bounds of the specs are kept, others are ±10.
      const low = Math.ceil(Math.max(spec.min ?? -10, -10) * 13) + (spec.exclusiveMin ? 1 : 0);
      const high = Math.max(low, Math.floor(Math.min(spec.max ?? 10, 10) * 13) - (spec.exclusiveMax ? 1 : 0));
      return fc.integer({ min: low, max: high }).map((x) => x / 13);
    }
    case 'integer': {
      const low = Math.max(spec.min ?? 0, 0);
      return fc.integer({ min: low, max: Math.max(low, Math.min(spec.max ?? 8, 8)) });
    }
    case 'boolean':
      return fc.boolean();
    case 'choice':
      return fc.constantFrom(...spec.values);
    default:
      return fc.constant(null);
  }
}

/**
 * Parameters of a method: its defaults, or random ones from its specs; `own` says those that the specs cannot (lists,
 * records, parameters that depend on each other); `defaultsRun` is false where a method has no defaults to run with.
 */
export function parametersOf(
  specs: ParameterSpecs,
  own: Readonly<Record<string, fc.Arbitrary<ParameterValue>>> = {},
  defaultsRun = true,
): fc.Arbitrary<ParameterRecord> {
  const defaults: Record<string, fc.Arbitrary<ParameterValue>> = {};
  const random: Record<string, fc.Arbitrary<ParameterValue>> = {};
  for (const [name, spec] of Object.entries<ParameterSpec>(specs)) {
    const standard: ParameterValue = 'default' in spec ? spec.default : null;
    random[name] = own[name] ?? valueOf(spec);
    defaults[name] = 'required' in spec ? random[name] : fc.constant(standard);
  }
  if (!defaultsRun) return fc.record(random);
  return fc.oneof({ weight: 1, arbitrary: fc.record(defaults) }, { weight: 3, arbitrary: fc.record(random) });
}
