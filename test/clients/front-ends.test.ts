import { cpSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'esbuild';
import ts from 'typescript';
import { publishBundle } from '../../src/datasets';
import type { Facts } from './app/src/facts';
import { inModules, listen, ROOT, runNode, type Server } from './server';

/*
 * A sample front end, built as its own build would: graphql-codegen, Relay's compiler and graphcache's introspection on
 * schema.graphql, everything compiled under strict without a cast, then run against a service with two releases.
 */

const SOURCES = ['src/queries.ts', 'src/facts.ts', 'src/apollo.ts', 'src/urql.ts', 'relay/main.ts', 'relay/queries.ts'];
const BUNDLE = join(ROOT, 'data', 'city-digital-governance');

/** Where a source steps around its types: casts, assertions that something is not null, `any`, silenced errors. */
function escapesOf(path: string): string[] {
  const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: string[] = source.text.includes('@ts-') ? [path] : [];
  const visit = (node: ts.Node): void => {
    const cast = ts.isAsExpression(node) && node.type.getText() !== 'const';
    if (
      cast ||
      ts.isNonNullExpression(node) ||
      ts.isTypeAssertionExpression(node) ||
      node.kind === ts.SyntaxKind.AnyKeyword
    )
      found.push(`${path}: ${node.getText()}`);
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

let server: Server;
let folder: string;
beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'front-ends-'));
  cpSync(join(__dirname, 'app'), folder, { recursive: true });
  cpSync(join(ROOT, 'schema.graphql'), join(folder, 'schema.graphql'));
  symlinkSync(inModules(), join(folder, 'node_modules'));

  // The second release calls Hangzhou otherwise.
  const second = join(folder, 'second');
  cpSync(BUNDLE, second, { recursive: true });
  const edit = (file: string, from: string, to: string): void => {
    writeFileSync(join(second, file), readFileSync(join(second, file), 'utf8').replace(from, to));
  };
  edit('bundle.json', '"2026.1"', '"2026.2"');
  edit('cities.csv', '330100,Hangzhou,', '330100,Hangzhou again,');
  server = await listen();
  const report = await publishBundle(server.database.dataSource, second);
  expect(report.errors).toEqual([]);
  await server.services.releases.refresh();
}, 60_000);
afterAll(async () => {
  await server.close();
  rmSync(folder, { recursive: true });
});

it('graphql-codegen, the graphcache introspection and the Relay compiler take the schema and the queries', async () => {
  const output = await runNode(['generate.mjs'], { cwd: folder });
  expect(output).toContain('Compilation completed');
  expect(output).not.toMatch(/error|warn/i);
}, 60_000);

it('what they generate compiles under strict, and the sample needs no cast, no any and no assertion', async () => {
  await expect(runNode([inModules('typescript', 'bin', 'tsc'), '-p', folder])).resolves.toBe('');
  expect(SOURCES.flatMap((source) => escapesOf(join(folder, source)))).toEqual([]);
}, 60_000);

it('possibleTypes holds every type that is a Node', () => {
  const text = readFileSync(join(folder, 'src', 'possible-types.ts'), 'utf8');
  const nodes = [...readFileSync(join(ROOT, 'schema.graphql'), 'utf8').matchAll(/^type (\w+) implements Node /gm)];
  expect(nodes.length).toBeGreaterThan(10);
  for (const [, name] of nodes) expect(text).toContain(`"${String(name)}"`);
});

describe.each([
  ['Apollo Client', 'src/apollo.ts'],
  ['urql with graphcache', 'src/urql.ts'],
  ['Relay', 'relay/main.ts'],
])('%s', (_, program) => {
  let facts: Facts;
  let warnings: string[];
  beforeAll(async () => {
    const outfile = join(folder, 'out', `${program.replace(/\W/g, '-')}.cjs`);
    await build({ entryPoints: [join(folder, program)], bundle: true, platform: 'node', outfile, logLevel: 'error' });
    const lines = (await runNode([outfile], { env: { CITY_RANKING_URL: server.url } })).trim().split('\n');
    warnings = lines.filter((line) => !line.startsWith('{'));
    facts = JSON.parse(lines.find((line) => line.startsWith('{')) ?? '{}') as Facts;
  }, 60_000);

  it('warns of nothing', () => {
    expect(warnings).toEqual([]);
  });

  it('joins the pages of both lists in order', async () => {
    const answer = await server.data('{ ranking { rows(first: 6) { nodes { city { code } } } } }');
    const codes = (answer.list('ranking', 'rows', 'nodes') as { city: { code: string } }[]).map(
      ({ city }) => city.code,
    );
    expect(facts.firstPage).toEqual(codes.slice(0, 3));
    expect(facts.merged).toEqual(codes);
    expect(facts.mergedCities).toBe(10);
  });

  it('keeps one city for one release, however it came, and never mixes two releases', async () => {
    const answer = await server.data(
      '{ old: city(code: "330100", release: "2026.1") { id } current: city(code: "330100") { id } }',
    );
    expect(facts.names).toEqual(['Hangzhou', 'Hangzhou again']);
    expect(facts.ids).toEqual([answer.at('old', 'id'), answer.at('current', 'id')]);
    expect(facts.sameCityInRankingAndAlone).toBe(true);
  });

  it('fetches a ranking by its id, reads user errors as data, and asks nothing twice', () => {
    expect(facts.nodeType).toBe('Ranking');
    expect(facts.userErrors).toEqual(['methodology NOT_FOUND']);
    expect(facts.requests).toBe(8);
    expect(facts.requestsAfterRepeat).toBe(0);
  });
});
