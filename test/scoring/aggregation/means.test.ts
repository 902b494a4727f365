import fc from 'fast-check';
import { ScoringError } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import type { Warnings } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { aggregate, aggregateRow, columnsOf } from '../../helpers/nodes';

const { NaN: MISSING, MAX_VALUE, MIN_VALUE } = Number;

/** Every mean, with parameters that make a run on any number of columns. */
const MEANS: readonly (readonly [id: string, parameters: ParameterRecord])[] = [
  ['ARITHMETIC', {}],
  ['GEOMETRIC', {}],
  ['HARMONIC', {}],
  ['POWER_MEAN', { exponent: 3 }],
  ['POWER_MEAN', { exponent: -2.5 }],
  ['POWER_MEAN', { exponent: 0 }],
  ['POWER_MEAN', { exponent: 1e-9 }],
  ['POWER_MEAN', { exponent: 1e6 }],
  ['MEDIAN', {}],
  ['MINIMUM', {}],
  ['OWA', { atLeast: 1, end: 'SMALLEST' }],
  ['OWA', { atLeast: 1, end: 'LARGEST' }],
  ['MAZZIOTTA_PARETO', {}],
  ['MAZZIOTTA_PARETO', { penalty: 'NEGATIVE', deviation: 'SAMPLE' }],
  ['ADJUSTED_MAZZIOTTA_PARETO', { penalty: 'NEGATIVE' }],
  ['MEAN_MINIMUM', {}],
  ['MEAN_MINIMUM', { alpha: 1, beta: 0 }],
];

it('covers every mean of the registry', () => {
  const means = [...registry.AGGREGATION.values()].filter(({ family }) => family === 'MEAN').map(({ id }) => id);
  expect(new Set(MEANS.map(([id]) => id))).toEqual(new Set(means));
});

describe.each(MEANS)('%s %j', (id, parameters) => {
  it('a city without a child gets NaN, as does one whose children all weigh 0', () => {
    const columns = columnsOf([MISSING, 3, MISSING], [MISSING, MISSING, 5]);
    const out = aggregate(id, columns, parameters, [1, 0]);
    expect([...out].map(Number.isNaN)).toEqual([true, false, true]);
    expectColumnsAgree([out[1] ?? MISSING], [3], 'the one child');
  });

  it('a missing child is as if the node did not have it, weights rescaled', () => {
    // OWA's order weights are read as a function of the share of weight, so the same share must be asked for.
    const whole = aggregateRow(id, [2, 7], parameters, [3, 1]);
    const gap = aggregateRow(id, [2, MISSING, 7], parameters, [3, 2, 1]);
    if (id === 'OWA') expect(gap).not.toBeNaN();
    else expectColumnsAgree([gap], [whole], id);
  });

  it('a child of weight 0 takes no part, whatever its value', () => {
    expectColumnsAgree(
      [aggregateRow(id, [2, 0.001, 7, 900], parameters, [3, 0, 1, 0])],
      [aggregateRow(id, [2, 2, 7, 7], parameters, [3, 0, 1, 0])],
      id,
    );
  });

  it('no NaN or Infinity but for missing cities, on tables with gaps, ties, constants and extremes', () => {
    const positive = ['POSITIVE', 'NON_NEGATIVE'].includes(registry.AGGREGATION.get(id)?.requires ?? '');
    const extremes = positive
      ? [MIN_VALUE, 1e-300, 1, 1e308, MAX_VALUE]
      : [0, -0, MIN_VALUE, -MIN_VALUE, 1e-300, 1, -1, 1e308, -1e308, MAX_VALUE, -MAX_VALUE];
    const cell = fc.oneof(
      { weight: 3, arbitrary: fc.integer({ min: positive ? 1 : -9, max: 9 }) },
      { weight: 2, arbitrary: fc.constantFrom(...extremes) },
      { weight: 1, arbitrary: fc.constant(MISSING) },
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 5 }).chain((m) =>
          fc.record({
            row: fc.array(cell, { minLength: m, maxLength: m }),
            weights: fc.array(fc.constantFrom(1, 1, 2, 1e-9, 0), { minLength: m, maxLength: m }),
          }),
        ),
        ({ row, weights }) => {
          if (weights.every((weight) => weight === 0)) return;
          const score = aggregateRow(id, row, parameters, weights);
          const present = row.filter((value, k) => !Number.isNaN(value) && (weights[k] ?? 0) > 0);
          if (present.length === 0) expect(score).toBeNaN();
          else expect(Number.isFinite(score)).toBe(true);
        },
      ),
      { numRuns: 500, seed: 7 },
    );
  });
});

