import { buildTree, type Panel, type Tree } from '../../src/scoring';
import { readGolden } from './golden';

/** One published country-year of the Human Development Index. */
export interface PublishedHdi {
  readonly country: string;
  readonly year: number;
  readonly hdi: string;
  /** Published rank of 2021; empty in other years. */
  readonly rank: string;
}

/** UNDP's Human Development Report 2021/22: 191 countries with an index × 1990–2021, the four inputs and the published index. */
export function hdi(): {
  readonly panel: Panel;
  readonly tree: Tree;
  readonly recipe: object;
  readonly published: readonly PublishedHdi[];
} {
  const rows = readGolden('hdi', 'hdi_1990_2021_long.csv').rows;
  const indicators = ['le', 'eys', 'mys', 'gnipc'];
  const countries = [...new Set(rows.map((row) => row['iso3'] ?? ''))].sort();
  const years = [...new Set(rows.map((row) => Number(row['year'])))].sort((a, b) => a - b);
  const values = new Float64Array(years.length * indicators.length * countries.length).fill(NaN);
  const countryIndex = new Map(countries.map((code, index) => [code, index]));
  for (const row of rows) {
    indicators.forEach((code, j) => {
      if (!row[code]) return;
      const cell =
        (years.indexOf(Number(row['year'])) * indicators.length + j) * countries.length +
        (countryIndex.get(row['iso3'] ?? '') ?? 0);
      values[cell] = Number(row[code]);
    });
  }
  const post = (code: string, goalpostLow: number, goalpostHigh: number) => ({
    code,
    direction: 1 as const,
    goalpostLow,
    goalpostHigh,
    target: null,
    denominator: null,
  });
  const node = (code: string, parent: string | null, indicator: string | null, position: number) => ({
    code,
    parent,
    weight: 1,
    indicator,
    position,
  });
  return {
    panel: {
      cities: countries.map((code) => ({ code, groups: {} })),
      indicators: [post('le', 20, 85), post('eys', 0, 18), post('mys', 0, 15), post('gnipc', 100, 75000)],
      years,
      values,
      status: new Uint8Array(values.length),
      statuses: ['NORMAL'],
    },
    tree: buildTree('hdi', [
      node('hdi', null, null, 0),
      node('health', 'hdi', 'le', 0),
      node('education', 'hdi', null, 1),
      node('expected_schooling', 'education', 'eys', 0),
      node('mean_schooling', 'education', 'mys', 1),
      node('income', 'hdi', 'gnipc', 2),
    ]),
    // Technical note 1 of the report: goalposts, each capped at 1, the logarithm of income, the arithmetic mean of the two
    // schooling parts, the geometric mean of the three dimensions, ranks of the index as published to three decimals.
    recipe: {
      screen: { minimumAvailability: 1 },
      normalise: {
        method: 'GOALPOSTS',
        cap: true,
        low: 0,
        high: 1,
        overrides: [{ indicators: ['gnipc'], method: 'GOALPOSTS', log: true, cap: true, low: 0, high: 1 }],
      },
      aggregate: [
        { level: 1, method: 'ARITHMETIC' },
        { node: 'hdi', method: 'GEOMETRIC' },
      ],
      rank: { ties: 'COMPETITION', decimals: 3 },
    },
    published: rows
      .filter((row) => row['hdi'])
      .map((row) => ({
        country: row['iso3'] ?? '',
        year: Number(row['year']),
        hdi: row['hdi'] ?? '',
        rank: row['year'] === '2021' ? (row['hdi_rank_2021'] ?? '') : '',
      })),
  };
}
