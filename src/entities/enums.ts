import { registerEnumType } from 'type-graphql';
import type { ObservationStatus } from '../scoring';
import type { Scope } from './scope';

/** Values of `Observation.status` as the enum object that TypeGraphQL registers; the names are those of the engine. */
export const ObservationStatusEnum = {
  NORMAL: 'NORMAL',
  ESTIMATED: 'ESTIMATED',
  PROVISIONAL: 'PROVISIONAL',
  IMPUTED: 'IMPUTED',
  QUESTIONABLE: 'QUESTIONABLE',
  MISSING: 'MISSING',
} as const satisfies Readonly<{ [Status in ObservationStatus]: Status }>;

/** Whether more of an indicator is better or worse. */
export const DirectionEnum = { HIGHER_BETTER: 'HIGHER_BETTER', LOWER_BETTER: 'LOWER_BETTER' } as const;
/** One of {@link DirectionEnum}; an indicator without a direction is context only. */
export type Direction = keyof typeof DirectionEnum;

/** Languages that names are kept in. */
export const LanguageEnum = { EN: 'EN', ZH: 'ZH', FR: 'FR' } as const;
/** One of {@link LanguageEnum}. */
export type Language = keyof typeof LanguageEnum;

/** Scopes under the names that the schema gives them. */
export const ScopeEnum = { READ: 'read', STEWARD: 'steward', ADMIN: 'admin' } as const satisfies Record<string, Scope>;

registerEnumType(ScopeEnum, {
  name: 'Scope',
  description: 'What a key or token allows; each includes those before it.',
  valuesConfig: {
    READ: { description: 'Reading data.' },
    STEWARD: { description: 'Also looking after them.' },
    ADMIN: { description: 'Also managing who may.' },
  },
});

registerEnumType(ObservationStatusEnum, {
  name: 'ObservationStatus',
  description: 'How far an observation can be trusted.',
  valuesConfig: {
    NORMAL: { description: 'As published, or computed from published figures.' },
    ESTIMATED: { description: 'Estimated by its publisher.' },
    PROVISIONAL: { description: 'Published as provisional; a later release may revise it.' },
    IMPUTED: { description: 'Filled in by its publisher or compiler, not measured.' },
    QUESTIONABLE: { description: 'Kept and shown, but left out of rankings unless the recipe includes it.' },
    MISSING: { description: 'Known to be missing; the value is null.' },
  },
});

registerEnumType(DirectionEnum, {
  name: 'Direction',
  description: 'Which end of an indicator is the good one.',
  valuesConfig: {
    HIGHER_BETTER: { description: 'More is better.' },
    LOWER_BETTER: { description: 'Less is better.' },
  },
});

registerEnumType(LanguageEnum, {
  name: 'Language',
  description: 'Language of a name.',
  valuesConfig: {
    EN: { description: 'English.' },
    ZH: { description: 'Chinese (simplified).' },
    FR: { description: 'French.' },
  },
});
