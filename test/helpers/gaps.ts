import {
  buildTree,
  decomposeGap,
  parseRecipe,
  registry,
  runTable,
  type GapMethod,
  type NodeDefinition,
  type RankingResult,
} from '../../src/scoring';

/** Parameters of the aggregations that have required ones. */
const REQUIRED: Readonly<Record<string, Record<string, unknown>>> = {
  POWER_MEAN: { exponent: 2.5 },
  OWA: { atLeast: 2 },
};
const CITIES = 6;
const PAIRS = (CITIES * (CITIES - 1)) / 2;

/** xorshift32: a seeded stream of numbers in [0, 1). */
export function stream(seed: number): () => number {
  let state = seed | 1;
  return () => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) / 2 ** 32;
  };
}

/** Four leaves in two dimensions. */
const TREE: readonly NodeDefinition[] = [
  { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
  { code: 'd0', parent: 'index', weight: 2, indicator: null, position: 0 },
  { code: 'd1', parent: 'index', weight: 1, indicator: null, position: 1 },
  ...[0, 1, 2, 3].map((j) => ({
    code: `x${String(j)}`,
    parent: `d${String(j % 2)}`,
    weight: 1 + j,
    indicator: `x${String(j)}`,
    position: j,
  })),
];
/** The tree of {@link randomRanking}. */
export const gapTree = buildTree('gap', TREE);
const indicators = [0, 1, 2, 3].map((j) => ({
  code: `x${String(j)}`,
  direction: j === 1 ? (-1 as const) : (1 as const),
  goalpostLow: null,
  goalpostHigh: null,
  target: null,
  denominator: null,
}));
const cities = Array.from({ length: CITIES }, (_, i) => ({ code: `c${String(i)}`, groups: {} }));

/** A ranking of six random cities: the method at the root over two arithmetic means, or over the leaves at once. */
export function randomRanking(id: string, root: boolean, next: () => number, gaps: boolean): RankingResult {
  const complete = registry.AGGREGATION.get(id)?.missing === 'COMPLETE';
  const coarse = next() < 0.2;
  const values = Float64Array.from({ length: CITIES * 4 }, () => {
    if (gaps && !complete && next() < 0.12) return NaN;
    return coarse ? Math.floor(next() * 4) : next() * 100;
  });
  const rule = { method: id, ...REQUIRED[id] };
  const recipe = {
    normalise: { method: 'MIN_MAX', low: 1, high: 100 },
    aggregate: root
      ? [
          { level: 1, method: 'ARITHMETIC' },
          { level: 2, ...rule },
        ]
      : [{ level: 1, ...rule, over: 'LEAVES' }],
  };
  const methodology = parseRecipe(recipe, { tree: gapTree, panel: { indicators, cities, years: [2019] } });
  return runTable({ tree: gapTree, methodology, year: 2019, cities, indicators, values, keepStages: true });
}

/** Aggregations whose gaps have a closed form. */
export const CLOSED_FORMS: ReadonlySet<string> = new Set(['ARITHMETIC', 'GEOMETRIC', 'HARMONIC', 'POWER_MEAN']);

/** What came of splitting many gaps. */
export interface SplitReport {
  readonly checked: number;
  /** Largest distance between a gap and the sum of its parts, relative to the larger score (at least 1). */
  readonly worst: number;
  readonly methods: readonly GapMethod[];
}

/** Splits the gaps of random pairs of cities under an aggregation, at the root over means and over the leaves at once. */
export function splitRandomGaps(id: string, cases: number): SplitReport {
  const next = stream(12345);
  const methods = new Set<GapMethod>();
  let worst = 0;
  let checked = 0;
  for (let round = 0; checked < cases && round < 3 * Math.ceil(cases / PAIRS); round++) {
    const result = randomRanking(id, round % 2 === 0, next, round % 3 === 0);
    const column = result.nodes.columns[gapTree.root] ?? new Float64Array();
    for (let a = 0; a < CITIES; a++)
      for (let b = 0; b < a; b++) {
        const split = decomposeGap(result, gapTree.root, a, b);
        if (split === null) continue;
        checked++;
        methods.add(split.method);
        const sum = split.parts.reduce((total, part) => total + part, 0);
        const scale = Math.max(1, Math.abs(column[a] ?? 0), Math.abs(column[b] ?? 0));
        worst = Math.max(worst, Math.abs(sum - ((column[a] ?? NaN) - (column[b] ?? NaN))) / scale);
      }
  }
  return { checked, worst, methods: [...methods] };
}
