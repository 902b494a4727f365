import { entryOf, itemAt } from '../../src/scoring/lookup';

it('gives what is there, and throws on a miss', () => {
  expect(itemAt(['a', 'b'], 1)).toBe('b');
  expect(() => itemAt(['a', 'b'], 2)).toThrow(RangeError);
  expect(() => itemAt(['a', 'b'], -1)).toThrow(RangeError);
  expect(entryOf(new Map([['a', 0]]), 'a')).toBe(0);
  expect(() => entryOf(new Map([['a', 0]]), 'b')).toThrow(RangeError);
});
