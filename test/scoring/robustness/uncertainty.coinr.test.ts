import { parseRecipe, runPipeline, type PanelRun } from '../../../src/scoring';
import {
  DrawEvaluator,
  planUncertainty,
  prepareUncertainty,
  runUncertainty,
} from '../../../src/scoring/robustness/monte-carlo';
import { asem } from '../../helpers/asem';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';

/*
 * COINr 1.1.14 (Becker, Caperna, Del Sorbo & Saisana 2022, JOSS 7(78) 4567): 500 replications of its example, normalised to
 * 1–100, over 200 sets of weights, each weight 1 + 0.25 u. File 80 holds the sets, 81 what each replication took and gave.
 */
const { panel, tree, codes, denominate } = asem();
const methodology = parseRecipe(
  {
    period: { year: 2018 },
    denominate,
    impute: { method: 'GROUP_MEAN', by: 'EurAsia_group' },
    treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
    normalise: { method: 'MIN_MAX', low: 1, high: 100 },
    weight: { method: 'GIVEN' },
    aggregate: [{ level: 1, method: 'ARITHMETIC' }],
  },
  { tree, panel },
);
const run: PanelRun = { panel, tree, methodology };
const golden = (file: string) => readGolden('coinr', `${file}.csv`);

function weightSets(): Map<string, Float64Array> {
  const sets = new Map<string, Float64Array>();
  for (const { weightset = '', iCode = '', Weight = '' } of golden('80_UA_weightsets').rows) {
    const set = sets.get(weightset) ?? new Float64Array(tree.nodes.length);
    sets.set(weightset, set);
    const node = tree.indexOf.get(iCode);
    if (node === undefined) throw new Error(`No node ${iCode}.`);
    set[node] = Number(Weight);
  }
  return sets;
}

const sets = weightSets();
const replications = golden('81_UA_weights_only_params_by_rep').text('weightset');
const plan = planUncertainty(tree, {
  seed: 1,
  draws: replications.length,
  weights: { method: 'SETS', levels: null, sets: replications.map((name) => sets.get(name) ?? new Float64Array()) },
});

describe('COINr weights-only uncertainty (files 80 and 81)', () => {
  const scores = golden('81_UA_weights_only_scores_by_rep').alignedTo('uCode', codes);
  const ranks = golden('81_UA_weights_only_ranks_by_rep').alignedTo('uCode', codes);

  it('has 200 sets and 500 replications', () => {
    expect([sets.size, replications.length]).toEqual([200, 500]);
  });

  it('scores of all 500 replications to 1e-9 and their ranks exactly', () => {
    const model = prepareUncertainty(run, plan);
    expect(model.codes).toEqual(codes);
    const evaluator = new DrawEvaluator(model, plan);
    const oneByOne = runUncertainty(run, { ...plan, draws: 500 });
    expectColumnsAgree(
      oneByOne.nominal.scores,
      golden('81_UA_weights_only_nominal').alignedTo('uCode', codes).numbers('Score'),
      'nominal',
      { labels: codes, absolute: 0 },
    );
    const counted = new Int32Array(codes.length * codes.length);
    replications.forEach((_, r) => {
      const name = `r_${String(r + 1)}`;
      expectColumnsAgree(evaluator.evaluate(r).scores, scores.numbers(name), name, { labels: codes, absolute: 0 });
      ranks.numbers(name).forEach((rank, i) => {
        const cell = i * codes.length + rank - 1;
        counted[cell] = (counted[cell] ?? 0) + 1;
      });
    });
    // The whole distribution of ranks is that of the 500 columns of the file.
    expect([...oneByOne.distribution]).toEqual([...counted]);
  });

  it('each replication’s ranks, one plan of two equal draws at a time', () => {
    for (const r of [0, 1, 99, 250, 499]) {
      const set = sets.get(replications[r] ?? '') ?? new Float64Array();
      const result = runUncertainty(run, {
        ...plan,
        draws: 2,
        weights: { method: 'SETS', levels: null, sets: [set] },
      });
      expect([...result.rank.mean]).toEqual([...ranks.numbers(`r_${String(r + 1)}`)]);
    }
  });

  it('81_UA_weights_only_rankstats.csv: mean, median, 5 % and 95 % quantiles of ranks (type 7)', () => {
    const result = runUncertainty(run, plan);
    const expected = golden('81_UA_weights_only_rankstats').alignedTo('uCode', codes);
    expect([...result.nominal.ranks]).toEqual([...expected.numbers('Nominal')]);
    const columns = [
      ['Mean', result.rank.mean],
      ['Median', result.rank.median],
      ['Q5', result.rank.percentiles[0]],
      ['Q95', result.rank.percentiles[2]],
    ] as const;
    for (const [name, actual] of columns)
      expectColumnsAgree(actual ?? [], expected.numbers(name), name, { labels: codes, absolute: 0 });
  });
});

describe('a full replication: treatment × normalisation × aggregation × weights', () => {
  const alternatives = <T>(items: readonly T[], label: (item: T) => string, change: (item: T) => object) =>
    items.map((item) => ({ label: label(item), change: change(item) }));
  const full = planUncertainty(tree, {
    seed: 20261125,
    draws: 200,
    weights: { method: 'SETS', levels: null, sets: [...sets.values()] },
    choices: [
      {
        code: 'winmax',
        alternatives: alternatives([1, 2, 3, 4, 5], String, (maximumPoints) => ({
          treat: { ...methodology.treat, parameters: { ...methodology.treat.parameters, maximumPoints } },
        })),
      },
      {
        code: 'normalise',
        alternatives: alternatives(
          [
            { method: 'MIN_MAX', low: 1, high: 100 },
            { method: 'Z_SCORE', mean: 50, standardDeviation: 10 },
            { method: 'RANK' },
          ],
          ({ method }) => method,
          (normalise) => ({ normalise: parseRecipe({ normalise }, { tree, panel }).normalise }),
        ),
      },
      {
        code: 'aggregate',
        alternatives: alternatives(['ARITHMETIC', 'GEOMETRIC', 'HARMONIC'], String, (method) => ({
          aggregate: parseRecipe({ aggregate: [{ level: 1, method }] }, { tree, panel }).aggregate,
        })),
      },
    ],
  });

  it('every draw is, to the last bit, a whole run of the pipeline by the recipe and weights that it took', () => {
    const evaluator = new DrawEvaluator(prepareUncertainty(run, full), full);
    const seen = new Set<number>();
    for (let draw = 0; draw < full.draws; draw++) {
      const { combination, recipe } = evaluator.choicesOf(draw);
      seen.add(combination);
      const set = [...sets.values()][draw % sets.size] ?? new Float64Array();
      const weights = tree.nodes.flatMap(({ code }, k) =>
        k === tree.root ? [] : [{ node: code, weight: set[k] ?? 0 }],
      );
      const whole = runPipeline({
        ...run,
        methodology: { ...recipe, weight: { method: 'GIVEN', parameters: {}, weights } },
      });
      expect([...evaluator.evaluate(draw).scores]).toEqual([...(whole.nodes.columns[tree.root] ?? [])]);
    }
    // 45 recipes in 200 draws: nearly all are met.
    expect(seen.size).toBeGreaterThan(38);
  });
});
