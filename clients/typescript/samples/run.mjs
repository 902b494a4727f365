// Runs a sample: bundles it in memory and evaluates it, since Node does not read TypeScript by itself.
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const [name = ''] = process.argv.slice(2);
if (!['node', 'table'].includes(name)) {
  console.error('Which sample? node or table');
  process.exit(1);
}
const { outputFiles } = await build({
  entryPoints: [fileURLToPath(new URL(`${name}.ts`, import.meta.url))],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  write: false,
  logLevel: 'error',
});
new Function('require', outputFiles[0].text)(createRequire(import.meta.url));
