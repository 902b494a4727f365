// Builds dist/ when it is missing or older than the newest source; otherwise does nothing and says nothing.
// Where no compiler is installed (a production image) whatever is in dist/ is used as it is.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, statSync, utimesSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const SOURCES = ['src', 'scripts', 'bench', 'ormconfig.ts', 'tsconfig.json', 'tsconfig.build.json'];
// The compiler leaves its own file alone when no output changes, so a stamp says when the last look was.
const STAMPS = ['.tsbuildinfo', '.built'].map((name) => join(root, 'dist', name));
const ENTRY = join(root, 'dist', 'ormconfig.js');

const newest = (path) => {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found) return 0;
  if (!found.isDirectory()) return found.mtimeMs;
  // A folder's own time counts too: it moves when a file is removed.
  return readdirSync(path).reduce((latest, name) => Math.max(latest, newest(join(path, name))), found.mtimeMs);
};

const builtAt = existsSync(ENTRY) ? Math.max(...STAMPS.map(newest)) : 0;
const sourcesAt = Math.max(...SOURCES.map((path) => newest(join(root, path))));
const canBuild = existsSync(join(root, 'node_modules', 'typescript'));
if (builtAt < sourcesAt) {
  if (canBuild) {
    const startedAt = new Date();
    const { status } = spawnSync('npm', ['run', '--silent', 'build'], {
      cwd: root,
      stdio: 'inherit',
      shell: process.platform === 'win32',
    });
    process.exitCode = status ?? 1;
    if (status === 0) {
      writeFileSync(STAMPS[1], '');
      // A source changed while the compiler ran is newer than this and is built next time.
      utimesSync(STAMPS[1], startedAt, startedAt);
    }
  } else if (!existsSync(ENTRY)) {
    console.error('There is nothing built in dist/, and no compiler to build it: run npm ci, then npm run build.');
    process.exitCode = 1;
  }
}
