import { Field, Float, InputType, Int, type ClassType } from 'type-graphql';
import { ObservationStatusEnum } from '../entities';
import {
  boundsOf,
  meaningOf,
  registry,
  type MethodDescriptor,
  type ParameterSpec,
  type ParameterSpecs,
  type Stage,
} from '../scoring';
import { AggregationScopeEnum, defineEnum, MethodEnums, type EnumObject } from './enums';

/*
 * The inputs of a recipe are made from the registry of methods: each stage has one input with `method` and the
 * parameters of all its methods. A new method thus appears here by itself.
 */

type TypeThunk = () => ClassType | EnumObject | typeof Float | StringConstructor | BooleanConstructor | TypeList;
type TypeList = [ReturnType<TypeThunk>] | [[typeof Float]];

interface InputField {
  readonly type: TypeThunk;
  readonly description: string;
  readonly required?: boolean;
}

/** Defines an input type without a class in the source. Every field is nullable unless `required`. */
function defineInput(name: string, description: string, fields: Readonly<Record<string, InputField>>): ClassType {
  @InputType(name, { description })
  class GeneratedInput {}
  for (const [field, { type, description: text, required }] of Object.entries(fields)) {
    Field(type, { nullable: required !== true, description: text })(GeneratedInput.prototype, field);
  }
  return GeneratedInput;
}

/** Numbers above this do not fit a GraphQL Int. */
const MAX_INT = 2 ** 31 - 1;

const parameterEnums = new Map<string, { values: Set<string>; object: EnumObject | null }>();
const parameterInputs = new Map<string, ClassType>();

function enumOfChoice(enumName: string): EnumObject {
  const known = parameterEnums.get(enumName);
  if (!known) throw new Error(`The enum ${enumName} was not collected.`);
  known.object ??= defineEnum(
    enumName,
    `A choice that a method offers; see the parameters of this type.`,
    Object.fromEntries(
      [...known.values].map((value) => [value, `${sentence(value)}; the parameter says what it does.`]),
    ),
  );
  return known.object;
}

