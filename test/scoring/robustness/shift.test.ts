import { meanShift, placeOf } from '../../../src/scoring/robustness/shift';

it('placeOf: an unranked city stands one place below the last that is ranked', () => {
  const place = placeOf(Float64Array.of(2, NaN, 1, NaN));
  expect([0, 1, 2, 3].map(place)).toEqual([2, 3, 1, 3]);
});

it.each([
  ['places moved', [1, 2, 3], [3, 2, 1], 4 / 3],
  ['a city that loses its rank falls to the last place', [1, 2, 3], [1, NaN, 2], 2 / 3],
  ['cities without a nominal rank are not counted', [NaN, 1], [1, 2], 1],
  ['no city has a nominal rank', [NaN, NaN], [1, 2], 0],
])('meanShift: %s', (_name, nominal, ranks, expected) => {
  expect(meanShift(Float64Array.from(nominal), Float64Array.from(ranks))).toBeCloseTo(expected, 12);
});
