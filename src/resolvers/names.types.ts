import { Field, ObjectType } from 'type-graphql';
import type { Named } from '../entities';

/** A name in every language that it is kept in. */
@ObjectType('Names', { description: 'A name in every language that it is kept in.', simpleResolvers: true })
export class NamesType implements Named {
  @Field(() => String, { name: 'en', nullable: true, description: 'English. Null when the bundle gives none.' })
  nameEn!: string | null;

  @Field(() => String, { name: 'zh', nullable: true, description: 'Chinese. Null when the bundle gives none.' })
  nameZh!: string | null;

  @Field(() => String, { name: 'fr', nullable: true, description: 'French. Null when the bundle gives none.' })
  nameFr!: string | null;
}
