import {
  compareRankings,
  distanceKm,
  nearest,
  profileDistances,
  shapeDistances,
  standardised,
} from '../../../src/scoring';

it('distanceKm: a quarter of the meridian and the equator, and Paris to Beijing (8,220 km on the ellipsoid)', () => {
  const place = (latitude: number, longitude: number) => ({ latitude, longitude });
  const quarter = (6371.0088 * Math.PI) / 2;
  expect(distanceKm(place(0, 0), place(90, 0))).toBeCloseTo(quarter, 6);
  expect(distanceKm(place(0, -45), place(0, 45))).toBeCloseTo(quarter, 6);
  expect(distanceKm(place(10, 20), place(10, 20))).toBe(0);
  // The sphere is within 0.6 % of the ellipsoid.
  expect(Math.abs(distanceKm(place(48.8566, 2.3522), place(39.9042, 116.4074)) - 8220)).toBeLessThan(0.006 * 8220);
});

const columns = [Float64Array.of(0, 3, 1, NaN), Float64Array.of(0, 4, 2, NaN), Float64Array.of(0, NaN, 3, 5)];

it('profileDistances: root mean square over the shared columns; half of them must be shared', () => {
  const [own, first, second, third] = profileDistances(columns, 0);
  expect(own).toBeNaN();
  expect(first).toBeCloseTo(Math.sqrt((9 + 16) / 2), 12);
  expect(second).toBeCloseTo(Math.sqrt((1 + 4 + 9) / 3), 12);
  expect(third).toBeNaN();
});

it('shapeDistances: 0 for the same shape, 2 for the opposite one, NaN for a flat or too short one', () => {
  const shapes = [Float64Array.of(1, 10, 3, 5, 1), Float64Array.of(2, 20, 2, 5, 2), Float64Array.of(3, 30, 1, 5, NaN)];
  const [, same, opposite, flat, short] = shapeDistances(shapes, 0);
  expect(same).toBeCloseTo(0, 12);
  expect(opposite).toBeCloseTo(2, 12);
  expect(flat).toBeNaN();
  expect(short).toBeNaN();
});

it('standardised: sample standard deviation 1; a constant column counts for nothing', () => {
  const [column = new Float64Array(), constant = new Float64Array()] = standardised([
    Float64Array.of(2, 4, 6),
    Float64Array.of(7, 7, NaN),
  ]);
  expect(Array.from(column)).toEqual([1, 2, 3]);
  expect(Array.from(constant)).toEqual([0, 0, NaN]);
});

it('nearest: by distance, then by index, gaps left out', () => {
  expect(nearest(Float64Array.of(2, NaN, 1, 2, 0.5), 3)).toEqual([4, 2, 0]);
});

it('compareRankings: shifts are told among the cities in both', () => {
  const list = (codes: string, ranks: number[]) => ({
    codes: Array.from(codes),
    ranks: Float64Array.from(ranks),
    scores: Float64Array.from(ranks, (rank) => -rank),
  });
  const found = compareRankings(list('abcd', [1, 2, 3, 4]), list('xdba', [1, 2, 3, 4]), 0.9);
  expect(found.onlyA).toEqual(['c']);
  expect(found.onlyB).toEqual(['x']);
  expect(found.common.map(({ code, shift, shiftAmongCommon }) => [code, shift, shiftAmongCommon])).toEqual([
    ['a', -3, -2],
    ['b', -1, 0],
    ['d', 2, 2],
  ]);
  expect(found.kendallTauB).toBe(-1);
  expect(found.meanShift).toBeCloseTo(4 / 3, 12);
  expect(found.largestShift).toBe(2);
  expect(found.pearsonOfScores).toBeCloseTo(-0.9819805060619659, 12);
});
