import { itemAt } from '../lookup';

/**
 * Extrapolated rank-biased overlap of two rankings, in [0, 1]: how far their tops agree, whatever items each holds.
 * Agreement at depth d counts with weight (1 − p) p^(d−1); beyond what is seen, it goes on as it was at the end.
 * Ties stand at one rank: at depth d all items with a competition rank of at most d are seen, and the agreement is
 * 2 |A ∩ B| / (|A| + |B|).
 * Source: Webber, W., Moffat, A. and Zobel, J. (2010), A similarity measure for indefinite rankings, ACM TOIS 28(4), 20,
 * equation 32 and section 4.4, https://doi.org/10.1145/1852102.1852106.
 * @param a items with their 1-based ranks; the order of the list does not matter
 * @param b the other ranking
 * @param p persistence, above 0 and below 1: the first 1 / (1 − p) ranks carry most of the weight
 * @returns `NaN` where a ranking is empty
 */
export function rankBiasedOverlap(a: ReadonlyMap<string, number>, b: ReadonlyMap<string, number>, p: number): number {
  const [short, long] = a.size <= b.size ? [a, b] : [b, a];
  const s = short.size;
  const l = long.size;
  if (s === 0) return NaN;
  const inShort = byRank(short);
  const inLong = byRank(long);
  const seenShort = new Set<string>();
  const seenLong = new Set<string>();
  let common = 0;
  let nextShort = 0;
  let nextLong = 0;
  let sum = 0;
  let atShort = 0;
  let agreement = 0;
  let weight = 1;
  for (let d = 1; d <= l; d++) {
    for (; nextShort < s && itemAt(inShort, nextShort).rank <= d; nextShort++) {
      const { item } = itemAt(inShort, nextShort);
      seenShort.add(item);
      if (seenLong.has(item)) common++;
    }
    for (; nextLong < l && itemAt(inLong, nextLong).rank <= d; nextLong++) {
      const { item } = itemAt(inLong, nextLong);
      seenLong.add(item);
      if (seenShort.has(item)) common++;
    }
    weight *= p;
    // Past the short list's end, its agreement there is carried on for the items that it does not show.
    if (d === s) atShort = common;
    const shown = seenLong.size;
    agreement = d <= s ? (2 * common) / (seenShort.size + shown) : (common + (atShort * (shown - s)) / s) / shown;
    sum += agreement * weight;
  }
  return Math.min(1, ((1 - p) / p) * sum + agreement * weight);
}

/** Items in rank order, each with its competition rank: 1 + the number of items with a smaller rank. */
function byRank(ranks: ReadonlyMap<string, number>): { readonly item: string; readonly rank: number }[] {
  const sorted = [...ranks].sort((x, y) => x[1] - y[1]);
  let place = 1;
  let before = NaN;
  return sorted.map(([item, rank], i) => {
    if (rank !== before) place = i + 1;
    before = rank;
    return { item, rank: place };
  });
}
