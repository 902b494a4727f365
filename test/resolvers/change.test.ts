import { publishBundle } from '../../src/datasets';
import { ChangeService } from '../../src/rankings/change.service';
import { Ledger } from '../../src/rankings/ledger';
import { RankingService } from '../../src/rankings/ranking.service';
import { ResultCache } from '../../src/rankings/result-cache';
import { removeFolders, SMALL_BUNDLE, writeFolder, type Files } from '../datasets/small-bundle';
import { openApp, type TestApp } from '../helpers/app';
import { bundleRows } from '../helpers/bundle';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const CITIES = ['330100', '310000', '420100'];
const PLAIN = { recipe: { treat: { method: 'NONE' } } };
const years = (first: number, last: number): number[] => Array.from({ length: last - first + 1 }, (_, k) => first + k);

const HISTORY = `query ($cities: [String!]!, $years: [Int!]!, $input: RankingInput, $node: String,
    $normalisation: NormalisationOverYears, $indicators: IndicatorsOverYears) {
  rankHistory(cities: $cities, years: $years, input: $input, node: $node, normalisation: $normalisation, indicators: $indicators) {
    years node indicators recipe normalisation { mode basisYears statement } dropped { indicatorCode missingYears }
    warnings { code message } cities { city { code } years { year rank score ranked reason } }
  }
}`;

interface Standing {
  readonly year: number;
  readonly rank: number | null;
  readonly score: number | null;
  readonly ranked: number;
  readonly reason: string | null;
}

const RANKING = `query ($input: RankingInput) { ranking(input: $input) { columns { cityCodes ranks scores nodes { node scores ranks } } } }`;

async function refused(query: string, variables: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { body } = await app.query(query, variables);
  const [error] = body.errors ?? [];
  return { message: error?.message, ...error?.extensions };
}

