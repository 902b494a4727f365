import {
  parseRecipe,
  runPipeline,
  runTable,
  buildTree,
  type NodeDefinition,
  type RankingResult,
} from '../../../src/scoring';
import { orientedColumns, removalEffects } from '../../../src/scoring/diagnostics';
import { asem } from '../../helpers/asem';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { errorCodeOf } from './columns';

describe('COINr 1.1.14 remove_elements (65_*)', () => {
  const { panel, tree, codes, denominate } = asem();
  let ranking: RankingResult;
  beforeAll(() => {
    const recipe = {
      period: { year: 2018 },
      screen: { minimumAvailability: 0 },
      denominate,
      impute: { method: 'GROUP_MEAN', by: 'EurAsia_group' },
      treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
      normalise: { method: 'MIN_MAX', low: 0, high: 100 },
      weight: { method: 'GIVEN' },
      aggregate: [{ level: 1, method: 'ARITHMETIC' }],
    };
    ranking = runPipeline({ panel, tree, methodology: parseRecipe(recipe, { tree, panel }) });
  });

  it('65_remove_pillars_ranks.csv: every rank without each pillar', () => {
    const expected = readGolden('coinr', '65_remove_pillars_ranks.csv').alignedTo('uCode', codes);
    expect([...ranking.ranks]).toEqual([...expected.numbers('Nominal')]);
    const pillars = expected.header.slice(2);
    expect(pillars).toHaveLength(8);
    for (const { node, ranks } of removalEffects(ranking, pillars))
      expect({ node, ranks: [...(ranks ?? [])] }).toEqual({ node, ranks: [...expected.numbers(node)] });
  });

  it.each([
    ['65_remove_pillars_meanabsdiff.csv', 8],
    ['65_remove_indicators_meanabsdiff.csv', 49],
  ])('%s: mean |rank − nominal rank|', (file, count) => {
    const expected = readGolden('coinr', file);
    const rows = expected.text('iCode').filter((code) => code !== 'Nominal');
    const actual = removalEffects(ranking, rows);
    expect(actual).toHaveLength(count);
    expectColumnsAgree(
      actual.map(({ meanShift }) => meanShift.value ?? NaN),
      expected.numbers('MeanAbsRankDiff').slice(1),
      file,
      { labels: rows, absolute: 0 },
    );
  });
});

const node = (code: string, parent: string | null, position: number, weight = 1): NodeDefinition => ({
  code,
  parent,
  weight,
  indicator: code.startsWith('x') ? code : null,
  position,
});

/** Ranks four cities by a small tree; `columns` by leaf in tree order. */
function rank(
  definitions: readonly NodeDefinition[],
  columns: readonly (readonly number[])[],
  recipe: object,
): RankingResult {
  const tree = buildTree('t', definitions);
  const indicators = tree.leaves.map((leaf, j) => ({
    code: tree.nodes[leaf]?.indicator ?? '',
    direction: j === 0 ? (-1 as const) : (1 as const),
    goalpostLow: null,
    goalpostHigh: null,
    target: null,
    denominator: null,
  }));
  const cities = ['a', 'b', 'c', 'd'].map((code) => ({ code, groups: {} }));
  const values = Float64Array.from(columns.flat());
  const panel = {
    cities,
    indicators,
    years: [2020],
    values,
    status: new Uint8Array(values.length),
    statuses: ['NORMAL'],
  };
  const methodology = parseRecipe(recipe, { tree, panel });
  return runTable({ tree, methodology, year: 2020, cities, indicators, values });
}

const deep = [
  node('root', null, 0),
  node('p', 'root', 0),
  node('q', 'root', 1),
  node('r', 'q', 0),
  node('x1', 'p', 0),
  node('x2', 'r', 0),
  node('x3', 'q', 1),
];
const data = [
  [4, 3, 2, 1],
  [1, 2, 3, 9],
  [8, 6, 7, 5],
];

