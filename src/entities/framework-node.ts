import { Field, Float, Int, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** A node of an index's tree, as of the release that introduced the row. */
@ObjectType({
  description: 'A part of an index: the index itself, a dimension, or an indicator at its leaf.',
  simpleResolvers: true,
  implements: NodeType,
})
@Entity({ name: 'framework_node' })
export class FrameworkNode {
  /** Code of the framework it belongs to. */
  @PrimaryColumn({ type: 'varchar', name: 'framework_code' })
  frameworkCode!: string;

  @Field(() => String, { description: 'Code, unique within its framework.' })
  @PrimaryColumn({ type: 'varchar' })
  code!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_framework_node_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => String, { nullable: true, description: 'Code of the node above it. Null for the root.' })
  @Column({ type: 'varchar', name: 'parent_code', nullable: true })
  parentCode!: string | null;

  @Column({ type: 'varchar', name: 'name_en', nullable: true })
  nameEn!: string | null;

  @Column({ type: 'varchar', name: 'name_zh', nullable: true })
  nameZh!: string | null;

  @Column({ type: 'varchar', name: 'name_fr', nullable: true })
  nameFr!: string | null;

  @Field(() => Float, {
    description: 'Weight among its siblings, at least 0; only the ratio between siblings matters.',
  })
  @Column({ type: 'double precision' })
  weight!: number;

  @Field(() => String, { nullable: true, description: 'Code of its indicator. Null for a node that is not a leaf.' })
  @Column({ type: 'varchar', name: 'indicator_code', nullable: true })
  indicatorCode!: string | null;

  @Field(() => Int, { description: 'Order among its siblings.' })
  @Column({ type: 'integer' })
  position!: number;
}
