import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import {
  createMemory,
  DrawEvaluator,
  planUncertainty,
  prepareUncertainty,
  runBlocks,
  runUncertainty,
  type DrawModel,
  type UncertaintyInput,
  type UncertaintyPlan,
} from '../../../src/scoring/robustness/monte-carlo';
import { drawKernelFor, type DrawKernel } from '../../../src/scoring/robustness/draw-kernel';
import { withoutKernels } from '../../helpers/without-kernels';
import { runOf, scatteredColumns } from '../../helpers/uncertain-runs';

const LEVEL_RULES = [
  { method: 'SIMPLEX' },
  { method: 'SHARE', share: 0.25 },
  { method: 'SHARE', share: 1 },
  { method: 'DIRICHLET', concentration: 10 },
] as const;
const bytes = (view: ArrayBufferView): Buffer => Buffer.from(view.buffer, view.byteOffset, view.byteLength);

/** The kernel of a run's only slot; null where it does not fit. */
function kernelFor(model: DrawModel, plan: UncertaintyPlan): DrawKernel | null {
  const memory = createMemory(model, plan, 1);
  const [slot] = memory.slots;
  if (!slot) throw new Error('No slot.');
  return drawKernelFor(model, plan, memory, new DrawEvaluator(model, plan), slot);
}

/** Runs a plan by either set of kernels; fails unless every byte that they leave is the same. */
function expectSame(run: ReturnType<typeof runOf>, input: Partial<UncertaintyInput>): void {
  const plan = planUncertainty(run.tree, {
    seed: 3,
    draws: 150,
    weights: { method: 'SIMPLEX', levels: null },
    ...input,
  });
  const model = prepareUncertainty(run, plan);
  const [fast, slow] = [createMemory(model, plan, 1), createMemory(model, plan, 1)];
  expect(kernelFor(model, plan)).not.toBeNull();
  const firsts = runBlocks(model, plan, fast, 0, 0, fast.blocks);
  expect(firsts).toEqual(runBlocks(model, plan, slow, 0, 0, slow.blocks, false));
  expect(bytes(fast.scores).equals(bytes(slow.scores))).toBe(true);
  expect(bytes(fast.sums).equals(bytes(slow.sums))).toBe(true);
  expect(fast.slots[0]?.ranks).toEqual(slow.slots[0]?.ranks);
  expect(fast.slots[0]?.pairs).toEqual(slow.slots[0]?.pairs);
}

it('a machine without WebAssembly gives the same result', () => {
  const run = runOf(scatteredColumns(9, 4), { dimensions: [2, 2] });
  const input = { seed: 8, draws: 70, weights: { method: 'SIMPLEX', levels: null } } as const;
  const plain = withoutKernels(() =>
    jest.requireActual<typeof import('../../../src/scoring/robustness/monte-carlo')>(
      '../../../src/scoring/robustness/monte-carlo',
    ),
  );
  const { distribution, rank, score } = plain.runUncertainty(run, plain.planUncertainty(run.tree, input));
  const expected = runUncertainty(run, planUncertainty(run.tree, input));
  expect(distribution).toEqual(expected.distribution);
  expect({ rank, score }).toEqual({ rank: expected.rank, score: expected.score });
});

