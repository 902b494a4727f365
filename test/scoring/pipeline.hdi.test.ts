import { mergeRecipes, parseRecipe, runPipeline } from '../../src/scoring';
import { hdi } from '../helpers/hdi';

// UNDP (2022), Human Development Report 2021/22, Composite indices complete time series; formula in its Technical note 1.
describe('Human Development Index, 191 countries × 32 years, as one methodology', () => {
  const { panel, tree, recipe, published } = hdi();

  it('reproduces every published three-decimal value', () => {
    const differences: string[] = [];
    let compared = 0;
    for (const year of panel.years) {
      const methodology = parseRecipe(mergeRecipes(recipe, { period: { year } }), { tree, panel });
      const result = runPipeline({ panel, tree, methodology });
      const scores = new Map(result.cities.map((city, i) => [city.code, result.nodes.columns[tree.root]?.[i] ?? NaN]));
      for (const row of published.filter((candidate) => candidate.year === year)) {
        compared++;
        const score = scores.get(row.country) ?? NaN;
        if (score.toFixed(3) !== Number(row.hdi).toFixed(3))
          differences.push(`${row.country} ${String(year)}: ${String(score)}, published ${row.hdi}`);
      }
    }
    expect(differences).toEqual([]);
    expect(compared).toBe(5571);
  });

  it('reproduces every published rank of 2021', () => {
    const methodology = parseRecipe(mergeRecipes(recipe, { period: { year: 2021 } }), { tree, panel });
    const result = runPipeline({ panel, tree, methodology });
    const ranked = published.filter((row) => row.rank !== '').map((row) => [row.country, Number(row.rank)]);
    expect(ranked).toHaveLength(191);
    const ranks = new Map(result.cities.map((city, i) => [city.code, result.ranks[i]]));
    expect(ranked.map(([country]) => [country, ranks.get(String(country))])).toEqual(ranked);
  });
});
