import fc from 'fast-check';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { expectColumnsAgree } from '../../helpers/golden';
import {
  peerProblem,
  problemOf,
  runMethod,
  tableColumn,
  tableRow,
  type MethodRun,
  type Problem,
} from '../../helpers/multicriteria';

/* An explanation must lead to the score: each method's own last step, done here on its traced tables, gives its scores. */

/** Tables of 2 to 6 cities by 1 to 4 criteria, benefits and costs, values above 0. */
const tables = fc.record({ n: fc.integer({ min: 2, max: 6 }), m: fc.integer({ min: 1, max: 4 }) }).chain(({ n, m }) =>
  fc
    .record({
      rows: fc.array(fc.array(fc.integer({ min: 1, max: 20 }), { minLength: m, maxLength: m }), {
        minLength: n,
        maxLength: n,
      }),
      weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: m, maxLength: m }),
      objectives: fc.array(fc.constantFrom(1, -1), { minLength: m, maxLength: m }),
    })
    .map(({ rows, weights, objectives }) => problemOf(rows, weights, objectives)),
);

const sum = (values: ArrayLike<number>): number => Array.from(values).reduce((a, b) => a + b, 0);
const matrix = (run: MethodRun, caption: string, problem: Problem): number[][] => {
  const columns = problem.children.map((child) => tableColumn(run, caption, child));
  return problem.cities.map((_, i) => columns.map((column) => column[i] ?? NaN));
};
const column = (run: MethodRun, caption: string, name: string): number[] => [...tableColumn(run, caption, name)];
const combine = (a: readonly number[], b: readonly number[], f: (x: number, y: number) => number): number[] =>
  a.map((x, i) => f(x, b[i] ?? NaN));

interface Case {
  readonly id: string;
  readonly given: ParameterRecord;
  readonly lastStep: (run: MethodRun, problem: Problem) => number[];
}

const distances =
  (norm: (differences: readonly number[]) => number) =>
  (run: MethodRun, problem: Problem): number[] => {
    const v = matrix(run, 'Weighted normalised matrix', problem);
    const best = [...tableRow(run, 'Ideal solution')];
    const worst = [...tableRow(run, 'Anti-ideal solution')];
    const to = (end: readonly number[]): number[] => v.map((row) => norm(combine(row, end, (x, y) => x - y)));
    const caption = 'Distances to the ideal and the anti-ideal solution';
    expectColumnsAgree(column(run, caption, 'D⁺'), to(best), 'D⁺');
    expectColumnsAgree(column(run, caption, 'D⁻'), to(worst), 'D⁻');
    return combine(to(best), to(worst), (near, far) => (near + far > 0 ? far / (near + far) : 0.5));
  };
const euclid = (differences: readonly number[]): number => Math.hypot(...differences);
const manhattan = (differences: readonly number[]): number => sum(differences.map(Math.abs));
const spread = (values: readonly number[]): ((x: number) => number) => {
  const low = Math.min(...values);
  const range = Math.max(...values) - low;
  return (x) => (range > 1e-12 ? (x - low) / range : 0);
};

