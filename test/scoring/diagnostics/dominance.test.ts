import * as fc from 'fast-check';
import { dominanceOf, hasseEdges, MOST_DOMINANCE_CITIES, type NamedColumn } from '../../../src/scoring/diagnostics';
import { readGolden } from '../../helpers/golden';
import { anyColumns, column, errorCodeOf } from './columns';

describe('scikit-criteria 0.9 dominance (strict = false)', () => {
  it.each(['stock', 'crypto', 'synth40x8'])('dominance_%s.csv: the whole relation', (name) => {
    const matrix = readGolden('scikit-criteria', `input_${name}_matrix.csv`);
    const criteria = readGolden('scikit-criteria', `input_${name}_criteria.csv`);
    const cities = matrix.text('alternative');
    const columns: NamedColumn[] = criteria.rows.map((row) => ({
      code: row['criterion'] ?? '',
      values: matrix.numbers(row['criterion'] ?? '').map((value) => value * Number(row['objective'])),
    }));
    const expected = readGolden('scikit-criteria', `dominance_${name}.csv`).alignedTo('Dominators', cities);
    const actual = dominanceOf(cities, columns);
    cities.forEach((city, b) => {
      expect(cities.map((_, a) => actual.matrix[a * cities.length + b])).toEqual([...expected.numbers(city)]);
    });
    expect(actual.dominatedBy.reduce((sum, count) => sum + count, 0)).toBe(
      cities.reduce((sum, city) => sum + expected.numbers(city).reduce((a, b) => a + b, 0), 0),
    );
  });
});

describe('rules', () => {
  //     a
  //    / \
  //   b   c     d has a gap; e equals a; f is apart
  const cities = ['a', 'b', 'c', 'd', 'e', 'f', 'g'];
  const columns = [column('x', [3, 2, 1, 3, 3, 9, 1]), column('y', [3, 1, 2, null, 3, 0, 1])];

  it('levels, counts and edges of a small diagram', () => {
    const relation = dominanceOf(cities, columns);
    expect([...relation.levels]).toEqual([1, 2, 2, 0, 1, 1, 3]);
    expect([...relation.dominates]).toEqual([3, 1, 1, 0, 3, 0, 0]);
    expect([...relation.dominatedBy]).toEqual([0, 2, 2, 0, 0, 0, 4]);
    expect(relation.incomparable).toEqual(['d']);
    expect(relation.decidedShare).toBe(8 / 15);
    expect(hasseEdges(relation)).toEqual(
      [
        ['a', 'b'],
        ['a', 'c'],
        ['b', 'g'],
        ['c', 'g'],
        ['e', 'b'],
        ['e', 'c'],
      ].map(([above, below]) => ({ above, below })),
    );
  });

  it('no city, and one city', () => {
    expect(dominanceOf([], []).decidedShare).toBe(0);
    expect([...dominanceOf(['a'], [column('x', [1])]).levels]).toEqual([1]);
  });

  it('refuses more cities than its matrix is meant for', () => {
    const many = Array.from({ length: MOST_DOMINANCE_CITIES + 1 }, (_, i) => String(i));
    expect(errorCodeOf(() => dominanceOf(many, []))).toBe('BUDGET_EXCEEDED');
  });

  it('is the definition, transitive, and rebuilt by the edges', () => {
    fc.assert(
      fc.property(anyColumns, (any) => {
        const n = any[0]?.values.length ?? 0;
        const names = Array.from({ length: n }, (_, i) => String(i));
        const relation = dominanceOf(names, any);
        const beats = (a: number, b: number): boolean => {
          const pairs = any.map(({ values }) => [values[a] ?? NaN, values[b] ?? NaN] as const);
          return pairs.every(([x, y]) => x >= y) && pairs.some(([x, y]) => x > y);
        };
        const complete = (i: number): boolean => any.every(({ values }) => !Number.isNaN(values[i]));
        const reach = new Uint8Array(n * n);
        for (const { above, below } of hasseEdges(relation)) reach[Number(above) * n + Number(below)] = 1;
        for (let via = 0; via < n; via++)
          for (let a = 0; a < n; a++)
            for (let b = 0; b < n; b++) if (reach[a * n + via] === 1 && reach[via * n + b] === 1) reach[a * n + b] = 1;
        expect([...reach]).toEqual([...relation.matrix]);
        for (let a = 0; a < n; a++) {
          for (let b = 0; b < n; b++) {
            expect(relation.matrix[a * n + b]).toBe(complete(a) && complete(b) && beats(a, b) ? 1 : 0);
            if (relation.matrix[a * n + b] === 1) expect(relation.levels[a] ?? 0).toBeLessThan(relation.levels[b] ?? 0);
          }
          expect(relation.levels[a] === 1).toBe(complete(a) && relation.dominatedBy[a] === 0);
        }
      }),
    );
  });
});
