import { City } from '../entities';
import { makeConnection } from './connection';

/** A page of cities. */
export const CityConnection = makeConnection(City, 'City', 'cities');
