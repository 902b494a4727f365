import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { execute, getOperationAST, isObjectType, parse, type GraphQLSchema } from 'graphql';
import { Ledger } from '../src/rankings/ledger';
import type { Ranking } from '../src/rankings/ranking.service';
import { rankedRows } from '../src/rankings/ranking-view';
import { uncertainCities } from '../src/rankings/robustness-view';
import type { Uncertainty } from '../src/rankings/uncertainty-analysis';
import type { Context } from '../src/resolvers/context';
import { createSchema } from '../src/resolvers/schema';
import { createApp, type App } from '../src/server/app';
import { readConfig } from '../src/server/config';
import { CompiledOperations } from '../src/server/executor';
import { prepareDatabase } from '../src/server/start-up';
import { formatMs, medianMs, type Benchmark, type Row } from './bench';
import { contextOf } from './context';
import { writeLargeBundle } from './large-bundle';

const CITIES = 10_000;
const INDICATORS = 12;
const PAGE = 200;
const RUNS = { runs: 15, warmUp: 8 };

/** Bounds of ranks by draws of the weights. */
const BOUNDS = [
  {
    name: 'bounds by draws',
    rows: draws(`cities(first: ${String(PAGE)}) { nodes { cityCode rank { percentiles { share value } } } }`),
    columns: draws('columns { rank { percentiles { share values } } }'),
  },
] as const;

/** What the run of draws is asked; the query names as little as it must, since the run is made beforehand. */
const DRAWS = {
  seed: 1,
  draws: 50,
  weights: { method: 'SIMPLEX' },
  percentiles: [0.05, 0.95],
  pairs: false,
  acceptability: false,
} as const;

function draws(selection: string): string {
  return `uncertainty(input: {}) { ${selection} }`;
}

const rowsOf = (bounds: string): string =>
  `{ ranking { rows(first: ${String(PAGE)}) { nodes { rank score city { code } } } ${bounds} } }`;
const columnsOf = (bounds: string): string => `{ ranking { columns { cityCodes ranks scores } ${bounds} } }`;

/**
 * The schema with no limit on a page of cities, so that the row form comes in one answer too, and with one run of draws for
 * all, since that of so many cities is too large to be kept.
 */
function adapted(schema: GraphQLSchema, run: Uncertainty): GraphQLSchema {
  const fieldOf = (typeName: string, name: string) => {
    const type = schema.getType(typeName);
    const field = isObjectType(type) ? type.getFields()[name] : undefined;
    if (!field) throw new Error(`${typeName}.${name} is not there.`);
    return field;
  };
  fieldOf('Ranking', 'rows').resolve = (ranking: Ranking) => rankedRows(ranking, { first: CITIES });
  fieldOf('Uncertainty', 'cities').resolve = (found: Uncertainty) => uncertainCities(found, { first: CITIES });
  fieldOf('Robustness', 'uncertainty').resolve = () => run;
  return schema;
}

async function withApp<T>(use: (app: App) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'city-ranking-bench-'));
  writeLargeBundle(folder, CITIES, INDICATORS);
  const config = readConfig({
    SQLITE_PATH: ':memory:',
    DATA_BUNDLE: folder,
    LOG_LEVEL: 'silent',
    NODE_ENV: 'production',
    ANSWER_CACHE_MIB: '0',
  });
  const dataSource = await prepareDatabase(config);
  const app = await createApp({ config, dataSource });
  try {
    return await use(app);
  } finally {
    await app.close();
    await dataSource.destroy();
    rmSync(folder, { recursive: true });
  }
}

interface Measured {
  readonly ms: number;
  readonly bytes: number;
}

