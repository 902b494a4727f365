import { scaleByInvertedSum, scaleByRange } from '../../../src/scoring/numeric/criteria';
import { registry } from '../../../src/scoring/registry';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { methodOf } from '../../helpers/contexts';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import {
  averageRanks,
  denseRanks,
  peerProblem,
  runMethod,
  tableColumn,
  tableRow,
  type MethodRun,
  type Problem,
} from '../../helpers/multicriteria';

/*
 * Outputs of scikit-criteria 0.9 and pymcdm 1.4.0 on their own example data and on a synthetic table; see
 * test/golden/README of each engine for the calls. Everything to 1e-9 relative, ranks exactly.
 */

const DATASETS = ['stock', 'crypto', 'synth40x8'];

/** The reference values of one method and quantity, by item. */
function reference(engine: string, dataset: string, method: string, quantity: string): ReadonlyMap<string, number> {
  const rows = readings(engine).filter(
    (row) => row['dataset'] === dataset && row['method'] === method && row['quantity'] === quantity,
  );
  return new Map(rows.map((row) => [row['item'] ?? '', Number(row['value'])]));
}

const files = new Map<string, readonly Readonly<Record<string, string>>[]>();
function readings(engine: string): readonly Readonly<Record<string, string>>[] {
  const known = files.get(engine) ?? readGolden(engine, 'reference.csv').rows.filter((row) => row['kind'] === 'agg');
  files.set(engine, known);
  return known;
}

/** What each of a reference's quantities is in our terms. */
interface Check {
  readonly engine: 'scikit-criteria' | 'pymcdm';
  readonly method: string;
  readonly id: string;
  readonly given?: ParameterRecord;
  /** The parameters, where they depend on the data. */
  readonly parametersFor?: (problem: Problem) => ParameterRecord;
  readonly quantities: Readonly<Record<string, (run: MethodRun, problem: Problem) => Float64Array>>;
}

const scores = (run: MethodRun): Float64Array => run.scores;
/** The total that the peer leaves weights at where it does not divide by their sum. */
const totalWeight = (dataset: string): number =>
  readGolden('scikit-criteria', `input_${dataset}_criteria.csv`)
    .numbers('weight')
    .reduce((a, b) => a + b, 0);

/** Our ideal has the natural sign; the peer's chain negates costs first. */
const negatedCosts =
  (caption: string) =>
  (run: MethodRun, problem: Problem): Float64Array =>
    tableRow(run, caption).map((value, k) => (problem.costs[k] === 1 ? -value : value));

const topsisEnds = {
  ideal: negatedCosts('Ideal solution'),
  anti_ideal: negatedCosts('Anti-ideal solution'),
};
const S_R_Q = 'Group utility, regret and compromise index';
const CONDITIONS = 'Acceptable advantage (C1), acceptable stability (C2) and the advantage asked for (DQ)';
const vikorParts = {
  s_k: (run: MethodRun) => tableColumn(run, S_R_Q, 'S'),
  r_k: (run: MethodRun) => tableColumn(run, S_R_Q, 'R'),
  q_k: (run: MethodRun) => tableColumn(run, S_R_Q, 'Q'),
  acceptable_advantage: (run: MethodRun) => tableColumn(run, CONDITIONS, 'C1'),
  acceptable_stability: (run: MethodRun) => tableColumn(run, CONDITIONS, 'C2'),
};
const SUMS = 'Weighted sum and weighted product';
const waspasParts = {
  wsm_scores: (run: MethodRun) => tableColumn(run, SUMS, 'weighted sum'),
  log10_wpm_scores: (run: MethodRun) => tableColumn(run, SUMS, 'weighted product').map(Math.log10),
  score: scores,
};
const SIGNIFICANCE = 'Sums of benefits and of costs, relative significance';

const deviation = (column: Float64Array): number => {
  const mean = column.reduce((a, b) => a + b, 0) / column.length;
  return Math.sqrt(column.reduce((a, b) => a + (b - mean) ** 2, 0) / column.length);
};
/** Thresholds in the columns' units, one record for each criterion. */
const thresholds =
  (preferenceFunction: string, p: number | null, q: number | null) =>
  (problem: Problem): ParameterRecord => ({
    criteria: problem.columns.map((column, k) => ({
      node: problem.children[k] ?? '',
      preferenceFunction,
      p: p === null ? null : p * deviation(column),
      q: q === null ? null : q * deviation(column),
      s: null,
    })),
  });

