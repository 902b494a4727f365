import { aggregateTree, once, ruleFor, type KnownNodes, type LeafColumns, type NodeScores } from './aggregate';
import {
  TREATMENT_ACTIONS,
  type IntermediateTable,
  type KernelContext,
  type MethodDescriptor,
  type NormalisationContext,
} from './descriptor';
import { ScoringError, type Warning } from './errors';
import type { Methodology, Rule } from './methodology';
import { entryOf, itemAt } from './lookup';
import { at, atInt, columnAt } from './numeric/at';
import { columnKernel, type ColumnKernel, type ColumnSurvey, type LinearTerm } from './numeric/column-kernel';
import { scaleFor } from './numeric/scale';
import { isComplete } from './numeric/statistics';
import { rankOptionsOf, rankScores } from './ranks';
import { registry } from './registry';
import { denominate, selectTable, type DenominationPlan, type Selection, type SelectionRule } from './select';
import type { CityMeta, IndicatorMeta, Panel } from './table';
import type { Tree } from './tree';

/** Why a selected city has no rank. */
export type UnrankedReason = 'NO_DATA' | 'BELOW_AVAILABILITY' | 'INCOMPLETE';

/** A selected city without a rank. */
export interface UnrankedCity {
  readonly city: CityMeta;
  readonly code: UnrankedReason;
  /** One sentence. */
  readonly reason: string;
}

/** The tables between the stages, `n` scored cities × `m` leaves, column-major; `NaN` = missing. */
export interface StageTables {
  /** Observations as selected, on the natural scale. */
  readonly selected: Float64Array;
  /** Year of each observation; 0 = missing. */
  readonly yearUsed: Int32Array;
  readonly denominated: Float64Array;
  readonly imputed: Float64Array;
  readonly treated: Float64Array;
  /** Oriented and normalised: more is better. */
  readonly normalised: Float64Array;
}

/** A ranking: everything that a caller may show about it. Arrays by city have length `n`, in `cities` order. */
export interface RankingResult {
  readonly tree: Tree;
  readonly methodology: Methodology;
  /** The year that the ranking is for. */
  readonly year: number;
  /** Scored cities: selected and past the screening. */
  readonly cities: readonly CityMeta[];
  /** The leaves' indicators, in the tree's leaf order (`m` of them). */
  readonly indicators: readonly IndicatorMeta[];
  /** Indices of the ranked cities, best first. */
  readonly order: Int32Array;
  /** 1-based ranks; `NaN` where the root's score is missing. */
  readonly ranks: Float64Array;
  readonly nodes: NodeScores;
  /** Share (0..1) of the leaves that a city was observed for, before imputation. */
  readonly availability: Float64Array;
  /** n × m column-major: 1 where the value was imputed. Empty where the leaves were not kept and nothing was imputed. */
  readonly imputed: Uint8Array;
  /** n × m column-major: index into `TREATMENT_ACTIONS`. Empty where the leaves were not kept and none was to be treated. */
  readonly treatment: Uint8Array;
  /** Present when the run was asked to keep them. */
  readonly stages: StageTables | null;
  /** Intermediate tables by node code; empty unless the run was asked to keep them. */
  readonly intermediates: ReadonlyMap<string, readonly IntermediateTable[]>;
  readonly unranked: readonly UnrankedCity[];
  readonly warnings: readonly Warning[];
  /** Ranks of a node's scores by the same tie rule, computed when first asked for. */
  rankOfNode(node: number): Float64Array;
}

/** A table that is ready to be imputed: what the pipeline needs when there is no panel behind it. */
export interface TableRun {
  readonly tree: Tree;
  readonly methodology: Methodology;
  readonly year: number;
  readonly cities: readonly CityMeta[];
  /** One for each leaf of the tree, in leaf order. */
  readonly indicators: readonly IndicatorMeta[];
  /** Column-major n × m on the natural scale, denominated; `NaN` = missing. Not written to. */
  readonly values: Float64Array;
  /** Keep the tables between the stages and the methods' intermediate tables. */
  readonly keepStages?: boolean;
  /**
   * False: the leaves' columns are not kept (`nodes.columns` of a leaf is empty). Leaves are then treated and normalised one
   * node at a time in a few columns that are used again, which takes less memory and time on large tables.
   */
  readonly keepLeaves?: boolean;
}

/** A ranking of a panel's cities. */
export interface PanelRun {
  readonly panel: Panel;
  readonly tree: Tree;
  readonly methodology: Methodology;
  /** Indices of the selected cities in the panel; all when left out. */
  readonly cities?: Int32Array;
  /** The panel of the release that the normalisation's statistics come from, when the methodology names one. */
  readonly basisPanel?: Panel;
  /** Codes of the cities that pass the screening, whatever their availability; the recipe's screening decides when left out. */
  readonly scored?: ReadonlySet<string>;
  readonly keepStages?: boolean;
}

/**
 * Ranks the cities of a panel: select → denominate → impute → screen → treat → orient → normalise → weight → aggregate → rank.
 * A pure function: the same input gives the same bytes.
 * @throws ScoringError `NO_DATA` where the selection is empty or the year has no observation, `PRECONDITION_FAILED` where a
 * method is not defined on the values, `NOT_FOUND` where a leaf's indicator is not in the panel.
 */
export function runPipeline(run: PanelRun): RankingResult {
  return normalisedLeavesOf(run).rank(run.methodology);
}

