import { absent, isConstant, measured } from '../../../src/scoring/diagnostics';
import { nodeAt } from '../../../src/scoring/diagnostics/tree-columns';
import { asem } from '../../helpers/asem';
import { errorCodeOf } from './columns';

it.each([
  [0, { value: 0, reason: null }],
  [-1.5, { value: -1.5, reason: null }],
  [Infinity, { value: null, reason: 'OVERFLOW' }],
  [NaN, { value: null, reason: 'OVERFLOW' }],
])('measured(%d)', (value, expected) => {
  expect(measured(value)).toEqual(expected);
});

it('absent says why', () => {
  expect(absent('CONSTANT')).toEqual({ value: null, reason: 'CONSTANT' });
});

it.each([
  [[1, NaN, 1], true],
  [[1, 2], false],
  [[NaN], false],
  [[], false],
])('isConstant(%j) is %s', (values, expected) => {
  expect(isConstant(Float64Array.from(values))).toBe(expected);
});

it('a node that is not there is not found', () => {
  expect(errorCodeOf(() => nodeAt(asem().tree, 1000))).toBe('NOT_FOUND');
});
