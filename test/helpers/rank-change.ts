import fc from 'fast-check';
import {
  buildTree,
  parseRecipe,
  runPipeline,
  ScoringError,
  type CityMeta,
  type Panel,
  type Tree,
} from '../../src/scoring';
import {
  CHANGE_CAUSES,
  counterfactualStanding,
  splitRankChange,
  type RankChange,
  type RankingSide,
} from '../../src/scoring/change';

/** Two dimensions of three indicators. */
export const TREE = treeOf([1, 1, 1]);
/** Years of the panels. */
export const YEARS = [2018, 2019, 2020];

/** Two dimensions: `a` and `b` under `x`, `c` under `y`; of the leaves only those that are named. */
export function treeOf(weights: readonly [number, number, number], leaves: readonly string[] = ['a', 'b', 'c']): Tree {
  const leaf = (code: string, parent: string, weight: number, position: number) => ({
    code,
    parent,
    weight,
    indicator: code,
    position,
  });
  const node = (code: string, parent: string | null, position: number) => ({
    code,
    parent,
    weight: 1,
    indicator: null,
    position,
  });
  return buildTree('t', [
    node('root', null, 0),
    node('x', 'root', 0),
    node('y', 'root', 1),
    ...[leaf('a', 'x', weights[0], 0), leaf('b', 'x', weights[1], 1), leaf('c', 'y', weights[2], 0)].filter(
      ({ code }) => leaves.includes(code),
    ),
  ]);
}

const cityOf = (index: number): CityMeta => ({
  code: `c${String(index)}`,
  groups: { tier: index % 2 ? 'odd' : 'even' },
});

/** A panel of `n` cities × 3 indicators × 3 years from `valueAt(year index, indicator, city)`. */
export function panelOf(n: number, valueAt: (y: number, j: number, i: number) => number): Panel {
  const values = new Float64Array(n * 3 * YEARS.length);
  for (let y = 0; y < YEARS.length; y++)
    for (let j = 0; j < 3; j++) for (let i = 0; i < n; i++) values[(y * 3 + j) * n + i] = valueAt(y, j, i);
  return {
    cities: Array.from({ length: n }, (_, i) => cityOf(i)),
    indicators: ['a', 'b', 'c'].map((code) => ({
      code,
      direction: code === 'b' ? (-1 as const) : (1 as const),
      goalpostLow: null,
      goalpostHigh: null,
      target: null,
      denominator: null,
    })),
    years: YEARS,
    values,
    status: new Uint8Array(values.length),
    statuses: ['NORMAL'],
  };
}

/** A ranking of a panel's year. */
export function sideOf(
  panel: Panel,
  year: number,
  options: { readonly recipe?: object; readonly tree?: Tree; readonly cities?: readonly number[] } = {},
): RankingSide {
  const tree = options.tree ?? TREE;
  const methodology = parseRecipe(
    { ...options.recipe, period: { latestWithinYears: 0, ...periodOf(options.recipe), year } },
    { tree, panel },
  );
  const run = { panel, tree, methodology, ...(options.cities && { cities: Int32Array.from(options.cities) }) };
  return { ...run, result: runPipeline(run) };
}

const periodOf = (recipe: object | undefined): object =>
  recipe && 'period' in recipe && typeof recipe.period === 'object' && recipe.period !== null ? recipe.period : {};

