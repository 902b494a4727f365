import {
  multiverse,
  multiverseCost,
  rankBounds,
  rankBoundsCost,
  rankReversalCost,
  rankReversals,
  weightStability,
  weightStabilityCost,
  type RankBoundsRequest,
  type RankReversal,
  type StabilityTarget,
  type WeightStability,
} from '../scoring';
import { choicesOf, type ChoicesRequest } from './choices';
import { nodeOfCode } from './city-rows';
import { describeAllowed } from './city-selection';
import type { Budget } from './diagnostics.service';
import { cityCount, panelRunOf, type Ranking } from './ranking.service';
import { refuse } from './request-error';
import { MultiverseView, rankBoundsView, type RankBoundsView } from './sensitivity-view';

/** What is to stay the same, as a caller says it. Null and absent mean the same. */
export interface StabilityRequest {
  readonly target: StabilityTarget['kind'];
  /** Two codes, for `PAIR`. */
  readonly cities?: readonly string[] | null;
  /** For `TOP`; 1 when left out. */
  readonly k?: number | null;
  readonly nodes?: readonly string[] | null;
}

/** Most pairs of cities that are listed for one city that is left out. */
export const MAX_LISTED_REVERSALS = 100;

/** What a ranking hangs on. Each analysis is held against the budget of a request before it runs. */
export class SensitivityService {
  constructor(private readonly budget: Budget) {}

  /**
   * In which range each weight may move.
   * @throws RequestError or ScoringError for an unknown city or node, a `k` out of range, or too much work
   */
  weightStability(ranking: Ranking, request: StabilityRequest): WeightStability[] {
    const { result } = ranking;
    const target = targetOf(request);
    const nodes = request.nodes ?? undefined;
    nodes?.forEach((code, index) => nodeOfCode(ranking, code, `nodes[${String(index)}]`));
    const cost = weightStabilityCost(result.tree, result.cities.length, target, nodes?.length);
    this.budget.checkBudget(cost, 'stability of weights', 'nodes');
    return weightStability(result, target, nodes);
  }

  /** Ranks by every combination of the alternatives. */
  multiverse({ plan }: Ranking, request: ChoicesRequest): MultiverseView {
    const choices = choicesOf(plan, request);
    if (choices.length === 0)
      throw refuse('BAD_INPUT', 'choices', null, 'Nothing varies.', 'alternatives of at least one stage');
    const cost = multiverseCost(plan.recipe, plan.tree, cityCount(plan), choices);
    this.budget.checkBudget(cost, 'multiverse', 'choices');
    return new MultiverseView(multiverse(panelRunOf(plan), choices), choices);
  }

  /** Best and worst ranks over all fills of the gaps. */
  rankBounds({ plan }: Ranking, request: RankBoundsRequest): RankBoundsView {
    const cost = rankBoundsCost(plan.recipe, plan.tree, cityCount(plan));
    this.budget.checkBudget(cost, 'bounds of ranks');
    return rankBoundsView(rankBounds(panelRunOf(plan), request));
  }

  /** What becomes of the others' order when each city is left out. */
  rankReversals({ plan, result }: Ranking, cities: readonly string[] | null, listed: number): RankReversal[] {
    const scored = new Set(result.cities.map(({ code }) => code));
    cities?.forEach((code, index) => {
      if (!scored.has(code))
        throw refuse(
          'NOT_FOUND',
          `cities[${String(index)}]`,
          code,
          'The ranking scores no city with this code.',
          describeAllowed(scored),
        );
    });
    const cost = rankReversalCost(plan.recipe, plan.tree, cityCount(plan), cities?.length ?? scored.size);
    this.budget.checkBudget(cost, 'search for reversals', 'cities');
    return rankReversals(panelRunOf(plan), cities ?? undefined, listed);
  }
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