/** The leaves of a run, normalised: what a ranking is before its parts are weighed. They may be ranked many times. */
export interface NormalisedLeaves {
  /** The tables that are held on to; the results share them. */
  readonly tables: readonly ArrayBufferView[];
  /** Bytes of the inner nodes that are held on to besides, once they have been ranked. */
  readonly nodeBytes: number;
  /**
   * weight → aggregate → rank.
   * @param methodology must agree with the run's in every part that comes before `weight`, the year too
   * @throws ScoringError as {@link runPipeline}
   */
  rank(methodology: Methodology): RankingResult;
}

/**
 * The first half of {@link runPipeline}: select → denominate → impute → screen → treat → orient → normalise. The panel
 * itself is not held on to.
 * @throws ScoringError as {@link runPipeline}
 */
export function normalisedLeavesOf(run: PanelRun): NormalisedLeaves {
  const { panel, tree, methodology } = run;
  const cities = run.cities ?? Int32Array.from(panel.cities, (_, index) => index);
  if (cities.length === 0) {
    throw new ScoringError('NO_DATA', 'The selection holds no city.', [
      {
        path: 'cities',
        value: [],
        message: 'No city of the release is in the selection.',
        allowed: 'codes, tiers or provinces that name at least one city',
      },
    ]);
  }
  const log = new WarningLog();
  const leaves = leafIndices(panel, tree);
  const year = methodology.period.year ?? latestYear(panel, leaves);
  const source = selectAndDenominate(panel, cities, leaves, methodology, year, log);
  if (source.selection.values.every(Number.isNaN)) throw noDataIn(year, panel, leaves, methodology);
  const prepared = prepare(
    {
      ...source,
      tree,
      methodology,
      year,
      history: historyOf(panel, cities, leaves, methodology),
      ...(run.scored !== undefined && { scored: run.scored }),
    },
    log,
  );
  const basis = methodology.normalise.basis;
  const pools = basis === null ? null : poolBasis(run, cities, leaves, basis.years ?? [year]);
  const scored = scoredCities(prepared);
  const normalised = leavesOf(prepared, pools, log);
  const stages = run.keepStages === true ? stagesOf(prepared, normalised.normalised) : null;
  const known: KnownNodes = new Map();
  return {
    tables: [normalised.normalised, ...tablesOf(stages), scored.availability, scored.imputed, scored.treatment],
    nodeBytes: (tree.nodes.length - tree.leaves.length) * scored.cities.length * Float64Array.BYTES_PER_ELEMENT,
    rank: (recipe) => finish(scored, recipe, normalised, stages, log.copy(), known),
  };
}

/**
 * Ranks several years: what {@link runPipeline} gives for each with `period.year` set to it, in the order given. Where
 * the basis of the normalisation names its years, it is pooled once for all.
 * @throws ScoringError as {@link runPipeline}; a year without an observation is refused at `years`.
 */
export function runPipelineYears(run: PanelRun, years: readonly number[]): RankingResult[] {
  const { panel, tree, methodology } = run;
  const cities = run.cities ?? Int32Array.from(panel.cities, (_, index) => index);
  const leaves = leafIndices(panel, tree);
  const basis = methodology.normalise.basis;
  const sources = years.map((year) => {
    const log = new WarningLog();
    const source = selectAndDenominate(panel, cities, leaves, methodology, year, log);
    if (source.selection.values.every(Number.isNaN)) throw noDataIn(year, panel, leaves, methodology, 'years');
    return { year, source, log };
  });
  const shared = basis?.years == null ? null : poolBasis(run, cities, leaves, basis.years);
  const history = historyOf(panel, cities, leaves, methodology);
  return sources.map(({ year, source, log }) => {
    const ofYear = { ...methodology, period: { ...methodology.period, year } };
    const prepared = prepare({ ...source, tree, methodology: ofYear, year, history }, log);
    const pools = basis === null ? null : (shared ?? poolBasis(run, cities, leaves, [year]));
    return rankAll(prepared, pools, run.keepStages === true, log);
  });
}

/**
 * Ranks a table that was selected and denominated elsewhere. The same stages from imputation on; time-based imputation
 * finds no history, and a normalisation basis is refused.
 */
export function runTable(run: TableRun): RankingResult {
  const { cities, indicators, values, methodology, tree, year } = run;
  const log = new WarningLog();
  if (methodology.normalise.basis !== null)
    log
      .context('recipe.normalise.basis')
      .refuse('BAD_INPUT', 'A single table has no other years or releases.', 'no basis');
  const yearUsed = new Int32Array(run.keepStages === true ? values.length : 0).fill(year);
  const selection: Selection = { cities, indicators, values, yearUsed };
  const needed = run.keepStages === true || run.keepLeaves !== false || !canGoNodeByNode(methodology, tree);
  const history: History = () => ({ years: [], columns: [] });
  const prepared = prepare({ selection, values, tree, methodology, year, history, treatLater: !needed }, log);
  return rankAll(prepared, null, run.keepStages === true, log);
}

