import {
  checkMultiverse,
  checkRankBounds,
  checkWeightStability,
  multiverseBytes,
  multiverseCost,
  multiverseRanks,
  pipelineCost,
  rankBoundsCost,
  rankReversalCost,
  scenarioBytes,
  weightStabilityCost,
  type Choice,
  type Multiverse,
  type RankBounds,
  type RankBoundsRequest,
  type RankReversal,
  type StabilityPaths,
  type StabilityTarget,
  type WeightStability,
} from '../scoring';
import type { PlannedAnalysis } from './analysis';
import { choicesOf, type ChoicesRequest } from './choices';
import { nodeOfCode } from './city-rows';
import { describeAllowed } from './city-selection';
import { cityCount, panelRunOf, type Ranking } from './ranking.service';
import { refuse } from './request-error';
import { inShares } from './shares';

/** What is to stay the same, as a caller says it. Null and absent mean the same. */
export interface StabilityRequest {
  readonly target: StabilityTarget['kind'];
  /** Two codes, for `PAIR`. */
  readonly cities?: readonly string[] | null;
  /** For `TOP`; 1 when left out. */
  readonly k?: number | null;
  readonly nodes?: readonly string[] | null;
}

/** What a multiverse varies. */
export interface MultiverseRequest {
  readonly choices: ChoicesRequest;
}

/** Every combination of some alternatives. */
export interface MultiverseFound {
  readonly found: Multiverse;
  readonly choices: readonly Choice[];
}

/** Within which limits gaps may be filled. Null and absent mean the same. */
export interface BoundsRequest extends Omit<RankBoundsRequest, 'limits'> {
  readonly limits?: RankBoundsRequest['limits'] | null;
}

/** Which cities are left out, each by itself. Null and absent mean the same: every scored city. */
export interface ReversalRequest {
  readonly cities?: readonly string[] | null;
  /** Most pairs that are listed for each. */
  readonly listed: number;
}

/** Where the parts of a target stand in a {@link StabilityRequest}. */
const TARGET_PATHS: StabilityPaths = { first: 'cities[0]', second: 'cities[1]', k: 'k' };

/** Most pairs of cities that are listed for one city that is left out. */
export const MAX_LISTED_REVERSALS = 100;

/**
 * In which range each weight may move.
 * @throws RequestError or ScoringError for an unknown city or node, or a `k` out of range
 */
export function planWeightStability(
  ranking: Ranking,
  request: StabilityRequest,
): PlannedAnalysis<readonly WeightStability[]> {
  const { plan, result } = ranking;
  const target = targetOf(request);
  request.nodes?.forEach((code, index) => nodeOfCode(ranking, code, `nodes[${String(index)}]`));
  const nodes = request.nodes == null ? null : once(request.nodes);
  if (target.kind === 'PAIR') {
    const ranked = new Set(Array.from(result.order, (city) => result.cities[city]?.code ?? ''));
    requireCities(ranked, [target.first, target.second], 'The ranking has no such city.');
  }
  checkWeightStability(result, target, nodes, TARGET_PATHS);
  const { length: cities } = result.cities;
  return {
    key: JSON.stringify([target, nodes]),
    cost:
      pipelineCost(plan.recipe, plan.tree, cityCount(plan)) +
      weightStabilityCost(plan.tree, cities, target, nodes?.length),
    draws: null,
    ...memoryOfTables(ranking),
    what: 'stability of weights',
    path: 'nodes',
    threads: 'ONE',
    run: (pool, control) => pool.doSteps('weightStability', { run: panelRunOf(plan), target, nodes }, control),
  };
}

