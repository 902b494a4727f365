import { ScoringError } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { maximise } from '../../../src/scoring/numeric/linear-programme';
import { radialProgramme, type ShareLimits } from '../../../src/scoring/numeric/optimal-weights';
import { correlationMatrix } from '../../../src/scoring/numeric/data-weights';
import { symmetricEigen } from '../../../src/scoring/numeric/symmetric-eigen';
import { varimax } from '../../../src/scoring/numeric/rotated-components';
import { nonNegativeLeastSquares } from '../../../src/scoring/numeric/non-negative-least-squares';
import { parseRecipe, runPipeline, type Panel } from '../../../src/scoring';
import { city, indicator, methodOf, type Warnings } from '../../helpers/contexts';
import { treeOf } from '../../helpers/random-tables';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { columnsOf, weigh, type NodeFacts } from '../../helpers/nodes';

/** The weights most favourable to one city of `rows`, by the programme that both benefit-of-the-doubt methods solve. */
function optimalWeights(rows: readonly Float64Array[], i: number, limits: ShareLimits): Float64Array {
  const own = rows[i] ?? new Float64Array();
  const solver = radialProgramme(Float64Array.from(rows.flatMap((row) => [...row])), rows.length, own.length, limits);
  solver.prepare(own);
  return maximise(solver.programme).solution;
}

/** Runs and returns the refusal. */
function refusal(
  id: string,
  columns: readonly Float64Array[],
  parameters: ParameterRecord = {},
  facts: NodeFacts = {},
): Pick<ScoringError, 'code' | 'message'> {
  try {
    weigh(id, columns, parameters, facts);
  } catch (error) {
    if (error instanceof ScoringError) return { code: error.code, message: error.message };
    throw error;
  }
  throw new Error('not refused');
}

const NONE = columnsOf([], [], []);
const blank = (m: number): Float64Array[] => Array.from({ length: m }, () => new Float64Array(0));

describe('weights from an order', () => {
  it.each([
    // Barron & Barrett (1996), Management Science 42(11): rank-order centroid weights, four digits.
    ['RANK_ORDER_CENTROID', [0.6111, 0.2778, 0.1111]],
    ['RANK_ORDER_CENTROID', [0.5208, 0.2708, 0.1458, 0.0625]],
    ['RANK_ORDER_CENTROID', [0.4567, 0.2567, 0.1567, 0.09, 0.04]],
    // Stillwell, Seaver & Edwards (1981): rank sum weights.
    ['RANK_SUM', [0.5, 0.3333, 0.1667]],
    ['RANK_SUM', [0.4, 0.3, 0.2, 0.1]],
  ])('%s %j', (id, weights) => {
    const children = weights.map((_, k) => `x${String(k)}`);
    const first = weigh(id, blank(weights.length), { order: ['other', ...children] });
    expectColumnsAgree(first, weights, id, { absolute: 0.00006 });
    const reversed = weigh(id, blank(weights.length), { order: [...children].reverse() });
    expectColumnsAgree(reversed, [...weights].reverse(), id, { absolute: 0.00006 });
  });

  it('without an order the given weights set it, and ties share: 1, 2.5, 2.5 of 3 is the mean of the second and third', () => {
    expectColumnsAgree(weigh('RANK_SUM', NONE, {}, { given: [1, 5, 1] }), [0.25, 0.5, 0.25], 'tied');
    expectColumnsAgree(weigh('RANK_ORDER_CENTROID', NONE), [1 / 3, 1 / 3, 1 / 3], 'all tied');
  });

  it('refuses an order that names some children only, or one twice', () => {
    expect(refusal('RANK_SUM', NONE, { order: ['x0', 'x2'] }).code).toBe('BAD_INPUT');
    expect(refusal('RANK_SUM', NONE, { order: ['x0', 'x1', 'x2', 'x1'] }).code).toBe('BAD_INPUT');
  });
});

