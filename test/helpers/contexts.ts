import type {
  ImputationContext,
  KernelContext,
  NormalisationContext,
  TreatmentContext,
} from '../../src/scoring/descriptor';
import { ScoringError, type Warning } from '../../src/scoring/errors';
import type { ParameterRecord, ParameterSpec, ParameterSpecs } from '../../src/scoring/parameters';
import { registry } from '../../src/scoring/registry';
import type { CityMeta, IndicatorMeta } from '../../src/scoring/table';

/** Warnings that a kernel raised, in order. */
export type Warnings = Pick<Warning, 'code' | 'message'>[];

/** A context whose warnings are collected and whose refusals are thrown as `ScoringError`. */
export function kernelContext(warnings: Warnings = []): KernelContext {
  return {
    warn: (code, message) => warnings.push({ code, message }),
    refuse: (code, message, allowed, value) => {
      throw new ScoringError(code, message, [{ path: '', value, message, allowed }]);
    },
  };
}

/** A city with a code and groups. */
export const city = (code: string, groups: CityMeta['groups'] = {}): CityMeta => ({ code, groups });

/** An indicator, more is better unless said otherwise. */
export const indicator = (code: string, more: Partial<IndicatorMeta> = {}): IndicatorMeta => ({
  code,
  direction: 1,
  goalpostLow: null,
  goalpostHigh: null,
  target: null,
  denominator: null,
  ...more,
});

/** Context of one column's treatment. */
export const treatmentContext = (
  n: number,
  warnings: Warnings = [],
  meta: IndicatorMeta = indicator('x'),
): TreatmentContext => ({ ...kernelContext(warnings), indicator: meta, actions: new Uint8Array(n) });

/** Context of one column's normalisation. */
export const normalisationContext = (
  cities: readonly CityMeta[],
  warnings: Warnings = [],
  meta: IndicatorMeta = indicator('x'),
  sign: 1 | -1 = 1,
): NormalisationContext => ({ ...kernelContext(warnings), indicator: meta, sign, cities });

/** Context of an imputation; one dimension and no history unless said otherwise. */
export const imputationContext = (
  cities: readonly CityMeta[],
  indicators: readonly IndicatorMeta[],
  more: Partial<ImputationContext> = {},
  warnings: Warnings = [],
): ImputationContext => ({
  ...kernelContext(warnings),
  cities,
  indicators,
  dimensionOf: new Int32Array(indicators.length),
  year: 2020,
  history: () => ({ years: [], columns: [] }),
  ...more,
});

function defaultOf(spec: ParameterSpec): ParameterRecord[string] {
  return 'default' in spec ? spec.default : null;
}

/** A method's parameters with its defaults, overlaid with `given`; stands in for the recipe's validation. */
export function withDefaults(specs: ParameterSpecs, given: ParameterRecord = {}): ParameterRecord {
  const known = Object.fromEntries(Object.entries(specs).map(([name, spec]) => [name, defaultOf(spec)]));
  for (const name of Object.keys(given)) if (!(name in known)) throw new Error(`no parameter ${name}`);
  return { ...known, ...given };
}

/** The method of that id; throws where there is none. */
export function methodOf<M>(methods: ReadonlyMap<string, M>, id: string): M {
  const method = methods.get(id);
  if (method === undefined) throw new Error(`no method ${id}`);
  return method;
}

/** Normalises one oriented column: fit and apply on the same values. */
export function normalise(
  id: string,
  values: Float64Array,
  given: ParameterRecord,
  context: NormalisationContext,
): Float64Array {
  const method = methodOf(registry.NORMALISATION, id);
  const parameters = withDefaults(method.parameters, given);
  const out = new Float64Array(values.length);
  method.apply(values, method.fit(values, parameters, context), parameters, out, context);
  return out;
}

/** Treats one column. */
export function treat(
  id: string,
  values: Float64Array,
  given: ParameterRecord,
  context: TreatmentContext,
): Float64Array {
  const method = methodOf(registry.TREATMENT, id);
  const out = new Float64Array(values.length).fill(NaN);
  method.run(values, withDefaults(method.parameters, given), out, context);
  return out;
}

/** Fills the gaps of a column-major table. */
export function impute(
  id: string,
  values: Float64Array,
  given: ParameterRecord,
  context: ImputationContext,
): Float64Array {
  const method = methodOf(registry.IMPUTATION, id);
  const out = values.slice();
  method.run(values, withDefaults(method.parameters, given), out, context);
  return out;
}

/** Code of the error that a call is refused with; `null` where it is not refused. */
export function refusalOf(call: () => unknown): string | null {
  try {
    call();
  } catch (error) {
    if (error instanceof ScoringError) return error.code;
    throw error;
  }
  return null;
}

/** What a call is refused with, whole: code, message and problems; `null` where it is not refused. */
export function wholeRefusalOf(call: () => unknown): Pick<ScoringError, 'code' | 'message' | 'problems'> | null {
  try {
    call();
  } catch (error) {
    if (error instanceof ScoringError) return { code: error.code, message: error.message, problems: error.problems };
    throw error;
  }
  return null;
}
