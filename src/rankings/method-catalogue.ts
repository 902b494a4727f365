import {
  allMethods,
  meaningOf,
  PROPERTY_NAMES,
  type AnyMethod,
  type CounterExample,
  type ParameterSpec,
  type ParameterValue,
  type PropertyName,
  type Reference,
  type Stage,
} from '../scoring';

/** What a method says of one of its parameters, in the form that the API shows. */
export interface MethodParameter {
  readonly name: string;
  /** `number`, `integer`, `boolean`, `choice`, `code`, `numbers`, `codes`, `matrix` or `records`. */
  readonly type: string;
  readonly description: string;
  /** Null where there is none. */
  readonly default: ParameterValue;
  readonly min: number | null;
  readonly max: number | null;
  /** Whether `min` itself is not allowed. */
  readonly exclusiveMin: boolean;
  /** Whether `max` itself is not allowed. */
  readonly exclusiveMax: boolean;
  /** Most items of a list; null for the other types. */
  readonly maxLength: number | null;
  /** The choices of a `choice`; null for the other types. */
  readonly values: readonly string[] | null;
  readonly required: boolean;
  /** The fields of each record of a `records`; null for the other types. */
  readonly fields: readonly MethodParameter[] | null;
}

/** Whether a property holds for a method. */
export interface MethodProperty {
  readonly name: PropertyName;
  readonly holds: boolean;
  /** A small case that shows that it does not hold; null where it holds. */
  readonly counterExample: CounterExample | null;
}

/** A method as the API shows it. */
export interface MethodDescription {
  readonly id: string;
  readonly stage: Stage;
  readonly title: string;
  readonly summary: string;
  readonly formula: string;
  readonly parameters: readonly MethodParameter[];
  readonly references: readonly Reference[];
  readonly properties: readonly MethodProperty[];
}

function describeParameter([name, spec]: [string, ParameterSpec]): MethodParameter {
  return {
    name,
    type: spec.kind,
    description: meaningOf(spec),
    default: 'default' in spec ? spec.default : null,
    min: 'min' in spec ? spec.min : null,
    max: 'max' in spec ? spec.max : null,
    exclusiveMin: 'exclusiveMin' in spec && spec.exclusiveMin,
    exclusiveMax: 'exclusiveMax' in spec && spec.exclusiveMax,
    maxLength: 'maxLength' in spec ? spec.maxLength : null,
    values: spec.kind === 'choice' ? spec.values : null,
    required: 'required' in spec,
    fields: spec.kind === 'records' ? Object.entries(spec.fields).map(describeParameter) : null,
  };
}

function describeMethod(method: AnyMethod): MethodDescription {
  return {
    id: method.id,
    stage: method.stage,
    title: method.title,
    summary: method.summary,
    formula: method.formula,
    parameters: Object.entries(method.parameters).map(describeParameter),
    references: method.references,
    properties: PROPERTY_NAMES.flatMap((name) => {
      const claim = method.properties[name];
      return claim ? [{ name, holds: claim.holds, counterExample: claim.holds ? null : claim.counterExample }] : [];
    }),
  };
}

/** All methods of the engine, or those of one stage, in pipeline order. */
export function describeMethods(stage?: Stage | null): MethodDescription[] {
  return allMethods()
    .filter((method) => stage == null || method.stage === stage)
    .map(describeMethod);
}
