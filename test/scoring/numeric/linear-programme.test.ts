import fc from 'fast-check';
import highsLoader from 'highs';
import { maximise, type LinearProgramme } from '../../../src/scoring/numeric/linear-programme';

// Two shared cores can be slow.
jest.setTimeout(60_000);

const programmeOf = (
  objective: readonly number[],
  rows: readonly (readonly number[])[],
  limits: readonly number[],
): LinearProgramme => ({
  objective: Float64Array.from(objective),
  matrix: Float64Array.from(rows.flat()),
  limits: Float64Array.from(limits),
});

/** The programme in the LP file format, which HiGHS reads. */
function asText(objective: readonly number[], rows: readonly (readonly number[])[], limits: readonly number[]): string {
  const sum = (coefficients: readonly number[]) =>
    coefficients.map((c, j) => `${c < 0 ? '-' : '+'} ${String(Math.abs(c))} x${String(j)}`).join(' ');
  return [
    'Maximize',
    ` obj: ${sum(objective)}`,
    'Subject To',
    ...rows.map((row, i) => ` c${String(i)}: ${sum(row)} <= ${String(limits[i])}`),
    'End',
  ].join('\n');
}

describe('maximise', () => {
  it.each([
    {
      name: 'the textbook case of Hillier and Lieberman (Wyndor Glass): max 3x + 5y',
      lp: programmeOf(
        [3, 5],
        [
          [1, 0],
          [0, 2],
          [3, 2],
        ],
        [4, 12, 18],
      ),
      value: 36,
      solution: [2, 6],
    },
    {
      name: 'phase one: x + y ≥ 2 as a negative limit',
      lp: programmeOf(
        [-2, -3],
        [
          [-1, -1],
          [1, 0],
        ],
        [-2, 1.5],
      ),
      value: -4.5,
      solution: [1.5, 0.5],
    },
    {
      name: 'an equality as two opposite rows leaves the auxiliary variable in a degenerate basis',
      lp: programmeOf(
        [1, 1],
        [
          [1, 1],
          [-1, -1],
          [1, -1],
          [-1, 1],
        ],
        [2, -2, 0, 0],
      ),
      value: 2,
      solution: [1, 1],
    },
    {
      name: 'Beale (1955), the cycling example: −3/4 x1 + 150 x2 − 1/50 x3 + 6 x4, minimum −1/20',
      lp: programmeOf(
        [0.75, -150, 0.02, -6],
        [
          [0.25, -60, -0.04, 9],
          [0.5, -90, -0.02, 3],
          [0, 0, 1, 0],
        ],
        [0, 0, 1],
      ),
      value: 0.05,
      solution: [0.04, 0, 1, 0],
    },
    { name: 'nothing to gain', lp: programmeOf([0, -1], [[1, 1]], [1]), value: 0, solution: [0, 0] },
    { name: 'no constraint and no gain', lp: programmeOf([-1], [], []), value: 0, solution: [0] },
    { name: 'a row of zeros that holds', lp: programmeOf([1], [[0], [1]], [0, 3]), value: 3, solution: [3] },
    {
      name: 'units that differ by 10^24',
      lp: programmeOf(
        [1e12, 1e-12],
        [
          [1e12, 0],
          [0, 1e-12],
        ],
        [1, 1],
      ),
      value: 2,
      solution: [1e-12, 1e12],
    },
  ])('$name', ({ lp, value, solution }) => {
    const result = maximise(lp);
    expect(result.status).toBe('OPTIMAL');
    expect(Math.abs(result.value - value)).toBeLessThanOrEqual(1e-12 * Math.max(1, Math.abs(value)));
    solution.forEach((x, j) => {
      expect(Math.abs((result.solution[j] ?? NaN) - x)).toBeLessThanOrEqual(1e-12 * Math.max(1, x));
    });
  });

  it.each([
    { name: 'x ≤ 1 against x ≥ 2', lp: programmeOf([1], [[1], [-1]], [1, -2]), status: 'INFEASIBLE' },
    { name: '0 ≤ −1', lp: programmeOf([1], [[0]], [-1]), status: 'INFEASIBLE' },
    { name: 'nothing holds x', lp: programmeOf([1, 0], [[0, 1]], [1]), status: 'UNBOUNDED' },
    { name: 'no constraint', lp: programmeOf([1], [], []), status: 'UNBOUNDED' },
    { name: 'unbounded after phase one', lp: programmeOf([1, 1], [[-1, 0]], [-1]), status: 'UNBOUNDED' },
  ])('says $status where $name', ({ lp, status }) => {
    const result = maximise(lp);
    expect(result.status).toBe(status);
    expect(result.value).toBeNaN();
    expect([...result.solution].every((x) => x === 0)).toBe(true);
  });

  it('stops at the pivot limit, in either phase', () => {
    expect(
      maximise(
        programmeOf(
          [3, 5],
          [
            [1, 0],
            [0, 2],
            [3, 2],
          ],
          [4, 12, 18],
        ),
        1,
      ).status,
    ).toBe('PIVOT_LIMIT');
    expect(
      maximise(
        programmeOf(
          [-2, -3],
          [
            [-1, -1],
            [1, 0],
          ],
          [-2, 1.5],
        ),
        0,
      ).status,
    ).toBe('PIVOT_LIMIT');
  });

  it('ends on programmes that are degenerate throughout (zero limits, repeated rows)', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 12, maxLength: 12 }), {
          minLength: 12,
          maxLength: 12,
        }),
        fc.array(fc.integer({ min: -2, max: 2 }), { minLength: 12, maxLength: 12 }),
        (rows, objective) => {
          const doubled = [...rows, ...rows];
          const result = maximise(programmeOf(objective, doubled, new Array<number>(24).fill(0)));
          // All limits are 0, so the feasible set is a cone: the optimum is 0 or there is none.
          return result.status === 'UNBOUNDED' || (result.status === 'OPTIMAL' && Math.abs(result.value) <= 1e-12);
        },
      ),
      { numRuns: 1000, seed: 4 },
    );
  });

  it('agrees with HiGHS on 1,500 random programmes: status, value, feasibility and repeatability', async () => {
    const highs = await highsLoader();
    const seen = { OPTIMAL: 0, INFEASIBLE: 0, UNBOUNDED: 0 };
    const coefficient = fc.oneof(
      fc.integer({ min: -5, max: 5 }),
      fc.integer({ min: -500, max: 500 }).map((v) => v / 64),
      fc.constant(0),
    );
    const programme = fc
      .record({ n: fc.integer({ min: 1, max: 7 }), m: fc.integer({ min: 1, max: 10 }) })
      .chain(({ n, m }) =>
        fc.record({
          objective: fc.array(coefficient, { minLength: n, maxLength: n }),
          rows: fc.array(fc.array(coefficient, { minLength: n, maxLength: n }), { minLength: m, maxLength: m }),
          limits: fc.array(fc.integer({ min: -6, max: 20 }), { minLength: m, maxLength: m }),
        }),
      );
    fc.assert(
      fc.property(programme, ({ objective, rows, limits }) => {
        const lp = programmeOf(objective, rows, limits);
        const ours = maximise(lp);
        expect(maximise(lp)).toEqual(ours);
        const theirs = highs.solve(asText(objective, rows, limits));
        if (theirs.Status === 'Optimal') {
          seen.OPTIMAL++;
          expect(ours.status).toBe('OPTIMAL');
          expect(Math.abs(ours.value - theirs.ObjectiveValue)).toBeLessThanOrEqual(
            1e-7 * Math.max(1, Math.abs(theirs.ObjectiveValue)),
          );
          rows.forEach((row, i) => {
            const left = row.reduce((sum, c, j) => sum + c * (ours.solution[j] ?? NaN), 0);
            expect(left).toBeLessThanOrEqual((limits[i] ?? NaN) + 1e-8 * Math.max(1, Math.abs(left)));
          });
          expect(Math.min(...ours.solution)).toBeGreaterThanOrEqual(0);
        } else {
          // HiGHS's presolve calls some unbounded programmes infeasible, so the question is put without the objective.
          const feasible =
            highs.solve(
              asText(
                objective.map(() => 0),
                rows,
                limits,
              ),
            ).Status === 'Optimal';
          seen[feasible ? 'UNBOUNDED' : 'INFEASIBLE']++;
          expect(ours.status).toBe(feasible ? 'UNBOUNDED' : 'INFEASIBLE');
        }
      }),
      { numRuns: 1500, seed: 4 },
    );
    expect(Math.min(seen.OPTIMAL, seen.INFEASIBLE, seen.UNBOUNDED)).toBeGreaterThan(50);
  });
});
