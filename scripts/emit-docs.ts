import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitErrorDocs } from '../src/server/errors';
import { findProjectRoot } from '../src/server/project-root';
import { fillAnswers, type AnswerSource } from './docs/answers';
import { openBuiltInApp } from './docs/built-in-app';
import { emitMethodsPage } from './docs/method-page';

/** The pages that are generated whole: each path from the project's root, and what makes its text. */
export const GENERATED_PAGES: readonly { readonly path: string; readonly emit: () => string }[] = [
  { path: 'docs/methods.md', emit: () => emitMethodsPage() },
  { path: 'docs/errors.md', emit: emitErrorDocs },
];

/** Paths of the pages written by hand, whose shown answers are filled in. */
export function handWrittenPages(root: string = findProjectRoot()): string[] {
  const pages = readdirSync(join(root, 'docs'))
    .filter((name) => name.endsWith('.md'))
    .map((name) => `docs/${name}`);
  return ['README.md', ...pages.sort()].filter((path) => !GENERATED_PAGES.some((page) => page.path === path));
}

/** Every page's text as it should be, by path. */
export async function emitPages(
  source: AnswerSource,
  root: string = findProjectRoot(),
): Promise<ReadonlyMap<string, string>> {
  const pages = new Map(GENERATED_PAGES.map(({ path, emit }) => [path, emit()]));
  for (const path of handWrittenPages(root))
    pages.set(path, await fillAnswers(readFileSync(join(root, path), 'utf8'), source));
  return pages;
}

/** Loaded when needed: it is a tool of development, which jest cannot load. */
async function layOut(answer: unknown): Promise<string> {
  const { format } = await import('prettier');
  return format(JSON.stringify(answer), { parser: 'json', printWidth: 120 });
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

async function main(): Promise<void> {
  const check = process.argv.includes('--check');
  const root = findProjectRoot();
  const app = await openBuiltInApp();
  try {
    for (const [path, text] of await emitPages({ execute: app.execute, format: layOut }, root)) {
      if (readIfThere(join(root, path)) === text) continue;
      if (!check) {
        writeFileSync(join(root, path), text);
        continue;
      }
      process.stderr.write(`${path} is out of date; run: npm run docs\n`);
      process.exitCode = 1;
    }
  } finally {
    await app.close();
  }
}

if (require.main === module) void main();
