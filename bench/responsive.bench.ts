import { setTimeout as sleep } from 'node:timers/promises';
import { cpus, loadavg } from 'node:os';
import { formatMs, type Benchmark, type Row } from './bench';
import { withServer } from './http/with-server';

/* How long a cheap query takes while the threads work as hard as they can: nothing is kept, so that each answer is made. */

const SECONDS = 10;
/** Milliseconds between two cheap queries: about 50 a second. */
const PAUSE_MS = 20;
const CHEAP = '{ city(code: "330100") { code name tier } }';
const DRAWS = { uncertainty: { draws: 800_000, seed: 0, noise: { share: 0.05 } } };
const START =
  'mutation ($input: RobustnessInput!) { startRobustness(input: $input) { job { id } userErrors { message } } }';
const CANCEL = 'mutation ($id: ID!) { cancelJob(id: $id) { job { state } } }';
/** About as much as a request may ask for. */
const LARGE =
  'query ($seed: Float!) { ranking { robustness { uncertainty(input: { seed: $seed, draws: 10000, pairs: true, weights: { method: SIMPLEX } }) { meanShift } } } }';

/** What is read of any answer here. */
interface Data {
  readonly startRobustness?: { readonly job: { readonly id: string } | null };
}

type Ask = (query: string, variables?: object) => Promise<Data>;

/** Sends operations to the server. */
const asking =
  (address: string): Ask =>
  async (query, variables = {}) => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    const { data, errors } = (await response.json()) as { readonly data: Data; readonly errors?: unknown };
    if (errors !== undefined) throw new Error(JSON.stringify(errors));
    return data;
  };

/** Milliseconds of each cheap query, one after the other with pauses. */
async function cheapQueries(ask: Ask): Promise<number[]> {
  const times: number[] = [];
  const end = performance.now() + SECONDS * 1000;
  while (performance.now() < end) {
    const started = performance.now();
    await ask(CHEAP);
    times.push(performance.now() - started);
    await sleep(PAUSE_MS);
  }
  return times.sort((a, b) => a - b);
}

function rowOf(name: string, times: readonly number[], note: string): Row {
  const at = (share: number): string =>
    formatMs(times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN);
  const load = `load ${loadavg()[0]?.toFixed(1) ?? '?'} on ${String(cpus().length)} cores`;
  return {
    name,
    value: at(0.99),
    note: `p50 ${at(0.5)}, most ${at(1)}, ${String(times.length)} queries, ${load}; ${note}`,
  };
}

/** The event loop stays free. */
export const benchmark: Benchmark = {
  title: `A cheap query while the threads work: p99 over ${String(SECONDS)} s (target: below 50 ms)`,
  async rows(): Promise<readonly Row[]> {
    return withServer('ours-cold', '{}', async (address) => {
      const ask = asking(address);
      const rows: Row[] = [];
      await cheapQueries(ask);
      rows.push(rowOf('nothing else', await cheapQueries(ask), 'to compare'));

      const id = (await ask(START, { input: DRAWS })).startRobustness?.job?.id;
      if (id === undefined) throw new Error('The job was refused.');
      await sleep(1000);
      rows.push(rowOf('beside a job of 800,000 draws with noise', await cheapQueries(ask), '2 threads at work'));

      let isOver = false;
      const flood = async (): Promise<void> => {
        for (let seed = 1; !isOver; seed++) await ask(LARGE, { seed });
      };
      const flooding = flood();
      rows.push(rowOf('and beside runs of 10,000 draws', await cheapQueries(ask), '4 threads at work'));
      isOver = true;
      await flooding;
      await ask(CANCEL, { id });
      return rows;
    });
  },
};
