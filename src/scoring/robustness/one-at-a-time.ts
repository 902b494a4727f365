import { ScoringError } from '../errors';
import { entryOf, itemAt } from '../lookup';
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
  checkChoices(run.tree, choices, weights);
  return screeningOf([finish(oneAtATimeSteps(run, choices, weights, 0, singleChangeCount(choices, weights)))]);
}

/** What some of the changes do. */
export type SingleChanges = Omit<Screening, 'influence'>;

/** One change, before it is known what it does. */
interface Change extends Pick<SingleChange, 'kind' | 'input' | 'change'> {
  readonly alternatives: readonly Alternative[];
  /** What a node's weight is multiplied by; null for a choice. */
  readonly multiplier: number | null;
}

function changesOf(choices: readonly Choice[], weights: readonly WeightChoice[]): Change[] {
  return [
    ...choices.flatMap(({ code, alternatives }) =>
      alternatives.map((alternative) => ({
        kind: 'CHOICE' as const,
        input: code,
        change: alternative.label,
        alternatives: [alternative],
        multiplier: null,
      })),
    ),
    ...weights.flatMap(({ node, share }) =>
      [1 - share, 1 + share].map((multiplier) => ({
        kind: 'WEIGHT' as const,
        input: node,
        change: `×${String(Number(multiplier.toPrecision(12)))}`,
        alternatives: [],
        multiplier,
      })),
    ),
  ];
}

/** The changes `from` to `to`, those of choices first, in steps, one for each. The choices are not checked. */
export function* oneAtATimeSteps(
  run: RankingRun,
  choices: readonly Choice[],
  weights: readonly WeightChoice[],
  from: number,
  to: number,
): Steps<SingleChanges> {
  const runner = new ScenarioRunner(run);
  const { nominal, cities } = runner;
  const changes: SingleChange[] = [];
  for (const { alternatives, multiplier, ...change } of changesOf(choices, weights).slice(from, to)) {
    const multipliers = multiplier === null ? undefined : new Float64Array(run.tree.nodes.length).fill(1);
    if (multipliers && multiplier !== null) multipliers[entryOf(run.tree.indexOf, change.input)] = multiplier;
    changes.push({ ...change, ...effectOf(runner, alternatives, multipliers) });
    yield { done: changes.length, total: to - from };
  }
  return { cities, nominal: nominal.ranks, changes };
}

/** Puts a screening together from its parts, in their order; at least one. */
export function screeningOf(parts: readonly SingleChanges[]): Screening {
  const { cities, nominal } = itemAt(parts, 0);
  const changes = parts.flatMap((part) => part.changes);
  const influence = [...new Set(changes.map(({ input }) => input))]
    .map((input) => ({
      input,
      meanShift: Math.max(
        0,
        ...changes.filter((change) => change.input === input && change.ranks).map((change) => change.meanShift),
      ),
    }))
    .sort((a, b) => b.meanShift - a.meanShift);
  return { cities, nominal, changes, influence };
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
  return scenarioCost(methodology, tree, n, choices, 1 + singleChangeCount(choices, weights), scored);
}

/** How many changes choices and weights come to. */
export function singleChangeCount(choices: readonly Choice[], weights: readonly WeightChoice[]): number {
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
