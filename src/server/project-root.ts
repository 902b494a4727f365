import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/**
 * The folder that holds `package.json`, wherever this file runs from (`src/` under a test, `dist/` when built).
 * @throws Error when no parent folder is a package, which a broken installation alone can cause.
 */
export function findProjectRoot(start: string = __dirname): string {
  for (let folder = start; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new Error('No package.json was found above the program.');
  }
}
