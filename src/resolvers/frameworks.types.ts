import { IndexFramework } from '../entities';
import { makeConnection } from './connection';

/** A page of frameworks. */
export const FrameworkConnection = makeConnection(IndexFramework, 'Framework', 'frameworks');
