import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** One line of a ranking that somebody else published, as of the release that introduced the row. */
@ObjectType({
  description: 'The place of a city in a ranking that somebody else published.',
  simpleResolvers: true,
  implements: NodeType,
})
@Entity({ name: 'published_ranking' })
export class PublishedRanking {
  @Field(() => String, { description: 'Title of the report.' })
  @PrimaryColumn({ type: 'varchar' })
  report!: string;

  @Field(() => Int, { description: 'Year that the ranking describes.' })
  @PrimaryColumn({ type: 'integer' })
  year!: number;

  @Field(() => String, { description: 'Part of the report that is ranked, such as `overall`.' })
  @PrimaryColumn({ type: 'varchar' })
  dimension!: string;

  /** Code of the city. */
  @Field(() => String, { description: 'Code of the city.' })
  @PrimaryColumn({ type: 'varchar', name: 'city_code' })
  cityCode!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_published_ranking_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => Int, { description: 'The published rank; 1 is the best.' })
  @Column({ type: 'integer' })
  rank!: number;

  @Field(() => Float, { nullable: true, description: 'The published score. Null when the report prints none.' })
  @Column({ type: 'double precision', nullable: true })
  score!: number | null;

  /** Id of its source, or null. */
  @Column({ type: 'varchar', name: 'source_id', nullable: true })
  sourceId!: string | null;
}
