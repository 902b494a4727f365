import { MethodologyPreset } from '../entities';
import { makeConnection } from './connection';

/** A page of methodologies. */
export const MethodologyConnection = makeConnection(MethodologyPreset, 'Methodology', 'methodologies');
