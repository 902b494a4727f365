import { ScoringError } from '../../../src/scoring/errors';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { problemOf, runMethod, tableColumn, type MethodRun, type Problem } from '../../helpers/multicriteria';

/*
 * Benefit of the doubt and the Wroclaw distance against Compind 3.4 (test/golden/compind): roads and trains of 34 NUTS1
 * regions. Compind's geom_bod is not covered: it raises values to the shares that the constrained programme happens to
 * choose, and for a region on the frontier (DE3) any share from 0.2 to 0.8 is optimal, so the figure is its solver's accident.
 */

const reference = readGolden('compind', 'reference.csv');
const minMax = readGolden('compind', '10_nuts_norm_minmax.csv');
const units = minMax.text('unit');

const expected = (method: string): Float64Array => {
  const rows = reference.rows.filter((row) => row['dataset'] === 'nuts' && row['method'] === method);
  const byUnit = new Map(rows.map((row) => [row['unit'] ?? '', Number(row['value'])]));
  expect(byUnit.size).toBe(units.length);
  return Float64Array.from(units, (unit) => byUnit.get(unit) ?? NaN);
};

function problem(file: string, plus = 0): Problem {
  const table = readGolden('compind', file).alignedTo('unit', units);
  return {
    ...problemOf(
      units.map((_, i) => [table.numbers('roads')[i] ?? NaN, table.numbers('trains')[i] ?? NaN]),
      [1, 1],
    ),
    cities: units,
    children: ['roads', 'trains'],
    columns: ['roads', 'trains'].map((name) => table.numbers(name).map((value) => value + plus)),
  };
}

const raised = problem('10_nuts_norm_minmax.csv', 0.1);
const bod = (given: ParameterRecord, data: Problem = raised): MethodRun =>
  runMethod('BENEFIT_OF_THE_DOUBT', data, given);
const WEIGHTS = 'Most favourable weights';

describe('BENEFIT_OF_THE_DOUBT against Compind', () => {
  it.each([
    { method: 'bod[minmax+0.1]', given: {} },
    {
      method: 'bod_constr[minmax+0.1;low=0.1;up=0.8]',
      given: { variant: 'CONSTRAINED', minimumShare: 0.1, maximumShare: 0.8 },
    },
    { method: 'bod_dir[minmax+0.1;dir=1]', given: { variant: 'DIRECTIONAL' } },
    { method: 'bod_dir[minmax+0.1;dir=1]', given: { variant: 'DIRECTIONAL', direction: [1, 1] } },
  ])('$method with $given', ({ method, given }) => {
    expectColumnsAgree(bod(given).scores, expected(method), method, { labels: units });
  });

  it('weights of ci_bod, for the 31 regions off the frontier, whose optimum is unique', () => {
    const run = bod({});
    const table = readGolden('compind', '20_nuts_bod_weights.csv').alignedTo('unit', units);
    const inside = units.map((_, i) => i).filter((i) => (run.scores[i] ?? 1) < 1);
    expect(inside.length).toBeGreaterThan(25);
    for (const [name, theirs] of [
      ['roads', 'v1'],
      ['trains', 'v2'],
    ] as const) {
      const ours = tableColumn(run, WEIGHTS, name);
      const golden = table.numbers(theirs);
      expectColumnsAgree(
        inside.map((i) => ours[i] ?? NaN),
        inside.map((i) => golden[i] ?? NaN),
        name,
      );
    }
  });

  it('shares of ci_bod_constr, for all regions but DE3, whose shares are not unique', () => {
    const run = bod({ variant: 'CONSTRAINED', minimumShare: 0.1, maximumShare: 0.8 });
    const table = readGolden('compind', '20_nuts_bod_constr_weightshares.csv').alignedTo('unit', units);
    const unique = units.map((_, i) => i).filter((i) => units[i] !== 'DE3');
    raised.children.forEach((name, k) => {
      const weights = tableColumn(run, WEIGHTS, name);
      const shares = weights.map((weight, i) => (weight * (raised.columns[k]?.[i] ?? NaN)) / (run.scores[i] ?? NaN));
      // The peer's own shares carry rounding of 3e-12 (0.80000000000023708).
      expectColumnsAgree(
        unique.map((i) => shares[i] ?? NaN),
        unique.map((i) => table.numbers(name)[i] ?? NaN),
        name,
      );
    });
  });

  it('DE3 is on the frontier with every share from 0.2 to 0.8', () => {
    const i = units.indexOf('DE3');
    for (const share of [0.2, 0.5, 0.8]) {
      const limited = bod({
        variant: 'CONSTRAINED',
        minimumShare: Math.min(share, 1 - share),
        maximumShare: Math.max(share, 1 - share),
      });
      expect(limited.scores[i]).toBe(1);
    }
  });
});

