import type { City, IndexFramework, MethodologyPreset, ReleaseData } from '../entities';
import {
  canonicalRecipe,
  changeRecipe,
  leavesKey,
  mergeRecipes,
  normalisedLeavesOf,
  parseRecipe,
  pipelineCost,
  rankingDigest,
  refuseProblems,
  rememberParts,
  resolveYear,
  type Methodology,
  type Panel,
  type PanelRun,
  type RankingIdentity,
  type RankingResult,
  type RecipeScope,
  type Tree,
} from '../scoring';
import { describeAllowed, selectCities, selectionProblems, type CitySelection } from './city-selection';
import { Ledger } from './ledger';
import type { RankingMemory } from './ranking-memory';
import { refuse, type RequestError } from './request-error';
import type { ReleaseCache } from './release-cache';
import type { ResultCache } from './result-cache';
import { untraced, type Span } from './spans';

/** What a caller may say about a ranking; everything has a default. Null and absent mean the same. */
export interface RankingRequest {
  /** Code of a saved methodology. */
  readonly methodology?: string | null;
  /** Code of a framework. */
  readonly framework?: string | null;
  /** Short for `recipe.period.year`. */
  readonly year?: number | null;
  /** Version of a release. */
  readonly release?: string | null;
  readonly cities?: CitySelection | null;
  /** Parts of a recipe; each replaces that part of the methodology. */
  readonly recipe?: Readonly<Record<string, unknown>> | null;
}

/** A ranking with everything that it was made from. */
export interface Ranking {
  /** Names the ranking: equal digests mean equal answers. */
  readonly digest: string;
  readonly data: ReleaseData;
  /** The saved methodology that it is based on; null where the release has none for the framework. */
  readonly methodology: MethodologyPreset | null;
  readonly framework: IndexFramework;
  /** The whole recipe with every default filled in. */
  readonly recipe: Readonly<Record<string, unknown>>;
  /** The selected cities, ranked or not; null for all of the release. */
  readonly cities: readonly City[] | null;
  readonly result: RankingResult;
  /** What it was run from, for analyses that run it again with changes. */
  readonly plan: PlannedRanking;
}

/** Code of the methodology that is used when none is named. */
export const DEFAULT_METHODOLOGY = 'default';

/** Refuses work that costs too much; see `ledger.ts`. */
export type Budget = Pick<RankingService, 'checkBudget' | 'checkBudgetOnce'>;

/** Ranks cities: finds the release, the methodology and the tree, checks the recipe, and runs it or fetches its result. */
export class RankingService {
  /**
   * @param ledger what this request has spent
   * @param span measures what is computed for it
   */
  constructor(
    private readonly releases: ReleaseCache,
    private readonly results: ResultCache,
    private readonly ledger: Ledger = new Ledger(),
    private readonly memory: RankingMemory | null = null,
    private readonly span: Span = untraced,
  ) {}

  /** Most cell operations that a request may cost. */
  get maxCellOperations(): number {
    return this.ledger.limit;
  }

  /** Cell operations that it has cost so far. */
  get spentCellOperations(): number {
    return this.ledger.cellOperations;
  }

  /**
   * The ranking that a request asks for. Without arguments: the methodology coded `default` on the current release.
   * @throws RequestError or ScoringError with every problem of the request.
   */
  async rank(request: RankingRequest): Promise<Ranking> {
    return this.run(await this.plan(request));
  }

  /**
   * What a request would be run with: release, checked recipe with its year, tree and cities. Nothing is computed.
   * @throws as {@link rank}, but for what only the run can find
   */
  async plan(request: RankingRequest): Promise<PlannedRanking> {
    const data = await this.releases.get(request.release);
    const plan = planRanking(data, request);
    const basisVersion = plan.recipe.normalise.basis?.release ?? null;
    const basis =
      basisVersion === null ? null : await this.releases.get(basisVersion, 'recipe.normalise.basis.release');
    return { ...plan, data, basis };
  }

  /**
   * Runs a plan, or fetches its result, for the same cost.
   * @throws RequestError `BUDGET_EXCEEDED`
   */
  run(plan: PlannedRanking): Ranking {
    const { data, methodology, framework, tree, recipe, cities } = plan;
    const digest = this.digestOf(plan);
    this.checkBudgetOnce(digest, pipelineCost(recipe, tree, cityCount(plan)), 'ranking');
    const result = this.results.getOrCompute(digest, () =>
      this.span('ranking', { digest, cities: cityCount(plan) }, () =>
        this.results
          .leavesOrCompute(leavesKey(identityOf(plan)), () =>
            normalisedLeavesOf({ ...panelRunOf(plan), keepStages: true }),
          )
          .rank(recipe),
      ),
    );
    const ranking = { digest, data, methodology, framework, recipe: canonicalRecipe(recipe), cities, result, plan };
    this.memory?.remember(ranking);
    return ranking;
  }

