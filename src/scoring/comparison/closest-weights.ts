import { itemAt } from '../lookup';
import { at, columnAt } from '../numeric/at';
import { maximise } from '../numeric/linear-programme';
import { kendallTauB } from './rank-correlation';
import { mostPassed } from './most-passed';
import {
  difference,
  dot,
  largestOver,
  maximiseWeights,
  nearestWeights,
  weightMoved,
  type WeightRow,
  type WeightSpace,
} from './weight-space';

/** Two cities of which the published ranking places the first above the second. */
export interface PublishedPair {
  /** Indices of the cities. */
  readonly above: number;
  readonly below: number;
}

/** A pair that the published ranking orders as no weights within the limits can. */
export interface ImpossiblePair extends PublishedPair {
  /** The largest lead of the first, in transformed score, that any weights give; at most 0. */
  readonly largestLead: number;
}

/**
 * Proof that no weights within the limits give the published order as a whole (Farkas' lemma): with the multipliers, which
 * are at least 0 and add to 1, the weighted sum of the pairs' leads is at most `value` ≤ 0 under every weights, while the
 * published order would have each lead above 0.
 */
export interface Infeasibility {
  readonly pairs: readonly (PublishedPair & { readonly multiplier: number })[];
  readonly value: number;
}

/** Where a city can stand among the compared ones. */
export interface AttainableRange {
  readonly city: number;
  /** Its published place among the compared cities (competition rank). */
  readonly published: number;
  /** No weights within the limits place it better than this: cities that are above it under all weights. */
  readonly best: number;
  /** No weights within the limits place it worse than this. */
  readonly worst: number;
}

/** The weights that agree best with a published ranking. */
export interface ClosestWeights {
  readonly weights: Float64Array;
  /** Share of the weight that has to be moved from the nominal weights, 0 to 1. */
  readonly moved: number;
  /** Kendall's τ-b with the published ranks, over the compared cities, of the nominal and of the found weights. */
  readonly nominalTau: number;
  readonly tau: number;
  /** Pairs that the published ranking orders, and how many of them the found weights order otherwise or tie. */
  readonly pairs: number;
  readonly reversed: number;
  /** No weights order fewer pairs otherwise: proven by branch and bound, or where that was stopped, by its bound. */
  readonly fewestReversed: number;
  /** Pairs that no weights order as published. */
  readonly impossible: readonly ImpossiblePair[];
  /** Null where some weights give the published order as a whole. */
  readonly infeasibility: Infeasibility | null;
  readonly ranges: readonly AttainableRange[];
}

/** Most pairs of which each has a slack variable of its own in the soft-margin programme. */
const MAX_SOFT_PAIRS = 240;
/** Steps of the local search, as shares of the whole weight moved from one part to another. */
const STEPS = [0.2, 0.1, 0.05, 0.02, 0.01, 0.005, 0.002];
/** Relative size below which a lead counts as none. */
const NOTHING = 1e-12;
/** Margin of the branch and bound, as a share of the scale: leads of less are not counted on. */
const MARGIN = 1e-8;
/** Programmes of the branch and bound before it stops with a bound. */
const PROGRAMME_LIMIT = 2500;
/** Programmes times pairs, so that many pairs do not make each of them slow. */
const WORK_LIMIT = 5e5;

/**
 * Weights within the limits under which the index agrees best with a published ranking. First, two linear programmes: the
 * least sum of violations (each pair's lead short of a margin), and the largest least lead of all pairs, whose dual proves
 * where the whole order is out of reach. Then a local search on the number of pairs ordered otherwise, from their
 * solutions and the nominal weights, and branch and bound from the best of those, which proves how few can be. Of the
 * weights that order the same pairs as published, those nearest to the nominal ones are given.
 * @param cities indices of the compared cities; each has every part
 * @param published their published ranks, 1 the best
 */
