import type { NodeScores } from './aggregate';
import { entryOf } from './lookup';
import type { Methodology } from './methodology';
import { at, atInt, columnAt, textAt } from './numeric/at';
import { ordered } from './numeric/order';
import { registry } from './registry';
import { compareCodes, type Tree } from './tree';

/** Ranks of a column of scores. */
export interface Ranks {
  /** Indices of the ranked cities, best first; cities in a tie are in the order of the tie-breaker, then of their codes. */
  readonly order: Int32Array;
  /** 1-based rank of each city (fractional ranks may end in .5); `NaN` where the score is missing. */
  readonly ranks: Float64Array;
}

/** How {@link rankScores} ranks. */
export interface RankOptions {
  /** Id of the tie rule in the registry. */
  readonly ties: string;
  /** A city ties with the best of its group when its score is at most this far from it (≥ 0, in score units). */
  readonly tolerance: number;
  /** Scores are rounded to so many decimals first, as an index that is published rounded ranks them; null: not rounded. */
  readonly decimals: number | null;
  /** True where a low score is good. */
  readonly lowerIsBetter?: boolean;
  /** By city, more is better: decides between tied cities before their codes do; `NaN` comes last. */
  readonly tieBreaker?: Float64Array | null;
}

/** Columns of a tree's nodes, and whether a low score is good there. */
type Scored = Pick<NodeScores, 'columns' | 'lowerIsBetter'>;

/** How a recipe ranks the scores of a node. A tie-breaker that is not in the tree, as where a part was left out, decides nothing. */
export function rankOptionsOf(
  { tieBreaker, ...rule }: Methodology['rank'],
  tree: Tree,
  scored: Scored,
  node: number,
): RankOptions {
  return {
    ...rule,
    lowerIsBetter: scored.lowerIsBetter[node] === true,
    tieBreaker: tieBreakerOf(tieBreaker, tree, scored),
  };
}

/** The column that decides ties, more is better; null where there is none. */
export function tieBreakerOf(code: string | null, tree: Tree, { columns, lowerIsBetter }: Scored): Float64Array | null {
  const node = code === null ? undefined : tree.indexOf.get(code);
  if (node === undefined) return null;
  const column = columnAt(columns, node);
  return lowerIsBetter[node] === true ? column.map((value) => -value) : column;
}

/**
 * Ranks scores, unrounded unless told otherwise. Cities with a missing score (`NaN`) are left out. The outcome does not depend on the order of
 * the cities: ties are settled by the tie-breaker, then by code.
 * @param codes by city, or a function that lists them, called where a tie asks for them
 */
export function rankScores(
  unrounded: Float64Array,
  codes: readonly string[] | (() => readonly string[]),
  options: RankOptions,
): Ranks {
  const scores = options.decimals === null ? unrounded : roundedTo(unrounded, options.decimals);
  const { order, distinct } = ordered(scores, options.lowerIsBetter ? 1 : -1);
  const ranks = new Float64Array(scores.length).fill(NaN);
  if (distinct && options.tolerance === 0) {
    // Without a tie all rules say the same.
    for (let k = 0; k < order.length; k++) ranks[atInt(order, k)] = k + 1;
    return { order, ranks };
  }
  const groupStart = new Int32Array(order.length);
  const groupEnd = new Int32Array(order.length);
  for (let start = 0; start < order.length;) {
    const best = at(scores, atInt(order, start));
    let end = start + 1;
    while (end < order.length && Math.abs(at(scores, atInt(order, end)) - best) <= options.tolerance) end++;
    if (end - start > 1)
      settleTie(order.subarray(start, end), typeof codes === 'function' ? codes() : codes, options.tieBreaker ?? null);
    for (let k = start; k < end; k++) {
      groupStart[k] = start;
      groupEnd[k] = end;
    }
    start = end;
  }
  entryOf(registry.RANKING, options.ties).run(order, groupStart, groupEnd, ranks);
  return { order, ranks };
}

function settleTie(rows: Int32Array, codes: readonly string[], tieBreaker: Float64Array | null): void {
  rows.sort(
    (a, b) =>
      (tieBreaker === null ? 0 : compareBetterFirst(at(tieBreaker, a), at(tieBreaker, b))) ||
      compareCodes(textAt(codes, a), textAt(codes, b)),
  );
}

/** Higher first, `NaN` last. */
function compareBetterFirst(a: number, b: number): number {
  return a > b ? -1 : a < b ? 1 : Number(Number.isNaN(a)) - Number(Number.isNaN(b));
}

function roundedTo(values: Float64Array, decimals: number): Float64Array {
  const unit = 10 ** decimals;
  return values.map((value) => Math.round(value * unit) / unit);
}
