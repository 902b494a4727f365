import { ScoringError } from '../errors';
import { entryOf } from '../lookup';
import { at } from '../numeric/at';
import type { Methodology } from '../methodology';
import type { Tree } from '../tree';
import { checkChoices, type Alternative, type Choice, type WeightChoice } from './choices';
import { scenarioCost, ScenarioRunner, type RankingRun } from './scenario';
import { meanShift, placeOf } from './shift';
import { finish, type Steps } from './steps';

/** What one change of the nominal recipe does. */
export interface SingleChange {
  readonly kind: 'CHOICE' | 'WEIGHT';
  /** Code of the choice, or of the node. */
  readonly input: string;
  /** Label of the alternative; for a weight what it is multiplied by, such as `×0.75`. */
  readonly change: string;
  /** Ranks in the order of the scored cities; null where the methods do not go together. */
  readonly ranks: Float64Array | null;
  /** Mean over the nominally ranked cities of |rank − nominal rank|; `NaN` where there are no ranks. */
  readonly meanShift: number;
  readonly largestShift: number;
  /** City with the largest shift, the first of them in the order of cities; null where none moves. */
  readonly mostShifted: string | null;
  /** Codes of the cities in the first place, in the order of cities. */
  readonly winners: readonly string[];
  /** One sentence: why there are no ranks; null where there are. */
  readonly refused: string | null;
}

/** A screening: every input changed by itself. */
export interface Screening {
  /** Codes of the scored cities. */
  readonly cities: readonly string[];
  readonly nominal: Float64Array;
  readonly changes: readonly SingleChange[];
  /** By input, the largest mean shift that any change of it brings; most influential first. */
  readonly influence: readonly { readonly input: string; readonly meanShift: number }[];
}

/**
 * Takes every alternative of every choice by itself, and every weight at both ends of its range by itself, all else as in the
 * nominal recipe. It misses interactions, which {@link sobolSensitivity} measures, and is the cheapest way to see what does
 * not matter. Alternatives that cannot go with the rest of the recipe are reported, not thrown.
 *
 * Source: Saltelli et al. (2008), Global Sensitivity Analysis: The Primer, section 2.1,
 * https://doi.org/10.1002/9780470725184.
 * @throws ScoringError `BAD_INPUT` or `NOT_FOUND` for choices that do not fit, and as the pipeline for the nominal recipe
 */
export function oneAtATime(
  run: RankingRun,
  choices: readonly Choice[],
  weights: readonly WeightChoice[] = [],
): Screening {
  return finish(oneAtATimeSteps(run, choices, weights));
}

/** {@link oneAtATime} in steps, one for each change. */
export function* oneAtATimeSteps(
  run: RankingRun,
  choices: readonly Choice[],
  weights: readonly WeightChoice[] = [],
): Steps<Screening> {
  checkChoices(run.tree, choices, weights);
  const runner = new ScenarioRunner(run);
  const { nominal, cities } = runner;
  const changes: SingleChange[] = [];
  const total = changeCount(choices, weights);
  for (const { code, alternatives } of choices)
    for (const alternative of alternatives) {
      const effect = effectOf(runner, [alternative]);
      changes.push({ kind: 'CHOICE', input: code, change: alternative.label, ...effect });
      yield { done: changes.length, total };
    }
  for (const { node, share } of weights) {
    for (const multiplier of [1 - share, 1 + share]) {
      const multipliers = new Float64Array(run.tree.nodes.length).fill(1);
      multipliers[entryOf(run.tree.indexOf, node)] = multiplier;
      const change = `×${String(Number(multiplier.toPrecision(12)))}`;
      changes.push({ kind: 'WEIGHT', input: node, change, ...effectOf(runner, [], multipliers) });
      yield { done: changes.length, total };
    }
  }
  const influence = [...new Set(changes.map(({ input }) => input))]
    .map((input) => ({
      input,
      meanShift: Math.max(
        0,
        ...changes.filter((change) => change.input === input && change.ranks).map((change) => change.meanShift),
      ),
    }))
    .sort((a, b) => b.meanShift - a.meanShift);
  return { cities, nominal: nominal.ranks, changes, influence };
}

/** Cell operations of {@link oneAtATime} over `n` cities, of which so many are `scored`. */
export function oneAtATimeCost(
  methodology: Methodology,
  tree: Tree,
  n: number,
  choices: readonly Choice[],
  weights: readonly WeightChoice[] = [],
  scored = n,
): number {
  return scenarioCost(methodology, tree, n, choices, 1 + changeCount(choices, weights), scored);
}

function changeCount(choices: readonly Choice[], weights: readonly WeightChoice[]): number {
  return choices.reduce((sum, { alternatives }) => sum + alternatives.length, 2 * weights.length);
}

type Effect = Omit<SingleChange, 'kind' | 'input' | 'change'>;

function effectOf(runner: ScenarioRunner, alternatives: readonly Alternative[], multipliers?: Float64Array): Effect {
  const ranks = ranksOrReason(runner, alternatives, multipliers);
  if (typeof ranks === 'string')
    return { ranks: null, meanShift: NaN, largestShift: NaN, mostShifted: null, winners: [], refused: ranks };
  const place = placeOf(ranks);
  let largestShift = 0;
  let mostShifted: string | null = null;
  runner.cities.forEach((city, i) => {
    const shift = Math.abs(place(i) - at(runner.nominal.ranks, i));
    if (shift > largestShift) [largestShift, mostShifted] = [shift, city];
  });
  return {
    ranks,
    meanShift: meanShift(runner.nominal.ranks, ranks),
    largestShift,
    mostShifted,
    winners: runner.cities.filter((_, i) => at(ranks, i) === smallest(ranks)),
    refused: null,
  };
}

/** The ranks, or the sentence of the method that refuses the values. */
export function ranksOrReason(
  runner: ScenarioRunner,
  alternatives: readonly Alternative[],
  multipliers?: Float64Array,
): Float64Array | string {
  try {
    return runner.ranks(alternatives, multipliers);
  } catch (error) {
    if (error instanceof ScoringError) return error.message;
    throw error;
  }
}

/** The best rank given; `NaN` where there is none. */
export function smallest(ranks: Float64Array): number {
  const best = ranks.reduce((least, rank) => (rank < least ? rank : least), Infinity);
  return best === Infinity ? NaN : best;
}
