import { refuseAt } from '../errors';
import { itemAt } from '../lookup';
import { at } from '../numeric/at';
import { medianOf } from '../numeric/statistics';
import type { Methodology } from '../methodology';
import type { Tree } from '../tree';
import { checkChoices, type Alternative, type Choice } from './choices';
import { ranksOrReason, smallest } from './one-at-a-time';
import { rerun, scenarioCost, ScenarioRunner, type RankingRun } from './scenario';
import { placeOf } from './shift';
import { finish, type Steps } from './steps';

/** Most combinations of one multiverse. */
export const MAX_UNIVERSES = 10_000;

/** What a choice is responsible for over all combinations. */
export interface ChoiceInfluence {
  readonly choice: string;
  /** Share (0..1) of the variance of the cities' ranks that the choice explains by itself. */
  readonly first: number;
  /** Share (0..1) of the variance that is left when all other choices are fixed: its own and its interactions. */
  readonly total: number;
}

/** A combination that the methods refuse, by its alternatives' labels, and why. */
export interface RefusedCombination {
  readonly alternatives: readonly string[];
  readonly reason: string;
}

/** Every combination of the listed choices. Arrays by city are parallel to `cities`. */
export interface Multiverse {
  /** Codes of the scored cities. */
  readonly cities: readonly string[];
  /** Product of the numbers of alternatives. */
  readonly combinations: number;
  /** Combinations that the methods refuse, each with the reason; they take no part in the rest. */
  readonly refused: readonly RefusedCombination[];
  /** Best, worst and median rank; `NaN` where no combination ranks the city. */
  readonly best: Float64Array;
  readonly worst: Float64Array;
  readonly median: Float64Array;
  /** Share (0..1) of the combinations in which the city is first; cities that tie for it divide it. */
  readonly firstPlaces: Float64Array;
  /** Most influential choice first, by `total`. All 0 where no rank varies. */
  readonly influence: readonly ChoiceInfluence[];
  /**
   * Ranks, one row of all cities for each combination, the last choice running fastest; `NaN` = unranked, and all of a
   * refused row. What a combination's labels are says {@link combinationOf}.
   */
  readonly ranks: Float64Array;
}

/** Labels of a combination's alternatives by its number, the last choice running fastest. */
export function combinationOf(choices: readonly Choice[], number: number): readonly string[] {
  return alternativesOf(choices, number).map(({ label }) => label);
}

/**
 * Ranks by every combination of the alternatives. The influence of a choice is its share of the variance of the ranks over
 * the whole factorial, added up over the cities (unranked counts as one place
 * below the last): exact, not sampled. Where combinations are
 * refused, the shares are those of the ones that are left, and the two need not add up as they do in a whole factorial.
 *
 * Source: Steegen et al. (2016), Increasing transparency through a multiverse analysis,
 * https://doi.org/10.1177/1745691616658637; variance shares as in Saisana, Saltelli and Tarantola (2005),
 * https://doi.org/10.1111/j.1467-985X.2005.00350.x.
 * @throws ScoringError `BAD_INPUT` or `NOT_FOUND` for choices that do not fit, `BUDGET_EXCEEDED` above
 * {@link MAX_UNIVERSES}, `PRECONDITION_FAILED` where every combination is refused
 */
export function multiverse(run: RankingRun, choices: readonly Choice[]): Multiverse {
  const cities = rerun(run, run.methodology).cities.map(({ code }) => code);
  const ranks = multiverseRanks(run.tree, choices, cities);
  return multiverseOf(ranks, finish(multiverseSteps(run, ranks, 0, ranks.combinations)));
}

/** The ranks of a multiverse, before what they come to is known. */
export interface MultiverseRanks extends Pick<Multiverse, 'cities' | 'combinations' | 'ranks'> {
  readonly choices: readonly Choice[];
}

/**
 * Checks choices, and counts their combinations.
 * @throws ScoringError `BAD_INPUT` or `NOT_FOUND` for choices that do not fit, `BUDGET_EXCEEDED` above {@link MAX_UNIVERSES}
 */
export function checkMultiverse(tree: Tree, choices: readonly Choice[]): number {
  checkChoices(tree, choices);
  const combinations = combinationCount(choices);
  if (combinations > MAX_UNIVERSES)
    refuseAt(
      'BUDGET_EXCEEDED',
      'choices',
      combinations,
      'The choices have too many combinations.',
      `at most ${String(MAX_UNIVERSES)}`,
    );
  return combinations;
}

/**
 * Takes the memory for the ranks of all combinations, shared so that several threads can fill it.
 * @param cities codes of the scored cities
 * @throws ScoringError as {@link checkMultiverse}
 */
export function multiverseRanks(tree: Tree, choices: readonly Choice[], cities: readonly string[]): MultiverseRanks {
  const combinations = checkMultiverse(tree, choices);
  const cells = combinations * cities.length;
  const ranks = new Float64Array(new SharedArrayBuffer(cells * Float64Array.BYTES_PER_ELEMENT)).fill(NaN);
  return { choices, cities, combinations, ranks };
}

/**
 * Ranks by the combinations `from` to `to`, in steps, one for each.
 * @param all their rows of `ranks` are written to
 * @returns those that the methods refuse
 */