export function closestWeights(space: WeightSpace, cities: readonly number[], published: Float64Array): ClosestWeights {
  const pairs: PublishedPair[] = [];
  cities.forEach((above, i) => {
    cities.forEach((below, j) => {
      if (at(published, i) < at(published, j)) pairs.push({ above, below });
    });
  });
  const leads = pairs.map(({ above, below }) => difference(space, above, below));
  const nothing = NOTHING * space.scale;
  const tauOf = (weights: Float64Array): number =>
    kendallTauB(
      Float64Array.from(cities, (city) => -scoreOf(space, weights, city)),
      published,
    );
  const reversedBy = (weights: Float64Array): number => leads.filter((d) => dot(weights, d) <= nothing).length;

  const start = nearestWeights(space, [], space.nominal);
  const widest = widestMargin(space, leads);
  const starts = [start, widest.weights, ...softMargins(space, cities, published, leads)];
  let best = start;
  let fewest = reversedBy(start);
  for (const from of starts) {
    const found = descend(space, from, reversedBy);
    const reversed = reversedBy(found);
    if (reversed < fewest) {
      best = found;
      fewest = reversed;
    }
  }
  const impossible = pairs.flatMap((pair, p): ImpossiblePair[] => {
    const largestLead = largestOver(space, columnAt(leads, p)).value;
    return largestLead <= nothing ? [{ ...pair, largestLead }] : [];
  });
  const margin = MARGIN * space.scale;
  const open = leads.filter(
    (d) =>
      largestOver(space, d).value > margin &&
      largestOver(
        space,
        d.map((x) => -x),
      ).value > -margin,
  );
  const exact = mostPassed(
    space,
    open,
    margin,
    best,
    Math.min(PROGRAMME_LIMIT, Math.ceil(WORK_LIMIT / (1 + open.length))),
  );
  if (reversedBy(exact.weights) < fewest) best = exact.weights;
  const weights = drawTowards(space, best, start, leads, nothing);
  return {
    weights,
    moved: weightMoved(weights, space.nominal),
    nominalTau: tauOf(space.nominal),
    tau: tauOf(weights),
    pairs: pairs.length,
    reversed: reversedBy(weights),
    fewestReversed: Math.min(reversedBy(weights), impossible.length + exact.bound),
    impossible,
    infeasibility: widest.lead <= nothing ? proveInfeasible(space, pairs, leads, widest) : null,
    ranges: rangesOf(space, cities, published, nothing),
  };
}

function scoreOf(space: WeightSpace, weights: Float64Array, city: number): number {
  let sum = 0;
  space.columns.forEach((column, k) => (sum += at(weights, k) * at(column, city)));
  return sum;
}

/** The weights under which the smallest lead of all pairs is largest. */
function widestMargin(
  space: WeightSpace,
  leads: readonly Float64Array[],
): { readonly weights: Float64Array; readonly lead: number } {
  // The least lead may be negative: it is the difference of two variables of at least 0.
  const rows = leads.map((d): WeightRow => ({
    d: d.map((x) => -x),
    more: new Map([
      [0, 1],
      [1, -1],
    ]),
    limit: 0,
  }));
  const objective = {
    d: new Float64Array(space.parts.length),
    more: new Map([
      [0, 1],
      [1, -1],
    ]),
  };
  // A lead cannot pass the scale; the row keeps the programme bounded where there is no pair.
  const cap: WeightRow = { d: new Float64Array(space.parts.length), more: new Map([[0, 1]]), limit: 2 * space.scale };
  const { weights } = maximiseWeights(space, objective, [...rows, cap], 2);
  return { weights, lead: leads.reduce((least, d) => Math.min(least, dot(weights, d)), Infinity) };
}

/** Weights of least violation, for a wide and a narrow margin. */
function softMargins(
  space: WeightSpace,
  cities: readonly number[],
  published: Float64Array,
  leads: readonly Float64Array[],
): Float64Array[] {
  const chosen = leads.length <= MAX_SOFT_PAIRS ? leads : nearPairs(space, cities, published);
  return [0.05, 0.005].map((share) => {
    const rows = chosen.map((d, p): WeightRow => ({
      d: d.map((x) => -x),
      more: new Map([[p, -1]]),
      limit: -share * space.scale,
    }));
    const objective = { d: new Float64Array(space.parts.length), more: new Map(chosen.map((_, p) => [p, -1])) };
    return maximiseWeights(space, objective, rows, chosen.length).weights;
  });
}

/** Leads of the pairs that are nearest in the published order, as many as the programme takes. */
function nearPairs(space: WeightSpace, cities: readonly number[], published: Float64Array): Float64Array[] {
  const order = cities.map((city, i) => ({ city, rank: at(published, i) })).sort((a, b) => a.rank - b.rank);
  const near: Float64Array[] = [];
  for (let apart = 1; apart < order.length; apart++) {
    for (let i = 0; i + apart < order.length; i++) {
      const above = itemAt(order, i);
      const below = itemAt(order, i + apart);
      if (near.length < MAX_SOFT_PAIRS && above.rank < below.rank) near.push(difference(space, above.city, below.city));
    }
  }
  return near;
}

