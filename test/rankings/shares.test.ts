import { inShares } from '../../src/rankings/shares';
import type { RunControl } from '../../src/rankings/worker-pool';
import type { SteppedInput, SteppedName, SteppedOutput } from '../../src/rankings/worker-tasks';

type Share = SteppedInput<'sobolIntervals'>;

const inputOf = (from: number, to: number): Share => ({
  design: { choices: [], rows: 2, seed: 1 },
  outputs: new Float64Array(),
  from,
  to,
});

/** A pool whose tasks do what the test says. */
function poolOf(workers: number, work: (share: Share, control: RunControl) => Promise<unknown>) {
  return {
    workers,
    async doSteps<N extends SteppedName>(
      _name: N,
      input: SteppedInput<N>,
      control: RunControl = {},
    ): Promise<SteppedOutput<N>> {
      return (await work(input as Share, control)) as SteppedOutput<N>;
    },
  };
}
const untilAborted = (signal: AbortSignal | undefined): Promise<never> =>
  new Promise((_, reject) => {
    const end = (): void => {
      reject(signal?.reason as Error);
    };
    if (signal?.aborted === true) end();
    signal?.addEventListener('abort', end);
  });

it.each([
  [0, 5, [[0, 5]]],
  [1, 5, [[0, 5]]],
  [
    2,
    5,
    [
      [0, 3],
      [3, 5],
    ],
  ],
  [
    4,
    3,
    [
      [0, 1],
      [1, 2],
      [2, 3],
    ],
  ],
  [3, 0, [[0, 0]]],
])('with %i threads %i units are cut into %j, each once and in order', async (workers, units, expected) => {
  const pool = poolOf(workers, ({ from, to }) => Promise.resolve([from, to]));
  expect(await inShares(pool, 'sobolIntervals', units, inputOf)).toEqual(expected);
});

it('progress is that of all shares together', async () => {
  const seen: unknown[] = [];
  const pool = poolOf(2, ({ from, to }, { onProgress }) => {
    for (let done = 1; done <= to - from; done++) onProgress?.(done, to - from);
    return Promise.resolve([]);
  });
  await inShares(pool, 'sobolIntervals', 4, inputOf, { onProgress: (...progress) => seen.push(progress) });
  expect(seen).toEqual([1, 2, 3, 4].map((done) => [done, 4]));
});

it('the refusal of the first share counts, whichever comes first; shares after it are stopped, and waited for', async () => {
  const ended: number[] = [];
  const pool = poolOf(3, async ({ from }, { signal }) => {
    try {
      if (from === 1) throw new Error('second');
      await new Promise((resolve) => setTimeout(resolve, 10));
      if (from === 0) throw new Error('first');
      await untilAborted(signal);
    } finally {
      ended.push(from);
    }
  });
  await expect(inShares(pool, 'sobolIntervals', 3, inputOf)).rejects.toThrow('first');
  expect(ended).toEqual([1, 0, 2]);
});

it('ends with the reason of the signal', async () => {
  const stop = new AbortController();
  const pool = poolOf(2, (_share, { signal }) => untilAborted(signal));
  const running = inShares(pool, 'sobolIntervals', 4, inputOf, { signal: stop.signal });
  stop.abort(new Error('enough'));
  await expect(running).rejects.toThrow('enough');
});
