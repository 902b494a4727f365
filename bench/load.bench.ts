import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Benchmark, Row } from './bench';
import { onCore, pinned } from './http/cores';
import { withServer } from './http/with-server';

/*
 * Requests a second, ours and peers' in one run: the server pinned to the first core, the load to the second, where there
 * are two and `taskset` is installed.
 */

/** About 18 KB of answer on the built-in data. */
const QUERY = `query ($input: RankingInput) { ranking(input: $input) { digest rows(first: 15) { nodes {
  rank score city { code name } nodeScores { node score } } } } }`;
const SECONDS = 4;
/** What is made anew each time runs through far more code, and takes as much longer to be compiled well. */
const WARM_UP_SECONDS = { kept: 2, made: 8 };
const CONNECTIONS = 20;
const VARIED_INPUT = { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: 0 }] } } };

interface Load {
  readonly path?: string;
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  readonly vary?: boolean;
}

interface Measured {
  readonly rate: number;
  readonly p99: number;
  readonly failed: number;
  readonly bytes: number;
}

async function load(address: string, { path = '/graphql', ...options }: Load, seconds = SECONDS): Promise<Measured> {
  const script = join(process.cwd(), 'bench', 'http', 'load.mjs');
  const settings = JSON.stringify({
    url: address + path,
    connections: CONNECTIONS,
    seconds,
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    ...options,
  });
  const [program, ...rest] = [...onCore(1), process.execPath, script, settings];
  const { stdout } = await promisify(execFile)(program, [...rest]);
  return JSON.parse(stdout) as Measured;
}

/** Peers and ours: requests a second on the built-in data. */
export const benchmark: Benchmark = {
  title: `Requests a second: 15 cities with the score of every node${pinned ? ', server and load on a core each' : ''}`,
  async rows(): Promise<readonly Row[]> {
    const hot = JSON.stringify({ query: QUERY });
    const cold = JSON.stringify({ query: QUERY, variables: { input: VARIED_INPUT } }).replace(
      '"weight":0',
      '"weight":@weight@',
    );
    const results = new Map<string, Measured>();
    const measure = async (name: string, kind: string, options: Load): Promise<void> => {
      results.set(
        name,
        await withServer(
          kind,
          hot,
          async (address) => {
            await load(address, options, options.vary ? WARM_UP_SECONDS.made : WARM_UP_SECONDS.kept);
            return load(address, options);
          },
          onCore(0),
        ),
      );
    };
    const post = { body: hot };
    const varied = { body: cold, vary: true };
    await measure('Node, constant bytes', 'node', post);
    await measure('Fastify, stored answer', 'fastify', post);
    await measure('JSON.stringify alone', 'stringify', post);
    await measure('ours, hot, POST', 'ours', post);
    await measure('ours, hot, POST, brotli', 'ours', {
      ...post,
      headers: { 'content-type': 'application/json', 'accept-encoding': 'br' },
    });
    const headers = { 'apollo-require-preflight': '1' };
    await measure('ours, hot, GET', 'ours', {
      method: 'GET',
      path: `/graphql?query=${encodeURIComponent(QUERY)}`,
      headers,
    });
    const sha256Hash = createHash('sha256').update(QUERY).digest('hex');
    const extensions = JSON.stringify({ persistedQuery: { version: 1, sha256Hash } });
    results.set(
      'ours, hot, GET by hash',
      await withServer(
        'ours',
        hot,
        async (address) => {
          const body = JSON.stringify({ query: QUERY, extensions: JSON.parse(extensions) as unknown });
          await fetch(`${address}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json' }, body });
          const get = { method: 'GET', path: `/graphql?extensions=${encodeURIComponent(extensions)}`, headers };
          await load(address, get, WARM_UP_SECONDS.kept);
          return load(address, get);
        },
        onCore(0),
      ),
    );
    for (const [name, kind] of [
      ['Apollo with TypeGraphQL as it comes', 'apollo'],
      ['graphql-yoga', 'yoga'],
      ['Mercurius', 'mercurius'],
      ['Mercurius with JIT', 'mercurius-jit'],
      ['ours, answers not kept', 'ours-cold'],
    ] as const) {
      await measure(`${name}, same query`, kind, post);
      await measure(`${name}, another weight every time`, kind, varied);
    }
    await measure('ours, another weight every time', 'ours', varied);
    const base = results.get('Node, constant bytes')?.rate ?? NaN;
    const apollo = results.get('Apollo with TypeGraphQL as it comes, another weight every time')?.rate ?? NaN;
    return [...results].map(([name, { rate, p99, failed, bytes }]) => ({
      name,
      value: `${String(Math.round(rate))}/s`,
      note: `${(rate / base).toFixed(3)} of Node${name.includes('weight') ? `, ${(rate / apollo).toFixed(2)} × Apollo cold` : ''}, p99 ${String(p99)} ms, ${String(Math.round(bytes))} bytes, ${String(failed)} failed`,
    }));
  },
};