describe('BENEFIT_OF_THE_DOUBT', () => {
  it('scores the frontier exactly 1, and one city alone', () => {
    expect(bod({}).scores.filter((score) => score === 1).length).toBe(
      expected('bod[minmax+0.1]').filter((score) => score > 1 - 1e-9).length,
    );
    for (const variant of ['PLAIN', 'CONSTRAINED', 'DIRECTIONAL']) {
      expect([...bod({ variant }, problemOf([[2, 5]], [1, 1])).scores]).toEqual([1]);
    }
  });

  it('CONSTRAINED without limits is PLAIN', () => {
    expectColumnsAgree(bod({ variant: 'CONSTRAINED' }).scores, bod({}).scores, 'score');
  });

  it('CONSTRAINED with all shares equal divides the score evenly: √(y1 y2) against one other city', () => {
    // Both shares are ½, so w1 y1 = w2 y2 = s/2; the city (1, 4) is held by (2, 2): s/2 (2/1 + 2/4) = 1, s = 0.8.
    const { scores } = bod(
      { variant: 'CONSTRAINED', minimumShare: 0.5, maximumShare: 0.5 },
      problemOf(
        [
          [1, 4],
          [2, 2],
        ],
        [1, 1],
      ),
    );
    expectColumnsAgree(scores, [0.8, 0.8], 'score');
  });

  it('DIRECTIONAL by hand: (1, 1) is one step (1, 2) short of (2, 3), so 1 / (1 + 1)', () => {
    const { scores } = bod(
      { variant: 'DIRECTIONAL', direction: [1, 2] },
      problemOf(
        [
          [1, 1],
          [2, 3],
        ],
        [1, 1],
      ),
    );
    expectColumnsAgree(scores, [0.5, 1], 'score');
  });

  it('DIRECTIONAL leaves out a child with no step and one without weight', () => {
    const data = problemOf(
      [
        [1, 1, 9],
        [2, 3, 1],
      ],
      [1, 1, 0],
    );
    expectColumnsAgree(bod({ variant: 'DIRECTIONAL', direction: [0, 1, 1] }, data).scores, [1 / 3, 1], 'score');
  });

  it('a city of zeros scores 0; columns of zeros change nothing', () => {
    expect([
      ...bod(
        {},
        problemOf(
          [
            [0, 0],
            [1, 0],
          ],
          [1, 1],
        ),
      ).scores,
    ]).toEqual([0, 1]);
    expect([
      ...bod(
        {},
        problemOf(
          [
            [0, 0],
            [0, 0],
          ],
          [1, 1],
        ),
      ).scores,
    ]).toEqual([0, 0]);
  });

  it('says so where zeros keep a city from the share limits', () => {
    const run = bod(
      { variant: 'CONSTRAINED', minimumShare: 0.2 },
      problemOf(
        [
          [0, 4],
          [2, 2],
        ],
        [1, 1],
      ),
    );
    expect([...run.scores]).toEqual([0, 1]);
    expect(run.warnings).toMatchObject([{ code: 'METHOD_NOTE' }]);
    expect(run.warnings[0]?.message).toContain('1 cities score 0');
  });

  it.each<{ name: string; given: ParameterRecord; code: string }>([
    {
      name: 'limits that cannot add to 1, low',
      given: { variant: 'CONSTRAINED', minimumShare: 0.6 },
      code: 'PRECONDITION_FAILED',
    },
    {
      name: 'limits that cannot add to 1, high',
      given: { variant: 'CONSTRAINED', maximumShare: 0.4 },
      code: 'PRECONDITION_FAILED',
    },
    { name: 'a direction of the wrong length', given: { variant: 'DIRECTIONAL', direction: [1] }, code: 'BAD_INPUT' },
    { name: 'a direction of zeros', given: { variant: 'DIRECTIONAL', direction: [0, 0] }, code: 'BAD_INPUT' },
  ])('refuses $name', ({ given, code }) => {
    let thrown: unknown;
    try {
      bod(given);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(ScoringError);
    expect(thrown).toMatchObject({ code });
  });

  it('refuses what the solver cannot finish', async () => {
    jest.resetModules();
    jest.doMock('../../../src/scoring/numeric/linear-programme', () => ({
      maximise: () => ({ status: 'PIVOT_LIMIT', value: NaN, solution: new Float64Array(2) }),
    }));
    const fresh = await import('../../helpers/multicriteria');
    expect(() => fresh.runMethod('BENEFIT_OF_THE_DOUBT', raised)).toThrow('could not be solved (PIVOT_LIMIT)');
    jest.dontMock('../../../src/scoring/numeric/linear-programme');
    jest.resetModules();
  });
});

describe('WROCLAW against Compind', () => {
  it.each([
    { method: 'wroclaw[minmax]', file: '10_nuts_norm_minmax.csv' },
    { method: 'wroclaw[rank_average]', file: '10_nuts_norm_rank_average.csv' },
  ])('$method', ({ method, file }) => {
    expectColumnsAgree(runMethod('WROCLAW', problem(file)).scores, expected(method), method, { labels: units });
  });

  it('weighs the squared distances', () => {
    const run = runMethod(
      'WROCLAW',
      problemOf(
        [
          [0, 0],
          [3, 0],
          [3, 4],
        ],
        [3, 1],
      ),
    );
    const d = [Math.sqrt(0.75 * 9 + 0.25 * 16), 2, 0];
    const mean = (d[0] ?? 0) / 3 + 2 / 3;
    const deviation = Math.sqrt(d.reduce((sum, x) => sum + (x - mean) ** 2, 0) / 2);
    expectColumnsAgree(tableColumn(run, 'Distance to the ideal city', 'd'), d, 'd');
    expectColumnsAgree(
      run.scores,
      d.map((x) => x / (mean + 2 * deviation)),
      'score',
    );
  });

  it('is 0 for one city and where all are alike', () => {
    expect([...runMethod('WROCLAW', problemOf([[3, 1]], [1, 1])).scores]).toEqual([0]);
    expect([
      ...runMethod(
        'WROCLAW',
        problemOf(
          [
            [3, 1],
            [3, 1],
          ],
          [1, 1],
        ),
      ).scores,
    ]).toEqual([0, 0]);
  });
});
