import { at } from '../numeric/at';

/** A city's rank, or where there is none, one place below the last city that has one. */
export function placeOf(ranks: Float64Array): (city: number) => number {
  let ranked = 0;
  for (let i = 0; i < ranks.length; i++) if (!Number.isNaN(at(ranks, i))) ranked++;
  return (city) => {
    const rank = at(ranks, city);
    return Number.isNaN(rank) ? ranked + 1 : rank;
  };
}

/** Mean of |rank − nominal rank| over the cities with a nominal rank, unranked counted as {@link placeOf}; 0 where none has one. */
export function meanShift(nominal: Float64Array, ranks: Float64Array): number {
  const place = placeOf(ranks);
  let sum = 0;
  let count = 0;
  for (let i = 0; i < nominal.length; i++) {
    const rank = at(nominal, i);
    if (Number.isNaN(rank)) continue;
    sum += Math.abs(place(i) - rank);
    count++;
  }
  return count === 0 ? 0 : sum / count;
}
