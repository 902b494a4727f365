import { canonicalJson } from '../canonical';
import { ScoringError } from '../errors';
import { canonicalRecipe, type Methodology } from '../methodology';
import { itemAt } from '../lookup';
import { at, atByte, atInt, columnAt } from '../numeric/at';
import { pipelineCost, runPipeline, type PanelRun, type RankingResult } from '../pipeline';
import type { IndicatorMeta, Panel } from '../table';
import { compareCodes, leafIndicators, type Tree } from '../tree';
import { shapley } from './shapley';

/** What a change of rank can come from. */
export const CHANGE_CAUSES = ['REVISIONS', 'OWN_DATA', 'OTHERS_DATA', 'CITIES', 'METHODOLOGY'] as const;
/** One of {@link CHANGE_CAUSES}. */
export type ChangeCause = (typeof CHANGE_CAUSES)[number];

/** One of the two rankings; its methodology's year must be set. */
export interface RankingSide extends PanelRun {
  readonly result: RankingResult;
}

/** What one cause did. */
export interface ChangePart {
  readonly cause: ChangeCause;
  /** Whether the two rankings differ in it at all; otherwise both figures are 0. */
  readonly applies: boolean;
  /** Places gained by it. */
  readonly places: number;
  /** Score gained by it. */
  readonly score: number;
}

/** A city's change of rank, split by cause. */
export interface RankChange {
  readonly fromRank: number;
  readonly toRank: number;
  /** fromRank − toRank: above 0 the city climbed. The parts' `places` add to it. */
  readonly placesGained: number;
  readonly fromScore: number;
  readonly toScore: number;
  /** toScore − fromScore. The parts' `score` add to it. */
  readonly scoreGained: number;
  /** All causes, in the order of {@link CHANGE_CAUSES}. */
  readonly parts: readonly ChangePart[];
  /** Orders of the causes that the parts are averaged over. */
  readonly orders: number;
  /** Cities that only the second ranking scores. */
  readonly entered: readonly string[];
  /** Cities that only the first ranking scores. */
  readonly left: readonly string[];
}

/** Cell operations that {@link splitRankChange} may cost for `n` cities, the two rankings included: one run for each set of causes. */
export function rankChangeCost(from: PanelRun, to: PanelRun, n: number): number {
  const fromCost = pipelineCost(from.methodology, from.tree, n);
  const toCost = pipelineCost(to.methodology, to.tree, n);
  // Which cities are scored is known only afterwards, so that cause is always counted.
  const causes =
    1 +
    (from.panel === to.panel ? 0 : 1) +
    (from.methodology.period.year === to.methodology.period.year ? 0 : 2) +
    (identityOf(from) === identityOf(to) ? 0 : 1);
  return 2 ** (causes - 1) * (fromCost + toCost);
}

/**
 * Splits a city's change of rank between two rankings by cause. Every set of causes gives a counterfactual ranking, in
 * which those causes are as in the second ranking and the rest as in the first; a cause's part is what it adds, averaged
 * over all orders in which the causes can be switched (Shapley), save that revisions come before new years' data.
 * - `REVISIONS`: the first year's values as the second release has them.
 * - `OWN_DATA`, `OTHERS_DATA`: the second year's values of the city, or of the other cities scored in both rankings.
 * - `CITIES`: which cities are selected and scored (by whatever rule), the comers and leavers with their own side's data.
 * - `METHODOLOGY`: recipe and framework.
 * A counterfactual table holds, for each city, the series of one side, moved so that that side's year stands at the second
 * year; so look-back, imputation over time and statuses act on it as they did there.
 * @throws ScoringError `NO_DATA` where a ranking does not rank the city, `PRECONDITION_FAILED` where a counterfactual does not
 */
