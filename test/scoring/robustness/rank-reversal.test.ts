import fc from 'fast-check';
import { rankReversals, runTable } from '../../../src/scoring';
import { defaultRun, defaultTable, smallRun } from '../../helpers/robustness';

/** TOPSIS by its definition (Hwang and Yoon 1981), equal weights, vector normalisation: closeness of each row. */
function closeness(rows: readonly (readonly number[])[]): number[] {
  const m = rows[0]?.length ?? 0;
  const columns = Array.from({ length: m }, (_, j) => {
    const column = rows.map((row) => row[j] ?? NaN);
    const norm = Math.hypot(...column);
    return column.map((value) => value / norm / m);
  });
  const distance = (i: number, of: (...values: number[]) => number): number =>
    Math.hypot(...columns.map((column) => (column[i] ?? NaN) - of(...column)));
  return rows.map((_, i) => {
    const [best, worst] = [distance(i, Math.max), distance(i, Math.min)];
    return worst / (best + worst);
  });
}

/** The first table of small whole numbers in which leaving the last city out turns two others round, by `closeness` alone. */
function topsisReversal(): number[][] {
  for (let code = 0; code < 9 ** 4; code++) {
    const digits = [0, 1, 2, 3].map((place) => 1 + (Math.floor(code / 9 ** place) % 9));
    const [p = 0, q = 0, r = 0, s = 0] = digits;
    const rows = [
      [p, q],
      [r, s],
      [9, 1],
    ];
    const [a = 0, b = 0] = closeness(rows);
    const [c = 0, d = 0] = closeness(rows.slice(0, 2));
    if (a - b > 0.01 && d - c > 0.01) return rows;
  }
  throw new Error('None found.');
}

describe('rank reversal', () => {
  it('TOPSIS: leaving out a third city turns two round, and the table says where', () => {
    const rows = topsisReversal();
    const run = smallRun({
      leaves: ['x', 'y'],
      columns: [0, 1].map((j) => rows.map((row) => row[j] ?? NaN)),
      recipe: { normalise: { method: 'NONE' }, aggregate: [{ level: 1, method: 'TOPSIS' }] },
    });
    const ranks = runTable(run).ranks;
    const [only] = rankReversals(run, ['c2']);
    expect(only?.reversals).toBe(1);
    expect(only?.pairs).toEqual([{ above: 'c0', below: 'c1', ranks: [ranks[0], ranks[1]] }]);
    expect([only?.winnerChanges, only?.rank, only?.lostOrGained]).toEqual([true, ranks[2], 0]);
  });

  it('goalposts and arithmetic means: never, on any table', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 100 }), { minLength: 7, maxLength: 7 }), {
          minLength: 3,
          maxLength: 3,
        }),
        (columns) => {
          const run = smallRun({
            leaves: ['x', 'y', 'z'],
            columns,
            recipe: { normalise: { method: 'GOALPOSTS', lower: 0, upper: 100 } },
          });
          for (const { reversals, winnerChanges } of rankReversals(run))
            expect([reversals, winnerChanges]).toEqual([0, false]);
        },
      ),
      { seed: 2, numRuns: 50 },
    );
  });

  it('min–max: reversals agree with a count of pairs by whole runs without each city', () => {
    let found = 0;
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 6, maxLength: 6 }), {
          minLength: 3,
          maxLength: 3,
        }),
        (columns) => {
          const of = (kept: readonly number[]) =>
            runTable(
              smallRun({
                leaves: ['x', 'y', 'z'],
                columns: columns.map((column) => kept.map((i) => column[i] ?? NaN)),
                recipe: {},
              }),
            ).ranks;
          const all = [0, 1, 2, 3, 4, 5];
          const before = of(all);
          rankReversals(smallRun({ leaves: ['x', 'y', 'z'], columns, recipe: {} }), undefined, 100).forEach(
            (reversal, left) => {
              const kept = all.filter((i) => i !== left);
              const after = of(kept);
              const pairs = kept.flatMap((i, a) =>
                kept.flatMap((j, b) =>
                  (before[i] ?? 0) < (before[j] ?? 0) && (after[a] ?? 0) > (after[b] ?? 0)
                    ? [`c${String(i)} c${String(j)}`]
                    : [],
                ),
              );
              expect(reversal.pairs.map(({ above, below }) => `${above} ${below}`).sort()).toEqual(pairs.sort());
              expect(reversal.reversals).toBe(pairs.length);
              found += pairs.length;
            },
          );
        },
      ),
      { seed: 4, numRuns: 100 },
    );
    expect(found).toBeGreaterThan(10);
  });

  it('the built-in ranking: the same by panel and by table', () => {
    const codes = ['330100', '440100', '310000'];
    expect(rankReversals(defaultRun(), codes)).toEqual(rankReversals(defaultTable(), codes));
  });

  it('refuses a city that is not scored, and two cities', () => {
    const two = smallRun({ leaves: ['x'], columns: [[1, 2]], recipe: {} });
    expect(() => rankReversals(two)).toThrow('three');
    expect(() => rankReversals(defaultTable(), ['nowhere'])).toThrow('cities[0]');
  });
});
