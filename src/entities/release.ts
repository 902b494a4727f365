import { Field, Int, ObjectType } from 'type-graphql';
import { Column, Entity, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';

/** A published state of all data. Releases are numbered 1, 2, 3 … and never change. */
@ObjectType({
  description: 'A published state of all data. A release never changes; a later one supersedes it.',
  simpleResolvers: true,
  implements: NodeType,
})
@Entity({ name: 'release' })
export class Release {
  /** 1 for the first release; no gaps. Rows of every other table name the release that introduced them. */
  @PrimaryColumn({ type: 'integer' })
  sequence!: number;

  @Field(() => String, { description: 'Version, as its publisher names it; unique.' })
  @Column({ type: 'varchar', unique: true })
  version!: string;

  @Field(() => String, { description: 'Name of the bundle it was published from.' })
  @Column({ type: 'varchar' })
  name!: string;

  @Field(() => String, {
    description: 'SHA-256 (hexadecimal) over everything an export of this release writes; names its content.',
  })
  @Column({ type: 'varchar' })
  digest!: string;

  @Field(() => String, { description: 'When it was published: ISO 8601, UTC.' })
  @Column({ type: 'varchar', name: 'published_at' })
  publishedAt!: string;

  @Field(() => String, { nullable: true, description: 'Terms of the data. Null when the bundle states none.' })
  @Column({ type: 'varchar', nullable: true })
  licence!: string | null;

  @Field(() => String, { nullable: true, description: 'Who published the bundle. Null when it does not say.' })
  @Column({ type: 'varchar', nullable: true })
  publisher!: string | null;

  @Field(() => String, { nullable: true, description: 'What the bundle holds. Null when it does not say.' })
  @Column({ type: 'varchar', nullable: true })
  description!: string | null;

  @Field(() => String, { nullable: true, description: "The publisher's notes. Null when there are none." })
  @Column({ type: 'varchar', nullable: true })
  notes!: string | null;

  @Field(() => Int, { description: 'Cities in this release.' })
  @Column({ type: 'integer', name: 'city_count' })
  cityCount!: number;

  @Field(() => Int, { description: 'Indicators in this release.' })
  @Column({ type: 'integer', name: 'indicator_count' })
  indicatorCount!: number;

  @Field(() => Int, { description: 'Observations in this release.' })
  @Column({ type: 'integer', name: 'observation_count' })
  observationCount!: number;
}
