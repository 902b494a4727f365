import { kemenyMeanPlaces } from '../../../src/scoring/numeric/kemeny';

/** Margins of `s` items of which the first stands before the second and all others are level. */
function onePair(s: number): Float64Array {
  const margins = new Float64Array(s * s);
  margins[1] = 0.5;
  margins[s] = -0.5;
  return margins;
}

/** Mean places by symmetry: the first two take up the smaller and the larger of two places drawn from 0 … s − 1. */
const bySymmetry = (s: number): number[] =>
  Array.from({ length: s }, (_, i) => (i === 0 ? (s + 1) / 3 - 1 : i === 1 ? (2 * (s + 1)) / 3 - 1 : (s - 1) / 2));

describe('mean places over all best orders', () => {
  it.each([2, 5, 9])('are exact quotients for %i items', (s) => {
    const { places } = kemenyMeanPlaces(onePair(s), s);
    bySymmetry(s).forEach((place, i) => {
      expect(Math.abs((places[i] ?? NaN) - place)).toBeLessThan(1e-14 * s);
    });
    expect(new Set(places.slice(2)).size).toBeLessThanOrEqual(1);
  });

  it('are rounded to 9 decimals where the orders outnumber the integers of a double, so that equals stay equal', () => {
    const { places, orders } = kemenyMeanPlaces(onePair(18), 18);
    expect(orders * 18).toBeGreaterThan(Number.MAX_SAFE_INTEGER);
    bySymmetry(18).forEach((place, i) => {
      expect(places[i]).toBeCloseTo(place, 9);
    });
    expect([...new Set(places.slice(2))]).toEqual([8.5]);
  });
});
