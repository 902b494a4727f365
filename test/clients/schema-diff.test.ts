import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runNode } from './server';

const folder = mkdtempSync(join(tmpdir(), 'schema-diff-'));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const BASE =
  'type Query { city(code: String!): City cities: [City!]! } type City { code: String! tier: Tier } enum Tier { FIRST }';

/** What the check says, and whether it passes. */
async function compare(
  head: string,
  changelog: string,
): Promise<{ readonly passes: boolean; readonly output: string }> {
  const file = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const args = ['--base', file('base.graphql', BASE), '--head', file('head.graphql', head)];
  const run = runNode(['scripts/schema-diff.mjs', ...args, '--changelog', file('CHANGELOG.md', changelog)]);
  return run.then(
    (output) => ({ passes: true, output }),
    (error: unknown) => ({ passes: false, output: String((error as { stdout?: unknown }).stdout) }),
  );
}

const EMPTY = '# Changelog\n\n## Unreleased\n\n## 1.0.0\n\n- `City.tier` and `Query.cities` were here before.\n';
const declaring = (path: string): string =>
  EMPTY.replace('## Unreleased\n', `## Unreleased\n\n- \`${path}\` changed.\n`);

describe('the check of schema changes', () => {
  it('passes what breaks nobody, descriptions among it, and lists what is dangerous', async () => {
    const head = `"All." ${BASE} type More { x: Int }`
      .replace('FIRST', 'FIRST SECOND')
      .replace('tier: Tier', 'tier: Tier name: String');
    const { passes, output } = await compare(head, EMPTY);
    expect(passes).toBe(true);
    expect(output).toMatch(/Dangerous \(1\)\n {2}Tier\.SECOND/);
    expect(output).not.toContain('Breaking');
  });

  it.each([
    ['a field is gone', (text: string) => text.replace('tier: Tier', ''), 'City.tier'],
    ['a field may be null', (text: string) => text.replace('[City!]!', '[City!]'), 'Query.cities'],
    [
      'an argument is required',
      (text: string) => text.replace('code: String!)', 'code: String! release: String!)'),
      'Query.city.release',
    ],
    ['an enum value is gone', (text: string) => text.replace('FIRST', 'SECOND'), 'Tier.FIRST'],
  ])('%s: fails until the changelog names it', async (_, change, path) => {
    const refused = await compare(change(BASE), EMPTY);
    expect(refused.passes).toBe(false);
    expect(refused.output).toContain('Breaking and not in the changelog');
    expect(refused.output).toContain(path);
    const declared = await compare(change(BASE), declaring(path));
    expect(declared).toMatchObject({ passes: true });
    expect(declared.output).toContain(path);
  });

  it('a type that is named with a star covers its fields, and no other type', async () => {
    const head = BASE.replace('tier: Tier', '').replace('[City!]!', '[City!]');
    expect((await compare(head, declaring('City.*'))).passes).toBe(false);
    expect((await compare(head, declaring('City.*').replace('changed', 'and `Query.cities` changed'))).passes).toBe(
      true,
    );
  });

  it('the schema as it stands passes', async () => {
    await expect(runNode(['scripts/schema-diff.mjs'])).resolves.toContain('schema.graphql against');
  });
});