describe('extremes keep their digits', () => {
  it.each<[id: string, row: number[], parameters: ParameterRecord, score: number]>([
    ['GEOMETRIC', [1e300, 1e-300], {}, 1],
    ['GEOMETRIC', [MAX_VALUE, MAX_VALUE, MAX_VALUE], {}, MAX_VALUE],
    ['HARMONIC', [1e-310, 1e-310], {}, 1e-310],
    ['HARMONIC', [1e-320, 1e300], {}, 2e-320],
    ['POWER_MEAN', [1e200, 1e200], { exponent: 5 }, 1e200],
    ['POWER_MEAN', [3e200, 4e200], { exponent: 2 }, Math.sqrt(12.5) * 1e200],
    ['POWER_MEAN', [1e-200, 1e-200], { exponent: -4 }, 1e-200],
    ['POWER_MEAN', [0, 5], { exponent: 2 }, Math.sqrt(12.5)],
    ['POWER_MEAN', [0, 0], { exponent: 2 }, 0],
    ['MAZZIOTTA_PARETO', [1e200, 3e200], {}, 1.5e200],
    ['MEAN_MINIMUM', [0, 2e200], { alpha: 1, beta: 0 }, 0],
  ])('%s of %j %j is %d', (id, row, parameters, score) => {
    expectColumnsAgree([aggregateRow(id, row, parameters)], [score], id, { absolute: 0 });
  });
});

describe('POWER_MEAN', () => {
  const row = [2, 3, 7.5];
  const weights = [1, 2, 5];

  it.each([
    [1, 'ARITHMETIC'],
    [0, 'GEOMETRIC'],
    [-1, 'HARMONIC'],
  ])('of exponent %d is %s', (exponent, id) => {
    const expected = aggregateRow(id, row, {}, weights);
    expectColumnsAgree([aggregateRow('POWER_MEAN', row, { exponent }, weights)], [expected], id, { relative: 1e-14 });
  });

  it('is continuous at 0: tiny exponents keep their digits', () => {
    const geometric = aggregateRow('GEOMETRIC', row, {}, weights);
    for (const exponent of [1e-13, -1e-13, 1e-99, -1e-99, 1e-101, 5e-324]) {
      expectColumnsAgree([aggregateRow('POWER_MEAN', row, { exponent }, weights)], [geometric], String(exponent), {
        relative: 1e-12,
      });
    }
  });

  it('refuses a zero at an exponent of 0 or less, and only where it counts', () => {
    const refused = (exponent: number, w = [1, 1]): string => {
      try {
        aggregateRow('POWER_MEAN', [0, 5], { exponent }, w);
        return 'none';
      } catch (error) {
        return error instanceof ScoringError ? error.code : 'other';
      }
    };
    expect([0, -1, 0.5].map((exponent) => refused(exponent))).toEqual([
      'PRECONDITION_FAILED',
      'PRECONDITION_FAILED',
      'none',
    ]);
    expect(refused(-1, [0, 1])).toBe('none');
  });
});