const skc = 'scikit-criteria';
const CHECKS: readonly Check[] = [
  {
    engine: skc,
    method: 'topsis[negate,vector,sumw]',
    id: 'TOPSIS',
    quantities: { similarity: scores, ...topsisEnds },
  },
  {
    engine: skc,
    method: 'topsis[negate,minmax,sumw]',
    id: 'TOPSIS',
    given: { scaling: 'MIN_MAX' },
    quantities: {
      similarity: scores,
      ideal: (run) => tableRow(run, 'Ideal solution'),
      anti_ideal: (run) => tableRow(run, 'Anti-ideal solution'),
    },
  },
  {
    engine: skc,
    method: 'topsis_cityblock[negate,vector,sumw]',
    id: 'TOPSIS',
    given: { metric: 'MANHATTAN' },
    quantities: { similarity: scores, ...topsisEnds },
  },
  { engine: skc, method: 'topsis[none]', id: 'TOPSIS', given: { scaling: 'NONE' }, quantities: { similarity: scores } },
  { engine: skc, method: 'vikor_v0.5[sumw]', id: 'VIKOR', quantities: vikorParts },
  { engine: skc, method: 'vikor_v0.7[sumw]', id: 'VIKOR', given: { v: 0.7 }, quantities: vikorParts },
  {
    engine: skc,
    method: 'wpm[invert,sum,sumw]',
    id: 'WEIGHTED_PRODUCT',
    quantities: { score: (run) => run.scores.map(Math.log10) },
  },
  { engine: skc, method: 'waspas_0.5[invert,maxabs,sumw]', id: 'WASPAS', quantities: waspasParts },
  { engine: skc, method: 'waspas_0.5[benefitcost,sumw]', id: 'WASPAS', quantities: waspasParts },
  { engine: skc, method: 'codas[benefitcost,sumw]', id: 'CODAS', quantities: { score: scores } },
  {
    engine: skc,
    method: 'copras[sum,sumw]',
    id: 'COPRAS',
    quantities: {
      score: scores,
      significances: (run) => tableColumn(run, SIGNIFICANCE, 'Q'),
      S_max: (run) => tableColumn(run, SIGNIFICANCE, 'S⁺'),
      S_min: (run) => tableColumn(run, SIGNIFICANCE, 'S⁻'),
    },
  },
  {
    engine: skc,
    method: 'aras[invert,sum,sumw]',
    id: 'ARAS',
    given: { optimalRow: 'EXCLUDED' },
    quantities: {
      utility: scores,
      score: (run) => tableColumn(run, 'Optimality function', 'S'),
      ideal_score: (run) => tableRow(run, 'Optimality function of the optimal city'),
    },
  },
  { engine: skc, method: 'edas[sumw]', id: 'EDAS', quantities: { score: scores } },
  {
    engine: skc,
    method: 'mabac[minmaxinv,sumw]',
    id: 'MABAC',
    quantities: {
      score: scores,
      border_approximation_area: (run) => tableRow(run, 'Border approximation area'),
    },
  },
  {
    engine: skc,
    method: 'ram[sum,sumw]',
    id: 'RAM',
    quantities: {
      score: scores,
      sum_benefit: (run) => tableColumn(run, 'Sums of benefits and of costs', 'S⁺'),
      sum_cost: (run) => tableColumn(run, 'Sums of benefits and of costs', 'S⁻'),
    },
  },
  {
    engine: skc,
    method: 'probid[vector,sumw]',
    id: 'PROBID',
    quantities: {
      score: scores,
      pos_ideal: (run) => tableColumn(run, 'Weighted sums of distances to the better and the worse ideals', 'D⁺'),
      neg_ideal: (run) => tableColumn(run, 'Weighted sums of distances to the better and the worse ideals', 'D⁻'),
    },
  },
  {
    engine: skc,
    method: 'simplified_probid[vector,sumw]',
    id: 'PROBID',
    given: { idealRange: 'QUARTERS' },
    quantities: {
      score: scores,
      pos_ideal: (run) => tableColumn(run, 'Weighted sums of distances to the better and the worse ideals', 'D⁺'),
      neg_ideal: (run) => tableColumn(run, 'Weighted sums of distances to the better and the worse ideals', 'D⁻'),
    },
  },
  {
    engine: skc,
    method: 'electre2[sumw]',
    id: 'ELECTRE_II',
    given: { exploitation: 'JOINT', discordanceRange: 'LARGEST' },
    quantities: {
      score: scores,
      ranking_direct: (run) => tableColumn(run, 'Direct and inverse ranking', 'direct'),
      ranking_inverted: (run) => tableColumn(run, 'Direct and inverse ranking', 'inverse'),
    },
  },
  { engine: 'pymcdm', method: 'TOPSIS_vector', id: 'TOPSIS', quantities: { score: scores } },
  {
    engine: 'pymcdm',
    method: 'TOPSIS_minmax',
    id: 'TOPSIS',
    given: { scaling: 'MIN_MAX' },
    quantities: { score: scores },
  },
  { engine: 'pymcdm', method: 'VIKOR', id: 'VIKOR', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'PROMETHEE_II_usual', id: 'PROMETHEE_II', quantities: { score: scores } },
  {
    engine: 'pymcdm',
    method: 'PROMETHEE_II_vshape_p_sd',
    id: 'PROMETHEE_II',
    parametersFor: thresholds('V_SHAPE', 1, null),
    quantities: { score: scores },
  },
  {
    engine: 'pymcdm',
    method: 'PROMETHEE_II_ushape_q',
    id: 'PROMETHEE_II',
    parametersFor: thresholds('U_SHAPE', null, 0.1),
    quantities: { score: scores },
  },
  {
    engine: 'pymcdm',
    method: 'PROMETHEE_II_vshape2',
    id: 'PROMETHEE_II',
    parametersFor: thresholds('V_SHAPE_INDIFFERENCE', 1, 0.1),
    quantities: { score: scores },
  },
  {
    engine: 'pymcdm',
    method: 'PROMETHEE_II_level',
    id: 'PROMETHEE_II',
    parametersFor: thresholds('LEVEL', 1, 0.1),
    quantities: { score: scores },
  },
  {
    engine: 'pymcdm',
    method: 'PROMETHEE_II_level',
    id: 'PROMETHEE_II',
    given: { preferenceFunction: 'LEVEL', thresholdUnit: 'STANDARD_DEVIATION', p: 1, q: 0.1 },
    quantities: { score: scores },
  },
  { engine: 'pymcdm', method: 'ARAS', id: 'ARAS', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'CODAS', id: 'CODAS', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'EDAS', id: 'EDAS', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'MABAC', id: 'MABAC', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'MAIRCA', id: 'MAIRCA', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'MARCOS', id: 'MARCOS', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'RAM', id: 'RAM', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'PROBID', id: 'PROBID', quantities: { score: scores } },
  {
    engine: 'pymcdm',
    method: 'SPROBID',
    id: 'PROBID',
    given: { idealRange: 'QUARTERS' },
    quantities: { score: scores },
  },
  { engine: 'pymcdm', method: 'WPM_sum', id: 'WEIGHTED_PRODUCT', quantities: { score: scores } },
  { engine: 'pymcdm', method: 'WASPAS', id: 'WASPAS', quantities: { score: scores } },
];

