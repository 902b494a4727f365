import { refuseAt } from '../errors';
import { entryOf, itemAt } from '../lookup';
import { at, columnAt } from '../numeric/at';
import { pipelineCost, type RankingResult } from '../pipeline';
import type { Methodology } from '../methodology';
import type { Tree } from '../tree';
import { rerun, type RankingRun } from './scenario';
import { finish, type Steps } from './steps';

/** Two cities that change places. */
export interface ReversedPair {
  /** Above the other with all cities in the table. */
  readonly above: string;
  /** Above the other once a third city is left out. */
  readonly below: string;
  /** Nominal ranks of the two. */
  readonly ranks: readonly [number, number];
}

/** What becomes of the others' order when one city is left out. */
export interface RankReversal {
  /** The city that is left out. */
  readonly city: string;
  /** Its nominal rank; `NaN` where it has none. */
  readonly rank: number;
  /** Pairs of other cities that change places. */
  readonly reversals: number;
  /** The first of them by the ranks of the two; as many as asked for. */
  readonly pairs: readonly ReversedPair[];
  /** Whether another of the others is first. */
  readonly winnerChanges: boolean;
  /** Cities ranked with it and not without, or the other way round. */
  readonly lostOrGained: number;
}

/**
 * Leaves each city out in turn, ranks the others by the whole pipeline, and counts the pairs of others whose order turns
 * round. None do where a city's score does not depend on the others' values (fixed goalposts with means); they may under
 * normalisations by the table's own statistics, and under most multi-criteria methods. Two cities whose scores are closer
 * than 1e-12 of the spread count as tied, and a tie that is made or broken is no reversal.
 *
 * Source: Belton and Gear (1983), On a short-coming of Saaty's method of analytic hierarchies,
 * https://doi.org/10.1016/0305-0483(83)90047-6; García-Cascales and Lamata (2012), On rank reversal and TOPSIS method,
 * https://doi.org/10.1016/j.mcm.2011.12.022.
 * @param codes cities to leave out; every scored city when left out
 * @param listed most pairs that are listed for each
 * @throws ScoringError `NOT_FOUND` for a city that is not scored, `BAD_INPUT` where there are fewer than three, and as the
 * pipeline
 */
export function rankReversals(run: RankingRun, codes?: readonly string[], listed = 10): RankReversal[] {
  return finish(rankReversalSteps(run, codes, listed));
}

/** {@link rankReversals} in steps, one for each city. */
export function* rankReversalSteps(run: RankingRun, codes?: readonly string[], listed = 10): Steps<RankReversal[]> {
  const nominal = rerun(run, run.methodology);
  const scored = nominal.cities.map(({ code }) => code);
  if (scored.length < 3)
    refuseAt(
      'BAD_INPUT',
      'cities',
      scored.length,
      'Fewer than three cities are scored.',
      'at least three scored cities',
    );
  const wanted = codes ?? scored;
  wanted.forEach((code, k) => {
    if (!scored.includes(code))
      refuseAt('NOT_FOUND', `cities[${String(k)}]`, code, 'The city is not scored.', 'a city that the ranking scores');
  });
  const found: RankReversal[] = [];
  for (const code of wanted) {
    found.push(compare(nominal, rerun(without(run, code), run.methodology), code, listed));
    yield { done: found.length, total: wanted.length };
  }
  return found;
}

/** Cell operations of {@link rankReversals} over `n` cities, `left` of them left out in turn. */
export function rankReversalCost(methodology: Methodology, tree: Tree, n: number, left = n): number {
  return (left + 1) * pipelineCost(methodology, tree, n) + (left * n * n) / 2;
}

function without(run: RankingRun, code: string): RankingRun {
  if ('panel' in run) {
    const all = run.cities ?? Int32Array.from(run.panel.cities, (_, index) => index);
    return { ...run, cities: all.filter((index) => run.panel.cities[index]?.code !== code) };
  }
  const n = run.cities.length;
  const gone = run.cities.findIndex((city) => city.code === code);
  return {
    ...run,
    cities: run.cities.filter((_, i) => i !== gone),
    values: run.values.filter((_, cell) => cell % n !== gone),
  };
}

function compare(nominal: RankingResult, other: RankingResult, left: string, listed: number): RankReversal {
  const rankedAfter = new Set(Array.from(other.order, (city) => itemAt(other.cities, city).code));
  const places = new Map(other.cities.map(({ code }, index) => [code, index]));
  const [before, after] = [orientedScores(nominal), orientedScores(other)];
  const [fine, fineAfter] = [resolution(before), resolution(after)];
  const code = (city: number): string => itemAt(nominal.cities, city).code;
  // In the nominal order, best first: the others that both rankings rank.
  const common = Array.from(nominal.order).filter((city) => code(city) !== left && rankedAfter.has(code(city)));
  const score = Float64Array.from(common, (city) => at(before, city));
  const scoreAfter = Float64Array.from(common, (city) => at(after, entryOf(places, code(city))));
  let reversals = 0;
  const pairs: ReversedPair[] = [];
  for (let i = 0; i < common.length; i++) {
    for (let j = i + 1; j < common.length; j++) {
      if (at(scoreAfter, j) - at(scoreAfter, i) <= fineAfter || at(score, i) - at(score, j) <= fine) continue;
      reversals++;
      if (pairs.length >= listed) continue;
      const [above, below] = [itemAt(common, i), itemAt(common, j)];
      pairs.push({
        above: code(above),
        below: code(below),
        ranks: [at(nominal.ranks, above), at(nominal.ranks, below)],
      });
    }
  }
  const best = (values: Float64Array): number => values.reduce((highest, value) => Math.max(highest, value), -Infinity);
  const [first, firstAfter] = [best(score), best(scoreAfter)];
  const index = nominal.cities.findIndex((city) => city.code === left);
  const rankedBefore = nominal.order.length - (Number.isNaN(at(nominal.ranks, index)) ? 0 : 1);
  return {
    city: left,
    rank: at(nominal.ranks, index),
    reversals,
    pairs,
    // No city that was first of the others is first any more.
    winnerChanges: common.every((_, i) => first - at(score, i) > fine || firstAfter - at(scoreAfter, i) > fineAfter),
    lostOrGained: rankedBefore - common.length + (other.order.length - common.length),
  };
}

function orientedScores({ nodes, tree }: RankingResult): Float64Array {
  const column = columnAt(nodes.columns, tree.root);
  return nodes.lowerIsBetter[tree.root] === true ? column.map((value) => -value) : column;
}

/** Differences up to this are rounding. */
function resolution(scores: Float64Array): number {
  let [min, max] = [Infinity, -Infinity];
  for (let i = 0; i < scores.length; i++) {
    const score = at(scores, i);
    if (score < min) min = score;
    if (score > max) max = score;
  }
  return max > min ? 1e-12 * (max - min) : 0;
}