describe('MEDIAN', () => {
  it.each<[row: number[], weights: number[], score: number]>([
    [[3, 1, 2], [1, 1, 1], 2],
    [[4, 1, 2, 3], [1, 1, 1, 1], 2.5],
    // Half of the weight is reached exactly at 2: the mean of 2 and 10.
    [[10, 2, 1], [2, 1, 1], 6],
    [[10, 2, 1], [2.1, 1, 1], 10],
    [[10, 2, 1], [1.9, 1, 1], 2],
    // 0.1 + 0.2 is not 0.3 in doubles; half is reached all the same.
    [[1, 2, 9, 9], [0.1, 0.2, 0.15, 0.15], 5.5],
    [[5], [1], 5],
  ])('of %j weighted %j is %d', (row, weights, score) => {
    expectColumnsAgree([aggregateRow('MEDIAN', row, {}, weights)], [score], 'median');
  });
});

describe('OWA', () => {
  it('order weights go to values from the largest on: Yager (1988)', () => {
    // Yager's example: W = (.4, .3, .2, .1) on (.7, 1, .3, .6) gives .4 × 1 + .3 × .7 + .2 × .6 + .1 × .3 = .76.
    const row = [0.7, 1, 0.3, 0.6];
    expectColumnsAgree([aggregateRow('OWA', row, { orderWeights: [0.4, 0.3, 0.2, 0.1] })], [0.76], 'owa');
    expectColumnsAgree([aggregateRow('OWA', row, { orderWeights: [4, 3, 2, 1] })], [0.76], 'scaled');
  });

  it('equal order weights leave the importances: the weighted mean; unequal ones follow Torra’s function', () => {
    const row = [4, 1, 7];
    const mean = aggregateRow('ARITHMETIC', row, {}, [1, 2, 5]);
    expectColumnsAgree([aggregateRow('OWA', row, { orderWeights: [1, 1, 1] }, [1, 2, 5])], [mean], 'mean');
    // Q through (0, 0), (1/3, 0.5), (2/3, 0.8), (1, 1). Shares from the largest: 7 has 5/8, then 4 has 1/8, then 1 has 2/8.
    const q = (share: number): number =>
      share <= 1 / 3 ? 1.5 * share : share <= 2 / 3 ? 0.5 + 0.9 * (share - 1 / 3) : 0.8 + 0.6 * (share - 2 / 3);
    const expected = 7 * q(5 / 8) + 4 * (q(6 / 8) - q(5 / 8)) + 1 * (1 - q(6 / 8));
    expectColumnsAgree([aggregateRow('OWA', row, { orderWeights: [0.5, 0.3, 0.2] }, [1, 2, 5])], [expected], 'wowa');
  });

  it('a city with one of three children missing: the worst two of three become the worst two thirds', () => {
    // Of 9 and 3, equally important: the worst two thirds are all of 3 (a half) and a third of 9 (a sixth).
    const expected = (3 * (1 / 2) + 9 * (1 / 6)) / (2 / 3);
    const score = aggregateRow('OWA', [9, MISSING, 3], { atLeast: 2, end: 'SMALLEST' });
    expectColumnsAgree([score], [expected], 'owa');
  });

  it.each<[what: string, parameters: ParameterRecord, code: string]>([
    ['neither parameter', {}, 'BAD_INPUT'],
    ['both parameters', { orderWeights: [1, 1], atLeast: 1 }, 'BAD_INPUT'],
    ['too few order weights', { orderWeights: [1] }, 'BAD_INPUT'],
    ['more than there are', { atLeast: 3 }, 'BAD_INPUT'],
    ['order weights of 0', { orderWeights: [0, 0] }, 'WEIGHTS_INVALID'],
  ])('refuses %s', (_, parameters, code) => {
    let refused = 'none';
    try {
      aggregateRow('OWA', [1, 2], parameters);
    } catch (error) {
      refused = error instanceof ScoringError ? error.code : 'other';
    }
    expect(refused).toBe(code);
  });
});

