import { LRUCache } from 'lru-cache';
import type { City, ReleaseData } from '../entities';
import { canonicalRecipe, change, digestOf, type PanelRun } from '../scoring';
import { describeAllowed } from './city-selection';
import {
  cityTrendRows,
  convergenceView,
  historyView,
  rankChangeView,
  type CityTrendRow,
  type ConvergenceView,
  type RankChangeView,
  type RankHistoryView,
  type TrendsView,
} from './change-view';
import type { CityGrouping } from './diagnostics.service';
import {
  cityCount,
  panelRunOf,
  type PlannedRanking,
  type Ranking,
  type RankingRequest,
  type RankingService,
} from './ranking.service';
import { atPath, refuse } from './request-error';

/** Which years are ranked, by what, and how they are made comparable. Null and absent mean the same. */
export interface HistoryRequest {
  readonly years: readonly number[];
  readonly input?: RankingRequest | null;
  /** The recipe's own basis where it names one, else `JOINT`, when left out. */
  readonly normalisation?: change.NormalisationOverYears | null;
  /** `IN_EVERY_YEAR` when left out. */
  readonly indicators?: change.IndicatorsOverYears | null;
}

/** What a convergence is asked about. */
export interface ConvergenceRequest extends HistoryRequest {
  readonly groupBy: CityGrouping;
  /** The root when left out. */
  readonly node?: string | null;
  /** Label of the group that the others are held against; the one with the highest first mean when left out. */
  readonly reference?: string | null;
  /** `SAME_INDICATORS` when left out. */
  readonly panel?: change.PanelRule | null;
}

/** Several years' rankings with what they were made from. */
export interface PlannedHistory {
  readonly data: ReleaseData;
  readonly framework: string;
  readonly history: change.History;
  /** The recipe with the basis that was used and without a year. */
  readonly recipe: Readonly<Record<string, unknown>>;
}

/** Most years that one request ranks. */
export const MAX_YEARS = 50;
/** Most cities that one request follows. */
export const MAX_CITIES_FOLLOWED = 500;
/** Most trends that one request asks for: cities × nodes. */
export const MAX_TRENDS = 5000;
/** Histories that are kept, so that several fields of one document share them. */
const KEPT_HISTORIES = 8;

/** Histories by what they were made from. */
export class KeptHistories extends LRUCache<string, PlannedHistory> {
  constructor() {
    super({ max: KEPT_HISTORIES });
  }
}

/** Change: rankings over years, what moved a city, and whether groups converge. */
export class ChangeService {
  constructor(
    private readonly rankings: RankingService,
    private readonly histories: KeptHistories = new KeptHistories(),
  ) {}

  /**
   * Scores and ranks of some cities at a node over years.
   * @throws RequestError or ScoringError; `NO_DATA` at `years` names the years that have data
   */
  async rankHistory(
    cityCodes: readonly string[],
    node: string | null | undefined,
    request: HistoryRequest,
  ): Promise<RankHistoryView> {
    const planned = await this.#historyOf(request);
    const cities = findCities(planned.data, cityCodes);
    return historyView(planned, cities, findNode(planned, node, 'node'));
  }

  /**
   * Trends of some cities' scores at some nodes (all of them for null).
   * @throws as {@link rankHistory}, and `BUDGET_EXCEEDED` for more than {@link MAX_TRENDS} rows
   */
  async trends(
    cityCodes: readonly string[],
    nodes: readonly string[] | null | undefined,
    request: HistoryRequest,
  ): Promise<TrendsView> {
    const planned = await this.#historyOf(request);
    const cities = findCities(planned.data, cityCodes);
    const { tree } = planned.history;
    const indices =
      nodes?.map((node, k) => findNode(planned, node, `nodes[${String(k)}]`)) ?? [...tree.nodes.keys()].reverse();
    const count = cities.length * indices.length;
    if (count > MAX_TRENDS)
      throw refuse(
        'BUDGET_EXCEEDED',
        'nodes',
        count,
        `${String(cities.length)} cities at ${String(indices.length)} nodes are ${String(count)} trends.`,
        `at most ${String(MAX_TRENDS)}`,
      );
    const rows: CityTrendRow[] = cityTrendRows(planned, cities, indices);
    return { ...historyView(planned, [], tree.root), rows };
  }

