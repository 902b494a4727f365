import { LRUCache } from 'lru-cache';
import { diagnostics, type Table, type TreeNode } from '../scoring';
import {
  availabilityByNode,
  averageNodeAvailability,
  correlationRows,
  dominanceRows,
  type CorrelationRow,
  type DominanceRows,
  type HasseEdges,
  type NodeAvailabilityRow,
} from './diagnostics-view';
import { describeAllowed } from './city-selection';
import type { Budget, Ranking } from './ranking.service';
import { refuse } from './request-error';

/** Tables that `statistics` can describe. */
export const DIAGNOSTIC_STAGES = ['DENOMINATED', 'IMPUTED', 'TREATED', 'NORMALISED'] as const;
/** One of {@link DIAGNOSTIC_STAGES}. */
export type DiagnosticStage = (typeof DIAGNOSTIC_STAGES)[number];

/** Groupings of cities that the stored data have. */
export const CITY_GROUPINGS = ['TIER', 'PROVINCE'] as const;
/** One of {@link CITY_GROUPINGS}. */
export type CityGrouping = (typeof CITY_GROUPINGS)[number];

/** Which columns belong to a node. */
export type DiagnosticScope = 'CHILDREN' | 'LEAVES';

/** Most nodes that one matrix of correlations, or one dominance, is about. */
export const MAX_DIAGNOSTIC_NODES = 100;

/** Most pairs of nodes in one list of correlations or findings. */
export const MAX_DIAGNOSTIC_PAIRS = 20_000;

/** Limits as a caller gives them; null and absent mean the default. */
export type LimitChanges<L> = { readonly [K in keyof L]?: number | null };

/** Rankings whose diagnostics are kept. */
const KEPT_RANKINGS = 16;

/** What is kept of the last few rankings, by digest. */
export class KeptDiagnostics {
  readonly #kept = new LRUCache<string, DiagnosticsMemos>({ max: KEPT_RANKINGS });

  /** What is kept of a ranking. */
  of(digest: string): DiagnosticsMemos {
    const known = this.#kept.get(digest);
    if (known) return known;
    const made = new DiagnosticsMemos();
    this.#kept.set(digest, made);
    return made;
  }
}

/** Gives each ranking its diagnostics. */
export class DiagnosticsService {
  constructor(
    private readonly budget: Budget,
    private readonly kept: KeptDiagnostics = new KeptDiagnostics(),
  ) {}

  /** The diagnostics of a ranking. Nothing is computed until it is asked for. */
  of(ranking: Ranking): RankingDiagnostics {
    return new RankingDiagnostics(ranking, this.budget, this.kept.of(ranking.digest));
  }
}

/** Remembers the last few results of one kind. */
class Memo<T extends object> {
  readonly #kept: LRUCache<string, T>;

  constructor(max: number) {
    this.#kept = new LRUCache({ max });
  }

  /** The kept result, or else a computed one. */
  get(key: string, compute: () => T): T {
    const known = this.#kept.get(key);
    if (known) return known;
    const computed = compute();
    this.#kept.set(key, computed);
    return computed;
  }
}

/** Results of one ranking that are kept. */
class DiagnosticsMemos {
  readonly statistics = new Memo<diagnostics.DescriptiveStatistics[]>(4);
  readonly nodeAvailability = new Memo<diagnostics.NodeAvailability>(1);
  readonly matrices = new Memo<CorrelationRow[]>(4);
  readonly families = new Memo<diagnostics.FamilyCorrelations[]>(3);
  readonly ancestors = new Memo<diagnostics.Correlation[]>(3);
  readonly consistency = new Memo<diagnostics.Consistency[]>(4);
  readonly components = new Memo<diagnostics.PrincipalComponents[]>(4);
  readonly importances = new Memo<diagnostics.ChildImportance[]>(1);
  readonly mainEffects = new Memo<diagnostics.MainEffect[]>(1);
  readonly outliers = new Memo<diagnostics.OutlierReport>(1);
  readonly dominance = new Memo<DominanceRows>(2);
  readonly edges = new Memo<HasseEdges>(1);
  readonly findings = new Memo<diagnostics.Finding[]>(1);
}