describe('MAZZIOTTA_PARETO', () => {
  it('weighted: M − Σ w (x − M)² / M by hand', () => {
    // Values 90 and 120 with weights 1/3 and 2/3: M = 110, S² = (400 + 2 × 100) / 3 = 200.
    expectColumnsAgree([aggregateRow('MAZZIOTTA_PARETO', [90, 120], {}, [1, 2])], [110 - 200 / 110], 'mpi');
    expectColumnsAgree(
      [aggregateRow('MAZZIOTTA_PARETO', [90, 120], { penalty: 'NEGATIVE', deviation: 'SAMPLE' }, [1, 2])],
      [110 + 400 / 110],
      'sample',
    );
  });

  it('one child has no spread under either deviation', () => {
    expect(aggregateRow('MAZZIOTTA_PARETO', [90, MISSING], { deviation: 'SAMPLE' })).toBe(90);
  });
});

describe('ARITHMETIC', () => {
  // Σ k · k² / Σ k = (m (m + 1) / 2)² / (m (m + 1) / 2) = m (m + 1) / 2.
  it.each(Array.from({ length: 13 }, (_, k) => k + 1))('of k² weighted k, over %d columns', (m) => {
    const numbers = Array.from({ length: m }, (_, k) => k + 1);
    const score = aggregateRow(
      'ARITHMETIC',
      numbers.map((k) => k * k),
      {},
      numbers,
    );
    expectColumnsAgree([score], [(m * (m + 1)) / 2], 'mean', { relative: 1e-13 });
  });

  it('of a city with a gap next to whole ones, over five columns', () => {
    const columns = columnsOf([1, 1, 1], [2, MISSING, 2], [3, 3, 3], [4, 4, 4], [5, 5, MISSING]);
    // By hand: 15 / 5, (1 + 3 + 4 + 5) / 4, (1 + 2 + 3 + 4) / 4.
    expectColumnsAgree(aggregate('ARITHMETIC', columns), [3, 3.25, 2.5], 'mean');
  });
});

describe('columns of weight 0', () => {
  it.each(['GEOMETRIC', 'HARMONIC'])('%s: a zero there does not count', (id) => {
    expectColumnsAgree([aggregateRow(id, [0, 4], {}, [0, 1])], [4], id);
  });
});

describe('OWA, ends', () => {
  it('says whether both parameters are given or neither', () => {
    const message = (parameters: ParameterRecord): string => {
      try {
        aggregateRow('OWA', [1, 2], parameters);
      } catch (error) {
        if (error instanceof ScoringError) return error.message;
      }
      return '';
    };
    expect(message({})).toContain('Neither');
    expect(message({ orderWeights: [1, 1], atLeast: 1 })).toContain('Both');
  });

  it('order weights near the largest double: the mean', () => {
    expectColumnsAgree([aggregateRow('OWA', [2, 4, 9], { orderWeights: [1e308, 1e308, 1e308] })], [5], 'owa');
  });

  it('an importance that rounds away leaves the other value', () => {
    expectColumnsAgree([aggregateRow('OWA', [3, 5], { orderWeights: [1, 2] }, [1e-20, 1])], [5], 'owa');
  });
});

describe('ADJUSTED_MAZZIOTTA_PARETO', () => {
  it.each<[string, number[][], number]>([
    [
      'both ends of the scale',
      [
        [70, 130],
        [100, 100],
      ],
      0,
    ],
    [
      'a gap',
      [
        [70, MISSING],
        [100, 130],
      ],
      0,
    ],
    [
      'a value below 70',
      [
        [69.9, 100],
        [100, 100],
      ],
      1,
    ],
    [
      'a value above 130',
      [
        [100, 100],
        [100, 130.1],
      ],
      1,
    ],
  ])('warns of values outside 70 to 130: %s', (_, columns, expected) => {
    const warnings: Warnings = [];
    aggregate('ADJUSTED_MAZZIOTTA_PARETO', columnsOf(...columns), {}, undefined, warnings);
    expect(warnings.map(({ code }) => code)).toEqual(Array.from({ length: expected }, () => 'METHOD_NOTE'));
  });
});