  /**
   * Why a city's rank differs between two rankings.
   * @throws RequestError or ScoringError; `NO_DATA` at `from` or `to` where that ranking does not rank the city
   */
  async rankChange(cityCode: string, from: RankingRequest, to: RankingRequest): Promise<RankChangeView> {
    const plans = {
      from: await atPath('from', () => this.rankings.plan(from)),
      to: await atPath('to', () => this.rankings.plan(to)),
    };
    const city = plans.to.data.cities.get(cityCode);
    if (!city || !plans.from.data.cities.has(cityCode))
      throw refuse(
        'NOT_FOUND',
        'city',
        cityCode,
        'One of the releases has no city with this code.',
        describeAllowed(plans.to.data.cities.keys()),
      );
    const runs = { from: panelRunOf(plans.from), to: panelRunOf(plans.to) };
    const cities = Math.max(cityCount(plans.from), cityCount(plans.to));
    this.rankings.checkBudget(change.rankChangeCost(runs.from, runs.to, cities), 'change of rank', 'to');
    const ranked = {
      from: await atPath('from', () => this.rankings.run(plans.from)),
      to: await atPath('to', () => this.rankings.run(plans.to)),
    };
    const side = (run: PanelRun, { result }: Ranking): change.RankingSide => ({ ...run, result });
    const split = change.splitRankChange(cityCode, side(runs.from, ranked.from), side(runs.to, ranked.to));
    return rankChangeView(city, ranked.from, ranked.to, split);
  }

  /**
   * Whether groups of cities converge at a node.
   * @throws as {@link rankHistory}; `NO_DATA` where no city is in the balanced panel
   */
  async convergence(request: ConvergenceRequest): Promise<ConvergenceView> {
    if (new Set(request.years).size < 2)
      throw refuse(
        'BAD_INPUT',
        'years',
        request.years,
        'Convergence needs a first and a last year.',
        'at least two years',
      );
    const planned = await this.#historyOf(request);
    const { history } = planned;
    const node = findNode(planned, request.node, 'node');
    const rule = request.panel ?? 'SAME_INDICATORS';
    const balance = change.balancedPanel(history, node, rule);
    if (balance.cities.length === 0)
      throw refuse(
        'NO_DATA',
        'years',
        request.years,
        `No city is in the panel ${rule} in every one of the years.`,
        'fewer years, a look-back (`recipe.period.latestWithinYears`), or another `panel`',
      );
    const labels = balance.cities.map((code) => groupOf(planned.data, code, request.groupBy));
    const groups = [...new Set(labels)].sort(compareLabels);
    const reference = request.reference == null ? null : groups.indexOf(request.reference);
    if (reference === -1)
      throw refuse(
        'NOT_FOUND',
        'reference',
        request.reference,
        'No city of the panel is in this group.',
        describeAllowed(groups.filter((label) => label !== null)),
      );
    const statistics = change.convergenceOf({
      years: history.years,
      columns: balance.columns,
      groups: Int32Array.from(labels, (label) => groups.indexOf(label)),
      groupCount: groups.length,
      reference,
    });
    return convergenceView(planned, node, { rule, balance, labels, groups, groupBy: request.groupBy }, statistics);
  }

