import { at } from './at';
import { dividedBy, magnitudeOf, safeDivisor } from './criteria';
import { meanOf } from './statistics';

/** Population standard deviation of a complete column, safe for extreme magnitudes; `NaN` for an empty one. */
export function deviationOf(column: Float64Array): number {
  const divisor = safeDivisor(magnitudeOf(column));
  const scaled = dividedBy(column, divisor);
  const mean = meanOf(scaled);
  let squares = 0;
  for (let i = 0; i < scaled.length; i++) squares += (at(scaled, i) - mean) ** 2;
  return Math.sqrt(squares / scaled.length) * divisor;
}