describe('AHP', () => {
  const judged = (matrix: readonly (readonly number[])[], more: ParameterRecord = {}) => ({
    judgements: [{ nodes: matrix.map((_, k) => `x${String(k)}`), matrix }],
    ...more,
  });

  // Saaty (2008), Int. J. Services Sciences 1(1), 83–98: consumption of drinks in the US.
  // Coffee, wine, tea, beer, sodas, milk, water; consistency ratio .022.
  const DRINKS = [
    [1, 9, 5, 2, 1, 1, 1 / 2],
    [1 / 9, 1, 1 / 3, 1 / 9, 1 / 9, 1 / 9, 1 / 9],
    [1 / 5, 3, 1, 1 / 3, 1 / 4, 1 / 3, 1 / 9],
    [1 / 2, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [1, 9, 4, 2, 1, 2, 1 / 2],
    [1, 9, 3, 1, 1 / 2, 1, 1 / 3],
    [2, 9, 9, 3, 2, 3, 1],
  ];
  it('Saaty (2008), drinks: weights to the three digits printed', () => {
    const warnings: Warnings = [];
    const weights = weigh('AHP', blank(7), judged(DRINKS), {}, warnings);
    expect(warnings.map(({ message }) => message)).toEqual([
      'The judgements of its children have a consistency ratio of 0.022.',
    ]);
    expectColumnsAgree(weights, [0.177, 0.019, 0.042, 0.116, 0.19, 0.129, 0.327], 'drinks', { absolute: 0.00051 });
    expect(refusal('AHP', blank(7), judged(DRINKS, { maximumInconsistency: 0.02 })).message).toContain('0.022');
  });

  // Saaty (1990), How to make a decision, EJOR 48, 9–26: choosing a school; prints λ = 7.49, CR = .24.
  const SCHOOL = [
    [1, 4, 3, 1, 3, 4],
    [1 / 4, 1, 7, 3, 1 / 5, 1],
    [1 / 3, 1 / 7, 1, 1 / 5, 1 / 5, 1 / 6],
    [1, 1 / 3, 5, 1, 1, 1 / 3],
    [1 / 3, 5, 5, 1, 1, 3],
    [1 / 4, 1, 6, 3, 1 / 3, 1],
  ];
  it('Saaty (1990), school: refused by default (0.24 as printed); weights to the digits printed', () => {
    expect(refusal('AHP', blank(6), judged(SCHOOL)).code).toBe('PRECONDITION_FAILED');
    const weights = weigh('AHP', blank(6), judged(SCHOOL, { maximumInconsistency: 0.25 }));
    expectColumnsAgree(weights, [0.32, 0.14, 0.03, 0.13, 0.24, 0.14], 'school', { absolute: 0.0051 });
  });

  // An independent route to the same eigenpair: repeated multiplication. The matrix has λ = 7.42 where the paper prints 7.49.
  it('the eigenpair is that of the power iteration, and so is the consistency ratio', () => {
    let vector = SCHOOL.map(() => 1);
    let lambda = 0;
    for (let step = 0; step < 200; step++) {
      const next = SCHOOL.map((row) => row.reduce((sum, a, k) => sum + a * (vector[k] ?? NaN), 0));
      lambda = next.reduce((a, b) => a + b, 0);
      vector = next.map((value) => value / lambda);
    }
    expectColumnsAgree(weigh('AHP', blank(6), judged(SCHOOL, { maximumInconsistency: 1 })), vector, 'vector');
    const ratio = (lambda - 6) / 5 / 1.24;
    expect(() => weigh('AHP', blank(6), judged(SCHOOL, { maximumInconsistency: ratio * 0.999 }))).toThrow(ScoringError);
    expect(weigh('AHP', blank(6), judged(SCHOOL, { maximumInconsistency: ratio * 1.001 }))).toHaveLength(6);
  });

  it('consistent judgements give back the weights they came from, in the order of the children', () => {
    const w = [0.5, 0.3, 0.2];
    const nodes = ['x2', 'x0', 'x1'];
    const matrix = w.map((a) => w.map((b) => a / b));
    const warnings: Warnings = [];
    expectColumnsAgree(
      weigh('AHP', NONE, { judgements: [{ nodes, matrix }] }, {}, warnings),
      [0.3, 0.2, 0.5],
      'weights',
    );
    expect(warnings.map(({ message }) => message)).toEqual([
      'The judgements of its children have a consistency ratio of 0.000.',
    ]);
  });

  it.each<[what: string, code: string, parameters: ParameterRecord]>([
    ['no judgements', 'BAD_INPUT', {}],
    [
      'a node left out',
      'BAD_INPUT',
      {
        judgements: [
          {
            nodes: ['x0', 'x1'],
            matrix: [
              [1, 2],
              [0.5, 1],
            ],
          },
        ],
      },
    ],
    [
      'a matrix that is not square',
      'BAD_INPUT',
      {
        judgements: [
          {
            nodes: ['x0', 'x1', 'x2'],
            matrix: [
              [1, 2],
              [0.5, 1],
            ],
          },
        ],
      },
    ],
    [
      'judgements that are not reciprocal',
      'BAD_INPUT',
      judged([
        [1, 2, 2],
        [1, 1, 1],
        [0.5, 1, 1],
      ]),
    ],
    [
      'a diagonal other than 1',
      'BAD_INPUT',
      judged([
        [1, 1, 1],
        [1, 1.01, 1],
        [1, 1, 1],
      ]),
    ],
  ])('refuses %s', (_, code, parameters) => {
    expect(refusal('AHP', NONE, parameters).code).toBe(code);
  });

  it('two children have no consistency to judge; one has weight 1; a node without judgements keeps its given weights', () => {
    expectColumnsAgree(
      weigh(
        'AHP',
        blank(2),
        judged([
          [1, 3],
          [0.33, 1],
        ]),
      ),
      [0.75, 0.25],
      'two',
      { absolute: 0.002 },
    );
    expect(weigh('AHP', blank(1))).toEqual(Float64Array.of(1));
    const warnings: Warnings = [];
    const other = {
      judgements: [
        {
          nodes: ['y', 'z'],
          matrix: [
            [1, 3],
            [1 / 3, 1],
          ],
        },
      ],
    };
    expect(weigh('AHP', NONE, other, { given: [2, 1, 1] }, warnings)).toEqual(Float64Array.of(0.5, 0.25, 0.25));
    expect(warnings.map(({ code }) => code)).toEqual(['METHOD_NOTE']);
    expect(refusal('AHP', NONE, other, { given: [0, 0, 0] }).code).toBe('WEIGHTS_INVALID');
  });
});

describe('PCA, rotated components', () => {
  // OECD/JRC (2008) Handbook: the Technology Achievement Index of 23 countries (appendix), tables 16 and 17; four
  // components are retained, each with more than 10 % of the variance.
  const tai = readGolden('oecd-jrc', 'tai.csv');
  const columns = tai.header.slice(1).map((name) => tai.numbers(name));

  const pairs = symmetricEigen(correlationMatrix(columns).map((row) => Array.from(row)));

  // The appendix prints the data rounded (logarithms to two decimals), so the last digit may be off by one.
  it('table 16: eigenvalues and their shares of the variance', () => {
    const eigenvalues = pairs.map(({ value }) => value);
    expectColumnsAgree(eigenvalues, [3.3, 1.7, 1, 0.9, 0.5, 0.3, 0.2, 0.1], 'eigenvalues', { absolute: 0.0551 });
    const shares = eigenvalues.map((value) => (value / 8) * 100);
    expectColumnsAgree(shares, [41.9, 21.8, 12.3, 11.1, 6, 3.7, 2.2, 0.9], 'shares', { absolute: 0.12 });
  });

  const rotated = pairs
    .slice(0, 4)
    .map(({ value, vector }) => Float64Array.from(vector, (entry) => entry * Math.sqrt(value)));
  varimax(rotated);
  const variances = rotated.map((column) => column.reduce((sum, loading) => sum + loading * loading, 0));

  it('table 17: patents load 0.97 on one component, 0.06, 0.06 and 0.07 on the others, and are 0.67 of its variance', () => {
    const patents = rotated.map((column) => Math.abs(column[0] ?? NaN));
    expectColumnsAgree([...patents].sort(), [0.06, 0.06, 0.07, 0.97], 'loadings', { absolute: 0.011 });
    const own = patents.indexOf(Math.max(...patents));
    expectColumnsAgree([(patents[own] ?? NaN) ** 2 / (variances[own] ?? NaN)], [0.67], 'share', { absolute: 0.0051 });
  });

  it('no rotation of two components by a degree raises the varimax criterion', () => {
    // Kaiser's: the variance of the squared loadings of rows scaled to length 1, summed over components.
    const criterion = (loadings: readonly Float64Array[]): number => {
      const lengths = (loadings[0] ?? []).map((_, j) => Math.hypot(...loadings.map((column) => column[j] ?? 0)));
      return loadings.reduce((sum, column) => {
        const squares = Array.from(column, (x, j) => (x / (lengths[j] ?? 1)) ** 2);
        const mean = squares.reduce((a, b) => a + b, 0) / squares.length;
        return sum + squares.reduce((a, b) => a + (b - mean) ** 2, 0);
      }, 0);
    };
    const best = criterion(rotated);
    for (let f = 0; f < 4; f++)
      for (let g = 0; g < f; g++)
        for (const angle of [-Math.PI / 180, Math.PI / 180]) {
          const turned = rotated.map((column, h) => {
            const [x = column, y = column] = [rotated[f], rotated[g]];
            if (h === f) return x.map((a, j) => Math.cos(angle) * a + Math.sin(angle) * (y[j] ?? NaN));
            if (h === g) return y.map((b, j) => Math.cos(angle) * b - Math.sin(angle) * (x[j] ?? NaN));
            return column;
          });
          expect(criterion(turned)).toBeLessThan(best);
        }
  });

  it('weights: the largest share of a component’s variance, times that component’s share of what is explained', () => {
    const raw = columns.map((_, j) => {
      const shares = rotated.map((column, f) => (column[j] ?? NaN) ** 2 / (variances[f] ?? NaN));
      const own = shares.indexOf(Math.max(...shares));
      return (shares[own] ?? NaN) * (variances[own] ?? NaN);
    });
    const total = raw.reduce((a, b) => a + b, 0);
    const weights = weigh('PCA', columns, { scheme: 'ROTATED_COMPONENTS' });
    expectColumnsAgree(
      weights,
      raw.map((weight) => weight / total),
      'weights',
    );
  });

  it('retains by share of variance: one component gives the squares of the first, more when a sum is asked for', () => {
    const one = weigh('PCA', columns, { scheme: 'ROTATED_COMPONENTS', minimumShare: 0.4, cumulativeShare: 0.4 });
    expectColumnsAgree(one, weigh('PCA', columns), 'one');
    const two = weigh('PCA', columns, { scheme: 'ROTATED_COMPONENTS', minimumShare: 0.2, cumulativeShare: 0 });
    const sum = weigh('PCA', columns, { scheme: 'ROTATED_COMPONENTS', minimumShare: 1, cumulativeShare: 0.6 });
    expectColumnsAgree(two, sum, 'two');
    expect(Math.abs((two[0] ?? NaN) - (one[0] ?? NaN))).toBeGreaterThan(0.01);
  });

  it('varimax leaves communalities and spreads as Kaiser asks: two plain factors mixed by 30° come apart again', () => {
    const plain = columnsOf([0.9, 0.8, 0, 0], [0, 0, 0.7, 0.6]);
    const [c, s] = [Math.cos(Math.PI / 6), Math.sin(Math.PI / 6)];
    const [first = new Float64Array(0), second = new Float64Array(0)] = plain;
    const mixed = [
      first.map((x, j) => c * x + s * (second[j] ?? 0)),
      second.map((y, j) => c * y - s * (first[j] ?? 0)),
    ];
    varimax(mixed);
    mixed.forEach((column, f) => {
      expectColumnsAgree(column.map(Math.abs), plain[f] ?? [], `factor ${String(f)}`);
    });
  });

  it('components that explain nothing take no column, however little is asked for', () => {
    const twice = columnsOf([1, 2, 3, 5], [2, 4, 6, 10], [1, 0, 1, 0]);
    const weights = weigh('PCA', twice, { scheme: 'ROTATED_COMPONENTS', minimumShare: 0, cumulativeShare: 1 });
    expect(weights.every((weight) => weight > 0.1)).toBe(true);
    const loadings = columnsOf([0.5, 0], [0.5, 0]);
    varimax(loadings);
    expectColumnsAgree(
      loadings.map((column) => column[1] ?? NaN),
      [0, 0],
      'a row of zeros',
    );
  });

  it('uncorrelated columns have no first component: equal weights, with a warning', () => {
    const warnings: Warnings = [];
    const weights = weigh('PCA', columnsOf([1, 1, -1, -1], [1, -1, 1, -1]), {}, {}, warnings);
    expect(weights).toEqual(Float64Array.of(0.5, 0.5));
    expect(warnings.map(({ code }) => code)).toEqual(['EQUAL_DATA_WEIGHTS']);
  });

  it('a column against the others keeps its squared loading, with a warning', () => {
    const warnings: Warnings = [];
    const weights = weigh('PCA', columnsOf([1, 2, 3, 4], [1, 2, 3, 5], [4, 3, 2, 1]), {}, {}, warnings);
    expect(weights.every((weight) => weight > 0.3)).toBe(true);
    expect(warnings.map(({ code }) => code)).toEqual(['METHOD_NOTE']);
  });
});

describe('benefit of the doubt', () => {
  const units = readGolden('compind', '10_nuts_norm_minmax.csv');
  const columns = ['roads', 'trains'].map((name) => units.numbers(name).map((value) => value + 0.1));
  const rows = units.text('unit').map((_, i) => Float64Array.from(columns, (column) => column[i] ?? NaN));
  const reference = (method: string): number[] => {
    const all = readGolden('compind', 'reference.csv').rows.filter((row) => row['method'] === method);
    const byUnit = new Map(all.map((row) => [row['unit'], Number(row['value'])]));
    return units.text('unit').map((unit) => byUnit.get(unit) ?? NaN);
  };
  const value = (weights: Float64Array | null, row: Float64Array): number =>
    row.reduce((sum, x, k) => sum + x * (weights?.[k] ?? NaN), 0);

  // Optimal values are unique, optimal weights are not.
  it.each([
    ['bod[minmax+0.1]', { low: 0, high: 1 }],
    ['bod_constr[minmax+0.1;low=0.1;up=0.8]', { low: 0.1, high: 0.8 }],
  ])('Compind %s: the value of each city’s own weights', (method, limits) => {
    const values = rows.map((row, i) => value(optimalWeights(rows, i, limits), row));
    expectColumnsAgree(values, reference(method), method, { labels: units.text('unit') });
  });

  it('Compind bod_weights: the mean of the weights, where they are unique (every city but those on a corner)', () => {
    const theirs = readGolden('compind', '20_nuts_bod_weights.csv').alignedTo('unit', units.text('unit'));
    const [v1, v2] = [theirs.numbers('v1'), theirs.numbers('v2')];
    const scores = reference('bod[minmax+0.1]');
    rows.forEach((_, i) => {
      if ((scores[i] ?? 1) > 1 - 1e-9) return;
      expectColumnsAgree(optimalWeights(rows, i, { low: 0, high: 1 }), [v1[i] ?? NaN, v2[i] ?? NaN], 'weights');
    });
    const mean = rows.reduce((sum, __, i) => sum + (v1[i] ?? NaN) / ((v1[i] ?? NaN) + (v2[i] ?? NaN)), 0) / rows.length;
    expectColumnsAgree(weigh('BENEFIT_OF_THE_DOUBT', columns), [mean, 1 - mean], 'mean weights');
  });

  it('passes over incomplete cities, with a note, and refuses what has no solution', () => {
    const warnings: Warnings = [];
    const whole = weigh('BENEFIT_OF_THE_DOUBT', columnsOf([1, 3, 2], [3, 1, 2.5]));
    const gap = weigh('BENEFIT_OF_THE_DOUBT', columnsOf([1, 3, 2, NaN], [3, 1, 2.5, 9]), {}, {}, warnings);
    expect(gap).toEqual(whole);
    expect(warnings.map(({ code }) => code)).toEqual(['METHOD_NOTE']);
    const two = columnsOf([1, 2], [2, 1]);
    expect(refusal('BENEFIT_OF_THE_DOUBT', two, { minimumShare: 0.6 }).code).toBe('BAD_INPUT');
    expect(refusal('BENEFIT_OF_THE_DOUBT', two, { maximumShare: 0.4 }).code).toBe('BAD_INPUT');
    expect(refusal('BENEFIT_OF_THE_DOUBT', columnsOf([1, -2], [2, 1])).code).toBe('PRECONDITION_FAILED');
    expect(refusal('BENEFIT_OF_THE_DOUBT', columnsOf([1, 0], [2, 1]), { minimumShare: 0.1 }).code).toBe(
      'PRECONDITION_FAILED',
    );
  });

  it('cities of zeros choose nothing; a table of zeros has equal weights', () => {
    expectColumnsAgree(weigh('BENEFIT_OF_THE_DOUBT', columnsOf([1, 0], [0, 0])), [1, 0], 'one');
    expect(weigh('BENEFIT_OF_THE_DOUBT', columnsOf([0, 0], [0, 0]))).toEqual(Float64Array.of(0.5, 0.5));
  });
});

describe('HIERARCHICAL', () => {
  it('weighs by the indicators below, so that each has the same effective weight', () => {
    expect(weigh('HIERARCHICAL', NONE, {}, { leaves: [1, 2, 5] })).toEqual(Float64Array.of(0.125, 0.25, 0.625));
  });
});

describe('GIVEN', () => {
  it('scales without overflow and refuses zeros', () => {
    expectColumnsAgree(weigh('GIVEN', NONE, {}, { given: [1e308, 1e308, 0] }), [0.5, 0.5, 0], 'huge');
    expect(refusal('GIVEN', NONE, {}, { given: [0, 0, 0] }).code).toBe('WEIGHTS_INVALID');
  });
});

describe('data-driven weightings', () => {
  const DATA_DRIVEN = ['CRITIC', 'STANDARD_DEVIATION', 'ENTROPY', 'GINI', 'MEREC', 'PCA', 'BALANCED'];

  it.each(DATA_DRIVEN)('%s: a constant column has no weight, columns without differences equal ones', (id) => {
    const constant = columnsOf([1, 2, 4, 3], [5, 5, 5, 5], [2, 1, 1, 7]);
    const weights = weigh(id, constant);
    expect(weights[1]).toBe(0);
    expect(weights[0]).toBeGreaterThan(0);
    const warnings: Warnings = [];
    expect(weigh(id, columnsOf([5, 5], [1, 1]), {}, {}, warnings)).toEqual(Float64Array.of(0.5, 0.5));
    expect(warnings.map(({ code }) => code)).toEqual(['EQUAL_DATA_WEIGHTS']);
    expect(weigh(id, columnsOf([NaN, NaN], [NaN, NaN]))).toEqual(Float64Array.of(0.5, 0.5));
  });

  it.each([...registry.WEIGHTING.keys()].filter((id) => id !== 'AHP'))('%s: a single child has weight 1', (id) => {
    expect(weigh(id, columnsOf([1, 2, 5]))).toEqual(Float64Array.of(1));
  });

  it.each(DATA_DRIVEN)('%s: missing values are passed over: a city without any changes nothing', (id) => {
    const whole = columnsOf([1, 2, 4, 3], [4, 5, 1, 2], [2, 1, 1, 7]);
    const gap = whole.map((column) => Float64Array.of(NaN, ...column));
    expectColumnsAgree(weigh(id, gap), weigh(id, whole), id);
  });

  it.each(['ENTROPY', 'GINI', 'MEREC'])('%s refuses negative values; MEREC zeros as well', (id) => {
    expect(refusal(id, columnsOf([1, -2], [1, 2])).code).toBe('PRECONDITION_FAILED');
    if (id === 'MEREC') expect(refusal(id, columnsOf([1, 0], [1, 2])).code).toBe('PRECONDITION_FAILED');
    else expect(weigh(id, columnsOf([1, 0], [1, 2]))).toHaveLength(2);
  });

  it('CRITIC: two columns that say the same have no conflict, so weights are equal', () => {
    const warnings: Warnings = [];
    expect(weigh('CRITIC', columnsOf([1, 2, 3], [10, 20, 30]), {}, {}, warnings)).toEqual(Float64Array.of(0.5, 0.5));
    expect(warnings.map(({ code }) => code)).toEqual(['EQUAL_DATA_WEIGHTS']);
  });

  it('ENTROPY: by the plain formula, with a zero and a gap', () => {
    const columns = [
      [1, 0, 3, NaN],
      [2, 2, 1, 1],
    ];
    const plain = columns.map((values) => {
      const present = values.filter((x) => !Number.isNaN(x));
      const sum = present.reduce((a, b) => a + b, 0);
      const h =
        -present.reduce((a, x) => a + (x === 0 ? 0 : (x / sum) * Math.log(x / sum)), 0) / Math.log(present.length);
      return 1 - h;
    });
    const total = plain.reduce((a, b) => a + b, 0);
    expectColumnsAgree(
      weigh('ENTROPY', columnsOf(...columns)),
      plain.map((d) => d / total),
      'entropy',
    );
  });

  it('GINI: by the double sum, with a gap', () => {
    const columns = [
      [1, 5, 3, NaN],
      [2, 2, 1, 1],
    ];
    const plain = columns.map((values) => {
      const x = values.filter((value) => !Number.isNaN(value));
      const mean = x.reduce((a, b) => a + b, 0) / x.length;
      return x.flatMap((a) => x.map((b) => Math.abs(a - b))).reduce((a, b) => a + b, 0) / (2 * x.length ** 2 * mean);
    });
    const total = plain.reduce((a, b) => a + b, 0);
    expectColumnsAgree(
      weigh('GINI', columnsOf(...columns)),
      plain.map((g) => g / total),
      'gini',
    );
  });

  it('MEREC: by the formula, where a city lacks a column', () => {
    const columns = [
      [1, 2, 4],
      [3, 1, NaN],
      [2, 2, 8],
    ];
    const minima = columns.map((values) => Math.min(...values.filter((x) => !Number.isNaN(x))));
    const logs = columns.map((values, j) => values.map((x) => Math.abs(Math.log((minima[j] ?? NaN) / x))));
    const s = (i: number, without: number): number => {
      const own = logs.map((values) => values[i] ?? NaN);
      const m = own.filter((x) => !Number.isNaN(x)).length;
      return Math.log(1 + own.reduce((sum, x, k) => sum + (Number.isNaN(x) || k === without ? 0 : x), 0) / m);
    };
    const effects = logs.map((values, j) => {
      const cities = [0, 1, 2].filter((i) => !Number.isNaN(values[i] ?? NaN));
      return cities.reduce((sum, i) => sum + Math.abs(s(i, j) - s(i, -1)), 0) / cities.length;
    });
    const total = effects.reduce((a, b) => a + b, 0);
    expectColumnsAgree(
      weigh('MEREC', columnsOf(...columns)),
      effects.map((e) => e / total),
      'merec',
    );
  });

  const HUGE = columnsOf([1e308, 1.7e308, 3e307], [1e-310, 5e-324, 2e-310], [1, 2, 3]);
  it.each([...DATA_DRIVEN, 'BENEFIT_OF_THE_DOUBT'])(
    '%s: values at the ends of the doubles give finite weights',
    (id) => {
      const weights = weigh(id, HUGE);
      expect(weights.every((weight) => weight >= 0 && weight <= 1)).toBe(true);
      expectColumnsAgree([weights.reduce((a, b) => a + b, 0)], [1], id);
    },
  );
});

it('CRITIC: rank correlations cost more', () => {
  const method = methodOf(registry.WEIGHTING, 'CRITIC');
  const cost = (correlation: string): number => method.cost(300, 50, { correlation });
  expect(cost('KENDALL')).toBeGreaterThan(cost('PEARSON'));
});

describe('through a recipe', () => {
  const tree = treeOf(2, 1, [1, 1]);
  const panel: Panel = {
    cities: ['a', 'b', 'c'].map((code) => city(code)),
    indicators: [indicator('x0'), indicator('x1')],
    years: [2020],
    values: Float64Array.of(1, 2, 3, 3, 1, 2),
    status: new Uint8Array(6),
    statuses: ['NORMAL'],
  };
  const scores = (weight: object): readonly number[] => {
    const recipe = { period: { year: 2020 }, normalise: { method: 'MIN_MAX', low: 0, high: 1 }, weight };
    const result = runPipeline({ panel, tree, methodology: parseRecipe(recipe, { tree, panel }) });
    return Array.from(result.nodes.columns[tree.root] ?? []);
  };

  it('AHP: judgements by node', () => {
    const judgements = [
      {
        nodes: ['x1', 'x0'],
        matrix: [
          [1, 3],
          [1 / 3, 1],
        ],
      },
    ];
    expectColumnsAgree(scores({ method: 'AHP', judgements }), [0.75, 0.125, 0.625], 'scores');
  });

  it('RANK_SUM: an order of nodes', () => {
    expectColumnsAgree(scores({ method: 'RANK_SUM', order: ['x1', 'x0'] }), [2 / 3, 1 / 6, 2 / 3], 'scores');
  });

  it('HIERARCHICAL: the number of indicators below', () => {
    expectColumnsAgree(scores({ method: 'HIERARCHICAL' }), [0.5, 0.25, 0.75], 'scores');
  });
});

describe('BALANCED', () => {
  it('says by how much it misses where exact balance needs a negative weight', () => {
    const warnings: Warnings = [];
    weigh(
      'BALANCED',
      columnsOf([1, 2, 3, 4, 6], [1, 2, 3, 5, 5], [1, 3, 2, 4, 6], [6, 2, 4, 3, 1.5]),
      {},
      {},
      warnings,
    );
    expect(warnings.map(({ code, message }) => [code, /off by 0\.\d{4}/.test(message)])).toEqual([
      ['METHOD_NOTE', true],
    ]);
  });

  it('columns of opposite sense that cancel leave nothing to weigh by', () => {
    expect(weigh('BALANCED', columnsOf([1, 2, 3], [3, 2, 1]))).toEqual(Float64Array.of(0.5, 0.5));
    expect(weigh('BALANCED', columnsOf([1, 2, 3], [3, 1, 1]), {}, { given: [0, 0] })).toEqual(
      Float64Array.of(0.5, 0.5),
    );
  });

  it('non-negative least squares: a column that would be negative is left at 0', () => {
    // The unconstrained solution of x + y = 1, x − y = 3 is (2, −1); with y ≥ 0 it is x = 2, y = 0.
    expectColumnsAgree(nonNegativeLeastSquares(columnsOf([1, 1], [1, -1]), Float64Array.of(1, 3)), [2, 0], 'x');
    expectColumnsAgree(
      nonNegativeLeastSquares(columnsOf([1, 0], [0, 1], [1, 1]), Float64Array.of(1, 2, 3)),
      [1, 2],
      'exact',
    );
  });
});
