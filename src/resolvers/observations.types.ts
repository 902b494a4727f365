import { Observation } from '../entities';
import { makeConnection } from './connection';

/** A page of observations. */
export const ObservationConnection = makeConnection(Observation, 'Observation', 'observations');
