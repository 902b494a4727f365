import * as fc from 'fast-check';
import { completePairs, kendallTauB, pearson, spearman } from '../../../src/scoring/comparison/rank-correlation';
import { kendallExactTwoSided, normalTwoSided, studentTTwoSided } from '../../../src/scoring/numeric/distributions';
import {
  correlate,
  correlationMatrix,
  correlationsBetween,
  correlationsWithAncestors,
  correlationsWithinFamilies,
  CORRELATION_METHODS,
  type Correlation,
  type CorrelationMethod,
} from '../../../src/scoring/diagnostics';
import { asem } from '../../helpers/asem';
import { expectColumnsAgree, readGolden, type GoldenTable } from '../../helpers/golden';
import { anyColumns, asemScores, column, columnsFrom, holdsOnlyFinite } from './columns';

const coefficients = (list: readonly Correlation[]): Map<string, number> =>
  new Map(
    list.flatMap(({ first, second, coefficient }) => {
      const value = coefficient ?? NaN;
      return [[`${first} ${second}`, value] as const, [`${second} ${first}`, value] as const];
    }),
  );

/** Compares a file of pairs with a list of correlations, whatever the order within a pair. */
function expectPairsAgree(
  actual: readonly Correlation[],
  expected: GoldenTable,
  rename = (code: string) => code,
): void {
  const known = coefficients(actual);
  const rows = expected.rows.filter((row) => row['Var1'] !== row['Var2']);
  const labels = rows.map((row) => `${rename(row['Var1'] ?? '')} ${row['Var2'] ?? ''}`);
  expectColumnsAgree(
    labels.map((label) => known.get(label) ?? NaN),
    rows.map((row) => Number(row['Correlation'])),
    'r',
    { labels },
  );
  expect(rows.length).toBeGreaterThan(40);
}

const { tree, columns } = asemScores();
const leafColumns = tree.leaves.map((leaf) => ({
  code: tree.nodes[leaf]?.code ?? '',
  values: columns[leaf] ?? new Float64Array(0),
}));

