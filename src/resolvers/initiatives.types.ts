import { Initiative } from '../entities';
import { makeConnection } from './connection';

/** A page of initiatives. */
export const InitiativeConnection = makeConnection(Initiative, 'Initiative', 'initiatives');
