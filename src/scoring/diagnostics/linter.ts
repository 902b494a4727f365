import { ScoringError } from '../errors';
import { testOutliers } from '../numeric/outliers';
import { columnOf, type Table } from '../table';
import type { Tree } from '../tree';
import { correlate, correlationMatrix, correlationsWithinFamilies } from './correlation';
import { cronbachAlpha } from './cronbach-alpha';
import { DEFAULT_OUTLIER_LIMITS, describe, type DescriptiveStatistics } from './descriptive';
import { effectiveWeights, importanceInParent } from './effective-weights';
import { isConstant } from './measure';
import { childColumns, innerNodes, nodeAt, nodeColumn } from './tree-columns';

/**
 * What the linter finds, worst first. Limits are those of {@link LintLimits}.
 * - `EMPTY_INDICATOR`: no city has a value.
 * - `REPEATED_INDICATOR`: one indicator is at several leaves, so it counts several times.
 * - `CONSTANT_INDICATOR`: all values are equal, so it cannot tell cities apart.
 * - `CONSTANT_NODE`: all cities get the same score at an inner node.
 * - `NEARLY_CONSTANT`: one value is shared by at least `sameValueShare` of the cities.
 * - `LOW_AVAILABILITY`: fewer than `availability` of the cities have a value.
 * - `NEAR_COPY`: two leaves anywhere in the tree correlate at `copy` or more in size: the same thing counted twice.
 * - `COLLINEAR_SIBLINGS`: two children of one node correlate at `collinear` or more in size.
 * - `NEGATIVE_SIBLINGS`: two children of one node correlate at `negative` or less, so each cancels the other.
 * - `AGAINST_PARENT`: a node correlates negatively with its parent, at a p-value of `significance` or less.
 * - `SILENT`: a node's share of its family's main effects is below `silent` times its share of the weights.
 * - `DOMINANT`: one of several children by itself goes with `dominant` or more of its parent's variance.
 * - `OUTLIERS`: the column fails the skewness and kurtosis test.
 * - `INCONSISTENT_FAMILY`: the children of a node have a Cronbach's alpha below `alpha`.
 * - `ZERO_WEIGHT`: the node does not count.
 * - `ONLY_CHILD`: the node is its parent under another name.
 */
export const FINDING_CODES = [
  'EMPTY_INDICATOR',
  'REPEATED_INDICATOR',
  'CONSTANT_INDICATOR',
  'CONSTANT_NODE',
  'NEARLY_CONSTANT',
  'LOW_AVAILABILITY',
  'NEAR_COPY',
  'COLLINEAR_SIBLINGS',
  'NEGATIVE_SIBLINGS',
  'AGAINST_PARENT',
  'SILENT',
  'DOMINANT',
  'OUTLIERS',
  'INCONSISTENT_FAMILY',
  'ZERO_WEIGHT',
  'ONLY_CHILD',
] as const;
/** One of {@link FINDING_CODES}. */
export type FindingCode = (typeof FINDING_CODES)[number];

/** `ERROR`: the index does not say what it seems to. `WARNING`: look at it before publishing. `NOTE`: worth knowing. */
export type Severity = 'ERROR' | 'WARNING' | 'NOTE';

/** Something about an index that its makers should know. */
export interface Finding {
  readonly code: FindingCode;
  readonly severity: Severity;
  /** Codes of the nodes that it is about. */
  readonly nodes: readonly string[];
  /** The figure that broke the limit, where there is one. */
  readonly value: number | null;
  /** One sentence for a person. */
  readonly message: string;
}

/** Where the linter draws its lines; correlations are Pearson's. */
export interface LintLimits {
  /** Default 0.65, COINr's. */
  readonly availability: number;
  /** Default 0.8. */
  readonly sameValueShare: number;
  /** Default 0.99. */
  readonly copy: number;
  /** Default 0.9, COINr's. */
  readonly collinear: number;
  /** Default −0.4, COINr's. */
  readonly negative: number;
  /** Default 0.05. */
  readonly significance: number;
  /** Default 0.1. */
  readonly silent: number;
  /** Default 0.9. */
  readonly dominant: number;
  /** Default 0.6, the most lenient that the OECD/JRC Handbook (step 4) names. */
  readonly alpha: number;
  /** Default 2. */
  readonly skewness: number;
  /** Default 3.5. */
  readonly kurtosis: number;
}

/** The defaults of {@link LintLimits}. */
export const DEFAULT_LINT_LIMITS: LintLimits = {
  ...DEFAULT_OUTLIER_LIMITS,
  availability: 0.65,
  sameValueShare: 0.8,
  copy: 0.99,
  collinear: 0.9,
  negative: -0.4,
  significance: 0.05,
  silent: 0.1,
  dominant: 0.9,
  alpha: 0.6,
};

