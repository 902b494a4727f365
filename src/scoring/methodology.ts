import { canonicalJson, CanonicalText, digestOf } from './canonical';
import { refuseProblems } from './errors';
import { entryOf, itemAt } from './lookup';
import { textAt } from './numeric/at';
import {
  describeKnown,
  isRecord,
  ProblemList,
  readCode,
  readList,
  readNumber,
  readParameters,
  type KnownCodes,
} from './parameter-validation';
import type { ParameterRecord } from './parameters';
import type { MethodDescriptor } from './descriptor';
import { registry } from './registry';
import { OBSERVATION_STATUSES, type Panel } from './table';
import { compareCodes, type Tree } from './tree';

/** Version of the engine's numbers: part of every ranking's digest, raised whenever a published digit can move. */
export const ENGINE_VERSION = '1';

/** A method with its validated parameters. */
export interface Rule {
  readonly method: string;
  readonly parameters: ParameterRecord;
}

/** A rule for named indicators that beats the stage's own. */
export interface IndicatorRule extends Rule {
  readonly indicators: readonly string[];
}

/** How one node, or all nodes of a level and above, are computed. Exactly one of `level` and `node` is set. */
export interface AggregateRule extends Rule {
  readonly level: number | null;
  readonly node: string | null;
  /** Smallest share (0..1) of columns that a city must have; below it the node is missing for that city. */
  readonly minimumAvailability: number;
  /** `CHILDREN`: the columns are the node's children. `LEAVES`: all indicators below the node at once, with their effective weights. */
  readonly over: 'CHILDREN' | 'LEAVES';
}

/** Where the statistics of a normalisation come from, when not from the ranked table itself. */
export interface NormalisationBasis {
  /** Years whose cities are pooled; each is selected, imputed, screened and treated like the ranked year. Null: the ranked year. */
  readonly years: readonly number[] | null;
  /** Version of the release that the statistics come from. Null: the ranked release. */
  readonly release: string | null;
}

/** A recipe, checked, with every default filled in. Immutable; `canonicalRecipe` gives its published form. */
export interface Methodology {
  readonly period: { readonly year: number | null; readonly latestWithinYears: number };
  readonly excludeStatuses: readonly string[];
  readonly screen: { readonly minimumAvailability: number };
  readonly denominate: readonly { readonly indicator: string; readonly by: string; readonly scale: number }[];
  readonly impute: Rule;
  readonly treat: Rule & { readonly overrides: readonly IndicatorRule[] };
  readonly normalise: Rule & {
    readonly overrides: readonly IndicatorRule[];
    readonly basis: NormalisationBasis | null;
  };
  readonly weight: Rule & { readonly weights: readonly { readonly node: string; readonly weight: number }[] };
  readonly aggregate: readonly AggregateRule[];
  readonly rank: {
    readonly ties: string;
    readonly tolerance: number;
    readonly decimals: number | null;
    /** Code of the node whose score decides ties; null where none was named, or the rule for ties reads none. */
    readonly tieBreaker: string | null;
  };
}

/** The parts that a recipe may name. */
export const RECIPE_PARTS = [
  'period',
  'excludeStatuses',
  'screen',
  'denominate',
  'impute',
  'treat',
  'normalise',
  'weight',
  'aggregate',
  'rank',
] as const;

/** Most indicators, nodes or rules that one list of a recipe may hold. */
export const MAX_RECIPE_LIST = 200;

/**
 * Lays one recipe over another: what `changes` names replaces that part of `base` whole. Only `period.year` falls back to
 * the base's when the changed period does not name one.
 */
export function mergeRecipes(base: unknown, changes: unknown): unknown {
  if (!isRecord(base) || changes === undefined || changes === null) return base;
  if (!isRecord(changes)) return changes;
  const named = Object.fromEntries(Object.entries(changes).filter(([, part]) => part !== undefined && part !== null));
  const merged: Record<string, unknown> = { ...base, ...named };
  if (isRecord(named['period']) && isRecord(base['period'])) {
    merged['period'] = { ...named['period'], year: named['period']['year'] ?? base['period']['year'] };
  }
  return merged;
}