describe('WebAssembly kernels give the bits of the TypeScript ones', () => {
  it.each([
    [1, [3]],
    [2, [1, 2]],
    [7, [4, 3]],
    [51, [5, 1, 7]],
    [300, [7, 7, 6, 6, 6, 6, 6, 6]],
  ])('%i cities, dimensions of %j indicators', (n, dimensions) => {
    const columns = scatteredColumns(
      n,
      dimensions.reduce((a, b) => a + b, 0),
    );
    expectSame(runOf(columns, { dimensions }), { pairs: true, centralWeights: true });
  });

  it('ties and near-ties: cities alike, and cities apart by one unit in the last place', () => {
    const value = 37.1;
    const columns = scatteredColumns(40, 6).map((column, j) =>
      column.map((x, i) =>
        i % 4 === 0 ? value : i % 4 === 1 ? value + (j === 0 ? 2 ** -47 : 0) : i % 4 === 2 ? value : x,
      ),
    );
    expectSame(runOf(columns, { dimensions: [2, 4] }), { pairs: true });
  });

  it.each([30, 150])('%i cities close together, below one far above them', (n) => {
    // On the scale from the least score to the greatest they are about the same, whatever the weights.
    const columns = scatteredColumns(n, 4).map((column) => column.map((x, i) => (i === 7 ? 1e9 : x * 1e-6)));
    expectSame(runOf(columns, { dimensions: [1, 3] }), { pairs: true });
  });

  it('any small tables, of few and of extreme values', () => {
    const cell = fc.oneof(
      fc.constantFrom(0, -0, 1, -1, 5e-324, 1e-310, 1.7976931348623157e308, -1.7976931348623157e308, 1e-16),
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.integer({ min: -3, max: 3 }),
    );
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9 }),
        fc.integer({ min: 1, max: 4 }),
        fc.infiniteStream<number>(cell),
        (n, m, cells) => {
          const columns = Array.from({ length: m }, () =>
            Array.from({ length: n }, (): number => Number(cells.next().value)),
          );
          expectSame(runOf(columns), { draws: 70, pairs: true });
          expectSame(runOf(columns, { dimensions: [m] }), { draws: 5 });
        },
      ),
      { numRuns: 60, seed: 6 },
    );
  });

  it('zeros of either sign', () => {
    const columns = [0, 1, 2, 3].map((j) => [0, 1, 2, 3].map((i) => ((i + j) % 4 === 0 ? 0 : -0)));
    for (const dimensions of [[1, 3], [2, 1, 1], [4], undefined])
      expectSame(runOf(columns, dimensions && { dimensions }), { draws: 9 });
  });

  it('the three ways of drawing weights, and one indicator left out', () => {
    const run = runOf(scatteredColumns(33, 5), { dimensions: [2, 3] });
    for (const weights of [
      { method: 'DIRICHLET', levels: null, concentration: 10 },
      { method: 'SHARE', levels: [1], share: 0.5 },
      { method: 'SHARE', levels: null, share: 1 },
      { method: 'SIMPLEX', levels: [1] },
      { method: 'SIMPLEX', levels: [2] },
    ] as const)
      expectSame(run, { weights });
    const alternatives = [
      { label: 'x0', change: {}, leftOut: 'x0' },
      { label: 'd1', change: {}, leftOut: 'd1' },
    ];
    expectSame(run, { choices: [{ code: 'leaveOut', alternatives }] });
  });

  it('a distribution for each level, drawn by the kernel or left to the evaluator', () => {
    const run = runOf(scatteredColumns(33, 9), { dimensions: [2, 3, 1, 3] });
    for (const lower of LEVEL_RULES)
      for (const upper of LEVEL_RULES)
        expectSame(run, {
          weights: {
            method: 'BY_LEVEL',
            byLevel: [
              { level: 1, ...lower },
              { level: 2, ...upper },
            ],
          },
          pairs: true,
          centralWeights: true,
        });
    for (const level of [1, 2])
      for (const rule of LEVEL_RULES)
        expectSame(run, { weights: { method: 'BY_LEVEL', byLevel: [{ level, ...rule }] } });
  });

  it('weights of 0', () => {
    for (const weights of [
      [0, 1, 1, 1, 1],
      [0, 3, 1, 0, 2],
    ])
      for (const levels of [null, [1], [2]])
        for (const method of ['SHARE', 'SIMPLEX'] as const) {
          const run = runOf(scatteredColumns(9, 5), { dimensions: [2, 3], weights });
          expectSame(run, {
            weights: method === 'SHARE' ? { method, levels, share: 0.5 } : { method, levels },
            centralWeights: true,
          });
        }
  });

  it.each([
    [
      'a gap',
      [
        [1, NaN, 3],
        [1, 2, 3],
      ],
      {},
    ],
    [
      'a geometric mean',
      [
        [1, 2, 3],
        [1, 2, 4],
      ],
      { aggregate: [{ level: 1, method: 'GEOMETRIC' }] },
    ],
    [
      'dense ranks',
      [
        [1, 2, 3],
        [1, 2, 4],
      ],
      { rank: { ties: 'DENSE' } },
    ],
    [
      'a tolerance',
      [
        [1, 2, 3],
        [1, 2, 4],
      ],
      { rank: { tolerance: 1 } },
    ],
  ])('%s is left to the TypeScript kernels', (_, columns, recipe) => {
    const run = runOf(columns, { recipe });
    const plan = planUncertainty(run.tree, { seed: 3, draws: 10, weights: { method: 'SIMPLEX', levels: null } });
    const model = prepareUncertainty(run, plan);
    expect(kernelFor(model, plan)).toBeNull();
  });
});

it('the committed bytes are those that the committed source compiles to', () => {
  const root = join(__dirname, '..', '..', '..');
  const files = [
    'numeric/columns.wasm.ts',
    'numeric/order.wasm.ts',
    'robustness/draws.wasm.ts',
    'robustness/quantiles.wasm.ts',
  ];
  const committed = files.map((file) => readFileSync(join(root, 'src', 'scoring', file), 'utf8')).join('');
  const printed = execFileSync(process.execPath, [join(root, 'scripts', 'write-kernels.mjs'), '--print'], {
    encoding: 'utf8',
  });
  expect(printed).toBe(committed);
});
