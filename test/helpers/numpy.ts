import { asemCodes, asemUnits } from './asem-table';
import { readGolden } from './golden';

let cases: Map<string, Map<string, number>> | null = null;

function load(): Map<string, Map<string, number>> {
  const byCase = new Map<string, Map<string, number>>();
  for (const row of readGolden('numpy', 'numpy.csv').rows) {
    const name = row['case'] ?? '';
    const cells = byCase.get(name) ?? new Map<string, number>();
    const value = row['value'] ?? '';
    cells.set(`${row['unit'] ?? ''} ${row['indicator'] ?? ''}`, value === '' ? NaN : Number(value));
    byCase.set(name, cells);
  }
  return byCase;
}

/** A case of `test/golden/numpy/numpy.csv` as one column for each ASEM indicator, in the raw file's row order; `NaN` where it has no figure. */
export function numpyColumns(name: string): readonly Float64Array[] {
  cases ??= load();
  const cells = cases.get(name);
  if (!cells) throw new Error(`numpy.csv has no case ${name}.`);
  return asemCodes.map((code) => Float64Array.from(asemUnits, (unit) => cells.get(`${unit} ${code}`) ?? NaN));
}