/** What a recipe is checked against. */
export interface RecipeScope {
  readonly tree: Tree;
  readonly panel: Pick<Panel, 'indicators' | 'cities' | 'years'>;
}

/** Collected once for each panel, since it may have many cities and every request asks. */
const codesOfPanels = new WeakMap<RecipeScope['panel'], Omit<KnownCodes, 'node'>>();

function codesOfPanel(panel: RecipeScope['panel']): Omit<KnownCodes, 'node'> {
  const known = codesOfPanels.get(panel);
  if (known) return known;
  const codes = {
    indicator: new Set(panel.indicators.map((indicator) => indicator.code)),
    city: new Set(panel.cities.map((city) => city.code)),
    grouping: new Set(panel.cities.flatMap((city) => Object.keys(city.groups))),
  };
  codesOfPanels.set(panel, codes);
  return codes;
}

const codesOfTrees = new WeakMap<Tree, { readonly node: ReadonlySet<string>; readonly leaf: ReadonlySet<string> }>();

/** Codes of a tree's nodes, and of the indicators that are its leaves. */
function codesOfTree(tree: Tree): { readonly node: ReadonlySet<string>; readonly leaf: ReadonlySet<string> } {
  const known = codesOfTrees.get(tree);
  if (known) return known;
  const codes = {
    node: new Set(tree.nodes.map((node) => node.code)),
    leaf: new Set(tree.nodes.flatMap(({ indicator }) => indicator ?? [])),
  };
  codesOfTrees.set(tree, codes);
  return codes;
}

/** What one part of a recipe is read with. */
interface Reading {
  readonly path: string;
  readonly scope: RecipeScope;
  readonly known: KnownCodes;
  /** Codes of the indicators that are leaves of the tree. */
  readonly leaves: ReadonlySet<string>;
  readonly list: ProblemList;
}

/** A part of a recipe: how it is read, and what it is published as. */
interface Part<P extends keyof Methodology> {
  read(raw: unknown, reading: Reading): Methodology[P];
  form(part: Methodology[P]): object;
}

const PARTS: { readonly [P in keyof Methodology]: Part<P> } = {
  period: {
    read(raw, { path, list }) {
      const period = readObject(raw ?? {}, path, ['year', 'latestWithinYears'], list);
      const { year, latestWithinYears } = period;
      return {
        year: isNil(year) ? null : readNumber({ kind: 'integer', min: 1, max: 9999 }, year, `${path}.year`, list),
        latestWithinYears: readOptional(
          { kind: 'integer', min: 0, max: 100 },
          latestWithinYears,
          0,
          `${path}.latestWithinYears`,
          list,
        ),
      };
    },
    form: ({ year, latestWithinYears }) => ({ ...(year === null ? {} : { year }), latestWithinYears }),
  },
  excludeStatuses: {
    read: (raw, { path, list }) =>
      sortedUnique(
        readList(raw ?? ['QUESTIONABLE'], path, OBSERVATION_STATUSES.length, list, (item, itemPath) => {
          if (typeof item === 'string' && OBSERVATION_STATUSES.some((status) => status === item)) return item;
          list.add(itemPath, item, 'There is no status of this name.', `one of ${OBSERVATION_STATUSES.join(', ')}`);
          return null;
        }) ?? [],
      ),
    form: (statuses) => statuses,
  },
  screen: {
    read(raw, { path, list }) {
      const screen = readObject(raw ?? {}, path, ['minimumAvailability'], list);
      const given = screen['minimumAvailability'];
      return { minimumAvailability: readOptional(SHARE, given, 0, `${path}.minimumAvailability`, list) };
    },
    form: (screen) => screen,
  },
  denominate: {
    read: readDenominations,
    form: (denominations) => denominations,
  },
  impute: {
    read: (raw, reading) => readRule(registry.IMPUTATION, raw, 'NONE', [], reading),
    form: flat,
  },
  treat: {
    read: (raw, reading) => ({
      ...readRule(registry.TREATMENT, raw, 'NONE', ['overrides'], reading),
      overrides: readOverrides(registry.TREATMENT, raw, reading),
    }),
    form: (treat) => ({ ...flat(treat), ...overridesOf(treat) }),
  },
  normalise: {
    read: (raw, reading) => ({
      ...readRule(registry.NORMALISATION, raw, 'MIN_MAX', ['overrides', 'basis'], reading),
      overrides: readOverrides(registry.NORMALISATION, raw, reading),
      basis: readBasis(raw, reading),
    }),
    form: (normalise) => ({
      ...flat(normalise),
      ...overridesOf(normalise),
      ...(normalise.basis === null ? {} : { basis: withoutNulls(normalise.basis) }),
    }),
  },
  weight: {
    read: (raw, reading) => ({
      ...readRule(registry.WEIGHTING, raw, 'GIVEN', ['weights'], reading),
      weights: readWeights(raw, reading),
    }),
    form: (weight) => ({ ...flat(weight), weights: weight.weights }),
  },
  aggregate: {
    read: readAggregates,
    form: (rules) =>
      rules.map((rule) => ({
        ...(rule.node === null ? { level: rule.level } : { node: rule.node }),
        ...flat(rule),
        minimumAvailability: rule.minimumAvailability,
        over: rule.over,
      })),
  },
  rank: {
    read: (raw, reading) => readRank(raw ?? {}, reading),
    form: withoutNulls,
  },
};

