import {
  oneAtATimeCost,
  sobolCost,
  type Choice,
  type Screening,
  type SobolSensitivity,
  type WeightChoice,
} from '../scoring';
import type { PlannedAnalysis } from './analysis';
import {
  drawnChoices,
  singleChoices,
  weightChoicesOf,
  type ChoiceProbabilities,
  type ChoicesRequest,
  type LeaveOutRequest,
  type LeftOutRequest,
  type WeightRangeRequest,
} from './choices';
import { cityCount, panelRunOf, type Ranking } from './ranking.service';
import { refuse } from './request-error';

/** What variance is to be shared out among, and how finely. Null and absent mean the same. */
export interface SobolRequest {
  readonly choices?: ChoicesRequest | null;
  readonly probabilities?: ChoiceProbabilities | null;
  readonly leaveOut?: LeaveOutRequest | null;
  readonly weights?: readonly WeightRangeRequest[] | null;
  /** Rows of the design, 2 to {@link MAX_SOBOL_ROWS}. */
  readonly rows: number;
  readonly seed: number;
  /** Bootstrap resamples, 1 to {@link MAX_RESAMPLES}. */
  readonly resamples: number;
  /** Of the intervals, above 0 and below 1. */
  readonly level: number;
}

/** What is changed, each by itself. Null and absent mean the same. */
export interface OneAtATimeRequest {
  readonly choices?: ChoicesRequest | null;
  readonly leaveOut?: LeftOutRequest | null;
  readonly weights?: readonly WeightRangeRequest[] | null;
}

/** Indices, with what the design was made by. */
export interface Sobol {
  /** Of the ranking. */
  readonly digest: string;
  readonly found: SobolSensitivity;
  readonly rows: number;
  readonly seed: number;
  readonly resamples: number;
  readonly level: number;
}

/** Most rows of one design. */
export const MAX_SOBOL_ROWS = 10_000;
/** Most bootstrap resamples. */
export const MAX_RESAMPLES = 1_000;

/**
 * How much of the ranks' variance each choice and each weight is responsible for.
 * @throws ScoringError or RequestError for choices, nodes or shares that do not fit
 */
export function planSobol({ digest, plan, result }: Ranking, request: SobolRequest): PlannedAnalysis<Sobol> {
  const choices = drawnChoices(plan, request);
  const weights = weightChoicesOf(plan, request.weights ?? []);
  requireInput(choices, weights);
  const { rows, seed, resamples, level } = request;
  const design = { choices, weights, rows, seed, resamples, level };
  return {
    key: JSON.stringify(design),
    cost: sobolCost(plan.recipe, plan.tree, cityCount(plan), design, result.cities.length),
    draws: rows * (choices.length + weights.length + 2),
    what: 'analysis of variance',
    path: 'rows',
    threads: 'ONE',
    async run(pool, control) {
      const found = await pool.doSteps('sobol', { run: panelRunOf(plan), design }, control);
      return { digest, found, rows, seed, resamples, level };
    },
  };
}

/**
 * What each change of the recipe does by itself.
 * @throws ScoringError or RequestError for choices, nodes or shares that do not fit
 */
export function planOneAtATime({ plan, result }: Ranking, request: OneAtATimeRequest): PlannedAnalysis<Screening> {
  const choices = singleChoices(plan, request);
  const weights = weightChoicesOf(plan, request.weights ?? []);
  requireInput(choices, weights);
  return {
    key: JSON.stringify([choices, weights]),
    cost: oneAtATimeCost(plan.recipe, plan.tree, cityCount(plan), choices, weights, result.cities.length),
    draws: null,
    what: 'screening',
    path: 'choices',
    threads: 'ONE',
    run: (pool, control) => pool.doSteps('oneAtATime', { run: panelRunOf(plan), choices, weights }, control),
  };
}

function requireInput(choices: readonly Choice[], weights: readonly WeightChoice[]): void {
  if (choices.length + weights.length === 0)
    throw refuse('BAD_INPUT', 'choices', null, 'Nothing varies.', 'choices, weights, or nodes to leave out');
}
