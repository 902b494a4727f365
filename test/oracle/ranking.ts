import { count } from './basics';

/** A tie rule: ranks of scores, all present, high is good; `codes` are the cities’. */
export type RankingOracle = (scores: readonly number[], codes: readonly string[]) => number[];

/** Oracles of the tie rules by id. */
export const ranking: Readonly<Record<string, RankingOracle>> = {
  COMPETITION: (scores) => scores.map((s) => 1 + count(scores, (t) => t > s)),
  DENSE: (scores) => scores.map((s) => 1 + new Set(scores.filter((t) => t > s)).size),
  FRACTIONAL: (scores) => scores.map((s) => 1 + count(scores, (t) => t > s) + (count(scores, (t) => t === s) - 1) / 2),
  MODIFIED_COMPETITION: (scores) => scores.map((s) => count(scores, (t) => t >= s)),
  ORDINAL: (scores, codes) =>
    scores.map((s, i) => {
      const before = scores.filter((t, j) => t > s || (t === s && String(codes[j]) < String(codes[i])));
      return 1 + before.length;
    }),
};