/** What the linter looks at. */
export interface LintInput {
  /** Natural scale, before imputation and treatment; holds every leaf's indicator. */
  readonly table: Table;
  readonly tree: Tree;
  /** One column for each of `tree.nodes`, in its order: normalised and oriented leaves, and the scores of the inner nodes. */
  readonly columns: readonly Float64Array[];
  /** Weights in use, parallel to `tree.nodes`; the tree's own where left out. */
  readonly weights?: Float64Array;
}

/**
 * Looks for what makes an index misleading. Pairs are correlated over the cities that have both; a figure that does not
 * exist (too few cities, a constant column) breaks no limit beyond those that name it.
 * @returns findings by code, in the order of {@link FINDING_CODES}, then in tree order
 * @throws ScoringError `NOT_FOUND` where a leaf's indicator is not in the table; `WEIGHTS_INVALID` as {@link effectiveWeights}
 */
export function lint(input: LintInput, limits: LintLimits = DEFAULT_LINT_LIMITS): Finding[] {
  const findings = [
    ...lintLeaves(input, limits),
    ...lintRepeats(input.tree),
    ...lintPairs(input, limits),
    ...lintFamilies(input, limits),
  ];
  return findings.sort((a, b) => FINDING_CODES.indexOf(a.code) - FINDING_CODES.indexOf(b.code));
}

const SEVERITIES: Readonly<Record<FindingCode, Severity>> = {
  EMPTY_INDICATOR: 'ERROR',
  REPEATED_INDICATOR: 'ERROR',
  CONSTANT_INDICATOR: 'ERROR',
  CONSTANT_NODE: 'ERROR',
  NEARLY_CONSTANT: 'WARNING',
  LOW_AVAILABILITY: 'WARNING',
  NEAR_COPY: 'WARNING',
  COLLINEAR_SIBLINGS: 'WARNING',
  NEGATIVE_SIBLINGS: 'WARNING',
  AGAINST_PARENT: 'WARNING',
  SILENT: 'WARNING',
  DOMINANT: 'WARNING',
  OUTLIERS: 'WARNING',
  INCONSISTENT_FAMILY: 'NOTE',
  ZERO_WEIGHT: 'NOTE',
  ONLY_CHILD: 'NOTE',
};

function finding(code: FindingCode, nodes: readonly string[], value: number | null, message: string): Finding {
  return { code, severity: SEVERITIES[code], nodes, value, message };
}

/** Each leaf by itself, on the natural scale. */
function lintLeaves({ table, tree }: LintInput, limits: LintLimits): Finding[] {
  const columnAt = new Map<string | null, number>(table.indicators.map(({ code }, j) => [code, j]));
  return tree.leaves.flatMap((leaf) => {
    const { code, indicator } = nodeAt(tree, leaf);
    const j = columnAt.get(indicator);
    if (j === undefined) throw new ScoringError('NOT_FOUND', `The indicator of leaf ${code} is not in the table.`);
    const values = columnOf(table, j);
    return describe([{ code, values }], limits).flatMap((statistics) => lintLeaf(statistics, values, limits));
  });
}

function lintLeaf(statistics: DescriptiveStatistics, values: Float64Array, limits: LintLimits): Finding[] {
  const { code, count, distinct } = statistics;
  if (count === 0) return [finding('EMPTY_INDICATOR', [code], 0, `No city has a value of ${code}.`)];
  const findings: Finding[] = [];
  const available = count / values.length;
  if (available < limits.availability) {
    findings.push(
      finding(
        'LOW_AVAILABILITY',
        [code],
        available,
        `Only ${percent(available)} of the cities have a value of ${code}.`,
      ),
    );
  }
  const same = statistics.mostFrequentCount / count;
  if (distinct === 1) findings.push(finding('CONSTANT_INDICATOR', [code], null, `All values of ${code} are equal.`));
  else if (same >= limits.sameValueShare)
    findings.push(finding('NEARLY_CONSTANT', [code], same, `${percent(same)} of the values of ${code} are the same.`));
  const { passes, skewness, kurtosis } = testOutliers(values, limits);
  if (!passes) {
    findings.push(
      finding(
        'OUTLIERS',
        [code],
        skewness,
        `${code} has outliers: skewness ${figure(skewness)}, excess kurtosis ${figure(kurtosis)}.`,
      ),
    );
  }
  return findings;
}

function lintRepeats(tree: Tree): Finding[] {
  const leavesOf = new Map<string | null, string[]>();
  for (const leaf of tree.leaves) {
    const { code, indicator } = nodeAt(tree, leaf);
    const leaves = leavesOf.get(indicator);
    if (leaves) leaves.push(code);
    else leavesOf.set(indicator, [code]);
  }
  return [...leavesOf].flatMap(([indicator, nodes]) =>
    nodes.length < 2
      ? []
      : [
          finding(
            'REPEATED_INDICATOR',
            nodes,
            nodes.length,
            `${String(indicator)} is at ${String(nodes.length)} leaves, so it counts more than once.`,
          ),
        ],
  );
}

