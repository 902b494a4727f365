import { at, columnAt } from '../numeric/at';
import { momentsOf, standardDeviationOf } from '../numeric/statistics';
import type { RankingResult } from '../pipeline';

/** A city's place in one indicator among its peers. */
export interface Standing {
  /** Leaf slot: index into `result.indicators`. */
  readonly leaf: number;
  /** Competition rank of the normalised value among the peers, 1 the best. */
  readonly rank: number;
  /** Peers with a value, the city included. */
  readonly of: number;
  /** The normalised value. */
  readonly value: number;
  /** Distance from the peers' mean in their sample standard deviations; `NaN` where they do not differ. */
  readonly deviations: number;
}

/** The indicators in which a city stands best and worst. */
export interface StrengthsAndWeaknesses {
  /** Best rank first; equal ranks in tree order. */
  readonly strengths: readonly Standing[];
  /** Of the worst ranks, the best first. */
  readonly weaknesses: readonly Standing[];
}

/**
 * Strengths and weaknesses of a city against its peers: the indicators with its best and worst ranks, by normalised value.
 * A value that the city shares with other peers as the lowest of all is no weakness of its own and is passed over.
 * Source: Becker, W. et al. (2022), COINr, JOSS 7(78), 4567 (`get_str_weak`).
 * @param peers indices of the cities to compare with; the city itself is added
 * @param count how many of each
 */
export function strengthsAndWeaknesses(
  result: RankingResult,
  city: number,
  peers: Iterable<number>,
  count: number,
): StrengthsAndWeaknesses {
  const members = [...new Set([city, ...peers])];
  const standings = result.tree.leaves.flatMap((node, leaf): (Standing & { readonly sharedLowest: boolean })[] => {
    const column = columnAt(result.nodes.columns, node);
    const value = at(column, city);
    if (Number.isNaN(value)) return [];
    const values = Float64Array.from(members, (i) => at(column, i)).filter((x) => !Number.isNaN(x));
    const { mean, scale } = momentsOf(values);
    const deviation = standardDeviationOf(values, 'SAMPLE');
    const better = values.filter((x) => x > value).length;
    const worse = values.filter((x) => x < value).length;
    return [
      {
        leaf,
        rank: 1 + better,
        of: values.length,
        value,
        deviations: deviation > 0 ? (value - mean / scale) / deviation : NaN,
        sharedLowest: worse === 0 && better + 1 < values.length,
      },
    ];
  });
  const byRank = [...standings].sort((a, b) => a.rank - b.rank);
  const weak = byRank.filter((standing) => !standing.sharedLowest);
  const bare = ({ leaf, rank, of, value, deviations }: Standing): Standing => ({ leaf, rank, of, value, deviations });
  return { strengths: byRank.slice(0, count).map(bare), weaknesses: weak.slice(-count).map(bare) };
}
