import { readExamples } from '../../src/server/graphiql';
import { openApp, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const examples = new Map(readExamples().map(({ name, query }) => [name, query]));

function run(name: string): Promise<Json> {
  const query = examples.get(name);
  if (query === undefined) throw new Error(`No example ${name}.`);
  return app.data(query);
}

const CITIES = ['hangzhou', 'shanghai', 'wuhan'];
const sum = (parts: unknown[]): number => (parts as { value: number }[]).reduce((total, { value }) => total + value, 0);

it('comparison-1: the parts of each gap add to it within 1e-9, and to the difference of the scores', async () => {
  const answer = await run('comparison-1-cities');
  const scores = (answer.list('compareCities', 'cities') as { score: number }[]).map(({ score }) => score);
  const gaps = answer.list('compareCities', 'gaps') as { gap: number; parts: unknown[]; method: string }[];
  expect(gaps).toHaveLength(2);
  gaps.forEach(({ gap, parts, method }, i) => {
    expect(parts).toHaveLength(21);
    expect(method).toBe('CLOSED_FORM');
    expect(Math.abs(sum(parts) - gap)).toBeLessThan(1e-9);
    expect(gap).toBeCloseTo((scores[0] ?? NaN) - (scores[i + 1] ?? NaN), 12);
  });
  // Hangzhou is the only ranked city of new first tier that leads; ranks within a group are never worse than overall.
  for (const node of answer.list('compareCities', 'nodes') as {
    cities: { rank: number | null; rankInTier: number | null; rankInProvince: number | null }[];
  }[])
    for (const { rank, rankInTier, rankInProvince } of node.cities) {
      if (rank === null) continue;
      expect(rankInTier).toBeLessThanOrEqual(rank);
      expect(rankInProvince).toBeLessThanOrEqual(rankInTier ?? Infinity);
    }
});

it('comparison-2: agreement with the report as `agreement` gives it, and a ranking with another rule', async () => {
  const answer = await run('comparison-2-rankings');
  const agreement = await app.data(
    '{ ranking { agreement(with: { report: "2019 Urban Digital Development Index report", dimension: "overall" }) { kendallTauB spearman n pairs { computedRank publishedRank } } } }',
  );
  for (const figure of ['n', 'kendallTauB', 'spearman'])
    expect(answer.at('published', figure)).toBe(agreement.at('ranking', 'agreement', figure));
  const common = answer.list('published', 'common') as { rankA: number; rankB: number; shiftAmongCommon: number }[];
  const place = (of: 'rankA' | 'rankB', rank: number): number => 1 + common.filter((row) => row[of] < rank).length;
  for (const { rankA, rankB, shiftAmongCommon } of common)
    expect(shiftAmongCommon).toBe(place('rankA', rankA) - place('rankB', rankB));
  const moves = common.map(({ shiftAmongCommon }) => Math.abs(shiftAmongCommon));
  expect(answer.at('published', 'largestShift')).toBe(Math.max(...moves));
  expect(answer.at('published', 'meanShift')).toBeCloseTo(moves.reduce((a, b) => a + b, 0) / moves.length, 12);
  expect(answer.at('sums', 'n')).toBe(39);
  expect(answer.list('sums', 'movers')).toHaveLength(3);
});

it('comparison-3: peers of the three, nearest first', async () => {
  const answer = await run('comparison-3-peers');
  for (const city of CITIES) {
    const distances = (answer.list(city) as { distance: number }[]).map(({ distance }) => distance);
    expect(distances).toHaveLength(3);
    expect([...distances].sort((a, b) => a - b)).toEqual(distances);
  }
  // Wuhan's neighbours on the map are the provincial capitals around it, 261 to 320 km away.
  expect((answer.list('wuhan') as { city: { name: string } }[]).map(({ city }) => city.name)).toEqual([
    'Nanchang',
    'Changsha',
    'Hefei',
  ]);
});

it('comparison-4: the weights found agree better than the nominal ones, as a ranking run with them says', async () => {
  const answer = await run('comparison-4-closest-weights');
  const reports = {
    report2019: '2019 Urban Digital Development Index report',
    report2020: 'China Urban Digital Governance Report (2020)',
  };
  for (const [name, report] of Object.entries(reports)) {
    const weights = answer.list(name, 'weights') as { weight: number; frameworkNode: { code: string } }[];
    const again = await app.data(
      `query ($weights: [NodeWeightInput!]) { ranking(input: { recipe: { weight: { method: GIVEN, weights: $weights } } }) { agreement(with: { report: "${report}", dimension: "overall" }) { kendallTauB pairs { computedRank publishedRank } } } }`,
      { weights: weights.map(({ weight, frameworkNode }) => ({ node: frameworkNode.code, weight })) },
    );
    expect(again.at('ranking', 'agreement', 'kendallTauB')).toBeCloseTo(answer.at(name, 'tau') as number, 12);
    expect(answer.at(name, 'tau')).toBeGreaterThan(answer.at(name, 'nominalTau') as number);
    const pairs = again.list('ranking', 'agreement', 'pairs') as { computedRank: number; publishedRank: number }[];
    const reversed = pairs.flatMap((x, i) =>
      pairs.slice(i + 1).filter((y) => (x.publishedRank - y.publishedRank) * (x.computedRank - y.computedRank) < 0),
    ).length;
    expect(answer.at(name, 'reversed')).toBe(reversed);
    expect(answer.at(name, 'fewestReversed')).toBe(reversed);
    const proof = answer.list(name, 'proof') as { figure: number }[];
    expect(proof.reduce((total, { figure }) => total + figure, 0)).toBeCloseTo(1, 9);
  }
});

it('comparison-5: a ranking run with the favourable weights gives the rank', async () => {
  const answer = await run('comparison-5-favourable-weights');
  const codes = ['330100', '310000', '420100'];
  for (const [i, name] of CITIES.entries()) {
    const weights = answer.list(name, 'weights') as { weight: number; frameworkNode: { code: string } }[];
    for (const { weight } of weights) expect(weight).toBeGreaterThanOrEqual(0.1 - 1e-9);
    const again = await app.data(
      'query ($weights: [NodeWeightInput!]) { ranking(input: { recipe: { weight: { method: GIVEN, weights: $weights } } }) { columns { cityCodes ranks } } }',
      { weights: weights.map(({ weight, frameworkNode }) => ({ node: frameworkNode.code, weight })) },
    );
    const place = again.list('ranking', 'columns', 'cityCodes').indexOf(codes[i]);
    expect(again.list('ranking', 'columns', 'ranks')[place]).toBe(answer.at(name, 'rank'));
    expect(answer.at(name, 'exact')).toBe(true);
  }
});

it('explanation-1: contributions add to the distance from the mean, at every node', async () => {
  const answer = await run('explanation-1-explain');
  for (const name of CITIES) {
    const nodes = answer.list(name, 'nodes') as { score: number; mean: number; contributions: unknown[] }[];
    expect(nodes).toHaveLength(6);
    for (const { score, mean, contributions } of nodes)
      expect(Math.abs(sum(contributions) - (score - mean))).toBeLessThan(1e-9);
    expect(answer.list(name, 'indicators')).toHaveLength(21);
  }
});

it('explanation-2: with the change the city has the rank, as `whatIf` says', async () => {
  const answer = await run('explanation-2-counterfactual');
  const codes = ['330100', '310000', '420100'];
  let changed = 0;
  for (const [i, name] of CITIES.entries()) {
    const target = answer.at(name, 'targetRank') as number;
    const reached = (rank: number): boolean =>
      target < (answer.at(name, 'rank') as number) ? rank <= target : rank >= target;
    for (const kind of ['single', 'pair']) {
      if (answer.at(name, kind) === null) continue;
      changed++;
      const changes = answer.list(name, kind, 'changes') as { to: number; indicator: { code: string } }[];
      const explained = await app.data(
        `{ explain(city: "${codes[i] ?? ''}") { indicators { year indicator { code } } } }`,
      );
      const years = explained.list('explain', 'indicators') as { year: number; indicator: { code: string } }[];
      const after = await app.data(
        'query ($changes: [WhatIfChangeInput!]) { whatIf(changes: $changes) { rows { code rankAfter } } }',
        {
          changes: changes.map(({ to, indicator }) => ({
            city: codes[i],
            indicator: indicator.code,
            value: to,
            year: years.find((row) => row.indicator.code === indicator.code)?.year,
          })),
        },
      );
      const row = (after.list('whatIf', 'rows') as { code: string; rankAfter: number }[]).find(
        ({ code }) => code === codes[i],
      );
      expect(reached(row?.rankAfter ?? NaN)).toBe(true);
      expect(reached(answer.at(name, kind, 'rankShortOf') as number)).toBe(false);
    }
  }
  expect(changed).toBeGreaterThanOrEqual(3);
});

it('explanation-3: what moved is what differs between before and after', async () => {
  const answer = await run('explanation-3-what-if');
  for (const name of CITIES) {
    const rows = answer.list(name, 'rows') as { code: string; rankBefore: number | null; rankAfter: number | null }[];
    const moved = answer.list(name, 'moved') as { code: string }[];
    const both = rows.filter(({ rankBefore, rankAfter }) => rankBefore !== null && rankAfter !== null);
    const order = (of: 'rankBefore' | 'rankAfter', row: (typeof rows)[number]): number =>
      both.filter((other) => (other[of] ?? 0) < (row[of] ?? 0)).length;
    const expected = rows.filter((row) => !both.includes(row) || order('rankBefore', row) !== order('rankAfter', row));
    expect(new Set(moved.map(({ code }) => code))).toEqual(new Set(expected.map(({ code }) => code)));
  }
  const hangzhou = answer.list('hangzhou', 'rows') as { code: string; rankAfter: number | null }[];
  expect(hangzhou.find(({ code }) => code === '440300')?.rankAfter).toBeNull();
});
