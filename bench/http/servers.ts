import 'reflect-metadata';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { ApolloServer } from '@apollo/server';
import { fastifyApolloHandler } from '@as-integrations/fastify';
import fastify from 'fastify';
import { createYoga } from 'graphql-yoga';
import mercurius from 'mercurius';
import type { Context } from '../../src/resolvers/context';
import { createSchema } from '../../src/resolvers/schema';
import { createApp } from '../../src/server/app';
import { keepObjectsYoung } from '../../src/server/collector';
import { readConfig } from '../../src/server/config';
import { prepareDatabase } from '../../src/server/start-up';
import { contextOf } from '../context';

/*
 * One server in a process of its own: `node servers.js <kind> <query file content>`. Prints its address. All answer from the
 * same data and, where they run GraphQL, from the same schema and use cases.
 */

const LOCAL = { port: 0, host: '127.0.0.1' } as const;

async function start(kind: string, request: string): Promise<string> {
  const isOurs = kind === 'ours' || kind === 'ours-cold';
  // As `main.ts` does; the others as they come.
  if (isOurs) keepObjectsYoung();
  const settings = { SQLITE_PATH: ':memory:', LOG_LEVEL: 'silent', RATE_LIMIT_POINTS: '0', NODE_ENV: 'production' };
  const cacheOff = kind === 'ours-cold' ? { ANSWER_CACHE_MIB: '0' } : {};
  const config = readConfig({ ...settings, ...cacheOff });
  const dataSource = await prepareDatabase(config);
  const app = await createApp({ config, dataSource });
  const context = (): Context => contextOf(app);
  const sample = async (): Promise<string> => {
    const { payload } = await app.http.inject({
      method: 'POST',
      url: '/graphql',
      headers: { 'content-type': 'application/json' },
      payload: request,
    });
    return payload;
  };
  const JSON_TYPE = 'application/json; charset=utf-8';

  if (isOurs) return app.http.listen(LOCAL);
  if (kind === 'node' || kind === 'stringify') {
    const text = await sample();
    const bytes = Buffer.from(text);
    const value: unknown = JSON.parse(text);
    const server = createServer((incoming, response) => {
      incoming.resume().on('end', () => {
        const body = kind === 'node' ? bytes : JSON.stringify(value);
        response.writeHead(200, { 'content-type': JSON_TYPE, 'content-length': Buffer.byteLength(body) }).end(body);
      });
    });
    await new Promise<void>((resolve) => server.listen(LOCAL, resolve));
    const address = server.address();
    return `http://127.0.0.1:${String((address as AddressInfo).port)}`;
  }
  if (kind === 'yoga') {
    const yoga = createYoga({ schema: createSchema(), context, logging: false, graphiql: false });
    // eslint-disable-next-line @typescript-eslint/no-misused-promises -- yoga's handler answers by itself
    const server = createServer(yoga);
    await new Promise<void>((resolve) => server.listen(LOCAL, resolve));
    return `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  }
  const http = fastify();
  if (kind === 'fastify') {
    const stored = new Map([[request, Buffer.from(await sample())]]);
    http.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) => {
      done(null, body);
    });
    http.post('/graphql', (incoming, reply) => reply.type(JSON_TYPE).send(stored.get(String(incoming.body))));
  } else if (kind === 'apollo') {
    const apollo = new ApolloServer<Context>({ schema: createSchema() });
    await apollo.start();
    http.post('/graphql', fastifyApolloHandler(apollo, { context: () => Promise.resolve(context()) }));
  } else {
    await http.register(mercurius, { schema: createSchema(), context, ...(kind === 'mercurius-jit' && { jit: 1 }) });
  }
  return http.listen(LOCAL);
}

const [, , kind = '', request = ''] = process.argv;
start(kind, request).then(
  (address) => process.stdout.write(`${address}\n`),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
