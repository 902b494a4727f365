/** Plain JSON values that a parameter may take. */
export type ParameterValue =
  | number
  | boolean
  | string
  | null
  | readonly number[]
  | readonly string[]
  | readonly (readonly number[])[]
  | readonly ParameterRecord[];

/** Parameters of one method by name, validated and with defaults filled in. */
export interface ParameterRecord {
  readonly [name: string]: ParameterValue;
}

/** A state of another parameter of the same method: it has one of `values`, or is given at all, or is left out. */
export interface ParameterState {
  readonly parameter: string;
  readonly is: readonly string[] | 'GIVEN' | 'LEFT_OUT';
}

interface Described {
  /** One sentence for the docs and the GraphQL schema: meaning, unit, effect. */
  readonly description: string;
  /** The method reads the parameter in any of these states only; a value other than its default is refused in others. Left out: always. */
  readonly readWhen?: readonly ParameterState[];
}

/**
 * A number. Exactly one of `default`, `required` and `optional` is given; an optional one is null when left out.
 * `min`/`max` are inclusive unless `exclusiveMin`/`exclusiveMax` is set.
 */
export interface NumberSpec extends Described {
  readonly kind: 'number' | 'integer';
  readonly min?: number;
  readonly max?: number;
  readonly exclusiveMin?: boolean;
  readonly exclusiveMax?: boolean;
  /** Another number of the method that this one must be above, where both are there. */
  readonly above?: string;
  readonly default?: number;
  readonly required?: true;
  readonly optional?: true;
}
/** True or false. */
export interface BooleanSpec extends Described {
  readonly kind: 'boolean';
  readonly default: boolean;
}
/** One of a closed list of published names; becomes a GraphQL enum called `enumName`. */
export interface ChoiceSpec<V extends string = string> extends Described {
  readonly kind: 'choice';
  readonly enumName: string;
  readonly values: readonly V[];
  readonly default?: V;
  readonly required?: true;
}
/** A code: of an indicator, city, node, group or release. `of` says which, so that it can be looked up and refused. */
export interface CodeSpec extends Described {
  readonly kind: 'code';
  readonly of: 'indicator' | 'city' | 'node' | 'grouping' | 'release';
  readonly default?: string;
  readonly required?: true;
  readonly optional?: true;
}
/** A list of numbers, null when left out and not required. */
export interface NumberListSpec extends Described {
  readonly kind: 'numbers';
  readonly min?: number;
  readonly max?: number;
  readonly maxLength: number;
  readonly required?: true;
}
/** A list of codes, null when left out and not required. */
export interface CodeListSpec extends Described {
  readonly kind: 'codes';
  readonly of: CodeSpec['of'];
  readonly maxLength: number;
  readonly required?: true;
}
/** A matrix of numbers, as a list of rows, null when left out and not required. */
export interface MatrixSpec extends Described {
  readonly kind: 'matrix';
  readonly min?: number;
  readonly max?: number;
  readonly maxLength: number;
  readonly required?: true;
}
/** A list of records, such as one preference function per criterion; becomes a GraphQL input called `inputName`. */
export interface RecordListSpec extends Described {
  readonly kind: 'records';
  readonly inputName: string;
  readonly fields: ParameterSpecs;
  readonly maxLength: number;
}

/** What a method says of one of its parameters. Validation, docs and GraphQL inputs are made from it. */
export type ParameterSpec =
  NumberSpec | BooleanSpec | ChoiceSpec | CodeSpec | NumberListSpec | CodeListSpec | MatrixSpec | RecordListSpec;

/** All parameters of one method by name. */
export interface ParameterSpecs {
  readonly [name: string]: ParameterSpec;
}

type ValueOf<S extends ParameterSpec> = S extends NumberSpec
  ? S extends { readonly optional: true }
    ? number | null
    : number
  : S extends BooleanSpec
    ? boolean
    : S extends ChoiceSpec<infer V>
      ? V
      : S extends CodeSpec
        ? S extends { readonly optional: true }
          ? string | null
          : string
        : S extends NumberListSpec
          ? S extends { readonly required: true }
            ? readonly number[]
            : readonly number[] | null
          : S extends CodeListSpec
            ? S extends { readonly required: true }
              ? readonly string[]
              : readonly string[] | null
            : S extends MatrixSpec
              ? S extends { readonly required: true }
                ? readonly (readonly number[])[]
                : readonly (readonly number[])[] | null
              : S extends RecordListSpec
                ? readonly ParametersOf<S['fields']>[] | null
                : never;

/** The TypeScript type of a method's validated parameters, inferred from its specs (declare them `as const satisfies ParameterSpecs`). */
export type ParametersOf<S extends ParameterSpecs> = { readonly [K in keyof S]: ValueOf<S[K]> };