/**
 * Checks a recipe (plain JSON, as in `methodologies.json` and `RecipeInput`) against the registry, the tree and the
 * panel, and fills in every default. Null and absent mean the same.
 * Defaults: no year (the caller resolves it), exact year, `QUESTIONABLE` left out, no screening, no imputation, no treatment,
 * min–max 0–100, given weights, arithmetic mean at every level, competition ranks.
 * @throws ScoringError with every problem; its code is that of the first.
 */
export function parseRecipe(raw: unknown, scope: RecipeScope, path = 'recipe'): Methodology {
  return readRecipe(null, raw, scope, path);
}

/**
 * Lays a recipe over one that has been checked against the same scope: the same as {@link parseRecipe} of their
 * {@link mergeRecipes}, without reading again what is not changed.
 * @throws ScoringError as {@link parseRecipe}
 */
export function changeRecipe(base: Methodology, changes: unknown, scope: RecipeScope, path = 'recipe'): Methodology {
  return readRecipe(base, changes, scope, path);
}

function readRecipe(base: Methodology | null, raw: unknown, scope: RecipeScope, path: string): Methodology {
  const list = new ProblemList();
  const { node, leaf: leaves } = codesOfTree(scope.tree);
  const known = { ...codesOfPanel(scope.panel), node };
  const recipe = readObject(raw ?? {}, path, RECIPE_PARTS, list);
  const part = <P extends keyof Methodology>(name: P): Methodology[P] =>
    base !== null && isNil(recipe[name])
      ? base[name]
      : PARTS[name].read(recipe[name], { path: `${path}.${name}`, scope, known, leaves, list });
  const period = part('period');
  const methodology: Methodology = {
    period: base === null || period.year !== null ? period : { ...period, year: base.period.year },
    excludeStatuses: part('excludeStatuses'),
    screen: part('screen'),
    denominate: part('denominate'),
    impute: part('impute'),
    treat: part('treat'),
    normalise: part('normalise'),
    weight: part('weight'),
    aggregate: part('aggregate'),
    rank: part('rank'),
  };
  refuseProblems(list.problems);
  return methodology;
}

/** A part as it is published, and its canonical JSON. */
interface WrittenPart {
  readonly form: object;
  readonly json: CanonicalText;
}

/** Parts that many recipes share, see {@link rememberParts}. */
const writtenParts = new WeakMap<object, WrittenPart>();

function formOfPart<P extends keyof Methodology>(name: P, part: Methodology[P]): object {
  return writtenParts.get(part)?.form ?? PARTS[name].form(part);
}

