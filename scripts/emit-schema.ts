import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createSchema, printSortedSchema } from '../src/resolvers/schema';
import { findProjectRoot } from '../src/server/project-root';

/** Path of the committed schema. */
export const schemaPath = (): string => join(findProjectRoot(), 'schema.graphql');

/** The schema as it should be committed. */
export const emitSchema = (): string => printSortedSchema(createSchema());

function main(): void {
  const text = emitSchema();
  if (!process.argv.includes('--check')) {
    writeFileSync(schemaPath(), text);
  } else if (readFileSync(schemaPath(), 'utf8') !== text) {
    process.stderr.write('schema.graphql is out of date; run: npm run schema\n');
    process.exitCode = 1;
  }
}

if (require.main === module) main();
