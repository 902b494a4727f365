import { at } from '../numeric/at';
import { studentTTwoSided } from '../numeric/distributions';
import { meanOf } from '../numeric/statistics';

/** `LOG`: growth is (ln last − ln first) / years on ln first. `LINEAR`: it is (last − first) / years on first. */
export type GrowthForm = 'LOG' | 'LINEAR';

/** A straight line fitted by least squares. */
export interface Line {
  readonly n: number;
  readonly intercept: number;
  readonly slope: number;
  /** Standard error of the slope; `NaN` for fewer than 3 points. */
  readonly standardError: number;
  /** slope / standard error; `NaN` where the error is, or where it is 0. */
  readonly t: number;
  /** Two-sided p-value of `t` with n − 2 degrees of freedom; `NaN` where `t` is. */
  readonly pValue: number;
  /** Share of the variance explained, 0 to 1; `NaN` where `y` is constant. */
  readonly rSquared: number;
}

/** Whether those that start lower grow faster. */
export interface BetaConvergence extends Line {
  readonly form: GrowthForm;
  /** Speed per year, −ln(1 + slope × years) / years: above 0, gaps shrink; `NaN` where 1 + slope × years is not above 0. */
  readonly speed: number;
  /** Years in which half of a gap closes at that speed, ln 2 / speed; `NaN` unless the speed is above 0. */
  readonly halfLife: number;
}

/**
 * Ordinary least squares of `y` on `x`; both without `NaN` and of the same length.
 * @returns null for fewer than 2 points, where all `x` are equal, or where the line cannot be written in doubles
 */
export function fitLine(x: Float64Array, y: Float64Array): Line | null {
  const n = x.length;
  const meanX = meanOf(x);
  const meanY = meanOf(y);
  let xx = 0;
  let xy = 0;
  let yy = 0;
  for (let i = 0; i < n; i++) {
    const dx = at(x, i) - meanX;
    const dy = at(y, i) - meanY;
    xx += dx * dx;
    xy += dx * dy;
    yy += dy * dy;
  }
  if (n < 2 || !(xx > 0) || x.every((value) => value === at(x, 0))) return null;
  const slope = xy / xx;
  const intercept = meanY - slope * meanX;
  if (!Number.isFinite(slope) || !Number.isFinite(intercept)) return null;
  let residuals = 0;
  for (let i = 0; i < n; i++) residuals += (at(y, i) - meanY - slope * (at(x, i) - meanX)) ** 2;
  const standardError = n > 2 ? Math.sqrt(residuals / (n - 2) / xx) : NaN;
  const t = standardError > 0 ? slope / standardError : NaN;
  return {
    n,
    intercept,
    slope,
    standardError,
    t,
    pValue: Number.isNaN(t) ? NaN : studentTTwoSided(t, n - 2),
    rSquared: yy > 0 ? Math.max(0, Math.min(1, 1 - residuals / yy)) : NaN,
  };
}

/**
 * Regresses yearly growth on the first level. `LOG` where every value is above 0, else `LINEAR`.
 * Sources: Barro and Sala-i-Martin (1992), Convergence, Journal of Political Economy 100:223–251,
 * https://doi.org/10.1086/261816.
 * @param years between the two, above 0
 * @returns null as {@link fitLine}
 */
export function betaConvergence(first: Float64Array, last: Float64Array, years: number): BetaConvergence | null {
  const form = first.every((value) => value > 0) && last.every((value) => value > 0) ? 'LOG' : 'LINEAR';
  const level = form === 'LOG' ? first.map(Math.log) : first;
  const end = form === 'LOG' ? last.map(Math.log) : last;
  const line = fitLine(
    level,
    level.map((value, i) => (at(end, i) - value) / years),
  );
  if (line === null) return null;
  const kept = 1 + line.slope * years;
  const speed = kept > 0 ? -Math.log(kept) / years : NaN;
  return { ...line, form, speed, halfLife: speed > 0 ? Math.LN2 / speed : NaN };
}
