import { openApp, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const TOPSIS = 'recipe: { aggregate: [{ level: 1, method: ARITHMETIC }, { level: 2, method: TOPSIS }] }';

describe('refusals name where and what', () => {
  it.each([
    ['{ compareCities(codes: ["330100"]) { cities { rank } } }', 'BAD_INPUT', 'codes'],
    ['{ compareCities(codes: ["330100", "330100"]) { cities { rank } } }', 'BAD_INPUT', 'codes'],
    ['{ compareCities(codes: ["330100", "nowhere"]) { cities { rank } } }', 'NOT_FOUND', 'codes[1]'],
    ['{ compareCities(codes: ["330100", "130200"]) { cities { rank } } }', 'NO_DATA', 'codes[1]'],
    ['{ compareCities(codes: ["330100", "310000"]) { gaps(node: "nothing") { gap } } }', 'NOT_FOUND', 'node'],
    [
      '{ compareCities(codes: ["330100", "310000"]) { cities { strengths(first: 51) { rank } } } }',
      'BAD_INPUT',
      'first',
    ],
    ['{ compareRankings(a: {}, b: {}, persistence: 1) { n } }', 'BAD_INPUT', 'persistence'],
    ['{ compareRankings(a: {}, b: { published: { report: "none" } }) { n } }', 'NOT_FOUND', 'b.published'],
    [
      '{ compareRankings(a: { ranking: { methodology: "default" }, published: { report: "none" } }, b: {}) { n } }',
      'BAD_INPUT',
      'a',
    ],
    ['{ peers(city: "x") { distance } }', 'NOT_FOUND', 'city'],
    ['{ peers(city: "330100", by: { distance: INDICATORS }) { distance } }', 'BAD_INPUT', 'by.indicators'],
    [
      '{ peers(city: "330100", by: { distance: INDICATORS, indicators: ["no"] }) { distance } }',
      'NOT_FOUND',
      'by.indicators[0]',
    ],
    [
      '{ peers(city: "330100", by: { indicators: ["rd_share_gdp"] }) { distance } }',
      'PARAMETER_NOT_USED',
      'by.indicators',
    ],
    ['{ closestWeights(published: { report: "none" }) { tau } }', 'NOT_FOUND', 'published'],
    [
      '{ closestWeights(published: { report: "UN Local Online Service Index (LOSI)" }) { tau } }',
      'NO_DATA',
      'published',
    ],
    ['{ favourableWeights(city: "330100", limits: { min: 0.5 }) { rank } }', 'BAD_INPUT', 'limits'],
    [
      '{ favourableWeights(city: "330100", limits: { nodes: [{ node: "no", min: 0, max: 1 }] }) { rank } }',
      'NOT_FOUND',
      'limits.nodes[0].node',
    ],
    [`{ favourableWeights(city: "330100", input: { ${TOPSIS} }) { rank } }`, 'PRECONDITION_FAILED', 'recipe.aggregate'],
    ['{ explain(city: "x") { rank } }', 'NOT_FOUND', 'city'],
    ['{ counterfactual(city: "330100", targetRank: 99) { rank } }', 'BAD_INPUT', 'targetRank'],
    [
      '{ counterfactual(city: "330100", targetRank: 3, limits: [{ indicator: "x", min: 0, max: 1 }]) { rank } }',
      'NOT_FOUND',
      'limits[0].indicator',
    ],
    ['{ whatIf(remove: ["x"]) { rows { code } } }', 'NOT_FOUND', 'remove[0]'],
    ['{ whatIf(add: [{ code: "330100", values: [] }]) { rows { code } } }', 'BAD_INPUT', 'add[0].code'],
    [
      '{ whatIf(changes: [{ city: "330100", indicator: "x", value: 1 }]) { rows { code } } }',
      'NOT_FOUND',
      'changes[0].indicator',
    ],
    ['{ whatIf(weights: [{ node: "x", weight: 1 }]) { rows { code } } }', 'NOT_FOUND', 'weights[0].node'],
    [
      '{ whatIf(weights: [{ node: "governance", weight: -1 }]) { rows { code } } }',
      'WEIGHTS_INVALID',
      'weights[0].weight',
    ],
    [
      '{ whatIf(weights: [{ node: "governance", weight: 1 }], input: { recipe: { weight: { method: ENTROPY } } }) { rows { code } } }',
      'BAD_INPUT',
      'weights',
    ],
  ])('%s', async (query, code, field) => {
    const { body } = await app.query(query);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field });
  });
});