describe('rules', () => {
  const plain = { screen: { minimumAvailability: 0 }, impute: { method: 'NONE' }, treat: { method: 'NONE' } };

  it('a parent left without children goes too, and the ranks are those of what is left', () => {
    const ranking = rank(deep, data, { ...plain, normalise: { method: 'MIN_MAX', low: 1, high: 100 } });
    const [p, x1] = removalEffects(ranking, ['p', 'x1']);
    expect(p?.ranks).toEqual(x1?.ranks);
    // Left: the mean of x2 (1, 13.375, 25.75, 100) and x3 (100, 34, 67, 1) scaled to 1 … 100: 50.5, 23.7, 46.4, 50.5.
    expect([...(p?.ranks ?? [])]).toEqual([1, 4, 3, 1]);
  });

  it('ties are settled by the tie-breaker of the recipe, and by code where it is what is left out', () => {
    const recipe = { ...plain, normalise: { method: 'MIN_MAX', low: 1, high: 100 } };
    const ranking = rank(deep, data, { ...recipe, rank: { ties: 'ORDINAL', tieBreaker: 'x3' } });
    const ranksOf = (code: string): number[] => [...(removalEffects(ranking, [code])[0]?.ranks ?? [])];
    // As above, a and d tie at 50.5; x3 is best for a. Without q, the index is x1, where less is better: no ties.
    expect(ranksOf('p')).toEqual([1, 4, 3, 2]);
    expect(ranksOf('q')).toEqual([4, 3, 2, 1]);
    const other = rank(deep, data, { ...recipe, rank: { ties: 'ORDINAL', tieBreaker: 'x2' } });
    expect([...(removalEffects(other, ['p'])[0]?.ranks ?? [])]).toEqual([2, 4, 3, 1]);
    const gone = rank(deep, data, { ...recipe, rank: { ties: 'ORDINAL', tieBreaker: 'x1' } });
    // By x1 d would come first.
    expect([...(removalEffects(gone, ['p'])[0]?.ranks ?? [])]).toEqual([1, 4, 3, 2]);
  });

  it('names the city that moves most, in every node but the root by default', () => {
    const ranking = rank(deep, data, { ...plain, normalise: { method: 'MIN_MAX', low: 1, high: 100 } });
    const effects = removalEffects(ranking);
    expect(effects.map((effect) => effect.node)).toEqual(ranking.tree.nodes.slice(0, -1).map(({ code }) => code));
    for (const { ranks, meanShift, largestShift, mostShifted, lostOrGained } of effects) {
      const shifts = [...(ranks ?? [])].map((value, i) => Math.abs(value - (ranking.ranks[i] ?? NaN)));
      expect(meanShift.value).toBe(shifts.reduce((sum, shift) => sum + shift, 0) / 4);
      expect(largestShift.value).toBe(Math.max(...shifts));
      const city = Math.max(...shifts) === 0 ? null : ranking.cities[shifts.indexOf(Math.max(...shifts))]?.code;
      expect(mostShifted).toBe(city);
      expect(lostOrGained).toBe(0);
    }
    expect(effects.some(({ mostShifted }) => mostShifted !== null)).toBe(true);
  });

  it('a node keeps its rule although its level falls', () => {
    // q is at level 2 while r is there; without r it is at level 1 and must stay geometric.
    const aggregate = [
      { level: 1, method: 'ARITHMETIC' },
      { level: 2, method: 'GEOMETRIC' },
    ];
    const withFour = [...deep, node('x4', 'q', 2)];
    const columns = [...data, [1, 10, 3, 2]];
    const ranking = rank(withFour, columns, {
      ...plain,
      normalise: { method: 'MIN_MAX', low: 1, high: 100 },
      aggregate,
    });
    const scaled = (v: readonly number[], k: number): number =>
      1 + (99 * ((v[k] ?? 0) - Math.min(...v))) / (Math.max(...v) - Math.min(...v));
    const expected = [0, 1, 2, 3].map((k) => {
      const x1 = scaled([-4, -3, -2, -1], k);
      const q = Math.sqrt(scaled(columns[2] ?? [], k) * scaled(columns[3] ?? [], k));
      return Math.sqrt(x1 * q);
    });
    const [effect] = removalEffects(ranking, ['r']);
    expect([...(effect?.ranks ?? [])]).toEqual(
      expected.map((score) => 1 + expected.filter((other) => other > score).length),
    );
  });

  it('the only branch leaves nothing behind', () => {
    const ranking = rank([node('root', null, 0), node('x1', 'root', 0)], [[1, 2, 3, 4]], plain);
    expect(removalEffects(ranking)).toEqual([
      {
        node: 'x1',
        ranks: null,
        meanShift: { value: null, reason: 'TOO_FEW_COLUMNS' },
        largestShift: { value: null, reason: 'TOO_FEW_COLUMNS' },
        mostShifted: null,
        lostOrGained: 0,
      },
    ]);
  });

  it('weights that add to nothing without the node are not defined', () => {
    const definitions = [node('root', null, 0), node('x1', 'root', 0, 1), node('x2', 'root', 1, 0)];
    const ranking = rank(definitions, data.slice(0, 2), plain);
    const [x1, x2] = removalEffects(ranking);
    expect(x1?.meanShift).toEqual({ value: null, reason: 'NOT_DEFINED' });
    expect(x2?.meanShift).toEqual({ value: 0, reason: null });
  });

  it('cities that only the node gave a rank are counted, not compared', () => {
    const definitions = [node('root', null, 0), node('x1', 'root', 0), node('x2', 'root', 1)];
    const ranking = rank(
      definitions,
      [
        [1, 2, 3, 4],
        [NaN, 1, 2, NaN],
      ],
      plain,
    );
    const [x1, x2] = removalEffects(ranking, ['x1', 'x2']);
    expect(x1?.lostOrGained).toBe(2);
    expect(x2?.lostOrGained).toBe(0);
    const alone = rank(
      definitions,
      [
        [1, 2, NaN, NaN],
        [NaN, NaN, 1, 2],
      ],
      plain,
    );
    expect(removalEffects(alone, ['x1'])[0]).toMatchObject({ lostOrGained: 2 });
  });

  it('reads natural costs where a method treats them itself', () => {
    const ranking = rank(
      [node('root', null, 0), node('x1', 'root', 0), node('x2', 'root', 1), node('x3', 'root', 2)],
      data,
      {
        ...plain,
        normalise: { method: 'NONE' },
        aggregate: [{ level: 1, method: 'VIKOR' }],
      },
    );
    const without = rank(
      [node('root', null, 0), node('x1', 'root', 0), node('x3', 'root', 1)],
      [data[0] ?? [], data[2] ?? []],
      {
        ...plain,
        normalise: { method: 'NONE' },
        aggregate: [{ level: 1, method: 'VIKOR' }],
      },
    );
    expect(removalEffects(ranking, ['x2'])[0]?.ranks).toEqual(without.ranks);
    // VIKOR's Q is better when low; oriented, more is better.
    const root = ranking.nodes.columns[ranking.tree.root];
    expect(orientedColumns(ranking.nodes)[ranking.tree.root]).toEqual(root?.map((value) => -value));
  });

  it('refuses a code that is not in the tree', () => {
    const ranking = rank(deep, data, plain);
    expect(errorCodeOf(() => removalEffects(ranking, ['nowhere']))).toBe('NOT_FOUND');
  });
});