const cell = fc.oneof(
  { weight: 6, arbitrary: fc.double({ min: 1, max: 100, noNaN: true }) },
  { weight: 2, arbitrary: fc.integer({ min: 1, max: 4 }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);

/** Two rankings that differ in year, release, recipe and cities, as drawn. */
export interface Case {
  readonly n: number;
  readonly cells: readonly number[];
  readonly revised: readonly number[];
  readonly years: readonly [number, number];
  readonly sameRelease: boolean;
  readonly recipes: readonly [number, number];
  readonly drop: readonly [number, number];
}

/** Draws two rankings; the recipes are two of `recipes`, as often as not the same. */
export const casesOf = (recipes: number): fc.Arbitrary<Case> =>
  fc.integer({ min: 2, max: 6 }).chain((n) =>
    fc.record({
      n: fc.constant(n),
      cells: fc.array(cell, { minLength: 9 * n, maxLength: 9 * n }),
      revised: fc.array(fc.oneof({ weight: 3, arbitrary: fc.constant(-1) }, { weight: 1, arbitrary: cell }), {
        minLength: 9 * n,
        maxLength: 9 * n,
      }),
      years: fc.tuple(fc.constantFrom(...YEARS), fc.constantFrom(...YEARS)),
      sameRelease: fc.boolean(),
      recipes: fc.oneof(
        fc.nat(recipes - 1).map((recipe): [number, number] => [recipe, recipe]),
        fc.tuple(fc.nat(recipes - 1), fc.nat(recipes - 1)),
      ),
      drop: fc.tuple(fc.integer({ min: -3, max: n - 1 }), fc.integer({ min: -3, max: n - 1 })),
    }),
  );

/** The drawn rankings; null where one of them does not exist. */
export function sidesOf(drawn: Case, recipes: readonly object[]): readonly [RankingSide, RankingSide] | null {
  return attempt(() => makeSides(drawn, recipes));
}

function makeSides(drawn: Case, recipes: readonly object[]): readonly [RankingSide, RankingSide] {
  const { n, cells, revised } = drawn;
  const first = panelOf(n, (y, j, i) => cells[(y * 3 + j) * n + i] ?? NaN);
  const second = panelOf(n, (y, j, i) => {
    const cell = (y * 3 + j) * n + i;
    return revised[cell] === -1 ? (cells[cell] ?? NaN) : (revised[cell] ?? NaN);
  });
  const citiesOf = (drop: number): number[] => Array.from({ length: n }, (_, i) => i).filter((i) => i !== drop);
  const side = (panel: Panel, k: 0 | 1): RankingSide =>
    sideOf(panel, drawn.years[k], { recipe: recipes[drawn.recipes[k]] ?? {}, cities: citiesOf(drawn.drop[k]) });
  return [side(first, 0), side(drawn.sameRelease ? first : second, 1)];
}

/** What the work gives; null where the engine refuses it. */
function attempt<T>(work: () => T): T | null {
  try {
    return work();
  } catch (error) {
    if (error instanceof ScoringError) return null;
    throw error;
  }
}

/** Codes of the cities that both rank. */
export function rankedInBoth(from: RankingSide, to: RankingSide): string[] {
  const ranked = ({ result }: RankingSide): string[] =>
    result.cities.flatMap(({ code }, row) => (Number.isNaN(result.ranks[row] ?? NaN) ? [] : [code]));
  const second = new Set(ranked(to));
  return ranked(from).filter((code) => second.has(code));
}

/**
 * Splits the change of a city and checks that the parts add to it, and that the counterfactuals with no cause and with
 * all of them are the two rankings; null where a ranking between the two does not exist.
 */
export function checkedSplit(code: string, from: RankingSide, to: RankingSide): RankChange | null {
  const change = attempt(() => splitRankChange(code, from, to));
  if (change === null) return null;
  const row = ({ result }: RankingSide): number => result.cities.findIndex((city) => city.code === code);
  const rankIn = (side: RankingSide): number => side.result.ranks[row(side)] ?? NaN;
  const scoreIn = (side: RankingSide): number => side.result.nodes.columns[side.tree.root]?.[row(side)] ?? NaN;
  const sum = (key: 'places' | 'score'): number => change.parts.reduce((total, part) => total + part[key], 0);
  const scale = Math.max(1, Math.abs(scoreIn(from)), Math.abs(scoreIn(to)));
  // A score between the two may be larger by many orders (CoCoSo divides by what may be nearly 0); so are the parts then.
  const largestPart = Math.max(scale, ...change.parts.map(({ score }) => Math.abs(score)));
  expectNear(sum('places'), rankIn(from) - rankIn(to), 1e-9, 'places');
  expectNear(sum('score'), scoreIn(to) - scoreIn(from), 1e-9 * largestPart, 'score');
  for (const { cause, applies, places, score } of change.parts)
    if (!applies && (places !== 0 || score !== 0)) throw new Error(`${cause} does not apply and has a part.`);
  // The ends by the counterfactual itself, not by the shortcut.
  for (const [side, switched] of [
    [from, []],
    [to, CHANGE_CAUSES],
  ] as const) {
    const standing = counterfactualStanding(code, from, to, new Set(switched));
    expectNear(standing.rank, rankIn(side), 0, 'rank at an end');
    expectNear(standing.score, scoreIn(side), 1e-9 * scale, 'score at an end');
  }
  return change;
}

function expectNear(actual: number, expected: number, distance: number, what: string): void {
  if (!(Math.abs(actual - expected) <= distance))
    throw new Error(`${what}: ${String(actual)}, expected ${String(expected)}`);
}
