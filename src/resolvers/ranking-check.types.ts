import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { RankingPreview } from '../rankings/ranking.service';
import { JsonScalar } from './scalars/json';
import { UserErrorType, type UserError } from './user-errors';

/** What a form is told of a request. */
export interface RankingCheck {
  readonly userErrors: readonly UserError[];
  /** Null where there are user errors. */
  readonly preview: RankingPreview | null;
}

/** See {@link RankingPreview}. */
@ObjectType('RankingPreview', { description: 'What a ranking would be, without its ranks.', simpleResolvers: true })
export class RankingPreviewType implements RankingPreview {
  @Field(() => String, { description: 'The digest that it would have.' })
  digest!: string;

  @Field(() => JsonScalar, { description: 'The whole recipe in its canonical form, every default written out.' })
  recipe!: RankingPreview['recipe'];

  @Field(() => Int, { description: 'The year that it would be for.' })
  year!: number;

  @Field(() => Int, { description: 'Number of selected cities.' })
  cityCount!: number;

  @Field(() => Float, { description: 'About how many cell operations it would cost.' })
  cost!: number;
}

/** See {@link RankingCheck}. */
@ObjectType('RankingCheck', {
  description: 'What is wrong with what a ranking is to be made of, or what it would be.',
  simpleResolvers: true,
})
export class RankingCheckType implements RankingCheck {
  @Field(() => [UserErrorType], {
    description: 'Everything that is wrong; empty where it can be run, but for what only the run can find.',
  })
  userErrors!: readonly UserError[];

  @Field(() => RankingPreviewType, {
    nullable: true,
    description: 'What it would be. Null where something is wrong.',
  })
  preview!: RankingPreview | null;
}
