import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { underAttack } from './attack';

const ROOT = join(__dirname, '..', '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

interface Locked {
  readonly version?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  readonly hasInstallScript?: boolean;
  readonly link?: boolean;
  readonly dev?: boolean;
  readonly optional?: boolean;
  readonly inBundle?: boolean;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

interface Manifest {
  readonly allowScripts: Readonly<Record<string, boolean>>;
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
}

describe('52 dependencies', () => {
  const manifest = JSON.parse(read('package.json')) as Manifest;
  const lock = JSON.parse(read('package-lock.json')) as { readonly packages: Readonly<Record<string, Locked>> };
  const locked = Object.entries(lock.packages).filter(([path, { link }]) => path.startsWith('node_modules/') && !link);

  it('52 the lockfile says what package.json says, and every direct version is exact', () => {
    const { dependencies, devDependencies } = lock.packages[''] ?? {};
    expect(dependencies).toEqual(manifest.dependencies);
    expect(devDependencies).toEqual(manifest.devDependencies);
    for (const [name, version] of Object.entries({ ...dependencies, ...devDependencies }))
      expect([name, version]).toEqual([name, expect.stringMatching(/^\d+\.\d+\.\d+(-[\w.]+)?$/)]);
  });

  it('52 every package comes from the registry, under the hash of its content', () => {
    expect(locked.length).toBeGreaterThan(300);
    for (const [path, { resolved, integrity, inBundle }] of locked) {
      if (inBundle) continue;
      expect([path, integrity]).toEqual([path, expect.stringMatching(/^sha512-/)]);
      // Npm may be told to leave the address out; then it is that of the registry that is set.
      expect([path, resolved ?? 'https://registry.npmjs.org/']).toEqual([
        path,
        expect.stringMatching(/^https:\/\/registry\.npmjs\.org\//),
      ]);
    }
  });

  it('52 a package that wants to run something when it is installed is named, with whether it may', () => {
    // Those of other platforms than this one aside, which are not installed.
    const scripted = locked
      .filter(([, { hasInstallScript, dev, optional }]) => hasInstallScript && !(dev && optional))
      .map(([path]) => path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length));
    for (const name of new Set(scripted)) expect(Object.keys(manifest.allowScripts)).toContain(name);
  });

  it('52 the checks of every change install by the lockfile and look for known advisories', () => {
    expect(read('.ci/run')).toMatch(/^npm ci /m);
    expect(read('.ci/run')).toMatch(/npm audit --omit=dev/);
  });
});

const attack = underAttack();

attack(53, 'debug surfaces: none in production', async (client) => {
  for (const path of [
    '/graphiql',
    '/playground',
    '/voyager',
    '/altair',
    '/debug',
    '/.well-known/apollo/server-health',
    '/dist/src/server/main.js',
    '/main.js.map',
    '/src/server/main.ts',
    '/__tests__',
    '/debug/pprof',
    '/trace',
    '/status',
    '/env',
    '/actuator',
  ])
    expect([path, (await client.get(path)).status]).toEqual([path, 404]);
  const query = { query: '{ city(code: "330100") { name } nope }', extensions: { tracing: true, debug: true } };
  for (const headers of [{}, { 'apollo-federation-include-trace': 'ftv1', 'x-debug': '1', 'apollo-tracing': '1' }]) {
    const reply = await client.post(JSON.stringify(query), headers);
    expect([reply.status, reply.codes]).toEqual([400, ['GRAPHQL_VALIDATION_FAILED']]);
    expect(reply.text).not.toMatch(/stacktrace|tracing|ftv1|exception/i);
  }
  const good = await client.send('/graphql?debug=1', {
    method: 'POST',
    body: JSON.stringify({ query: '{ __typename }', debug: 1 }),
    headers: { 'content-type': 'application/json', 'apollo-federation-include-trace': 'ftv1' },
  });
  expect(good.body).toEqual({ data: { __typename: 'Query' } });
  const ready = await client.send('/ready');
  expect(ready.text).not.toMatch(/limits/);
  expect([...good.headers.keys()]).not.toContain('x-powered-by');
  expect([...good.headers.keys()]).not.toContain('server');
});

it('53 nothing is built with a map of its source', () => {
  expect(read('tsconfig.json') + read('tsconfig.build.json')).not.toMatch(/"(inline)?sourceMap"\s*:\s*true/i);
  expect(existsSync(join(ROOT, 'dist/src/server/main.js.map'))).toBe(false);
});
