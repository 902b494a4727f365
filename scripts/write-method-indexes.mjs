// Writes src/scoring/<stage>/index.ts from the files in the folder, so that adding a method is adding one file.
// With --check it writes nothing and exits 1 where an index is out of date.
import { readFileSync, readdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const FOLDERS = [
  'denomination',
  'imputation',
  'treatment',
  'normalisation',
  'weighting',
  'aggregation',
  'multicriteria',
  'ranking',
];
const scoring = join(dirname(fileURLToPath(import.meta.url)), '..', 'src', 'scoring');
const check = process.argv.includes('--check');

for (const folder of FOLDERS) {
  const names = readdirSync(join(scoring, folder), { withFileTypes: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts') && entry.name !== 'index.ts')
    .map((entry) => entry.name.slice(0, -'.ts'.length))
    .sort();
  const exportName = (name) => name.replace(/-([a-z0-9])/g, (_, letter) => letter.toUpperCase());
  const lines = names.map((name) => `export { ${exportName(name)} } from './${name}';`);
  const text = [
    '// Written by scripts/write-method-indexes.mjs; do not edit.',
    ...(lines.length > 0 ? lines : ['export {};']),
    '',
  ].join('\n');
  const path = join(scoring, folder, 'index.ts');
  let current = '';
  try {
    current = readFileSync(path, 'utf8');
  } catch {
    // A new folder has no index yet.
  }
  if (current === text) continue;
  if (check) {
    console.error(`src/scoring/${folder}/index.ts is out of date; run: node scripts/write-method-indexes.mjs`);
    process.exitCode = 1;
  } else {
    writeFileSync(path, text);
  }
}