  async #historyOf(request: HistoryRequest): Promise<PlannedHistory> {
    const input = request.input ?? {};
    checkYearIsFree(input);
    const years = distinctYears(request.years);
    const plan = await this.rankings.plan({ ...input, year: null });
    const normalisation = chooseNormalisation(plan, request.normalisation);
    const indicatorRule = request.indicators ?? 'IN_EVERY_YEAR';
    const key = digestOf({ ranking: this.rankings.digestOf(plan), years, normalisation, indicatorRule });
    const cost = change.historyCost(plan.recipe, plan.tree, cityCount(plan), years.length);
    this.rankings.checkBudgetOnce(`history ${key}`, cost, 'ranking of all years', 'years');
    const known = this.histories.get(key);
    if (known) return known;
    const history = change.rankYears({ ...panelRunOf(plan), years, normalisation, indicatorRule });
    const basis = normalisation === 'JOINT' ? { years, release: null } : plan.recipe.normalise.basis;
    const recipe = canonicalRecipe({
      ...plan.recipe,
      period: { ...plan.recipe.period, year: null },
      normalise: { ...plan.recipe.normalise, basis },
    });
    const made = { data: plan.data, framework: plan.framework.code, history, recipe };
    this.histories.set(key, made);
    return made;
  }
}

/** Ascending, without repeats. */
function distinctYears(years: readonly number[]): number[] {
  return [...new Set(years)].sort((a, b) => a - b);
}

/** The years come from `years` alone. */
function checkYearIsFree(input: RankingRequest): void {
  const period: unknown = input.recipe?.['period'];
  const inRecipe = typeof period === 'object' && period !== null && 'year' in period ? period.year : null;
  const [path, value] = input.year != null ? ['input.year', input.year] : ['input.recipe.period.year', inRecipe];
  if (value != null) throw refuse('BAD_INPUT', path, value, 'The years are those of `years`.', 'no year here');
}

function chooseNormalisation(
  { recipe }: PlannedRanking,
  asked: change.NormalisationOverYears | null | undefined,
): change.NormalisationOverYears {
  const named = recipe.normalise.basis !== null;
  if (asked == null) return named ? 'AS_RECIPE' : 'JOINT';
  if (named === (asked === 'AS_RECIPE')) return asked;
  throw refuse(
    'BAD_INPUT',
    'normalisation',
    asked,
    named ? 'The recipe has a basis of its own.' : 'The recipe has no basis of its own (`normalise.basis`).',
    named ? 'AS_RECIPE, or a recipe without `normalise.basis`' : 'JOINT or PER_YEAR',
  );
}

function findCities(data: ReleaseData, codes: readonly string[]): City[] {
  const wanted = [...new Set(codes)];
  return wanted.map((code) => {
    const city = data.cities.get(code);
    if (city) return city;
    throw refuse(
      'NOT_FOUND',
      `cities[${String(codes.indexOf(code))}]`,
      code,
      'The release has no city with this code.',
      describeAllowed(data.cities.keys()),
    );
  });
}

/** Index of a node in the ranked tree; the root for null. */
function findNode({ history, data, framework }: PlannedHistory, code: string | null | undefined, path: string): number {
  const { tree } = history;
  if (code == null) return tree.root;
  const index = tree.indexOf.get(code);
  if (index !== undefined) return index;
  const known = data.frameworks.get(framework)?.indexOf.has(code) === true;
  throw known
    ? refuse(
        'NO_DATA',
        path,
        code,
        'The years have no indicator of this node in common.',
        `other years, indicators: AS_AVAILABLE, or ${describeAllowed(tree.indexOf.keys())}`,
      )
    : refuse(
        'NOT_FOUND',
        path,
        code,
        'The framework has no node with this code.',
        describeAllowed(tree.indexOf.keys()),
      );
}

function groupOf(data: ReleaseData, code: string, groupBy: CityGrouping): string | null {
  const city = data.cities.get(code);
  return (groupBy === 'TIER' ? city?.tier : city?.provinceCode) ?? null;
}

/** By label; cities without a group last. */
const compareLabels = (a: string | null, b: string | null): number =>
  a === b ? 0 : a === null ? 1 : b === null ? -1 : a < b ? -1 : 1;
