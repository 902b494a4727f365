import { knownFigures } from '../../helpers/convergence';

const SEEDS = 300;

describe('stated standard errors of 200 draws, over 300 seeds', () => {
  const runs = Array.from({ length: SEEDS }, (_, seed) => knownFigures(seed, 200));

  it.each(knownFigures(0, 2).map(({ name }, k) => [name, k] as const))(
    '%s: the truth lies within 1.96 errors in 95 %%',
    (_, k) => {
      const covered = runs.filter((figures) => {
        const figure = figures[k];
        return figure !== undefined && Math.abs(figure.value - figure.truth) <= 1.96 * figure.error;
      }).length;
      // 300 trials at 0.95: mean 285, deviation 3.8; four deviations, and a little for 200 draws being few.
      expect(covered).toBeGreaterThanOrEqual(267);
      expect(covered).toBeLessThanOrEqual(SEEDS);
      // Errors must not be too large either: within one error lies the truth in 68 %, deviation 2.7 %.
      const near = runs.filter((figures) => {
        const figure = figures[k];
        return figure !== undefined && Math.abs(figure.value - figure.truth) <= figure.error;
      }).length;
      expect(near / SEEDS).toBeGreaterThan(0.57);
      expect(near / SEEDS).toBeLessThan(0.8);
    },
  );
});

it('the error shrinks as 1/√draws from 100 to 6,400', () => {
  const rootMeanSquare = (draws: number): number => {
    const squares = Array.from({ length: 60 }, (_, seed) => {
      const [first] = knownFigures(1_000 + seed, draws);
      return first === undefined ? NaN : (first.value - first.truth) ** 2;
    });
    return Math.sqrt(squares.reduce((a, b) => a + b, 0) / squares.length);
  };
  // 64 times the draws: an eighth of the error, known to about 9 % at either end.
  const ratio = rootMeanSquare(100) / rootMeanSquare(6_400);
  expect(ratio).toBeGreaterThan(5.5);
  expect(ratio).toBeLessThan(11.5);
});
