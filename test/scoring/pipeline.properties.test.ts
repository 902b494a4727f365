import fc from 'fast-check';
import {
  buildTree,
  parseRecipe,
  registry,
  runTable,
  ScoringError,
  type Methodology,
  type RankingResult,
  type TableRun,
} from '../../src/scoring';
import { indicator } from '../helpers/contexts';
import { agrees } from '../helpers/golden';
import { randomTable, treeOf, type RandomTable } from '../helpers/random-tables';

const scopeOf = ({ tree, indicators, cities, year }: RandomTable) => ({
  tree,
  panel: { indicators, cities, years: [year] },
});

function recipeOf(table: RandomTable, recipe: object): Methodology {
  return parseRecipe(recipe, scopeOf(table));
}

/** The result, or null where the engine refused with a typed error. */
function attempt(run: TableRun): RankingResult | null {
  try {
    return runTable(run);
  } catch (error) {
    if (error instanceof ScoringError) return null;
    throw error;
  }
}

function scoresByCode(result: RankingResult): Map<string, number> {
  const scores = result.nodes.columns[result.tree.root] ?? new Float64Array();
  return new Map(result.cities.map((city, i) => [city.code, scores[i] ?? NaN]));
}

/** Any recipe that the registry allows, with each method's default parameters. Methods that need a parameter are passed over by `attempt`. */
const anyRecipe = fc.record({
  screen: fc.record({ minimumAvailability: fc.constantFrom(0, 0.5, 1) }),
  impute: fc.record({ method: fc.constantFrom(...registry.IMPUTATION.keys()) }),
  treat: fc.record({ method: fc.constantFrom(...registry.TREATMENT.keys()) }),
  normalise: fc.record({ method: fc.constantFrom(...registry.NORMALISATION.keys()) }),
  weight: fc.record({ method: fc.constantFrom(...registry.WEIGHTING.keys()) }),
  aggregate: fc.tuple(
    fc.record({
      level: fc.constant(1),
      method: fc.constantFrom(...registry.AGGREGATION.keys()),
      over: fc.constantFrom('CHILDREN', 'LEAVES'),
    }),
    fc.record({
      level: fc.constant(2),
      method: fc.constantFrom(...registry.AGGREGATION.keys()),
      over: fc.constantFrom('CHILDREN', 'LEAVES'),
    }),
  ),
  rank: fc.record({ ties: fc.constantFrom(...registry.RANKING.keys()) }),
});

describe('no NaN and no Infinity leaves the engine', () => {
  // `npm run test:deep` asks for 10,000 (jest.deep.config.js).
  const tables = Number(process.env['RANDOM_TABLES'] ?? 3000);

  it(`over ${String(tables)} random tables and recipes with gaps, ties, constants and extremes`, () => {
    let ranked = 0;
    fc.assert(
      fc.property(randomTable(), anyRecipe, (table, recipe) => {
        let methodology: Methodology;
        try {
          methodology = recipeOf(table, recipe);
        } catch (error) {
          if (error instanceof ScoringError) return;
          throw error;
        }
        const result = attempt({ ...table, methodology, keepStages: true });
        if (result === null) return;
        ranked++;
        const root = result.nodes.columns[result.tree.root] ?? new Float64Array();
        // One expectation for all values of a kind: one for each took most of the time.
        const unranked = [...result.order].filter(
          (i) => !Number.isFinite(root[i]) || !Number.isFinite(result.ranks[i]),
        );
        expect(unranked).toEqual([]);
        // NaN is "missing" inside; an infinity would be an answer.
        const stages: readonly ArrayLike<number>[] = result.stages === null ? [] : Object.values(result.stages);
        const tables: readonly ArrayLike<number>[] = [...result.nodes.columns, ...stages];
        const infinite = tables.flatMap((values) => Array.from(values).filter((value) => Math.abs(value) === Infinity));
        expect(infinite).toEqual([]);
        const weights = [...result.nodes.weights, ...result.nodes.effectiveWeights];
        expect(weights.filter((weight) => !(weight >= 0 && weight <= 1 + 1e-9))).toEqual([]);
        expect(result.order.length + result.unranked.length).toBe(table.cities.length);
      }),
      { numRuns: tables, seed: 20191217 },
    );
    expect(ranked).toBeGreaterThan(tables / 5);
  });
});

const DEFAULT = {
  treat: { method: 'WINSORISE_THEN_LOG' },
  normalise: { method: 'MIN_MAX', low: 1, high: 100 },
  aggregate: [
    { level: 1, method: 'ARITHMETIC' },
    { level: 2, method: 'GEOMETRIC' },
  ],
};

