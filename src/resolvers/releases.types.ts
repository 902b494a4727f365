import { Release } from '../entities';
import { makeConnection } from './connection';

/** A page of releases. */
export const ReleaseConnection = makeConnection(Release, 'Release', 'releases');