describe('whole-table methods at the root', () => {
  it('gaps and contributions add up, and the tables of the method are the city’s own', async () => {
    const answer = await app.data(
      `{ compareCities(codes: ["330100", "420100"], input: { ${TOPSIS} }) { gaps { gap method orders parts { value } } }
         explain(city: "420100", input: { ${TOPSIS} }) { score nodes { node score mean method contributions { value } intermediates { caption ofCity columns values } } } }`,
    );
    const total = (...path: (string | number)[]): number =>
      (answer.list(...path) as { value: number }[]).reduce((sum, { value }) => sum + value, 0);
    expect(answer.at('compareCities', 'gaps', 0, 'method')).toBe('SHAPLEY_SAMPLED');
    expect(total('compareCities', 'gaps', 0, 'parts')).toBeCloseTo(
      answer.at('compareCities', 'gaps', 0, 'gap') as number,
      9,
    );
    expect(total('explain', 'nodes', 0, 'contributions')).toBeCloseTo(
      (answer.at('explain', 'nodes', 0, 'score') as number) - (answer.at('explain', 'nodes', 0, 'mean') as number),
      9,
    );
    const tables = answer.list('explain', 'nodes', 0, 'intermediates') as {
      columns: string[];
      values: number[];
      ofCity: boolean;
    }[];
    const distances = tables.find(({ columns, ofCity }) => ofCity && columns.length === 2);
    // TOPSIS's closeness is D⁻ / (D⁺ + D⁻).
    const [away = NaN, near = NaN] = distances?.values ?? [];
    expect(near / (away + near)).toBeCloseTo(answer.at('explain', 'score') as number, 12);
  });
});

it('work that costs too much is refused before it is done', async () => {
  const input = 'input: { methodology: "digital-life", recipe: { aggregate: [{ level: 1, method: ELECTRE_III }] } }';
  for (const query of [
    `{ explain(city: "420100", ${input}) { nodes { contributions { value } } } }`,
    `{ counterfactual(city: "420100", targetRank: 1, ${input}) { rank } }`,
  ]) {
    const { body } = await app.query(query);
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'BUDGET_EXCEEDED' });
  }
});

describe('explain', () => {
  it('weighted values add to the score where the index is a plain sum without gaps', async () => {
    const answer = await app.data(
      '{ explain(city: "320100", input: { recipe: { impute: { method: MEDIAN }, aggregate: [{ level: 1, method: ARITHMETIC }] } }) { score indicators { weighted normalised wasImputed raw imputed } } }',
    );
    const rows = answer.list('explain', 'indicators') as {
      weighted: number;
      wasImputed: boolean;
      raw: number | null;
      imputed: number;
    }[];
    expect(rows.reduce((sum, { weighted }) => sum + weighted, 0)).toBeCloseTo(
      answer.at('explain', 'score') as number,
      9,
    );
    for (const { wasImputed, raw, imputed } of rows)
      if (wasImputed) expect(raw).toBeNull();
      else expect(imputed).toBe(raw);
  });
});

describe('peers', () => {
  it('by named indicators: distances of the treated values in standard deviations', async () => {
    const answer = await app.data(
      `{ peers(city: "330100", first: 50, by: { distance: INDICATORS, indicators: ["dfi_usage_depth"] }) { distance city { code } }
         ranking { rows(first: 50) { nodes { city { code } nodeScores { node figures { prepared } } } } } }`,
    );
    const values = new Map(
      (
        answer.list('ranking', 'rows', 'nodes') as {
          city: { code: string };
          nodeScores: { node: string; figures: { prepared: number } | null }[];
        }[]
      ).map(({ city, nodeScores }) => [
        city.code,
        nodeScores.find(({ node }) => node === 'dfi_usage_depth')?.figures?.prepared ?? NaN,
      ]),
    );
    const all = [...values.values()];
    const mean = all.reduce((a, b) => a + b, 0) / all.length;
    const deviation = Math.sqrt(all.reduce((a, b) => a + (b - mean) ** 2, 0) / (all.length - 1));
    const peers = answer.list('peers') as { distance: number; city: { code: string } }[];
    expect(peers).toHaveLength(38);
    for (const { distance, city } of peers)
      expect(distance).toBeCloseTo(
        Math.abs((values.get(city.code) ?? NaN) - (values.get('330100') ?? NaN)) / deviation,
        9,
      );
  });

  it('within the tier and the province only', async () => {
    const answer = await app.data(
      '{ tier: peers(city: "330100", first: 50, by: { sameTier: true }) { city { tier } } province: peers(city: "330100", first: 50, by: { sameProvince: true }) { city { provinceCode } } }',
    );
    expect(new Set(answer.list('tier').map((peer) => JSON.stringify(peer)))).toEqual(
      new Set(['{"city":{"tier":"new_first"}}']),
    );
    expect(answer.list('province')).toEqual([{ city: { provinceCode: '330000' } }]);
  });
});

