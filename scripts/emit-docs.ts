import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { emitErrorDocs } from '../src/server/errors';
import { findProjectRoot } from '../src/server/project-root';
import { emitMethodsPage } from './docs/method-page';

/** The generated pages: each path from the project's root, and what makes its text. */
export const GENERATED_PAGES: readonly { readonly path: string; readonly emit: () => string }[] = [
  { path: 'docs/methods.md', emit: () => emitMethodsPage() },
  { path: 'docs/errors.md', emit: emitErrorDocs },
];

/** Paths of the pages that are missing or differ from what would be written. */
export function findDrift(root: string = findProjectRoot()): string[] {
  return GENERATED_PAGES.filter(({ path, emit }) => readIfThere(join(root, path)) !== emit()).map(({ path }) => path);
}

function readIfThere(path: string): string | null {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return null;
  }
}

function main(): void {
  if (process.argv.includes('--check')) {
    for (const path of findDrift()) {
      process.stderr.write(`${path} is out of date; run: npm run docs\n`);
      process.exitCode = 1;
    }
    return;
  }
  const root = findProjectRoot();
  for (const { path, emit } of GENERATED_PAGES) writeFileSync(join(root, path), emit());
}

if (require.main === module) main();
