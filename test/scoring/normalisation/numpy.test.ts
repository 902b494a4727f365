import type { ParameterRecord } from '../../../src/scoring/parameters';
import { asemCodes, asemRaw, asemUnits } from '../../helpers/asem-table';
import { city, indicator, normalisationContext, normalise } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { numpyColumns } from '../../helpers/numpy';

interface Case {
  readonly name: string;
  readonly method: string;
  readonly parameters: ParameterRecord;
}

// test/golden/numpy/make.py: SciPy's median_abs_deviation, zscore and expit, NumPy's nanpercentile and digitize.
const CASES: readonly Case[] = [
  { name: 'robust_z', method: 'ROBUST_Z', parameters: {} },
  { name: 'logistic_1', method: 'LOGISTIC', parameters: {} },
  { name: 'logistic_2.5', method: 'LOGISTIC', parameters: { steepness: 2.5 } },
  {
    name: 'categorical_quintiles',
    method: 'CATEGORICAL',
    parameters: { thresholds: [20, 40, 60, 80], thresholdsAre: 'PERCENTILES' },
  },
];

it.each(CASES)('$method $parameters against NumPy and SciPy, $name', ({ name, method, parameters }) => {
  const expected = numpyColumns(name);
  for (const [j, code] of asemCodes.entries()) {
    const context = normalisationContext(
      asemUnits.map((unit) => city(unit)),
      [],
      indicator(code),
    );
    const out = normalise(method, asemRaw.numbers(code), parameters, context);
    expectColumnsAgree(out, expected[j] ?? [], code, { labels: asemUnits });
  }
});