/** Ranks by every combination of the alternatives. */
export function planMultiverse(
  { plan, result }: Ranking,
  request: MultiverseRequest,
): PlannedAnalysis<MultiverseFound> {
  const choices = choicesOf(plan, request.choices);
  if (choices.length === 0)
    throw refuse('BAD_INPUT', 'choices', null, 'Nothing varies.', 'alternatives of at least one stage');
  checkMultiverse(plan.tree, choices);
  return {
    key: JSON.stringify(choices),
    cost: multiverseCost(plan.recipe, plan.tree, cityCount(plan), choices, result.cities.length),
    draws: null,
    memory: multiverseBytes(choices, result.cities.length) + scenarioBytes(plan.tree, choices, result.cities.length),
    lessMemory: 'fewer cities or combinations',
    what: 'multiverse',
    path: 'choices',
    threads: 'ALL',
    async run(pool, control) {
      const run = panelRunOf(plan);
      const share = (from: number, to: number) => ({ run, ranks, from, to });
      const ranks = multiverseRanks(
        plan.tree,
        choices,
        result.cities.map(({ code }) => code),
      );
      const refused = await inShares(pool, 'multiverse', ranks.combinations, share, control);
      return {
        found: await pool.do('summariseMultiverse', { ranks, refused: refused.flat() }, control?.signal),
        choices,
      };
    },
  };
}

/**
 * Best and worst ranks over all fills of the gaps.
 * @throws ScoringError for limits that do not fit, and recipes that rule an answer out
 */
export function planRankBounds(ranking: Ranking, { limits, ...others }: BoundsRequest): PlannedAnalysis<RankBounds> {
  const { plan, result } = ranking;
  const request = { limits: limits ?? [], ...others };
  checkRankBounds(result, request);
  return {
    key: JSON.stringify(request),
    cost: rankBoundsCost(plan.recipe, plan.tree, cityCount(plan)),
    draws: null,
    ...memoryOfTables(ranking),
    what: 'bounds of ranks',
    path: 'recipe',
    threads: 'ONE',
    run: (pool, control) => pool.doSteps('rankBounds', { run: panelRunOf(plan), request }, control),
  };
}

/** What becomes of the others' order when each city is left out. */
export function planRankReversals(
  ranking: Ranking,
  request: ReversalRequest,
): PlannedAnalysis<readonly RankReversal[]> {
  const { plan, result } = ranking;
  const { listed } = request;
  const scored = new Set(result.cities.map(({ code }) => code));
  requireCities(scored, request.cities ?? [], 'The ranking scores no city with this code.');
  const cities = once(request.cities ?? scored);
  return {
    key: JSON.stringify([cities, listed]),
    cost: rankReversalCost(plan.recipe, plan.tree, cityCount(plan), cities.length),
    draws: null,
    ...memoryOfTables(ranking),
    what: 'search for reversals',
    path: 'cities',
    threads: 'ALL',
    async run(pool, control) {
      const run = panelRunOf(plan);
      const share = (from: number, to: number) => ({ run, cities: cities.slice(from, to), listed });
      return (await inShares(pool, 'rankReversals', cities.length, share, control)).flat();
    },
  };
}

/** Codes in their order, each once, so that what is named twice is worked out and charged once. */
const once = (codes: Iterable<string>): string[] => [...new Set(codes)];

/** @throws RequestError `NOT_FOUND` for a code of `cities` that is not among the known ones */
function requireCities(known: ReadonlySet<string>, cities: readonly string[], message: string): void {
  cities.forEach((code, index) => {
    if (!known.has(code)) throw refuse('NOT_FOUND', `cities[${String(index)}]`, code, message, describeAllowed(known));
  });
}

/** Tables between the stages of a ranking. */
const TABLES = 6;

/** What an analysis takes that ranks a few times and keeps little. */
function memoryOfTables({ plan }: Ranking): Pick<PlannedAnalysis<unknown>, 'memory' | 'lessMemory'> {
  return { memory: 8 * TABLES * cityCount(plan) * plan.tree.leaves.length, lessMemory: 'fewer cities' };
}

function targetOf({ target, cities, k }: StabilityRequest): StabilityTarget {
  if (target !== 'PAIR' && cities != null)
    throw refuse('PARAMETER_NOT_USED', 'cities', cities, 'The target does not use cities.', 'cities with PAIR only');
  if (target !== 'TOP' && k != null)
    throw refuse('PARAMETER_NOT_USED', 'k', k, 'The target does not use a number.', '`k` with TOP only');
  if (target === 'ORDER') return { kind: target };
  if (target === 'TOP') return { kind: target, k: k ?? 1 };
  const [first, second, ...others] = cities ?? [];
  if (first === undefined || second === undefined || others.length > 0)
    throw refuse('BAD_INPUT', 'cities', cities ?? null, 'A pair is two cities.', 'two codes of ranked cities');
  return { kind: target, first, second };
}
