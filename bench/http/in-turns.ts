import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { median, type Row } from '../bench';
import { onCore, pinned } from './cores';
import { withServer } from './with-server';

/*
 * Requests a second, ours and peers' in one run: the servers pinned to the first core, the load to the second, where there
 * are two and `taskset` is installed.
 */

/** About 25 KB of answer on the built-in data. */
export const QUERY = `query ($input: RankingInput) { ranking(input: $input) { digest rows(first: 15) { nodes {
  rank score city { code name } nodeScores { node score } } } } }`;
const TURNS = 8;
const SECONDS_OF_A_TURN = 1.5;
const CONNECTIONS = 20;
/** What is asked, see `load.mjs`. */
export interface Load {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly vary?: boolean;
}

/** What came of a turn. */
export interface Measured {
  readonly rate: number;
  readonly p99: number;
  readonly failed: number;
  readonly bytes: number;
}

/** One line of a table. */
export interface Contender {
  readonly name: string;
  readonly kind: string;
  readonly load: Load;
  /** What has to be asked before. */
  readonly prepare?: (address: string) => Promise<unknown>;
}

async function load(address: string, { path = '/graphql', ...options }: Load, seconds: number): Promise<Measured> {
  const script = join(process.cwd(), 'bench', 'http', 'load.mjs');
  const settings = JSON.stringify({
    url: address + path,
    connections: CONNECTIONS,
    seconds,
    method: 'POST',
    headers: JSON_HEADERS,
    ...options,
  });
  const [program, ...rest] = [...onCore(1), process.execPath, script, settings];
  const { stdout } = await promisify(execFile)(program, [...rest]);
  return JSON.parse(stdout) as Measured;
}

/** Headers of requests by POST. */
export const JSON_HEADERS = { 'content-type': 'application/json' };

/** Starts a server of each kind, and uses them by kind. */
function withServers<T>(
  [kind, ...others]: readonly string[],
  use: (addresses: ReadonlyMap<string, string>) => Promise<T>,
  started: ReadonlyMap<string, string> = new Map(),
): Promise<T> {
  if (kind === undefined) return use(started);
  return withServer(
    kind,
    HOT,
    (address) => withServers(others, use, new Map([...started, [kind, address]])),
    onCore(0),
  );
}

/**
 * Measures contenders in turns, so that a machine that is slower for a while is so for all of them: their servers run side
 * by side, and those that are not asked have nothing to do.
 */
export function inTurns(
  contenders: readonly Contender[],
  warmUpSeconds: number,
): Promise<ReadonlyMap<string, readonly Measured[]>> {
  const kinds = [...new Set(contenders.map(({ kind }) => kind))];
  return withServers(kinds, async (addresses) => {
    const turns = new Map<string, Measured[]>(contenders.map(({ name }) => [name, []]));
    for (const { kind, load: asked, prepare } of contenders) {
      const address = addresses.get(kind) ?? '';
      await prepare?.(address);
      await load(address, asked, warmUpSeconds);
    }
    for (let turn = 0; turn < TURNS; turn++)
      for (const { name, kind, load: asked } of contenders)
        turns.get(name)?.push(await load(addresses.get(kind) ?? '', asked, SECONDS_OF_A_TURN));
    return turns;
  });
}

const HOT = JSON.stringify({ query: QUERY });
/** The query, the same each time. */
export const POST: Load = { body: HOT };
/**
 * A table of what was measured, medians over the turns: rates, and how many times that of the first contender in the same
 * turn each was, which a machine that is slower in some turns than in others hardly changes.
 */
export function rowsOf(measured: ReadonlyMap<string, readonly Measured[]>, baseline: string): Row[] {
  const [base = []] = measured.values();
  return [...measured].map(([name, turns]) => {
    const times = median(turns.map(({ rate }, turn) => rate / (base[turn]?.rate ?? NaN)));
    const p99 = median(turns.map((turn) => turn.p99));
    const bytes = median(turns.map((turn) => turn.bytes));
    const failed = turns.reduce((sum, turn) => sum + turn.failed, 0);
    return {
      name,
      value: `${String(Math.round(median(turns.map(({ rate }) => rate))))}/s`,
      note: `${times.toFixed(2)} × ${baseline}, p99 ${String(p99)} ms, ${String(Math.round(bytes))} bytes, ${String(failed)} failed`,
    };
  });
}

/** How servers and load stand, for titles. */
export const PINNED = pinned ? ', in turns, servers and load on a core each' : ', in turns';
