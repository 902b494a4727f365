// Serves while the sources are being worked on: the compiler watches src/, Node watches what the compiler writes.
import { spawn, spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
const env = { ...process.env, NODE_ENV: process.env.NODE_ENV || 'development' };
const options = { cwd: root, stdio: 'inherit', env };

const { status } = spawnSync('npm', ['run', '--silent', 'build'], { ...options, shell: process.platform === 'win32' });
if (status !== 0) process.exit(status ?? 1);

const children = [
  spawn(process.execPath, [compiler, '-p', 'tsconfig.build.json', '--watch', '--preserveWatchOutput'], options),
  spawn(process.execPath, ['--watch', '--watch-preserve-output', join('dist', 'src', 'server', 'main.js')], options),
];
const stop = () => children.forEach((child) => child.kill());
for (const child of children) child.on('exit', stop);
process.on('SIGINT', stop);
process.on('SIGTERM', stop);
