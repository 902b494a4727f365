import { buildTree, parseRecipe, type CityMeta, type NodeDefinition, type PanelRun } from '../../src/scoring';
import { indicator } from './contexts';

/** A run of cities × columns (more is better) on a tree, nothing normalised unless the recipe says so. */
export function runOf(
  columns: readonly (readonly number[])[],
  options: {
    readonly recipe?: Readonly<Record<string, unknown>>;
    /** Sizes of the dimensions, in column order; none: the columns stand under the root. */
    readonly dimensions?: readonly number[];
    readonly weights?: readonly number[];
    readonly low?: readonly (readonly number[])[];
    readonly high?: readonly (readonly number[])[];
  } = {},
): PanelRun {
  const n = columns[0]?.length ?? 0;
  const cities: CityMeta[] = Array.from({ length: n }, (_, i) => ({
    code: `c${String(i).padStart(4, '0')}`,
    groups: {},
  }));
  const indicators = columns.map((_, j) => indicator(`x${String(j)}`));
  const dimensionOf = (options.dimensions ?? []).flatMap((size, d) => new Array<number>(size).fill(d));
  const nodes: NodeDefinition[] = [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...(options.dimensions ?? []).map((_, d) => ({
      code: `d${String(d)}`,
      parent: 'index',
      weight: 1 + d,
      indicator: null,
      position: d,
    })),
    ...columns.map((_, j) => ({
      code: `x${String(j)}`,
      parent: dimensionOf[j] === undefined ? 'index' : `d${String(dimensionOf[j])}`,
      weight: options.weights?.[j] ?? 1,
      indicator: `x${String(j)}`,
      position: j,
    })),
  ];
  const tree = buildTree('index', nodes);
  const flat = (table: readonly (readonly number[])[]): Float64Array => Float64Array.from(table.flat());
  const panel = {
    cities,
    indicators,
    years: [2020],
    values: flat(columns),
    status: new Uint8Array(n * columns.length),
    statuses: ['NORMAL'],
    ...(options.low && { low: flat(options.low) }),
    ...(options.high && { high: flat(options.high) }),
  };
  const recipe = { normalise: { method: 'NONE' }, ...options.recipe };
  return { panel, tree, methodology: parseRecipe(recipe, { tree, panel }) };
}

/** Columns of numbers between 1 and 100 from a fixed sequence. */
export function scatteredColumns(n: number, m: number, start = 12345): number[][] {
  let state = start;
  return Array.from({ length: m }, () =>
    Array.from({ length: n }, () => {
      state = (Math.imul(state, 1103515245) + 12345) >>> 0;
      return 1 + (state / 2 ** 32) * 99;
    }),
  );
}
