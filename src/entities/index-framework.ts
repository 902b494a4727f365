import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** The tree of an index, by its code; its nodes are {@link FrameworkNode} rows. Its names are those of its root. */
@ObjectType('Framework', {
  description: 'The tree of an index: what it is made of, and how much each part weighs.',
  simpleResolvers: true,
  implements: NodeType,
})
@Entity({ name: 'index_framework' })
export class IndexFramework {
  @Field(() => String, { description: 'Public code, such as `city-digital-governance`.' })
  @PrimaryColumn({ type: 'varchar' })
  code!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_index_framework_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => String, { description: 'Code of its root node, whose score is the index.' })
  @Column({ type: 'varchar', name: 'root_code' })
  rootCode!: string;

  @Column({ type: 'varchar', name: 'name_en', nullable: true })
  nameEn!: string | null;

  @Column({ type: 'varchar', name: 'name_zh', nullable: true })
  nameZh!: string | null;

  @Column({ type: 'varchar', name: 'name_fr', nullable: true })
  nameFr!: string | null;
}
