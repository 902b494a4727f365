// Lists what changed in schema.graphql since the last release, and fails on a change that breaks callers and is not in
// the changelog. The last release is the last git tag; where a clone has none, schema.baseline.graphql.
//
//   node scripts/schema-diff.mjs [--base FILE] [--head FILE] [--changelog FILE]
//   node scripts/schema-diff.mjs --write-baseline
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { createRequire } from 'node:module';

// The one graphql that everything here shares; the inspector's ESM build would load another copy.
const require = createRequire(import.meta.url);
const { diff } = require('@graphql-inspector/core');
const { buildSchema, lexicographicSortSchema, parse, print, printSchema, visit } = require('graphql');

const root = fileURLToPath(new URL('..', import.meta.url));
const baseline = join(root, 'schema.baseline.graphql');
const { values: options } = parseArgs({
  options: {
    base: { type: 'string' },
    head: { type: 'string', default: join(root, 'schema.graphql') },
    changelog: { type: 'string', default: join(root, 'CHANGELOG.md') },
    'write-baseline': { type: 'boolean', default: false },
  },
});

const git = (...args) => {
  try {
    return execFileSync('git', args, { cwd: root, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] });
  } catch {
    return null;
  }
};

/** The schema without its descriptions: their wording breaks nobody. */
function withoutDescriptions(text) {
  const bare = visit(parse(text), {
    enter: (node) => ('description' in node ? { ...node, description: undefined } : node),
  });
  return `${print(bare)}\n`;
}

/** Text of the last release's schema, and what it is called. */
function lastRelease() {
  if (options.base) return [options.base, readFileSync(options.base, 'utf8')];
  const tag = git('describe', '--tags', '--abbrev=0')?.trim();
  const tagged = tag ? git('show', `${tag}:schema.graphql`) : null;
  return tagged === null ? ['schema.baseline.graphql', readFileSync(baseline, 'utf8')] : [tag, tagged];
}

/** Paths in backticks in the part of the changelog that is not released yet: `Type`, `Type.field`, `Type.*`. */
function declaredPaths() {
  const [unreleased = ''] = readFileSync(options.changelog, 'utf8').split(/^## (?!Unreleased)/m);
  return new Set([...unreleased.matchAll(/`([A-Z]\w*(?:\.[\w*]+)*)`/g)].map(([, path]) => path));
}

/** A change is declared by its path, by that of anything that holds it, or by `Type.*`. */
function isDeclared(path, declared) {
  const parts = path.split('.');
  return parts.some((_, i) => {
    const holder = parts.slice(0, i + 1).join('.');
    return (i > 0 || parts.length === 1 ? declared.has(holder) : false) || declared.has(`${holder}.*`);
  });
}

async function main() {
  const head = readFileSync(options.head, 'utf8');
  if (options['write-baseline']) {
    writeFileSync(baseline, withoutDescriptions(printSchema(lexicographicSortSchema(buildSchema(head)))));
    return;
  }
  const [name, base] = lastRelease();
  const changes = (await diff(buildSchema(withoutDescriptions(base)), buildSchema(withoutDescriptions(head)))).map(
    ({ criticality, message, path = '' }) => ({ level: criticality.level, message, path }),
  );
  const declared = declaredPaths();
  const breaking = changes.filter(({ level }) => level === 'BREAKING');
  const missing = breaking.filter(({ path }) => !isDeclared(path, declared));
  const list = (title, some) => {
    if (some.length === 0) return;
    console.log(`${title} (${some.length})`);
    for (const { message, path } of some) console.log(`  ${path}: ${message}`);
  };
  console.log(`schema.graphql against ${name}: ${changes.length} changes`);
  list('Breaking', breaking);
  list(
    'Dangerous',
    changes.filter(({ level }) => level === 'DANGEROUS'),
  );
  if (missing.length === 0) return;
  console.log('');
  list('Breaking and not in the changelog: name each path in backticks under "Unreleased"', missing);
  process.exitCode = 1;
}

await main();