describe('the default recipe', () => {
  const check = (property: (table: RandomTable, result: RankingResult) => void): void => {
    fc.assert(
      fc.property(randomTable(9, 6, false), (table) => {
        const result = attempt({ ...table, methodology: recipeOf(table, DEFAULT) });
        if (result) property(table, result);
      }),
      { numRuns: 500, seed: 7 },
    );
  };

  it('gives permuted cities their scores', () => {
    check((table, result) => {
      const n = table.cities.length;
      const order = table.cities.map((_, i) => (i * 7 + 3) % n);
      fc.pre(new Set(order).size === n);
      const permuted = {
        ...table,
        cities: order.map((i) => table.cities[i] ?? { code: '', groups: {} }),
        values: Float64Array.from(table.indicators.flatMap((_, j) => order.map((i) => table.values[j * n + i] ?? NaN))),
      };
      const after = scoresByCode(runTable({ ...permuted, methodology: result.methodology }));
      // Sums in another order differ in the last digits.
      for (const [code, score] of scoresByCode(result)) expect(agrees(after.get(code) ?? NaN, score)).toBe(true);
    });
  });

  it('does not depend on the order of the indicators', () => {
    check((table, result) => {
      const n = table.cities.length;
      const m = table.indicators.length;
      const from = Array.from({ length: m }, (_, j) => m - 1 - j);
      const definitions = table.tree.nodes.map((node) => ({
        code: node.code,
        parent: table.tree.nodes[node.parent]?.code ?? null,
        weight: node.weight,
        indicator: node.indicator,
        // Leaves come in the opposite order.
        position: node.indicator === null ? 0 : -Number(node.code.slice(1)),
      }));
      const tree = buildTree('reversed', definitions);
      const leafOf = (slot: number): number => Number(tree.nodes[tree.leaves[slot] ?? -1]?.indicator?.slice(1));
      const order = from.map((_, slot) => leafOf(slot));
      const reversed: RandomTable = {
        ...table,
        tree,
        indicators: order.flatMap((j) => table.indicators.slice(j, j + 1)),
        values: Float64Array.from(order.flatMap((j) => [...table.values.subarray(j * n, (j + 1) * n)])),
      };
      const after = scoresByCode(runTable({ ...reversed, methodology: recipeOf(reversed, DEFAULT) }));
      for (const [code, score] of scoresByCode(result)) expect(agrees(after.get(code) ?? NaN, score)).toBe(true);
    });
  });

  it('does not notice a flipped direction with negated data', () => {
    check((table, result) => {
      const flipped = {
        ...table,
        indicators: table.indicators.map((indicator) => ({
          ...indicator,
          direction: indicator.direction === 1 ? (-1 as const) : (1 as const),
        })),
        values: table.values.map((value) => -value),
      };
      // The logarithm after winsorising is not symmetric, so the comparison is without treatment.
      const plain = { ...DEFAULT, treat: { method: 'NONE' } };
      const before = runTable({ ...table, methodology: recipeOf(table, plain) });
      const after = runTable({ ...flipped, methodology: recipeOf(flipped, plain) });
      expect(scoresByCode(after)).toEqual(scoresByCode(before));
      expect(result.cities).toHaveLength(after.cities.length);
    });
  });
});

describe('leaves that are not kept', () => {
  it('change nothing but that they are not there', () => {
    fc.assert(
      fc.property(randomTable(), anyRecipe, (table, recipe) => {
        let methodology: Methodology;
        try {
          methodology = recipeOf(table, recipe);
        } catch (error) {
          if (error instanceof ScoringError) return;
          throw error;
        }
        const kept = attempt({ ...table, methodology });
        const light = attempt({ ...table, methodology, keepLeaves: false });
        expect(light === null).toBe(kept === null);
        if (kept === null || light === null) return;
        const inner = (result: RankingResult): number[][] =>
          result.nodes.columns.filter((_, index) => result.tree.nodes[index]?.level !== 0).map((values) => [...values]);
        expect(inner(light)).toEqual(inner(kept));
        expect(light.ranks).toEqual(kept.ranks);
        // Nothing is said of cells of which none was to be treated.
        expect(light.treatment.length > 0 ? light.treatment : new Uint8Array(kept.treatment.length)).toEqual(
          kept.treatment,
        );
        expect(new Set(light.warnings.map(({ message }) => message))).toEqual(
          new Set(kept.warnings.map(({ message }) => message)),
        );
      }),
      { numRuns: 1_000, seed: 5 },
    );
  });
});

describe('min–max with arithmetic means', () => {
  it('does not notice a positive change of unit', () => {
    fc.assert(
      fc.property(
        fc.array(fc.array(fc.integer({ min: -50, max: 50 }), { minLength: 6, maxLength: 6 }), {
          minLength: 2,
          maxLength: 5,
        }),
        (columns) => {
          const table: RandomTable = {
            year: 2019,
            tree: treeOf(columns.length, 1, []),
            cities: Array.from({ length: 6 }, (_, i) => ({ code: `c${String(i)}`, groups: {} })),
            indicators: columns.map((_, j) => indicator(`x${String(j)}`)),
            values: Float64Array.from(columns.flat()),
          };
          const rank = (values: Float64Array): RankingResult =>
            runTable({
              ...table,
              values,
              methodology: recipeOf(table, { normalise: { method: 'MIN_MAX', low: 0, high: 128 } }),
            });
          const rescaled = rank(table.values.map((value, cell) => value * 2 ** (1 + Math.floor(cell / 6)) + 64));
          expect([...rescaled.ranks]).toEqual([...rank(table.values).ranks]);
        },
      ),
      { numRuns: 300, seed: 3 },
    );
  });
});
