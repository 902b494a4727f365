import { entryOf } from '../lookup';
import { at } from '../numeric/at';
import { compareCodes } from '../tree';
import { rankBiasedOverlap } from './rank-biased-overlap';
import { kendallTauB, pearson, spearman } from './rank-correlation';

/** One ranking as it is compared: city codes with rank and, where there is one, score. */
export interface RankedList {
  readonly codes: readonly string[];
  /** 1 is the best; no `NaN`. */
  readonly ranks: Float64Array;
  /** `NaN` where there is none. */
  readonly scores: Float64Array;
  /** Whether a low score is good, so that the other side's may be high. */
  readonly lowerIsBetter?: boolean;
}

/** A city's place in both rankings. */
export interface Shift {
  readonly code: string;
  readonly rankA: number;
  readonly rankB: number;
  /** `rankA − rankB`: above 0 where the second ranking places it better. */
  readonly shift: number;
  /** The same with both rankings renumbered among the cities in both. */
  readonly shiftAmongCommon: number;
}

/** How far two rankings agree. */
export interface RankingComparison {
  /** Cities in both, by the rank in the first, then in the second, then by code. */
  readonly common: readonly Shift[];
  readonly onlyA: readonly string[];
  readonly onlyB: readonly string[];
  /** Kendall's τ-b of the ranks of the common cities; `NaN` with fewer than 2 or where one side ties them all. */
  readonly kendallTauB: number;
  /** Spearman's ρ of the same; `NaN` as above. */
  readonly spearman: number;
  /** Pearson's correlation of the scores, oriented so that more is better; `NaN` as above or where either has no scores. */
  readonly pearsonOfScores: number;
  /** Extrapolated rank-biased overlap of the whole lists. */
  readonly rankBiasedOverlap: number;
  /** Mean of |shift among common|; `NaN` without common cities. */
  readonly meanShift: number;
  /** Largest |shift among common|; `NaN` without common cities. */
  readonly largestShift: number;
}

/**
 * Compares two rankings of cities. Shifts are taken among the cities in both, renumbered, so that cities in only one do
 * not count as moves of the others.
 * @param persistence the `p` of {@link rankBiasedOverlap}
 */
export function compareRankings(a: RankedList, b: RankedList, persistence: number): RankingComparison {
  const indexB = new Map(b.codes.map((code, i) => [code, i]));
  const inA = new Set(a.codes);
  const pairs = a.codes.flatMap((code, i) => {
    const j = indexB.get(code);
    return j === undefined ? [] : [{ code, i, j }];
  });
  const column = (from: Float64Array, of: (pair: { i: number; j: number }) => number): Float64Array =>
    Float64Array.from(pairs, (pair) => at(from, of(pair)));
  const ranksA = column(a.ranks, ({ i }) => i);
  const ranksB = column(b.ranks, ({ j }) => j);
  const orient = (list: RankedList, scores: Float64Array): Float64Array =>
    list.lowerIsBetter === true ? scores.map((score) => -score) : scores;
  const placeA = placesOf(ranksA);
  const placeB = placesOf(ranksB);
  const common = pairs
    .map(({ code }, k): Shift => {
      const rankA = at(ranksA, k);
      const rankB = at(ranksB, k);
      return { code, rankA, rankB, shift: rankA - rankB, shiftAmongCommon: at(placeA, k) - at(placeB, k) };
    })
    .sort((x, y) => x.rankA - y.rankA || x.rankB - y.rankB || compareCodes(x.code, y.code));
  const moves = common.map(({ shiftAmongCommon }) => Math.abs(shiftAmongCommon));
  const map = (list: RankedList): Map<string, number> =>
    new Map(list.codes.map((code, i) => [code, at(list.ranks, i)]));
  return {
    common,
    onlyA: a.codes.filter((code) => !indexB.has(code)),
    onlyB: b.codes.filter((code) => !inA.has(code)),
    kendallTauB: kendallTauB(ranksA, ranksB),
    spearman: spearman(ranksA, ranksB),
    pearsonOfScores: pearson(
      orient(
        a,
        column(a.scores, ({ i }) => i),
      ),
      orient(
        b,
        column(b.scores, ({ j }) => j),
      ),
    ),
    rankBiasedOverlap: rankBiasedOverlap(map(a), map(b), persistence),
    meanShift: moves.length === 0 ? NaN : moves.reduce((sum, move) => sum + move, 0) / moves.length,
    largestShift: moves.length === 0 ? NaN : Math.max(...moves),
  };
}

/** Competition ranks of ranks: 1 + the number of smaller ones. */
function placesOf(ranks: Float64Array): Float64Array {
  const sorted = ranks.slice().sort();
  const first = new Map<number, number>();
  sorted.forEach((rank, i) => {
    if (!first.has(rank)) first.set(rank, i + 1);
  });
  return ranks.map((rank) => entryOf(first, rank));
}
