import { buildTree, type CityMeta, type IndicatorMeta, type Panel, type Tree } from '../../src/scoring';
import { readGolden } from './golden';

/** COINr's ASEM example (51 countries × 49 indicators, 4 levels) as the engine takes it. */
export interface Asem {
  readonly panel: Panel;
  readonly tree: Tree;
  /** Country codes in panel order (sorted). */
  readonly codes: readonly string[];
  /** Indicator codes in the order of `00_iMeta.csv`. */
  readonly leaves: readonly string[];
  /** A recipe's `denominate` part: the indicators that COINr's example divides. */
  readonly denominate: readonly { readonly indicator: string; readonly by: string }[];
}

const DENOMINATORS = ['Area', 'Energy', 'GDP', 'Population'];

/** Builds the example from `test/golden/coinr/00_*`. The four denominators are indicators without a direction. */
export function asem(): Asem {
  const meta = readGolden('coinr', '00_iMeta.csv').rows.filter(
    (row) => row['Type'] === 'Indicator' || row['Type'] === 'Aggregate',
  );
  const leaves = meta.filter((row) => row['Type'] === 'Indicator');
  const leafCodes = leaves.map((row) => row['iCode'] ?? '');
  const raw = readGolden('coinr', '00_raw_iData.csv');
  const codes = [...raw.text('uCode')].sort();
  const table = raw.alignedTo('uCode', codes);
  const indicators: IndicatorMeta[] = [
    ...leaves.map((row) => ({
      code: row['iCode'] ?? '',
      direction: row['Direction'] === '-1' ? (-1 as const) : (1 as const),
      goalpostLow: null,
      goalpostHigh: null,
      target: Number(row['Target']),
      denominator: row['Denominator'] ? row['Denominator'] : null,
    })),
    ...DENOMINATORS.map((code) => ({
      code,
      direction: 0 as const,
      goalpostLow: null,
      goalpostHigh: null,
      target: null,
      denominator: null,
    })),
  ];
  const cities: CityMeta[] = table.rows.map((row) => ({
    code: row['uCode'] ?? '',
    groups: { GDP_group: row['GDP_group'] ?? null, EurAsia_group: row['EurAsia_group'] ?? null },
  }));
  const values = new Float64Array(cities.length * indicators.length);
  indicators.forEach((indicator, j) => {
    values.set(table.numbers(indicator.code), j * cities.length);
  });
  return {
    panel: { cities, indicators, years: [2018], values, status: new Uint8Array(values.length), statuses: ['NORMAL'] },
    tree: buildTree(
      'asem',
      meta.map((row, position) => ({
        code: row['iCode'] ?? '',
        parent: row['Parent'] ? row['Parent'] : null,
        weight: Number(row['Weight']),
        indicator: row['Type'] === 'Indicator' ? (row['iCode'] ?? '') : null,
        position,
      })),
    ),
    codes,
    leaves: leafCodes,
    denominate: indicators.flatMap(({ code, denominator }) =>
      denominator === null ? [] : [{ indicator: code, by: denominator }],
    ),
  };
}