describe('whatIf', () => {
  it('nothing changed: nothing moved', async () => {
    const answer = await app.data('{ whatIf { moved { code } rows { rankBefore rankAfter scoreBefore scoreAfter } } }');
    expect(answer.list('whatIf', 'moved')).toEqual([]);
    expect(answer.list('whatIf', 'rows')).toHaveLength(39);
  });

  it('an added copy of a city ties with it', async () => {
    const explained = await app.data('{ explain(city: "330100") { indicators { raw indicator { code } } } }');
    const values = (
      explained.list('explain', 'indicators') as { raw: number | null; indicator: { code: string } }[]
    ).flatMap(({ raw, indicator }) => (raw === null ? [] : [{ indicator: indicator.code, value: raw }]));
    const answer = await app.data(
      'query ($add: [AddedCityInput!]) { whatIf(add: $add, input: { recipe: { treat: { method: NONE } } }) { rows { code rankAfter scoreAfter city { code } } } }',
      { add: [{ code: 'copy', values }] },
    );
    const rows = answer.list('whatIf', 'rows') as {
      code: string;
      rankAfter: number;
      scoreAfter: number;
      city: unknown;
    }[];
    const [copy, own] = ['copy', '330100'].map((code) => rows.find((row) => row.code === code));
    expect(copy?.city).toBeNull();
    expect(copy?.scoreAfter).toBe(own?.scoreAfter);
    expect(copy?.rankAfter).toBe(own?.rankAfter);
  });

  it('leaving cities out gives what a selection without them gives', async () => {
    const answer = await app.data(
      '{ whatIf(remove: ["440300", "110000"]) { rows { code rankAfter scoreAfter } } ranking { columns { cityCodes } } }',
    );
    const codes = answer
      .list('ranking', 'columns', 'cityCodes')
      .filter((code) => code !== '440300' && code !== '110000');
    const selected = await app.data(
      'query ($codes: [String!]) { ranking(input: { cities: { codes: $codes } }) { columns { cityCodes ranks scores } } }',
      { codes },
    );
    const rows = (
      answer.list('whatIf', 'rows') as { code: string; rankAfter: number | null; scoreAfter: number }[]
    ).filter(({ rankAfter }) => rankAfter !== null);
    expect(rows.map(({ code }) => code)).toEqual(selected.list('ranking', 'columns', 'cityCodes'));
    expect(rows.map(({ scoreAfter }) => scoreAfter)).toEqual(selected.list('ranking', 'columns', 'scores'));
  });

  it('an observation taken away: the city lacks it', async () => {
    const answer = await app.data(
      '{ whatIf(changes: [{ city: "330100", indicator: "rd_share_gdp" }]) { rows { code scoreBefore scoreAfter } } }',
    );
    const row = (answer.list('whatIf', 'rows') as { code: string; scoreAfter: number; scoreBefore: number }[]).find(
      ({ code }) => code === '330100',
    );
    expect(row?.scoreAfter).toBeLessThan(row?.scoreBefore ?? -Infinity);
  });
});

describe('compareRankings', () => {
  it('a ranking with itself agrees in full', async () => {
    const answer = await app.data(
      '{ compareRankings(a: {}, b: {}) { n kendallTauB spearman pearsonOfScores rankBiasedOverlap meanShift largestShift onlyA { code } onlyB { code } } }',
    );
    expect(answer.value).toEqual({
      compareRankings: {
        n: 39,
        kendallTauB: 1,
        spearman: 1,
        pearsonOfScores: expect.closeTo(1, 12) as number,
        rankBiasedOverlap: expect.closeTo(1, 12) as number,
        meanShift: 0,
        largestShift: 0,
        onlyA: [],
        onlyB: [],
      },
    });
  });

  it('cities in only one, and a method under which a low score is good', async () => {
    const answer = await app.data(
      `{ few: compareRankings(a: {}, b: { ranking: { cities: { tiers: ["first"] } } }) { n onlyA { code } onlyB { code } }
         vikor: compareRankings(a: {}, b: { ranking: { recipe: { aggregate: [{ level: 1, method: ARITHMETIC }, { level: 2, method: VIKOR }] } } }) { kendallTauB pearsonOfScores } }`,
    );
    expect(answer.at('few', 'n')).toBe(4);
    expect(answer.list('few', 'onlyA')).toHaveLength(35);
    expect(answer.list('few', 'onlyB')).toEqual([]);
    expect(answer.at('vikor', 'kendallTauB')).toBeGreaterThan(0.5);
    expect(answer.at('vikor', 'pearsonOfScores')).toBeGreaterThan(0.5);
  });
});
