import { Field, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** A saved recipe, as of the release that introduced the row. */
@ObjectType('Methodology', {
  description: 'A saved recipe: how scores are computed from figures.',
  simpleResolvers: true,
  implements: NodeType,
})
@Entity({ name: 'methodology_preset' })
export class MethodologyPreset {
  @Field(() => String, { description: 'Public code, such as `default`.' })
  @PrimaryColumn({ type: 'varchar' })
  code!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_methodology_preset_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Field(() => String, { description: 'What it does, in one line.' })
  @Column({ type: 'varchar' })
  name!: string;

  /** Code of the framework that it is written for. */
  @Column({ type: 'varchar', name: 'framework_code' })
  frameworkCode!: string;

  /** The recipe as its publisher wrote it: a JSON object, checked at import. */
  @Column({ type: 'simple-json' })
  recipe!: Readonly<Record<string, unknown>>;
}
