import type { ParameterRecord } from '../../../src/scoring/parameters';
import { asemCodes, asemIndicators } from '../../helpers/asem-table';
import { city, normalisationContext, normalise, refusalOf } from '../../helpers/contexts';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';

interface Case {
  readonly file: string;
  readonly method: string;
  readonly parameters: ParameterRecord;
}

// COINr 1.1.14 (Becker et al. 2022, JOSS 7(78), 4567), files 30_norm_*.
const CASES: readonly Case[] = [
  { file: 'minmax_0_100', method: 'MIN_MAX', parameters: { low: 0, high: 100 } },
  { file: 'minmax_1_100', method: 'MIN_MAX', parameters: { low: 1, high: 100 } },
  { file: 'zscore_0_1', method: 'Z_SCORE', parameters: { mean: 0, standardDeviation: 1 } },
  { file: 'zscore_10_2', method: 'Z_SCORE', parameters: { mean: 10, standardDeviation: 2 } },
  { file: 'rank', method: 'RANK', parameters: { tied: 'MINIMUM' } },
  { file: 'rank_average', method: 'RANK', parameters: { tied: 'AVERAGE' } },
  { file: 'borda', method: 'BORDA', parameters: { tied: 'MINIMUM' } },
  { file: 'prank', method: 'PERCENTILE_RANK', parameters: { low: 0, high: 1 } },
  { file: 'dist2max', method: 'DISTANCE_TO_MAXIMUM', parameters: {} },
  { file: 'dist2ref_DEU', method: 'DISTANCE_TO_REFERENCE', parameters: { reference: 'DEU', cap: false } },
  { file: 'dist2ref_DEU_capped', method: 'DISTANCE_TO_REFERENCE', parameters: { reference: 'DEU', cap: true } },
  { file: 'dist2targ_uncapped', method: 'DISTANCE_TO_TARGET', parameters: { cap: false } },
  { file: 'dist2targ_capped', method: 'DISTANCE_TO_TARGET', parameters: { cap: true } },
  { file: 'none', method: 'NONE', parameters: {} },
];
const EXACT = new Set(['rank', 'rank_average', 'borda', 'none']);

const SETS = ['raw', 'treated'] as const;

describe.each(SETS)('normalisations against COINr 1.1.14, %s data', (set) => {
  const input = readGolden('coinr', set === 'raw' ? '00_raw_iData.csv' : '14_pipeline_treated.csv');
  const units = input.text('uCode');
  const cities = units.map((code) => city(code));
  const oriented = (code: string, sign: number): Float64Array => input.numbers(code).map((x) => x * sign);

  it.each(CASES)('30_norm_*_$file: $method $parameters', ({ file, method, parameters }) => {
    const expected = readGolden('coinr', `30_norm_${set}_${file}.csv`).alignedTo('uCode', units);
    for (const meta of asemIndicators) {
      const sign = meta.direction === -1 ? -1 : 1;
      const context = normalisationContext(cities, [], meta, sign);
      const out = normalise(method, oriented(meta.code, sign), parameters, context);
      const options = EXACT.has(file) ? { labels: units, relative: 0, absolute: 0 } : { labels: units };
      expectColumnsAgree(out, expected.numbers(meta.code), meta.code, options);
    }
  });

  it.each([
    { file: 'goalposts_trunc', cap: true },
    { file: 'goalposts_notrunc', cap: false },
    { file: 'scaled', cap: false },
  ])('30_norm_*_$file: GOALPOSTS with the posts of the parameter file, cap $cap', ({ file, cap }) => {
    const posts = readGolden('coinr', `30_norm_${set}_goalpost_params.csv`).alignedTo('iCode', asemCodes);
    const lower = posts.numbers('lower');
    const upper = posts.numbers('upper');
    const expected = readGolden('coinr', `30_norm_${set}_${file}.csv`).alignedTo('uCode', units);
    for (const [j, meta] of asemIndicators.entries()) {
      const sign = meta.direction === -1 ? -1 : 1;
      const parameters = { lower: lower[j] ?? NaN, upper: upper[j] ?? NaN, cap, low: 0, high: 100 };
      const context = normalisationContext(cities, [], meta, sign);
      const out = normalise('GOALPOSTS', oriented(meta.code, sign), parameters, context);
      expectColumnsAgree(out, expected.numbers(meta.code), meta.code, { labels: units });
    }
  });

  // COINr's n_fracmax divides a cost (−x) by its maximum (−min x), which gives x / min x: the larger, the worse, and 0/0 or
  // infinite where the smallest cost is 0. Ours is min x / x for a cost, its reciprocal, and refuses a cost of 0.
  it('30_norm_*_fracmax: FRACTION_OF_MAXIMUM for benefits; the reciprocal for costs, where the peer is in error', () => {
    const expected = readGolden('coinr', `30_norm_${set}_fracmax.csv`).alignedTo('uCode', units);
    const refused: string[] = [];
    for (const meta of asemIndicators) {
      const sign = meta.direction === -1 ? -1 : 1;
      const context = normalisationContext(cities, [], meta, sign);
      const peer = expected.numbers(meta.code);
      const smallest = Math.min(...input.numbers(meta.code).filter((x) => !Number.isNaN(x)));
      if (sign === -1 && smallest <= 0) {
        const call = () => normalise('FRACTION_OF_MAXIMUM', oriented(meta.code, sign), {}, context);
        expect(refusalOf(call)).toBe('PRECONDITION_FAILED');
        refused.push(meta.code);
        continue;
      }
      const out = normalise('FRACTION_OF_MAXIMUM', oriented(meta.code, sign), {}, context);
      expectColumnsAgree(out, sign === 1 ? peer : peer.map((x) => 1 / x), meta.code, { labels: units });
    }
    expect(refused).toEqual(['CostImpEx', 'Tariff', 'Poverty']);
  });
});
