import type { WeightingContext } from '../descriptor';
import type { CodeListSpec } from '../parameters';
import { at } from './at';

/** The order of importance, as a parameter. */
export const ORDER_PARAMETER = {
  kind: 'codes',
  of: 'node',
  maxLength: 1000,
  description:
    'Nodes from the most to the least important; each node’s children are read from it in that order. Where it names none of a node’s children, or is left out, their given weights set the order (equal ones tie).',
} as const satisfies CodeListSpec;

/**
 * Weights of a node's children from their rank of importance: `weightOf(rank, m)` for ranks 1 (first) to m, tied children
 * sharing the mean over the ranks that they take up.
 * The order is that of `order`, where it names children of the node (then it must name all), and otherwise that of their
 * given weights, largest first.
 */
export function weightsByRank(
  order: readonly string[] | null,
  { children, given, refuse }: WeightingContext,
  weightOf: (rank: number, m: number) => number,
): Float64Array {
  const m = children.length;
  const listed = children.map((code) => order?.indexOf(code) ?? -1);
  const named = listed.filter((place) => place >= 0).length;
  if (named > 0 && named < m) {
    refuse(
      'BAD_INPUT',
      'The order names some children of a node and not the others.',
      `an order with all of ${children.join(', ')}, or none`,
      order,
    );
  }
  if (order !== null && new Set(order).size < order.length) {
    refuse('BAD_INPUT', 'The order names a node twice.', 'each node once', order);
  }
  // Lower is more important.
  const keys = named > 0 ? listed : Array.from(given, (weight) => -weight);
  return Float64Array.from(keys, (key) => {
    const better = keys.filter((other) => other < key).length;
    const tied = keys.filter((other) => other === key).length;
    let sum = 0;
    for (let rank = better + 1; rank <= better + tied; rank++) sum += weightOf(rank, m);
    return sum / tied;
  });
}

/** Weights scaled to add to 1; null where all are 0. Scaled by the largest first, so that no sum overflows. */
export function scaledToOne(weights: Float64Array): Float64Array | null {
  const largest = weights.reduce((a, b) => Math.max(a, b), 0);
  if (largest === 0) return null;
  const scaled = weights.map((weight) => weight / largest);
  const sum = scaled.reduce((a, b) => a + b, 0);
  for (let k = 0; k < scaled.length; k++) scaled[k] = at(scaled, k) / sum;
  return scaled;
}
