import 'reflect-metadata';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Benchmark, Row } from './bench';

/*
 * Runs every `*.bench.js` beside this file and prints one table for each. Arguments choose by part of the file's name:
 * `npm run bench -- http`.
 */

function isBenchmark(value: unknown): value is Benchmark {
  return typeof value === 'object' && value !== null && 'title' in value && 'rows' in value;
}

async function load(file: string): Promise<Benchmark> {
  const module = (await import(join(__dirname, file))) as Readonly<Record<string, unknown>>;
  const { benchmark } = module;
  if (!isBenchmark(benchmark)) throw new Error(`${file} exports no benchmark.`);
  return benchmark;
}

function print(title: string, rows: readonly Row[]): void {
  const width = (column: 'name' | 'value'): number => Math.max(...rows.map((row) => row[column].length));
  console.log(`\n${title}`);
  for (const { name, value, note } of rows)
    console.log(`  ${name.padEnd(width('name'))}  ${value.padStart(width('value'))}  ${note}`.trimEnd());
}

async function main(): Promise<void> {
  // Read by graphql-js when it is loaded, which happens with the first benchmark: as in production unless told otherwise.
  process.env['NODE_ENV'] ??= 'production';
  const wanted = process.argv.slice(2);
  const files = readdirSync(__dirname)
    .filter((file) => file.endsWith('.bench.js'))
    .filter((file) => wanted.length === 0 || wanted.some((part) => file.includes(part)))
    .sort();
  console.log(`Node ${process.version}, ${process.platform} ${process.arch}; medians.`);
  for (const file of files) {
    const benchmark = await load(file);
    print(benchmark.title, await benchmark.rows());
  }
}

main().catch((error: unknown) => {
  console.error(error);
  process.exitCode = 1;
});