/** Remembers how the parts of a methodology are written, for those that are made of it by {@link changeRecipe}. */
export function rememberParts(methodology: Methodology): void {
  for (const name of RECIPE_PARTS) {
    const form = formOfPart(name, methodology[name]);
    writtenParts.set(methodology[name], { form, json: new CanonicalText(form) });
  }
}

/**
 * The published form of a methodology: the recipe's own shape with every default written out, lists whose order has no
 * meaning sorted. `parseRecipe(canonicalRecipe(m))` gives `m` again.
 */
export function canonicalRecipe(methodology: Methodology): Readonly<Record<string, unknown>> {
  const known = canonicalForms.get(methodology);
  if (known) return known;
  const form = Object.fromEntries(RECIPE_PARTS.map((name) => [name, formOfPart(name, methodology[name])]));
  canonicalForms.set(methodology, form);
  return form;
}

/** A methodology never changes, and every request for a ranking asks for its form several times. */
const canonicalForms = new WeakMap<Methodology, Readonly<Record<string, unknown>>>();

/** A rule without the parameters that are left out. */
function flat({ method, parameters }: Rule): Record<string, unknown> {
  return { method, ...withoutNulls(parameters) };
}

function overridesOf({ overrides }: { readonly overrides: readonly IndicatorRule[] }): object {
  return overrides.length === 0
    ? {}
    : { overrides: overrides.map((rule) => ({ indicators: rule.indicators, ...flat(rule) })) };
}

/** What names a ranking: everything that it depends on. */
export interface RankingIdentity {
  readonly releaseDigest: string;
  /** Digest of the release that the normalisation's statistics come from; null where the recipe names none. */
  readonly basisDigest: string | null;
  /** Codes of the selected cities; null for all of the release. */
  readonly cities: readonly string[] | null;
  readonly framework: string;
  readonly methodology: Methodology;
}

/** The digest that names a ranking: cache key, citation and permalink. 64 hexadecimal digits. */
export function rankingDigest(identity: RankingIdentity): string {
  return digestOf({ ...originOf(identity), recipe: writtenRecipe(identity.methodology) });
}

/** A recipe whose canonical JSON is that of its published form. */
function writtenRecipe(methodology: Methodology): object {
  const form = canonicalRecipe(methodology);
  return Object.fromEntries(
    RECIPE_PARTS.map((name) => [name, writtenParts.get(methodology[name])?.json ?? form[name]]),
  );
}

/**
 * Names what a ranking is before its parts are weighed: equal names mean equal normalised leaves. For caches alone; unlike a
 * digest it is not the same from one version to the next.
 */
export function leavesKey(identity: RankingIdentity): string {
  const recipe = writtenRecipe(identity.methodology);
  const parts = Object.entries(recipe).filter(([part]) => !AFTER_LEAVES.has(part));
  return canonicalJson([originOf(identity), Object.fromEntries(parts)]);
}

/** Parts of a recipe that leaves do not depend on. */
const AFTER_LEAVES: ReadonlySet<string> = new Set(['weight', 'aggregate', 'rank']);

/** What a ranking depends on besides its recipe. */
const originOf = ({ releaseDigest, basisDigest, cities, framework }: RankingIdentity): object => ({
  engine: ENGINE_VERSION,
  release: releaseDigest,
  // A version alone does not say what its release holds.
  ...(basisDigest === null ? {} : { basis: basisDigest }),
  cities: cities === null ? null : sortedUnique(cities),
  framework,
});

const SHARE = { kind: 'number', min: 0, max: 1 } as const;

function withoutNulls(record: object): object {
  return Object.fromEntries(Object.entries(record).filter(([, value]) => value !== null));
}

const isNil = (value: unknown): value is null | undefined => value === null || value === undefined;

const sortedUnique = (codes: readonly string[]): string[] => [...new Set(codes)].sort(compareCodes);

function readOptional(
  spec: Parameters<typeof readNumber>[0],
  value: unknown,
  fallback: number,
  path: string,
  list: ProblemList,
): number {
  return isNil(value) ? fallback : (readNumber(spec, value, path, list) ?? fallback);
}