const CASES: readonly Case[] = [
  { id: 'TOPSIS', given: {}, lastStep: distances(euclid) },
  { id: 'TOPSIS', given: { scaling: 'MIN_MAX' }, lastStep: distances(euclid) },
  { id: 'TOPSIS', given: { scaling: 'MIN_MAX', metric: 'MANHATTAN' }, lastStep: distances(manhattan) },
  { id: 'TOPSIS', given: { scaling: 'NONE', metric: 'MANHATTAN' }, lastStep: distances(manhattan) },
  {
    id: 'VIKOR',
    given: { v: 0.3 },
    lastStep: (run) => {
      const caption = 'Group utility, regret and compromise index';
      const s = column(run, caption, 'S');
      const r = column(run, caption, 'R');
      return combine(s.map(spread(s)), r.map(spread(r)), (x, y) => 0.3 * x + 0.7 * y);
    },
  },
  {
    id: 'PROMETHEE_II',
    given: { preferenceFunction: 'V_SHAPE', p: 4 },
    lastStep: (run) => {
      const caption = 'Positive and negative outranking flows';
      return combine(column(run, caption, 'φ⁺'), column(run, caption, 'φ⁻'), (x, y) => x - y);
    },
  },
  {
    id: 'COPRAS',
    given: {},
    lastStep: (run, problem) => {
      const caption = 'Sums of benefits and of costs, relative significance';
      const gains = column(run, caption, 'S⁺');
      const losses = column(run, caption, 'S⁻');
      const reward = problem.costs.includes(1)
        ? losses.map((loss) => sum(losses) / (loss * sum(losses.map((x) => 1 / x))))
        : losses;
      const q = combine(gains, reward, (x, y) => x + y);
      expectColumnsAgree(column(run, caption, 'Q'), q, 'Q');
      return q.map((x) => (100 * x) / Math.max(...q));
    },
  },
  {
    id: 'WASPAS',
    given: { lambda: 0.3 },
    lastStep: (run) => {
      const caption = 'Weighted sum and weighted product';
      return combine(
        column(run, caption, 'weighted sum'),
        column(run, caption, 'weighted product'),
        (x, y) => 0.3 * x + 0.7 * y,
      );
    },
  },
  {
    id: 'WEIGHTED_PRODUCT',
    given: {},
    lastStep: (run) => column(run, 'Logarithm of the score', 'ln P').map(Math.exp),
  },
  {
    id: 'ARAS',
    given: {},
    lastStep: (run) => {
      const [optimum = NaN] = tableRow(run, 'Optimality function of the optimal city');
      return column(run, 'Optimality function', 'S').map((x) => x / optimum);
    },
  },
  {
    id: 'EDAS',
    given: {},
    lastStep: (run) => {
      const caption = 'Weighted sums of positive and negative distances from average';
      const good = column(run, caption, 'SP');
      const bad = column(run, caption, 'SN');
      const share = (values: readonly number[], x: number): number => {
        const most = Math.max(...values);
        return most > 0 ? x / most : 0;
      };
      return combine(good, bad, (x, y) => (share(good, x) + 1 - share(bad, y)) / 2);
    },
  },
  {
    id: 'MABAC',
    given: {},
    lastStep: (run, problem) => matrix(run, 'Distances from the border approximation area', problem).map(sum),
  },
  { id: 'MAIRCA', given: {}, lastStep: (run, problem) => matrix(run, 'Total gap matrix', problem).map(sum) },
  {
    id: 'MARCOS',
    given: {},
    // With the utility functions spelt out as in the paper, not in the closed form.
    lastStep: (run) => {
      const [ideal = NaN, antiIdeal = NaN] = tableRow(run, 'Weighted sums of the ideal and the anti-ideal city');
      return column(run, 'Weighted sums', 'S').map((s) => {
        const plus = s / ideal;
        const minus = s / antiIdeal;
        const fPlus = minus / (plus + minus);
        const fMinus = plus / (plus + minus);
        return (plus + minus) / (1 + (1 - fPlus) / fPlus + (1 - fMinus) / fMinus);
      });
    },
  },
  {
    id: 'RAM',
    given: {},
    lastStep: (run) => {
      const caption = 'Sums of benefits and of costs';
      return combine(column(run, caption, 'S⁺'), column(run, caption, 'S⁻'), (x, y) => (2 + x) ** (1 / (2 + y)));
    },
  },
  {
    id: 'ELECTRE_II',
    given: {},
    lastStep: (run) => {
      const caption = 'Direct and inverse ranking';
      return combine(column(run, caption, 'direct'), column(run, caption, 'inverse'), (x, y) => (x + y) / 2);
    },
  },
];

test.each(CASES.map((example) => [example.id, example.given, example] as const))(
  '%s %j: the last step on the explanation gives the scores',
  (id, given, { lastStep }) => {
    fc.assert(
      fc.property(tables, (problem) => {
        const run = runMethod(id, problem, given);
        expectColumnsAgree(run.scores, lastStep(run, problem), id, { absolute: 1e-12 });
      }),
      { numRuns: 100 },
    );
    for (const dataset of ['stock', 'crypto']) {
      const problem = peerProblem(dataset);
      const run = runMethod(id, problem, given);
      expectColumnsAgree(run.scores, lastStep(run, problem), id, { absolute: 1e-12 });
    }
  },
);

describe('degenerate tables follow the written rules', () => {
  const alike = problemOf(
    [
      [3, 4],
      [3, 4],
      [3, 4],
    ],
    [1, 1],
    [1, -1],
  );
  const alone = problemOf([[3, 4]], [1, 1], [1, -1]);
  const zeros = problemOf(
    [
      [0, 0],
      [0, 0],
    ],
    [1, 1],
  );
  test.each([
    ['TOPSIS', {}, alike, 0.5],
    ['TOPSIS', {}, alone, 0.5],
    ['VIKOR', {}, alike, 0],
    ['VIKOR', {}, alone, 0],
    ['PROMETHEE_II', {}, alike, 0],
    ['PROMETHEE_II', {}, alone, 0],
    ['ELECTRE_II', {}, alike, 1],
    ['ELECTRE_III', {}, alike, 1],
    ['ELECTRE_III', {}, alone, 1],
    ['COPRAS', {}, alike, 100],
    ['COPRAS', {}, zeros, 100],
    ['WASPAS', {}, alike, 1],
    ['ARAS', {}, alike, 1],
    ['ARAS', {}, zeros, 1],
    ['CODAS', {}, alike, 0],
    ['EDAS', {}, alike, 0.5],
    ['EDAS', {}, zeros, 0.5],
    ['MABAC', {}, alike, 0],
    ['MARCOS', {}, zeros, 0],
    // Best and worst at once: S = I = A, so S (I + A) / (I² + I A + A²) = 2/3.
    ['MARCOS', {}, alike, 2 / 3],
    ['RAM', {}, zeros, Math.SQRT2],
    // A constant column is at the ideal, as in VIKOR.
    ['MAIRCA', {}, alike, 0],
    ['PROBID', {}, alike, 0.5],
    ['PROBID', {}, alone, 0.5],
  ])('%s %j', (id, given: ParameterRecord, problem, expected) => {
    const { scores } = runMethod(id, problem, given);
    expectColumnsAgree(
      scores,
      problem.cities.map(() => expected),
      id,
      { absolute: 1e-15 },
    );
    // Alike means exactly alike.
    expect(new Set(scores).size).toBe(1);
  });
});
