import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseRecipe, runPipeline, ScoringError, type RankingResult } from '../../src/scoring';
import { availabilityByCity, dominanceOf, principalComponents } from '../../src/scoring/diagnostics';
import { asem } from '../helpers/asem';
import { city, indicator, normalisationContext, normalise } from '../helpers/contexts';
import { expectColumnsAgree, readGolden } from '../helpers/golden';

/*
 * Files of the peers that belong to no single stage's test: inputs from which others of their files were made, summaries,
 * and what they refuse. The rest are read by the tests of the stages.
 */

const { panel, tree, codes, leaves, denominate } = asem();
const EXAMPLE = {
  period: { year: 2018 },
  denominate,
  impute: { method: 'GROUP_MEAN', by: 'EurAsia_group' },
  treat: { method: 'WINSORISE_THEN_LOG' },
  normalise: { method: 'MIN_MAX' },
  aggregate: [{ level: 1, method: 'ARITHMETIC' }],
};
const run = (changes: object): RankingResult =>
  runPipeline({ panel, tree, methodology: parseRecipe({ ...EXAMPLE, ...changes }, { tree, panel }), keepStages: true });

/** A stage's column of an indicator. */
function stageColumn(result: RankingResult, stage: 'denominated' | 'imputed', code: string): Float64Array {
  const slot = tree.leaves.findIndex((leaf) => tree.nodes[leaf]?.indicator === code);
  const n = result.cities.length;
  return (result.stages?.[stage] ?? new Float64Array()).subarray(slot * n, (slot + 1) * n);
}

describe('COINr 1.1.14', () => {
  it('52_denominated_scale1000: the ratio times 1,000', () => {
    const expected = readGolden('coinr', '52_denominated_scale1000.csv').alignedTo('uCode', codes);
    const result = run({ denominate: denominate.map((rule) => ({ ...rule, scale: 1000 })) });
    for (const code of leaves)
      expectColumnsAgree(stageColumn(result, 'denominated', code), expected.numbers(code), code, { absolute: 0 });
  });

  it('13_pipeline_screen_summary: what each country has after imputation, and that all stay', () => {
    const expected = readGolden('coinr', '13_pipeline_screen_summary.csv').alignedTo('uCode', codes);
    const result = run({});
    const values = Float64Array.from(leaves.flatMap((code) => [...stageColumn(result, 'imputed', code)]));
    const indicators = panel.indicators.slice(0, leaves.length);
    const found = availabilityByCity({ cities: panel.cities, indicators, values });
    for (const [name, figures] of [
      ['N_missing', found.map(({ missing }) => missing)],
      ['N_zero', found.map(({ zeros }) => zeros)],
      ['N_miss_or_zero', found.map(({ missing, zeros }) => missing + zeros)],
      ['Dat_Avail', found.map(({ share }) => share.value ?? NaN)],
      ['Non_Zero', found.map(({ nonZeroShare }) => nonZeroShare.value ?? NaN)],
    ] as const)
      expectColumnsAgree(figures, expected.numbers(name), name, { labels: codes, absolute: 0 });
    expect(new Set(expected.text('Included'))).toEqual(new Set(['TRUE']));
    expect(result.cities.map(({ code }) => code)).toEqual(codes);
  });

  it('42_outrank_summary: no country is ahead of another in all 49 indicators', () => {
    const summary: unknown = JSON.parse(
      readFileSync(join(__dirname, '../golden/coinr/42_outrank_summary.json'), 'utf8'),
    );
    const treated = readGolden('coinr', '30_norm_treated_minmax_1_100.csv').alignedTo('uCode', codes);
    const { dominates } = dominanceOf(
      codes,
      leaves.map((code) => ({ code, values: treated.numbers(code) })),
    );
    const pairs = dominates.reduce((sum, count) => sum + count, 0);
    const share = { nDominant: pairs, fracDominant: pairs / ((codes.length * (codes.length - 1)) / 2) };
    expect(summary).toEqual({ effw: share, equalw: share });
  });

  it('72_compare_drop_LPI_ranks: ranks with and without one indicator', () => {
    const expected = readGolden('coinr', '72_compare_drop_LPI_ranks.csv').alignedTo('uCode', codes);
    const without = run({ weight: { method: 'GIVEN', weights: [{ node: 'LPI', weight: 0 }] } });
    expect([...run({}).ranks]).toEqual([...expected.numbers('coin.1')]);
    expect([...without.ranks]).toEqual([...expected.numbers('coin.2')]);
  });

  it('66_optweights_balance_level2: the weights of the file of correlations, which is the one compared', () => {
    const weights = readGolden('coinr', '66_optweights_balance_level2.csv');
    const correlations = readGolden('coinr', '66_optweights_balance_level2_corr.csv');
    expect(weights.text('iCode')).toEqual(correlations.text('iCode'));
    expect([...weights.numbers('Weight')]).toEqual([...correlations.numbers('OptWeight')]);
  });
});