describe('rankHistory', () => {
  it('year by year as `ranking` ranks it, where each year is normalised by itself with what it has', async () => {
    const answer = await app.data(HISTORY, {
      cities: CITIES,
      years: [2017, 2019, 2018, 2018],
      normalisation: 'PER_YEAR',
      indicators: 'AS_AVAILABLE',
    });
    expect(answer.at('rankHistory', 'years')).toEqual([2017, 2018, 2019]);
    expect(answer.at('rankHistory', 'normalisation')).toMatchObject({ mode: 'PER_YEAR', basisYears: [] });
    for (const [k, year] of [2017, 2018, 2019].entries()) {
      const ranking = await app.data(RANKING, { input: { year } });
      const codes = ranking.list('ranking', 'columns', 'cityCodes');
      CITIES.forEach((code, c) => {
        const standing = answer.at('rankHistory', 'cities', c, 'years', k) as Standing;
        const row = codes.indexOf(code);
        expect(standing).toEqual({
          year,
          rank: ranking.at('ranking', 'columns', 'ranks', row),
          score: ranking.at('ranking', 'columns', 'scores', row),
          ranked: codes.length,
          reason: null,
        });
      });
    }
  });

  it('joint by default: the same as naming all the years as the basis, and said in the answer and the recipe', async () => {
    const input = { methodology: 'digital-life', recipe: { normalise: { method: 'MIN_MAX' } } };
    const answer = await app.data(HISTORY, { cities: CITIES, years: years(2011, 2014), input });
    expect(answer.at('rankHistory', 'normalisation')).toMatchObject({ mode: 'JOINT', basisYears: years(2011, 2014) });
    expect(answer.at('rankHistory', 'recipe', 'normalise', 'basis')).toEqual({ years: years(2011, 2014) });
    const named = { method: 'MIN_MAX', basis: { years: years(2011, 2014) } };
    const ranking = await app.data(RANKING, {
      input: { methodology: 'digital-life', year: 2012, recipe: { normalise: named } },
    });
    const row = ranking.list('ranking', 'columns', 'cityCodes').indexOf('330100');
    expect(answer.at('rankHistory', 'cities', 0, 'years', 1, 'score')).toBe(
      ranking.at('ranking', 'columns', 'scores', row),
    );
    // With a basis in the recipe, that basis is used.
    const own = await app.data(HISTORY, {
      cities: CITIES,
      years: years(2011, 2014),
      input: { methodology: 'digital-life', recipe: { normalise: named } },
    });
    expect(own.at('rankHistory', 'normalisation', 'mode')).toBe('AS_RECIPE');
    expect(own.at('rankHistory', 'cities')).toEqual(answer.at('rankHistory', 'cities'));
  });

  it('leaves out indicators that some years lack, and gives a city without a rank a null and the reason', async () => {
    const answer = await app.data(HISTORY, { cities: ['330100', '130200'], years: years(2015, 2019), input: PLAIN });
    expect(answer.at('rankHistory', 'dropped')).toEqual([
      { indicatorCode: 'egov_service_index', missingYears: [2015, 2016, 2017, 2018] },
    ]);
    expect(answer.list('rankHistory', 'indicators')).toHaveLength(20);
    const standing = answer.at('rankHistory', 'cities', 1, 'years', 0) as Standing;
    expect(standing).toMatchObject({ rank: null, score: null });
    expect(standing.reason).toMatch(/of 20 indicators are available/);
  });

  it.each<[string, Record<string, unknown>, string, string, RegExp]>([
    ['a year without data', { years: [2018, 1950] }, 'NO_DATA', 'years', /years with data: 2009, .*2023/],
    ['nothing in common', { years: [2009, 2023] }, 'NO_DATA', 'years', /AS_AVAILABLE/],
    ['no year', { years: [] }, 'BAD_INPUT', 'years', /\b50\b/],
    ['a year in the input', { input: { year: 2019 } }, 'BAD_INPUT', 'input.year', /no year here/],
    [
      'a year in the recipe',
      { input: { recipe: { period: { year: 2019 } } } },
      'BAD_INPUT',
      'input.recipe.period.year',
      /no year here/,
    ],
    ['an unknown city', { cities: ['330100', '999999'] }, 'NOT_FOUND', 'cities[1]', /one of 110000/],
    ['no city', { cities: [] }, 'BAD_INPUT', 'cities', /\b500\b/],
    ['an unknown node', { node: 'nowhere' }, 'NOT_FOUND', 'node', /governance/],
    [
      'a node that the years do not share',
      { node: 'digital_life', years: [2009, 2019] },
      'NO_DATA',
      'node',
      /AS_AVAILABLE/,
    ],
    ['no basis to keep', { normalisation: 'AS_RECIPE' }, 'BAD_INPUT', 'normalisation', /JOINT or PER_YEAR/],
    [
      'two bases',
      { normalisation: 'JOINT', input: { recipe: { normalise: { method: 'MIN_MAX', basis: { years: [2019] } } } } },
      'BAD_INPUT',
      'normalisation',
      /AS_RECIPE/,
    ],
  ])('refuses %s', async (_name, changes, code, field, allowed) => {
    const error = await refused(HISTORY, { cities: CITIES, years: [2018, 2019], ...changes });
    expect(error).toMatchObject({ code, field });
    expect(String(error['allowed'])).toMatch(allowed);
  });

  it('and every other use case refuses work past the budget before it begins', async () => {
    const { releases } = app.services;
    const poor = new ChangeService(new RankingService(releases, new ResultCache(1), new Ledger(10_000)));
    const request = { years: years(2015, 2019) };
    const over = expect.objectContaining({ code: 'BUDGET_EXCEEDED' }) as unknown;
    await expect(poor.rankHistory(CITIES, null, request)).rejects.toEqual(over);
    await expect(poor.trends(CITIES, null, request)).rejects.toEqual(over);
    await expect(poor.convergence({ ...request, groupBy: 'TIER' })).rejects.toEqual(over);
    await expect(poor.rankChange('330100', { year: 2015 }, { year: 2019 })).rejects.toEqual(over);
    const all = (await releases.get(null)).cities.keys();
    await expect(app.services.change.trends([...all], null, request)).rejects.toEqual(over);
  });
});

const CHANGE = `query ($city: String!, $from: RankingInput!, $to: RankingInput!) {
  rankChange(city: $city, from: $from, to: $to) {
    fromRank toRank placesGained fromScore toScore scoreGained parts { cause applies places score } method orders entered left
    from { year digest } to { year digest }
  }
}`;

interface Part {
  readonly cause: string;
  readonly applies: boolean;
  readonly places: number;
  readonly score: number;
}

