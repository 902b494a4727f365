import { monteCarlo } from '../scoring';
import type { PlannedAnalysis } from './analysis';
import { drawnChoices, type ChoiceProbabilities, type ChoicesRequest, type LeaveOutRequest } from './choices';
import { cityCount, panelRunOf, type Ranking } from './ranking.service';
import { refuse } from './request-error';
import { runUncertaintyOn } from './uncertainty';

/** Ways to draw weights. */
export const WEIGHT_DRAWS = ['DIRICHLET', 'SIMPLEX', 'SHARE'] as const;

type WeightDraw = (typeof WEIGHT_DRAWS)[number];

/** What a distribution of weights reads besides its name. Null and absent mean the same. */
export interface WeightDrawParameters {
  /** For `DIRICHLET`, which needs it: above 0. */
  readonly concentration?: number | null;
  /** For `SHARE`, which needs it: above 0, at most 1. */
  readonly share?: number | null;
}

/** How a caller wants the weights under the nodes of one level drawn. */
export interface LevelWeightDrawRequest extends WeightDrawParameters {
  /** 1 = the nodes just above the indicators. */
  readonly level: number;
  readonly method: WeightDraw;
}

/** How a caller wants weights drawn: by one `method`, or `byLevel`. Null and absent mean the same. */
export interface WeightDrawRequest extends WeightDrawParameters {
  readonly method?: WeightDraw | null;
  /** For `method`; null: all. */
  readonly levels?: readonly number[] | null;
  /** A rule for each level whose weights are drawn. */
  readonly byLevel?: readonly LevelWeightDrawRequest[] | null;
}

/** What an uncertainty run varies, and what it is to find. Null and absent mean the same. */
export interface UncertaintyRequest {
  readonly seed: number;
  readonly draws: number;
  readonly weights?: WeightDrawRequest | null;
  readonly noise?: monteCarlo.DataNoise | null;
  readonly choices?: ChoicesRequest | null;
  readonly probabilities?: ChoiceProbabilities | null;
  readonly leaveOut?: LeaveOutRequest | null;
  readonly percentiles: readonly number[];
  readonly pairs: boolean;
  /** Whether central weights and confidence factors are found. */
  readonly acceptability: boolean;
}

/** Most draws of one request. */
export const MAX_REQUEST_DRAWS = 10_000;

/** What a run came to, with what of its plan the result does not say. */
export interface Uncertainty {
  /** Of the ranking. */
  readonly digest: string;
  readonly result: monteCarlo.UncertaintyResult;
  readonly percentiles: readonly number[];
  /** Codes of the tree's nodes, in the order of central weights. */
  readonly nodes: readonly string[];
  /** Null unless acceptability was asked for. */
  readonly confidence: readonly monteCarlo.Confidence[] | null;
}

/**
 * Draws weights, data and choices of a ranking again and again, and counts the ranks that follow. The same request gives the
 * same result to the last bit, with any number of threads.
 */
export function planUncertainty(ranking: Ranking, request: UncertaintyRequest): PlannedAnalysis<Uncertainty> {
  const { digest, plan: planned, result: ranked } = ranking;
  const { tree, recipe } = planned;
  const { seed, draws, noise = null, percentiles, pairs, acceptability: centralWeights } = request;
  const weights = weightsOf(request.weights ?? null);
  const choices = drawnChoices(planned, request);
  const drawn = { seed, draws, weights, noise, choices, percentiles, pairs, centralWeights };
  const plan = monteCarlo.planUncertainty(tree, drawn);
  if (noise !== null && !monteCarlo.variesBesideNoise(plan)) requireNoise(ranking, noise);
  return {
    key: JSON.stringify(plan),
    cost: monteCarlo.uncertaintyCost(tree, recipe, cityCount(planned), plan, ranked.cities.length),
    draws,
    memory: monteCarlo.runBytes(tree, recipe, ranked.cities.length, plan),
    lessMemory: pairs ? 'fewer cities, or no pairs' : 'fewer cities or alternatives',
    what: 'uncertainty run',
    path: 'draws',
    threads: 'ALL',
    async run(pool, control) {
      const { result, confidence } = await runUncertaintyOn(pool, panelRunOf(planned), plan, control);
      return {
        digest,
        result,
        percentiles: plan.percentiles,
        nodes: tree.nodes.map(({ code }) => code),
        confidence: centralWeights ? confidence : null,
      };
    },
  };
}

/**
 * Checks noise that nothing else varies beside: without bounds and with a share of 0 every rank would look sure.
 * @throws RequestError `BAD_INPUT` where it moves no value
 */
export function requireNoise({ plan: { data }, result }: Ranking, noise: monteCarlo.DataNoise): void {
  if (monteCarlo.noiseMoves(data.panel, result, noise)) return;
  const why = noise.useBounds ? 'no value of the ranking has bounds stored with it' : 'stored bounds are not used';
  throw refuse('BAD_INPUT', 'noise.share', noise.share, `Nothing varies: ${why}.`, 'a share above 0, at most 1');
}

/** @throws RequestError where a method lacks its parameter or is given another's, and where there is no method, or two forms at once */
function weightsOf(request: WeightDrawRequest | null): monteCarlo.WeightUncertainty | null {
  if (request === null) return null;
  const { method = null, levels = null, byLevel = null } = request;
  if (byLevel === null) {
    if (method !== null) return { ...distributionOf(method, request, 'weights'), levels };
    const allowed = `${WEIGHT_DRAWS.join(', ')}, or byLevel in its place`;
    throw refuse('BAD_INPUT', 'weights.method', null, 'Nothing says how weights are drawn.', allowed);
  }
  for (const name of ['method', 'concentration', 'share', 'levels'] as const) {
    const value = request[name] ?? null;
    if (value === null) continue;
    const message = 'With byLevel each rule says it for its own level.';
    throw refuse('BAD_INPUT', `weights.${name}`, value, message, `either ${name} or byLevel`);
  }
  return {
    method: 'BY_LEVEL',
    byLevel: byLevel.map((rule, r) => ({
      ...distributionOf(rule.method, rule, `weights.byLevel[${String(r)}]`),
      level: rule.level,
    })),
  };
}

/** @param at path of the request */
function distributionOf(
  method: WeightDraw,
  request: WeightDrawParameters,
  at: string,
): Exclude<monteCarlo.WeightDistribution, { readonly method: 'SETS' }> {
  const [concentration, share] = [request.concentration ?? null, request.share ?? null];
  const refuseUnused = (name: 'concentration' | 'share', value: number | null, user: WeightDraw): void => {
    if (value === null || method === user) return;
    const path = `${at}.${name}`;
    throw refuse(
      'PARAMETER_NOT_USED',
      path,
      value,
      `${method} does not use it (${user} does).`,
      `${name} with ${user} only`,
    );
  };
  refuseUnused('concentration', concentration, 'DIRICHLET');
  refuseUnused('share', share, 'SHARE');
  if (method === 'SIMPLEX') return { method };
  const own = method === 'DIRICHLET' ? concentration : share;
  const name = method === 'DIRICHLET' ? 'concentration' : 'share';
  if (own === null) throw refuse('BAD_INPUT', `${at}.${name}`, null, `${method} needs it.`, 'a number above 0');
  return method === 'DIRICHLET' ? { method, concentration: own } : { method, share: own };
}
