import type { AddressInfo } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { createClient as createSseClient } from 'graphql-sse';
import { createClient as createWsClient, type Client as WsClient } from 'graphql-ws';
import { WebSocket } from 'ws';
import { JobRepository } from '../../src/entities';
import { JOB_KINDS, type JobFound, type JobKind } from '../../src/rankings/jobs';
import { JobService } from '../../src/rankings/job.service';
import { RankingService } from '../../src/rankings/ranking.service';
import { FIRST_RATE, WorkRate } from '../../src/rankings/work-rate';
import { SharedJobs } from '../../src/rankings/shared-jobs';
import { WorkerPool } from '../../src/rankings/worker-pool';
import { json, openApp, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
/** Has kept nothing of what the other has worked out. */
let other: TestApp;
let port: number;
beforeAll(async () => {
  other = await openApp();
  app = await openApp({ env: { JOB_QUEUE: '2' } });
  await app.http.listen({ port: 0, host: '127.0.0.1' });
  port = (app.http.server.address() as AddressInfo).port;
});
afterAll(async () => {
  await app.close();
  await other.close();
});
afterEach(() => jest.restoreAllMocks());

/** Each analysis as `RobustnessInput` has it, as a field of `robustness`, and what is read of it. */
const ANALYSES: Readonly<Record<JobKind, { readonly field: string; readonly args: string; readonly read: string }>> = {
  UNCERTAINTY: {
    field: 'uncertainty',
    args: 'input: { seed: 5, draws: 64, weights: { method: SIMPLEX }, pairs: true, acceptability: true }',
    read: '{ draws seed meanShift tiers columns { cityCodes } cities(first: 3) { nodes { cityCode rank { mean median } rankDistribution { rank value } acceptability { firstDraws confidenceFactor { value } } } } }',
  },
  MULTIVERSE: {
    field: 'multiverse',
    args: 'choices: { normalise: [{ method: MIN_MAX }, { method: Z_SCORE }] }',
    read: '{ combinations influence { choice total } cities { city best worst } universes(count: 2) { alternatives ranks } }',
  },
  RANK_BOUNDS: {
    field: 'rankBounds',
    args: 'statistics: REFITTED, otherLimits: OBSERVED',
    read: '{ exact cities { city best worst low high } columns { cityCodes best worst gaps } }',
  },
  RANK_REVERSALS: {
    field: 'rankReversals',
    args: 'listed: 2, cities: ["330100", "310000"]',
    read: '{ city rank reversals pairs { above below } }',
  },
  WEIGHT_STABILITY: {
    field: 'weightStability',
    args: 'target: TOP, k: 2',
    read: '{ node weight interval { low { weight cities } high { weight } } note }',
  },
  SOBOL: {
    field: 'sobol',
    args: 'input: { choices: { normalise: [{ method: MIN_MAX }, { method: RANK }] }, weights: [{ share: 0.5, nodes: ["governance"] }], rows: 16, resamples: 10 }',
    read: '{ runs meanShift { variance indices { input first firstLow total } } cities(first: 2) { nodes { cityCode variance indices { input first firstLow total } } } }',
  },
  ONE_AT_A_TIME: {
    field: 'oneAtATime',
    args: 'input: { choices: { normalise: [{ method: RANK }] }, weights: [{ share: 0.5 }] }',
    read: '{ changes { input change meanShift refused } influence { input meanShift } }',
  },
};
const KINDS = Object.keys(JOB_KINDS) as JobKind[];

const inputOf = (kind: JobKind): string => {
  const { field, args } = ANALYSES[kind];
  return `{ ${field}: ${args.startsWith('input: ') ? args.replace('input: ', '') : `{ ${args} }`} }`;
};
const start = (input: string): string =>
  `mutation { startRobustness(input: ${input}) { job { id kind state } userErrors { path code message value allowed } } }`;
const userErrors = async (input: string): Promise<unknown> =>
  (await app.data(start(input))).at('startRobustness', 'userErrors');
const idOf = (answer: Json): string => String(answer.at('startRobustness', 'job', 'id'));
const startJob = async (input: string): Promise<string> => idOf(await app.data(start(input)));

async function until(holds: () => Promise<boolean> | boolean): Promise<void> {
  for (let waited = 0; !(await holds()); waited += 5) {
    if (waited > 15_000) throw new Error('It did not come to that.');
    await sleep(5);
  }
}
/** Three normalisations, by so many aggregations and weightings. */
function multiverseOf(aggregations: number, weightings = 1): string {
  const list = (count: number, item: (k: number) => string): string =>
    Array.from({ length: count }, (_, k) => item(k)).join(' ');
  const aggregate = list(
    aggregations,
    (k) => `[{ level: 1, method: ARITHMETIC, minimumAvailability: ${String(k / 100)} }]`,
  );
  const weight = list(
    weightings,
    (k) => `{ method: GIVEN, weights: [{ node: "governance", weight: ${String(k + 1)} }] }`,
  );
  return `{ multiverse: { choices: { normalise: [{ method: MIN_MAX } { method: Z_SCORE } { method: RANK }], aggregate: [${aggregate}], weight: [${weight}] } } }`;
}

const stateOf = async (id: string): Promise<unknown> =>
  (await app.data('query ($id: ID!) { job(id: $id) { state } }', { id })).at('job', 'state');
const ended = (id: string) => async (): Promise<boolean> => !['QUEUED', 'RUNNING'].includes(String(await stateOf(id)));

/** Work that goes on until it is stopped, in units of which the test tells how many are done. */
function workThatHangs() {
  const tells: ((done: number, total: number) => void)[] = [];
  let stopped = 0;
  jest.spyOn(WorkerPool.prototype, 'doSteps').mockImplementation(
    (_name, _input, { signal, onProgress } = {}) =>
      new Promise((_resolve, reject) => {
        if (onProgress) tells.push(onProgress);
        signal?.addEventListener('abort', () => {
          stopped++;
          reject(new Error('stopped'));
        });
      }),
  );
  return {
    tell: (done: number, total: number) => tells.at(-1)?.(done, total),
    get running() {
      return tells.length;
    },
    get stopped() {
      return stopped;
    },
  };
}

it('a distribution of weights for each level: the job comes to what the field gives, and the estimate is that of one for all', async () => {
  const weights =
    'byLevel: [{ level: 1, method: DIRICHLET, concentration: 50 }, { level: 2, method: SHARE, share: 0.25 }]';
  const input = (drawn: string): string => `{ draws: 64, seed: 6, weights: { ${drawn} } }`;
  const read = '{ meanShift cities { nodes { cityCode rank { mean } rankDistribution { rank value } } } }';
  const id = await startJob(`{ uncertainty: ${input(weights)} }`);
  await until(ended(id));
  const answer = await app.data(`query ($id: ID!) { job(id: $id) { state result { uncertainty ${read} } } }`, { id });
  const direct = await other.data(`{ ranking { robustness { uncertainty(input: ${input(weights)}) ${read} } } }`);
  expect(answer.at('job', 'state')).toBe('DONE');
  expect(answer.at('job', 'result', 'uncertainty')).toEqual(direct.at('ranking', 'robustness', 'uncertainty'));
  const cost = async (drawn: string): Promise<unknown> =>
    (
      await app.data(
        `{ ranking { robustness { estimate(input: { uncertainty: ${input(drawn)} }) { cellOperations draws memoryMiB } } } }`,
      )
    ).at('ranking', 'robustness', 'estimate');
  expect(await cost(weights)).toEqual(await cost('method: SIMPLEX'));
  expect(await userErrors(`{ uncertainty: ${input('byLevel: [{ level: 9, method: SIMPLEX }]')} }`)).toEqual([
    expect.objectContaining({ path: 'input.uncertainty.weights.byLevel[0].level', code: 'BAD_INPUT', value: 9 }),
  ]);
});

describe.each(KINDS)('%s as a job', (kind) => {
  const { field, args, read } = ANALYSES[kind];

  it('comes to what the field gives; another process can read it', async () => {
    const id = await startJob(inputOf(kind));
    await until(ended(id));
    const job = `{ kind state progress { done total } secondsLeft errors { code } result { digest ${field} ${read} } }`;
    const answer = await app.data(`query ($id: ID!) { job(id: $id) ${job} }`, { id });
    const direct = await other.data(`{ ranking { digest robustness { ${field}(${args}) ${read} } } }`);
    expect(answer.at('job')).toMatchObject({ kind, state: 'DONE', secondsLeft: 0, errors: [] });
    expect(answer.at('job', 'progress', 'done')).toBe(answer.at('job', 'progress', 'total'));
    expect(answer.at('job', 'result', 'digest')).toBe(direct.at('ranking', 'digest'));
    expect(answer.at('job', 'result', field)).toEqual(direct.at('ranking', 'robustness', field));

    const elsewhere = new SharedJobs<JobKind, JobFound>(
      new JobService({ concurrency: 1, queue: 1, keepSeconds: 60, keepBytes: 1, sizeOf: () => 1 }),
      new JobRepository(app.database.dataSource),
      { keepSeconds: 60 },
    );
    await until(async () => (await elsewhere.get(id)).state === 'DONE');
    expect(await elsewhere.get(id)).toEqual(await app.services.jobs.get(id));
  });

  it('is estimated by what the budget counts', async () => {
    const answer = await app.data(
      `{ ranking { robustness { estimate(input: ${inputOf(kind)}) { cellOperations draws drawLimit jobDrawLimit expectedSeconds withinBudget budget withinJobBudget jobBudget } } } }`,
    );
    const estimate = json(answer.at('ranking', 'robustness', 'estimate'));
    const cost = Number(estimate.at('cellOperations'));
    expect(estimate.value).toMatchObject({
      // Of a Sobol' design: 16 rows of A, B and one for each of the two inputs.
      draws: kind === 'UNCERTAINTY' || kind === 'SOBOL' ? 64 : null,
      // A design's are limited as it is.
      drawLimit: kind === 'UNCERTAINTY' ? 10_000 : null,
      jobDrawLimit: kind === 'UNCERTAINTY' ? 1_000_000 : null,
      withinBudget: true,
      budget: 2e8,
      withinJobBudget: true,
      jobBudget: 2e11,
    });
    expect(estimate.at('expectedSeconds')).toBeGreaterThan(0);
    const checked: number[] = [];
    const check = jest.spyOn(RankingService.prototype, 'checkBudget').mockImplementation((own) => {
      checked.push(Math.ceil(own));
    });
    await app.data(`{ ranking { robustness { ${field}(${args}) ${read} } } }`);
    check.mockRestore();
    expect(checked).toContain(cost);
  });
});

test.each(['UNCERTAINTY', 'RANK_BOUNDS'] as const)(
  '%s is within the budget up to the last cell operation that a request may cost, its ranking included',
  async (kind) => {
    const { field, args, read } = ANALYSES[kind];
    const preview = await app.data('{ checkRanking { preview { cost } } }');
    const ranked = Number(preview.at('checkRanking', 'preview', 'cost'));
    const estimate = `estimate(input: ${inputOf(kind)}) { cellOperations withinBudget }`;
    const own = await app.data(`{ ranking { robustness { ${estimate} } } }`);
    const cost = ranked + Number(own.at('ranking', 'robustness', 'estimate', 'cellOperations'));
    for (const [limit, within] of [
      [cost, true],
      [cost - 1, false],
    ] as const) {
      const tight = await openApp({ env: { LIMIT_CELL_OPERATIONS: String(limit) } });
      try {
        const asked = await tight.data(`{ ranking { robustness { ${estimate} } } }`);
        const run = await tight.query(`{ ranking { robustness { ${field}(${args}) ${read} } } }`);
        expect([
          asked.at('ranking', 'robustness', 'estimate', 'withinBudget'),
          run.body.errors?.map(({ extensions }) => extensions['code']) ?? [],
        ]).toEqual([within, within ? [] : ['BUDGET_EXCEEDED']]);
      } finally {
        await tight.close();
      }
    }
  },
);

describe('what is refused', () => {
  it('comes as data, at its place in the arguments', async () => {
    expect(await userErrors('{ uncertainty: { draws: 1, weights: { method: SIMPLEX } } }')).toEqual([
      expect.objectContaining({ path: 'input.uncertainty.draws', code: 'BAD_INPUT', value: 1 }),
    ]);
    expect(await userErrors('{ rankReversals: { cities: ["nowhere"] } }')).toEqual([
      expect.objectContaining({ path: 'input.rankReversals.cities[0]', code: 'NOT_FOUND', value: 'nowhere' }),
    ]);
    const ranking = await app.data(
      'mutation { startRobustness(ranking: { release: "none" }, input: { rankBounds: {} }) { job { id } userErrors { path code } } }',
    );
    expect(ranking.at('startRobustness')).toEqual({
      job: null,
      userErrors: [{ path: 'ranking.release', code: 'NOT_FOUND' }],
    });
  });

  it('none or two analyses: by the schema, and where a compiled operation skips that by the use case', async () => {
    for (const input of ['{}', '{ rankBounds: {}, rankReversals: {} }', '{ rankBounds: null }']) {
      const { status, body } = await app.query(start(input));
      expect([status, body.errors?.[0]?.extensions['code']]).toEqual([400, 'GRAPHQL_VALIDATION_FAILED']);
    }
    const ranking = await app.services.rankings.rank({});
    for (const [request, field] of [
      [{}, 'input.uncertainty'],
      [{ rankBounds: { otherLimits: 'OBSERVED' }, rankReversals: { listed: 1 } }, 'input.rankReversals'],
    ] as const)
      await expect(app.services.robustness.estimate(ranking, request, 'input')).rejects.toMatchObject({
        code: 'BAD_INPUT',
        problems: [{ path: field }],
      });
  });

  it('more than a request or a job may cost, with the estimate', async () => {
    const noisy = '{ draws: 10000, noise: { share: 0.1 } }';
    const answer = await app.data(
      `{ ranking { robustness { estimate(input: { uncertainty: ${noisy} }) { cellOperations withinBudget withinJobBudget } } } }`,
    );
    const estimate = json(answer.at('ranking', 'robustness', 'estimate'));
    expect([estimate.at('withinBudget'), estimate.at('withinJobBudget')]).toEqual([false, true]);
    const { body } = await app.query(`{ ranking { robustness { uncertainty(input: ${noisy}) { draws } } } }`);
    const [error] = body.errors ?? [];
    expect(error?.extensions).toMatchObject({ code: 'BUDGET_EXCEEDED', field: 'input.draws' });
    const told = json(error?.extensions['estimate']);
    expect([told.at('cellOperations'), told.at('limit')]).toEqual([estimate.at('cellOperations'), 2e8]);
    expect(told.at('expectedSeconds')).toBeGreaterThan(0);
    const small = await openApp({ env: { LIMIT_JOB_CELL_OPERATIONS: '1000', LIMIT_JOB_DRAWS: '20000' } });
    try {
      const refused = async (input: string): Promise<unknown> =>
        (await small.data(start(input))).at('startRobustness', 'userErrors', 0);
      expect(await refused('{ rankReversals: {} }')).toMatchObject({
        code: 'BUDGET_EXCEEDED',
        path: 'input.rankReversals.cities',
        allowed: expect.stringMatching(/^at most 1000,/) as unknown,
      });
      expect(await refused('{ uncertainty: { draws: 20001, weights: { method: SIMPLEX } } }')).toMatchObject({
        code: 'BUDGET_EXCEEDED',
        path: 'input.uncertainty.draws',
        value: 20001,
      });
    } finally {
      await small.close();
    }
  });

  it('a recipe that rules the analysis out, by its place in `ranking`', async () => {
    const recipe = '{ recipe: { normalise: { method: Z_SCORE }, aggregate: [{ level: 1, method: TOPSIS }] } }';
    const refused = async (input: string): Promise<unknown> =>
      (
        await app.data(
          `mutation { startRobustness(ranking: ${recipe}, input: ${input}) { userErrors { path message } } }`,
        )
      ).at('startRobustness', 'userErrors');
    expect(await refused('{ rankBounds: {} }')).toEqual([
      {
        path: 'ranking.recipe.aggregate',
        message: expect.not.stringContaining('input') as unknown,
      },
    ]);
    expect(await refused('{ weightStability: { nodes: ["nowhere"] } }')).toMatchObject([
      { path: 'input.weightStability.nodes[0]' },
    ]);
  });

  it('by draws alone: the estimate tells how many there may be', async () => {
    const few = await openApp({ env: { LIMIT_DRAWS: '100', LIMIT_JOB_DRAWS: '200' } });
    const estimate = async (draws: number): Promise<unknown> =>
      (
        await few.data(
          `{ ranking { robustness { estimate(input: { uncertainty: { draws: ${String(draws)}, weights: { method: SIMPLEX } } }) {
            draws drawLimit jobDrawLimit withinBudget withinJobBudget
          } } } }`,
        )
      ).at('ranking', 'robustness', 'estimate');
    try {
      const limits = { drawLimit: 100, jobDrawLimit: 200 };
      expect([await estimate(100), await estimate(101), await estimate(201)]).toEqual([
        { draws: 100, ...limits, withinBudget: true, withinJobBudget: true },
        { draws: 101, ...limits, withinBudget: false, withinJobBudget: true },
        { draws: 201, ...limits, withinBudget: false, withinJobBudget: false },
      ]);
    } finally {
      await few.close();
    }
  });

  it('more memory than an analysis may take, told by the estimate too', async () => {
    const little = await openApp({ env: { LIMIT_ANALYSIS_MIB: '16' } });
    try {
      const nodes = '["governance", "public_services", "digital_infrastructure", "innovation"]';
      const design = (rows: number): string =>
        `{ rows: ${String(rows)}, resamples: 1, weights: { share: 0.5, nodes: ${nodes} } }`;
      const answer = await little.data(
        `{ ranking { robustness { estimate(input: { sobol: ${design(10_000)} }) { memoryMiB memoryLimitMiB withinBudget withinJobBudget } } } }`,
      );
      const estimate = json(answer.at('ranking', 'robustness', 'estimate'));
      expect(estimate.value).toMatchObject({ memoryLimitMiB: 16, withinBudget: false, withinJobBudget: false });
      // 39 cities and the mean shift by 10,000 rows of 6 rankings, 8 bytes each, and a little for leaves.
      const outputs = (8 * 40 * 10_000 * 6) / 2 ** 20;
      expect(estimate.at('memoryMiB')).toBeGreaterThan(outputs);
      expect(estimate.at('memoryMiB')).toBeLessThan(outputs + 1);
      const { body } = await little.query(
        `{ ranking { robustness { sobol(input: ${design(10_000)}) { runs } fewer: sobol(input: ${design(2)}) { runs } } } }`,
      );
      expect(body.errors?.map(({ extensions }) => extensions)).toMatchObject([
        {
          code: 'BUDGET_EXCEEDED',
          field: 'input.rows',
          value: '19 MiB',
          allowed: expect.stringMatching(/^at most 16 MiB: /) as unknown,
        },
      ]);
      expect(body.data).toEqual({ ranking: { robustness: { sobol: null, fewer: { runs: 12 } } } });
      const job = await little.data(start(`{ sobol: ${design(10_000)} }`));
      expect(job.at('startRobustness', 'userErrors', 0)).toMatchObject({
        code: 'BUDGET_EXCEEDED',
        path: 'input.sobol.rows',
        message: 'The analysis of variance takes 19 MiB of memory.',
      });
    } finally {
      await little.close();
    }
  });

  it('a job for which there is no room, before anything is ranked, with status 503', async () => {
    const work = workThatHangs();
    const ids = [
      await startJob('{ rankBounds: {} }'),
      await startJob('{ rankReversals: {} }'),
      await startJob('{ rankReversals: {} }'),
    ];
    await until(() => work.running === 1);
    const rank = jest.spyOn(RankingService.prototype, 'rank');
    const { status, headers, body } = await app.query(start('{ rankBounds: {} }'));
    expect([status, body.errors?.[0]?.extensions['code']]).toEqual([503, 'QUEUE_FULL']);
    expect(headers['retry-after']).toMatch(/^\d+$/);
    expect(rank).not.toHaveBeenCalled();
    for (const id of ids) await app.data('mutation ($id: ID!) { cancelJob(id: $id) { job { state } } }', { id });
  });

  it('more jobs than one caller may have, as data; another caller is not held up', async () => {
    const few = await openApp({ env: { JOB_PER_CALLER: '1' } });
    try {
      workThatHangs();
      const from = async (remoteAddress: string): Promise<Json> => {
        const payload = { query: start('{ rankBounds: {} }') };
        return json((await few.http.inject({ method: 'POST', url: '/graphql', remoteAddress, payload })).json());
      };
      expect((await from('192.0.2.1')).at('data', 'startRobustness', 'userErrors')).toEqual([]);
      expect((await from('192.0.2.1')).value).toEqual({
        data: {
          startRobustness: {
            job: null,
            userErrors: [
              {
                path: '',
                code: 'JOBS_EXCEEDED',
                message: '1 of your jobs wait or run.',
                value: 1,
                allowed: 'at most 1 at a time',
              },
            ],
          },
        },
      });
      expect((await from('192.0.2.2')).at('data', 'startRobustness', 'userErrors')).toEqual([]);
    } finally {
      await few.close();
    }
  });

  it('what only the run finds makes the job fail, with the place in the arguments', async () => {
    const id = await startJob(
      '{ multiverse: { choices: { normalise: [{ method: Z_SCORE }], aggregate: [[{ level: 1, method: GEOMETRIC }]] } } }',
    );
    await until(ended(id));
    const answer = await app.data(
      'query ($id: ID!) { job(id: $id) { state result { digest } errors { path code } } }',
      { id },
    );
    expect(answer.at('job')).toEqual({
      state: 'FAILED',
      result: null,
      errors: [{ path: 'input.multiverse.choices', code: 'PRECONDITION_FAILED' }],
    });
  });
});

it('a result that another process could not store is an error beside the job', async () => {
  const job = { id: 'x', kind: 'RANK_BOUNDS', state: 'DONE', progress: null, result: null, error: null } as const;
  const times = { createdAt: '', startedAt: null, endedAt: null, secondsElapsed: 1, secondsLeft: 0 };
  jest.spyOn(app.services.jobs, 'get').mockResolvedValue({ ...job, ...times });
  const { body } = await app.query('{ job(id: "x") { state result { digest } } }');
  expect(body.data).toEqual({ job: { state: 'DONE', result: null } });
  expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'NOT_FOUND', field: 'result', value: 'x' });
});

