import { parseRecipe, runPipeline, treatmentActionOf, type RankingResult } from '../../src/scoring';
import { asem } from '../helpers/asem';
import { expectColumnsAgree, readGolden } from '../helpers/golden';

// COINr 1.1.14 (Becker, Caperna, Del Sorbo & Saisana 2022, JOSS 7(78) 4567), build_example_coin(): files 11 to 17.
const { panel, tree, codes, leaves, denominate } = asem();

const RECIPE = {
  period: { year: 2018 },
  // COINr's example screens after imputation, when nothing is missing, so all 51 stay (file 13). Ours counts observed values.
  screen: { minimumAvailability: 0 },
  denominate,
  impute: { method: 'GROUP_MEAN', by: 'EurAsia_group' },
  treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
  normalise: { method: 'MIN_MAX', low: 0, high: 100 },
  weight: { method: 'GIVEN' },
  aggregate: [{ level: 1, method: 'ARITHMETIC' }],
};

describe('COINr main pipeline (files 11–17)', () => {
  let result: RankingResult;
  beforeAll(() => {
    result = runPipeline({ panel, tree, methodology: parseRecipe(RECIPE, { tree, panel }), keepStages: true });
  });

  const leafSlot = (code: string): number => tree.leaves.findIndex((leaf) => tree.nodes[leaf]?.indicator === code);
  const stageColumn = (values: Float64Array, code: string): Float64Array => {
    const n = result.cities.length;
    return values.subarray(leafSlot(code) * n, (leafSlot(code) + 1) * n);
  };

  it.each([
    ['11_pipeline_denominated.csv', 'denominated'],
    ['12_pipeline_imputed.csv', 'imputed'],
    ['14_pipeline_treated.csv', 'treated'],
    ['15_pipeline_normalised.csv', 'normalised'],
  ] as const)('%s: every cell within 1e-9', (file, stage) => {
    const expected = readGolden('coinr', file).alignedTo('uCode', codes);
    expect(result.cities.map((city) => city.code)).toEqual(codes);
    for (const code of leaves) {
      expectColumnsAgree(
        stageColumn(result.stages?.[stage] ?? new Float64Array(), code),
        expected.numbers(code),
        `${stage} ${code}`,
        {
          labels: codes,
          absolute: 0,
        },
      );
    }
  });

  it('14_pipeline_treated_points.csv: the same cells were treated in the same way', () => {
    const expected = readGolden('coinr', '14_pipeline_treated_points.csv').alignedTo('uCode', codes);
    const names: Record<string, string> = { winhi: 'WINSORISED_HIGH', winlo: 'WINSORISED_LOW', log_CT: 'TRANSFORMED' };
    const n = codes.length;
    for (const code of leaves) {
      const actions = Array.from(
        result.treatment.subarray(leafSlot(code) * n, (leafSlot(code) + 1) * n),
        treatmentActionOf,
      );
      expect({ code, actions }).toEqual({ code, actions: expected.text(code).map((cell) => names[cell] ?? 'NONE') });
    }
  });

  it('16_pipeline_aggregated.csv: every node within 1e-9', () => {
    const expected = readGolden('coinr', '16_pipeline_aggregated.csv').alignedTo('uCode', codes);
    tree.nodes.forEach((node, index) => {
      expectColumnsAgree(result.nodes.columns[index] ?? [], expected.numbers(node.code), node.code, {
        labels: codes,
        absolute: 0,
      });
    });
  });

  it('17_pipeline_ranks_full.csv: every rank of every node', () => {
    const expected = readGolden('coinr', '17_pipeline_ranks_full.csv').alignedTo('uCode', codes);
    tree.nodes.forEach((node, index) => {
      expect({ node: node.code, ranks: [...result.rankOfNode(index)] }).toEqual({
        node: node.code,
        ranks: [...expected.numbers(node.code)],
      });
    });
  });

  it('17_pipeline_results_aggs.csv: the order of the countries', () => {
    const expected = readGolden('coinr', '17_pipeline_results_aggs.csv');
    expect(Array.from(result.order, (i) => codes[i])).toEqual(expected.text('uCode'));
  });

  it('00_effective_weights.csv: weights multiplied down the tree', () => {
    const expected = readGolden('coinr', '00_effective_weights.csv').alignedTo(
      'iCode',
      tree.nodes.map((node) => node.code),
    );
    expectColumnsAgree(result.nodes.effectiveWeights, expected.numbers('EffWeight'), 'effective weight', {
      absolute: 0,
    });
  });

  it('67_data_avail_raw.csv: the share of indicators that each country has, and the screening by it', () => {
    const expected = readGolden('coinr', '67_data_avail_raw.csv').alignedTo('uCode', codes).numbers('Dat_Avail');
    // On the raw data, without denomination: a country without a denominator lacks the ratio too.
    const raw = { ...RECIPE, denominate: [] };
    const whole = runPipeline({ panel, tree, methodology: parseRecipe(raw, { tree, panel }) });
    expectColumnsAgree(whole.availability, expected, 'availability', { labels: codes, absolute: 0 });
    const methodology = parseRecipe({ ...raw, screen: { minimumAvailability: 0.9 } }, { tree, panel });
    const screened = runPipeline({ panel, tree, methodology });
    expect(screened.cities.map((city) => city.code)).toEqual(codes.filter((_, i) => (expected[i] ?? 0) >= 0.9));
    expect(screened.unranked.map(({ city, code }) => [city.code, code])).toEqual(
      codes.filter((_, i) => (expected[i] ?? 0) < 0.9).map((code) => [code, 'BELOW_AVAILABILITY']),
    );
  });
});