describe('Compind 3.4', () => {
  const nuts = readGolden('compind', '00_EU_NUTS1.csv');
  const units = nuts.text('NUTS_CODE');
  const cities = units.map((code) => city(code));

  // Roads count against a region, trains for it.
  it.each([
    ['10_nuts_norm_z100_10.csv', 'Z_SCORE', { mean: 100, standardDeviation: 10 }],
    ['10_nuts_norm_minmax.csv', 'MIN_MAX', { low: 0, high: 1 }],
    ['10_nuts_norm_rank_average.csv', 'RANK', { tied: 'AVERAGE' }],
  ])('%s from 00_EU_NUTS1.csv: %s', (file, method, parameters) => {
    const expected = readGolden('compind', file).alignedTo('unit', units);
    for (const [name, sign] of [
      ['roads', -1],
      ['trains', 1],
    ] as const) {
      const oriented = nuts.numbers(name).map((value) => sign * value);
      const context = normalisationContext(cities, [], indicator(name), sign);
      expectColumnsAgree(normalise(method, oriented, parameters, context), expected.numbers(name), name, {
        labels: units,
        // z-scores are found by taking a mean off, which leaves rounding where a value is close to it.
        absolute: 1e-11,
      });
    }
  });

  it.each([
    ['POS_POS', 1],
    ['POS_NEG', -1],
  ] as const)('30_ampi_%s_norm from 00_EU_2020 and 30_ampi_input: GOALPOSTS from 70 to 130', (signs, sign) => {
    const input = readGolden('compind', '30_ampi_input.csv');
    const source = readGolden('compind', '00_EU_2020.csv');
    const norm = readGolden('compind', `30_ampi_${signs}_norm.csv`);
    const regions = norm.text('geo');
    for (const [name, reference, direction] of [
      ['employ', 50, 1],
      ['finalenergy', 100, sign],
    ] as const) {
      const all = input.numbers(name);
      const half = (Math.max(...all) - Math.min(...all)) / 2;
      for (const year of ['2010', '2011']) {
        const rows = input.rows.filter((row) => row['time'] === year);
        const values = Float64Array.from(regions, (geo) =>
          Number(rows.find((row) => row['geo'] === geo)?.[name] ?? NaN),
        );
        expect([...values]).toEqual([...source.alignedTo('geo', regions).numbers(`${name}_${year}`)]);
        const context = normalisationContext(
          regions.map((code) => city(code)),
          [],
          indicator(name),
          direction,
        );
        const posts = { lower: reference - half, upper: reference + half, low: 70, high: 130, cap: false };
        const oriented = values.map((value) => direction * value);
        expectColumnsAgree(
          normalise('GOALPOSTS', oriented, posts, context),
          norm.numbers(`y${year}.${name}`),
          `${name} ${year}`,
          { labels: regions },
        );
      }
    }
  });

  /*
   * Compind's factor scores (`factor_ONE`, `factor_ALL`) are no method here: they have no bounds, their sign is the
   * solver's, and the Handbook's index from components weighs the indicators, which PCA does. What they rest on is ours.
   */
  it('21_nuts_*: loadings and shares of the principal components', () => {
    const inputs = readGolden('compind', '10_nuts_norm_minmax.csv');
    const { components } = principalComponents(
      ['roads', 'trains'].map((code) => ({ code, values: inputs.numbers(code) })),
    );
    const loadings = readGolden('compind', '21_nuts_principal1_loadings.csv');
    const first = components[0]?.loadings ?? [];
    expectColumnsAgree(first, loadings.numbers('loading_pc1'), 'loading');
    expectColumnsAgree(
      first.map((loading) => loading ** 2),
      loadings.numbers('communality'),
      'communality',
    );
    expectColumnsAgree(
      components.map(({ share }) => share),
      readGolden('compind', '21_nuts_factor_ALL_weights.csv').numbers('weight'),
      'share of the variance',
    );
  });
});