describe('COINr 1.1.14 get_corr (R 4.2.2 cor, pairwise complete)', () => {
  it.each([
    ['62_corr_normalised_indicators_pearson.csv', 'PEARSON'],
    ['62_corr_normalised_indicators_spearman.csv', 'SPEARMAN'],
    ['62_corr_normalised_indicators_kendall.csv', 'KENDALL'],
  ] as const)('%s: 1,176 pairs', (file, method) => {
    const actual = correlationMatrix(leafColumns, method);
    expect(actual).toHaveLength((49 * 48) / 2);
    expectPairsAgree(actual, readGolden('coinr', file));
  });

  it.each([
    ['62_corr_indicator_vs_index_pearson.csv', 'PEARSON'],
    ['62_corr_indicator_vs_index_spearman.csv', 'SPEARMAN'],
    ['62_corr_indicator_vs_index_kendall.csv', 'KENDALL'],
  ] as const)('%s', (file, method) => {
    expectPairsAgree(correlationsWithAncestors(tree, columns, method), readGolden('coinr', file));
  });

  it('62_corr_family.csv: each indicator with its pillar, sub-index and index', () => {
    const lineage = readGolden('coinr', '00_lineage.csv');
    const known = coefficients(correlationsWithAncestors(tree, columns, 'PEARSON'));
    const expected = readGolden('coinr', '62_corr_family.csv');
    const ancestor = (level: string, indicator: string): string =>
      lineage.rows.find((row) => row['Indicator'] === indicator)?.[level] ?? '';
    const labels = expected.rows.map((row) => `${row['Var2'] ?? ''} ${ancestor(row['Var1'] ?? '', row['Var2'] ?? '')}`);
    expectColumnsAgree(
      labels.map((label) => known.get(label) ?? NaN),
      expected.numbers('Correlation'),
      'r',
      { labels },
    );
    expect(labels).toHaveLength(147);
  });

  it('62_corr_pvals_pearson.csv: p-values of all pairs of normalised indicators (cor.test)', () => {
    const expected = readGolden('coinr', '62_corr_pvals_pearson.csv');
    const rowOf = new Map(expected.rows.map((row) => [row['iCode'], row]));
    const actual = correlationMatrix(leafColumns, 'PEARSON');
    expectColumnsAgree(
      actual.map(({ pValue }) => pValue ?? NaN),
      actual.map(({ first, second }) => Number(rowOf.get(first)?.[second])),
      'p',
      { absolute: 0, labels: actual.map(({ first, second }) => `${first} ${second}`) },
    );
  });

  it.each([
    ['63_corr_flags_0.7.csv', (r: number) => r > 0.7],
    ['63_corr_flags_low_-0.4.csv', (r: number) => r < -0.4],
  ] as const)('%s: the same pairs within pillars', (file, flagged) => {
    const families = correlationsWithinFamilies(tree, columns, 'PEARSON').filter(({ parent }) =>
      readGolden('coinr', '00_iMeta.csv').rows.some((row) => row['iCode'] === parent && row['Level'] === '2'),
    );
    const actual = families.flatMap(({ parent, pairs }) =>
      pairs.flatMap(({ first, second, coefficient }) =>
        coefficient !== null && flagged(coefficient)
          ? [{ key: [parent, ...[first, second].sort()].join(' '), coefficient }]
          : [],
      ),
    );
    const expected = readGolden('coinr', file);
    const keys = expected.rows.map((row) => [row['Group'], ...[row['Ind1'] ?? '', row['Ind2'] ?? ''].sort()].join(' '));
    expect(actual.map(({ key }) => key).sort()).toEqual([...keys].sort());
    const byKey = new Map(actual.map(({ key, coefficient }) => [key, coefficient]));
    expectColumnsAgree(
      keys.map((key) => byKey.get(key) ?? NaN),
      expected.numbers('Corr'),
      file,
      { labels: keys },
    );
  });

  it('63_denom_corr.csv: the same raw indicators correlate above 0.6 with denominators', () => {
    const raw = readGolden('coinr', '00_raw_iData.csv');
    const actual = correlationsBetween(
      columnsFrom(raw, asem().leaves),
      columnsFrom(raw, ['Area', 'Energy', 'GDP', 'Population']),
      'PEARSON',
    ).filter(({ coefficient }) => Math.abs(coefficient ?? 0) > 0.6);
    const expected = readGolden('coinr', '63_denom_corr.csv');
    const labels = expected.rows.map((row) => `${row['Ind'] ?? ''} ${row['Denom'] ?? ''}`);
    expect(actual.map(({ first, second }) => `${first} ${second}`).sort()).toEqual([...labels].sort());
    const known = coefficients(actual);
    expectColumnsAgree(
      labels.map((label) => known.get(label) ?? NaN),
      expected.numbers('Corr'),
      'r',
      { labels },
    );
  });
});

