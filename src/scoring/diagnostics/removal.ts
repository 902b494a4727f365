import { aggregateTree, ruleFor, type LeafColumns } from '../aggregate';
import type { KernelContext } from '../descriptor';
import { ScoringError } from '../errors';
import type { Methodology } from '../methodology';
import { at, atInt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import { rankOptionsOf, rankScores } from '../ranks';
import { buildTree, type Tree } from '../tree';
import { absent, measured, type AbsenceReason, type Measure } from './measure';
import { leavesUnder, nodeAt, nodeColumn } from './tree-columns';

/** What becomes of the ranking when one node is left out. */
export interface RemovalEffect {
  readonly node: string;
  /** Ranks without the node, parallel to the ranking's cities, `NaN` = unranked; null where `meanShift` is. */
  readonly ranks: Float64Array | null;
  /** Mean of |rank without the node − nominal rank| over the cities that have both. */
  readonly meanShift: Measure;
  /** Largest of those shifts. */
  readonly largestShift: Measure;
  /** City with the largest shift, the first in the ranking's order of cities; null where there is none. */
  readonly mostShifted: string | null;
  /** Cities that are ranked only with the node or only without it. */
  readonly lostOrGained: number;
}

/**
 * Leaves each of the nodes out in turn, with all below it, and ranks anew. Parents left without children go too; the
 * others are weighed and aggregated by their own rules, their given weights unchanged, from the same normalised columns
 * and for the same cities (imputation, screening, treatment and normalisation are not run again).
 * A node that leaves nothing behind has `TOO_FEW_COLUMNS`; one without which the method is not defined (weights that add
 * to nothing, a precondition that fails) has `NOT_DEFINED`.
 *
 * Source: OECD/JRC (2008), Handbook, step 7 (excluding indicators), https://doi.org/10.1787/9789264043466-en; COINr
 * 1.1.14 `remove_elements`, which sets the weight to 0 instead.
 * @param nodes codes of the nodes to leave out, one at a time; all but the root where left out
 * @throws ScoringError `NOT_FOUND` naming a code that is not in the tree
 */
export function removalEffects(ranking: RankingResult, nodes?: readonly string[]): RemovalEffect[] {
  const { tree } = ranking;
  const codes = nodes ?? tree.nodes.slice(0, -1).map(({ code }) => code);
  return codes.map((code) => {
    const index = tree.indexOf.get(code);
    if (index === undefined) {
      throw new ScoringError('NOT_FOUND', `Framework ${tree.code} has no node ${code}.`, [
        { path: 'nodes', value: code, message: 'No such node.', allowed: 'a node of the framework' },
      ]);
    }
    const outcome = ranksWithout(ranking, index);
    return typeof outcome === 'string' ? notRanked(code, outcome) : effectOf(code, ranking, outcome);
  });
}

function notRanked(node: string, reason: AbsenceReason): RemovalEffect {
  const nothing = absent(reason);
  return { node, ranks: null, meanShift: nothing, largestShift: nothing, mostShifted: null, lostOrGained: 0 };
}

function effectOf(node: string, ranking: RankingResult, ranks: Float64Array): RemovalEffect {
  let compared = 0;
  let lostOrGained = 0;
  let sum = 0;
  let largest = 0;
  let mostShifted: string | null = null;
  ranking.cities.forEach(({ code }, i) => {
    const before = at(ranking.ranks, i);
    const after = at(ranks, i);
    if (Number.isNaN(before) !== Number.isNaN(after)) lostOrGained++;
    if (Number.isNaN(before) || Number.isNaN(after)) return;
    const shift = Math.abs(after - before);
    compared++;
    sum += shift;
    if (shift > largest) {
      largest = shift;
      mostShifted = code;
    }
  });
  if (compared === 0) return { ...notRanked(node, 'NO_VALUES'), ranks, lostOrGained };
  return {
    node,
    ranks,
    meanShift: measured(sum / compared),
    largestShift: measured(largest),
    mostShifted,
    lostOrGained,
  };
}

/** Ranks without the node at `index` and what is below it. */
function ranksWithout(ranking: RankingResult, index: number): Float64Array | AbsenceReason {
  const { methodology, cities, tree } = ranking;
  const left = without(tree, index);
  if (left === null) return 'TOO_FEW_COLUMNS';
  // A node keeps its rule even where its level falls because its deepest child is gone.
  const aggregate = tree.nodes
    .filter((node) => node.children.length > 0)
    .map((node) => ({ ...ruleFor(methodology.aggregate, node), level: null, node: node.code }));
  try {
    const scores = aggregateTree(leafColumns(ranking, left), {
      tree: left,
      methodology: { weight: methodology.weight, aggregate },
      contextOf: () => SILENT,
    });
    const codes = cities.map(({ code }) => code);
    return rankScores(
      nodeColumn(left, scores.columns, left.root).values,
      codes,
      rankOptionsOf(methodology.rank, left, scores, left.root),
    ).ranks;
  } catch (error) {
    if (error instanceof ScoringError) return 'NOT_DEFINED';
    throw error;
  }
}

/** The tree without the node at `index`, what is below it, and the ancestors that it alone held up; null where nothing is left. */
function without(tree: Tree, index: number): Tree | null {
  const gone = new Set(leavesUnder(tree, index));
  // Children stand before their parents, so one pass finds every node of which nothing is left.
  tree.nodes.forEach((node, k) => {
    if (node.children.length > 0 && node.children.every((child) => gone.has(child))) gone.add(k);
  });
  if (gone.has(tree.root)) return null;
  const definitions = tree.nodes.flatMap((node, k) =>
    gone.has(k)
      ? []
      : [
          {
            code: node.code,
            parent: node.parent < 0 ? null : nodeAt(tree, node.parent).code,
            weight: node.weight,
            indicator: node.indicator,
            position: k,
          },
        ],
  );
  return buildTree(tree.code, definitions);
}

/** The normalised columns of the leaves that are left. */
function leafColumns({ cities, tree, indicators, nodes, methodology }: RankingResult, left: Tree): LeafColumns {
  const leaves = Int32Array.from(tree.leaves);
  // `left` has its leaves in the same order as `tree`.
  const kept = indicators
    .map((indicator, slot) => ({ indicator, ...nodeColumn(tree, nodes.columns, atInt(leaves, slot)) }))
    .filter(({ code }) => left.indexOf.has(code));
  return {
    cities,
    normalised: kept.map(({ values }) => values),
    // Read only where a leaf is not normalised; its column is then the natural one, oriented.
    natural: kept.map(({ indicator, values }) => (indicator.direction === -1 ? values.map((value) => -value) : values)),
    costs: Uint8Array.from(kept, ({ indicator }) => (indicator.direction === -1 ? 1 : 0)),
    isNatural: kept.map(({ indicator }) => normalisationOf(methodology, indicator.code) === 'NONE'),
  };
}

function normalisationOf({ normalise }: Methodology, indicator: string): string {
  return (normalise.overrides.find(({ indicators }) => indicators.includes(indicator)) ?? normalise).method;
}

/** What happens on the way is the nominal run's to report. */
const SILENT: KernelContext = {
  warn: () => undefined,
  refuse: (code, message) => {
    throw new ScoringError(code, message);
  },
};
