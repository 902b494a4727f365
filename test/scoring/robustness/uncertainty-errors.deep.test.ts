import { knownFigures } from '../../helpers/convergence';

/* The long version: 10² to 10⁵ draws, more seeds. Run by npm run test:deep. */
jest.setTimeout(600_000);

const names = knownFigures(0, 2).map(({ name }, k) => [name, k] as const);

it.each([100, 1_000, 10_000])('errors of %i draws cover at their level over 1,000 seeds', (draws) => {
  const runs = Array.from({ length: draws > 1_000 ? 400 : 1_000 }, (_, seed) => knownFigures(seed, draws));
  for (const [name, k] of names) {
    // A quantile's error comes from the few draws next to it: rough for 100 draws, as the docstring of Spread says.
    if (draws === 100 && name.includes('score') && !name.startsWith('mean')) continue;
    const covered = runs.filter((figures) => {
      const figure = figures[k];
      return figure !== undefined && Math.abs(figure.value - figure.truth) <= 1.96 * figure.error;
    }).length;
    const share = covered / runs.length;
    // Four deviations of a binomial share, and the small-sample bias of a normal interval at 100 draws.
    const slack = 4 * Math.sqrt((0.95 * 0.05) / runs.length) + (draws === 100 ? 0.02 : 0.005);
    expect({ name, low: share > 0.95 - slack, high: share < 0.95 + slack }).toEqual({ name, low: true, high: true });
  }
});

it('the error shrinks as 1/√draws over 10² to 10⁵ draws: slope −1/2 on a log scale', () => {
  const sizes = [100, 316, 1_000, 3_162, 10_000, 31_623, 100_000];
  const seeds = 80;
  const bySize = sizes.map((draws) => Array.from({ length: seeds }, (_, seed) => knownFigures(5_000 + seed, draws)));
  for (const [name, k] of names) {
    const points = bySize.map((runs, s) => {
      const squares = runs.map((figures) => ((figures[k]?.value ?? NaN) - (figures[k]?.truth ?? NaN)) ** 2);
      return [Math.log(sizes[s] ?? NaN), Math.log(squares.reduce((a, b) => a + b, 0) / seeds) / 2] as const;
    });
    const meanX = points.reduce((sum, [x]) => sum + x, 0) / points.length;
    const meanY = points.reduce((sum, [, y]) => sum + y, 0) / points.length;
    const slope =
      points.reduce((sum, [x, y]) => sum + (x - meanX) * (y - meanY), 0) /
      points.reduce((sum, [x]) => sum + (x - meanX) ** 2, 0);
    // Each log error is known to ±0.08 (80 seeds), the slope to ±0.013.
    expect({ name, slope: Math.abs(slope + 0.5) < 0.06 }).toEqual({ name, slope: true });
  }
});
