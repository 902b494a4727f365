// Does in the folder that it is started in what a front end's build does: graphql-codegen, the introspection for
// graphcache, and Relay's compiler, each on schema.graphql and on the sample's queries.
import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { generate } from '@graphql-codegen/cli';
import relay from 'relay-compiler';

const require = createRequire(import.meta.url);
const { buildSchema, introspectionFromSchema, isObjectType, isIntrospectionType } = require('graphql');
const { minifyIntrospectionQuery } = require('@urql/introspection');

const scalars = { JSON: 'unknown', ID: 'string' };
await generate(
  {
    schema: 'schema.graphql',
    silent: true,
    generates: {
      'src/gql/': {
        preset: 'client',
        documents: 'src/queries.ts',
        config: {
          scalars,
          strictScalars: true,
          defaultScalarType: 'unknown',
          useTypeImports: true,
          enumsAsTypes: true,
        },
      },
      'src/possible-types.ts': { plugins: ['fragment-matcher'] },
    },
  },
  true,
);

const schema = buildSchema(readFileSync('schema.graphql', 'utf8'));
const keyless = Object.values(schema.getTypeMap())
  .filter((type) => isObjectType(type) && !isIntrospectionType(type) && !('id' in type.getFields()))
  .map(({ name }) => name);
const minified = minifyIntrospectionQuery(introspectionFromSchema(schema), { includeScalars: true });
writeFileSync(
  'src/introspection.ts',
  `import type { CacheExchangeOpts } from '@urql/exchange-graphcache';\n` +
    `export const schema: NonNullable<CacheExchangeOpts['schema']> = ${JSON.stringify(minified)};\n` +
    `export const keyless: readonly string[] = ${JSON.stringify(keyless)};\n`,
);

writeFileSync(
  'relay.config.json',
  JSON.stringify({
    src: './relay',
    schema: './schema.graphql',
    language: 'typescript',
    eagerEsModules: true,
    noFutureProofEnums: true,
    customScalarTypes: { JSON: 'unknown' },
  }),
);
execFileSync(relay, ['relay.config.json'], { stdio: ['ignore', 'inherit', 'inherit'] });