/** Pairs of leaves that are copies, and pairs of siblings. */
function lintPairs({ tree, columns }: LintInput, limits: LintLimits): Finding[] {
  const indicatorOf = new Map(tree.nodes.map(({ code, indicator }) => [code, indicator]));
  const leaves = tree.leaves.map((leaf) => nodeColumn(tree, columns, leaf));
  const copies = new Set<string>();
  const findings: Finding[] = [];
  for (const { first, second, coefficient } of correlationMatrix(leaves, 'PEARSON', false)) {
    const repeated = indicatorOf.get(first) === indicatorOf.get(second);
    if (coefficient === null || (Math.abs(coefficient) < limits.copy && !repeated)) continue;
    copies.add(`${first} ${second}`);
    if (repeated) continue;
    findings.push(
      finding(
        'NEAR_COPY',
        [first, second],
        coefficient,
        `${first} and ${second} are nearly the same (r = ${figure(coefficient)}), so one thing counts twice.`,
      ),
    );
  }
  for (const { parent, pairs } of correlationsWithinFamilies(tree, columns, 'PEARSON', false)) {
    for (const { first, second, coefficient } of pairs) {
      if (coefficient === null) continue;
      const r = figure(coefficient);
      if (Math.abs(coefficient) >= limits.collinear && !copies.has(`${first} ${second}`)) {
        const message = `${first} and ${second} under ${parent} are collinear (r = ${r}).`;
        findings.push(finding('COLLINEAR_SIBLINGS', [first, second], coefficient, message));
      }
      if (coefficient <= limits.negative) {
        const message = `${first} and ${second} under ${parent} run against each other (r = ${r}).`;
        findings.push(finding('NEGATIVE_SIBLINGS', [first, second], coefficient, message));
      }
    }
  }
  return findings;
}

/** Each node against its parent and its weight. */
function lintFamilies({ tree, columns, weights }: LintInput, limits: LintLimits): Finding[] {
  const findings: Finding[] = [];
  const withParents = tree.nodes.flatMap(({ parent }, index) =>
    parent < 0 ? [] : [correlate(nodeColumn(tree, columns, index), nodeColumn(tree, columns, parent), 'PEARSON')],
  );
  for (const { first, second, coefficient, pValue } of withParents) {
    if (coefficient === null || pValue === null) continue;
    if (coefficient < 0 && pValue <= limits.significance) {
      const message = `${first} runs against its parent ${second} (r = ${figure(coefficient)}).`;
      findings.push(finding('AGAINST_PARENT', [first, second], coefficient, message));
    }
  }
  const importances = importanceInParent(tree, columns, weights);
  for (const { code, parent, weightShare, nonlinear, nonlinearShare } of importances) {
    const siblings = importances.filter((other) => other.parent === parent).length;
    if (siblings > 1 && weightShare > 0 && nonlinearShare.value !== null) {
      if (nonlinearShare.value < limits.silent * weightShare) {
        const message = `${code} has ${percent(weightShare)} of the weight under ${parent}, but ${percent(nonlinearShare.value)} of the effect.`;
        findings.push(finding('SILENT', [code], nonlinearShare.value, message));
      }
    }
    if (siblings > 1 && nonlinear.value !== null && nonlinear.value >= limits.dominant) {
      const message = `${code} by itself goes with ${percent(nonlinear.value)} of the variance of ${parent}.`;
      findings.push(finding('DOMINANT', [code, parent], nonlinear.value, message));
    }
  }
  for (const { node, share } of effectiveWeights(tree, weights)) {
    if (share === 0)
      findings.push(finding('ZERO_WEIGHT', [node], 0, `${node} has a weight of 0, so it does not count.`));
  }
  for (const { node, index } of innerNodes(tree)) {
    const { code } = node;
    const children = childColumns(tree, columns, node);
    const { alpha } = cronbachAlpha(children);
    if (alpha.value !== null && alpha.value < limits.alpha) {
      const message = `The children of ${code} hang together poorly (Cronbach's alpha ${figure(alpha.value)}).`;
      findings.push(finding('INCONSISTENT_FAMILY', [code], alpha.value, message));
    }
    if (children.length === 1) {
      const only = children.map((child) => child.code);
      findings.push(
        finding('ONLY_CHILD', only, null, `${only.join()} is the only child of ${code}, so the two are one.`),
      );
    }
    if (isConstant(nodeColumn(tree, columns, index).values))
      findings.push(finding('CONSTANT_NODE', [code], null, `All cities score the same at ${code}.`));
  }
  return findings;
}

function figure(value: number): string {
  return value.toFixed(2);
}

function percent(share: number): string {
  return `${(100 * share).toFixed(share < 0.01 && share > 0 ? 2 : 0)} %`;
}
