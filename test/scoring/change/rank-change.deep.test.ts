import fc from 'fast-check';
import { registry } from '../../../src/scoring';
import { casesOf, checkedSplit, rankedInBoth, sidesOf } from '../../helpers/rank-change';

/** Cases for each aggregation. */
const CASES = 10_000;

/** What an aggregation cannot do without. */
const REQUIRED: Readonly<Record<string, object>> = { POWER_MEAN: { exponent: 2 }, OWA: { atLeast: 1 } };

describe('a change of rank under every aggregation', () => {
  it.each([...registry.AGGREGATION.keys()])(`%s: the parts add to the change in ${String(CASES)} cases`, (method) => {
    const normalise = { method: 'MIN_MAX', low: 1, high: 100 };
    const rule = { method, ...REQUIRED[method] };
    const recipes = [
      { normalise, aggregate: [{ level: 1, ...rule }] },
      {
        normalise,
        aggregate: [{ level: 1, ...rule }],
        weight: { method: 'GIVEN', weights: [{ node: 'y', weight: 3 }] },
      },
      { normalise, aggregate: [{ node: 'root', ...rule }] },
    ];
    let split = 0;
    // Many draws have no ranking or no city in both, or nothing between the two; draw until there are enough.
    for (let seed = 0; split < CASES && seed < 100; seed++) {
      fc.assert(
        fc.property(casesOf(recipes.length), fc.nat(), (drawn, pick) => {
          const sides = sidesOf(drawn, recipes);
          const ranked = sides === null ? [] : rankedInBoth(...sides);
          const code = ranked[pick % Math.max(1, ranked.length)];
          if (sides !== null && code !== undefined && checkedSplit(code, ...sides) !== null) split++;
        }),
        { numRuns: 1000, seed },
      );
    }
    expect(split).toBeGreaterThanOrEqual(CASES);
  });
});