describe.each(DATASETS)('%s', (dataset) => {
  const problem = peerProblem(dataset);
  const here = CHECKS.filter(({ engine }) => engine === skc || dataset !== 'synth40x8');

  test.each(here.map((check) => [`${check.engine} ${check.method}`, check] as const))('%s', (_, check) => {
    const method = methodOf(registry.AGGREGATION, check.id);
    const run = runMethod(check.id, problem, check.parametersFor?.(problem) ?? check.given ?? {});
    for (const [quantity, ours] of Object.entries(check.quantities)) {
      const theirs = reference(check.engine, dataset, check.method, quantity);
      const actual = ours(run, problem);
      expect(theirs.size).toBe(actual.length);
      const keys =
        actual.length === 1 && theirs.has('')
          ? ['']
          : actual.length === problem.cities.length && theirs.has(problem.cities[0] ?? '')
            ? problem.cities
            : problem.children;
      expectColumnsAgree(
        actual,
        keys.map((key) => theirs.get(key) ?? NaN),
        quantity,
        { labels: keys },
      );
    }
    const ranks = reference(check.engine, dataset, check.method, 'rank');
    expect(ranks.size).toBe(problem.cities.length);
    const rankWith = check.engine === skc ? denseRanks : averageRanks;
    expect([...rankWith(run.scores, method.lowerIsBetter ?? false)]).toEqual(
      problem.cities.map((city) => ranks.get(city)),
    );
  });

  test('scikit-criteria topsis[none]: ideals of the raw matrix under raw weights', () => {
    const run = runMethod('TOPSIS', problem, { scaling: 'NONE' });
    for (const [quantity, caption] of [
      ['ideal', 'Ideal solution'],
      ['anti_ideal', 'Anti-ideal solution'],
    ] as const) {
      const theirs = reference(skc, dataset, 'topsis[none]', quantity);
      expectColumnsAgree(
        tableRow(run, caption).map((value) => value * totalWeight(dataset)),
        problem.children.map((code) => theirs.get(code) ?? NaN),
        quantity,
      );
    }
  });

  test('scikit-criteria vikor_v0.5_compromise[sumw]: rank 1 is the compromise set', () => {
    const theirs = reference(skc, dataset, 'vikor_v0.5_compromise[sumw]', 'rank');
    const run = runMethod('VIKOR', problem);
    const inSet = tableColumn(run, 'Compromise set', 'in the set');
    expect([...inSet].map((value) => value === 1)).toEqual(problem.cities.map((city) => theirs.get(city) === 1));
  });
});