  /**
   * What a request comes to, without running it: all that is wrong but for what only the run can find, such as a geometric
   * mean over zeros.
   * @throws as {@link rank}
   */
  async preview(request: RankingRequest): Promise<RankingPreview> {
    const plan = await this.plan(request);
    const cost = Math.ceil(pipelineCost(plan.recipe, plan.tree, cityCount(plan)));
    // Nothing is run, so nothing is spent.
    this.checkBudget(cost, 'ranking', 'recipe', this.ledger.limit);
    return {
      digest: this.digestOf(plan),
      recipe: canonicalRecipe(plan.recipe),
      year: plan.recipe.period.year ?? 0,
      cityCount: cityCount(plan),
      cost,
    };
  }

  /**
   * Checks the selection of a request by itself.
   * @throws ScoringError `NOT_FOUND` with everything that no city of the release has
   */
  async checkCities({ release, cities }: RankingRequest): Promise<void> {
    const data = await this.releases.get(release);
    refuseProblems(cities == null ? [] : selectionProblems(data.cities, cities, 'cities'));
  }

  /** The digest of what a plan comes to. */
  digestOf(plan: PlannedRanking): string {
    return rankingDigest(identityOf(plan));
  }

  /**
   * Refuses work before it is done, or writes its cost down in the request's ledger. To be called before any cache is
   * asked, so that what a request costs does not depend on what is kept.
   * @param cost in cell operations
   * @param what the work, as a noun
   * @param path what to change in the arguments
   * @param limit for work that is not done in this request, but asked about or handed to a job: it is held against this
   * limit alone, and nothing is written down
   * @throws RequestError `BUDGET_EXCEEDED` where the request would cost more than it may
   */
  checkBudget(cost: number, what: string, path = 'recipe', limit?: number): void {
    if (limit === undefined ? this.ledger.spend(cost) : cost <= limit) return;
    throw limit === undefined
      ? overBudget(cost, what, path, this.ledger.limit, this.ledger.cellOperations)
      : overBudget(cost, what, path, limit);
  }

  /** Notes what a job costs that the request has started. */
  noteJob(cost: number): void {
    this.ledger.noteJob(cost);
  }

  /**
   * {@link checkBudget} for work that several fields of one request share by a cache.
   * @param key the same for the same work, and for no other; its cost is written down once
   */
  checkBudgetOnce(key: string, cost: number, what: string, path = 'recipe'): void {
    if (this.ledger.spend(cost, key)) return;
    throw overBudget(cost, what, path, this.ledger.limit, this.ledger.cellOperations);
  }
}

/** @param spent by the request so far; left out for work that is held against the limit alone */
function overBudget(cost: number, what: string, path: string, limit: number, spent?: number): RequestError {
  const cellOperations = Math.ceil(cost);
  const before = spent ? `, and other parts of the request cost ${String(spent)}` : '';
  const where = spent === undefined ? '' : ' in one request';
  const left = spent ? `, of which ${String(limit - spent)} are left` : '';
  return refuse(
    'BUDGET_EXCEEDED',
    path,
    cellOperations,
    `The ${what} would cost ${String(cellOperations)} cell operations${before}.`,
    `at most ${String(limit)}${where}${left}, as with fewer cities or simpler methods`,
    { cellOperations, limit, spent: spent ?? 0, expectedSeconds: null },
  );
}

/** What a request would come to. */
export interface RankingPreview {
  readonly digest: string;
  /** The whole recipe with every default filled in. */
  readonly recipe: Readonly<Record<string, unknown>>;
  readonly year: number;
  /** Number of selected cities. */
  readonly cityCount: number;
  /** Estimate in cell operations. */
  readonly cost: number;
}

/** Everything that the result of a plan depends on. */
function identityOf({ data, basis, framework, recipe, cities }: PlannedRanking): RankingIdentity {
  return {
    releaseDigest: data.release.digest,
    basisDigest: basis?.release.digest ?? null,
    cities: cities === null ? null : cities.map((city) => city.code),
    framework: framework.code,
    methodology: recipe,
  };
}

/** A plan as the engine takes it. */
export function panelRunOf({ data, basis, tree, recipe, cities }: PlannedRanking): PanelRun {
  return {
    panel: data.panel,
    tree,
    methodology: recipe,
    ...(cities !== null && { cities: indicesOf(data.panel, cities) }),
    ...(basis !== null && { basisPanel: basis.panel }),
  };
}

/** Number of cities that a plan selects. */
export function cityCount({ cities, data }: PlannedRanking): number {
  return cities?.length ?? data.cities.size;
}

