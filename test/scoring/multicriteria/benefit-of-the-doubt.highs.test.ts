import fc from 'fast-check';
import highsLoader from 'highs';
import { expectColumnsAgree } from '../../helpers/golden';
import { problemOf, runMethod } from '../../helpers/multicriteria';

// Two shared cores can be slow.
jest.setTimeout(60_000);

/*
 * Benefit of the doubt against HiGHS, city by city: the multiplier form for the radial variants, and for the directional
 * one the envelopment form (our kernel solves its dual).
 */

type Rows = readonly (readonly number[])[];
const term = (value: number, name: string): string => `${value < 0 ? '-' : '+'} ${String(Math.abs(value))} ${name}`;

function radial(rows: Rows, own: readonly number[], low: number, high: number): string {
  const sum = (row: readonly number[]): string => row.map((value, k) => term(value, `w${String(k)}`)).join(' ');
  const limits = own.flatMap((_, k) => [
    ` l${String(k)}: ${sum(own.map((value, j) => (j === k ? value : 0) - low * value))} >= 0`,
    ` h${String(k)}: ${sum(own.map((value, j) => (j === k ? value : 0) - high * value))} <= 0`,
  ]);
  return [
    'Maximize',
    ` obj: ${sum(own)}`,
    'Subject To',
    ...rows.map((row, i) => ` c${String(i)}: ${sum(row)} <= 1`),
    ...(low > 0 || high < 1 ? limits : []),
    'End',
  ].join('\n');
}

function directional(rows: Rows, own: readonly number[], direction: readonly number[]): string {
  const lambda = (k: number): string => rows.map((row, i) => term(row[k] ?? NaN, `z${String(i)}`)).join(' ');
  return [
    'Maximize',
    ' obj: b',
    'Subject To',
    ...own.map((value, k) => ` y${String(k)}: ${lambda(k)} ${term(-(direction[k] ?? NaN), 'b')} >= ${String(value)}`),
    ` one: ${rows.map((_, i) => `+ z${String(i)}`).join(' ')} <= 1`,
    'End',
  ].join('\n');
}

describe('BENEFIT_OF_THE_DOUBT against HiGHS', () => {
  const table = fc.record({ n: fc.integer({ min: 2, max: 15 }), m: fc.integer({ min: 1, max: 6 }) }).chain(({ n, m }) =>
    fc.record({
      rows: fc.array(
        fc.array(
          fc.integer({ min: 0, max: 40 }).map((value) => value / 8),
          { minLength: m, maxLength: m },
        ),
        {
          minLength: n,
          maxLength: n,
        },
      ),
      direction: fc.array(
        fc.integer({ min: 1, max: 8 }).map((value) => value / 4),
        { minLength: m, maxLength: m },
      ),
    }),
  );

  it.each(['PLAIN', 'CONSTRAINED', 'DIRECTIONAL'])(
    '%s, on random tables with zeros and repeated values',
    async (variant) => {
      const highs = await highsLoader();
      fc.assert(
        fc.property(table, ({ rows, direction }) => {
          const m = direction.length;
          const limits = { minimumShare: 0.3 / m, maximumShare: Math.min(1, 1.6 / m) };
          const given =
            variant === 'CONSTRAINED'
              ? { variant, ...limits }
              : variant === 'DIRECTIONAL'
                ? { variant, direction }
                : { variant };
          const expected = rows.map((own) => {
            const text =
              variant === 'DIRECTIONAL'
                ? directional(rows, own, direction)
                : variant === 'CONSTRAINED'
                  ? radial(rows, own, limits.minimumShare, limits.maximumShare)
                  : radial(rows, own, 0, 1);
            const solved = highs.solve(text);
            expect(solved.Status).toBe('Optimal');
            return variant === 'DIRECTIONAL' ? 1 / (1 + solved.ObjectiveValue) : solved.ObjectiveValue;
          });
          const { scores } = runMethod(
            'BENEFIT_OF_THE_DOUBT',
            problemOf(
              rows,
              direction.map(() => 1),
            ),
            given,
          );
          expectColumnsAgree(scores, expected, 'score', { absolute: 1e-9 });
        }),
        { numRuns: 30, seed: 4 },
      );
    },
  );
});
