import type { ParameterRecord } from '../../../src/scoring/parameters';
import {
  asemCities,
  asemCodes,
  asemDimensions,
  asemIndicators,
  asemRaw,
  asemUnits,
  asemValues,
} from '../../helpers/asem-table';
import { city, impute, imputationContext, indicator } from '../../helpers/contexts';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';

interface Case {
  readonly file: string;
  readonly method: string;
  readonly parameters: ParameterRecord;
}

// COINr 1.1.14 (Becker et al. 2022, JOSS 7(78), 4567), files 50_impute_*: the raw data with its gaps.
const TABLE_CASES: readonly Case[] = [
  { file: 'mean', method: 'MEAN', parameters: {} },
  { file: 'median', method: 'MEDIAN', parameters: {} },
  { file: 'mean_grp_EurAsia', method: 'GROUP_MEAN', parameters: { by: 'EurAsia_group' } },
  { file: 'mean_grp_GDP', method: 'GROUP_MEAN', parameters: { by: 'GDP_group' } },
  { file: 'median_grp_EurAsia', method: 'GROUP_MEDIAN', parameters: { by: 'EurAsia_group' } },
  { file: 'row_mean_in_pillar', method: 'ROW_MEAN', parameters: {} },
  { file: 'row_median_in_pillar', method: 'ROW_MEDIAN', parameters: {} },
];

describe('imputation of a table against COINr 1.1.14', () => {
  const values = asemValues(asemRaw);
  it('has the 63 gaps of the reference (its 64th is in a denominator, Energy)', () => {
    expect(values.filter((x) => Number.isNaN(x))).toHaveLength(63);
  });

  it.each(TABLE_CASES)('50_impute_$file: $method $parameters', ({ file, method, parameters }) => {
    const expected = readGolden('coinr', `50_impute_${file}.csv`).alignedTo('uCode', asemUnits);
    const context = imputationContext(asemCities, asemIndicators, { dimensionOf: asemDimensions() });
    const out = impute(method, values, parameters, context);
    const n = asemUnits.length;
    for (const [j, code] of asemCodes.entries()) {
      expectColumnsAgree(out.subarray(j * n, (j + 1) * n), expected.numbers(code), code, { labels: asemUnits });
    }
  });
});

// Files 51_* (the shipped panel) and 53_holes_* (the panel with 1,816 holes), 51 countries × 2018 to 2022.
const PANEL_CASES: readonly (Case & { readonly input: string })[] = [
  { input: '00_panel_iData', file: '51_impute_panel_latest', method: 'LATEST', parameters: {} },
  { input: '00_panel_iData', file: '51_impute_panel_constant', method: 'LATEST', parameters: { carryBackward: true } },
  { input: '00_panel_iData', file: '51_impute_panel_linear', method: 'LINEAR_HELD_ENDS', parameters: {} },
  { input: '00_panel_iData', file: '51_impute_panel_linear-constant', method: 'LINEAR_HELD_ENDS', parameters: {} },
  { input: '53_holes_panel_input', file: '53_holes_panel_latest', method: 'LATEST', parameters: {} },
  {
    input: '53_holes_panel_input',
    file: '53_holes_panel_latest_max1',
    method: 'LATEST',
    parameters: { maximumYears: 1 },
  },
  {
    input: '53_holes_panel_input',
    file: '53_holes_panel_constant',
    method: 'LATEST',
    parameters: { carryBackward: true },
  },
  { input: '53_holes_panel_input', file: '53_holes_panel_linear', method: 'LINEAR_HELD_ENDS', parameters: {} },
  { input: '53_holes_panel_input', file: '53_holes_panel_linear-constant', method: 'LINEAR_HELD_ENDS', parameters: {} },
];
const YEARS = [2018, 2019, 2020, 2021, 2022];

interface PanelTable {
  readonly units: readonly string[];
  column(year: number, code: string): Float64Array;
}

function panelOf(file: string): PanelTable {
  const table = readGolden('coinr', file);
  const units = [...new Set(table.text('uCode'))].sort();
  const times = table.text('Time');
  const codes = table.text('uCode');
  const place = new Map(codes.map((code, row) => [`${code} ${times[row] ?? ''}`, row]));
  const columns = new Map(asemCodes.map((code) => [code, table.numbers(code)]));
  return {
    units,
    column: (year, code) =>
      Float64Array.from(units, (unit) => columns.get(code)?.[place.get(`${unit} ${String(year)}`) ?? -1] ?? NaN),
  };
}

describe('imputation over time against COINr 1.1.14', () => {
  it.each(PANEL_CASES)('$file: $method $parameters', ({ input, file, method, parameters }) => {
    const panel = panelOf(`${input}.csv`);
    const expected = panelOf(`${file}.csv`);
    expect(expected.units).toEqual(panel.units);
    const cities = panel.units.map((unit) => city(unit));
    for (const code of asemCodes) {
      const columns = YEARS.map((year) => panel.column(year, code));
      for (const year of YEARS) {
        const context = imputationContext(cities, [indicator(code)], {
          year,
          history: () => ({ years: YEARS, columns }),
        });
        const out = impute(method, panel.column(year, code), parameters, context);
        expectColumnsAgree(out, expected.column(year, code), `${code} ${String(year)}`, { labels: panel.units });
      }
    }
  });

  // The year that each value comes from shows that the right earlier year was taken, also where values repeat.
  it.each([
    { input: '00_panel_iData', file: '51_impute_panel_latest_dataT', parameters: {} },
    { input: '53_holes_panel_input', file: '53_holes_panel_latest_dataT', parameters: {} },
    { input: '53_holes_panel_input', file: '53_holes_panel_latest_max1_dataT', parameters: { maximumYears: 1 } },
  ])('$file: the year that each value comes from', ({ input, file, parameters }) => {
    const panel = panelOf(`${input}.csv`);
    const expected = panelOf(`${file}.csv`);
    const cities = panel.units.map((unit) => city(unit));
    for (const code of asemCodes) {
      // Every observed value is replaced by its year; imputing those gives the year of origin.
      const columns = YEARS.map((year) => panel.column(year, code).map((x) => (Number.isNaN(x) ? NaN : year)));
      for (const [k, year] of YEARS.entries()) {
        const context = imputationContext(cities, [indicator(code)], {
          year,
          history: () => ({ years: YEARS, columns }),
        });
        const out = impute('LATEST', columns[k] ?? new Float64Array(0), parameters, context);
        expectColumnsAgree(out, expected.column(year, code), `${code} ${String(year)}`, { labels: panel.units });
      }
    }
  });
});