/** Moves weight between two parts as long as that lowers the count. */
function descend(space: WeightSpace, from: Float64Array, count: (weights: Float64Array) => number): Float64Array {
  let weights = from;
  let fewest = count(weights);
  for (const step of STEPS) {
    for (let improved = true; improved;) {
      improved = false;
      for (let to = 0; to < weights.length; to++) {
        for (let out = 0; out < weights.length; out++) {
          const moved = Math.min(step, at(weights, out) - at(space.low, out), at(space.high, to) - at(weights, to));
          if (to === out || moved <= 0) continue;
          const next = weights.slice();
          next[to] = at(next, to) + moved;
          next[out] = at(next, out) - moved;
          const reversed = count(next);
          if (reversed >= fewest) continue;
          weights = next;
          fewest = reversed;
          improved = true;
        }
      }
    }
  }
  return weights;
}

/** The weights nearest to the nominal ones that order every pair as `best` orders it rightly; `best` where rounding finds none. */
function drawTowards(
  space: WeightSpace,
  best: Float64Array,
  start: Float64Array,
  leads: readonly Float64Array[],
  nothing: number,
): Float64Array {
  if (best === start) return start;
  const kept = leads.filter((d) => dot(best, d) > nothing);
  const margin = Math.min(1e-6 * space.scale, kept.reduce((least, d) => Math.min(least, dot(best, d)), Infinity) / 2);
  const near = nearestWeights(
    space,
    kept.map((d) => ({ d: d.map((x) => -x), limit: -margin })),
    best,
  );
  // Rounding may cost the nearest a pair; the best has them all.
  return itemAt(
    [near, best].filter((weights) => kept.every((d) => dot(weights, d) > nothing)),
    0,
  );
}

/** The multipliers of the pairs that hold the least lead down, from the dual programme over the pairs nearest to it. */
function proveInfeasible(
  space: WeightSpace,
  pairs: readonly PublishedPair[],
  leads: readonly Float64Array[],
  widest: { readonly weights: Float64Array; readonly lead: number },
): Infeasibility {
  const k = space.parts.length;
  const tight = leads
    .map((d, p) => ({ p, d, slack: dot(widest.weights, d) - widest.lead }))
    .filter(({ slack }) => slack <= 1e-9 * space.scale);
  const t = tight.length;
  // Variables: multipliers, α⁺, α⁻, β (upper limits), γ (lower limits). Least α + Σ β high − Σ γ low subject to
  // α + β_k − γ_k ≥ Σ_p λ_p d_pk and Σ λ = 1.
  const width = t + 2 + 2 * k;
  const matrix = new Float64Array((k + 2) * width);
  const limits = new Float64Array(k + 2);
  const objective = new Float64Array(width);
  objective[t] = -1;
  objective[t + 1] = 1;
  for (let j = 0; j < k; j++) {
    tight.forEach(({ d }, p) => (matrix[j * width + p] = at(d, j)));
    matrix[j * width + t] = -1;
    matrix[j * width + t + 1] = 1;
    matrix[j * width + t + 2 + j] = -1;
    matrix[j * width + t + 2 + k + j] = 1;
    objective[t + 2 + j] = -at(space.high, j);
    objective[t + 2 + k + j] = at(space.low, j);
  }
  for (let p = 0; p < t; p++) {
    matrix[k * width + p] = 1;
    matrix[(k + 1) * width + p] = -1;
  }
  limits[k] = 1;
  limits[k + 1] = -1;
  const { solution } = maximise({ objective, matrix, limits });
  const total = solution.subarray(0, t).reduce((sum, x) => sum + x, 0);
  const used = tight.flatMap(({ p, d }, x) => {
    const multiplier = at(solution, x) / total;
    return multiplier > 1e-12 ? [{ ...itemAt(pairs, p), multiplier, d }] : [];
  });
  const combined = new Float64Array(k);
  for (const { multiplier, d } of used) d.forEach((x, j) => (combined[j] = at(combined, j) + multiplier * x));
  return {
    pairs: used.map(({ above, below, multiplier }) => ({ above, below, multiplier })),
    value: largestOver(space, combined).value,
  };
}

function rangesOf(
  space: WeightSpace,
  cities: readonly number[],
  published: Float64Array,
  nothing: number,
): AttainableRange[] {
  return cities.map((city, i) => {
    let above = 0;
    let below = 0;
    let better = 0;
    cities.forEach((other, j) => {
      if (other === city) return;
      if (at(published, j) < at(published, i)) better++;
      if (largestOver(space, difference(space, city, other)).value < -nothing) above++;
      if (largestOver(space, difference(space, other, city)).value < -nothing) below++;
    });
    return { city, published: 1 + better, best: 1 + above, worst: cities.length - below };
  });
}