describe('what happens on the way', () => {
  const definitions = [node('root', null, 0), node('x1', 'root', 0), node('x2', 'root', 1), node('x3', 'root', 2)];
  const gaps = [
    [1, 2, 3, 4],
    [NaN, 1, 2, 3],
    [4, 3, NaN, 1],
  ];

  it('warnings of the nominal run are not repeated', () => {
    const ranking = rank(definitions, gaps, { screen: { minimumAvailability: 0 } });
    const before = ranking.warnings.length;
    expect(removalEffects(ranking, ['x1'])[0]?.meanShift.reason).toBeNull();
    expect(ranking.warnings).toHaveLength(before);
  });

  it('an error that is not the engine’s own is not swallowed', () => {
    const ranking = rank(definitions, gaps, { screen: { minimumAvailability: 0 } });
    const broken = {
      ...ranking,
      methodology: { ...ranking.methodology, weight: { method: 'NO_SUCH', parameters: {}, weights: [] } },
    };
    expect(() => removalEffects(broken, ['x1'])).toThrow('NO_SUCH');
  });

  it('nothing to compare: no city has a rank with and without the node', () => {
    const ranking = rank(
      definitions.slice(0, 3),
      [
        [1, 2, NaN, NaN],
        [NaN, NaN, 1, 2],
      ],
      { screen: { minimumAvailability: 0 } },
    );
    const unranked = { ...ranking, ranks: ranking.ranks.map(() => NaN) };
    expect(removalEffects(unranked, ['x1'])[0]).toMatchObject({
      meanShift: { value: null, reason: 'NO_VALUES' },
      mostShifted: null,
      lostOrGained: 2,
    });
  });
});
