import fc from 'fast-check';
import {
  buildTree,
  type CityMeta,
  type IndicatorMeta,
  type NodeDefinition,
  type TableRun,
  type Tree,
} from '../../src/scoring';

/** A random table with its tree: gaps, ties, constants and extremes come up often. */
export type RandomTable = Pick<TableRun, 'tree' | 'cities' | 'indicators' | 'values' | 'year'>;

const ordinary = fc.double({ min: -1000, max: 1000, noNaN: true });
const coarse = fc.integer({ min: 0, max: 3 });
const extreme = fc.constantFrom(0, -0, 5e-324, -5e-324, 1e-300, 1e308, -1e308, 1.7976931348623157e308, 1e15, -1e15, 1);

const column = (n: number, extremes: boolean): fc.Arbitrary<number[]> =>
  fc.oneof(
    { weight: 4, arbitrary: fc.array(ordinary, { minLength: n, maxLength: n }) },
    { weight: 2, arbitrary: fc.array(coarse, { minLength: n, maxLength: n }) },
    { weight: 2, arbitrary: fc.array(fc.oneof(ordinary, fc.constant(NaN)), { minLength: n, maxLength: n }) },
    { weight: 1, arbitrary: ordinary.map((value) => Array.from({ length: n }, () => value)) },
    {
      weight: extremes ? 1 : 0,
      arbitrary: fc.array(fc.oneof(extreme, fc.constant(NaN)), { minLength: n, maxLength: n }),
    },
    { weight: 1, arbitrary: fc.constant(Array.from({ length: n }, () => NaN)) },
  );

/** Tables of 1 to `maxCities` × 1 to `maxIndicators`, under a root with up to three dimensions; values near the ends of the doubles on request. */
export function randomTable(maxCities = 9, maxIndicators = 6, extremes = true): fc.Arbitrary<RandomTable> {
  return fc
    .record({
      n: fc.integer({ min: 1, max: maxCities }),
      m: fc.integer({ min: 1, max: maxIndicators }),
      dimensions: fc.integer({ min: 1, max: 3 }),
    })
    .chain(({ n, m, dimensions }) =>
      fc.record({
        columns: fc.array(column(n, extremes), { minLength: m, maxLength: m }),
        directions: fc.array(fc.constantFrom<1 | -1>(1, -1), { minLength: m, maxLength: m }),
        weights: fc.array(fc.constantFrom(0, 0.5, 1, 1, 2, 1e-300, 1e300), { minLength: m, maxLength: m }),
        groups: fc.array(fc.constantFrom('g', 'h', null), { minLength: n, maxLength: n }),
        n: fc.constant(n),
        dimensions: fc.constant(Math.min(dimensions, m)),
      }),
    )
    .map(({ columns, directions, weights, groups, n, dimensions }) => {
      const values = Float64Array.from(columns.flat());
      return {
        year: 2019,
        tree: treeOf(columns.length, dimensions, weights),
        cities: Array.from({ length: n }, (_, i): CityMeta => ({
          code: `c${String(i)}`,
          groups: { GROUP: groups[i] ?? null },
        })),
        indicators: directions.map((direction, j): IndicatorMeta => ({
          code: `x${String(j)}`,
          direction,
          goalpostLow: 0,
          goalpostHigh: 100,
          target: 50,
          denominator: null,
        })),
        values,
      };
    });
}

/** `m` leaves `x0 …` in order, in runs under `dimensions` nodes below a root: the order of a table's columns. */
export function treeOf(m: number, dimensions: number, weights: readonly number[]): Tree {
  const nodes: NodeDefinition[] = [{ code: 'index', parent: null, weight: 1, indicator: null, position: 0 }];
  for (let d = 0; d < dimensions; d++)
    nodes.push({ code: `d${String(d)}`, parent: 'index', weight: 1, indicator: null, position: d });
  for (let j = 0; j < m; j++) {
    nodes.push({
      code: `x${String(j)}`,
      parent: `d${String(Math.floor((j * dimensions) / m))}`,
      weight: weights[j] ?? 1,
      indicator: `x${String(j)}`,
      position: j,
    });
  }
  return buildTree('random', nodes);
}
