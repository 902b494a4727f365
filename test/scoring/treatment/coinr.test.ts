import { actionCode } from '../../../src/scoring/numeric/outliers';
import { kurtosisOf, skewnessOf } from '../../../src/scoring/numeric/statistics';
import type { ParameterRecord } from '../../../src/scoring/parameters';
import { asemCodes, asemRaw, asemUnits } from '../../helpers/asem-table';
import { treat, treatmentContext } from '../../helpers/contexts';
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
