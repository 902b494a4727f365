import { count } from './basics';

/**
 * A tie rule: ranks of scores, all present, high is good; `codes` are the cities’. `tieBreaker`, where given, is what
 * settles ties before the codes do, high first and missing (`NaN`) last.
 */
export type RankingOracle = (
  scores: readonly number[],
  codes: readonly string[],
  tieBreaker?: readonly number[],
) => number[];

/** Oracles of the tie rules by id. */
export const ranking: Readonly<Record<string, RankingOracle>> = {
  COMPETITION: (scores) => scores.map((s) => 1 + count(scores, (t) => t > s)),
  DENSE: (scores) => scores.map((s) => 1 + new Set(scores.filter((t) => t > s)).size),
  FRACTIONAL: (scores) => scores.map((s) => 1 + count(scores, (t) => t > s) + (count(scores, (t) => t === s) - 1) / 2),
  MODIFIED_COMPETITION: (scores) => scores.map((s) => count(scores, (t) => t >= s)),
  ORDINAL: (scores, codes, tieBreaker = scores.map(() => 0)) => {
    const worth = tieBreaker.map((value) => (Number.isNaN(value) ? -Infinity : value));
    const isBefore = (j: number, i: number): boolean => {
      const [s, t] = [Number(scores[i]), Number(scores[j])];
      const [v, w] = [Number(worth[i]), Number(worth[j])];
      return t > s || (t === s && (w > v || (w === v && String(codes[j]) < String(codes[i]))));
    };
    return scores.map((_, i) => 1 + [...scores.keys()].filter((j) => isBefore(j, i)).length);
  },
};