/** A run's table, selected and denominated once, to be taken on to normalised leaves by other rules or with other values. */
export interface LeafStages {
  readonly year: number;
  /** Selected cities, before screening (`n` of them). */
  readonly cities: readonly CityMeta[];
  /** One for each leaf of the tree (`m` of them). */
  readonly indicators: readonly IndicatorMeta[];
  /** Observations on the natural scale, n × m column-major; `NaN` = missing. Not to be written to. */
  readonly selected: Float64Array;
  /** Year of each observation; 0 = missing. */
  readonly yearUsed: Int32Array;
  readonly denominated: Float64Array;
  /** Index of each selected city in the panel. */
  readonly cityIndices: Int32Array;
  /** Index of each leaf's indicator in the panel. */
  readonly leafIndices: readonly number[];
  /**
   * impute → screen → treat → orient → normalise, as the pipeline does; `cities` of the result are those past the
   * screening. The recipe must agree with the run's in period, statuses, denomination, screening and basis.
   * @param denominated replaces {@link LeafStages.denominated}; a cell is missing in both or in neither
   * @throws ScoringError `NO_DATA` where no city is left, and what the methods refuse
   */
  leavesOf(methodology: Methodology, denominated?: Float64Array): LeafColumns;
}

/** Selects and denominates a run's table, for {@link LeafStages.leavesOf} to be called many times. */
export function leafStagesOf(run: PanelRun): LeafStages {
  const { panel, tree, methodology } = run;
  const cities = run.cities ?? Int32Array.from(panel.cities, (_, index) => index);
  const log = new WarningLog();
  const leaves = leafIndices(panel, tree);
  const year = methodology.period.year ?? latestYear(panel, leaves);
  const source = selectAndDenominate(panel, cities, leaves, methodology, year, log);
  if (source.selection.values.every(Number.isNaN)) throw noDataIn(year, panel, leaves, methodology);
  const history = historyOf(panel, cities, leaves, methodology);
  // Fitted on the data as they are, whatever values are tried, and the same for every call with one recipe.
  const pools = new WeakMap<Methodology, BasisPool>();
  const poolOf = (recipe: Methodology): BasisPool | null => {
    if (recipe.normalise.basis === null) return null;
    const pool =
      pools.get(recipe) ??
      poolBasis({ ...run, methodology: recipe }, cities, leaves, recipe.normalise.basis.years ?? [year]);
    pools.set(recipe, pool);
    return pool;
  };
  return {
    year,
    cities: source.selection.cities,
    indicators: source.selection.indicators,
    selected: source.selection.values,
    yearUsed: source.selection.yearUsed,
    denominated: source.values,
    cityIndices: cities,
    leafIndices: leaves,
    leavesOf: (recipe, values = source.values) => {
      const scored = run.scored !== undefined && { scored: run.scored };
      const silent = new WarningLog();
      const prepared = prepare(
        { selection: source.selection, values, tree, methodology: recipe, year, history, ...scored },
        silent,
      );
      if (prepared.cities.length === 0) throw nothingScored(recipe);
      return allColumns(prepared, poolOf(recipe), silent).columns;
    },
  };
}

/** Whether every node reads its own children only, and none of them on its natural scale, and no leaf decides ties. */
function canGoNodeByNode({ aggregate, normalise, rank }: Methodology, tree: Tree): boolean {
  const natural = [normalise, ...normalise.overrides].some(({ method }) => method === 'NONE');
  return (
    !natural && rank.tieBreaker === null && tree.nodes.length > 1 && aggregate.every(({ over }) => over === 'CHILDREN')
  );
}

/** Cell operations that a run of `n` cities costs: what the budget counts, by the methods' own cost functions. */
export function pipelineCost(methodology: Methodology, tree: Tree, n: number): number {
  const m = tree.leaves.length;
  const cost = (methods: ReadonlyMap<string, MethodDescriptor>, rule: Rule, columns: number): number =>
    entryOf(methods, rule.method).cost(n, columns, rule.parameters);
  const inner = tree.nodes.filter((node) => node.children.length > 0);
  return (
    n * m +
    cost(registry.IMPUTATION, methodology.impute, m) +
    cost(registry.TREATMENT, methodology.treat, m) +
    cost(registry.NORMALISATION, methodology.normalise, m) * (methodology.normalise.basis?.years?.length ?? 1) +
    inner.reduce((sum, node) => sum + cost(registry.WEIGHTING, methodology.weight, node.children.length), 0) +
    inner.reduce((sum, node) => {
      const rule = ruleFor(methodology.aggregate, node);
      return sum + cost(registry.AGGREGATION, rule, rule.over === 'LEAVES' ? m : node.children.length);
    }, 0)
  );
}

/** Collects warnings, each once, and makes the contexts that kernels report through. */
class WarningLog {
  readonly #byKey: Map<string, Warning>;

  constructor(before: Iterable<readonly [string, Warning]> = []) {
    this.#byKey = new Map(before);
  }

