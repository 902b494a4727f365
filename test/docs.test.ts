import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { findExchanges, fillAnswers, type AnswerSource } from '../scripts/docs/answers';
import { openBuiltInApp, type BuiltInApp } from '../scripts/docs/built-in-app';
import { anchorOf } from '../scripts/docs/method-page';
import { emitPages, GENERATED_PAGES, handWrittenPages } from '../scripts/emit-docs';
import { CSV_TABLES } from '../src/datasets/bundle';
import { BUNDLE_FILES } from '../src/datasets/limits';
import { allMethods, MAX_RECIPE_LIST, registry, WARNING_MEANINGS } from '../src/scoring';
import { readConfig } from '../src/server/config';
import { ERROR_CATALOGUE } from '../src/server/errors';

const ROOT = join(__dirname, '..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');

/** Rows of all Markdown tables of a page, as cells without the code marks. */
const tableRows = (markdown: string): string[][] =>
  markdown
    .split('\n')
    .filter((line) => line.startsWith('|') && !/^\|[\s|:-]+\|$/.test(line))
    .map((line) =>
      line
        .slice(1, -1)
        .split(/(?<!\\)\|/)
        .map((cell) => cell.trim().replace(/^`(.*)`$/, '$1')),
    );

let app: BuiltInApp;
beforeAll(async () => {
  app = await openBuiltInApp();
}, 60_000);
afterAll(async () => {
  await app.close();
});

// Prettier cannot be loaded by jest; it is not needed where nothing is to be replaced.
const plain: AnswerSource['format'] = (answer) => Promise.resolve(JSON.stringify(answer));

const hasErrors = (answer: unknown): boolean => typeof answer === 'object' && answer !== null && 'errors' in answer;

describe('pages', () => {
  const pages = handWrittenPages(ROOT);

  it.each([...pages, ...GENERATED_PAGES.map(({ path }) => path)])(
    '%s is as `npm run docs` writes it, answers included',
    async (path) => {
      const emitted = await emitPages({ execute: app.execute, format: plain }, ROOT);
      expect(read(path)).toBe(emitted.get(path));
    },
  );

  it.each(pages)(
    '%s: every request is answered without an error, unless it shows one under a heading on errors',
    async (path) => {
      const text = read(path);
      const lines = text.split('\n');
      for (const { request, line, answer } of findExchanges(text)) {
        const heading = lines.slice(0, line).findLast((candidate) => candidate.startsWith('#')) ?? '';
        const mayFail = answer !== null && heading.includes('Errors');
        const failed = hasErrors(await app.execute(request));
        expect({ line, failed }).toEqual({ line, failed: failed && mayFail });
      }
    },
  );

  it('README and the guides show requests', () => {
    const counts = Object.fromEntries(pages.map((path) => [path, findExchanges(read(path)).length]));
    expect(counts['README.md']).toBeGreaterThanOrEqual(4);
    expect(counts['docs/api-guide.md']).toBeGreaterThanOrEqual(10);
    expect(counts['docs/analyst-guide.md']).toBeGreaterThanOrEqual(5);
  });
});

describe('links', () => {
  const markdown = ['README.md', 'CHANGELOG.md', 'data/PROVENANCE.md', ...markdownIn('docs')];

  it.each(markdown)('%s: relative links lead to a file, and to a heading of it', (path) => {
    const broken = [...read(path).matchAll(/\]\(([^)\s]+)\)/g)]
      .map((match) => match[1] ?? '')
      .filter((target) => !/^[a-z]+:/.test(target))
      .filter((target) => !resolves(path, target));
    expect(broken).toEqual([]);
  });
});

function markdownIn(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = `${folder}/${entry.name}`;
    return entry.isDirectory() ? markdownIn(path) : entry.name.endsWith('.md') ? [path] : [];
  });
}

