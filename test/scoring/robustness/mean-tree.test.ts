import fc from 'fast-check';
import { parseRecipe } from '../../../src/scoring';
import { aggregateTree, type LeafColumns } from '../../../src/scoring/aggregate';
import { silentContext } from '../../../src/scoring/explanation/node-model';
import { MeanTree } from '../../../src/scoring/robustness/mean-tree';
import { ScenarioRunner } from '../../../src/scoring/robustness/scenario';
import { smallRun } from '../../helpers/robustness';

const LEAVES = { d: ['x', 'y', 'z'], e: ['u', 'v'] };
const CODES = ['d', 'e', 'x', 'y', 'z', 'u', 'v'];
const base = smallRun({ leaves: LEAVES, columns: [[1], [1], [1], [1], [1]], recipe: {} });
const { tree } = base;
const scope = { tree, panel: { indicators: base.indicators, cities: base.cities, years: [1] } };

const leavesOf = (columns: readonly (readonly number[])[]): LeafColumns => {
  const normalised = columns.map((column) => Float64Array.from(column));
  return {
    cities: (columns[0] ?? []).map((_, i) => ({ code: `c${String(i)}`, groups: {} })),
    normalised,
    natural: normalised,
    costs: new Uint8Array(columns.length),
    isNatural: columns.map(() => false),
  };
};
const bits = (values: Float64Array): string =>
  Buffer.from(values.buffer, values.byteOffset, values.byteLength).toString('hex');

const value = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 0.01, max: 100, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(NaN) },
);
const table = fc
  .integer({ min: 1, max: 6 })
  .chain((n) => fc.array(fc.array(value, { minLength: n, maxLength: n }), { minLength: 5, maxLength: 5 }));
const method = fc.constantFrom('ARITHMETIC', 'GEOMETRIC', 'HARMONIC');
const share = fc.constantFrom(0, 0.5, 0.6, 1);
const weight = fc.oneof(
  { weight: 4, arbitrary: fc.double({ min: 1e-3, max: 1e3, noNaN: true }) },
  { weight: 1, arbitrary: fc.constant(0) },
);
const weights = fc
  .record(Object.fromEntries(CODES.map((code) => [code, weight])))
  .filter((own) => [['d', 'e'], ...Object.values(LEAVES)].every((group) => group.some((code) => (own[code] ?? 0) > 0)));

it('scores are those of the whole aggregation to the last bit: gaps, availability, weights of 0 and all', () => {
  fc.assert(
    fc.property(
      table,
      fc.tuple(method, method),
      fc.tuple(share, share),
      weights,
      fc.double({ min: 0.1, max: 10, noNaN: true }),
      (columns, methods, shares, own, more) => {
        const leaves = leavesOf(columns);
        const { aggregate } = parseRecipe(
          { aggregate: methods.map((id, k) => ({ level: k + 1, method: id, minimumAvailability: shares[k] })) },
          scope,
        );
        const byNode = Float64Array.from(tree.nodes, ({ code }) => own[code] ?? 1);
        const mean = MeanTree.of(tree, { aggregate }, leaves, (node) => (byNode[node] ?? 0) > 0);
        if (mean === null) throw new Error('The values are above 0: the means are defined.');
        // The second time over memory that has been used.
        for (const factor of [1, more]) {
          const raised = byNode.map((given, node) => (node === 0 ? given * factor : given));
          const whole = aggregateTree(leaves, {
            tree,
            methodology: {
              aggregate,
              weight: {
                method: 'GIVEN',
                parameters: {},
                weights: tree.nodes.map(({ code }, k) => ({ node: code, weight: raised[k] ?? 0 })),
              },
            },
            contextOf: () => silentContext,
          });
          expect(bits(mean.score(raised))).toBe(bits(whole.columns[tree.root] ?? new Float64Array()));
        }
      },
    ),
    { numRuns: 300 },
  );
});

it.each([
  ['another method', [{ level: 1, method: 'MEDIAN' }], [1, 2, 3, 4, 5]],
  ['the leaves of the root at once', [{ level: 2, method: 'ARITHMETIC', over: 'LEAVES' }], [1, 2, 3, 4, 5]],
  ['a geometric mean over a 0', [{ level: 1, method: 'GEOMETRIC' }], [1, 2, 0, 4, 5]],
  [
    'a harmonic mean of means that may be 0',
    [
      { level: 1, method: 'ARITHMETIC' },
      { level: 2, method: 'HARMONIC' },
    ],
    [0, 0, 0, 4, 5],
  ],
])('%s: it is not for', (_name, aggregate, values) => {
  const recipe = parseRecipe({ aggregate }, scope);
  expect(MeanTree.of(tree, recipe, leavesOf(values.map((one) => [one])), () => true)).toBeNull();
});

it('a weight that comes to 0 where it was none, or the other way round, goes the long way to the same ranks', () => {
  const run = smallRun({
    leaves: LEAVES,
    columns: [
      [1, 2, 3, NaN],
      [3, 1, 2, 4],
      [2, NaN, 1, 3],
      [5, 1, 4, 2],
      [1, 9, 3, 3],
    ],
    recipe: {
      normalise: { method: 'NONE' },
      aggregate: [{ level: 1, method: 'ARITHMETIC', minimumAvailability: 0.6 }],
    },
  });
  const factors = (x: number): Float64Array => Float64Array.from(run.tree.nodes, ({ code }) => (code === 'x' ? x : 1));
  const used = new ScenarioRunner(run).scenario([]);
  for (const x of [1, 0, 2, 0]) expect(used.ranks(factors(x))).toEqual(new ScenarioRunner(run).ranks([], factors(x)));
  // c3 has two of three in d with all of them, and all of two without x.
  expect(Array.from(used.ranks(factors(1)))).not.toEqual(Array.from(used.ranks(factors(0))));
});
