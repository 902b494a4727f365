import { Arg } from 'type-graphql';
import { LanguageEnum } from '../entities';

/** The `language` argument of a name. */
export const LanguageArg = (): ParameterDecorator =>
  Arg('language', () => LanguageEnum, {
    defaultValue: LanguageEnum.EN,
    description: 'Language of the name; where there is no name in it, English, then Chinese, French, and the code.',
  }) as ParameterDecorator;

/** The `release` argument of a look-up. */
export const ReleaseArg = (): ParameterDecorator =>
  Arg('release', () => String, {
    nullable: true,
    description: 'Version of the release to read. Null or left out: the current one.',
  }) as ParameterDecorator;