/** Over HTTP, answers not kept: all pages of rows one after the other, and all columns at once; without bounds. */
async function overHttp(app: App): Promise<{ readonly rows: Measured; readonly columns: Measured }> {
  const address = await app.http.listen({ port: 0, host: '127.0.0.1' });
  const ask = async (query: string, variables: object): Promise<string> => {
    const response = await fetch(`${address}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query, variables }),
    });
    return response.text();
  };
  const page = `query ($after: String) { ranking { rows(first: ${String(PAGE)}, after: $after) { nodes { rank score city { code } } pageInfo { endCursor hasNextPage } } } }`;
  const pages = async (): Promise<number> => {
    let bytes = 0;
    for (let after: string | null = null, more = true; more;) {
      const text = await ask(page, { after });
      bytes += Buffer.byteLength(text);
      const { endCursor, hasNextPage } = (JSON.parse(text) as PageAnswer).data.ranking.rows.pageInfo;
      [after, more] = [endCursor, hasNextPage];
    }
    return bytes;
  };
  const columns = async (): Promise<number> => Buffer.byteLength(await ask(columnsOf(''), {}));
  const measure = async (work: () => Promise<number>, runs: number): Promise<Measured> => ({
    bytes: await work(),
    ms: await medianMs(work, { runs, warmUp: 5 }),
  });
  return { rows: await measure(pages, 5), columns: await measure(columns, 25) };
}

interface PageAnswer {
  readonly data: {
    readonly ranking: {
      readonly rows: { readonly pageInfo: { readonly endCursor: string; readonly hasNextPage: boolean } };
    };
  };
}

/** Rank, score and bounds of 10,000 cities as rows and as columns. The ranking and its bounds are kept: it is the form that is measured. */
export const benchmark: Benchmark = {
  title:
    'Rank, score and bounds of 10,000 cities in one answer, rows against columns (targets: 5 × as fast, 0.33 of the bytes)',
  rows: () =>
    withApp(async (app) => {
      const context = (): Context => contextOf(app, new Ledger());
      const { rankings, robustness, life } = context();
      const schema = adapted(
        createSchema(),
        await robustness.run('UNCERTAINTY', await rankings.rank({}), DRAWS, { at: 'input', signal: life.signal }),
      );
      const compiled = new CompiledOperations(schema, 0);
      const measure = async (query: string, isCompiled: boolean): Promise<Measured> => {
        const document = parse(query);
        const operation = getOperationAST(document);
        if (!operation) throw new Error('The query has no operation.');
        const run = async (): Promise<string> => {
          if (!isCompiled) return JSON.stringify(await execute({ schema, document, contextValue: context() }));
          return JSON.stringify({ data: await compiled.run(document, operation, context(), {}) });
        };
        const text = await run();
        if (text.includes('"errors"') || text.startsWith('{"data":null')) throw new Error(text.slice(0, 500));
        return { bytes: Buffer.byteLength(text), ms: await medianMs(run, RUNS) };
      };
      const table: Row[] = [];
      const compare = (name: string, rows: Measured, columns: Measured): void => {
        const size = ({ bytes }: Measured): string => `${String(Math.round(bytes / 1024))} KiB`;
        const speed = (rows.ms / columns.ms).toFixed(1);
        const share = (columns.bytes / rows.bytes).toFixed(2);
        table.push(
          { name: `rows, ${name}`, value: formatMs(rows.ms), note: size(rows) },
          {
            name: `columns, ${name}`,
            value: formatMs(columns.ms),
            note: `${size(columns)}: ${speed} × as fast, ${share} of the bytes`,
          },
        );
      };
      for (const isCompiled of [true, false])
        for (const { name, rows, columns } of BOUNDS) {
          const how = `${name}, ${isCompiled ? 'compiled' : 'graphql-js'}`;
          compare(
            how,
            await measure(rowsOf(inRobustness(rows)), isCompiled),
            await measure(columnsOf(inRobustness(columns)), isCompiled),
          );
        }
      const { rows, columns } = await overHttp(app);
      compare(`no bounds, over HTTP, ${String(CITIES / PAGE)} pages against one answer`, rows, columns);
      return table;
    }),
};

const inRobustness = (selection: string): string => `robustness { ${selection} }`;