export function splitRankChange(city: string, from: RankingSide, to: RankingSide): RankChange {
  const ends = { from: standingOf(city, from.result, 'from'), to: standingOf(city, to.result, 'to') };
  const model = buildModel(city, from, to);
  const { causes } = model;
  const full = (1 << causes.length) - 1;
  const standings = new Map([
    [0, ends.from],
    [full, ends.to],
  ]);
  const standing = (mask: number): Standing => {
    const known =
      standings.get(mask) ?? counterfactual(model, new Set(causes.filter((_, k) => (mask & (1 << k)) !== 0)));
    standings.set(mask, known);
    return known;
  };
  const revisions = causes.indexOf('REVISIONS');
  const precedence = causes.flatMap((cause, k): [number, number][] =>
    revisions >= 0 && (cause === 'OWN_DATA' || cause === 'OTHERS_DATA') ? [[revisions, k]] : [],
  );
  const places = shapley(causes.length, (mask) => -standing(mask).rank, precedence);
  const scores = shapley(causes.length, (mask) => standing(mask).score, precedence);
  return {
    fromRank: ends.from.rank,
    toRank: ends.to.rank,
    placesGained: ends.from.rank - ends.to.rank,
    fromScore: ends.from.score,
    toScore: ends.to.score,
    scoreGained: ends.to.score - ends.from.score,
    parts: CHANGE_CAUSES.map((cause) => {
      const k = causes.indexOf(cause);
      return { cause, applies: k >= 0, places: places.shares[k] ?? 0, score: scores.shares[k] ?? 0 };
    }),
    orders: places.orders,
    entered: [...model.to.scored].filter((code) => !model.from.scored.has(code)).sort(compareCodes),
    left: [...model.from.scored].filter((code) => !model.to.scored.has(code)).sort(compareCodes),
  };
}

interface Standing {
  readonly rank: number;
  readonly score: number;
}

function standingOf(city: string, result: RankingResult, side: 'from' | 'to'): Standing {
  const standing = findStanding(city, result);
  if (standing) return standing;
  const unranked = result.unranked.find((candidate) => candidate.city.code === city);
  const reason = unranked === undefined ? 'The city is not selected.' : unranked.reason;
  throw new ScoringError('NO_DATA', `${city} has no rank in the ranking of ${side} (${String(result.year)}).`, [
    { path: side, value: result.year, message: reason, allowed: 'a year, a selection and a recipe that rank the city' },
  ]);
}

function findStanding(city: string, { cities, ranks, nodes, tree }: RankingResult): Standing | null {
  const row = cities.findIndex((candidate) => candidate.code === city);
  const rank = row < 0 ? NaN : at(ranks, row);
  return Number.isNaN(rank) ? null : { rank, score: at(columnAt(nodes.columns, tree.root), row) };
}

interface Side {
  readonly panel: Panel;
  readonly basisPanel: Panel | undefined;
  readonly tree: Tree;
  readonly methodology: Methodology;
  readonly year: number;
  /** Panel index of each selected city. */
  readonly selected: ReadonlyMap<string, number>;
  readonly scored: ReadonlySet<string>;
}

interface Model {
  readonly city: string;
  readonly from: Side;
  readonly to: Side;
  /** The causes in which the two rankings differ. */
  readonly causes: readonly ChangeCause[];
  /** Codes of the indicators that either ranking reads. */
  readonly indicators: readonly string[];
  /** Years that either ranking may read, counted back from its own year; ascending, so that 0 is last or among the last. */
  readonly offsets: readonly number[];
}

function buildModel(city: string, first: RankingSide, second: RankingSide): Model {
  const from = sideOf(first);
  const to = sideOf(second);
  const sameYear = from.year === to.year;
  const differs: Readonly<Record<ChangeCause, boolean>> = {
    REVISIONS: from.panel !== to.panel,
    OWN_DATA: !sameYear,
    OTHERS_DATA: !sameYear,
    CITIES: !sameKeys(from.selected, to.selected) || !sameKeys(from.scored, to.scored),
    METHODOLOGY: identityOf(from) !== identityOf(to),
  };
  return {
    city,
    from,
    to,
    causes: CHANGE_CAUSES.filter((cause) => differs[cause]),
    indicators: [...new Set([...indicatorsOf(from), ...indicatorsOf(to)])],
    offsets: offsetsOf(from, to),
  };
}