describe('followed and cancelled by real clients', () => {
  const PROGRESS =
    'subscription ($id: ID!) { jobProgress(id: $id) { state progress { done total } result { multiverse { combinations } } } }';

  interface Received {
    readonly jobs: Json[];
    end: unknown;
  }
  const sinkInto = (received: Received) => ({
    next: (payload: unknown) => received.jobs.push(json(json(payload).at('data', 'jobProgress'))),
    error: (error: unknown) => (received.end = error),
    complete: () => (received.end ??= 'complete'),
  });
  const ws = (): WsClient =>
    createWsClient({ url: `ws://127.0.0.1:${String(port)}/graphql`, webSocketImpl: WebSocket, retryAttempts: 0 });
  const CLIENTS: Readonly<Record<string, () => { follow(id: string): Received; close(): void }>> = {
    'graphql-ws': () => {
      const client = ws();
      return {
        follow(id) {
          const received: Received = { jobs: [], end: null };
          client.subscribe({ query: PROGRESS, variables: { id } }, sinkInto(received));
          return received;
        },
        close: () => void client.dispose(),
      };
    },
    'graphql-sse': () => {
      const client = createSseClient({ url: `http://127.0.0.1:${String(port)}/graphql/stream`, retryAttempts: 0 });
      return {
        follow(id) {
          const received: Received = { jobs: [], end: null };
          client.subscribe({ query: PROGRESS, variables: { id } }, sinkInto(received));
          return received;
        },
        close: () => {
          client.dispose();
        },
      };
    },
  };

  it.each(Object.keys(CLIENTS))('%s: from the start through progress to the result', async (name) => {
    const client = CLIENTS[name]?.();
    if (!client) throw new Error(name);
    const id = await startJob(multiverseOf(name.length));
    const received = client.follow(id);
    await until(() => received.end !== null);
    client.close();
    expect(received.end).toBe('complete');
    const combinations = 3 * name.length;
    expect(received.jobs.at(-1)?.value).toEqual({
      state: 'DONE',
      progress: { done: combinations, total: combinations },
      result: { multiverse: { combinations } },
    });
    const done = received.jobs.map((job) => Number(json(job.at('progress') ?? { done: 0 }).at('done')));
    expect(done).toEqual([...done].sort((x, y) => x - y));
  });

  it('a cancelled run stops in its midst, and the next one has its turn', async () => {
    const id = await startJob(multiverseOf(20, 20));
    const next = await startJob('{ rankReversals: { listed: 1 } }');
    const progress = async (): Promise<unknown> =>
      (await app.data('query ($id: ID!) { job(id: $id) { progress { done } } }', { id })).at('job', 'progress');
    await until(async () => (await progress()) !== null);
    expect(await stateOf(next)).toBe('QUEUED');
    await app.data('mutation ($id: ID!) { cancelJob(id: $id) { job { state } } }', { id });
    await until(ended(next));
    expect([await stateOf(id), await stateOf(next)]).toEqual(['CANCELLED', 'DONE']);
    expect(Number(json(await progress()).at('done'))).toBeLessThan(1200);
  });

  it.each(Object.keys(CLIENTS))('%s: progress is told, and cancelling ends the work', async (name) => {
    const client = CLIENTS[name]?.();
    if (!client) throw new Error(name);
    const work = workThatHangs();
    const id = await startJob('{ rankBounds: {} }');
    const received = client.follow(id);
    await until(() => work.running === 1 && received.jobs.length > 0);
    await sleep(210);
    work.tell(3, 12);
    await until(() => received.jobs.some((job) => JSON.stringify(job.at('progress')) === '{"done":3,"total":12}'));
    await app.data('mutation ($id: ID!) { cancelJob(id: $id) { job { state } } }', { id });
    await until(() => received.end !== null);
    client.close();
    expect(received.jobs.at(-1)?.at('state')).toBe('CANCELLED');
    await until(() => work.stopped === 1);
  });
});

describe('the rate of work', () => {
  it('is that of the runs of a kind, the later the more, and stated before the first', () => {
    const rate = new WorkRate();
    expect(rate.secondsOf('A', 5 * FIRST_RATE)).toBe(5);
    rate.note('A', 1e9, 2);
    expect(rate.secondsOf('A', 1e9)).toBe(2);
    expect(rate.secondsOf('B', FIRST_RATE)).toBe(1);
    for (let k = 0; k < 100; k++) rate.note('A', 1e9, 1);
    expect(rate.secondsOf('A', 1e9)).toBeCloseTo(1, 6);
    // Too little to tell of the work.
    rate.note('A', 10, 1);
    expect(rate.secondsOf('A', 1e9)).toBeCloseTo(1, 6);
  });
});