describe('SciPy 1.17.1 spearmanr and kendalltau on raw ASEM with gaps (golden/scipy/correlations.csv)', () => {
  const raw = readGolden('coinr', '01_raw_numeric.csv');
  const expected = readGolden('scipy', 'correlations.csv');
  const rows = expected.rows.map((row) => {
    const count = Number(row['rows']);
    const values = (name: string | undefined) => ({
      code: name ?? '',
      values: raw.numbers(name ?? '').slice(0, count),
    });
    return { row, first: values(row['first']), second: values(row['second']) };
  });
  const labels = rows.map(({ row }) => `${row['rows'] ?? ''} ${row['first'] ?? ''} ${row['second'] ?? ''}`);

  it('Spearman’s ρ and its p-value', () => {
    const actual = rows.map(({ first, second }) => correlate(first, second, 'SPEARMAN'));
    expect(actual.map(({ count }) => count)).toEqual([...expected.numbers('n')]);
    expectColumnsAgree(
      actual.map((c) => c.coefficient ?? NaN),
      expected.numbers('spearman'),
      'rho',
      { labels },
    );
    // A p-value near |ρ| = 1 hangs on 1 − ρ², so it has fewer digits than ρ.
    expectColumnsAgree(
      actual.map((c) => c.pValue ?? NaN),
      expected.numbers('spearman_p'),
      'p',
      { labels, absolute: 1e-15 },
    );
  });

  it('Kendall’s τ-b and its p-value: exact below 50 values without ties, otherwise asymptotic', () => {
    const actual = rows.map(({ first, second }) => correlate(first, second, 'KENDALL'));
    const exact = rows.filter(({ row }) => row['kendall_p_exact'] !== '' && Number(row['n']) < 50);
    expect(exact.length).toBeGreaterThan(100);
    expectColumnsAgree(
      actual.map((c) => c.coefficient ?? NaN),
      expected.numbers('kendall'),
      'tau',
      { labels },
    );
    expectColumnsAgree(
      actual.map((c) => c.pValue ?? NaN),
      rows.map(({ row }) =>
        Number(
          row['kendall_p_exact'] !== '' && Number(row['n']) < 50 ? row['kendall_p_exact'] : row['kendall_p_asymptotic'],
        ),
      ),
      'p',
      { labels, absolute: 0 },
    );
  });
});

describe('published tables', () => {
  // Fisher and Yates (1963), Statistical Tables, table III: two-sided points of Student's t, to three decimals.
  it.each([
    [12.706, 1, 0.05],
    [4.303, 2, 0.05],
    [2.228, 10, 0.05],
    [3.169, 10, 0.01],
    [2.042, 30, 0.05],
    [2.66, 60, 0.01],
  ])('P(|t| ≥ %d) with %d degrees of freedom is %d', (t, degrees, p) => {
    expect(studentTTwoSided(t, degrees)).toBeCloseTo(p, 4);
    expect(studentTTwoSided(-t, degrees)).toBe(studentTTwoSided(t, degrees));
  });

  it.each([
    [1.959964, 0.05],
    [2.575829, 0.01],
    [3.290527, 0.001],
    [0, 1],
  ])('P(|z| ≥ %d) of the normal is %d', (z, p) => {
    expect(normalTwoSided(z)).toBeCloseTo(p, 7);
  });

  // Kendall (1970), Rank Correlation Methods, appendix table 1: chance that S reaches the value, one side.
  it.each([
    [4, 6, 0.042],
    [5, 10, 0.0083],
    [6, 11, 0.028],
    [8, 18, 0.016],
    [10, 23, 0.023],
  ])('n = %d: P(S ≥ %d) is %d', (n, s, oneSided) => {
    expect(kendallExactTwoSided(s, n) / 2).toBeCloseTo(oneSided, oneSided < 0.01 ? 4 : 3);
  });

  it('no association is certain to be reached', () => {
    expect(kendallExactTwoSided(0, 4)).toBe(1);
    expect(studentTTwoSided(0, 5)).toBe(1);
    expect(studentTTwoSided(Infinity, 5)).toBe(0);
  });
});

describe('what does not exist is null, with its reason', () => {
  it.each([
    [[null, 1, null], [1, null, 2], 0, 'NO_VALUES'],
    [[1, 2, null], [1, 2, 3], 2, 'TOO_FEW_VALUES'],
    [[1, 1, 1], [1, 2, 3], 3, 'CONSTANT'],
    [[1, 2, 3, 9], [4, 4, 4, null], 3, 'CONSTANT'],
  ] as const)('%j with %j', (x, y, count, reason) => {
    for (const method of CORRELATION_METHODS) {
      expect(correlate(column('x', x), column('y', y), method)).toEqual({
        first: 'x',
        second: 'y',
        count,
        coefficient: null,
        pValue: null,
        reason,
      });
    }
    expect(correlationMatrix([column('x', x), column('y', y)], 'SPEARMAN')[0]).toMatchObject({ count, reason });
  });

  it('a perfect line has r of 1 and p of 0', () => {
    expect(correlate(column('x', [1, 2, 4]), column('y', [-1, -2, -4]), 'PEARSON')).toMatchObject({
      coefficient: -1,
      pValue: 0,
    });
  });

  it('columns of the largest doubles are correlated', () => {
    const x = column('x', [-1.7e308, 0, 1.7e308]);
    expect(correlate(x, x, 'PEARSON').coefficient).toBeCloseTo(1, 14);
  });
});

