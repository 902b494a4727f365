// Compiles assembly/*.ts (AssemblyScript) and writes each as a TypeScript module that holds its bytes, so that the engine reads no
// file. Run by `npm run build`; a kernel whose source has not changed is left alone. The written modules are committed.
import { Buffer } from 'node:buffer';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = join(dirname(fileURLToPath(import.meta.url)), '..');
const KERNELS = [
  { source: 'assembly/columns.ts', target: 'src/scoring/numeric/columns.wasm.ts', name: 'COLUMNS_WASM' },
  { source: 'assembly/order.ts', target: 'src/scoring/numeric/order.wasm.ts', name: 'ORDER_WASM' },
  {
    source: 'assembly/draws.ts',
    parts: ['assembly/weights.ts'],
    target: 'src/scoring/robustness/draws.wasm.ts',
    name: 'DRAWS_WASM',
  },
  { source: 'assembly/quantiles.ts', target: 'src/scoring/robustness/quantiles.wasm.ts', name: 'QUANTILES_WASM' },
];
const OPTIONS = ['--runtime', 'stub', '-O3', '--noAssert', '--enable', 'simd', '--initialMemory', '4'];

// For the test that the committed modules are up to date: prints what would be written.
const print = process.argv.includes('--print');
for (const { source, parts = [], target, name } of KERNELS) {
  const hash = createHash('sha256');
  for (const path of [source, ...parts]) hash.update(readFileSync(join(ROOT, path), 'utf8'));
  const digest = hash.update(OPTIONS.join(' ')).digest('hex');
  const file = join(ROOT, target);
  if (!print && existsSync(file) && readFileSync(file, 'utf8').includes(digest)) continue;
  // Only loaded when there is something to compile: an installation without the development packages builds without it.
  const { default: asc } = await import('assemblyscript/asc');
  let wasm;
  const { error, stderr } = await asc.main([source, '--outFile', 'kernel.wasm', ...OPTIONS], {
    readFile: (path, base) => {
      const full = join(base ?? '', path);
      return existsSync(full) ? readFileSync(full, 'utf8') : null;
    },
    writeFile: (_, contents) => (wasm = contents),
    listFiles: () => [],
  });
  if (error) throw new Error(`${source} does not compile: ${stderr.toString()}`);
  const lines =
    Buffer.from(wasm)
      .toString('base64')
      .match(/.{1,100}/g) ?? [];
  const written = [
    `/** ${source} compiled to WebAssembly, in base 64; written by scripts/write-kernels.mjs. */`,
    `export const ${name} =`,
    ...lines.map((line, k) => `  '${line}'${k === lines.length - 1 ? ';' : ' +'}`),
    '',
    '/** SHA-256 of the source and the options of the compiler. */',
    `export const ${name}_SOURCE = '${digest}';`,
    '',
  ].join('\n');
  if (print) {
    process.stdout.write(written);
    continue;
  }
  writeFileSync(file, written);
  console.log(`${target} written.`);
}
