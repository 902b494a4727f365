import { createHash } from 'node:crypto';
import type { Benchmark } from './bench';
import { inTurns, JSON_HEADERS, PINNED, POST, QUERY, rowsOf, type Contender } from './http/in-turns';

const WARM_UP_SECONDS = 2;
const GET = { method: 'GET', headers: { 'apollo-require-preflight': '1' } };
const PERSISTED = {
  persistedQuery: { version: 1, sha256Hash: createHash('sha256').update(QUERY).digest('hex') },
};

const KEPT: readonly Contender[] = [
  { name: 'Node, constant bytes', kind: 'node', load: POST },
  { name: 'Fastify, stored answer', kind: 'fastify', load: POST },
  { name: 'JSON.stringify alone', kind: 'stringify', load: POST },
  { name: 'ours, POST', kind: 'ours', load: POST },
  {
    name: 'ours, POST, brotli',
    kind: 'ours',
    load: { ...POST, headers: { ...JSON_HEADERS, 'accept-encoding': 'br' } },
  },
  { name: 'ours, GET', kind: 'ours', load: { ...GET, path: `/graphql?query=${encodeURIComponent(QUERY)}` } },
  {
    name: 'ours, GET by hash',
    kind: 'ours',
    load: { ...GET, path: `/graphql?extensions=${encodeURIComponent(JSON.stringify(PERSISTED))}` },
    prepare: (address) =>
      fetch(`${address}/graphql`, {
        method: 'POST',
        headers: JSON_HEADERS,
        body: JSON.stringify({ query: QUERY, extensions: PERSISTED }),
      }),
  },
  { name: 'Apollo with TypeGraphQL as it comes', kind: 'apollo', load: POST },
  { name: 'GraphQL Yoga', kind: 'yoga', load: POST },
  { name: 'Mercurius', kind: 'mercurius', load: POST },
  { name: 'Mercurius with JIT', kind: 'mercurius-jit', load: POST },
];

/** Peers and ours: requests a second on the built-in data, the same answer each time. */
export const benchmark: Benchmark = {
  title: `Requests a second, the same query: 15 cities with the score of every node${PINNED}`,
  rows: async () => rowsOf(await inTurns(KEPT, WARM_UP_SECONDS), 'Node'),
};