describe('properties', () => {
  const slow: Readonly<Record<CorrelationMethod, (x: readonly number[], y: readonly number[]) => number>> = {
    PEARSON: slowPearson,
    SPEARMAN: (x, y) => slowPearson(slowRanks(x), slowRanks(y)),
    KENDALL: slowTauB,
  };
  const fast = { PEARSON: pearson, SPEARMAN: spearman, KENDALL: kendallTauB };

  it.each(CORRELATION_METHODS)('%s: equals the definition worked out pair by pair', (method) => {
    const cell = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: -1e8, max: 1e8 }).map((value) => value / 64),
      fc.constant(NaN),
    );
    fc.assert(
      fc.property(fc.array(fc.tuple(cell, cell), { maxLength: 40 }), (rows) => {
        const x = Float64Array.from(rows, ([value]) => value);
        const y = Float64Array.from(rows, ([, value]) => value);
        const complete = rows.filter(([a, b]) => !Number.isNaN(a) && !Number.isNaN(b));
        const expected = slow[method](
          complete.map(([a]) => a),
          complete.map(([, b]) => b),
        );
        const actual = fast[method](x, y);
        for (const value of [actual, fast[method](y, x)]) {
          if (Number.isNaN(expected)) expect(value).toBeNaN();
          else expect(Math.abs(value - expected)).toBeLessThan(1e-9);
        }
      }),
    );
  });

  it('completePairs hands back columns without gaps as they are', () => {
    const x = Float64Array.of(1, 2);
    expect(completePairs(x, x).x).toBe(x);
  });

  it.each(CORRELATION_METHODS)('%s: coefficients in [−1, 1], p-values in [0, 1], never NaN', (method) => {
    fc.assert(
      fc.property(anyColumns, (any) => {
        for (const pair of correlationMatrix(any, method)) {
          expect(holdsOnlyFinite(pair)).toBe(true);
          expect(Math.abs(pair.coefficient ?? 0)).toBeLessThanOrEqual(1);
          expect(pair.pValue ?? 0).toBeLessThanOrEqual(1);
          expect(pair.pValue ?? 0).toBeGreaterThanOrEqual(0);
          expect(pair.reason === null).toBe(pair.coefficient !== null);
        }
      }),
    );
  });
});

function slowPearson(x: readonly number[], y: readonly number[]): number {
  const n = x.length;
  if (new Set(x).size < 2 || new Set(y).size < 2) return NaN;
  const mean = (list: readonly number[]): number => list.reduce((a, b) => a + b, 0) / n;
  const dx = x.map((value) => value - mean(x));
  const dy = y.map((value) => value - mean(y));
  const dot = (a: readonly number[], b: readonly number[]): number =>
    a.reduce((sum, value, i) => sum + value * (b[i] ?? 0), 0);
  return dot(dx, dy) / Math.sqrt(dot(dx, dx) * dot(dy, dy));
}

function slowRanks(x: readonly number[]): number[] {
  return x.map(
    (value) => x.filter((other) => other < value).length + (x.filter((other) => other === value).length + 1) / 2,
  );
}

function slowTauB(x: readonly number[], y: readonly number[]): number {
  let s = 0;
  let untiedX = 0;
  let untiedY = 0;
  x.forEach((a, i) => {
    for (let k = 0; k < i; k++) {
      const dx = Math.sign(a - (x[k] ?? 0));
      const dy = Math.sign((y[i] ?? 0) - (y[k] ?? 0));
      s += dx * dy;
      untiedX += Math.abs(dx);
      untiedY += Math.abs(dy);
    }
  });
  return untiedX === 0 || untiedY === 0 ? NaN : s / Math.sqrt(untiedX * untiedY);
}
