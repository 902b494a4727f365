// Writes the generated part of `clients/typescript`, or with --check fails where it is not what the schema gives.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { generate } from '@graphql-codegen/cli';

const root = fileURLToPath(new URL('..', import.meta.url));
const client = join(root, 'clients', 'typescript');
const file = join(client, 'src', 'generated.ts');

/** The generated module, as it should be committed. */
export async function generateClient() {
  const [output] = await generate(
    {
      schema: join(root, 'schema.graphql'),
      documents: join(client, 'operations', '*.graphql'),
      silent: true,
      generates: {
        [file]: {
          plugins: ['typescript-operations', 'typed-document-node'],
          config: {
            enumsAsTypes: true,
            immutableTypes: true,
            useTypeImports: true,
            strictScalars: true,
            defaultScalarType: 'unknown',
            scalars: { JSON: 'unknown', ID: 'string' },
            dedupeFragments: true,
            avoidOptionals: { field: true, inputValue: false, object: true, defaultValue: false },
          },
        },
      },
    },
    false,
  );
  const header =
    '// Made by `npm run client` from schema.graphql and operations/; do not edit.\n/* eslint-disable */\n';
  return `${header}${output.content.trimEnd()}\n`;
}

const text = await generateClient();
if (!process.argv.includes('--check')) {
  writeFileSync(file, text);
} else if (readFileSync(file, 'utf8') !== text) {
  process.stderr.write('clients/typescript/src/generated.ts is out of date; run: npm run client\n');
  process.exitCode = 1;
}
