import { at, atByte, atInt, columnAt, textAt } from '../../../src/scoring/numeric/at';

it('reads are plain within bounds, and have a stated value past the end', () => {
  expect([at(Float64Array.of(1.5), 0), at(Float64Array.of(1.5), 1)]).toEqual([1.5, NaN]);
  expect([atInt(Int32Array.of(7), 0), atInt(Int32Array.of(7), 1)]).toEqual([7, -1]);
  expect([atByte(Uint8Array.of(7), 0), atByte(Uint8Array.of(7), 1)]).toEqual([7, 0]);
  const column = Float64Array.of(1);
  expect(columnAt([column], 0)).toBe(column);
  expect(columnAt([column], 1)).toHaveLength(0);
  expect([textAt(['a'], 0), textAt(['a'], 1)]).toEqual(['a', '']);
});