function readObject(
  raw: unknown,
  path: string,
  keys: readonly string[],
  list: ProblemList,
): Readonly<Record<string, unknown>> {
  if (!isRecord(raw)) {
    list.add(path, raw, 'The value is not an object.', `an object with any of ${keys.join(', ')}`);
    return {};
  }
  for (const key of Object.keys(raw)) {
    if (!keys.includes(key))
      list.add(`${path}.${key}`, raw[key], 'There is no part of this name.', `one of ${keys.join(', ')}`);
  }
  return raw;
}

function readChoice(methods: ReadonlyMap<string, unknown>, value: unknown, path: string, list: ProblemList): string {
  if (typeof value === 'string' && methods.has(value)) return value;
  list.add(path, value, 'There is no method of this name.', `one of ${[...methods.keys()].join(', ')}`);
  return '';
}

/** Reads `{ method, …parameters }`; `own` are the keys that the rule itself has besides. */
function readRule(
  methods: ReadonlyMap<string, MethodDescriptor>,
  raw: unknown,
  fallback: string,
  own: readonly string[],
  { path, known, list }: Pick<Reading, 'path' | 'known' | 'list'>,
): Rule {
  const rule = raw ?? { method: fallback };
  if (!isRecord(rule)) {
    list.add(path, rule, 'The value is not an object.', 'an object with `method` and its parameters');
    return { method: fallback, parameters: {} };
  }
  const id = readChoice(methods, rule['method'] ?? fallback, `${path}.method`, list);
  const method = methods.get(id);
  if (!method) return { method: fallback, parameters: {} };
  refuseUnused(methods, method, rule, ['method', ...own], path, list);
  return { method: id, parameters: readParameters(method.parameters, rule, path, known, list) };
}

/** Notes every key of a rule that its method does not read; `own` are those of the rule itself. */
function refuseUnused(
  methods: ReadonlyMap<string, MethodDescriptor>,
  { id, parameters }: MethodDescriptor,
  rule: Readonly<Record<string, unknown>>,
  own: readonly string[],
  path: string,
  list: ProblemList,
): void {
  for (const [key, value] of Object.entries(rule)) {
    if (own.includes(key) || Object.hasOwn(parameters, key) || isNil(value)) continue;
    const names = Object.keys(parameters);
    const allowed = names.length === 0 ? `${id} has no parameters` : `${id} has ${names.join(', ')}`;
    const users = [...methods.values()]
      .filter((other) => Object.hasOwn(other.parameters, key))
      .map((other) => other.id);
    if (users.length > 0)
      list.add(
        `${path}.${key}`,
        value,
        `${id} does not use this parameter (${users.join(', ')} ${users.length === 1 ? 'does' : 'do'}).`,
        allowed,
        'PARAMETER_NOT_USED',
      );
    else list.add(`${path}.${key}`, value, 'There is no parameter of this name.', allowed);
  }
}

function readRank(raw: unknown, { path, known, list }: Reading): Methodology['rank'] {
  const own = ['ties', 'tolerance', 'decimals'];
  const ofRules = [...registry.RANKING.values()].flatMap(({ parameters }) => Object.keys(parameters));
  const rank = readObject(raw, path, [...own, ...ofRules], list);
  const ties = readChoice(registry.RANKING, rank['ties'] ?? 'COMPETITION', `${path}.ties`, list);
  const rule = registry.RANKING.get(ties);
  if (rule) refuseUnused(registry.RANKING, rule, rank, own, path, list);
  const tieBreaker = rule && readParameters(rule.parameters, rank, path, known, list)['tieBreaker'];
  return {
    ties,
    tolerance: readOptional({ kind: 'number', min: 0 }, rank['tolerance'], 0, `${path}.tolerance`, list),
    decimals: isNil(rank['decimals'])
      ? null
      : readNumber({ kind: 'integer', min: 0, max: 12 }, rank['decimals'], `${path}.decimals`, list),
    tieBreaker: typeof tieBreaker === 'string' ? tieBreaker : null,
  };
}

