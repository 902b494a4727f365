import { execFileSync, spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { join } from 'node:path';
import { readExamples } from '../src/server/graphiql';
import { copyBuiltInDatabase, openApp, type TestApp } from './helpers/app';

/*
 * All other tests compile the sources by themselves, and not quite as `npm run build` does: a module's own constants are
 * read from CommonJS's `exports` in what tsc makes, and by their names in what swc makes.
 */

const ROOT = join(__dirname, '..');
// Where nothing has changed since the last build, nothing is built.
jest.setTimeout(180_000);

let app: TestApp;
let compiled: ChildProcess;
let address: string;
beforeAll(async () => {
  execFileSync(process.execPath, ['scripts/ensure-built.mjs'], { cwd: ROOT, stdio: ['ignore', 'inherit', 'inherit'] });
  app = await openApp();
  compiled = spawn(process.execPath, ['dist/src/server/main.js'], {
    cwd: ROOT,
    env: { PATH: process.env['PATH'], PORT: '0', LOG_LEVEL: 'silent', SQLITE_PATH: await copyBuiltInDatabase() },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (!compiled.stdout) throw new Error('The output of the compiled program cannot be read.');
  const [line] = (await once(createInterface(compiled.stdout), 'line')) as [string];
  address = line.replace(/^City ranking at /, '');
}, 180_000);
afterAll(async () => {
  const ended = once(compiled, 'exit');
  compiled.kill('SIGTERM');
  expect(await ended).toEqual([0, null]);
  await app.close();
});

/** Percentiles of scores and ranks, by the kernels for weights and for whole recipes. */
const percentiles = (varied: string): string => `{ ranking { robustness {
  uncertainty(input: { draws: 500, seed: 7, ${varied}, percentiles: [0.05, 0.5, 0.95] }) { cities(first: 50) { nodes {
    cityCode
    rank { mean meanError median percentiles { share value } }
    score { mean meanError median percentiles { share value } }
  } } }
} } }`;

const CASES: readonly (readonly [name: string, query: string])[] = [
  ['percentiles over weights', percentiles('weights: { method: DIRICHLET, concentration: 20 }')],
  ['percentiles over weights of the simplex', percentiles('weights: { method: SIMPLEX }')],
  ['percentiles over weights and data', percentiles('weights: { method: SIMPLEX }, noise: { share: 0.1 }')],
  ...readExamples().map(({ name, query }) => [name, query] as const),
];

it.each(CASES)('what tsc makes answers as the sources do: %s', async (_, query) => {
  const response = await fetch(address, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ query }),
  });
  const answer = (await response.json()) as unknown;
  const { body } = await app.query(query);
  expect(body.errors).toBeUndefined();
  expect(answer).toEqual(body);
});
