import { at, columnAt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import { GAP_METHODS, gapSplitter, type GapMethod } from './gap';

/** Why a city's score at a node is what it is, told against the mean of the scored cities. */
export interface NodeContributions {
  /** The city's score there. */
  readonly score: number;
  /** Mean score there of all cities that have one. */
  readonly mean: number;
  /** How the gaps were split: the last of {@link GAP_METHODS} that any needed. */
  readonly method: GapMethod;
  /** By leaf slot: what each indicator adds to or takes from the mean; they add to `score − mean`. */
  readonly parts: Float64Array;
}

/** Cell operations that a sampled explanation of one node aims to stay below, over all cities that the city is told against. */
const CELL_OPERATIONS = 1e6;

/**
 * What each indicator contributes to a city's score at a node: the mean over all cities of its part in the gap to that
 * city (see `decomposeGap`). For an arithmetic mean of complete columns this is w_j (x_ij − x̄_j). It adds to the
 * distance from the mean score within rounding, for every aggregation.
 * @returns null where the city has no score at the node
 */
export function contributionsAt(result: RankingResult, node: number, city: number): NodeContributions | null {
  const column = columnAt(result.nodes.columns, node);
  const score = at(column, city);
  if (Number.isNaN(score)) return null;
  const split = gapSplitter(result, node);
  const others: number[] = [];
  for (let i = 0; i < column.length; i++) if (i !== city && !Number.isNaN(at(column, i))) others.push(i);
  const parts = new Float64Array(result.tree.leaves.length);
  const count = others.length + 1;
  let method: GapMethod = 'CLOSED_FORM';
  let gaps = 0;
  for (const [firstOrder, other] of others.entries()) {
    const gap = split(city, other, { maxCellOperations: CELL_OPERATIONS / count, firstOrder });
    if (GAP_METHODS.indexOf(gap.method) > GAP_METHODS.indexOf(method)) method = gap.method;
    gaps += gap.gap / count;
    for (let slot = 0; slot < parts.length; slot++) parts[slot] = at(parts, slot) + at(gap.parts, slot) / count;
  }

  return { score, mean: score - gaps, method, parts };
}