function sideOf({ panel, basisPanel, tree, methodology, cities, result }: RankingSide): Side {
  const indices = cities ?? Int32Array.from(panel.cities, (_, index) => index);
  const { basis } = methodology.normalise;
  // A basis of another release without years means that release's values of the ranked year.
  const pinned = basis === null ? null : { ...basis, years: basis.years ?? [result.year] };
  return {
    panel,
    basisPanel,
    tree,
    methodology: { ...methodology, normalise: { ...methodology.normalise, basis: pinned } },
    year: result.year,
    selected: new Map(Array.from(indices, (index) => [itemAt(panel.cities, index).code, index])),
    scored: new Set(result.cities.map(({ code }) => code)),
  };
}

interface Keyed {
  readonly size: number;
  keys(): Iterable<string>;
  has(key: string): boolean;
}

const sameKeys = (a: Keyed, b: Keyed): boolean => a.size === b.size && [...b.keys()].every((key) => a.has(key));

/** What makes two methodologies the same but for their year. */
function identityOf({ methodology, tree }: Pick<PanelRun, 'methodology' | 'tree'>): string {
  const recipe = canonicalRecipe({ ...methodology, period: { ...methodology.period, year: null } });
  const nodes = tree.nodes.map(({ code, parent, weight, indicator }) => [code, parent, weight, indicator]);
  return canonicalJson({ recipe, nodes });
}

function indicatorsOf({ tree, methodology }: Side): string[] {
  return [...leafIndicators(tree), ...methodology.denominate.map(({ by }) => by)];
}

/** All years where gaps are filled from other years; else those that the look-back reaches. */
function offsetsOf(from: Side, to: Side): number[] {
  const fills = [from, to].some(({ methodology }) => methodology.impute.method !== 'NONE');
  const reach = Math.max(from.methodology.period.latestWithinYears, to.methodology.period.latestWithinYears);
  const offsets = [from, to].flatMap(({ panel, year }) => panel.years.map((candidate) => candidate - year));
  const wanted = fills ? offsets : offsets.filter((offset) => offset <= 0 && offset >= -reach);
  return [...new Set([0, ...wanted])].sort((a, b) => a - b);
}

/** Where a city's series comes from in a counterfactual. */
interface SeriesSource {
  readonly panel: Panel;
  /** Index in the panel's cities. */
  readonly index: number;
  readonly year: number;
}

/**
 * The city's standing where the given causes are as in the second ranking and the others as in the first.
 * None of the causes gives the first ranking, all of them the second.
 */
export function counterfactualStanding(
  city: string,
  from: RankingSide,
  to: RankingSide,
  switched: ReadonlySet<ChangeCause>,
): Standing {
  return counterfactual(buildModel(city, from, to), switched);
}

function counterfactual(model: Model, switched: ReadonlySet<ChangeCause>): Standing {
  const { city, from, to } = model;
  const cityside = switched.has('CITIES') ? to : from;
  const recipe = switched.has('METHODOLOGY') ? to : from;
  const data = switched.has('REVISIONS') ? to : from;
  const codes = [...cityside.selected.keys()].sort(compareCodes);
  const sources = codes.map((code) => sourceOf(model, code, switched));
  const panel = assemble(model, sources, data);
  const basis = recipe.methodology.normalise.basis;
  const basisPanel = basis === null ? undefined : basis.release === null ? data.panel : recipe.basisPanel;
  const methodology = { ...recipe.methodology, period: { ...recipe.methodology.period, year: to.year } };
  let standing: Standing | null;
  try {
    const result = runPipeline({
      panel,
      tree: recipe.tree,
      methodology,
      scored: cityside.scored,
      ...(basisPanel && { basisPanel }),
    });
    standing = findStanding(city, result);
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    throw undefinedFor(model, switched, error.message);
  }
  if (!standing) throw undefinedFor(model, switched, 'It gives the city no rank.');
  return standing;
}

