import type { RankingResult, TableRun } from '../../src/scoring';
import { wholeRefusalOf } from '../helpers/contexts';
import { runOf, scatteredColumns } from '../helpers/uncertain-runs';

type Engine = typeof import('../../src/scoring');

/** The engine as a machine without WebAssembly has it. */
function engineWithoutKernel(): Engine {
  let engine: Engine | undefined;
  jest.isolateModules(() => {
    jest.doMock('../../src/scoring/numeric/column-kernel', () => ({ columnKernel: () => null }));
    engine = jest.requireActual<Engine>('../../src/scoring');
    jest.dontMock('../../src/scoring/numeric/column-kernel');
  });
  if (engine === undefined) throw new Error('The engine was not loaded.');
  return engine;
}

const { runTable } = jest.requireActual<Engine>('../../src/scoring');
const plain = engineWithoutKernel();

const MIN_MAX = { treat: { method: 'NONE' }, normalise: { method: 'MIN_MAX', low: 1, high: 100 } };

function tableOf(columns: readonly (readonly number[])[], recipe: object, costs: readonly number[] = []): TableRun {
  const { panel, tree, methodology } = runOf(columns, { recipe: { ...MIN_MAX, ...recipe }, dimensions: [3, 2] });
  const indicators = panel.indicators.map((indicator, j) => ({
    ...indicator,
    direction: costs.includes(j) ? (-1 as const) : (1 as const),
  }));
  const values = Float64Array.from(columns.flat());
  return { tree, methodology, year: 2019, cities: panel.cities, indicators, values };
}

const inner = ({ nodes, tree }: RankingResult): number[][] =>
  nodes.columns.filter((_, index) => tree.nodes[index]?.level !== 0).map((column) => [...column]);

describe('a table whose leaves are not kept gives the same bits with the kernel, without it, and leaf by leaf', () => {
  const columns = scatteredColumns(2_051, 5);
  const withCell = (j: number, value: (x: number, i: number) => number): number[][] =>
    columns.map((column, k) => (k === j ? column.map(value) : [...column]));
  it.each<readonly [string, TableRun]>([
    ['complete columns', tableOf(columns, {})],
    ['costs', tableOf(columns, {}, [0, 3])],
    ['ties settled by a leaf', tableOf(columns, { rank: { ties: 'ORDINAL', decimals: 0, tieBreaker: 'x3' } })],
    ['equal weights', tableOf(columns, { weight: { method: 'EQUAL' } })],
    ['weights from the data', tableOf(columns, { weight: { method: 'ENTROPY' } })],
    ['a geometric mean', tableOf(columns, { aggregate: [{ level: 1, method: 'GEOMETRIC' }] })],
    ['treated columns', tableOf(columns, { treat: { method: 'WINSORISE_THEN_LOG' } })],
    [
      'treated columns, one of them winsorised, and costs',
      tableOf(
        withCell(1, (x, i) => (i < 2 ? 1e5 * (i + 1) : x)),
        { treat: { method: 'WINSORISE_THEN_LOG' } },
        [1, 2],
      ),
    ],
    [
      'treated columns under a geometric mean',
      tableOf(columns, {
        treat: { method: 'PERCENTILE_CLIP' },
        normalise: { method: 'MIN_MAX', low: 1, high: 100 },
        aggregate: [{ level: 1, method: 'GEOMETRIC' }],
      }),
    ],
    ['another normalisation', tableOf(columns, { normalise: { method: 'Z_SCORE' } })],
    [
      'a gap',
      tableOf(
        withCell(1, (x, i) => (i === 2_050 ? NaN : x)),
        {},
      ),
    ],
    [
      'a gap that is filled',
      tableOf(
        withCell(1, (x, i) => (i === 7 ? NaN : x)),
        { impute: { method: 'MEAN' } },
      ),
    ],
    [
      'a city without data',
      tableOf(
        columns.map((column) => column.map((x, i) => (i === 9 ? NaN : x))),
        {},
      ),
    ],
    [
      'a constant column',
      tableOf(
        withCell(4, () => 5),
        {},
      ),
    ],
    [
      'an empty column',
      tableOf(
        withCell(4, () => NaN),
        {},
      ),
    ],
    [
      'a column past the ordinary size',
      tableOf(
        withCell(0, (x) => x * 1e300),
        {},
      ),
    ],
  ])('%s', (_, table) => {
    const whole = runTable({ ...table, keepLeaves: true });
    for (const light of [runTable, plain.runTable].map((run) => run({ ...table, keepLeaves: false }))) {
      expect(inner(light)).toEqual(inner(whole));
      expect([...light.order]).toEqual([...whole.order]);
      expect(light.ranks).toEqual(whole.ranks);
      expect(light.availability).toEqual(whole.availability);
      expect(light.warnings).toEqual(whole.warnings);
    }
  });
});

it.each<readonly [string, (table: TableRun) => TableRun]>([
  [
    'an output range without extent',
    (table) => ({
      ...table,
      methodology: {
        ...table.methodology,
        normalise: { ...table.methodology.normalise, parameters: { low: 5, high: 5 } },
      },
    }),
  ],
  [
    'an indicator without a direction',
    (table) => ({
      ...table,
      indicators: table.indicators.map((indicator, j) =>
        j === 3 ? { ...indicator, direction: 0 as const } : indicator,
      ),
    }),
  ],
])('%s is refused in the same words, leaves kept or not', (_, spoil) => {
  const table = spoil(tableOf(scatteredColumns(50, 5), {}));
  const refusals = [true, false].map((keepLeaves) => wholeRefusalOf(() => runTable({ ...table, keepLeaves })));
  expect(refusals[0]).toMatchObject({ code: 'BAD_INPUT' });
  expect(refusals[1]).toEqual(refusals[0]);
});

it('flags of cells take memory only where a cell can have one', () => {
  const gap = [NaN, 2, 3, 4];
  const sizes = ([columns, recipe]: readonly [readonly (readonly number[])[], object]): readonly number[] => {
    const { imputed, treatment } = runTable({ ...tableOf(columns, recipe), keepLeaves: false });
    return [imputed.length, treatment.length];
  };
  const whole = Array.from({ length: 5 }, () => [1, 2, 3, 4]);
  const gaps = [gap, ...whole.slice(1)];
  expect(sizes([whole, { impute: { method: 'MEAN' } }])).toEqual([0, 0]);
  expect(sizes([gaps, { impute: { method: 'MEAN' } }])).toEqual([20, 0]);
  expect(sizes([gaps, { treat: { method: 'WINSORISE_THEN_LOG' } }])).toEqual([0, 20]);
});