/**
 * Diagnostics of one ranking, over its scored cities: those past the screening. Each is computed when it is first asked
 * for; what costs more than the budget is refused before any work.
 */
export class RankingDiagnostics {
  #columns: readonly Float64Array[] | null = null;

  constructor(
    readonly ranking: Ranking,
    private readonly budget: Budget,
    private readonly kept: DiagnosticsMemos,
  ) {}

  /** Descriptive statistics of every indicator of the index at a stage, in the order of the leaves. */
  statistics(stage: DiagnosticStage): diagnostics.DescriptiveStatistics[] {
    const { n, m } = this.#size;
    return this.#once(this.kept.statistics, stage, 'statistics', m * sortCost(n), () =>
      diagnostics.describe(this.#leafColumnsAt(stage)),
    );
  }

  /** What is there of each city, in the order of the scored cities (by code). */
  availabilityByCity(): diagnostics.Availability[] {
    return diagnostics.availabilityByCity(this.#table);
  }

  /** What is there of each indicator, in the order of the leaves. */
  availabilityByIndicator(): diagnostics.Availability[] {
    return diagnostics.availabilityByIndicator(this.#table);
  }

  /** What is there of each tier or province, by label. */
  availabilityByGroup(grouping: CityGrouping): diagnostics.GroupAvailability[] {
    return diagnostics.availabilityByGroup(this.#table, grouping);
  }

  /** What is there under each node, from the root down. */
  availabilityByNode(): NodeAvailabilityRow[] {
    return averageNodeAvailability(this.ranking.result.tree, this.#nodeShares());
  }

  /** Share of the leaves under each node that one scored city has, from the root down. */
  nodeSharesOf(city: string): { readonly node: string; readonly share: number }[] {
    return availabilityByNode(this.ranking.result.tree, this.#nodeShares(), city);
  }

  /**
   * Correlations of the named nodes with each other; of the leaves where none is named.
   * @throws RequestError where a code is unknown or repeated, or there are too many
   */
  correlations(method: diagnostics.CorrelationMethod, nodes: readonly string[] | null | undefined): CorrelationRow[] {
    const columns = this.#namedColumns(nodes);
    const cost = pairsOf(columns.length) * this.#pairCost(method);
    return this.#once(this.kept.matrices, keyOf(method, columns), 'correlations', cost, () =>
      correlationRows(columns, method, diagnostics.correlationMatrix(columns, method)),
    );
  }

  /** Correlations of the children of every node with each other. */
  familyCorrelations(method: diagnostics.CorrelationMethod): diagnostics.FamilyCorrelations[] {
    const { tree } = this.ranking.result;
    const pairs = tree.nodes.reduce((sum, { children }) => sum + pairsOf(children.length), 0);
    this.#checkPairs('familyCorrelations', pairs);
    return this.#once(this.kept.families, method, 'familyCorrelations', pairs * this.#pairCost(method), () =>
      diagnostics.correlationsWithinFamilies(tree, this.#nodeColumns, method),
    );
  }

  /** Correlations of every node with each of its ancestors. */
  ancestorCorrelations(method: diagnostics.CorrelationMethod): diagnostics.Correlation[] {
    const { tree } = this.ranking.result;
    const pairs = tree.nodes.reduce((sum, { depth }) => sum + depth, 0);
    this.#checkPairs('ancestorCorrelations', pairs);
    return this.#once(this.kept.ancestors, method, 'ancestorCorrelations', pairs * this.#pairCost(method), () =>
      diagnostics.correlationsWithAncestors(tree, this.#nodeColumns, method),
    );
  }

  /** Cronbach's alpha of what is under each of the named nodes; of all that have children where none is named. */
  consistency(nodes: readonly string[] | null | undefined, over: DiagnosticScope): diagnostics.Consistency[] {
    const groups = this.#groups(nodes, over);
    const { n } = this.#size;
    const cost = sumOf(groups, ({ columns: { length: k } }) => 16 * k * k * n + k * k * k);
    return this.#once(this.kept.consistency, keyOf(over, groups), 'consistency', cost, () =>
      groups.map(({ code, columns }) => diagnostics.cronbachAlpha(columns, code)),
    );
  }

  /** Principal components of what is under each of the named nodes; of all that have children where none is named. */
  principalComponents(
    nodes: readonly string[] | null | undefined,
    over: DiagnosticScope,
  ): diagnostics.PrincipalComponents[] {
    const groups = this.#groups(nodes, over);
    const { n } = this.#size;
    const cost = sumOf(groups, ({ columns: { length: k } }) => 16 * k * k * n + 100 * k * k * k);
    return this.#once(this.kept.components, keyOf(over, groups), 'principalComponents', cost, () =>
      groups.map(({ code, columns }) => diagnostics.principalComponents(columns, code)),
    );
  }

  /** Weights by the tree: each node's share among its siblings, and in the whole. */
  effectiveWeights(): diagnostics.EffectiveWeight[] {
    const { tree, nodes } = this.ranking.result;
    return diagnostics.effectiveWeights(tree, nodes.weights);
  }

  /** Main effect of every node but the root on its parent, beside its weight there. */
  importances(): diagnostics.ChildImportance[] {
    const { tree, nodes } = this.ranking.result;
    const cost = (tree.nodes.length - 1) * this.#effectCost;
    return this.#once(this.kept.importances, '', 'importances', cost, () =>
      diagnostics.importanceInParent(tree, this.#nodeColumns, nodes.weights),
    );
  }

  /** Main effect of every node but the root on the index. */
  mainEffects(): diagnostics.MainEffect[] {
    const { tree } = this.ranking.result;
    const cost = (tree.nodes.length - 1) * this.#effectCost;
    return this.#once(this.kept.mainEffects, '', 'mainEffects', cost, () =>
      diagnostics.mainEffectsOnIndex(tree, this.#nodeColumns),
    );
  }

  /** Values that stand apart, on the natural scale after denomination, and the rules that could not be used. */
  outliers(changes: LimitChanges<diagnostics.OutlierReportLimits> | null | undefined): diagnostics.OutlierReport {
    const limits = withChanges(diagnostics.DEFAULT_OUTLIER_REPORT_LIMITS, changes);
    const { n, m } = this.#size;
    const cost = m * (4 + limits.maximumPoints) * sortCost(n);
    return this.#once(this.kept.outliers, JSON.stringify(limits), 'outliers', cost, () => {
      const cities = this.#table.cities.map(({ code }) => code);
      return diagnostics.findOutliers(cities, this.#leafColumnsAt('DENOMINATED'), limits);
    });
  }

  /** Which cities are at least as good as which in each of the named nodes; in the leaves where none is named. */
  dominance(nodes: readonly string[] | null | undefined): DominanceRows {
    const columns = this.#namedColumns(nodes);
    return this.#once(this.kept.dominance, keyOf('', columns), 'dominance', this.#dominanceCost(columns), () =>
      dominanceRows(
        columns.map(({ code }) => code),
        this.#computeDominance(columns),
      ),
    );
  }