export function* multiverseSteps(
  run: RankingRun,
  all: MultiverseRanks,
  from: number,
  to: number,
): Steps<RefusedCombination[]> {
  const runner = new ScenarioRunner(run);
  const refused: RefusedCombination[] = [];
  for (let number = from; number < to; number++) {
    const alternatives = alternativesOf(all.choices, number);
    const row = ranksOrReason(runner, alternatives);
    if (typeof row === 'string') refused.push({ alternatives: alternatives.map(({ label }) => label), reason: row });
    else all.ranks.set(row, number * all.cities.length);
    yield { done: number + 1 - from, total: to - from };
  }
  return refused;
}

/**
 * Puts a multiverse together.
 * @throws ScoringError `PRECONDITION_FAILED` where every combination is refused
 */
export function multiverseOf(
  { choices, cities, combinations, ranks }: MultiverseRanks,
  refused: readonly RefusedCombination[],
): Multiverse {
  const n = cities.length;
  const without = new Set(refused.map(({ alternatives }) => numberOf(choices, alternatives)));
  const defined = Array.from({ length: combinations }, (_, number) => number).filter((number) => !without.has(number));
  if (defined.length === 0)
    refuseAt('PRECONDITION_FAILED', 'choices', combinations, itemAt(refused, 0).reason, 'choices that can go together');
  const rowOf = (number: number): Float64Array => ranks.subarray(number * n, (number + 1) * n);
  const firstPlaces = new Float64Array(n);
  for (const number of defined) {
    const row = rowOf(number);
    const first = smallest(row);
    const winners = row.reduce((count, rank) => count + (rank === first ? 1 : 0), 0);
    row.forEach((rank, i) => {
      if (rank === first) firstPlaces[i] = at(firstPlaces, i) + 1 / (winners * defined.length);
    });
  }
  const [best, worst, median] = [new Float64Array(n), new Float64Array(n), new Float64Array(n)];
  for (let i = 0; i < n; i++) {
    const own = Float64Array.from(defined, (number) => at(ranks, number * n + i)).filter((rank) => !Number.isNaN(rank));
    best[i] = smallest(own);
    worst[i] = -smallest(own.map((rank) => -rank));
    median[i] = medianOf(own);
  }
  return {
    cities,
    combinations,
    refused,
    best,
    worst,
    median,
    firstPlaces,
    influence: influenceOf(choices, defined, rowOf, n),
    ranks,
  };
}

/** Cell operations of {@link multiverse} over `n` cities, of which so many are `scored`. */
export function multiverseCost(
  methodology: Methodology,
  tree: Tree,
  n: number,
  choices: readonly Choice[],
  scored = n,
): number {
  const combinations = combinationCount(choices);
  const summing = combinations * scored * (4 + 2 * choices.length);
  return scenarioCost(methodology, tree, n, choices, combinations, scored) + summing;
}

/** Bytes that {@link multiverse} takes over so many scored cities, besides leaves. */
export function multiverseBytes(choices: readonly Choice[], scored: number): number {
  return 8 * combinationCount(choices) * scored;
}

function combinationCount(choices: readonly Choice[]): number {
  return choices.reduce((product, { alternatives }) => product * alternatives.length, 1);
}

function alternativesOf(choices: readonly Choice[], number: number): Alternative[] {
  return digitsOf(choices, number).map((digit, c) => itemAt(itemAt(choices, c).alternatives, digit));
}

/** What {@link combinationOf} turns into labels. */
function numberOf(choices: readonly Choice[], labels: readonly string[]): number {
  return choices.reduce(
    (number, { alternatives }, c) =>
      number * alternatives.length + alternatives.findIndex(({ label }) => label === labels[c]),
    0,
  );
}

function digitsOf(choices: readonly Choice[], number: number): number[] {
  const digits: number[] = [];
  let rest = number;
  for (const { alternatives } of [...choices].reverse()) {
    digits.unshift(rest % alternatives.length);
    rest = Math.floor(rest / alternatives.length);
  }
  return digits;
}

function influenceOf(
  choices: readonly Choice[],
  defined: readonly number[],
  rowOf: (number: number) => Float64Array,
  n: number,
): ChoiceInfluence[] {
  const places = defined.map((number) => placeOf(rowOf(number)));
  const everyone = defined.map((_, k) => k);
  const variance = spreadWithin([everyone], places, n);
  const groupsBy = (keyOf: (digits: readonly number[]) => string): number[][] => {
    const groups = new Map<string, number[]>();
    defined.forEach((number, k) => {
      const key = keyOf(digitsOf(choices, number));
      const group = groups.get(key);
      if (group) group.push(k);
      else groups.set(key, [k]);
    });
    return [...groups.values()];
  };
  return choices
    .map(({ code }, c) => {
      if (variance === 0) return { choice: code, first: 0, total: 0 };
      const withinOwn = spreadWithin(
        groupsBy((digits) => String(digits[c])),
        places,
        n,
      );
      const withinOthers = spreadWithin(
        groupsBy((digits) => digits.filter((_, other) => other !== c).join(' ')),
        places,
        n,
      );
      // What is left within the groups of one alternative is what the choice by itself does not explain.
      return { choice: code, first: Math.max(0, 1 - withinOwn / variance), total: withinOthers / variance };
    })
    .sort((a, b) => b.total - a.total);
}

/** Sum over the cities and the groups of squared distances from the group's mean. */
function spreadWithin(
  groups: readonly (readonly number[])[],
  places: readonly ((city: number) => number)[],
  n: number,
): number {
  let spread = 0;
  for (const group of groups) {
    for (let i = 0; i < n; i++) {
      let sum = 0;
      for (const k of group) sum += itemAt(places, k)(i);
      const mean = sum / group.length;
      for (const k of group) spread += (itemAt(places, k)(i) - mean) ** 2;
    }
  }
  return spread;
}
