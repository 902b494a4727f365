import { Field, Float, ObjectType } from 'type-graphql';
import { Column, Entity, ForeignKey, PrimaryColumn } from 'typeorm';
import { NodeType } from './node';
import { Release } from './release';

/** A city (or any other unit that is ranked), as of the release that introduced the row. */
@ObjectType({
  description: 'A city, or any other kind of unit that a bundle ranks.',
  simpleResolvers: true,
  implements: NodeType,
})
@Entity({ name: 'city' })
export class City {
  @Field(() => String, { description: 'Public code; for the built-in data the GB/T 2260 code.' })
  @PrimaryColumn({ type: 'varchar' })
  code!: string;

  @ForeignKey(() => Release, { deferrable: 'INITIALLY DEFERRED', name: 'fk_city_release' })
  @PrimaryColumn({ type: 'integer', name: 'release_sequence' })
  releaseSequence!: number;

  @Column({ type: 'varchar', name: 'name_en' })
  nameEn!: string;

  @Column({ type: 'varchar', name: 'name_zh', nullable: true })
  nameZh!: string | null;

  @Column({ type: 'varchar', name: 'name_fr', nullable: true })
  nameFr!: string | null;

  @Field(() => String, { nullable: true, description: 'Code of its province. Null when the bundle gives none.' })
  @Column({ type: 'varchar', name: 'province_code', nullable: true })
  provinceCode!: string | null;

  @Column({ type: 'varchar', name: 'province_en', nullable: true })
  provinceEn!: string | null;

  @Column({ type: 'varchar', name: 'province_zh', nullable: true })
  provinceZh!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'Tier, such as `first`, `new_first` or `second`. Null when the bundle gives none.',
  })
  @Column({ type: 'varchar', nullable: true })
  tier!: string | null;

  @Field(() => Float, { nullable: true, description: 'Degrees north. Null when the bundle gives none.' })
  @Column({ type: 'double precision', nullable: true })
  latitude!: number | null;

  @Field(() => Float, { nullable: true, description: 'Degrees east. Null when the bundle gives none.' })
  @Column({ type: 'double precision', nullable: true })
  longitude!: number | null;
}
