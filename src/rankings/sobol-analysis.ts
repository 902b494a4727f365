import {
  canVary,
  checkSobol,
  oneAtATimeCost,
  scenarioBytes,
  screeningOf,
  singleChangeCount,
  sobolBytes,
  sobolCost,
  sobolOf,
  sobolOutputs,
  type Choice,
  type monteCarlo,
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
import { inShares } from './shares';
import { requireNoise } from './uncertainty-analysis';
import type { RunControl } from './worker-pool';

/** What variance is to be shared out among, and how finely. Null and absent mean the same. */
export interface SobolRequest {
  readonly choices?: ChoicesRequest | null;
  readonly probabilities?: ChoiceProbabilities | null;
  readonly leaveOut?: LeaveOutRequest | null;
  readonly weights?: readonly WeightRangeRequest[] | null;
  /** How observed values vary, as one input more. */
  readonly noise?: monteCarlo.DataNoise | null;
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
 * How much of the ranks' variance each choice, each weight and the noise on the data is responsible for.
 * @throws ScoringError or RequestError for choices, nodes or shares that do not fit
 */
export function planSobol(ranking: Ranking, request: SobolRequest): PlannedAnalysis<Sobol> {
  const { digest, plan, result } = ranking;
  const choices = drawnChoices(plan, request);
  const weights = weightChoicesOf(plan, request.weights ?? []);
  const { rows, seed, resamples, level, noise = null } = request;
  const varying = choices.filter(canVary);
  if (noise === null)
    requireInput(varying, weights, 'choices of two alternatives, weights, noise, or nodes to leave out');
  else if (varying.length + weights.length === 0) requireNoise(ranking, noise);
  const design = { choices, weights, noise, rows, seed, resamples, level };
  const ranked = Array.from(result.ranks.keys()).filter((i) => !Number.isNaN(result.ranks[i]));
  checkSobol(plan.tree, design, ranked.length);
  const inputs = choices.length + weights.length + (noise === null ? 0 : 1);
  return {
    key: JSON.stringify(design),
    cost: sobolCost(plan.recipe, plan.tree, cityCount(plan), design, result.cities.length),
    draws: rows * (inputs + 2),
    memory: sobolBytes(design, ranked.length) + scenarioBytes(plan.tree, choices, result.cities.length),
    lessMemory: 'fewer rows, cities or alternatives',
    what: 'analysis of variance',
    path: 'rows',
    threads: 'ALL',
    async run(pool, { signal, onProgress } = {}) {
      const run = panelRunOf(plan);
      const outputs = sobolOutputs(plan.tree, design, ranked.length);
      const quantities = ranked.length + 1;
      // Told of rows, and then of quantities whose indices are found.
      const control = (before: number): RunControl => ({
        ...(signal && { signal }),
        ...(onProgress && {
          onProgress: (done) => {
            onProgress(before + done, rows + quantities);
          },
        }),
      });
      await inShares(pool, 'sobolRows', rows, (from, to) => ({ run, design, outputs, from, to }), control(0));
      const intervals = await inShares(
        pool,
        'sobolIntervals',
        quantities,
        (from, to) => ({ design, outputs, from, to }),
        control(rows),
      );
      const codes = ranked.flatMap((i) => result.cities[i]?.code ?? []);
      const nominal = result.ranks.filter((rank) => !Number.isNaN(rank));
      return { digest, found: sobolOf(design, intervals.flat(), codes, nominal), rows, seed, resamples, level };
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
  requireInput(choices, weights, 'choices, weights, or nodes to leave out');
  return {
    key: JSON.stringify([choices, weights]),
    cost: oneAtATimeCost(plan.recipe, plan.tree, cityCount(plan), choices, weights, result.cities.length),
    draws: null,
    memory:
      8 * singleChangeCount(choices, weights) * result.cities.length +
      scenarioBytes(plan.tree, choices, result.cities.length),
    lessMemory: 'fewer cities or alternatives',
    what: 'screening',
    path: 'choices',
    threads: 'ALL',
    async run(pool, control) {
      const run = panelRunOf(plan);
      const units = singleChangeCount(choices, weights);
      const share = (from: number, to: number) => ({ run, choices, weights, from, to });
      return screeningOf(await inShares(pool, 'oneAtATime', units, share, control));
    },
  };
}

function requireInput(choices: readonly Choice[], weights: readonly WeightChoice[], allowed: string): void {
  if (choices.length + weights.length === 0) throw refuse('BAD_INPUT', 'choices', null, 'Nothing varies.', allowed);
}
