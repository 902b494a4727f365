import {
  buildTree,
  normalisedLeavesOf,
  parseRecipe,
  registry,
  runPipeline,
  ScoringError,
  type Methodology,
  type Panel,
  type RankingResult,
} from '../../src/scoring';
import { city, indicator } from '../helpers/contexts';

const leaves = ['p', 'q', 'r', 's', 't'];
const tree = buildTree('t', [
  { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
  { code: 'left', parent: 'index', weight: 2, indicator: null, position: 0 },
  { code: 'right', parent: 'index', weight: 1, indicator: null, position: 1 },
  ...leaves.map((code, k) => ({
    code,
    parent: k < 3 ? 'left' : 'right',
    weight: k + 1,
    indicator: code,
    position: k,
  })),
]);
// Eight cities with a tie, an outlier, a constant indicator (t) and, in the second panel, gaps.
const columns = [
  [1, 5, 3, 3, 8, 2, 90, 4],
  [7, 2, 9, 9, 1, 4, 3, 5],
  [2, 4, 6, 6, 1, 3, 5, 7],
  [5, 1, 2, 2, 9, 8, 4, 3],
  [6, 6, 6, 6, 6, 6, 6, 6],
];
const panelOf = (gaps: readonly number[]): Panel => ({
  cities: Array.from('abcdefgh', (code) => city(code)),
  indicators: leaves.map((code) => indicator(code)),
  years: [2019],
  values: Float64Array.from(columns.flat(), (value, cell) => (gaps.includes(cell) ? NaN : value)),
  status: new Uint8Array(40),
  statuses: ['NORMAL'],
});
const panels = [panelOf([]), panelOf([0, 9, 10, 31, 39])];

/** Everything that is computed after the leaves; the code of the refusal where there is nothing. */
function outcomeOf(run: () => RankingResult): unknown {
  try {
    const { nodes, order, ranks, warnings, unranked, stages, imputed, treatment, intermediates, tree: of } = run();
    return { nodes, order, ranks, warnings, unranked, stages, imputed, treatment, intermediates, of };
  } catch (error) {
    if (error instanceof ScoringError) return [error.code, error.message];
    throw error;
  }
}

describe('normalisedLeavesOf: leaves that are ranked again and again', () => {
  // Every method that reads the leaves, so that none may write to them.
  const recipes: object[] = [
    ...[...registry.WEIGHTING.keys()].map((method) => ({ weight: { method } })),
    ...[...registry.AGGREGATION.keys()].flatMap((method) => [
      { aggregate: [{ level: 1, method }] },
      { aggregate: [{ level: 2, method, over: 'LEAVES' }] },
    ]),
    ...[...registry.RANKING.keys()].map((ties) => ({ rank: { ties } })),
    { weight: { method: 'GIVEN', weights: [{ node: 'left', weight: 0 }] } },
  ];

  it.each([
    ['complete columns', 0, {}],
    ['gaps', 1, {}],
    ['gaps and a screening', 1, { screen: { minimumAvailability: 0.7 }, treat: { method: 'WINSORISE' } }],
    ['gaps that are filled', 1, { impute: { method: 'MEDIAN' }, normalise: { method: 'Z_SCORE' } }],
    ['columns on their natural scale', 0, { normalise: { method: 'NONE' } }],
  ])('come to what the whole pipeline comes to, one after the other: %s', (_name, which, base) => {
    const panel = panels[which] ?? panelOf([]);
    const parsed = recipes.flatMap((recipe): Methodology[] => {
      try {
        return [parseRecipe({ period: { year: 2019 }, ...base, ...recipe }, { tree, panel })];
      } catch (error) {
        // A method that cannot do without a parameter.
        if (error instanceof ScoringError) return [];
        throw error;
      }
    });
    expect(parsed.length).toBeGreaterThan(40);
    const [first] = parsed;
    if (!first) throw new Error('There is no recipe.');
    const kept = normalisedLeavesOf({ panel, tree, methodology: first, keepStages: true });
    for (const methodology of parsed)
      expect(outcomeOf(() => kept.rank(methodology))).toEqual(
        outcomeOf(() => runPipeline({ panel, tree, methodology, keepStages: true })),
      );
  });

  it('say which tables they hold, and results share them', () => {
    const [panel] = panels;
    if (!panel) throw new Error('There is no panel.');
    const methodology = parseRecipe({ period: { year: 2019 } }, { tree, panel });
    const kept = normalisedLeavesOf({ panel, tree, methodology, keepStages: true });
    const [one, other] = [kept.rank(methodology), kept.rank(methodology)];
    expect(other.stages).toBe(one.stages);
    const held = new Set(kept.tables.map(({ buffer }) => buffer));
    const tables: ArrayBufferView[] = [
      one.imputed,
      one.treatment,
      one.availability,
      ...Object.values({ ...one.stages }),
    ];
    expect(tables.filter(({ buffer }) => !held.has(buffer))).toEqual([]);
    expect(one.nodes.columns.filter(({ buffer }) => held.has(buffer))).toHaveLength(leaves.length);
  });
});
