import { actionCode, testOutliers } from '../../../src/scoring/numeric/outliers';
import {
  countOf,
  kurtosisOf,
  meanOf,
  medianOf,
  rangeOf,
  skewnessOf,
  standardDeviationOf,
} from '../../../src/scoring/numeric/statistics';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { asemCodes, asemRaw, asemUnits } from '../../helpers/asem-table';
import { refusalOf, treat, treatmentContext } from '../../helpers/contexts';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';

const POINTS: Readonly<Record<string, number>> = {
  '': actionCode('NONE'),
  winhi: actionCode('WINSORISED_HIGH'),
  winlo: actionCode('WINSORISED_LOW'),
  '+log_CT': actionCode('TRANSFORMED'),
  'winhi+log_CT': actionCode('WINSORISED_HIGH'),
  'winlo+log_CT': actionCode('WINSORISED_LOW'),
};

const imputed = readGolden('coinr', '13_pipeline_screened.csv');

interface Case {
  readonly file: string;
  readonly parameters: ParameterRecord;
}
const CASES: readonly Case[] = [
  { file: '14_pipeline_treated', parameters: {} },
  { file: '20_treat_raw_default', parameters: {} },
  { file: '20_treat_raw_winmax2', parameters: { maximumPoints: 2 } },
  { file: '20_treat_raw_winmax5_combine', parameters: { combine: true } },
  { file: '20_treat_raw_winmax2_combine', parameters: { maximumPoints: 2, combine: true } },
  { file: '20_treat_raw_strict_skew1_kurt2', parameters: { maximumPoints: 3, skewness: 1, kurtosis: 2 } },
];

describe.each(CASES)('WINSORISE_THEN_LOG against COINr 1.1.14, $file', ({ file, parameters }) => {
  const input = file.startsWith('14') ? imputed : asemRaw;
  const units = input.text('uCode');
  const expected = readGolden('coinr', `${file}.csv`).alignedTo('uCode', units);
  const points = readGolden('coinr', `${file}_points.csv`).alignedTo('uCode', units);
  const details = readGolden('coinr', `${file}_details.csv`);

  it.each(asemCodes)('%s: values and record of changed cells', (code) => {
    const context = treatmentContext(units.length);
    const out = treat('WINSORISE_THEN_LOG', input.numbers(code), parameters, context);
    expectColumnsAgree(out, expected.numbers(code), code, { labels: units });
    const column = input.numbers(code);
    // COINr marks missing cells of a transformed column too; a cell without a value is not changed here.
    const recorded = points.text(code).map((point, i) => (Number.isNaN(column[i] ?? NaN) ? 0 : POINTS[point]));
    // COINr discards winsorising before the logarithm but still lists the points that it had moved.
    const discarded = parameters['combine'] !== true && recorded.includes(actionCode('TRANSFORMED'));
    const expectedActions = discarded
      ? recorded.map((action) => (action === 0 ? 0 : actionCode('TRANSFORMED')))
      : recorded;
    expect([...context.actions]).toEqual(expectedActions);
  });

  it('skewness and kurtosis before and after', () => {
    for (const code of asemCodes) {
      const row = details.alignedTo('iCode', [code]);
      const column = input.numbers(code);
      const limits = { skewness: 2, kurtosis: 3.5, ...parameters };
      expect(testOutliers(column, limits).passes).toBe(row.text('check_SkewKurt0.Pass')[0] === 'TRUE');
      const treated = treat('WINSORISE_THEN_LOG', column, parameters, treatmentContext(units.length));
      expectColumnsAgree([skewnessOf(column)], row.numbers('check_SkewKurt0.Skew'), `${code} skewness before`);
      expectColumnsAgree([kurtosisOf(column)], row.numbers('check_SkewKurt0.Kurt'), `${code} kurtosis before`);
      const last = details.header.includes('check_SkewKurt2.Skew') && row.text('check_SkewKurt2.Skew')[0] ? 2 : 1;
      if (row.text('check_SkewKurt0.Pass')[0] === 'TRUE') continue;
      expectColumnsAgree([skewnessOf(treated)], row.numbers(`check_SkewKurt${String(last)}.Skew`), `${code} skewness`);
      expectColumnsAgree([kurtosisOf(treated)], row.numbers(`check_SkewKurt${String(last)}.Kurt`), `${code} kurtosis`);
    }
  });
});

