import * as fc from 'fast-check';
import { cronbachAlpha, cronbachAlphaByNode } from '../../../src/scoring/diagnostics';
import { asem } from '../../helpers/asem';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { anyColumns, asemScores, column, columnsFrom, holdsOnlyFinite, near } from './columns';

describe('COINr 1.1.14 get_cronbach (61_cronbach.csv)', () => {
  const { tree, columns } = asemScores();
  const expected = readGolden('coinr', '61_cronbach.csv').rows;
  const of = (dset: string): { group: string; alpha: number }[] =>
    expected
      .filter((row) => row['dset'] === dset)
      .map((row) => ({ group: row['group'] ?? '', alpha: Number(row['alpha']) }));

  it.each([
    ['Normalised', 9],
    ['Aggregated', 2],
  ] as const)('%s: alpha of each node', (dset, groups) => {
    const byNode = new Map(cronbachAlphaByNode(tree, columns).map(({ node, alpha }) => [node, alpha.value]));
    const all = cronbachAlpha(columnsFrom(readGolden('coinr', '15_pipeline_normalised.csv'), asem().leaves));
    const rows = of(dset);
    expect(rows).toHaveLength(groups);
    expectColumnsAgree(
      rows.map(({ group }) => (group === 'ALL' ? all.alpha.value : byNode.get(group)) ?? NaN),
      rows.map(({ alpha }) => alpha),
      dset,
      { labels: rows.map(({ group }) => group), absolute: 0 },
    );
  });

  it('Raw, with gaps, pairwise complete', () => {
    const raw = readGolden('coinr', '01_raw_numeric.csv');
    const byNode = cronbachAlphaByNode(
      tree,
      tree.nodes.map(({ code, indicator }) => (indicator === null ? new Float64Array(51) : raw.numbers(code))),
    );
    const all = cronbachAlpha(columnsFrom(raw, asem().leaves)).alpha.value;
    const rows = of('Raw');
    expectColumnsAgree(
      rows.map(({ group }) => (group === 'ALL' ? all : byNode.find(({ node }) => node === group)?.alpha.value) ?? NaN),
      rows.map(({ alpha }) => alpha),
      'Raw',
      { labels: rows.map(({ group }) => group), absolute: 0 },
    );
  });
});

describe('rules', () => {
  const a = column('a', [1, 2, 3, 4]);
  const b = column('b', [2, 1, 4, 3]);

  it('copies are perfectly consistent, and alpha is that of the others when one is left out', () => {
    const { alpha, withoutEach } = cronbachAlpha([a, a, b]);
    // Covariances: var a = var b = 5/3, cov(a, b) = 1: alpha = 9 × (5/3 + 2)/3 / (3 × 5/3 + 2 × 11/3) = 11 / (37/3).
    expect(alpha.value).toBeCloseTo(33 / 37, 12);
    // Without b two copies are left: 4 × 5/3 / (4 × 5/3) = 1; without an a: 4 × 1 / (10/3 + 2) = 3/4.
    expect(withoutEach.map((each) => each.alpha.value)).toEqual([near(0.75, 12), near(0.75, 12), near(1, 12)]);
  });

  it.each([
    ['one column', [a], 'TOO_FEW_COLUMNS'],
    ['no column', [], 'TOO_FEW_COLUMNS'],
    ['constants', [column('c', [0.1, 0.1, 0.1]), column('d', [5, 5, 5])], 'CONSTANT'],
    ['fewer than 2 cities with both', [column('c', [1, null, 2]), column('d', [null, 1, 2])], 'TOO_FEW_VALUES'],
  ] as const)('%s: null, with the reason', (_, columns, reason) => {
    expect(cronbachAlpha(columns).alpha).toEqual({ value: null, reason });
  });

  it('does not depend on a common unit, however small or large', () => {
    const scaled = (factor: number) =>
      [a, b].map(({ code, values }) => ({ code, values: values.map((x) => x * factor) }));
    expect(cronbachAlpha(scaled(2 ** 900)).alpha.value).toBeCloseTo(0.75, 12);
    expect(cronbachAlpha(scaled(2 ** -900)).alpha.value).toBeCloseTo(0.75, 12);
  });

  it('equals k/(k − 1) (1 − Σ variances / variance of the sum) where nothing is missing', () => {
    const whole = fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 6 }), {
      minLength: 2,
      maxLength: 5,
    });
    const variance = (list: readonly number[]): number => {
      const mean = list.reduce((x, y) => x + y, 0) / list.length;
      return list.reduce((sum, x) => sum + (x - mean) ** 2, 0) / (list.length - 1);
    };
    fc.assert(
      fc.property(whole, (data) => {
        const sums = [0, 1, 2, 3, 4, 5].map((i) => data.reduce((sum, values) => sum + (values[i] ?? 0), 0));
        fc.pre(variance(sums) > 1e-6);
        const k = data.length;
        const expected = (k / (k - 1)) * (1 - data.reduce((sum, values) => sum + variance(values), 0) / variance(sums));
        const actual = cronbachAlpha(data.map((values, j) => column(String(j), values))).alpha.value ?? NaN;
        expect(Math.abs(actual - expected)).toBeLessThan(1e-9 * Math.max(1, Math.abs(expected)));
      }),
    );
  });

  it('is finite or null with a reason on any columns', () => {
    fc.assert(
      fc.property(anyColumns, (columns) => {
        expect(holdsOnlyFinite(cronbachAlpha(columns))).toBe(true);
      }),
    );
  });
});