describe('rankChange', () => {
  it.each(CITIES)('%s, 2015 to 2019: ranks are those of `ranking`, the parts add to the change', async (city) => {
    const answer = await app.data(CHANGE, { city, from: { year: 2015 }, to: { year: 2019 } });
    for (const [side, year] of [
      ['fromRank', 2015],
      ['toRank', 2019],
    ] as const) {
      const ranking = await app.data(RANKING, { input: { year } });
      const row = ranking.list('ranking', 'columns', 'cityCodes').indexOf(city);
      expect(answer.at('rankChange', side)).toBe(ranking.at('ranking', 'columns', 'ranks', row));
    }
    const parts = answer.list('rankChange', 'parts') as Part[];
    const sum = (key: 'places' | 'score'): number => parts.reduce((total, part) => total + part[key], 0);
    expect(sum('places')).toBeCloseTo(Number(answer.at('rankChange', 'placesGained')), 9);
    expect(sum('score')).toBeCloseTo(Number(answer.at('rankChange', 'scoreGained')), 9);
    expect(parts.filter(({ applies }) => applies).map(({ cause }) => cause)).toEqual(
      expect.arrayContaining(['OWN_DATA', 'OTHERS_DATA']),
    );
    expect(answer.at('rankChange', 'method')).toMatch(/^Shapley value/);
    expect([answer.at('rankChange', 'from', 'year'), answer.at('rankChange', 'to', 'year')]).toEqual([2015, 2019]);
  });

  it('the same ranking twice: nothing changed', async () => {
    const answer = await app.data(CHANGE, { city: '330100', from: {}, to: {} });
    expect(answer.at('rankChange', 'placesGained')).toBe(0);
    expect((answer.list('rankChange', 'parts') as Part[]).some(({ applies }) => applies)).toBe(false);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['an unknown city', { city: '999999' }, 'NOT_FOUND', 'city'],
    ['a city without a rank', { city: '130200' }, 'NO_DATA', 'from'],
    [
      'a city that only one side ranks',
      { city: '130200', from: { methodology: 'digital-life', year: 2019 } },
      'NO_DATA',
      'to',
    ],
    ['a year without data', { from: { year: 1950 } }, 'NO_DATA', 'from.year'],
    ['an unknown framework', { to: { framework: 'x' } }, 'NOT_FOUND', 'to.framework'],
    [
      'a weight below 0',
      { to: { recipe: { weight: { method: 'GIVEN', weights: [{ node: 'governance', weight: -1 }] } } } },
      'WEIGHTS_INVALID',
      'to.recipe.weight.weights[0].weight',
    ],
  ])('refuses %s', async (_name, changes, code, field) => {
    const error = await refused(CHANGE, { city: '330100', from: { year: 2015 }, to: { year: 2019 }, ...changes });
    expect(error).toMatchObject({ code, field });
  });
});

describe('rankChange between releases (income of three cities)', () => {
  const bundle = (version: string, observations: string): Files => ({
    ...SMALL_BUNDLE,
    'bundle.json': JSON.stringify({ name: 'small', version, licence: 'CC0' }),
    'frameworks.csv':
      'framework,node,parent,name_en,weight,indicator,position\nf,index,,The index,1,,0\nf,wealth,index,Wealth,1,income,1\n',
    'observations.csv': `city_code,indicator_code,year,value\n${observations}`,
    'published_rankings.csv': 'report,year,dimension,rank,city_code\n',
    'initiatives.csv': 'city_code,title\n',
    'methodologies.json': JSON.stringify([
      { code: 'm', name: 'Plain', framework: 'f', recipe: { normalise: { method: 'MIN_MAX' } } },
    ]),
  });
  // a was third in 2020; the second release revises it to first, and has it second in 2021.
  const FIRST = 'a,income,2020,1\nb,income,2020,2\nC,income,2020,3\n';
  const SECOND =
    'a,income,2020,9\nb,income,2020,2\nC,income,2020,3\na,income,2021,9\nb,income,2021,20\nC,income,2021,3\n';
  let two: TestApp;
  beforeAll(async () => {
    two = await openApp({ bundle: writeFolder(bundle('1', FIRST)) });
    const now = (): Date => new Date('2026-02-03T04:05:06.789Z');
    expect((await publishBundle(two.database.dataSource, writeFolder(bundle('2', SECOND)), { now })).errors).toEqual(
      [],
    );
    await two.services.releases.refresh();
  });
  afterAll(async () => {
    await two.close();
    removeFolders();
  });

  it('tells the revision from the new year', async () => {
    const answer = await two.data(CHANGE, { city: 'a', from: { release: '1' }, to: { release: '2', year: 2021 } });
    expect([answer.at('rankChange', 'fromRank'), answer.at('rankChange', 'toRank')]).toEqual([3, 2]);
    const places = Object.fromEntries(
      (answer.list('rankChange', 'parts') as Part[]).map((part) => [part.cause, part.places]),
    );
    // Third to first by the revision; then b passes it with its own new figure.
    expect(places).toEqual({ REVISIONS: 2, OWN_DATA: 0, OTHERS_DATA: -1, CITIES: 0, METHODOLOGY: 0 });
    expect(answer.at('rankChange', 'method')).toMatch(/revisions come before new years/);
  });
});

