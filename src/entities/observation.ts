import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, Index, PrimaryColumn } from 'typeorm';
import type { ObservationStatus } from '../scoring';
import { ObservationStatusEnum } from './enums';
import { NodeType } from './node';
import { Release } from './release';

/** One figure: a city, an indicator and a year, as of the release that introduced the row. Append-only. */
@ObjectType({
  description: 'One figure: an indicator of a city in a year, with its status and source.',
  simpleResolvers: true,
  implements: NodeType,
})
@Index('ix_observation_indicator_code_year', ['indicatorCode', 'year'])
@Entity({ name: 'observation' })
export class Observation {
  @Field(() => String, { description: 'Code of the city.' })
  @PrimaryColumn({ type: 'varchar', name: 'city_code' })
  cityCode!: string;

  @Field(() => String, { description: 'Code of the indicator.' })
  @PrimaryColumn({ type: 'varchar', name: 'indicator_code' })
  indicatorCode!: string;

  @Field(() => Int, { description: 'Year it describes.' })
  @PrimaryColumn({ type: 'integer' })
  year!: number;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_observation_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => Float, {
    nullable: true,
    description: "The figure, in the indicator's unit. Null when it is known to be missing; `status` says why.",
  })
  @Column({ type: 'double precision', nullable: true })
  value!: number | null;

  @Field(() => ObservationStatusEnum, { description: 'How far the figure can be trusted.' })
  @Column({ type: 'varchar' })
  status!: ObservationStatus;

  @Field(() => Float, { nullable: true, description: 'Lower bound of the figure. Null when none is published.' })
  @Column({ type: 'double precision', nullable: true })
  low!: number | null;

  @Field(() => Float, { nullable: true, description: 'Upper bound of the figure. Null when none is published.' })
  @Column({ type: 'double precision', nullable: true })
  high!: number | null;

  /** Id of its source, or null. */
  @Column({ type: 'varchar', name: 'source_id', nullable: true })
  sourceId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What a reader should know of the figure, such as why it is questionable. Null when there is nothing.',
  })
  @Column({ type: 'varchar', nullable: true })
  note!: string | null;
}