/** A checked request with what it needs to run. */
export interface PlannedRanking extends RankingPlan {
  readonly data: ReleaseData;
  /** The release that the normalisation's statistics come from, where the recipe names one. */
  readonly basis: ReleaseData | null;
}

/** What a request comes to on its release. */
export interface RankingPlan {
  readonly methodology: MethodologyPreset | null;
  readonly framework: IndexFramework;
  readonly tree: Tree;
  readonly recipe: Methodology;
  /** Null for all cities of the release. */
  readonly cities: readonly City[] | null;
}

function planRanking(data: ReleaseData, request: RankingRequest): RankingPlan {
  const methodology = chooseMethodology(data, request);
  const code = request.framework ?? methodology?.frameworkCode;
  const framework = code === undefined ? undefined : data.indexFrameworks.get(code);
  const tree = code === undefined ? undefined : data.frameworks.get(code);
  if (!framework || !tree)
    throw refuse(
      'NOT_FOUND',
      'framework',
      code,
      'The release has no framework with this code.',
      describeAllowed(data.frameworks.keys()),
    );
  const parsed = readRecipe(methodology, request, { tree, panel: data.panel });
  const year = resolveYear(data.panel, tree, parsed);
  return {
    methodology,
    framework,
    tree,
    recipe: { ...parsed, period: { ...parsed.period, year } },
    cities: chooseCities(data, request.cities),
  };
}

/** Saved methodologies as they were read, by the tree that they were read for; null where the tree does not have what they name. */
const savedRecipes = new WeakMap<MethodologyPreset, Map<Tree, Methodology | null>>();

function savedRecipe(preset: MethodologyPreset, scope: RecipeScope): Methodology | null {
  const known = savedRecipes.get(preset) ?? new Map<Tree, Methodology | null>();
  savedRecipes.set(preset, known);
  const read = known.get(scope.tree);
  if (read !== undefined) return read;
  let recipe: Methodology | null = null;
  try {
    recipe = parseRecipe(preset.recipe, scope);
    rememberParts(recipe);
  } catch {
    // Told with whatever else is wrong with the request.
  }
  known.set(scope.tree, recipe);
  return recipe;
}

/** The recipe of a request, checked: that of its methodology with what the request names laid over it. */
function readRecipe(preset: MethodologyPreset | null, request: RankingRequest, scope: RecipeScope): Methodology {
  const saved = preset?.recipe ?? {};
  const changes = request.year == null ? request.recipe : withYear(saved, request, request.year);
  const base = preset && savedRecipe(preset, scope);
  return base ? changeRecipe(base, changes, scope) : parseRecipe(mergeRecipes(saved, changes), scope);
}

/** The named methodology; else `default` if it is for the framework, else the first that is. */
function chooseMethodology(data: ReleaseData, request: RankingRequest): MethodologyPreset | null {
  if (request.methodology != null) {
    const named = data.methodologies.get(request.methodology);
    if (named) return named;
    throw refuse(
      'NOT_FOUND',
      'methodology',
      request.methodology,
      'The release has no methodology with this code.',
      describeAllowed(data.methodologies.keys()),
    );
  }
  const fitting = [...data.methodologies.values()].filter(
    (preset) => request.framework == null || preset.frameworkCode === request.framework,
  );
  return fitting.find((preset) => preset.code === DEFAULT_METHODOLOGY) ?? fitting[0] ?? null;
}

/** The recipe of a request with its year in it. */
function withYear(saved: unknown, { recipe }: RankingRequest, year: number): unknown {
  const inRecipe = periodOf(recipe)['year'];
  if (typeof inRecipe === 'number' && inRecipe !== year)
    throw refuse(
      'BAD_INPUT',
      'year',
      year,
      'The recipe names another year.',
      `${String(inRecipe)}, or one of \`year\` and \`recipe.period.year\` only`,
    );
  return mergeRecipes(recipe ?? {}, { period: { ...periodOf(mergeRecipes(saved, recipe)), year } });
}

function periodOf(recipe: unknown): Readonly<Record<string, unknown>> {
  const period: unknown = typeof recipe === 'object' && recipe !== null && 'period' in recipe ? recipe.period : null;
  return typeof period === 'object' && period !== null ? { ...period } : {};
}

/** Null for all cities, so that naming every city and naming none give the same digest. */
function chooseCities(data: ReleaseData, selection: CitySelection | null | undefined): readonly City[] | null {
  if (selection == null) return null;
  refuseProblems(selectionProblems(data.cities, selection, 'cities'));
  const selected = selectCities(data.cities.values(), selection);
  return selected.length === data.cities.size ? null : selected;
}

function indicesOf(panel: Panel, cities: readonly City[]): Int32Array {
  const wanted = new Set(cities.map((city) => city.code));
  return Int32Array.from(panel.cities.flatMap((city, index) => (wanted.has(city.code) ? [index] : [])));
}
