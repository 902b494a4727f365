import type { ParameterRecord } from '../../../src/scoring/parameters';
import { city, indicator, normalisationContext, normalise } from '../../helpers/contexts';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';

interface Scaler {
  readonly scaler: string;
  readonly method: string;
  readonly parameters: ParameterRecord;
  /** Whether the scaler looks at the criterion's objective; the others scale the matrix as it is. */
  readonly oriented: boolean;
}

// scikit-criteria 0.9 (Cabral et al. 2016), file scalers.csv. Not covered: `invert` (1/x) and `pushneg` (shift by the
// minimum), which are steps before a scaling, not normalisations of the Handbook.
const SCALERS: readonly Scaler[] = [
  { scaler: 'negate', method: 'NONE', parameters: {}, oriented: true },
  { scaler: 'vector', method: 'VECTOR', parameters: {}, oriented: false },
  { scaler: 'sum', method: 'SUM', parameters: {}, oriented: false },
  { scaler: 'maxabs', method: 'MAX_ABS', parameters: {}, oriented: false },
  { scaler: 'minmax', method: 'MIN_MAX', parameters: { low: 0, high: 1 }, oriented: false },
  { scaler: 'standard', method: 'Z_SCORE', parameters: { divisor: 'POPULATION' }, oriented: false },
  { scaler: 'cenit', method: 'MIN_MAX', parameters: { low: 0, high: 1 }, oriented: true },
  { scaler: 'minmaxinverter', method: 'MIN_MAX', parameters: { low: 0, high: 1 }, oriented: true },
  { scaler: 'benefitcost', method: 'FRACTION_OF_MAXIMUM', parameters: {}, oriented: true },
];
const DATASETS = ['stock', 'crypto', 'synth40x8', 'asem_norm01', 'asem_treated'] as const;

const { rows } = readGolden('scikit-criteria', 'scalers.csv');

/** Values of a scaler as it gave them, by criterion and alternative. */
function cellsOf(dataset: string, scaler: string): Map<string, Map<string, number>> {
  const cells = new Map<string, Map<string, number>>();
  for (const row of rows) {
    if (row['dataset'] !== dataset || row['scaler'] !== scaler) continue;
    const criterion = row['criterion'] ?? '';
    const column = cells.get(criterion) ?? new Map<string, number>();
    column.set(row['alternative'] ?? '', Number(row['value']));
    cells.set(criterion, column);
  }
  return cells;
}

interface Criterion {
  readonly code: string;
  readonly sign: 1 | -1;
  readonly alternatives: readonly string[];
  /** The matrix as it is, before any orientation. */
  readonly values: Float64Array;
}

function criteriaOf(dataset: (typeof DATASETS)[number]): readonly Criterion[] {
  if (dataset === 'asem_norm01' || dataset === 'asem_treated') {
    const norm = dataset === 'asem_norm01';
    const matrix = readGolden('coinr', norm ? '30_norm_treated_minmax_1_100.csv' : '14_pipeline_treated.csv');
    const alternatives = matrix.text('uCode');
    return readGolden('coinr', '00_iMeta.csv')
      .rows.filter((row) => row['Level'] === '1')
      .map((row) => {
        const code = row['iCode'] ?? '';
        const values = norm ? matrix.numbers(code).map((x) => x / 100) : matrix.numbers(code);
        return { code, sign: !norm && row['Direction'] === '-1' ? -1 : 1, alternatives, values };
      });
  }
  const matrix = readGolden('scikit-criteria', `input_${dataset}_matrix.csv`);
  const alternatives = matrix.text('alternative');
  return readGolden('scikit-criteria', `input_${dataset}_criteria.csv`).rows.map((row) => ({
    code: row['criterion'] ?? '',
    sign: row['objective'] === '-1' ? -1 : 1,
    alternatives,
    values: matrix.numbers(row['criterion'] ?? ''),
  }));
}

describe.each(DATASETS)('scalers of scikit-criteria 0.9, %s', (dataset) => {
  const criteria = criteriaOf(dataset);

  it.each(SCALERS)('$scaler = $method', ({ scaler, method, parameters, oriented }) => {
    const cells = cellsOf(dataset, scaler);
    // The package refuses ratios on asem_treated, which holds zeros and negative values.
    if (dataset === 'asem_treated' && scaler === 'benefitcost') {
      expect(cells.size).toBe(0);
      return;
    }
    expect(cells.size).toBe(criteria.length);
    for (const { code, sign, alternatives, values } of criteria) {
      const expected = alternatives.map((name) => cells.get(code)?.get(name) ?? NaN);
      const applied = oriented ? sign : 1;
      const context = normalisationContext(
        alternatives.map((name) => city(name)),
        [],
        indicator(code),
        applied,
      );
      const out = normalise(
        method,
        values.map((x) => applied * x),
        parameters,
        context,
      );
      if (scaler === 'sum' && values.some((x) => x < 0)) {
        // Peer difference: it divides by Σ x, which shrinks, vanishes or turns the order round where signs are mixed; ours by Σ |x|.
        const total = values.reduce((a, x) => a + x, 0);
        const absolute = values.reduce((a, x) => a + Math.abs(x), 0);
        expectColumnsAgree(
          out,
          expected.map((x) => (x * total) / absolute),
          `${code} (rescaled)`,
          { labels: alternatives },
        );
        continue;
      }
      expectColumnsAgree(out, expected, code, { labels: alternatives });
    }
  });
});