function readOverrides(
  methods: ReadonlyMap<string, MethodDescriptor>,
  stage: unknown,
  { path, known, leaves, list }: Reading,
): IndicatorRule[] {
  if (!isRecord(stage) || isNil(stage['overrides'])) return [];
  const fallback = typeof stage['method'] === 'string' ? stage['method'] : '';
  const seen = new Set<string>();
  const rules = readList(stage['overrides'], `${path}.overrides`, MAX_RECIPE_LIST, list, (item, itemPath) => {
    const named = isRecord(item) ? item['indicators'] : null;
    const indicators = readList(named, `${itemPath}.indicators`, MAX_RECIPE_LIST, list, (code, codePath) => {
      const read = readCode('indicator', code, codePath, known, list);
      if (read === null) return null;
      if (seen.has(read))
        list.add(codePath, read, 'Two overrides name this indicator.', 'each indicator in one override only');
      if (!leaves.has(read))
        list.add(codePath, read, 'The indicator is not a leaf of the framework.', describeKnown(leaves));
      seen.add(read);
      return read;
    });
    if (indicators === null) return null;
    if (indicators.length === 0)
      list.add(`${itemPath}.indicators`, named, 'The override names no indicator.', 'at least one indicator code');
    return {
      indicators: sortedUnique(indicators),
      ...readRule(methods, item, fallback, ['indicators'], { path: itemPath, known, list }),
    };
  });
  return (rules ?? []).sort((a, b) => compareCodes(textAt(a.indicators, 0), textAt(b.indicators, 0)));
}

function readBasis(stage: unknown, { path: ofStage, scope, list }: Reading): NormalisationBasis | null {
  if (!isRecord(stage) || isNil(stage['basis'])) return null;
  const path = `${ofStage}.basis`;
  const basis = readObject(stage['basis'], path, ['years', 'release'], list);
  const years = isNil(basis['years'])
    ? null
    : readList(basis['years'], `${path}.years`, MAX_RECIPE_LIST, list, (item, itemPath) =>
        readNumber({ kind: 'integer', min: 1, max: 9999 }, item, itemPath, list),
      );
  if (years?.length === 0)
    list.add(
      `${path}.years`,
      [],
      'The list names no year.',
      `years from ${String(scope.panel.years[0])} to ${String(scope.panel.years.at(-1))}`,
    );
  const release = basis['release'] ?? null;
  if (release !== null && typeof release !== 'string')
    list.add(`${path}.release`, release, 'The value is not a release version.', 'the version of a release');
  if (years === null && release === null) return null;
  return {
    years: years && [...new Set(years)].sort((a, b) => a - b),
    release: typeof release === 'string' ? release : null,
  };
}

function readDenominations(raw: unknown, { path, scope, known, list }: Reading): Methodology['denominate'] {
  if (isNil(raw)) return [];
  const seen = new Set<string>();
  const items = readList(raw, path, MAX_RECIPE_LIST, list, (item, itemPath) => {
    const entry = readObject(item, itemPath, ['indicator', 'by', 'scale'], list);
    const indicator = readCode('indicator', entry['indicator'], `${itemPath}.indicator`, known, list);
    if (indicator === null) return null;
    if (seen.has(indicator))
      list.add(`${itemPath}.indicator`, indicator, 'The indicator is denominated twice.', 'each indicator once');
    seen.add(indicator);
    const own = scope.panel.indicators.find((candidate) => candidate.code === indicator)?.denominator;
    if (isNil(entry['by']) && isNil(own)) {
      list.add(
        `${itemPath}.by`,
        null,
        `The indicator ${indicator} has no denominator of its own.`,
        'the code of an indicator to divide by',
      );
      return null;
    }
    const by = readCode('indicator', entry['by'] ?? own, `${itemPath}.by`, known, list);
    if (by === null) return null;
    return {
      indicator,
      by,
      scale: readOptional({ kind: 'number', min: 0, exclusiveMin: true }, entry['scale'], 1, `${itemPath}.scale`, list),
    };
  });
  return (items ?? []).sort((a, b) => compareCodes(a.indicator, b.indicator));
}

