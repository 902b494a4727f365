import { publishBundle } from '../../src/datasets';
import { removeFolders, SMALL_BUNDLE, writeFolder, type Files } from '../datasets/small-bundle';
import { openApp, type Json, type TestApp } from '../helpers/app';

/** Income only, so that scores can be worked out by hand; crime is not observed in 2021. */
const bundle = (version: string, observations: string): Files => ({
  ...SMALL_BUNDLE,
  'bundle.json': JSON.stringify({ name: 'small', version, licence: 'CC0' }),
  'frameworks.csv': `framework,node,parent,name_en,weight,indicator,position
f,index,,The index,1,,0
f,wealth,index,Wealth,1,income,1
`,
  'observations.csv': `city_code,indicator_code,year,value\n${observations}`,
  'published_rankings.csv': 'report,year,dimension,rank,city_code\n',
  'initiatives.csv': 'city_code,title\n',
  'methodologies.json': JSON.stringify([
    { code: 'm', name: 'Plain', framework: 'f', recipe: { normalise: { method: 'MIN_MAX' } } },
  ]),
});

const FIRST = 'a,income,2020,0\nb,income,2020,10\nC,income,2020,5\n';
const FIRST_OTHERWISE = 'a,income,2020,0\nb,income,2020,20\nC,income,2020,5\n';
const SECOND =
  'a,income,2020,0\nb,income,2020,10\nC,income,2020,5\na,income,2021,5\nb,income,2021,20\nC,income,2021,10\n';

const apps: TestApp[] = [];
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
  removeFolders();
});

/** An application whose release 1 holds `first` and whose current release 2 holds SECOND. */
async function appWith(first: string): Promise<TestApp> {
  const app = await openApp({ bundle: writeFolder(bundle('1', first)) });
  apps.push(app);
  const second = await publishBundle(app.database.dataSource, writeFolder(bundle('2', SECOND)), {
    now: () => new Date('2026-02-03T04:05:06.789Z'),
  });
  expect(second.errors).toEqual([]);
  await app.services.releases.refresh();
  return app;
}

const rank = (app: TestApp, basis: object | null): Promise<Json> =>
  app.data(
    'query ($input: RankingInput) { ranking(input: $input) { digest year recipe columns { cityCodes scores } } }',
    {
      input: { recipe: { normalise: { method: 'MIN_MAX', basis } } },
    },
  );

const scoresOf = (answer: Json): Record<string, unknown> =>
  Object.fromEntries(
    answer
      .list('ranking', 'columns', 'cityCodes')
      .map((code, index) => [String(code), answer.at('ranking', 'columns', 'scores', index)]),
  );

describe('the basis of a normalisation, through the API (income 5, 20 and 10 in 2021)', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await appWith(FIRST);
  });

  it.each<[string, object | null, Record<string, number>]>([
    ['the ranked cities and year by default: 5 … 20', null, { a: 0, b: 100, C: 100 / 3 }],
    ['one earlier year, frozen: 0 … 10', { years: [2020] }, { a: 50, b: 200, C: 100 }],
    ['two years pooled: 0 … 20', { years: [2020, 2021] }, { a: 25, b: 100, C: 50 }],
    ['an earlier year of an earlier release: 0 … 10', { years: [2020], release: '1' }, { a: 50, b: 200, C: 100 }],
    [
      'years of the named release that is the ranked one',
      { years: [2020, 2021], release: '2' },
      { a: 25, b: 100, C: 50 },
    ],
  ])('%s', async (_, basis, expected) => {
    const answer = await rank(app, basis);
    expect(answer.at('ranking', 'year')).toBe(2021);
    const scores = scoresOf(answer);
    expect(Object.keys(scores).sort()).toEqual(Object.keys(expected).sort());
    for (const [city, score] of Object.entries(expected)) expect(scores[city]).toBeCloseTo(score, 9);
    expect(answer.at('ranking', 'recipe', 'normalise')).toEqual({
      method: 'MIN_MAX',
      low: 0,
      high: 100,
      ...(basis && { basis }),
    });
  });

  it.each<[string, object, string, string]>([
    ['a release that is not there', { release: '9' }, 'NOT_FOUND', 'recipe.normalise.basis.release'],
    ['a year without data', { years: [2021], release: '1' }, 'NO_DATA', 'recipe.normalise.basis.years'],
    ['no year', { years: [] }, 'BAD_INPUT', 'recipe.normalise.basis.years'],
    ['a year that is none', { years: [0] }, 'BAD_INPUT', 'recipe.normalise.basis.years[0]'],
  ])('refuses %s and says where it stands', async (_, basis, code, field) => {
    const { body } = await app.query('query ($input: RankingInput) { ranking(input: $input) { digest } }', {
      input: { recipe: { normalise: { method: 'MIN_MAX', basis } } },
    });
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field });
  });
});

describe('the digest', () => {
  it('depends on what the release of the basis holds, whatever its version', async () => {
    const [one, other] = [await appWith(FIRST), await appWith(FIRST_OTHERWISE)];
    // The ranked release is the same, and so is a ranking that does not read the other one.
    expect((await rank(one, null)).at('ranking', 'digest')).toBe((await rank(other, null)).at('ranking', 'digest'));
    const basis = { years: [2020], release: '1' };
    const [frozen, frozenOtherwise] = [await rank(one, basis), await rank(other, basis)];
    expect(frozen.at('ranking', 'recipe')).toEqual(frozenOtherwise.at('ranking', 'recipe'));
    expect(scoresOf(frozen)).toMatchObject({ b: 200 });
    expect(scoresOf(frozenOtherwise)).toMatchObject({ b: 100 });
    expect(frozen.at('ranking', 'digest')).not.toBe(frozenOtherwise.at('ranking', 'digest'));
  });
});
