import type { ParameterRecord } from '../../../src/scoring/parameters';
import { asemCodes, asemRaw, asemUnits } from '../../helpers/asem-table';
import { treat, treatmentContext } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { numpyColumns } from '../../helpers/numpy';
import { actionCode } from '../../../src/scoring/numeric/outliers';

interface Case {
  readonly name: string;
  readonly method: string;
  readonly parameters: ParameterRecord;
}

// test/golden/numpy/make.py: NumPy's nanpercentile (linear, type 7), clip and log1p.
const CASES: readonly Case[] = [
  { name: 'clip_5_95', method: 'PERCENTILE_CLIP', parameters: { lowerPercentile: 5, upperPercentile: 95 } },
  { name: 'clip_0_90', method: 'PERCENTILE_CLIP', parameters: { lowerPercentile: 0, upperPercentile: 90 } },
  { name: 'signed_log', method: 'LOG', parameters: { transform: 'SIGNED' } },
];

describe.each(CASES)('$method $parameters against NumPy, $name', ({ name, method, parameters }) => {
  const expected = numpyColumns(name);
  it.each(asemCodes)('%s', (code) => {
    const column = asemRaw.numbers(code);
    const context = treatmentContext(asemUnits.length);
    const wanted = expected[asemCodes.indexOf(code)] ?? new Float64Array(0);
    expectColumnsAgree(treat(method, column, parameters, context), wanted, code, { labels: asemUnits });
    if (method !== 'PERCENTILE_CLIP') return;
    const actions = [...column].map((x, i) => {
      const y = wanted[i] ?? NaN;
      return actionCode(y > x ? 'CLIPPED_LOW' : y < x ? 'CLIPPED_HIGH' : 'NONE');
    });
    expect([...context.actions]).toEqual(actions);
  });
});