function readWeights(stage: unknown, { path: ofStage, scope, known, list }: Reading): Methodology['weight']['weights'] {
  if (!isRecord(stage) || isNil(stage['weights'])) return [];
  const { tree } = scope;
  const seen = new Set<string>();
  const weights = readList(stage['weights'], `${ofStage}.weights`, MAX_RECIPE_LIST, list, (item, itemPath) => {
    const entry = readObject(item, itemPath, ['node', 'weight'], list);
    const node = readCode('node', entry['node'], `${itemPath}.node`, known, list);
    const weight = entry['weight'];
    if (typeof weight !== 'number' || !Number.isFinite(weight) || weight < 0) {
      list.add(
        `${itemPath}.weight`,
        weight,
        'The weight is negative or not a finite number.',
        'a finite number of at least 0',
        'WEIGHTS_INVALID',
      );
      return null;
    }
    if (node === null) return null;
    if (seen.has(node))
      list.add(`${itemPath}.node`, node, 'The node is weighted twice.', 'each node once', 'WEIGHTS_INVALID');
    if (itemAt(tree.nodes, tree.root).code === node)
      list.add(
        `${itemPath}.node`,
        node,
        'The root has no siblings to be weighed against.',
        'a node below the root',
        'WEIGHTS_INVALID',
      );
    seen.add(node);
    // +0: a negative zero means the same as zero and must be written the same.
    return { node, weight: weight + 0 };
  });
  const changed = (weights ?? []).filter(
    ({ node, weight }) => itemAt(tree.nodes, entryOf(tree.indexOf, node)).weight !== weight,
  );
  return changed.sort((a, b) => compareCodes(a.node, b.node));
}

function readAggregates(raw: unknown, { path, scope, known, list }: Reading): AggregateRule[] {
  const { tree } = scope;
  const height = itemAt(tree.nodes, tree.root).level;
  const seen = new Set<string>();
  const own = ['level', 'node', 'minimumAvailability', 'over'];
  const rules = readList(raw ?? [], path, MAX_RECIPE_LIST, list, (item, itemPath) => {
    if (!isRecord(item)) {
      list.add(
        itemPath,
        item,
        'The value is not an object.',
        'an object with `level` or `node`, `method` and its parameters',
      );
      return null;
    }
    if (isNil(item['level']) === isNil(item['node'])) {
      list.add(
        itemPath,
        item,
        'The rule must name a level or a node, and not both.',
        `a level from 1 to ${String(height)}, or a node above the indicators`,
      );
      return null;
    }
    const level = isNil(item['level'])
      ? null
      : readNumber({ kind: 'integer', min: 1, max: height }, item['level'], `${itemPath}.level`, list);
    const node = isNil(item['node']) ? null : readCode('node', item['node'], `${itemPath}.node`, known, list);
    if (node !== null && itemAt(tree.nodes, entryOf(tree.indexOf, node)).level === 0) {
      list.add(
        `${itemPath}.node`,
        node,
        'The node is an indicator and has nothing to aggregate.',
        'a node above the indicators',
      );
    }
    const key = String(level ?? node);
    if (seen.has(key)) list.add(itemPath, key, 'Two rules are for the same level or node.', 'one rule for each');
    seen.add(key);
    const over = item['over'] ?? 'CHILDREN';
    if (over !== 'CHILDREN' && over !== 'LEAVES')
      list.add(`${itemPath}.over`, over, 'The value is not one of the choices.', 'one of CHILDREN, LEAVES');
    return {
      level,
      node,
      ...readRule(registry.AGGREGATION, item, 'ARITHMETIC', own, { path: itemPath, known, list }),
      minimumAvailability: readOptional(SHARE, item['minimumAvailability'], 0, `${itemPath}.minimumAvailability`, list),
      over: over === 'LEAVES' ? ('LEAVES' as const) : ('CHILDREN' as const),
    };
  });
  if (rules === null || rules.length === 0)
    return [{ level: 1, node: null, method: 'ARITHMETIC', parameters: {}, minimumAvailability: 0, over: 'CHILDREN' }];
  return rules.sort(
    (a, b) => (a.level ?? Infinity) - (b.level ?? Infinity) || compareCodes(a.node ?? '', b.node ?? ''),
  );
}
