import { at } from './at';
import type { LinearProgramme } from './linear-programme';

/** Limits on a column's share of the city's own score, `w_j x_j / Σ w x`. */
export interface ShareLimits {
  /** Smallest share, 0 for none. */
  readonly low: number;
  /** Largest share, 1 for none. */
  readonly high: number;
}

/** A programme that is solved for one city after the other: what is the same for all is laid out once. */
export interface CityProgramme {
  readonly programme: LinearProgramme;
  /** Sets the programme up for the city whose values are `own` (length m). */
  prepare(own: Float64Array): void;
}

/**
 * The weights most favourable to one city: those that maximise Σ w_j x_j with w ≥ 0, no city above 1, and each column's
 * share of the city's score within the limits (Cherchye et al. 2007, https://doi.org/10.1007/s11205-006-9029-7).
 * The optimum is unique, the weights need not be; it is 0 where every weighting gives the city 0.
 * @param rows values ≥ 0 of n complete cities, row-major n × m
 */
export function radialProgramme(rows: Float64Array, n: number, m: number, { low, high }: ShareLimits): CityProgramme {
  const limited = (low > 0 ? m : 0) + (high < 1 ? m : 0);
  const matrix = new Float64Array((n + limited) * m);
  matrix.set(rows);
  const limits = new Float64Array(n + limited).fill(1, 0, n);
  const objective = new Float64Array(m);
  return {
    programme: { objective, matrix, limits },
    prepare(own) {
      objective.set(own);
      let start = n * m;
      const limit = (share: number, side: 1 | -1): void => {
        for (let j = 0; j < m; j++) {
          // side × (w_j x_j − share Σ w x) ≤ 0
          for (let k = 0; k < m; k++) matrix[start + k] = side * at(own, k) * ((k === j ? 1 : 0) - share);
          start += m;
        }
      };
      if (low > 0) limit(low, -1);
      if (high < 1) limit(high, 1);
    },
  };
}