/** `UPPER_CASE` as words. */
const sentence = (value: string): string => {
  const words = value.toLowerCase().replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

function typeOf(spec: ParameterSpec): TypeThunk {
  switch (spec.kind) {
    case 'number':
      return () => Float;
    case 'integer':
      return () => ((spec.max ?? 0) > MAX_INT ? Float : Int);
    case 'boolean':
      return () => Boolean;
    case 'choice': {
      const choice = enumOfChoice(spec.enumName);
      return () => choice;
    }
    case 'code':
      return () => String;
    case 'numbers':
      return () => [Float];
    case 'codes':
      return () => [String];
    case 'matrix':
      return () => [[Float]];
    case 'records': {
      const known = parameterInputs.get(spec.inputName) ?? defineRecord(spec.inputName, spec.description, spec.fields);
      parameterInputs.set(spec.inputName, known);
      return () => [known];
    }
  }
}

function defineRecord(name: string, description: string, specs: ParameterSpecs): ClassType {
  const fields = Object.entries(specs).map(([field, spec]): [string, InputField] => [
    field,
    { type: typeOf(spec), description: describe(spec), required: 'required' in spec },
  ]);
  return defineInput(name, description, Object.fromEntries(fields));
}

/** A spec's meaning with its range and its default, and what leaving it out does. */
function describe(spec: ParameterSpec): string {
  const bounds = boundsOf(spec);
  const meaning = `${meaningOf(spec)}${bounds === '' ? '' : ` Allowed: ${bounds}.`}`;
  if ('required' in spec) return `${meaning} Required.`;
  const fallback = 'default' in spec ? JSON.stringify(spec.default) : 'not used';
  return `${meaning} Null or left out: ${fallback}.`;
}

/** The parameters of all methods of a stage, each described for every method that reads it. */
function parametersOf(stage: Stage): Record<string, InputField> {
  const methods: MethodDescriptor[] = [...registry[stage].values()];
  const names = new Set(methods.flatMap((method) => Object.keys(method.parameters)));
  return Object.fromEntries(
    [...names].sort().flatMap((name): [string, InputField][] => {
      const byText = new Map<string, string[]>();
      const specs = methods.flatMap((method) => {
        const spec = method.parameters[name];
        if (!spec) return [];
        const text = describe(spec);
        byText.set(text, [...(byText.get(text) ?? []), method.id]);
        return [spec];
      });
      const [first] = specs;
      const description = [...byText].map(([text, ids]) => `${ids.join(', ')}: ${text}`).join(' ');
      return first ? [[name, { type: typeOf(first), description }]] : [];
    }),
  );
}

/** Choices of one name may be offered by several methods; their values are taken together. */
function collectChoices(specs: ParameterSpecs): void {
  for (const spec of Object.values(specs)) {
    if (spec.kind === 'records') collectChoices(spec.fields);
    if (spec.kind !== 'choice') continue;
    const entry = parameterEnums.get(spec.enumName) ?? { values: new Set<string>(), object: null };
    for (const value of spec.values) entry.values.add(value);
    parameterEnums.set(spec.enumName, entry);
  }
}
for (const methods of Object.values<ReadonlyMap<string, MethodDescriptor>>({ ...registry }))
  for (const method of methods.values()) collectChoices(method.parameters);

const methodField = (stage: keyof typeof MethodEnums): InputField => ({
  type: () => MethodEnums[stage],
  description: 'The method; `methods` says what each does and which of the parameters it reads.',
  required: true,
});

const overridesOf = (stage: 'TREATMENT' | 'NORMALISATION', name: string): InputField => {
  const override = defineInput(name, 'A rule for some indicators that beats the one of the stage.', {
    indicators: {
      type: () => [String],
      description: 'Codes of the indicators, at least one; each in one override only.',
      required: true,
    },
    method: {
      ...methodField(stage),
      description: 'The method. Null or left out: the one of the stage.',
      required: false,
    },
    ...parametersOf(stage),
  });
  return {
    type: () => [override],
    description: 'Rules for some indicators. Null or left out: one rule for all.',
  };
};

const PeriodInput = defineInput('PeriodInput', 'Which observations count.', {
  year: { type: () => Int, description: "The year to rank. Null or left out: the methodology's, else the latest." },
  latestWithinYears: {
    type: () => Int,
    description: 'How many years back a value may be taken from, 0 to 100. Null or left out: 0, the exact year.',
  },
});

const ScreeningInput = defineInput('ScreeningInput', 'Which cities have enough data to be ranked.', {
  minimumAvailability: {
    type: () => Float,
    description: 'Smallest share of the indicators that a city must have, 0 to 1. Null or left out: 0.',
  },
});

const DenominationInput = defineInput('DenominationInput', 'Divides one indicator by another.', {
  indicator: { type: () => String, description: 'Code of the indicator.', required: true },
  by: {
    type: () => String,
    description: "Code of the indicator to divide by. Null or left out: the indicator's own denominator.",
  },
  scale: { type: () => Float, description: 'Factor of the quotient, above 0. Null or left out: 1.' },
});

/** Input of one stage. */
export const ImputationInput = defineInput('ImputationInput', 'How missing values are filled in.', {
  method: methodField('IMPUTATION'),
  ...parametersOf('IMPUTATION'),
});

/** Input of one stage. */
export const TreatmentInput = defineInput('TreatmentInput', 'How outliers are dealt with.', {
  method: methodField('TREATMENT'),
  ...parametersOf('TREATMENT'),
  overrides: overridesOf('TREATMENT', 'TreatmentOverrideInput'),
});

const NormalisationBasisInput = defineInput(
  'NormalisationBasisInput',
  'Where the statistics of the normalisation are taken from, so that scores can be compared over time.',
  {
    years: { type: () => [Int], description: 'Years whose cities are pooled. Null or left out: the ranked year.' },
    release: { type: () => String, description: 'Version of a release. Null or left out: the ranked one.' },
  },
);

/** Input of one stage. */
export const NormalisationInput = defineInput('NormalisationInput', 'How indicators are put on a common scale.', {
  method: methodField('NORMALISATION'),
  ...parametersOf('NORMALISATION'),
  overrides: overridesOf('NORMALISATION', 'NormalisationOverrideInput'),
  basis: {
    type: () => NormalisationBasisInput,
    description: 'Where the statistics are taken from. Null or left out: the ranked cities and year.',
  },
});

const NodeWeightInput = defineInput('NodeWeightInput', 'The weight of one node among its siblings.', {
  node: { type: () => String, description: 'Code of the node.', required: true },
  weight: {
    type: () => Float,
    description: 'At least 0; only the ratio between siblings matters.',
    required: true,
  },
});

/** Input of one stage. */
export const WeightingInput = defineInput('WeightingInput', 'How the parts under a node are weighed.', {
  method: methodField('WEIGHTING'),
  ...parametersOf('WEIGHTING'),
  weights: {
    type: () => [NodeWeightInput],
    description: "Weights that replace those of the framework. Null or left out: the framework's.",
  },
});

/** Input of one stage. */
export const AggregationRuleInput = defineInput(
  'AggregationRuleInput',
  'How the nodes of a level and above, or one node, are computed. A rule for a node beats the one for its level.',
  {
    level: {
      type: () => Int,
      description: '1 is the nodes just above the indicators. Null or left out: the rule is for a node.',
    },
    node: { type: () => String, description: 'Code of a node. Null or left out: the rule is for a level.' },
    minimumAvailability: {
      type: () => Float,
      description: 'Smallest share of the parts that a city must have there, 0 to 1. Null or left out: 0.',
    },
    over: { type: () => AggregationScopeEnum, description: 'What is aggregated. Null or left out: CHILDREN.' },
    method: methodField('AGGREGATION'),
    ...parametersOf('AGGREGATION'),
  },
);

const RankInput = defineInput('RankInput', 'How scores become ranks.', {
  ties: {
    type: () => MethodEnums.RANKING,
    description: 'Ranks of cities with equal scores. Null or left out: COMPETITION.',
  },
  tolerance: {
    type: () => Float,
    description: 'Scores that differ by no more than this are equal, at least 0. Null or left out: 0.',
  },
  decimals: {
    type: () => Int,
    description:
      'Decimals that scores are rounded to before they are ranked, 0 to 12; the scores shown stay unrounded. Null or left out: not rounded.',
  },
  ...parametersOf('RANKING'),
});

/** A recipe, or some parts of one. */
export const RecipeInput = defineInput(
  'RecipeInput',
  'Parts of a recipe. What is given replaces that part of the methodology; null or left out keeps it.',
  {
    period: { type: () => PeriodInput, description: "Which observations count. Null or left out: the methodology's." },
    excludeStatuses: {
      type: () => [ObservationStatusEnum],
      description: "Statuses whose observations are passed over. Null or left out: the methodology's.",
    },
    screen: {
      type: () => ScreeningInput,
      description: "Which cities are ranked. Null or left out: the methodology's.",
    },
    denominate: {
      type: () => [DenominationInput],
      description: "Which indicators are divided by which. Null or left out: the methodology's.",
    },
    impute: { type: () => ImputationInput, description: "Filling of gaps. Null or left out: the methodology's." },
    treat: { type: () => TreatmentInput, description: "Treatment of outliers. Null or left out: the methodology's." },
    normalise: {
      type: () => NormalisationInput,
      description: "Putting indicators on a common scale. Null or left out: the methodology's.",
    },
    weight: { type: () => WeightingInput, description: "Weights. Null or left out: the methodology's." },
    aggregate: {
      type: () => [AggregationRuleInput],
      description: "How parts become scores, level by level. Null or left out: the methodology's.",
    },
    rank: { type: () => RankInput, description: "How scores become ranks. Null or left out: the methodology's." },
  },
);
