import type { KernelContext } from '../descriptor';
import type { ParameterSpecs } from '../parameters';

/** The output range of a bounded normalisation, as parameters. */
export const OUTPUT_RANGE_PARAMETERS = {
  low: { kind: 'number', min: -1e9, max: 1e9, default: 0, description: 'Score of the worst value.' },
  high: {
    kind: 'number',
    min: -1e9,
    max: 1e9,
    above: 'low',
    default: 100,
    description: 'Score of the best value; above `low`.',
  },
} as const satisfies ParameterSpecs;

/** Refuses (`BAD_INPUT`) an output range whose upper end is not above its lower end. */
export function checkOutputRange(low: number, high: number, { refuse }: KernelContext): void {
  if (!(high > low)) refuse('BAD_INPUT', '`high` is not above `low`.', `a number above ${String(low)}`, high);
}

/** The score of every city in a column without differences: the middle of the output range. */
export function middleOf(low: number, high: number): number {
  return (low + high) / 2;
}

/** Warns that all values of a column are equal, with the score that every city gets by the method's rule. */
export function warnConstant(score: number, { warn }: KernelContext): void {
  warn('CONSTANT_COLUMN', `All values are equal, so every city gets ${String(score)}.`);
}