describe('scikit-criteria 0.9, not_applicable.json: what the peer refuses', () => {
  const refused = (
    JSON.parse(readFileSync(join(__dirname, '../golden/scikit-criteria/not_applicable.json'), 'utf8')) as unknown[]
  ).map((entry) => entry as { readonly dataset: string; readonly method: string });

  /** Their method, ours. */
  const OURS: Readonly<Record<string, string>> = {
    'wpm[invert,sum,sumw]': 'WEIGHTED_PRODUCT',
    'waspas_0.5[invert,maxabs,sumw]': 'WASPAS',
    'waspas_0.5[benefitcost,sumw]': 'WASPAS',
    'codas[benefitcost,sumw]': 'CODAS',
    'copras[sum,sumw]': 'COPRAS',
    'aras[invert,sum,sumw]': 'ARAS',
    'ocra[sumw]': 'OCRA',
    'moora_fmf[none]': 'MOORA_MULTIPLICATIVE',
    'multimoora[vector,sumw]': 'MULTIMOORA',
  };
  /*
   * Not refused here. Weighted sums take any real number: orientation turns costs (`cenit`), and nothing is inverted. COPRAS
   * without costs is defined by its benefits alone, Q = S⁺, as its formula says; the peer divides by the costs it lacks.
   */
  const TAKEN = ['wsm[cenit,sumw]', 'wsm[invert,sum,sumw]'];

  it('lists nothing else', () => {
    expect(refused.filter(({ method }) => !(method in OURS) && !TAKEN.includes(method))).toEqual([]);
  });

  const index = tree.nodes[tree.root]?.code;
  it.each(refused.filter(({ dataset, method }) => dataset === 'asem_treated' && method in OURS))(
    '$method on $dataset, which has values below 0: refused with the reason',
    ({ method }) => {
      const rule = { node: index, over: 'LEAVES', method: OURS[method] };
      const call = () => run({ normalise: { method: 'NONE' }, aggregate: [{ level: 1, method: 'ARITHMETIC' }, rule] });
      expect(call).toThrow(ScoringError);
      expect(call).toThrow(/above 0|at least 0/);
    },
  );

  it('copras on asem_norm01, without costs: its benefits alone', () => {
    const rule = { node: index, over: 'LEAVES', method: 'COPRAS' };
    const result = run({
      normalise: { method: 'MIN_MAX', low: 0.01, high: 1 },
      aggregate: [{ level: 1, method: 'ARITHMETIC' }, rule],
    });
    const scores = [...(result.nodes.columns[tree.root] ?? [])];
    expect(scores).toHaveLength(codes.length);
    expect(scores.every((score) => score > 0)).toBe(true);
    expect(Math.max(...scores)).toBe(100);
  });
});

describe('the tables of methods', () => {
  const folder = join(__dirname, '..');
  const sources = (readdirSync(folder, { recursive: true }) as string[])
    .filter((file) => file.endsWith('.test.ts') && !__filename.endsWith(file))
    .map((file) => readFileSync(join(folder, file), 'utf8'));

  /** Methods of the peers that are none of ours. */
  const NONE_OF_OURS: Readonly<Record<string, readonly string[]>> = {
    'scikit-criteria': [],
    // AROMAN and LMAW are recent and little used; CILOS, IDOCRIW (CILOS times entropy), angle and variance weights are not
    // among those that rankings of cities publish with.
    pymcdm: ['AROMAN', 'LMAW', 'angle_weights', 'cilos_weights', 'idocriw_weights', 'variance_weights'],
    // See above for the factor scores, and multicriteria/compind.test.ts for geom_bod.
    compind: ['factor_ALL[minmax]', 'factor_ONE[minmax]', 'geom_bod[minmax+0.1;bench=1;low=0.1;up=0.8]'],
  };

  it.each(Object.keys(NONE_OF_OURS))('every method of %s is compared, or listed with the reason', (engine) => {
    const methods = [...new Set(readGolden(engine, 'reference.csv').text('method'))];
    const left = methods.filter((method) => !sources.some((source) => source.includes(`'${method}'`)));
    expect(left.sort()).toEqual(NONE_OF_OURS[engine]);
  });
});
