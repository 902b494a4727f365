import { parseRecipe, runPipeline, strengthsAndWeaknesses } from '../../../src/scoring';
import { asem } from '../../helpers/asem';
import { readGolden } from '../../helpers/golden';

// COINr 1.1.14 (Becker et al. 2022, JOSS 7(78) 4567), get_str_weak() for Spain on the aggregated data set: files 64.
const { panel, tree, codes, denominate } = asem();
const result = runPipeline({
  panel,
  tree,
  methodology: parseRecipe(
    {
      period: { year: 2018 },
      screen: { minimumAvailability: 0 },
      denominate,
      impute: { method: 'GROUP_MEAN', by: 'EurAsia_group' },
      treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
      normalise: { method: 'MIN_MAX', low: 0, high: 100 },
      aggregate: [{ level: 1, method: 'ARITHMETIC' }],
    },
    { tree, panel },
  ),
});
const spain = codes.indexOf('ESP');

describe.each([
  ['strengths', '64_strengths_ESP.csv'],
  ['weaknesses', '64_weaknesses_ESP.csv'],
] as const)('%s of Spain among all 51 countries (%s)', (kind, file) => {
  const found = strengthsAndWeaknesses(result, spain, codes.keys(), 5)[kind];
  const expected = readGolden('coinr', file);

  it('the indicators, their ranks and their values (printed to three significant digits)', () => {
    expect(found.map(({ leaf }) => result.indicators[leaf]?.code)).toEqual(expected.text('Code'));
    expect(found.map(({ rank }) => rank)).toEqual(Array.from(expected.numbers('Rank')));
    const shown = found.map(({ value }) => Number(value.toPrecision(3)));
    expect(shown).toEqual(Array.from(expected.numbers('Value'), (value) => Number(value.toPrecision(3))));
  });
});

it('64_unit_summary_ESP.csv: score and rank at every node', () => {
  const expected = readGolden('coinr', '64_unit_summary_ESP.csv');
  expected.text('Code').forEach((code, row) => {
    const node = tree.indexOf.get(code) ?? -1;
    expect(result.nodes.columns[node]?.[spain]).toBeCloseTo(expected.numbers('Score')[row] ?? NaN, 9);
    expect(result.rankOfNode(node)[spain]).toBe(expected.numbers('Rank')[row]);
  });
});

it('peers are a group: ranks among four countries, distances from their mean in their deviations', () => {
  const peers = ['FRA', 'ITA', 'PRT'].map((code) => codes.indexOf(code));
  const { strengths } = strengthsAndWeaknesses(result, spain, peers, 49);
  expect(strengths).toHaveLength(49);
  for (const { leaf, rank, of, deviations } of strengths) {
    const column = result.nodes.columns[tree.leaves[leaf] ?? -1] ?? new Float64Array();
    const values = [spain, ...peers].map((i) => column[i] ?? NaN);
    const own = values[0] ?? NaN;
    const mean = values.reduce((sum, value) => sum + value, 0) / 4;
    const deviation = Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / 3);
    expect(of).toBe(4);
    expect(rank).toBe(1 + values.filter((value) => value > own).length);
    if (deviation > 0) expect(deviations).toBeCloseTo((own - mean) / deviation, 9);
    else expect(deviations).toBeNaN();
  }
});