function resolves(from: string, target: string): boolean {
  const [file = '', anchor] = target.split('#');
  const path = file === '' ? from : join(dirname(from), file);
  if (!existsSync(join(ROOT, path))) return false;
  if (anchor === undefined) return true;
  const headings = read(path)
    .split('\n')
    .filter((line) => /^#+ /.test(line))
    .map((line) => anchorOf(line.replace(/^#+ /, '')));
  return headings.includes(anchor);
}

describe('docs/methods.md', () => {
  const page = read('docs/methods.md');

  it('has a section for every method, with its formula', () => {
    for (const method of allMethods()) {
      expect(page).toContain(`### ${method.title} (\`${method.id}\`)`);
      expect(page).toContain(method.formula);
    }
  });

  it('shows the counter-example of every property that a method denies', () => {
    const denied = allMethods().flatMap((method) => Object.values(method.properties).filter(({ holds }) => !holds));
    expect(page.match(/^- `[A-Z_]+`: columns? /gm)).toHaveLength(denied.length);
  });

  it('lists every warning', () => {
    for (const [code, meaning] of Object.entries(WARNING_MEANINGS))
      expect(page).toContain(`| \`${code}\` | ${meaning} |`);
  });

  it('names the methods of the registry and no other', () => {
    const ids = [...page.matchAll(/^### .* \(`([A-Z0-9_]+)`\)$/gm)].map((match) => match[1]);
    expect(ids.sort()).toEqual(
      Object.values<ReadonlyMap<string, unknown>>({ ...registry })
        .flatMap((methods) => [...methods.keys()])
        .sort(),
    );
  });
});

describe('docs/dependencies.md', () => {
  it('lists every dependency of package.json and no other', () => {
    const manifest: unknown = JSON.parse(read('package.json'));
    const listed = read('docs/dependencies.md').split('## Overrides')[0] ?? '';
    const names = tableRows(listed)
      .map(([name]) => name)
      .filter((name) => name !== 'Package');
    expect(names).toEqual([...namesIn(manifest, 'dependencies'), ...namesIn(manifest, 'devDependencies')]);
  });
});

function namesIn(manifest: unknown, key: string): string[] {
  const record: unknown = Object.entries(Object(manifest) as object).find(([name]) => name === key)?.[1];
  return Object.keys(Object(record) as object).sort();
}

describe('docs/operations.md', () => {
  const settings = new Map(
    tableRows(read('docs/operations.md')).map(([name = '', , fallback = '']) => [name, fallback]),
  );

  it('names every setting that the service reads, and no other', () => {
    const source = read('src/server/config.ts');
    const known = [...source.matchAll(/^ {6}([A-Z][A-Z_]+): /gm)].map((match) => match[1] ?? '');
    const documented = [...settings.keys()].filter((name) => /^[A-Z][A-Z_]+$/.test(name));
    expect(documented.sort()).toEqual(known.sort());
  });

  it('gives the real defaults', () => {
    const config = readConfig({});
    const { limits } = config;
    const expected: Record<string, string> = {
      PORT: String(config.port),
      HOST: config.host,
      SQLITE_PATH: config.sqlitePath,
      LOG_LEVEL: config.logLevel,
      NODE_ENV: config.environment,
      SHUTDOWN_SECONDS: String(config.shutdownSeconds),
      ANONYMOUS_READ: String(config.anonymousRead),
      JWT_SCOPE_CLAIM: 'scope',
      INTROSPECTION: String(config.introspection),
      EXPLORER: String(config.explorer),
      RELEASE_CHECK_SECONDS: String(config.releaseCheckSeconds),
      KEPT_RANKINGS: String(config.keptRankings),
      RESULT_CACHE_MIB: String(config.resultCacheMiB),
      WORKERS: String(config.workers),
      DEADLINE_SCORING_SECONDS: String(config.deadlines.scoringSeconds),
      DEADLINE_LOOKUP_SECONDS: String(config.deadlines.lookupSeconds),
      LIMIT_BODY_BYTES: String(limits.bodyBytes),
      LIMIT_TOKENS: String(limits.tokens),
      LIMIT_DEPTH: String(limits.depth),
      LIMIT_ALIASES: String(limits.aliases),
      LIMIT_DIRECTIVES: String(limits.directives),
      LIMIT_ROOT_FIELDS: String(limits.rootFields),
      LIMIT_SCORING_ROOT_FIELDS: String(limits.scoringRootFields),
      LIMIT_PAGE_SIZE: String(limits.pageSize),
      LIMIT_CODES: String(limits.codes),
      LIMIT_INDICATOR_CODES: String(limits.indicatorCodes),
      LIMIT_LIST_ITEMS: String(limits.listItems),
      LIMIT_STRING_CHARACTERS: String(limits.stringCharacters),
      LIMIT_DRAWS: String(config.analyses.draws),
      LIMIT_FILE_CELLS: String(config.files.openCells),
      FILE_IDLE_SECONDS: String(config.files.idleSeconds),
      KEEP_ALIVE_SECONDS: String(config.keepAliveSeconds),
      WORKER_MEMORY_MIB: String(config.workerMemoryMiB),
      WORKER_QUEUE: String(config.workerQueue),
      SUBSCRIPTIONS_PER_SOCKET: String(config.subscriptionsPerSocket),
      LIMIT_JOB_CELL_OPERATIONS: String(config.analyses.jobCellOperations),
      LIMIT_JOB_DRAWS: String(config.analyses.jobDraws),
    };
    for (const [name, fallback] of Object.entries(expected))
      expect([name, settings.get(name)]).toEqual([name, fallback]);
    expect([config.databaseUrl, config.dataBundle, config.corsOrigins]).toEqual(['', '', []]);
    for (const name of ['DATABASE_URL', 'DATA_BUNDLE', 'CORS_ORIGINS']) expect(settings.get(name)).toMatch(/^empty: /);
  });
});

describe('docs/api-guide.md', () => {
  it('gives the real limits', () => {
    const limits = new Map(tableRows(read('docs/api-guide.md')).map(([what = '', most = '']) => [what, most]));
    const config = readConfig({}).limits;
    const grouped = (value: number): string => value.toLocaleString('en-GB');
    expect(limits.get('Request body')).toBe(`${String(config.bodyBytes / 1024)} KiB`);
    expect(limits.get('Address')).toBe(`${String(config.urlBytes / 1024)} KiB`);
    expect(limits.get('Headers, the address among them')).toBe(`${String(config.headerBytes / 1024)} KiB`);
    expect(limits.get('Answer, before it is compressed')).toBe(`${String(config.responseBytes / 1024 / 1024)} MiB`);
    expect(limits.get('Lexical tokens in a query')).toBe(grouped(config.tokens));
    expect(limits.get('Nesting of a query')).toBe(grouped(config.depth));
    expect(limits.get('Aliases in a query')).toBe(grouped(config.aliases));
    expect(limits.get('Directives in a query')).toBe(grouped(config.directives));
    expect(limits.get('Root fields in a query')).toBe(grouped(config.rootFields));
    expect(limits.get('Root fields in a query that run a ranking')).toBe(grouped(config.scoringRootFields));
    expect(limits.get('Items on a page')).toBe(grouped(config.pageSize));
    expect(limits.get('Items in any list argument')).toBe(grouped(config.listItems));
    expect(limits.get('Codes of cities, titles or labels in one list')).toBe(grouped(config.codes));
    expect(limits.get('Codes of indicators, nodes or sources in one list')).toBe(grouped(config.indicatorCodes));
    expect(limits.get('Characters in a string argument, cursors and ids apart')).toBe(grouped(config.stringCharacters));
    expect(limits.get('Rules, overrides or weights in one list of a recipe')).toBe(grouped(MAX_RECIPE_LIST));
    expect(limits.get('Nodes of an answer, as estimated')).toBe(grouped(config.nodes));
    expect(limits.get('Cell operations of one request')).toBe(grouped(config.cellOperations));
    const { analyses, deadlines } = readConfig({});
    expect(limits.get('Cell operations of one job')).toBe(grouped(analyses.jobCellOperations));
    expect(limits.get('Draws of an analysis in a request')).toBe(grouped(analyses.draws));
    expect(limits.get('Draws of a job')).toBe(grouped(analyses.jobDraws));
    expect(limits.get('Seconds for an answer that runs a ranking or an analysis')).toBe(
      grouped(deadlines.scoringSeconds),
    );
    expect(limits.get('Seconds for any other answer')).toBe(grouped(deadlines.lookupSeconds));
  });

  it('a canonical recipe, sent back, gives the same digest, as the guide says', async () => {
    const query = 'query ($input: RankingInput) { ranking(input: $input) { digest recipe } }';
    const first = rankingOf(await app.execute({ query }));
    const again = rankingOf(await app.execute({ query, variables: { input: { recipe: first.recipe } } }));
    expect(again).toEqual(first);
  });
});

function rankingOf(answer: unknown): { readonly digest: string; readonly recipe: unknown } {
  if (hasErrors(answer)) throw new Error(JSON.stringify(answer));
  const { data } = answer as { data: { ranking: { digest: string; recipe: unknown } } };
  return data.ranking;
}

describe('docs/data-bundles.md', () => {
  it('gives every file with its columns, those required in bold, and its key', () => {
    const rows = new Map(tableRows(read('docs/data-bundles.md')).map(([file = '', ...cells]) => [file, cells]));
    for (const { file, columns, requiredColumns, keyColumns } of Object.values(CSV_TABLES)) {
      const shown = columns.map((column) => (requiredColumns.includes(column) ? `**${column}**` : column));
      expect([file, rows.get(file)]).toEqual([file, [shown.join(', '), keyColumns.join(', ')]]);
    }
    expect([...rows.keys()].filter((file) => file !== 'File').sort()).toEqual([...BUNDLE_FILES].sort());
  });
});

describe('docs/errors.md', () => {
  it('has every code of the catalogue', () => {
    const codes = tableRows(read('docs/errors.md'))
      .map(([code]) => code)
      .filter((code) => code !== 'Code');
    expect(codes).toEqual(Object.keys(ERROR_CATALOGUE));
  });
});

describe('the faults that the analyst guide names are in the data', () => {
  const values = new Map(
    read('data/city-digital-governance/observations.csv')
      .split('\n')
      .filter((line) => line.includes(',SRC-CUHKSZ-PANEL,'))
      .map((line) => line.split(','))
      .map(([city = '', indicator = '', year = '', value = '']) => [`${city} ${indicator} ${year}`, Number(value)]),
  );
  const seriesOf = (city: string): Map<string, number> =>
    new Map([...values].filter(([key]) => key.startsWith(city)).map(([key, value]) => [key.slice(city.length), value]));

  it('Taiyuan and Dongguan are the same wherever both have a value', () => {
    const taiyuan = seriesOf('140100');
    const both = [...seriesOf('441900')].filter(([key]) => taiyuan.has(key));
    expect(both.length).toBeGreaterThan(200);
    expect(both.every(([key, value]) => taiyuan.get(key) === value)).toBe(true);
  });

  it.each([
    ['330100 rd_share_gdp 2019', 3.45],
    ['360100 rd_share_gdp 2019', 1.81],
    ['150100 rd_share_gdp 2019', 1.274],
    ['440300 rd_share_gdp 2019', 0.04932886918],
    ['120000 scitech_employment_share 2019', 11.8],
    ['110000 invention_patents_per_10k 2019', 132],
    ['350100 invention_patents_per_10k 2019', 132],
    ['110000 fixed_investment_per_resident 2019', 1613.846825],
    ['440600 fixed_investment_per_resident 2019', 5.819538602],
    ['640100 fines_share_budget_revenue 2019', 0.4173192494],
  ])('%s is %d', (key, value) => {
    expect(values.get(key)).toBe(value);
  });
});

describe('fillAnswers', () => {
  const echo: AnswerSource = { execute: (request) => Promise.resolve({ ...request }), format: plain };

  it('replaces the answer below a request, with its variables, and leaves everything else', async () => {
    const page = [
      '# A',
      '```graphql',
      '{ a }',
      '```',
      '```json variables',
      '{ "b": 1 }',
      '```',
      'So:',
      '```json',
      '{}',
      '```',
      'End',
    ];
    const filled = await fillAnswers(page.join('\n'), echo);
    expect(filled.split('\n')).toEqual([...page.slice(0, 9), '{"query":"{ a }","variables":{"b":1}}', '```', 'End']);
  });

  it('reads the body of a curl command', async () => {
    const page = ['```bash', `curl http://localhost -d '{"query":"{ a }"}'`, '```', '```json', '{}', '```'];
    expect((await fillAnswers(page.join('\n'), echo)).split('\n')[4]).toBe('{"query":"{ a }"}');
  });

  it('leaves JSON alone that belongs to no request: before one, after its answer, under another heading', async () => {
    const json = ['```json', '{"left": "alone"}', '```'];
    const page = [...json, '```graphql', '{ a }', '```', '## Next', ...json].join('\n');
    expect(await fillAnswers(page, echo)).toBe(page);
  });
});
