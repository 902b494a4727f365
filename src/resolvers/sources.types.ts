import { Source } from '../entities';
import { makeConnection } from './connection';

/** A page of sources. */
export const SourceConnection = makeConnection(Source, 'Source', 'sources');
