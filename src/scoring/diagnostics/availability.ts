import { ScoringError } from '../errors';
import { at } from '../numeric/at';
import { compareCodes, type Tree } from '../tree';
import { columnOf, type Table } from '../table';
import { absent, measured, type Measure } from './measure';
import { leavesUnder, nodeAt } from './tree-columns';

/** What is there of a set of cells. */
export interface Availability {
  /** City, indicator or group label. */
  readonly code: string;
  readonly cells: number;
  readonly present: number;
  readonly missing: number;
  /** Present cells that are 0. */
  readonly zeros: number;
  /** `present` / `cells`, 0 to 1; `NO_VALUES` where there is no cell. */
  readonly share: Measure;
  /** Share of the present cells that are not 0; `NO_VALUES` where none is present. */
  readonly nonZeroShare: Measure;
}

/** {@link Availability} of the cities of one group. */
export interface GroupAvailability extends Availability {
  readonly cities: number;
}

/** Availability of each city at each node of a tree. */
export interface NodeAvailability {
  readonly cities: readonly string[];
  /** Node codes, in the order of `tree.nodes`. */
  readonly nodes: readonly string[];
  /** Share of the leaves under node `k` that city `i` has, 0 to 1, at `k * cities.length + i`. */
  readonly shares: Float64Array;
}

/** Availability of each city over all indicators of the table. */
export function availabilityByCity(table: Table): Availability[] {
  return table.cities.map(({ code }, i) =>
    tally(
      code,
      table.indicators.map((_, j) => at(columnOf(table, j), i)),
    ),
  );
}

/** Availability of each indicator over all cities of the table. */
export function availabilityByIndicator(table: Table): Availability[] {
  return table.indicators.map(({ code }, j) => tally(code, columnOf(table, j)));
}

/**
 * Availability of each group of `grouping` (such as `tier`) over all indicators, labels in code order. Cities in no
 * group of that grouping are left out.
 */
export function availabilityByGroup(table: Table, grouping: string): GroupAvailability[] {
  const members = new Map<string, number[]>();
  table.cities.forEach(({ groups }, i) => {
    const label = groups[grouping];
    if (label === undefined || label === null) return;
    const group = members.get(label);
    if (group) group.push(i);
    else members.set(label, [i]);
  });
  return [...members]
    .sort(([a], [b]) => compareCodes(a, b))
    .map(([label, rows]) => ({
      ...tally(
        label,
        table.indicators.flatMap((_, j) => rows.map((i) => at(columnOf(table, j), i))),
      ),
      cities: rows.length,
    }));
}

/**
 * Share of the leaves under each node that each city has, each leaf counting once whatever its weight.
 * @throws ScoringError `NOT_FOUND` where a leaf's indicator is not in the table.
 */
export function availabilityByNode(table: Table, tree: Tree): NodeAvailability {
  const n = table.cities.length;
  const indicatorAt = new Map<string | null, number>(table.indicators.map(({ code }, j) => [code, j]));
  const shares = new Float64Array(tree.nodes.length * n);
  tree.nodes.forEach((_, node) => {
    const leaves = leavesUnder(tree, node);
    for (const leaf of leaves) {
      const { code, indicator } = nodeAt(tree, leaf);
      const j = indicatorAt.get(indicator);
      if (j === undefined)
        throw new ScoringError('NOT_FOUND', `The indicator of leaf ${code} is not in the table.`, [
          { path: code, value: indicator, message: 'No such indicator.', allowed: 'an indicator of the table' },
        ]);
      const column = columnOf(table, j);
      for (let i = 0; i < n; i++) {
        if (!Number.isNaN(at(column, i))) shares[node * n + i] = at(shares, node * n + i) + 1;
      }
    }
    for (let cell = node * n; cell < (node + 1) * n; cell++) shares[cell] = at(shares, cell) / leaves.length;
  });
  return { cities: table.cities.map(({ code }) => code), nodes: tree.nodes.map(({ code }) => code), shares };
}

function tally(code: string, values: Float64Array | readonly number[]): Availability {
  let present = 0;
  let zeros = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    present++;
    if (value === 0) zeros++;
  }
  const cells = values.length;
  return {
    code,
    cells,
    present,
    missing: cells - present,
    zeros,
    share: cells === 0 ? absent('NO_VALUES') : measured(present / cells),
    nonZeroShare: present === 0 ? absent('NO_VALUES') : measured((present - zeros) / present),
  };
}
