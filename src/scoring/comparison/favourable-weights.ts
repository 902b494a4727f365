import { at } from '../numeric/at';
import {
  completeCities,
  difference,
  dot,
  largestOver,
  maximiseWeights,
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
const MARGIN = 1e-9;
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
  const search = new Search(space, open, margin);
  const { lost, bound, passed } = search.run();
  const rows = passed.map((d): WeightRow => ({ d: d.map((x) => -x), limit: -margin }));
  const weights = nearestWeights(space, rows) ?? search.bestWeights;
  return {
    rank: 1 + alwaysAbove.length + lost,
    bound: 1 + alwaysAbove.length + bound,
    exact: bound === lost,
    weights,
    moved: weightMoved(weights, space.nominal),
    alwaysAbove,
  };
}

class Search {
  bestWeights: Float64Array;
  private best: number;
  private passed: readonly Float64Array[];
  private programmes = 0;
  private cutBound = Infinity;

  constructor(
    private readonly space: WeightSpace,
    private readonly open: readonly Float64Array[],
    private readonly margin: number,
  ) {
    this.bestWeights = nearestWeights(space, []) ?? space.nominal;
    this.passed = open.filter((d) => dot(this.bestWeights, d) >= margin);
    this.best = open.length - this.passed.length;
  }

  /** @returns rivals not passed, a lower bound on that, and the rivals passed. */
  run(): { readonly lost: number; readonly bound: number; readonly passed: readonly Float64Array[] } {
    this.branch([], new Set(this.open), 0);
    return { lost: this.best, bound: Math.min(this.best, this.cutBound), passed: this.passed };
  }

  /** Weights that pass the required rivals and, as far as one linear aim can, the undecided ones. */
  private branch(required: readonly Float64Array[], undecided: ReadonlySet<Float64Array>, lost: number): void {
    if (lost >= this.best) return;
    if (this.programmes >= PROGRAMME_LIMIT) {
      this.cutBound = Math.min(this.cutBound, lost);
      return;
    }
    this.programmes++;
    const { space, margin } = this;
    const rows = required.map((d): WeightRow => ({ d: d.map((x) => -x), limit: -margin }));
    const aim = new Float64Array(space.parts.length);
    for (const d of undecided) d.forEach((x, k) => (aim[k] = at(aim, k) + x));
    const { status, weights } = maximiseWeights(space, { d: aim }, rows);
    if (status === 'INFEASIBLE') return;
    const missed = [...undecided].filter((d) => dot(weights, d) < margin);
    const passed = this.open.filter((d) => dot(weights, d) >= margin);
    const lostHere = this.open.length - passed.length;
    if (lostHere < this.best) {
      this.best = lostHere;
      this.passed = passed;
      this.bestWeights = weights;
    }
    // The rival missed by least is the likeliest to be won.
    const [next] = missed.sort((a, b) => dot(weights, b) - dot(weights, a));
    if (!next) return;
    const rest = new Set(undecided);
    rest.delete(next);
    this.branch([...required, next], rest, lost);
    this.branch(required, rest, lost + 1);
  }
}