const CONVERGENCE = `query ($groupBy: CityGrouping!, $node: String, $years: [Int!]!, $input: RankingInput, $reference: String, $panel: PanelRule) {
  convergence(groupBy: $groupBy, node: $node, years: $years, input: $input, reference: $reference, panel: $panel) {
    node panel groupBy reference cityCodes leftOut { city { code } reason } intervalMethod
    groups { group size cityCodes years { year mean standardDeviation gap ratio } gap { first last change pValue trend { slope } } logGap { change } }
    spread { year mean coefficient low high gini theil { total within between betweenShare } }
    sigma { n first last slope exactPValue } beta { n form slope standardError t pValue speed halfLife rSquared }
    warnings { code message }
  }
}`;

describe('convergence', () => {
  it('group means of digital life are those of the published indicators, read straight from the bundle', async () => {
    const answer = await app.data(CONVERGENCE, {
      groupBy: 'TIER',
      node: 'dfi_usage_depth',
      years: [2019, 2023],
      reference: 'first',
      input: { methodology: 'digital-life' },
    });
    const tierOf = new Map(bundleRows('cities.csv').map((row) => [row['code'] ?? '', row['tier'] ?? '']));
    const value = new Map(
      bundleRows('observations.csv')
        .filter((row) => row['indicator_code'] === 'dfi_usage_depth')
        .map((row) => [`${row['city_code'] ?? ''} ${row['year'] ?? ''}`, Number(row['value'])]),
    );
    const panel = answer.list('convergence', 'cityCodes') as string[];
    expect(answer.list('convergence', 'groups')).toHaveLength(4);
    ['first', 'new_first', 'second', null].forEach((tier, g) => {
      const members = panel.filter((code) => tierOf.get(code) === (tier ?? ''));
      expect(answer.at('convergence', 'groups', g)).toMatchObject({
        group: tier,
        size: members.length,
        cityCodes: members,
      });
      [2019, 2023].forEach((year, k) => {
        // The methodology maps 0–100 to 0–100 without a cap, so scores are the published figures.
        const mean =
          members.reduce((sum, code) => sum + (value.get(`${code} ${String(year)}`) ?? NaN), 0) / members.length;
        expect(answer.at('convergence', 'groups', g, 'years', k, 'mean')).toBeCloseTo(mean, 8);
      });
    });
    // Every city with a score in one of the years is in the panel or listed with the reason why not.
    const leftOut = answer.list('convergence', 'leftOut');
    expect(panel.length + leftOut.length).toBe(297);
  });

  it.each(['SCORED', 'SAME_INDICATORS', 'COMPLETE'])(
    'panel %s: identities hold, and cities left out have a reason',
    async (panel) => {
      const answer = await app.data(CONVERGENCE, {
        groupBy: 'TIER',
        node: 'governance',
        years: years(2009, 2019),
        input: PLAIN,
        panel,
      });
      const size = answer.list('convergence', 'cityCodes').length;
      const groups = answer.list('convergence', 'groups') as {
        size: number;
        gap: unknown;
        years: { mean: number; gap: number }[];
      }[];
      expect(groups.reduce((sum, group) => sum + group.size, 0)).toBe(size);
      expect(groups.filter((group) => group.gap === null)).toHaveLength(1);
      (
        answer.list('convergence', 'spread') as {
          mean: number;
          coefficient: number;
          low: number;
          high: number;
          theil: Record<'total' | 'within' | 'between', number>;
        }[]
      ).forEach((row, k) => {
        expect(row.theil.within + row.theil.between).toBeCloseTo(row.theil.total, 12);
        expect(row.low).toBeLessThan(row.coefficient);
        expect(row.high).toBeGreaterThan(row.coefficient);
        const mean = groups.reduce((sum, group) => sum + (group.size * (group.years[k]?.mean ?? NaN)) / size, 0);
        expect(row.mean).toBeCloseTo(mean, 9);
      });
      for (const { reason } of answer.list('convergence', 'leftOut') as { reason: string }[])
        expect(reason).toMatch(/^It (has|lacks)/);
      expect(answer.at('convergence', 'beta', 'n')).toBe(size);
      expect(answer.at('convergence', 'sigma', 'n')).toBe(11);
    },
  );

  it('governance, joint: group means worked out from the files of the bundle without the engine', async () => {
    const answer = await app.data(CONVERGENCE, {
      groupBy: 'TIER',
      node: 'governance',
      years: years(2009, 2019),
      input: PLAIN,
      panel: 'SCORED',
      reference: 'first',
    });
    const span = years(2009, 2019);
    const leaves = bundleRows('frameworks.csv').filter(
      (row) => row['framework'] === 'city-digital-governance' && row['indicator'] !== '',
    );
    const figures = new Map(
      bundleRows('observations.csv')
        .filter((row) => row['status'] !== 'QUESTIONABLE' && row['value'] !== '')
        .map((row) => [[row['indicator_code'], row['city_code'], row['year']].join(' '), Number(row['value'])]),
    );
    // The year's figure, or that of up to two years before.
    const figure = (indicator: string, city: string, year: number): number | undefined =>
      [0, 1, 2]
        .map((back) => figures.get([indicator, city, year - back].join(' ')))
        .find((value) => value !== undefined);
    const cities = bundleRows('cities.csv').map((row) => ({ code: row['code'] ?? '', tier: row['tier'] ?? '' }));
    const shared = leaves
      .map((row) => row['indicator'] ?? '')
      .filter((code) => span.every((year) => cities.some((city) => figure(code, city.code, year) !== undefined)));
    expect(shared).toHaveLength(17);
    const governance = shared.filter((code) =>
      leaves.some((row) => row['indicator'] === code && row['parent'] === 'governance'),
    );
    expect(governance).toHaveLength(3);
    // Screened as the recipe asks: 60 % of the indicators in the year.
    const passes = (city: string, year: number): boolean =>
      shared.filter((code) => figure(code, city, year) !== undefined).length >= 0.6 * shared.length - 1e-9;
    const range = new Map(
      governance.map((code) => {
        const pooled = span.flatMap((year) =>
          cities.filter((city) => passes(city.code, year)).flatMap((city) => figure(code, city.code, year) ?? []),
        );
        return [code, { low: Math.min(...pooled), high: Math.max(...pooled) }];
      }),
    );
    const scoreOf = (city: string, year: number): number => {
      const parts = governance.flatMap((code) => {
        const value = figure(code, city, year);
        const { low, high } = range.get(code) ?? { low: NaN, high: NaN };
        if (value === undefined) return [];
        // Fines are better when low.
        return [1 + (99 * (code === 'fines_share_budget_revenue' ? high - value : value - low)) / (high - low)];
      });
      return parts.reduce((sum, part) => sum + part, 0) / parts.length;
    };
    const panel = cities.filter((city) =>
      span.every((year) => passes(city.code, year) && !Number.isNaN(scoreOf(city.code, year))),
    );
    expect(answer.at('convergence', 'cityCodes')).toEqual(panel.map((city) => city.code).sort());
    ['first', 'new_first', 'second', ''].forEach((tier, g) => {
      const members = panel.filter((city) => city.tier === tier);
      expect(answer.at('convergence', 'groups', g, 'size')).toBe(members.length);
      span.forEach((year, k) => {
        const mean = members.reduce((sum, city) => sum + scoreOf(city.code, year), 0) / members.length;
        expect(answer.at('convergence', 'groups', g, 'years', k, 'mean')).toBeCloseTo(mean, 9);
      });
    });
  });

  it('stricter panels are part of looser ones', async () => {
    const codes = await Promise.all(
      ['SCORED', 'SAME_INDICATORS', 'COMPLETE'].map(async (panel) => {
        const answer = await app.data(CONVERGENCE, {
          groupBy: 'TIER',
          node: 'public_services',
          years: years(2009, 2019),
          input: PLAIN,
          panel,
        });
        return answer.list('convergence', 'cityCodes');
      }),
    );
    expect(codes[0]).toEqual(expect.arrayContaining(codes[1] ?? []));
    expect(codes[1]).toEqual(expect.arrayContaining(codes[2] ?? []));
    expect(new Set(codes.map((list) => list.length)).size).toBe(3);
  });

  it('by province, and a province of one city has no standard deviation', async () => {
    const answer = await app.data(CONVERGENCE, { groupBy: 'PROVINCE', years: [2018, 2019], reference: '330000' });
    expect(answer.at('convergence', 'reference')).toBe('330000');
    const groups = answer.list('convergence', 'groups') as {
      size: number;
      years: { standardDeviation: number | null }[];
    }[];
    expect(groups.length).toBeGreaterThan(20);
    const single = groups.find((group) => group.size === 1);
    expect(single?.years[0]?.standardDeviation).toBeNull();
  });

  it('warns where the treatment of outliers differs between the years, and where each year is by itself', async () => {
    const answer = await app.data(CONVERGENCE, { groupBy: 'TIER', years: years(2011, 2019) });
    const messages = (answer.list('convergence', 'warnings') as { message: string }[]).map(({ message }) => message);
    expect(messages.some((message) => /not on one scale over the years/.test(message))).toBe(true);
    expect(messages.some((message) => /earlier year/.test(message))).toBe(true);
  });

  it.each<[string, Record<string, unknown>, string, string]>([
    ['a single year', { years: [2019, 2019] }, 'BAD_INPUT', 'years'],
    ['a year without data', { years: [2019, 1950] }, 'NO_DATA', 'years'],
    ['an unknown reference', { reference: 'third' }, 'NOT_FOUND', 'reference'],
    ['an unknown node', { node: 'x' }, 'NOT_FOUND', 'node'],
    [
      'an empty panel',
      // Harbin has no figure of lawyers in the first year, Ningbo none in the second.
      {
        node: 'governance',
        panel: 'COMPLETE',
        years: [2012, 2018],
        input: { cities: { codes: ['230100', '330200'] } },
      },
      'NO_DATA',
      'years',
    ],
  ])('refuses %s', async (_name, changes, code, field) => {
    const error = await refused(CONVERGENCE, { groupBy: 'TIER', years: [2018, 2019], ...changes });
    expect(error).toMatchObject({ code, field });
  });
});