/** The peers' weighted sums: our arithmetic mean of the columns that their chains make. */
describe.each(DATASETS)('weighted sums of scaled columns on %s', (dataset) => {
  const problem = peerProblem(dataset);
  const scaledBy = (scale: (column: Float64Array, cost: boolean, out: Float64Array) => void): Problem => ({
    ...problem,
    costs: new Uint8Array(problem.children.length),
    columns: problem.columns.map((column, k) => {
      const out = new Float64Array(column.length);
      scale(column, problem.costs[k] === 1, out);
      return out;
    }),
  });
  const cases = [
    { engine: skc, method: 'wsm[invert,sum,sumw]', scale: inSum },
    { engine: skc, method: 'wsm[minmaxinv,sumw]', scale: scaleByRange },
    { engine: 'pymcdm', method: 'WSM_sum', scale: inSum },
    { engine: 'pymcdm', method: 'WSM_minmax', scale: scaleByRange },
  ] as const;
  const here = cases.filter(({ engine }) => engine === skc || dataset !== 'synth40x8');
  test.each(here)('$engine $method', ({ engine, method, scale }) => {
    const run = runMethod('ARITHMETIC', scaledBy(scale));
    const theirs = reference(engine, dataset, method, 'score');
    expectColumnsAgree(
      run.scores,
      problem.cities.map((city) => theirs.get(city) ?? NaN),
      'score',
    );
    const ranks = reference(engine, dataset, method, 'rank');
    const rankWith = engine === skc ? denseRanks : averageRanks;
    expect([...rankWith(run.scores, false)]).toEqual(problem.cities.map((city) => ranks.get(city)));
  });
});

function inSum(column: Float64Array, cost: boolean, out: Float64Array): void {
  scaleByInvertedSum(column, cost, false, out);
}

/*
 * Differences from the peers that are errors of theirs.
 * - pymcdm's COPRAS writes the reward for low costs as (min S⁻ · S⁻) / (S⁻ · (min S⁻ / S⁻)), without the sums over the
 *   alternatives; that fraction is S⁻ itself, so costs are added as if they were benefits and a dearer alternative
 *   scores more. The paper has Σ S⁻ / (S⁻ Σ 1/S⁻), as scikit-criteria does.
 */
test.each(['stock', 'crypto'])('pymcdm COPRAS on %s: its figures are those of a table without costs', (dataset) => {
  const problem = peerProblem(dataset);
  const theirs = reference('pymcdm', dataset, 'COPRAS', 'score');
  expectColumnsAgree(
    runMethod('COPRAS', { ...problem, costs: new Uint8Array(problem.children.length) }).scores.map((x) => x / 100),
    problem.cities.map((city) => theirs.get(city) ?? NaN),
    'score',
  );
});
