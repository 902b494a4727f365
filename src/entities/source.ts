import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** Where figures come from, as of the release that introduced the row. */
@ObjectType({ description: 'Where figures come from.', simpleResolvers: true, implements: NodeType })
@Entity({ name: 'source' })
export class Source {
  /** Public code, such as `SRC-CENSUS-LEIII`; `code` in the schema. */
  @PrimaryColumn({ type: 'varchar' })
  id!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_source_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => String, { description: 'Title of the work.' })
  @Column({ type: 'varchar' })
  title!: string;

  @Field(() => String, { nullable: true, description: 'Who published it. Null when the bundle does not say.' })
  @Column({ type: 'varchar', nullable: true })
  publisher!: string | null;

  @Field(() => String, { nullable: true, description: 'Its address. Null when there is none.' })
  @Column({ type: 'varchar', nullable: true })
  url!: string | null;

  @Field(() => String, { nullable: true, description: 'Its terms. Null when the bundle does not say.' })
  @Column({ type: 'varchar', nullable: true })
  licence!: string | null;

  @Field(() => String, { nullable: true, description: 'How to cite it. Null when the bundle does not say.' })
  @Column({ type: 'varchar', nullable: true })
  citation!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Years it covers, as text such as `2009-2019`. Null when the bundle does not say.',
  })
  @Column({ type: 'varchar', nullable: true })
  year!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Day it was retrieved, ISO 8601. Null when the bundle does not say.',
  })
  @Column({ type: 'varchar', name: 'retrieved_on', nullable: true })
  retrievedOn!: string | null;

  @Field(() => String, { nullable: true, description: 'What a reader should know of it. Null when there is nothing.' })
  @Column({ type: 'varchar', nullable: true })
  note!: string | null;
}
