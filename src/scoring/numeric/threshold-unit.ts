import type { ChoiceSpec } from '../parameters';
import { standardDeviationOf } from './statistics';

/** What the thresholds of an outranking method are given in. */
const THRESHOLD_UNITS = ['VALUE', 'STANDARD_DEVIATION'] as const;
type ThresholdUnit = (typeof THRESHOLD_UNITS)[number];

/** The unit of thresholds, as a parameter. */
export const THRESHOLD_UNIT_PARAMETER = {
  kind: 'choice',
  enumName: 'ThresholdUnit',
  values: THRESHOLD_UNITS,
  default: 'VALUE',
  description: 'Whether thresholds are in the units of the column or multiples of its standard deviation.',
} as const satisfies ChoiceSpec<ThresholdUnit>;

/** What a threshold of 1 is in the units of a complete column: 1, or the column's population standard deviation. */
export function thresholdUnitOf(unit: ThresholdUnit, column: Float64Array): number {
  return unit === 'VALUE' ? 1 : standardDeviationOf(column, 'POPULATION');
}
