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
      // Only countries with a published index: Rwanda's life expectancy of 1994 lies below the lower goalpost, and UNDP
      // publishes no index for it either.
      const listed = new Set(published.filter((row) => row.year === year).map((row) => row.country));
      const cities = Int32Array.from(panel.cities.flatMap((city, index) => (listed.has(city.code) ? [index] : [])));
      const result = runPipeline({ panel, tree, methodology, cities });
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

  it('refuses the geometric mean for Rwanda in 1994, whose life expectancy lies below the goalpost', () => {
    const methodology = parseRecipe(mergeRecipes(recipe, { period: { year: 1994 } }), { tree, panel });
    expect(() => runPipeline({ panel, tree, methodology })).toThrow(
      /GEOMETRIC is not defined on 0, the value of health for city RWA/,
    );
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
