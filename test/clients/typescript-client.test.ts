import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import {
  AcceptabilityDocument,
  CitiesDocument,
  ClientError,
  createClient,
  ExplainDocument,
  NodeDocument,
  PermalinkDocument,
  RankingByDigestDocument,
  RankingColumnsDocument,
  RankBoundsDocument,
  RankingDocument,
  RobustnessOfJobDocument,
  StartRobustnessDocument,
  UncertaintyDocument,
} from '../../clients/typescript/src';
import { inModules, listen, ROOT, runNode, type Server } from './server';

const CLIENT = join(ROOT, 'clients', 'typescript');

let server: Server;
beforeAll(async () => {
  server = await listen();
});
afterAll(() => server.close());

describe('@city-ranking/client', () => {
  it('is what the schema and its operations give', async () => {
    await expect(runNode(['scripts/generate-client.mjs', '--check'])).resolves.toBe('');
  });

  it('compiles with its samples under strict', async () => {
    await expect(runNode([inModules('typescript', 'bin', 'tsc'), '-p', CLIENT])).resolves.toBe('');
  }, 60_000);

  it('asks with types, and gives what the service gives', async () => {
    const client = createClient({ url: server.url });
    const { ranking } = await client.request(RankingColumnsDocument, { input: { year: 2018 } });
    const expected = await server.data(
      '{ ranking(input: { year: 2018 }) { digest columns { cityCodes ranks scores nodes { node ranks scores } } } }',
    );
    expect(ranking?.digest).toBe(expected.at('ranking', 'digest'));
    expect(ranking?.columns).toEqual(expected.at('ranking', 'columns'));
    const score: number | null | undefined = ranking?.columns.scores[0];
    expect(score).toBeGreaterThan(0);
  });

  it('reads every page of a list, in order and once', async () => {
    const client = createClient({ url: server.url });
    const codes: string[] = [];
    for await (const { code } of client.items(CitiesDocument, { first: 70 }, ({ cities }) => cities)) codes.push(code);
    const ranked: string[] = [];
    for await (const { city } of client.items(RankingDocument, { first: 7 }, ({ ranking }) => ranking?.rows))
      ranked.push(city.code);
    const expected = await server.data('{ release { cityCount } ranking { columns { cityCodes } } }');
    expect(codes).toHaveLength(Number(expected.at('release', 'cityCount')));
    expect(codes).toEqual([...new Set(codes)].sort());
    expect(ranked).toEqual(expected.at('ranking', 'columns', 'cityCodes'));
  });

  it('reads of a job what it reads where the analysis is asked for at once', async () => {
    const client = createClient({ url: server.url });
    const input = { rankBounds: { otherLimits: 'OBSERVED', statistics: 'HELD' } } as const;
    const { startRobustness } = await client.request(StartRobustnessDocument, { input });
    expect(startRobustness.userErrors).toEqual([]);
    const id = startRobustness.job?.id ?? '';
    let job = (await client.request(RobustnessOfJobDocument, { id })).job;
    while (job?.state === 'QUEUED' || job?.state === 'RUNNING') {
      await sleep(50);
      ({ job } = await client.request(RobustnessOfJobDocument, { id }));
    }
    const { ranking } = await client.request(RankBoundsDocument, {});
    expect([job?.state, job?.result?.digest]).toEqual(['DONE', ranking?.digest]);
    expect(job?.result?.rankBounds?.columns.cityCodes).toHaveLength(39);
    expect(job?.result?.rankBounds).toEqual(ranking?.robustness.rankBounds);
  });

  it('asks for an analysis of robustness, whole and page by page', async () => {
    const client = createClient({ url: server.url });
    const input = { draws: 20, acceptability: true, weights: { method: 'SIMPLEX' as const } };
    const { ranking } = await client.request(UncertaintyDocument, { input });
    const columns = ranking?.robustness.uncertainty?.columns;
    expect(columns?.nominalRanks).toHaveLength(39);
    const paged: string[] = [];
    const pages = client.items(
      AcceptabilityDocument,
      { input, first: 20 },
      (data) => data.ranking?.robustness.uncertainty?.cities,
    );
    for await (const { cityCode, acceptability } of pages) {
      paged.push(cityCode);
      expect(acceptability?.centralWeights === null).toBe(acceptability?.firstDraws === 0);
    }
    expect(paged).toEqual(columns?.cityCodes);
  });

  it('a ranking is kept, cited by its digest and fetched by its id', async () => {
    const client = createClient({ url: server.url });
    const { ranking } = await client.request(PermalinkDocument, { input: { year: 2017 } });
    expect(ranking?.permalink).toBe(`/rankings/${String(ranking?.digest)}`);
    const { rankingByDigest } = await client.request(RankingByDigestDocument, { digest: ranking?.digest ?? '' });
    expect(rankingByDigest?.year).toBe(2017);
    const { node } = await client.request(NodeDocument, { id: rankingByDigest?.id ?? '' });
    expect(node?.__typename === 'Ranking' && node.digest).toBe(ranking?.digest);
  });

  it('an error of the answer is thrown with its code, or given beside the data', async () => {
    const client = createClient({ url: server.url });
    const variables = { city: 'nope' };
    const error: unknown = await client.request(ExplainDocument, variables).catch((reason: unknown) => reason);
    expect(error).toBeInstanceOf(ClientError);
    expect(error).toMatchObject({ code: 'NOT_FOUND', status: 200, errors: [{ path: ['explain'] }] });
    await expect(client.answer(ExplainDocument, variables)).resolves.toMatchObject({
      data: { explain: null },
      errors: [{ extensions: { code: 'NOT_FOUND', field: 'city' } }],
    });
  });

  it('a service that is not there, or not GraphQL, is told apart', async () => {
    const nowhere = createClient({ url: 'http://127.0.0.1:9/graphql' });
    await expect(nowhere.request(RankingDocument)).rejects.toMatchObject({ name: 'ClientError', status: null });
    const health = createClient({
      url: server.url.replace('/graphql', '/nothing'),
      fetch: () => Promise.resolve(new Response('no', { status: 502 })),
    });
    await expect(health.request(RankingDocument)).rejects.toMatchObject({ name: 'ClientError', status: 502 });
  });
});