const TRENDS = `query ($cities: [String!]!, $nodes: [String!], $years: [Int!]!, $input: RankingInput) {
  trends(cities: $cities, nodes: $nodes, years: $years, input: $input) {
    rows { city { code } node trend { n firstYear lastYear first last slope s z pValue exactPValue tauB annualGrowth } }
  }
}`;

describe('trends', () => {
  it('are those of the scores that rankHistory shows', async () => {
    const input = { methodology: 'digital-life' };
    const shown = await app.data(HISTORY, { cities: CITIES, years: years(2011, 2023), input, node: 'dfi_usage_depth' });
    const answer = await app.data(TRENDS, {
      cities: CITIES,
      nodes: ['dfi_usage_depth'],
      years: years(2011, 2023),
      input,
    });
    CITIES.forEach((code, c) => {
      const scores = (shown.list('rankHistory', 'cities', c, 'years') as Standing[]).map(({ score }) => score ?? NaN);
      const slopes: number[] = [];
      let s = 0;
      scores.forEach((score, i) => {
        scores.slice(i + 1).forEach((later, k) => {
          slopes.push((later - score) / (k + 1));
          s += Math.sign(later - score);
        });
      });
      slopes.sort((a, b) => a - b);
      const first = scores[0] ?? NaN;
      const last = scores.at(-1) ?? NaN;
      const trend = answer.at('trends', 'rows', c, 'trend') as Record<string, number>;
      expect(answer.at('trends', 'rows', c, 'city', 'code')).toBe(code);
      expect(trend).toMatchObject({ n: 13, firstYear: 2011, lastYear: 2023, first, last, s });
      // 78 pairs, so the median is the mean of the 39th and 40th.
      expect(trend['slope']).toBeCloseTo(((slopes[38] ?? NaN) + (slopes[39] ?? NaN)) / 2, 9);
      expect(trend['annualGrowth']).toBeCloseTo((last / first) ** (1 / 12) - 1, 12);
    });
  });

  it('all nodes, the root first, when none are named; null where a city has no score', async () => {
    const answer = await app.data(TRENDS, { cities: ['130200'], years: years(2017, 2019), input: PLAIN });
    const rows = answer.list('trends', 'rows') as { node: string; trend: unknown }[];
    expect(rows[0]).toEqual({ city: { code: '130200' }, node: 'index', trend: null });
    expect(rows).toHaveLength(20 + 6);
  });

  it('refuses an unknown node at its place', async () => {
    const error = await refused(TRENDS, { cities: CITIES, nodes: ['index', 'x'], years: [2018, 2019] });
    expect(error).toMatchObject({ code: 'NOT_FOUND', field: 'nodes[1]' });
  });
});
