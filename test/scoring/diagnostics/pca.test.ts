import * as fc from 'fast-check';
import { symmetricEigen } from '../../../src/scoring/numeric/symmetric-eigen';
import { pearson } from '../../../src/scoring/comparison/rank-correlation';
import { principalComponents, principalComponentsByNode } from '../../../src/scoring/diagnostics';
import { agrees, expectColumnsAgree, readGolden } from '../../helpers/golden';
import { anyColumns, asemScores, column, holdsOnlyFinite, near } from './columns';

const { tree, columns } = asemScores();
const byNode = new Map(
  principalComponentsByNode(tree, columns).map((result) => [result.node === 'Index' ? 'All' : result.node, result]),
);

describe('COINr 1.1.14 get_PCA (R 4.2.2 prcomp, centred and scaled)', () => {
  it.each([
    ['60_pca_eigen_level1.csv', 49],
    ['60_pca_eigen_level2.csv', 8],
    ['60_pca_eigen_level3.csv', 2],
  ] as const)('%s: eigenvalues, shares and cumulative shares of %d components', (file, count) => {
    const expected = readGolden('coinr', file);
    const actual = expected.rows.map((row) => byNode.get(row['group'] ?? '')?.components[Number(row['pc']) - 1]);
    expect(actual).toHaveLength(count);
    const labels = expected.rows.map((row) => `${row['group'] ?? ''} ${row['pc'] ?? ''}`);
    for (const [name, pick] of [
      ['eigenvalue', actual.map((c) => c?.eigenvalue ?? NaN)],
      ['share', actual.map((c) => c?.share ?? NaN)],
      ['cum', actual.map((c) => c?.cumulative ?? NaN)],
    ] as const)
      expectColumnsAgree(pick, expected.numbers(name), name, { labels });
  });

  it.each(['60_pca_rotation_level1.csv', '60_pca_rotation_level2.csv', '60_pca_rotation_level3.csv'])(
    '%s: eigenvectors up to their sign, which R leaves open',
    (file) => {
      const vectors = new Map<string, Map<string, number>>();
      for (const row of readGolden('coinr', file).rows) {
        const key = `${row['group'] ?? ''} ${row['pc'] ?? ''}`;
        const vector = vectors.get(key) ?? new Map<string, number>();
        vectors.set(key, vector.set(row['iCode'] ?? '', Number(row['rotation'])));
      }
      for (const [key, vector] of vectors) {
        const [group = '', pc = ''] = key.split(' ');
        const result = byNode.get(group);
        const actual = result?.components[Number(pc) - 1]?.vector ?? [];
        const expected = result?.codes.map((code) => vector.get(code) ?? NaN) ?? [];
        const sign = Math.sign(actual.reduce((sum, entry, k) => sum + entry * (expected[k] ?? 0), 0));
        expectColumnsAgree(
          actual.map((entry) => entry * sign),
          expected,
          key,
          { absolute: 1e-11 },
        );
      }
    },
  );

  it.each(['60_pca_weights_level1.csv', '60_pca_weights_level2.csv', '60_pca_weights_level3.csv'])(
    '%s: COINr’s weights are the first eigenvector, up to its sign',
    (file) => {
      const expected = readGolden('coinr', file);
      const first = new Map(
        [...byNode.values()].flatMap(({ codes, components }) =>
          codes.map((code, k) => [code, components[0]?.vector[k] ?? NaN] as const),
        ),
      );
      const different = expected.rows.filter(
        (row) => !agrees(Math.abs(first.get(row['iCode'] ?? '') ?? NaN), Math.abs(Number(row['Weight']))),
      );
      expect(different).toEqual([]);
    },
  );
});

describe('rules', () => {
  it('uses complete rows, leaves out empty and constant columns, and says so', () => {
    const result = principalComponents([
      column('a', [1, 2, 3, 5, null]),
      column('none', [null, null, null, null, null]),
      column('flat', [7, 7, 7, 7, 8]),
      column('b', [2, 1, 4, 3, 9]),
    ]);
    expect(result).toMatchObject({
      codes: ['a', 'b'],
      count: 4,
      reason: null,
      leftOut: [
        { code: 'none', reason: 'NO_VALUES' },
        { code: 'flat', reason: 'CONSTANT' },
      ],
    });
    // Of a 2 × 2 correlation matrix the eigenvalues are 1 ± r and the vectors (1, ±1)/√2.
    const r = pearson(Float64Array.of(1, 2, 3, 5), Float64Array.of(2, 1, 4, 3));
    expect(result.components[0]?.eigenvalue).toBeCloseTo(1 + r, 12);
    expect(result.components[1]?.eigenvalue).toBeCloseTo(1 - r, 12);
    expect(result.components[0]?.vector.map((v) => v * Math.SQRT2)).toEqual([near(1, 12), near(1, 12)]);
    expect(result.components[0]?.loadings[0]).toBeCloseTo(Math.sqrt((1 + r) / 2), 12);
  });

  it.each([
    ['one column', [column('a', [1, 2, 3])], 'TOO_FEW_COLUMNS'],
    ['no column', [], 'TOO_FEW_COLUMNS'],
    ['constants', [column('a', [1, 1, 1]), column('b', [1, 2, 3])], 'TOO_FEW_COLUMNS'],
    ['no complete row', [column('a', [1, null]), column('b', [null, 1])], 'NO_VALUES'],
    ['two complete rows', [column('a', [1, 2]), column('b', [2, 1])], 'TOO_FEW_VALUES'],
  ] as const)('%s: no components, with the reason', (_, input, reason) => {
    expect(principalComponents(input)).toMatchObject({ components: [], reason });
  });

  it('sign: entries add to a positive number, or the first of the largest is positive', () => {
    expect(
      symmetricEigen([
        [2, 1],
        [1, 2],
      ]).map(({ vector }) => vector.map((v) => Math.sign(v))),
    ).toEqual([
      [1, 1],
      [1, -1],
    ]);
  });

  it('any columns: eigenvalues descend and add to their number; vectors are orthonormal; loadings are correlations', () => {
    fc.assert(
      fc.property(anyColumns, (input) => {
        const { codes, components, reason } = principalComponents(input);
        expect(holdsOnlyFinite(components)).toBe(true);
        if (reason !== null) return;
        const values = components.map(({ eigenvalue }) => eigenvalue);
        expect(values).toEqual([...values].sort((a, b) => b - a));
        expect(values.reduce((a, b) => a + b, 0)).toBeCloseTo(codes.length, 9);
        components.forEach((one, i) => {
          components.forEach((other, j) => {
            const dot = one.vector.reduce((sum, entry, k) => sum + entry * (other.vector[k] ?? 0), 0);
            expect(dot).toBeCloseTo(i === j ? 1 : 0, 9);
          });
          for (const loading of one.loadings) expect(Math.abs(loading)).toBeLessThan(1 + 1e-9);
        });
      }),
    );
  });
});
