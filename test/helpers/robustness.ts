import {
  buildTree,
  mergeRecipes,
  parseRecipe,
  type NodeDefinition,
  runPipeline,
  type PanelRun,
  type TableRun,
  type Tree,
} from '../../src/scoring';
import { builtInBundle } from './bundle';

/** What a small table is made of; indicators are benefits unless `costs` names them. */
export interface SmallTable {
  /** Leaves by dimension, or leaves right under the root. */
  readonly leaves: readonly string[] | Readonly<Record<string, readonly string[]>>;
  /** By leaf: one value for each city; `NaN` = missing. */
  readonly columns: readonly (readonly number[])[];
  readonly recipe: object;
  readonly weights?: Readonly<Record<string, number>>;
  readonly costs?: readonly string[];
  /** Goalposts of every indicator. */
  readonly goalposts?: readonly [number, number];
}

/** A small table ready to be ranked. */
export function smallRun({ leaves, columns, recipe, weights = {}, costs = [], goalposts }: SmallTable): TableRun {
  const dimensions: [string, readonly string[]][] = Array.isArray(leaves)
    ? [['index', leaves as readonly string[]]]
    : Object.entries(leaves as Readonly<Record<string, readonly string[]>>);
  const codes = dimensions.flatMap(([, own]) => own);
  const node = (code: string, parent: string | null, indicator: string | null, position: number): NodeDefinition => ({
    code,
    parent,
    indicator,
    position,
    weight: weights[code] ?? 1,
  });
  const tree: Tree = buildTree('small', [
    node('index', null, null, 0),
    ...dimensions.flatMap(([dimension, own], d) => [
      ...(dimension === 'index' ? [] : [node(dimension, 'index', null, d)]),
      ...own.map((leaf, j) => node(leaf, dimension, leaf, j)),
    ]),
  ]);
  const indicators = codes.map((code) => ({
    code,
    direction: costs.includes(code) ? (-1 as const) : (1 as const),
    goalpostLow: goalposts?.[0] ?? null,
    goalpostHigh: goalposts?.[1] ?? null,
    target: null,
    denominator: null,
  }));
  const cities = Array.from({ length: columns[0]?.length ?? 0 }, (_, i) => ({ code: `c${String(i)}`, groups: {} }));
  return {
    tree,
    cities,
    indicators,
    year: 1,
    values: Float64Array.from(columns.flat()),
    methodology: parseRecipe(recipe, { tree, panel: { indicators, cities, years: [1] } }),
    keepStages: true,
  };
}

/** The built-in data by the default methodology, or with some of its recipe changed. */
export function defaultRun(changes: object = {}): PanelRun {
  const { panel, trees, recipes } = builtInBundle();
  const preset = recipes.get('default');
  const tree = trees.get(preset?.framework ?? '');
  if (!preset || !tree) throw new Error('The bundle has no default methodology.');
  const methodology = parseRecipe(mergeRecipes(preset.recipe, changes), { tree, panel });
  return { panel, tree, methodology, keepStages: true };
}

/** The built-in data's scored cities by the default methodology as a ready table, which ranks in a fraction of the time. */
export function defaultTable(changes: object = {}): TableRun {
  const { tree, methodology, cities, indicators, year, stages } = runPipeline(defaultRun(changes));
  const values = stages?.denominated ?? new Float64Array();
  return { tree, methodology, cities, indicators, year, values, keepStages: true };
}
