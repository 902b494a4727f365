import { mergeRecipes, parseRecipe, runPipeline, type RankingResult } from '../../src/scoring';
import { builtInBundle, bundleRows } from '../helpers/bundle';

const { panel, trees, recipes } = builtInBundle();

function rank(code: string, changes: object = {}): RankingResult {
  const preset = recipes.get(code);
  const tree = trees.get(preset?.framework ?? '');
  if (!preset || !tree) throw new Error(`No methodology ${code}.`);
  return runPipeline({
    panel,
    tree,
    methodology: parseRecipe(mergeRecipes(preset.recipe, changes), { tree, panel }),
    keepStages: true,
  });
}

describe('the default methodology on the built-in data', () => {
  const result = rank('default');
  const codes = result.cities.map((city) => city.code);

  it('ranks the 39 cities that have enough data, Hangzhou, Shanghai and Wuhan among them', () => {
    expect(result.order).toHaveLength(39);
    expect(codes).toEqual(expect.arrayContaining(['330100', '310000', '420100']));
    expect(result.unranked).toHaveLength(297 - 39);
  });

  it('leaves QUESTIONABLE values out', () => {
    const questionable = new Set(
      bundleRows('observations.csv')
        .filter((row) => row['status'] === 'QUESTIONABLE')
        .map((row) => [row['city_code'], row['indicator_code'], row['year']].join(' ')),
    );
    const n = codes.length;
    let observed = 0;
    result.indicators.forEach((indicator, j) => {
      codes.forEach((code, i) => {
        const year = result.stages?.yearUsed[j * n + i] ?? 0;
        if (year === 0) return;
        observed++;
        expect(questionable.has([code, indicator.code, String(year)].join(' '))).toBe(false);
      });
    });
    expect(observed).toBeGreaterThan(700);
    const included = rank('default', { excludeStatuses: [] });
    const share = (run: RankingResult): number =>
      run.availability.reduce((sum, value) => sum + value, 0) / run.cities.length;
    expect(share(included)).toBeGreaterThan(share(result));
  });

  it('takes a value from at most two years back', () => {
    const yearsOf = (run: RankingResult): number[] =>
      [...new Set(run.stages?.yearUsed)].filter((year) => year !== 0).sort();
    expect(yearsOf(result).every((year) => year >= 2017 && year <= 2019)).toBe(true);
    expect(yearsOf(result).length).toBeGreaterThan(1);
    expect(
      yearsOf(rank('default', { period: { latestWithinYears: 0 }, screen: { minimumAvailability: 0.1 } })),
    ).toEqual([2019]);
  });

  it('does not depend on the order of the cities', () => {
    const reversed = runPipeline({
      panel,
      tree: result.tree,
      methodology: result.methodology,
      cities: Int32Array.from(panel.cities, (_, index) => panel.cities.length - 1 - index),
    });
    expect(Array.from(reversed.order, (i) => reversed.cities[i]?.code)).toEqual(
      Array.from(result.order, (i) => codes[i]),
    );
  });
});

describe('digital-life: the Peking University index from its three parts (Guo et al. 2020, China Economic Quarterly 19(4))', () => {
  it('is within 0.02 of the published aggregate for every city and year 2011–2023 that has all three', () => {
    const published = new Map(
      bundleRows('observations.csv')
        .filter((row) => row['indicator_code'] === 'dfi_index_aggregate')
        .map((row) => [`${row['city_code'] ?? ''} ${row['year'] ?? ''}`, Number(row['value'])]),
    );
    let compared = 0;
    let largest = 0;
    for (let year = 2011; year <= 2023; year++) {
      const result = rank('digital-life', { period: { year, latestWithinYears: 0 } });
      const scores = result.nodes.columns[result.tree.root] ?? new Float64Array();
      result.cities.forEach((city, i) => {
        const aggregate = published.get(`${city.code} ${String(year)}`);
        if (aggregate === undefined) return;
        compared++;
        largest = Math.max(largest, Math.abs((scores[i] ?? NaN) - aggregate));
      });
    }
    expect(compared).toBeGreaterThan(3800);
    expect(largest).toBeLessThanOrEqual(0.02);
  });
});
