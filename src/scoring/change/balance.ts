import { leavesBelow } from '../aggregate';
import { entryOf, itemAt } from '../lookup';
import { at, columnAt } from '../numeric/at';
import type { RankingResult } from '../pipeline';
import { stagesOf } from '../stages';
import { leafIndicators, type Tree } from '../tree';
import type { History } from './history';

/**
 * Which cities make up a balanced panel: those with a score at the node in every year; those whose score rests on the
 * same indicators in every year; those that have every indicator below the node in every year.
 */
export const PANEL_RULES = ['SCORED', 'SAME_INDICATORS', 'COMPLETE'] as const;
/** One of {@link PANEL_RULES}. */
export type PanelRule = (typeof PANEL_RULES)[number];

/** A city that is not in the panel. */
export interface LeftOutCity {
  readonly city: string;
  /** One sentence. */
  readonly reason: string;
}

/** The cities that can be compared over all the years, and those that cannot. */
export interface Balance {
  /** Codes, in the order of the first year's ranking result. */
  readonly cities: readonly string[];
  /** Scores at the node, one column for each year, in the order of `cities`. */
  readonly columns: readonly Float64Array[];
  /** Cities with a score at the node in some of the years, but not in the panel. */
  readonly leftOut: readonly LeftOutCity[];
}

/**
 * The balanced panel of a node's scores.
 * @param node index into the history's tree
 */
export function balancedPanel(history: History, node: number, rule: PanelRule): Balance {
  const { results, years, tree } = history;
  const slots = leafSlots(tree, node);
  const indicators = leafIndicators(tree);
  const wanted = slots.map((slot) => itemAt(indicators, slot));
  const rows = results.map(({ cities }) => new Map(cities.map(({ code }, row) => [code, row])));
  const scoreIn = (k: number, code: string): number => {
    const row = itemAt(rows, k).get(code);
    return row === undefined ? NaN : at(columnAt(itemAt(results, k).nodes.columns, node), row);
  };
  const codes = [...new Set(results.flatMap(({ cities }) => cities.map(({ code }) => code)))];
  const kept: string[] = [];
  const leftOut: LeftOutCity[] = [];
  for (const code of codes) {
    const without = years.filter((_, k) => Number.isNaN(scoreIn(k, code)));
    if (without.length === years.length) continue;
    const reason =
      without.length > 0
        ? `It has no score in ${without.join(', ')}.`
        : unbalanced(
            results.map((result, k) => presentIndicators(result, entryOf(itemAt(rows, k), code), slots)),
            years,
            wanted,
            rule,
          );
    if (reason === null) kept.push(code);
    else leftOut.push({ city: code, reason });
  }
  return {
    cities: kept,
    columns: years.map((_, k) => Float64Array.from(kept, (code) => scoreIn(k, code))),
    leftOut,
  };
}

/** Why the city's values do not fit the rule; null where they do. */
function unbalanced(
  present: readonly (readonly string[])[],
  years: readonly number[],
  wanted: readonly string[],
  rule: PanelRule,
): string | null {
  if (rule === 'SCORED') return null;
  if (rule === 'COMPLETE') {
    const missingIn = present.map((own) => wanted.filter((code) => !own.includes(code)));
    const short = years.filter((_, k) => itemAt(missingIn, k).length > 0);
    return short.length === 0 ? null : `It lacks ${[...new Set(missingIn.flat())].join(', ')} in ${short.join(', ')}.`;
  }
  const always = new Set(present[0]);
  for (const own of present) for (const code of always) if (!own.includes(code)) always.delete(code);
  const changing = [...new Set(present.flat())].filter((code) => !always.has(code));
  return changing.length === 0 ? null : `It has ${changing.join(', ')} in some of the years only.`;
}

/** Positions among the leaves of those below a node, or of the node itself. */
function leafSlots(tree: Tree, node: number): number[] {
  const below = new Set(leavesBelow(tree, node));
  return tree.leaves.flatMap((leaf, slot) => (below.has(leaf) ? [slot] : []));
}

/** Codes of the indicators that a city has a value of, observed or filled in. */
function presentIndicators(result: RankingResult, row: number, slots: readonly number[]): string[] {
  const { treated } = stagesOf(result);
  const n = result.cities.length;
  return slots.flatMap((slot) =>
    Number.isNaN(at(treated, slot * n + row)) ? [] : [itemAt(result.indicators, slot).code],
  );
}
