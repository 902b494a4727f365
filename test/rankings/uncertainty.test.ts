import { join } from 'node:path';
import { monteCarlo, ScoringError, type PanelRun } from '../../src/scoring';
import { runUncertaintyOn } from '../../src/rankings/uncertainty';
import { WorkerPool } from '../../src/rankings/worker-pool';
import { runOf, scatteredColumns } from '../helpers/uncertain-runs';

const WORKER = join(__dirname, '..', 'helpers', 'robustness-worker.js');
const pools = [0, 1, 2].map((workers) => new WorkerPool({ workers, filename: WORKER }));
afterAll(() => Promise.all(pools.map((pool) => pool.close())));

const run = runOf(scatteredColumns(40, 12), {
  dimensions: [4, 5, 3],
  recipe: { normalise: { method: 'MIN_MAX', low: 1, high: 100 } },
});
const geometric = {
  aggregate: [
    { level: 1, node: null, method: 'GEOMETRIC', parameters: {}, minimumAvailability: 0, over: 'CHILDREN' as const },
  ],
};
const plan = monteCarlo.planUncertainty(run.tree, {
  seed: 2_026,
  draws: 1_000,
  weights: { method: 'DIRICHLET', levels: null, concentration: 30 },
  choices: [
    {
      code: 'aggregate',
      alternatives: [
        { label: 'own', change: {} },
        { label: 'geometric', change: geometric },
      ],
    },
  ],
  pairs: true,
  centralWeights: true,
});
const bytes = (result: monteCarlo.UncertaintyResult): string =>
  JSON.stringify(result, (_, value: unknown) =>
    ArrayBuffer.isView(value) ? Buffer.from(value.buffer, value.byteOffset, value.byteLength).toString('hex') : value,
  );

describe('uncertainty on a pool of workers', () => {
  it('0, 1 and 2 workers give the same bytes as a run on the calling thread', async () => {
    const expected = monteCarlo.runUncertainty(run, plan);
    const { centralWeights } = expected;
    const model = monteCarlo.prepareUncertainty(run, plan);
    const draws = Math.floor(1_000 / centralWeights.length);
    const factors = monteCarlo.confidenceFactors(model, plan, centralWeights, draws);
    expect(factors.length).toBeGreaterThan(2);
    for (const pool of pools) {
      const { result, confidence } = await runUncertaintyOn(pool, run, plan);
      expect(bytes(result)).toBe(bytes(expected));
      expect(confidence).toEqual(factors);
    }
  });

  it('fewer threads share in a run for whose counts there is too little memory, with the same bytes', async () => {
    const [n, expected] = [40, bytes(monteCarlo.runUncertainty(run, plan))];
    const bytesOf = (slots: number): number => monteCarlo.runBytes(run.tree, run.methodology, n, plan, slots);
    const slotsUsed = async (runBytes: number): Promise<number> => {
      const pool = new WorkerPool({ workers: 2, filename: WORKER, runBytes });
      const tasks = jest.spyOn(pool, 'do');
      expect(bytes((await runUncertaintyOn(pool, run, plan)).result)).toBe(expected);
      await pool.close();
      return new Set(tasks.mock.calls.flatMap(([, input]) => ('slot' in input ? [input.slot] : []))).size;
    };
    expect([await slotsUsed(bytesOf(2)), await slotsUsed(bytesOf(2) - 1), await slotsUsed(0)]).toEqual([2, 1, 1]);
  });

  it.each([
    ['drawn by the kernel', { method: 'SIMPLEX' }],
    ['left to the evaluator', { method: 'DIRICHLET', concentration: 50 }],
  ] as const)('the same with a distribution for each level, %s', async (_, lower) => {
    const leveled = monteCarlo.planUncertainty(run.tree, {
      seed: 7,
      draws: 1_000,
      weights: {
        method: 'BY_LEVEL',
        byLevel: [
          { level: 1, ...lower },
          { level: 2, method: 'SHARE', share: 0.25 },
        ],
      },
      pairs: true,
      centralWeights: true,
    });
    const expected = bytes(monteCarlo.runUncertainty(run, leveled));
    for (const pool of pools) expect(bytes((await runUncertaintyOn(pool, run, leveled)).result)).toBe(expected);
  });

  it('the same with noise, which workers draw from the panel', async () => {
    const noisy: monteCarlo.UncertaintyPlan = {
      ...plan,
      draws: 130,
      noise: { distribution: 'NORMAL', useBounds: false, share: 0.05 },
    };
    const expected = bytes(monteCarlo.runUncertainty(run, noisy));
    for (const pool of pools) expect(bytes((await runUncertaintyOn(pool, run, noisy)).result)).toBe(expected);
  });

  it.each([0, 2])('%i workers: progress grows to the total', async (workers) => {
    const seen: number[] = [];
    const pool = pools[workers];
    if (pool === undefined) throw new Error('No pool.');
    await runUncertaintyOn(pool, run, plan, {
      onProgress: (done, total) => {
        // The draws, and as many again for confidence factors.
        expect(total).toBe(2_000);
        seen.push(done);
      },
    });
    expect(seen.at(-1)).toBe(2_000);
    expect(seen).toEqual([...seen].sort((a, b) => a - b));
    expect(seen.length).toBeGreaterThan(3);
  });

  it.each([0, 2])(
    '%i workers: an aborted run ends soon with the signal’s reason, and the pool works on',
    async (workers) => {
      const pool = pools[workers];
      if (pool === undefined) throw new Error('No pool.');
      const control = new AbortController();
      const long = { ...plan, draws: 100_000 };
      const started = performance.now();
      const aborted = runUncertaintyOn(pool, run, long, {
        signal: control.signal,
        onProgress: () => {
          control.abort(new Error('no longer wanted'));
        },
      });
      await expect(aborted).rejects.toThrow('no longer wanted');
      const ended = performance.now() - started;
      expect((await runUncertaintyOn(pool, run, plan)).result.draws).toBe(1_000);
      // The whole run takes many times as long; one piece of it was waited for.
      expect(ended).toBeLessThan(20_000);
    },
  );

  it('a signal that is aborted already starts nothing', async () => {
    const pool = pools[2];
    if (pool === undefined) throw new Error('No pool.');
    await expect(runUncertaintyOn(pool, run, plan, { signal: AbortSignal.abort(new Error('never')) })).rejects.toThrow(
      'never',
    );
  });

  it('what a worker refuses arrives as a ScoringError with its problems', async () => {
    const zero: PanelRun = runOf([
      [0, 1],
      [1, 2],
    ]);
    const refused = monteCarlo.planUncertainty(zero.tree, {
      seed: 1,
      draws: 10,
      choices: [
        {
          code: 'aggregate',
          alternatives: [
            { label: 'own', change: {} },
            { label: 'geometric', change: geometric },
          ],
        },
      ],
    });
    for (const pool of pools) {
      const outcome = runUncertaintyOn(pool, zero, refused);
      await expect(outcome).rejects.toThrow(ScoringError);
      await expect(outcome).rejects.toMatchObject({
        code: 'PRECONDITION_FAILED',
        problems: [{ path: 'choices', message: expect.stringContaining('aggregate geometric') as string }],
      });
    }
  });
});
