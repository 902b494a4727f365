import { Field, Float, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { DirectionEnum, type Direction } from './enums';
import { NodeType } from './node';
import { Release } from './release';

/** What is measured, as of the release that introduced the row. */
@ObjectType({ description: 'What is measured of each city and year.', simpleResolvers: true, implements: NodeType })
@Entity({ name: 'indicator' })
export class Indicator {
  @Field(() => String, { description: 'Public code, such as `egov_service_index`.' })
  @PrimaryColumn({ type: 'varchar' })
  code!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_indicator_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Column({ type: 'varchar', name: 'name_en' })
  nameEn!: string;

  @Column({ type: 'varchar', name: 'name_zh', nullable: true })
  nameZh!: string | null;

  @Column({ type: 'varchar', name: 'name_fr', nullable: true })
  nameFr!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'What it measures and how, in English. Null when the bundle does not say.',
  })
  @Column({ type: 'varchar', nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true, description: 'Unit of its values. Null when the bundle does not say.' })
  @Column({ type: 'varchar', nullable: true })
  unit!: string | null;

  @Field(() => DirectionEnum, {
    nullable: true,
    description: 'Which end is the good one. Null for an indicator of context, which no framework may rank by.',
  })
  @Column({ type: 'varchar', nullable: true })
  direction!: Direction | null;

  @Field(() => String, {
    nullable: true,
    description: 'Code of the indicator it may be divided by. Null when there is none.',
  })
  @Column({ type: 'varchar', name: 'denominator_code', nullable: true })
  denominatorCode!: string | null;

  @Field(() => Float, { nullable: true, description: 'Lower goalpost, in its unit. Null when there is none.' })
  @Column({ type: 'double precision', name: 'goalpost_low', nullable: true })
  goalpostLow!: number | null;

  @Field(() => Float, { nullable: true, description: 'Upper goalpost, in its unit. Null when there is none.' })
  @Column({ type: 'double precision', name: 'goalpost_high', nullable: true })
  goalpostHigh!: number | null;

  @Field(() => Float, { nullable: true, description: 'Policy target, in its unit. Null when there is none.' })
  @Column({ type: 'double precision', nullable: true })
  target!: number | null;

  /** Id of its main source, or null. */
  @Column({ type: 'varchar', name: 'source_id', nullable: true })
  sourceId!: string | null;
}
