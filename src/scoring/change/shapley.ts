import { at } from '../numeric/at';

/** How a total is shared out among the players of a game. */
export interface Shares {
  /** By player: its mean marginal contribution. The shares add to v(all) − v(none). */
  readonly shares: readonly number[];
  /** Orders that the mean is over. */
  readonly orders: number;
}

/**
 * Shapley values of a game of few players: each player's marginal contribution, averaged over all orders in which each of
 * `precedence`'s first players comes before its second. Without precedence, over all orders (Shapley 1953, A value for
 * n-person games); with it, the precedence-constrained value of Faigle and Kern (1992), International Journal of Game
 * Theory 21:249–266, https://doi.org/10.1007/BF01258278.
 * @param valueOf the game's value where bit k of the mask is set for each player k that has joined; asked once for each mask
 * @param players how many; at most 8
 */
export function shapley(
  players: number,
  valueOf: (mask: number) => number,
  precedence: readonly (readonly [before: number, after: number])[] = [],
): Shares {
  const known = new Map<number, number>();
  const value = (mask: number): number => {
    const found = known.get(mask) ?? valueOf(mask);
    known.set(mask, found);
    return found;
  };
  const sums = new Float64Array(players);
  let orders = 0;
  const order: number[] = [];
  const visit = (mask: number): void => {
    if (order.length === players) {
      orders++;
      let joined = 0;
      for (const player of order) {
        const before = value(joined);
        joined |= 1 << player;
        sums[player] = at(sums, player) + value(joined) - before;
      }
      return;
    }
    for (let player = 0; player < players; player++) {
      if ((mask & (1 << player)) !== 0) continue;
      if (precedence.some(([before, after]) => after === player && (mask & (1 << before)) === 0)) continue;
      order.push(player);
      visit(mask | (1 << player));
      order.pop();
    }
  };
  visit(0);
  return { shares: Array.from(sums, (sum) => sum / orders), orders };
}