describe('its samples', () => {
  const sample = (name: string): Promise<string> =>
    runNode([join(CLIENT, 'samples', 'run.mjs'), name], { env: { CITY_RANKING_URL: server.url } });

  it('node: own weights, checked, ranked and explained', async () => {
    const input = '{ year: 2019, recipe: { weight: { method: GIVEN, weights: [{ node: "governance", weight: 2 }] } } }';
    const expected = await server.data(
      `{ ranking(input: ${input}) { digest rows(first: 1) { totalCount nodes { score city { name } } } } }`,
    );
    const output = await sample('node');
    const rows = ['ranking', 'rows'] as const;
    expect(output).toContain(String(expected.at('ranking', 'digest')).slice(0, 12));
    expect(output).toContain(
      `1. ${String(expected.at(...rows, 'nodes', 0, 'city', 'name'))} ${Number(expected.at(...rows, 'nodes', 0, 'score')).toFixed(2)}`,
    );
    expect(output).toContain(`${String(expected.at(...rows, 'totalCount'))} cities in all`);
    expect(output).toMatch(/gains most by .+: \d+\.\d\d/);
  });

  it('table: ten rows and a line of means', async () => {
    const expected = await server.data('{ ranking { rows(first: 10) { nodes { rank score city { name } } } } }');
    const lines = (await sample('table')).trimEnd().split('\n');
    const rows = expected.list('ranking', 'rows', 'nodes') as { rank: number; score: number; city: { name: string } }[];
    expect(lines).toHaveLength(13);
    rows.forEach(({ rank, score, city }, i) => {
      expect(lines[i + 2]?.split(/\s{2,}/).map((cell) => cell.trim())).toEqual(
        expect.arrayContaining([city.name, score.toFixed(2)]),
      );
      expect(lines[i + 2]?.trim().startsWith(String(rank))).toBe(true);
    });
    expect(lines.at(-1)).toContain('mean of all');
  });

  describe('browser', () => {
    let page: ChildProcess;
    let address: string;
    beforeAll(async () => {
      page = spawn(process.execPath, [join(CLIENT, 'samples', 'browser', 'serve.mjs')], {
        env: { ...process.env, CITY_RANKING_URL: server.url, PORT: '0' },
      });
      address = await new Promise<string>((resolve, reject) => {
        page.stdout?.once('data', (text: Buffer) => {
          resolve(text.toString().trim());
        });
        page.stderr?.once('data', (text: Buffer) => {
          reject(new Error(text.toString()));
        });
      });
    });
    afterAll(() => page.kill());

    it('loads nothing from elsewhere, and reaches the service at its own origin', async () => {
      const html = await (await fetch(address)).text();
      const script = await (await fetch(`${address}main.js`)).text();
      expect(html).toContain('<script src="main.js">');
      expect(html).not.toMatch(/(src|href)="(https?:)?\/\//);
      expect(script.length).toBeGreaterThan(10_000);
      expect(script).not.toMatch(/import\(|importScripts/);
      const answer = await createClient({ url: `${address}graphql` }).request(RankingDocument, { first: 1 });
      expect(answer.ranking?.rows.nodes).toHaveLength(1);
    });

    const chromium = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
    (chromium ? it : it.skip)('draws the ranking in a browser', async () => {
      const { stdout } = await promisify(execFile)(
        chromium ?? '',
        ['--headless', '--no-sandbox', '--disable-gpu', '--virtual-time-budget=5000', '--dump-dom', address],
        { timeout: 25_000 },
      );
      const expected = await server.data('{ ranking { rows(first: 10) { nodes { score city { name } } } } }');
      const rows = expected.list('ranking', 'rows', 'nodes') as { score: number; city: { name: string } }[];
      expect(stdout).toContain('10 of 39 cities, 2019');
      for (const { score, city } of rows)
        expect(stdout).toMatch(new RegExp(`<td class="">${city.name}</td>.*?${score.toFixed(2)}</td>`));
    });
  });
});
