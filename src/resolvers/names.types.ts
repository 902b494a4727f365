import { Field, ObjectType } from 'type-graphql';
import type { Named } from '../entities';

/** A name by language; null where there is none. */
export interface NameSet {
  readonly en: string | null;
  readonly zh: string | null;
  readonly fr: string | null;
}

/** A name in every language that it is kept in. */
@ObjectType('Names', { description: 'A name in every language that it is kept in.', simpleResolvers: true })
export class NamesType implements NameSet {
  @Field(() => String, { nullable: true, description: 'English. Null when the bundle gives none.' })
  en!: string | null;

  @Field(() => String, { nullable: true, description: 'Chinese. Null when the bundle gives none.' })
  zh!: string | null;

  @Field(() => String, { nullable: true, description: 'French. Null when the bundle gives none.' })
  fr!: string | null;
}

/** The names of a row. */
export function namesOf(row: Named): NameSet {
  return { en: row.nameEn, zh: row.nameZh, fr: row.nameFr };
}
