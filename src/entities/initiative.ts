import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn, type ValueTransformer } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** A part of a primary key cannot be null, so a missing day is stored as the empty string. */
const emptyAsNull: ValueTransformer = {
  to: (value: string | null) => value ?? '',
  from: (value: string) => (value === '' ? null : value),
};

/** Something that a city announced or signed, as of the release that introduced the row. */
@ObjectType({ description: 'Something that a city announced or signed.', simpleResolvers: true, implements: NodeType })
@Entity({ name: 'initiative' })
export class Initiative {
  @Field(() => String, { description: 'Code of the city.' })
  @PrimaryColumn({ type: 'varchar', name: 'city_code' })
  cityCode!: string;

  @Field(() => String, { description: 'What it is.' })
  @PrimaryColumn({ type: 'varchar' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Day of signing, ISO 8601. Null when it is not known.' })
  @PrimaryColumn({ type: 'varchar', name: 'signed_on', transformer: emptyAsNull })
  signedOn!: string | null;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_initiative_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => String, { nullable: true, description: 'Sectors it concerns. Null when not known.' })
  @Column({ type: 'varchar', nullable: true })
  sector!: string | null;

  @Field(() => String, { nullable: true, description: 'District of the city. Null when it is the whole city.' })
  @Column({ type: 'varchar', nullable: true })
  district!: string | null;

  @Field(() => Int, { nullable: true, description: 'Number of projects. Null when not known.' })
  @Column({ type: 'integer', name: 'project_count', nullable: true })
  projectCount!: number | null;

  /** Id of its source, or null. */
  @Column({ type: 'varchar', name: 'source_id', nullable: true })
  sourceId!: string | null;

  @Field(() => String, { nullable: true, description: 'What a reader should know of it. Null when there is nothing.' })
  @Column({ type: 'varchar', nullable: true })
  note!: string | null;
}