describe.each([
  { file: '21_fn_winsorise5', parameters: {} },
  { file: '21_fn_winsorise2_force', parameters: { maximumPoints: 2, force: true } },
])('WINSORISE against COINr 1.1.14, $file', ({ file, parameters }) => {
  const expected = readGolden('coinr', `${file}.csv`).alignedTo('uCode', asemUnits);
  it.each(asemCodes)('%s', (code) => {
    const out = treat('WINSORISE', asemRaw.numbers(code), parameters, treatmentContext(asemUnits.length));
    expectColumnsAgree(out, expected.numbers(code), code, { labels: asemUnits });
  });
});

describe.each([
  { file: '21_fn_log_CT', method: 'LOG', parameters: { transform: 'CT' } },
  { file: '21_fn_log_CT_plus', method: 'LOG', parameters: { transform: 'CT_PLUS' } },
  { file: '21_fn_log_CT_orig', method: 'LOG', parameters: { transform: 'ORIGINAL' } },
  // COINr ships log_GII returning its input unchanged (21_fn_log_GII_AS_SHIPPED); this is its documented formula.
  { file: '21_fn_log_GII_AS_DOCUMENTED', method: 'LOG', parameters: { transform: 'GII' } },
  { file: '21_fn_boxcox_lambda0', method: 'BOX_COX', parameters: { lambda: 0 } },
  { file: '21_fn_boxcox_lambda0.5', method: 'BOX_COX', parameters: { lambda: 0.5 } },
])('$method $parameters against COINr 1.1.14, $file', ({ file, method, parameters }) => {
  const expected = readGolden('coinr', `${file}.csv`).alignedTo('uCode', asemUnits);
  it.each(asemCodes)('%s', (code) => {
    const column = asemRaw.numbers(code);
    const context = treatmentContext(asemUnits.length);
    const largest = Math.max(...column.filter((x) => !Number.isNaN(x)));
    if (file.includes('GII') && largest <= 1) {
      // TIRcon is 0 or 1: the formula gives ln(0 + 1) = 0 for every country, so the method refuses it.
      expect(code).toBe('TIRcon');
      expect(new Set(expected.numbers(code))).toEqual(new Set([0]));
      expect(refusalOf(() => treat(method, column, parameters, context))).toBe('PRECONDITION_FAILED');
      return;
    }
    expectColumnsAgree(treat(method, column, parameters, context), expected.numbers(code), code, { labels: asemUnits });
    expect([...context.actions]).toEqual([...column].map((x) => (Number.isNaN(x) ? 0 : actionCode('TRANSFORMED'))));
  });
});

it('21_fn_log_GII_AS_SHIPPED is the input unchanged, which shows the peer’s error', () => {
  const shipped = readGolden('coinr', '21_fn_log_GII_AS_SHIPPED.csv').alignedTo('uCode', asemUnits);
  for (const code of asemCodes) expectColumnsAgree(shipped.numbers(code), asemRaw.numbers(code), code);
});

describe('descriptive statistics against COINr 1.1.14, 22_stats_raw', () => {
  const stats = readGolden('coinr', '22_stats_raw.csv').alignedTo('iCode', asemCodes);
  const columns = asemCodes.map((code) => asemRaw.numbers(code));
  it.each([
    { name: 'Min', figure: (x: Float64Array) => rangeOf(x).min },
    { name: 'Max', figure: (x: Float64Array) => rangeOf(x).max },
    { name: 'Mean', figure: meanOf },
    { name: 'Median', figure: medianOf },
    { name: 'Std', figure: (x: Float64Array) => standardDeviationOf(x, 'SAMPLE') },
    { name: 'Skew', figure: skewnessOf },
    { name: 'Kurt', figure: kurtosisOf },
    { name: 'N.Avail', figure: countOf },
  ])('$name', ({ name, figure }) => {
    expectColumnsAgree(columns.map(figure), stats.numbers(name), name, { labels: asemCodes });
  });
});
