import {
  canonicalRecipe,
  counterfactualRuns,
  editPanel,
  findCounterfactual,
  mergeRecipes,
  parseRecipe,
  pipelineCost,
  runPipeline,
  ScoringError,
  type CityMeta,
  type PanelChange,
  type ValueLimit,
} from '../scoring';
import { rowOfCity } from './city-rows';
import { counterfactualView, Explanation, WhatIf, type CounterfactualView } from './explanation-view';
import {
  cityCount,
  panelRunOf,
  type PlannedRanking,
  type RankingRequest,
  type RankingService,
} from './ranking.service';
import { refuse } from './request-error';

/** One observation that is to be otherwise. Null and absent mean the same. */
export interface WhatIfChange {
  readonly city: string;
  readonly indicator: string;
  /** In the indicator's unit; null takes the observation away. */
  readonly value?: number | null;
  /** The ranked year when left out. */
  readonly year?: number | null;
}

/** A city that the release does not hold. */
export interface AddedCity {
  readonly code: string;
  readonly tier?: string | null;
  readonly province?: string | null;
  readonly values: readonly { readonly indicator: string; readonly value: number }[];
}

/** What is to be otherwise. Null and absent mean the same. */
export interface WhatIfRequest {
  readonly changes?: readonly WhatIfChange[] | null | undefined;
  readonly add?: readonly AddedCity[] | null | undefined;
  readonly remove?: readonly string[] | null | undefined;
  readonly weights?: readonly { readonly node: string; readonly weight: number }[] | null | undefined;
}

/** Most changes, additions and removals of one question. */
export const MAX_WHAT_IF = 200;

/** Explains a city's rank, and answers what would change it. */
export class ExplanationService {
  constructor(private readonly rankings: RankingService) {}

  /**
   * Why a city stands where it does.
   * @throws RequestError where it is not ranked.
   */
  async explain(city: string, request: RankingRequest): Promise<Explanation> {
    const ranking = await this.rankings.rank(request);
    return new Explanation(ranking, rowOfCity(ranking, city, 'city'), this.rankings);
  }

  /** The smallest change of one indicator, and of two, that gives a city the rank. */
  async counterfactual(
    city: string,
    targetRank: number,
    limits: readonly ValueLimit[],
    request: RankingRequest,
  ): Promise<CounterfactualView> {
    const plan = await this.rankings.plan(request);
    const ranking = this.rankings.run(plan);
    const row = rowOfCity(ranking, city, 'city');
    const { result } = ranking;
    // Where gaps are filled every step ranks all cities anew; otherwise only the changed columns of the scored ones.
    const cities = result.imputed.includes(1) ? cityCount(plan) : result.cities.length;
    const runs = counterfactualRuns(result.indicators.length);
    this.rankings.checkBudget(runs * pipelineCost(plan.recipe, plan.tree, cities), 'search for a change');
    return counterfactualView(
      ranking,
      row,
      findCounterfactual(panelRunOf(plan), result, { city: row, targetRank, limits }),
    );
  }

  /** The ranking after changes of data, cities or weights, beside the one before. */
  async whatIf(request: WhatIfRequest, input: RankingRequest): Promise<WhatIf> {
    const plan = await this.rankings.plan(input);
    const after = withWeights(plan, request.weights ?? []);
    const added = (request.add ?? []).length;
    const before = this.rankings.run(plan);
    this.rankings.checkBudget(
      pipelineCost(after.recipe, plan.tree, cityCount(plan) + added),
      'ranking after the change',
    );
    const removed = readRemoved(plan, request.remove ?? []);
    const add = (request.add ?? []).map(({ code, tier, province }): CityMeta => ({
      code,
      groups: { TIER: tier ?? null, PROVINCE: province ?? null },
    }));
    const panel = editPanel(plan.data.panel, {
      add,
      remove: removed,
      changes: panelChanges(request, before.result.year, plan),
    });
    const run = panelRunOf(after);
    const selected = new Set([
      ...(plan.cities ?? [...plan.data.cities.values()]).map(({ code }) => code).filter((code) => !removed.has(code)),
      ...add.map(({ code }) => code),
    ]);
    return new WhatIf(
      before,
      runPipeline({
        ...run,
        panel,
        cities: Int32Array.from(panel.cities.flatMap(({ code }, i) => (selected.has(code) ? [i] : []))),
      }),
    );
  }
}

function withWeights(plan: PlannedRanking, weights: NonNullable<WhatIfRequest['weights']>): PlannedRanking {
  if (weights.length === 0) return plan;
  const kept = plan.recipe.weight.weights.filter(({ node }) => !weights.some((other) => other.node === node));
  const weight = { method: 'GIVEN', weights: [...weights, ...kept] };
  if (plan.recipe.weight.method !== 'GIVEN')
    throw refuse(
      'BAD_INPUT',
      'weights',
      weights,
      `The recipe weighs by ${plan.recipe.weight.method}, which works weights out itself.`,
      'no `weights`, or a recipe whose `weight.method` is GIVEN',
    );
  const scope = { tree: plan.tree, panel: plan.data.panel };
  try {
    return { ...plan, recipe: parseRecipe(mergeRecipes(canonicalRecipe(plan.recipe), { weight }), scope) };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    // The caller's weights stand first, so that only the head of the path differs from the argument's.
    const own = (text: string): string => text.replaceAll('recipe.weight.weights', 'weights');
    const problems = error.problems.map((problem) => ({ ...problem, path: own(problem.path) }));
    throw new ScoringError(error.code, own(error.message), problems);
  }
}

function readRemoved({ data }: PlannedRanking, codes: readonly string[]): ReadonlySet<string> {
  codes.forEach((code, i) => {
    if (!data.cities.has(code))
      throw refuse(
        'NOT_FOUND',
        `remove[${String(i)}]`,
        code,
        'The release has no such city.',
        'codes that `cities` lists',
      );
  });
  return new Set(codes);
}

function panelChanges({ changes, add }: WhatIfRequest, year: number, { recipe, data }: PlannedRanking): PanelChange[] {
  return [
    ...(changes ?? []).flatMap(({ city, indicator, value, year: given }, i): PanelChange[] => {
      const path = `changes[${String(i)}]`;
      if (value != null || given != null) return [{ city, indicator, year: given ?? year, value: value ?? NaN, path }];
      // Without a year, an observation is taken away from the whole period, or an earlier one would stand in for it.
      return data.panel.years
        .filter((other) => other <= year && other >= year - recipe.period.latestWithinYears)
        .map((other) => ({ city, indicator, year: other, value: NaN, path }));
    }),
    ...(add ?? []).flatMap(({ code, values }, i) =>
      values.map(({ indicator, value }, k): PanelChange => {
        const path = `add[${String(i)}].values[${String(k)}]`;
        return { city: code, indicator, year, value, path };
      }),
    ),
  ];
}