  /** The edges of the Hasse diagram of {@link dominance} over the same nodes. */
  hasseEdges({ nodes }: DominanceRows): HasseEdges {
    const columns = this.#namedColumns(nodes);
    const { dominates } = this.dominance(nodes);
    // Below each city, every dominated one is held against every other.
    const cost = this.#dominanceCost(columns) + dominates.reduce((sum, count) => sum + count * count, 0);
    return this.#once(this.kept.edges, keyOf('', columns), 'edges', cost, () => {
      const dominance = this.#computeDominance(columns);
      const rowOf = new Map(dominance.cities.map((code, row) => [code, row]));
      const edges = diagnostics.hasseEdges(dominance);
      return {
        cities: dominance.cities,
        rows: Int32Array.from(edges.flatMap(({ above, below }) => [rowOf.get(above) ?? 0, rowOf.get(below) ?? 0])),
      };
    });
  }

  /** What the linter finds, worst first. */
  findings(changes: LimitChanges<diagnostics.LintLimits> | null | undefined): diagnostics.Finding[] {
    const limits = withChanges(diagnostics.DEFAULT_LINT_LIMITS, changes);
    const { tree, nodes } = this.ranking.result;
    const { n, m } = this.#size;
    const families = sumOf(tree.nodes, ({ children }) => pairsOf(children.length));
    const pairs = pairsOf(m) + families + sumOf(tree.nodes, ({ depth }) => depth);
    this.#checkPairs('findings', pairs);
    const cost =
      m * sortCost(n) +
      pairs * this.#pairCost('PEARSON') +
      // Alpha's covariances, either way round.
      2 * families * 16 * n +
      (tree.nodes.length - 1) * this.#effectCost;
    return this.#once(this.kept.findings, JSON.stringify(limits), 'findings', cost, () =>
      diagnostics.lint({ table: this.#table, tree, columns: this.#nodeColumns, weights: nodes.weights }, limits),
    );
  }

  /** Scored cities and leaves. */
  get #size(): { readonly n: number; readonly m: number } {
    const { cities, indicators } = this.ranking.result;
    return { n: cities.length, m: indicators.length };
  }

  /** The natural table, before imputation and treatment. */
  get #table(): Table {
    const { cities, indicators } = this.ranking.result;
    return { cities, indicators, values: this.#stage('DENOMINATED') };
  }

  /** One column for each node of the tree; more is better. */
  get #nodeColumns(): readonly Float64Array[] {
    this.#columns ??= diagnostics.orientedColumns(this.ranking.result.nodes);
    return this.#columns;
  }

  #stage(stage: DiagnosticStage): Float64Array {
    const { stages } = this.ranking.result;
    if (!stages) throw new Error('The ranking was made without its stages.');
    return {
      DENOMINATED: stages.denominated,
      IMPUTED: stages.imputed,
      TREATED: stages.treated,
      NORMALISED: stages.normalised,
    }[stage];
  }

  #leafColumnsAt(stage: DiagnosticStage): diagnostics.NamedColumn[] {
    const { n } = this.#size;
    const values = this.#stage(stage);
    return this.ranking.result.indicators.map(({ code }, j) => ({ code, values: values.subarray(j * n, (j + 1) * n) }));
  }

  #columnOf(node: TreeNode): diagnostics.NamedColumn {
    const { tree } = this.ranking.result;
    const values = this.#nodeColumns[tree.indexOf.get(node.code) ?? -1];
    if (!values) throw new Error(`Node ${node.code} has no column.`);
    return { code: node.code, values };
  }

  /** The named nodes, in the order named; null where none is named. */
  #namedNodes(nodes: readonly string[] | null | undefined): TreeNode[] | null {
    if (nodes == null) return null;
    const { tree } = this.ranking.result;
    return nodes.map((code, index) => {
      const path = `nodes[${String(index)}]`;
      const node = tree.nodes[tree.indexOf.get(code) ?? -1];
      if (!node)
        throw refuse(
          'NOT_FOUND',
          path,
          code,
          'The framework has no node with this code.',
          describeAllowed(tree.indexOf.keys()),
        );
      if (nodes.indexOf(code) < index)
        throw refuse('BAD_INPUT', path, code, 'The node is named twice.', 'each node once');
      return node;
    });
  }

  #namedColumns(nodes: readonly string[] | null | undefined): diagnostics.NamedColumn[] {
    const { tree } = this.ranking.result;
    const chosen = this.#namedNodes(nodes) ?? tree.nodes.filter(({ children }) => children.length === 0);
    if (chosen.length > MAX_DIAGNOSTIC_NODES)
      throw refuse(
        'BUDGET_EXCEEDED',
        'nodes',
        chosen.length,
        'There are too many nodes.',
        `at most ${String(MAX_DIAGNOSTIC_NODES)}; name them in \`nodes\``,
      );
    return chosen.map((node) => this.#columnOf(node));
  }

  /** The named nodes with the columns below each; all that have children where none is named. */
  #groups(nodes: readonly string[] | null | undefined, over: DiagnosticScope): Group[] {
    const { tree } = this.ranking.result;
    const chosen = this.#namedNodes(nodes) ?? tree.nodes.filter(({ children }) => children.length > 0);
    return chosen.map((node, index) => {
      if (node.children.length === 0)
        throw refuse(
          'BAD_INPUT',
          `nodes[${String(index)}]`,
          node.code,
          'The node is an indicator, with nothing below it.',
          'nodes that have children',
        );
      const below = over === 'LEAVES' ? this.#leavesUnder(node) : this.#childrenOf(node);
      return { code: node.code, columns: below.map((child) => this.#columnOf(child)) };
    });
  }

  #childrenOf({ children }: TreeNode): TreeNode[] {
    const { nodes } = this.ranking.result.tree;
    return children.flatMap((child) => nodes[child] ?? []);
  }

  #leavesUnder(node: TreeNode): TreeNode[] {
    return node.children.length === 0 ? [node] : this.#childrenOf(node).flatMap((child) => this.#leavesUnder(child));
  }

  #nodeShares(): diagnostics.NodeAvailability {
    const { tree } = this.ranking.result;
    const { n, m } = this.#size;
    const cost = n * m * (1 + Math.max(...tree.nodes.map(({ depth }) => depth)));
    return this.#once(this.kept.nodeAvailability, '', 'availability', cost, () =>
      diagnostics.availabilityByNode(this.#table, tree),
    );
  }

  #dominanceCost({ length }: readonly diagnostics.NamedColumn[]): number {
    return pairsOf(this.#size.n) * (length + 2);
  }

  #computeDominance(columns: readonly diagnostics.NamedColumn[]): diagnostics.Dominance {
    return diagnostics.dominanceOf(
      this.ranking.result.cities.map(({ code }) => code),
      columns,
    );
  }

  /** Cell operations of one correlation. */
  #pairCost(method: diagnostics.CorrelationMethod): number {
    const { n } = this.#size;
    switch (method) {
      case 'PEARSON':
        return PAIR_COST + 16 * n;
      case 'SPEARMAN':
        return PAIR_COST + 16 * n + 2 * sortCost(n);
      case 'KENDALL':
        // Below 50 cities the exact distribution is summed up.
        return PAIR_COST + 2 * sortCost(n) + (n < 50 ? (n * n * n) / 4 : 0);
    }
  }

  /** Cell operations of one main effect: a spline is fitted under each of 33 penalties. */
  get #effectCost(): number {
    return EFFECT_COST + 150 * this.#size.n;
  }

  /** What is kept, or else computed, for the same cost; written down once in a request. */
  #once<T extends object>(memo: Memo<T>, key: string, field: string, cost: number, compute: () => T): T {
    const path = `diagnostics.${field}`;
    this.budget.checkBudgetOnce(`${path} ${this.ranking.digest} ${key}`, cost, `field ${field}`, path);
    return memo.get(key, compute);
  }

  #checkPairs(field: string, pairs: number): void {
    if (pairs > MAX_DIAGNOSTIC_PAIRS)
      throw refuse(
        'BUDGET_EXCEEDED',
        `diagnostics.${field}`,
        pairs,
        'There are too many pairs of nodes.',
        `at most ${String(MAX_DIAGNOSTIC_PAIRS)} pairs`,
      );
  }
}

interface Group {
  readonly code: string;
  readonly columns: readonly diagnostics.NamedColumn[];
}

/** Cell operations of one correlation besides its values: its p-value. */
const PAIR_COST = 10_000;

/** Cell operations of one main effect besides its values. */
const EFFECT_COST = 600_000;

function sortCost(n: number): number {
  return 4 * n * Math.ceil(Math.log2(n + 2));
}

function pairsOf(k: number): number {
  return (k * (k - 1)) / 2;
}

function sumOf<T>(items: readonly T[], figure: (item: T) => number): number {
  return items.reduce((sum, item) => sum + figure(item), 0);
}

function keyOf(kind: string, columns: readonly { readonly code: string }[]): string {
  return JSON.stringify([kind, ...columns.map(({ code }) => code)]);
}

/** The defaults with a caller's changes laid over them. */
function withChanges<L extends object>(defaults: L, changes: LimitChanges<L> | null | undefined): L {
  const given = Object.entries(changes ?? {}).filter(([, value]) => value != null);
  return { ...defaults, ...Object.fromEntries(given) };
}
