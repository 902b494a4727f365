import { Indicator } from '../entities';
import { makeConnection } from './connection';

/** A page of indicators. */
export const IndicatorConnection = makeConnection(Indicator, 'Indicator', 'indicators');
