import { mostPassed } from './most-passed';
import {
  completeCities,
  difference,
  largestOver,
  nearestWeights,
  weightMoved,
  type WeightRow,
  type WeightSpace,
} from './weight-space';

/** The best place that weights can give a city. */
export interface FavourableWeights {
  /** The best rank found; reached by `weights`. */
  readonly rank: number;
  /** No weights within the limits give a better rank than this. Equal to `rank` where `exact`. */
  readonly bound: number;
  /** Whether the search was completed, so that `rank` is proven the best. */
  readonly exact: boolean;
  readonly weights: Float64Array;
  /** Share of the weight that has to be moved from the nominal weights, 0 to 1. */
  readonly moved: number;
  /** Cities that stand above it under every weights within the limits, by index. */
  readonly alwaysAbove: readonly number[];
}

/**
 * A rival is passed by this margin, as a share of the largest distance between cities: orders that hang on less are not
 * counted on, so that rounding cannot undo the rank.
 */
const MARGIN = 1e-8;
/** Programmes solved before the search stops with a bound. */
const PROGRAMME_LIMIT = 3000;

/**
 * The best rank that any weights within the limits can give a city, and those weights, as near to the nominal ones as may be.
 * Every rival j is passed where Σ w (z_i − z_j) > 0; the largest set of rivals that can be passed at once is found by branch
 * and bound over linear programmes: a rival that the current weights do not pass is either required from there on, or given
 * up. Rivals that no weights pass are counted at once.
 * Cities that lack a part are not rivals here; the caller ranks anew.
 * @param city its index; it has every part
 */
export function favourableWeights(space: WeightSpace, city: number): FavourableWeights {
  const margin = MARGIN * space.scale;
  const alwaysAbove: number[] = [];
  const open: Float64Array[] = [];
  for (const rival of completeCities(space)) {
    if (rival === city) continue;
    const d = difference(space, city, rival);
    if (largestOver(space, d).value < margin) alwaysAbove.push(rival);
    else if (
      largestOver(
        space,
        d.map((x) => -x),
      ).value > -margin
    )
      open.push(d);
  }
  const start = nearestWeights(space, [], space.nominal);
  const { lost, bound, passed, weights: found } = mostPassed(space, open, margin, start, PROGRAMME_LIMIT);
  const rows = passed.map((d): WeightRow => ({ d: d.map((x) => -x), limit: -margin }));
  const weights = nearestWeights(space, rows, found);
  return {
    rank: 1 + alwaysAbove.length + lost,
    bound: 1 + alwaysAbove.length + bound,
    exact: bound === lost,
    weights,
    moved: weightMoved(weights, space.nominal),
    alwaysAbove,
  };
}