  /** Goes on by itself from what has been noted so far. */
  copy(): WarningLog {
    return new WarningLog(this.#byKey);
  }

  context(path: string, about: { readonly indicator?: string; readonly node?: string } = {}): KernelContext {
    const subject = about.indicator ?? about.node;
    return {
      warn: (code, message) => {
        const text = subject === undefined ? message : `${subject}: ${message}`;
        this.#byKey.set(`${code} ${text}`, { code, message: text, ...about });
      },
      refuse: (code, message, allowed, value) => {
        const sentence = subject === undefined ? message : `${subject}: ${message}`;
        throw new ScoringError(code, `${sentence} Allowed: ${allowed}.`, [
          { path, value: value ?? null, message: sentence, allowed },
        ]);
      },
    };
  }

  get warnings(): Warning[] {
    return [...this.#byKey.values()];
  }
}

type History = (j: number) => { readonly years: readonly number[]; readonly columns: readonly Float64Array[] };

interface Source {
  readonly selection: Selection;
  /** Denominated values. */
  readonly values: Float64Array;
  readonly tree: Tree;
  readonly methodology: Methodology;
  readonly year: number;
  readonly history: History;
  /** Replaces the screening where given. */
  readonly scored?: ReadonlySet<string>;
  /** True: leaves are treated and normalised node by node, and not kept. */
  readonly treatLater?: boolean;
}

interface Prepared extends Source {
  /** Cities past the screening. */
  readonly cities: readonly CityMeta[];
  readonly availability: Float64Array;
  /** For each indicator, whether every selected city was observed. */
  readonly complete: readonly boolean[];
  /** Range and gaps of each indicator over the selected cities; null where there is no kernel for it. */
  readonly surveys: readonly ColumnSurvey[] | null;
  readonly observed: Float64Array;
  readonly imputed: Float64Array;
  readonly imputedFlags: Uint8Array;
  readonly treated: Float64Array;
  readonly treatment: Uint8Array;
  /** Indices of the selected cities that are past the screening; null where all are. */
  readonly kept: Int32Array | null;
  readonly unranked: readonly UnrankedCity[];
}

function leafIndices(panel: Panel, tree: Tree): number[] {
  const byCode = new Map<string | null, number>(panel.indicators.map(({ code }, index) => [code, index]));
  return tree.leaves.map((leaf) => {
    const code = itemAt(tree.nodes, leaf).indicator;
    const index = byCode.get(code);
    if (index === undefined) {
      throw new ScoringError('NOT_FOUND', `The framework's leaf ${String(code)} is not an indicator of the release.`, [
        {
          path: 'framework',
          value: code,
          message: 'The indicator is not in the release.',
          allowed: 'leaves that the release has indicators for',
        },
      ]);
    }
    return index;
  });
}

/** The year that a methodology ranks: its own, or the latest in which any leaf of the tree has an observation. */
export function resolveYear(panel: Panel, tree: Tree, methodology: Methodology): number {
  return methodology.period.year ?? latestYear(panel, leafIndices(panel, tree));
}

/** The latest year in which any of the indicators has an observation. */
function latestYear(panel: Panel, indicators: readonly number[]): number {
  return yearsWithData(panel, indicators).at(-1) ?? panel.years.at(-1) ?? 0;
}

function yearsWithData(panel: Panel, indicators: readonly number[]): number[] {
  const n = panel.cities.length;
  return panel.years.filter((_, y) =>
    indicators.some((j) => {
      const start = (y * panel.indicators.length + j) * n;
      return panel.values.subarray(start, start + n).some((value) => !Number.isNaN(value));
    }),
  );
}

function noDataIn(
  year: number,
  panel: Panel,
  leaves: readonly number[],
  { period }: Methodology,
  path = 'year',
): ScoringError {
  const years = yearsWithData(panel, leaves);
  const span = period.latestWithinYears > 0 ? ` or the ${String(period.latestWithinYears)} years before it` : '';
  return new ScoringError(
    'NO_DATA',
    `No indicator of the framework has a usable observation in ${String(year)}${span} for the selected cities.`,
    [
      {
        path,
        value: year,
        message: 'The year has no data.',
        allowed: years.length === 0 ? 'no year has data' : `a year with data: ${years.join(', ')}`,
      },
    ],
  );
}

function selectAndDenominate(
  panel: Panel,
  cities: Int32Array,
  leaves: readonly number[],
  methodology: Methodology,
  year: number,
  log: WarningLog,
): { readonly selection: Selection; readonly values: Float64Array } {
  const rule: SelectionRule = { ...methodology, latestWithinYears: methodology.period.latestWithinYears };
  const selection = selectTable(panel, cities, leaves, year, rule);
  const plans = denominationPlans(panel, selection.indicators, methodology);
  return {
    selection,
    values: denominate(panel, selection, cities, plans, year, rule, (indicator) =>
      log.context('recipe.denominate', { indicator }),
    ),
  };
}

function denominationPlans(
  panel: Panel,
  indicators: readonly IndicatorMeta[],
  { denominate: rules }: Methodology,
): (DenominationPlan | null)[] {
  return indicators.map(({ code }) => {
    const rule = rules.find((candidate) => candidate.indicator === code);
    if (!rule) return null;
    return { denominator: panel.indicators.findIndex((indicator) => indicator.code === rule.by), scale: rule.scale };
  });
}

function historyOf(panel: Panel, cities: Int32Array, leaves: readonly number[], methodology: Methodology): History {
  const exact = { ...methodology, latestWithinYears: 0 };
  const plansOf = (selection: Selection): (DenominationPlan | null)[] =>
    denominationPlans(panel, selection.indicators, methodology);
  return (j) => {
    const leaf = itemAt(leaves, j);
    const silent = new WarningLog().context('recipe.denominate');
    const columns = panel.years.map((year) => {
      const selection = selectTable(panel, cities, [leaf], year, exact);
      return denominate(panel, selection, cities, plansOf(selection), year, exact, () => silent);
    });
    return { years: panel.years, columns };
  };
}

/** impute → screen → treat. */
function prepare(source: Source, log: WarningLog): Prepared {
  const { selection, methodology } = source;
  const { cities, indicators } = selection;
  const n = cities.length;
  const m = indicators.length;
  const imputed = impute(source, log);
  const kernel = columnKernel();
  const columnOf = (j: number): Float64Array => source.values.subarray(j * n, (j + 1) * n);
  const surveys = kernel === null ? null : indicators.map((_, j) => kernel.survey(columnOf(j)));
  const complete = surveys?.map((survey) => survey.complete) ?? indicators.map((_, j) => isComplete(columnOf(j)));
  const { availability, kept, unranked } = screen(source, complete);
  const keep = (values: Float64Array): Float64Array => (kept === null ? values : gather(values, n, m, kept));
  const observed = keep(source.values);
  const filled = imputed === source.values ? observed : keep(imputed);
  // A byte for each cell, all zero, is memory that a large run would touch for nothing.
  const light = source.treatLater === true;
  const imputedFlags = new Uint8Array(light && filled === observed ? 0 : filled.length);
  if (filled !== observed) {
    for (let cell = 0; cell < filled.length; cell++)
      if (Number.isNaN(at(observed, cell)) && !Number.isNaN(at(filled, cell))) imputedFlags[cell] = 1;
  }
  const treatment = new Uint8Array(light && isUntreated(methodology) ? 0 : filled.length);
  return {
    ...source,
    cities: kept === null ? cities : Array.from(kept, (row) => cities[row]).filter((city) => city !== undefined),
    availability: kept === null ? availability : Float64Array.from(kept, (row) => at(availability, row)),
    complete,
    surveys,
    observed,
    imputed: filled,
    imputedFlags,
    treated: light ? filled : treatColumns(filled, treatment, kept?.length ?? n, indicators, methodology, log),
    treatment,
    kept,
    unranked,
  };
}

/** Which cities have enough data to be ranked. */
function screen(
  { selection: { cities, indicators }, values, methodology, scored: chosen }: Source,
  complete: readonly boolean[],
): Pick<Prepared, 'availability' | 'kept' | 'unranked'> {
  const n = cities.length;
  const m = indicators.length;
  const availability = new Float64Array(n);
  // Most columns have no gap; those count for every city at once.
  const everywhere = complete.filter(Boolean).length;
  if (everywhere === m && chosen === undefined) return { availability: availability.fill(1), kept: null, unranked: [] };
  for (let j = 0; j < m; j++) {
    const column = values.subarray(j * n, (j + 1) * n);
    if (complete[j] !== true)
      for (let i = 0; i < n; i++) if (!Number.isNaN(at(column, i))) availability[i] = at(availability, i) + 1;
  }
  const unranked: UnrankedCity[] = [];
  const rows = new Int32Array(n);
  let scored = 0;
  const needed = methodology.screen.minimumAvailability * m;
  for (let i = 0; i < n; i++) {
    const count = at(availability, i) + everywhere;
    availability[i] = count / m;
    const enough = chosen ? chosen.has(itemAt(cities, i).code) : count >= needed - 1e-9;
    if (count > 0 && enough) rows[scored++] = i;
    else if (count === 0) {
      unranked.push({
        city: itemAt(cities, i),
        code: 'NO_DATA',
        reason: 'No indicator of the framework has a usable observation for the city.',
      });
    } else {
      const reason = `${String(count)} of ${String(m)} indicators are available; the recipe asks for a share of at least ${String(methodology.screen.minimumAvailability)}.`;
      unranked.push({ city: itemAt(cities, i), code: 'BELOW_AVAILABILITY', reason });
    }
  }
  return { availability, kept: scored === n ? null : rows.subarray(0, scored), unranked };
}

/** The rows of a column-major table that are kept, as a new table. */
function gather(values: Float64Array, n: number, m: number, rows: Int32Array): Float64Array {
  const out = new Float64Array(rows.length * m);
  for (let j = 0; j < m; j++)
    for (let k = 0; k < rows.length; k++) out[j * rows.length + k] = at(values, j * n + atInt(rows, k));
  return out;
}

function impute({ selection, values, tree, methodology, year, history }: Source, log: WarningLog): Float64Array {
  const { method: id, parameters } = methodology.impute;
  if (id === 'NONE' || !values.some(Number.isNaN)) return values;
  const out = values.slice();
  entryOf(registry.IMPUTATION, id).run(values, parameters, out, {
    ...log.context('recipe.impute'),
    cities: selection.cities,
    indicators: selection.indicators,
    dimensionOf: Int32Array.from(tree.leaves, (leaf) => itemAt(tree.nodes, leaf).parent),
    year,
    history,
  });
  return out;
}

/** Whether no column is to be treated. */
function isUntreated({ treat }: Pick<Methodology, 'treat'>): boolean {
  return treat.method === 'NONE' && treat.overrides.length === 0;
}

/** Treats the columns of a table on their natural scale, each by the rule for its indicator. */
export function treatColumns(
  values: Float64Array,
  actions: Uint8Array,
  n: number,
  indicators: readonly IndicatorMeta[],
  { treat: stage }: Methodology,
  log: Pick<WarningLog, 'context'>,
): Float64Array {
  if (isUntreated({ treat: stage })) return values;
  const out = new Float64Array(values.length);
  indicators.forEach((indicator, j) => {
    const [from, to] = [j * n, (j + 1) * n];
    treatColumn(values.subarray(from, to), out.subarray(from, to), actions.subarray(from, to), indicator, stage, log);
  });
  return out;
}

function treatColumn(
  values: Float64Array,
  out: Float64Array,
  actions: Uint8Array,
  indicator: IndicatorMeta,
  stage: Methodology['treat'],
  log: Pick<WarningLog, 'context'>,
): void {
  const rule = ruleOfIndicator(stage, indicator);
  // Named one by one, here and for the other contexts of columns: a spread with more after it takes forty times as long.
  const { warn, refuse } = log.context('recipe.treat', { indicator: indicator.code });
  entryOf(registry.TREATMENT, rule.method).run(values, rule.parameters, out, { warn, refuse, indicator, actions });
}

/** The override that names the indicator, or the stage's own rule. */
function ruleOfIndicator(stage: Methodology['treat'] | Methodology['normalise'], { code }: IndicatorMeta): Rule {
  return stage.overrides.find(({ indicators }) => indicators.includes(code)) ?? stage;
}

/** For each leaf, the oriented cells that its normalisation is fitted on, and whose they are. */
interface BasisPool {
  readonly cities: readonly CityMeta[];
  readonly columns: readonly Float64Array[];
}

function poolBasis(run: PanelRun, cities: Int32Array, leaves: readonly number[], years: readonly number[]): BasisPool {
  const { methodology, tree } = run;
  const panel = run.basisPanel ?? run.panel;
  const codes = new Set(Array.from(cities, (index) => run.panel.cities[index]?.code));
  const basisCities =
    panel === run.panel
      ? cities
      : Int32Array.from(panel.cities.flatMap((city, index) => (codes.has(city.code) ? [index] : [])));
  const basisLeaves = panel === run.panel ? leaves : leafIndices(panel, tree);
  const silent = new WarningLog();
  const parts = years.map((basisYear) => {
    const source = selectAndDenominate(panel, basisCities, basisLeaves, methodology, basisYear, silent);
    if (basisCities.length === 0 || source.selection.values.every(Number.isNaN))
      throw noDataIn(basisYear, panel, basisLeaves, methodology, 'recipe.normalise.basis.years');
    return prepare(
      {
        ...source,
        tree,
        methodology,
        year: basisYear,
        history: historyOf(panel, basisCities, basisLeaves, methodology),
      },
      silent,
    );
  });
  return {
    cities: parts.flatMap((part) => part.cities),
    columns: leaves.map((_, j) => {
      const pooled = new Float64Array(parts.reduce((sum, part) => sum + part.cities.length, 0));
      let offset = 0;
      for (const part of parts) {
        const n = part.cities.length;
        pooled.set(part.treated.subarray(j * n, (j + 1) * n), offset);
        offset += n;
      }
      return pooled;
    }),
  };
}

function nothingScored({ screen }: Methodology): ScoringError {
  return new ScoringError('NO_DATA', 'No selected city has enough data to be ranked.', [
    {
      path: 'recipe.screen.minimumAvailability',
      value: screen.minimumAvailability,
      message: 'No selected city reaches the availability that the recipe asks for.',
      allowed: 'a lower share, other cities, another year, or more years to look back',
    },
  ]);
}

/** What a result says of its cities besides their scores. */
type ScoredCities = Pick<
  RankingResult,
  'tree' | 'year' | 'cities' | 'indicators' | 'availability' | 'imputed' | 'treatment' | 'unranked'
>;

/** @throws ScoringError where no city is past the screening. */
function scoredCities(prepared: Prepared): ScoredCities {
  const { tree, methodology, year, cities, selection, availability, imputedFlags, treatment, unranked } = prepared;
  if (cities.length === 0) throw nothingScored(methodology);
  const { indicators } = selection;
  return { tree, year, cities, indicators, availability, imputed: imputedFlags, treatment, unranked };
}

/** orient → normalise → weight → aggregate → rank. */
function rankAll(prepared: Prepared, pool: BasisPool | null, keepStages: boolean, log: WarningLog): RankingResult {
  const scored = scoredCities(prepared);
  const leaves = leavesOf(prepared, pool, log);
  return finish(scored, prepared.methodology, leaves, keepStages ? stagesOf(prepared, leaves.normalised) : null, log);
}

/** weight → aggregate → rank. Intermediate tables are kept where stages are. */
function finish(
  scored: ScoredCities,
  methodology: Methodology,
  leaves: Leaves,
  stages: StageTables | null,
  log: WarningLog,
  known?: KnownNodes,
): RankingResult {
  const { tree, cities } = scored;
  const intermediates = new Map<string, IntermediateTable[]>();
  const codesOf = once(() => cities.map((city) => city.code));
  const aggregated = aggregateTree(leaves.columns, {
    tree,
    methodology,
    codesOf,
    contextOf: (node, path) => log.context(path, { node }),
    // Named one by one, as is the result: a spread with more after it takes forty times as long.
    known,
    beforeNode: leaves.beforeNode,
    meanOfNode: leaves.meanOfNode,
    trace:
      stages === null
        ? undefined
        : (node, table) => intermediates.set(node, [...(intermediates.get(node) ?? []), table]),
  });
  const nodes = leaves.beforeNode === undefined ? aggregated : withoutLeaves(aggregated, tree);
  const ranksOf = (node: number): ReturnType<typeof rankScores> =>
    rankScores(columnAt(nodes.columns, node), codesOf, rankOptionsOf(methodology.rank, tree, nodes, node));
  const { order, ranks } = ranksOf(tree.root);
  const incomplete = order.length === cities.length ? [] : cities.filter((_, i) => Number.isNaN(at(ranks, i)));
  const nodeRanks = new Map<number, Float64Array>([[tree.root, ranks]]);
  return {
    tree,
    year: scored.year,
    cities,
    indicators: scored.indicators,
    availability: scored.availability,
    imputed: scored.imputed,
    treatment: scored.treatment,
    methodology,
    order,
    ranks,
    nodes,
    stages,
    intermediates,
    unranked: scored.unranked.concat(
      incomplete.map((city) => ({
        city,
        code: 'INCOMPLETE' as const,
        reason: 'A part of the index that the recipe requires is missing for the city.',
      })),
    ),
    warnings: log.warnings,
    rankOfNode(node) {
      const known = nodeRanks.get(node);
      if (known) return known;
      const computed = ranksOf(node).ranks;
      nodeRanks.set(node, computed);
      return computed;
    },
  };
}

/** The leaves' columns as the tree reads them. */
interface Leaves {
  readonly columns: LeafColumns;
  /** All columns as one table; empty where they share memory. */
  readonly normalised: Float64Array;
  /** Fills the columns of a node's leaves; absent where all are filled already. */
  readonly beforeNode?: (node: number) => void;
  /** As in `AggregateOptions`. */
  readonly meanOfNode?: (node: number, weights: Float64Array, out: Float64Array) => boolean;
}

function leavesOf(prepared: Prepared, pool: BasisPool | null, log: WarningLog): Leaves {
  return prepared.treatLater === true ? columnsByNode(prepared, log) : allColumns(prepared, pool, log);
}

/** Every leaf normalised, each in a place of its own. */
function allColumns(prepared: Prepared, pool: BasisPool | null, log: WarningLog): Leaves {
  const { methodology, selection, cities } = prepared;
  const n = cities.length;
  const table = new Float64Array(prepared.treated.length);
  const normalised: Float64Array[] = [];
  const natural: Float64Array[] = [];
  selection.indicators.forEach((indicator, j) => {
    const treated = prepared.treated.subarray(j * n, (j + 1) * n);
    const column = table.subarray(j * n, (j + 1) * n);
    const { warn, refuse } = log.context('recipe.normalise', { indicator: indicator.code });
    normaliseColumn(treated, pool?.columns[j] ?? null, column, ruleOfIndicator(methodology.normalise, indicator), {
      warn,
      refuse,
      indicator,
      sign: signOf(indicator, log),
      cities: pool?.cities ?? cities,
    });
    normalised.push(column);
    natural.push(treated);
  });
  return { columns: { ...leafFacts(prepared), normalised, natural }, normalised: table };
}

/** Leaves that are treated and normalised when their node is due, in columns that all nodes share. */
function columnsByNode(prepared: Prepared, log: WarningLog): Leaves {
  const { tree, methodology, selection, cities, imputed, treatment } = prepared;
  const n = cities.length;
  const untreated = isUntreated(methodology);
  const slotOf = new Map(tree.leaves.map((leaf, slot) => [leaf, slot]));
  const kernel = columnKernel();
  const columnIn = (places: Float64Array[], k: number): Float64Array => (places[k] ??= new Float64Array(n));
  const treatedPlaces: Float64Array[] = [];
  const treatedColumn = (slot: number, k: number): Float64Array => {
    const [from, to] = [slot * n, (slot + 1) * n];
    const values = imputed.subarray(from, to);
    if (untreated) return values;
    const out = columnIn(treatedPlaces, k);
    const indicator = itemAt(selection.indicators, slot);
    treatColumn(values, out, treatment.subarray(from, to), indicator, methodology.treat, log);
    return out;
  };
  const places: Float64Array[] = [];
  const normalised = tree.leaves.map((): Float64Array => NO_COLUMN);
  let terms: LinearTerm[] | null = null;
  const beforeNode = (node: number): void => {
    const slots: number[] = [];
    for (const child of itemAt(tree.nodes, node).children) {
      const slot = slotOf.get(child);
      if (slot !== undefined) slots.push(slot);
    }
    const treated = slots.map(treatedColumn);
    // No one reads a column that is normalised on its way into a mean.
    terms = kernel && linearTermsOf(prepared, node, slots, treated, kernel);
    if (terms !== null) return;
    slots.forEach((slot, k) => {
      const indicator = itemAt(selection.indicators, slot);
      const column = columnIn(places, k);
      const { warn, refuse } = log.context('recipe.normalise', { indicator: indicator.code });
      normaliseColumn(columnAt(treated, k), null, column, ruleOfIndicator(methodology.normalise, indicator), {
        warn,
        refuse,
        indicator,
        sign: signOf(indicator, log),
        cities,
      });
      normalised[slot] = column;
    });
  };
  const meanOfNode = (_node: number, weights: Float64Array, out: Float64Array): boolean => {
    if (kernel === null || terms === null) return false;
    kernel.meanOf(terms, weights, out);
    return true;
  };
  return {
    columns: { ...leafFacts(prepared), normalised, natural: [] },
    normalised: new Float64Array(0),
    beforeNode,
    meanOfNode,
  };
}

/**
 * The leaves of a node as the terms of a mean that a kernel normalises and adds up in one pass; null where the node has to be
 * computed step by step: anything but an arithmetic mean of complete columns that are min–max normalised.
 * @param slots of the leaves among the node's children
 * @param treated one column for each of them
 */
function linearTermsOf(
  { tree, methodology, selection, surveys, observed, imputed, kept }: Prepared,
  node: number,
  slots: readonly number[],
  treated: readonly Float64Array[],
  kernel: ColumnKernel,
): LinearTerm[] | null {
  const { normalise, weight, aggregate } = methodology;
  const definition = itemAt(tree.nodes, node);
  // Weights that come from the data are found from the normalised columns.
  const weighed = weight.method === 'GIVEN' || weight.method === 'EQUAL';
  if (!weighed || slots.length === 0 || slots.length < definition.children.length) return null;
  if (ruleFor(aggregate, definition).method !== 'ARITHMETIC') return null;
  const known = isUntreated(methodology) && imputed === observed && kept === null ? surveys : null;
  const terms: LinearTerm[] = [];
  for (const [k, slot] of slots.entries()) {
    const values = columnAt(treated, k);
    const { complete, min, max } = known?.[slot] ?? kernel.survey(values);
    const indicator = itemAt(selection.indicators, slot);
    const { method, parameters } = ruleOfIndicator(normalise, indicator);
    const [low, high] = [Number(parameters['low']), Number(parameters['high'])];
    const ordinary = min < max && scaleFor(Math.max(Math.abs(min), Math.abs(max))) === 1;
    const sign = indicator.direction;
    // What is not sound is refused where columns are normalised one by one.
    if (!complete || !ordinary || method !== 'MIN_MAX' || !(low < high) || sign === 0) return null;
    const [origin, end] = sign === 1 ? [min, max] : [-max, -min];
    terms.push({ values, sign, origin, end, base: low, factor: high - low });
  }
  return terms;
}

function leafFacts({
  methodology,
  selection,
  cities,
  complete,
}: Prepared): Pick<LeafColumns, 'cities' | 'costs' | 'isNatural' | 'complete'> {
  return {
    cities,
    complete,
    isNatural: selection.indicators.map(
      (indicator) => ruleOfIndicator(methodology.normalise, indicator).method === 'NONE',
    ),
    costs: new Uint8Array(selection.indicators.map(({ direction }) => (direction === -1 ? 1 : 0))),
  };
}

function withoutLeaves(nodes: NodeScores, tree: Tree): NodeScores {
  return {
    ...nodes,
    columns: nodes.columns.map((column, index) => (tree.nodes[index]?.level === 0 ? NO_COLUMN : column)),
  };
}

const NO_COLUMN = new Float64Array(0);

/** The only place that reads an indicator's direction for its score. */
function signOf(indicator: IndicatorMeta, log: WarningLog): 1 | -1 {
  if (indicator.direction === 0) {
    return log
      .context('framework', { indicator: indicator.code })
      .refuse(
        'BAD_INPUT',
        'The indicator has no direction, so it cannot be a leaf of a framework.',
        'an indicator with direction higher_better or lower_better',
      );
  }
  return indicator.direction;
}

/** Orients one treated column and normalises it to `out`; `pool`, where given, is what the statistics are fitted on. */
export function normaliseColumn(
  treated: Float64Array,
  pool: Float64Array | null,
  out: Float64Array,
  rule: Rule,
  context: NormalisationContext,
): void {
  const method = entryOf(registry.NORMALISATION, rule.method);
  // A column that is oriented already is read where it stands; a negated one needs a place of its own.
  const orient = (from: Float64Array, place: () => Float64Array): Float64Array => {
    if (context.sign === 1) return from;
    const to = place();
    for (let i = 0; i < from.length; i++) to[i] = -at(from, i);
    return to;
  };
  const oriented = orient(treated, () => out);
  const basis = pool === null ? oriented : orient(pool, () => new Float64Array(pool.length));
  if (basis.every(Number.isNaN)) {
    context.warn(
      'EMPTY_COLUMN',
      'No ranked city has a value; the indicator takes no part and the weights of its siblings are rescaled.',
    );
    out.fill(NaN);
    return;
  }
  method.apply(oriented, method.fit(basis, rule.parameters, context), rule.parameters, out, context);
}

function stagesOf(prepared: Prepared, normalised: Float64Array): StageTables {
  const { selection, kept } = prepared;
  const n = selection.cities.length;
  const m = selection.indicators.length;
  return {
    selected: kept === null ? selection.values : gather(selection.values, n, m, kept),
    yearUsed: kept === null ? selection.yearUsed : yearsOfRows(selection.yearUsed, n, m, kept),
    denominated: prepared.observed,
    imputed: prepared.imputed,
    treated: prepared.treated,
    normalised,
  };
}

function yearsOfRows(yearUsed: Int32Array, n: number, m: number, rows: Int32Array): Int32Array {
  const out = new Int32Array(rows.length * m);
  for (let j = 0; j < m; j++)
    for (let k = 0; k < rows.length; k++) out[j * rows.length + k] = atInt(yearUsed, j * n + atInt(rows, k));
  return out;
}

const tablesOf = (stages: StageTables | null): ArrayBufferView[] =>
  stages === null ? [] : Object.values<ArrayBufferView>({ ...stages });

/** Names the action of a cell of {@link RankingResult.treatment}. */
export function treatmentActionOf(code: number): (typeof TREATMENT_ACTIONS)[number] {
  return itemAt(TREATMENT_ACTIONS, code);
}
