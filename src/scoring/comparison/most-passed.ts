import { at } from '../numeric/at';
import { dot, maximiseWeights, type WeightRow, type WeightSpace } from './weight-space';

/** As many directions with Σ w d > 0 as weights within the limits can have at once. */
export interface MostPassed {
  /** Directions that are not passed. */
  readonly lost: number;
  /** No weights lose fewer than this; equal to `lost` where the search was completed. */
  readonly bound: number;
  readonly passed: readonly Float64Array[];
  readonly weights: Float64Array;
}

/**
 * The largest set of directions d that can have Σ w d ≥ margin under the same weights within the limits (a maximum feasible
 * subsystem), by branch and bound over linear programmes: a direction that the weights of a programme do not pass is either
 * required from there on, or given up.
 * @param open directions, each of which some weights pass and some do not
 * @param start weights to begin with
 * @param limit programmes solved before the search stops with a bound
 */
export function mostPassed(
  space: WeightSpace,
  open: readonly Float64Array[],
  margin: number,
  start: Float64Array,
  limit: number,
): MostPassed {
  return new Search(space, open, margin, start, limit).run();
}

class Search {
  private best: number;
  private passed: readonly Float64Array[];
  private programmes = 0;
  private cutBound = Infinity;

  constructor(
    private readonly space: WeightSpace,
    private readonly open: readonly Float64Array[],
    private readonly margin: number,
    private bestWeights: Float64Array,
    private readonly limit: number,
  ) {
    this.passed = this.passedBy(bestWeights);
    this.best = open.length - this.passed.length;
  }

  run(): MostPassed {
    this.branch([], new Set(this.open), 0);
    const { best, cutBound, passed, bestWeights } = this;
    return { lost: best, bound: Math.min(best, cutBound), passed, weights: bestWeights };
  }

  private passedBy(weights: Float64Array): Float64Array[] {
    // Half of the margin leaves room for the rounding of a programme that meets it exactly.
    return this.open.filter((d) => dot(weights, d) >= this.margin / 2);
  }

  /** Weights that pass the required directions and, as far as one linear aim can, the undecided ones. */
  private branch(required: readonly Float64Array[], undecided: ReadonlySet<Float64Array>, lost: number): void {
    if (lost >= this.best) return;
    if (this.programmes >= this.limit) {
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
    const passed = this.passedBy(weights);
    const isPassed = new Set(passed);
    const missed = [...undecided].filter((d) => !isPassed.has(d));
    const lostHere = this.open.length - passed.length;
    if (lostHere < this.best) {
      this.best = lostHere;
      this.passed = passed;
      this.bestWeights = weights;
    }
    // The direction missed by least is the likeliest to be won.
    const [next] = missed.sort((a, b) => dot(weights, b) - dot(weights, a));
    if (!next) return;
    const rest = new Set(undecided);
    rest.delete(next);
    this.branch([...required, next], rest, lost);
    this.branch(required, rest, lost + 1);
  }
}
