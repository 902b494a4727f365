import { Field, Float, Int, ObjectType } from 'type-graphql';
import { NodeType } from '../entities';
import type { MethodDescription, MethodParameter, MethodProperty } from '../rankings/method-catalogue';
import type { CounterExample, ParameterValue, PropertyName, Reference, Stage } from '../scoring';
import { PropertyEnum, StageEnum } from './enums';
import { JsonScalar } from './scalars/json';

/** A parameter of a method. */
@ObjectType('MethodParameter', { description: 'A parameter of a method.', simpleResolvers: true })
export class MethodParameterType implements MethodParameter {
  @Field(() => String, { description: 'Its name in a recipe.' })
  name!: string;

  @Field(() => String, {
    description: 'One of `number, integer, boolean, choice, code, numbers, codes, matrix, records`.',
  })
  type!: string;

  @Field(() => String, { description: 'What it does.' })
  description!: string;

  @Field(() => JsonScalar, { nullable: true, description: 'What it is when left out. Null when there is no default.' })
  default!: ParameterValue;

  @Field(() => Float, { nullable: true, description: 'Smallest allowed value. Null when there is none.' })
  min!: number | null;

  @Field(() => Float, { nullable: true, description: 'Largest allowed value. Null when there is none.' })
  max!: number | null;

  @Field(() => Boolean, { description: 'Whether `min` itself is not allowed.' })
  exclusiveMin!: boolean;

  @Field(() => Boolean, { description: 'Whether `max` itself is not allowed.' })
  exclusiveMax!: boolean;

  @Field(() => Int, { nullable: true, description: 'Most items of a list. Null for the other types.' })
  maxLength!: number | null;

  @Field(() => [String], { nullable: true, description: 'The choices. Null unless `type` is `choice`.' })
  values!: readonly string[] | null;

  @Field(() => Boolean, { description: 'Whether it must be given.' })
  required!: boolean;

  @Field(() => [MethodParameterType], {
    nullable: true,
    description: 'The fields of each record. Null unless `type` is `records`.',
  })
  fields!: readonly MethodParameter[] | null;
}

/** A published source of a method. */
@ObjectType('MethodReference', { description: 'A published source of a formula.', simpleResolvers: true })
export class MethodReferenceType implements Reference {
  @Field(() => String, { description: 'Authors, year, title, place.' })
  citation!: string;

  @Field(() => String, { nullable: true, description: 'A stable address. Null when there is none.' })
  url?: string;
}

/** A property that a method has or does not have. */
@ObjectType('MethodProperty', {
  description: 'A property that a method claims or denies; each is tested.',
  simpleResolvers: true,
})
export class MethodPropertyType implements MethodProperty {
  @Field(() => PropertyEnum, { description: 'The property.' })
  name!: PropertyName;

  @Field(() => Boolean, { description: 'Whether it holds.' })
  holds!: boolean;

  @Field(() => JsonScalar, {
    nullable: true,
    description:
      'A small case that shows that it does not hold: columns, weights, parameters, and the row or column that is changed. Null when it holds.',
  })
  counterExample!: CounterExample | null;
}

/** A method of the engine. */
@ObjectType('Method', {
  description: 'A method of the scoring engine.',
  simpleResolvers: true,
  implements: NodeType,
})
export class MethodType implements Omit<MethodDescription, 'id'> {
  @Field(() => StageEnum, { description: 'The stage that it belongs to.' })
  stage!: Stage;

  @Field(() => String, { description: 'Its usual name.' })
  title!: string;

  @Field(() => String, { description: 'What it does and when to use it.' })
  summary!: string;

  @Field(() => String, { description: 'Its formula in plain text.' })
  formula!: string;

  @Field(() => [MethodParameterType], { description: 'Its parameters.' })
  parameters!: readonly MethodParameter[];

  @Field(() => [MethodReferenceType], { description: 'Where it is published.' })
  references!: readonly Reference[];

  @Field(() => [MethodPropertyType], { description: 'Properties that it claims or denies.' })
  properties!: readonly MethodProperty[];
}