function undefinedFor({ causes }: Model, switched: ReadonlySet<ChangeCause>, why: string): ScoringError {
  const named = causes.filter((cause) => switched.has(cause)).join(', ');
  const others = causes.filter((cause) => !switched.has(cause)).join(', ');
  return new ScoringError(
    'PRECONDITION_FAILED',
    `The change cannot be split: the ranking with ${named} as in \`to\` and ${others} as in \`from\` is not defined. ${why}`,
    [
      {
        path: 'to',
        value: named,
        message: 'A ranking between the two is not defined.',
        allowed: 'two rankings that differ in fewer respects, such as the same recipe or the same release',
      },
    ],
  );
}

function sourceOf({ city, from, to }: Model, code: string, switched: ReadonlySet<ChangeCause>): SeriesSource {
  const first = { panel: from.panel, index: from.selected.get(code) ?? -1, year: from.year };
  const second = { panel: to.panel, index: to.selected.get(code) ?? -1, year: to.year };
  // Comers and leavers come with the set of cities.
  const stays = from.selected.has(code) && to.selected.has(code) && from.scored.has(code) === to.scored.has(code);
  if (!stays) return switched.has('CITIES') ? second : first;
  if (switched.has(code === city ? 'OWN_DATA' : 'OTHERS_DATA')) return second;
  return switched.has('REVISIONS') ? { ...second, year: from.year } : first;
}

/** The panel of a counterfactual: each city's series from its own source, all moved to the second ranking's year. */
function assemble({ indicators, offsets, from, to }: Model, sources: readonly SeriesSource[], data: Side): Panel {
  const n = sources.length;
  const m = indicators.length;
  const values = new Float64Array(n * m * offsets.length).fill(NaN);
  const status = new Uint8Array(values.length);
  const statuses: string[] = [];
  const layouts = new Map<Panel, Layout>();
  const layoutOf = (panel: Panel): Layout => {
    const known = layouts.get(panel) ?? makeLayout(panel, indicators, statuses);
    layouts.set(panel, known);
    return known;
  };
  sources.forEach(({ panel, index, year }, i) => {
    const layout = layoutOf(panel);
    const width = panel.cities.length;
    offsets.forEach((offset, y) => {
      const sourceYear = layout.years.get(year + offset);
      if (sourceYear === undefined) return;
      for (let j = 0; j < m; j++) {
        const column = atInt(layout.columns, j);
        if (column < 0) continue;
        const cell = (sourceYear * panel.indicators.length + column) * width + index;
        const target = (y * m + j) * n + i;
        values[target] = at(panel.values, cell);
        status[target] = atByte(layout.statuses, atByte(panel.status, cell));
      }
    });
  });
  return {
    cities: sources.map(({ panel, index }) => itemAt(panel.cities, index)),
    indicators: indicators.map((code) => metaOf(code, [data.panel, from.panel, to.panel])),
    years: offsets.map((offset) => to.year + offset),
    values,
    status,
    statuses,
  };
}

interface Layout {
  /** Position of each year. */
  readonly years: ReadonlyMap<number, number>;
  /** Position of each wanted indicator; -1 where the panel has none. */
  readonly columns: Int32Array;
  /** Position of the panel's statuses in the common list. */
  readonly statuses: Uint8Array;
}

/** @param statuses the common list; statuses that it lacks are added */
function makeLayout(panel: Panel, indicators: readonly string[], statuses: string[]): Layout {
  const columnOf = new Map(panel.indicators.map(({ code }, index) => [code, index]));
  for (const status of panel.statuses) if (!statuses.includes(status)) statuses.push(status);
  return {
    years: new Map(panel.years.map((year, index) => [year, index])),
    columns: Int32Array.from(indicators, (code) => columnOf.get(code) ?? -1),
    statuses: Uint8Array.from(panel.statuses, (status) => statuses.indexOf(status)),
  };
}

/** What the first of the panels that has the indicator says of it. */
function metaOf(code: string, panels: readonly Panel[]): IndicatorMeta {
  const known = panels.flatMap(({ indicators }) => indicators.filter((indicator) => indicator.code === code));
  return itemAt(known, 0);
}
