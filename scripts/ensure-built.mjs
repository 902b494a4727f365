// Builds dist/ when it is missing or older than the newest source; otherwise does nothing and says nothing.
// Where no compiler is installed (a production image) whatever is in dist/ is used as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = ['src', 'scripts', 'bench', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json'];
// Written on every build, also one that changes no output.
const STAMP = join(root, 'dist', '.tsbuildinfo');
const ENTRY = join(root, 'dist', 'ormconfig.js');

const newest = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // A folder's own time counts too: it moves when a file is removed.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), found.mtimeMs);
};

const builtAt = existsSync(ENTRY) ? newest(STAMP) : 0;
const sourcesAt = Math.max(...SOURCES.map((path) => newest(join(root, path))));
const canBuild = existsSync(join(root, 'node_modules', 'typescript'));
if (builtAt < sourcesAt) {
  if (canBuild) {
    const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    process.exitCode = status ?? 1;
  } else if (!existsSync(ENTRY)) {
    console.error('There is nothing built in dist/, and no compiler to build it: run npm ci, then npm run build.');
    process.exitCode = 1;
  }
}
