import { publishBundle } from '../../src/datasets';
import { createSchema } from '../../src/resolvers/schema';
import { removeFolders, writeFolder } from '../datasets/small-bundle';
import { json } from '../helpers/app';
import { underAttack } from './attack';
import { startHere, type Client, type NearTarget } from './target';

const YEAR = 2031;
const CITIES = ['110000', '310000', '440100', '440300', '330100'];

/** Values of the five cities by indicator, as a bundle writes them; an empty one is missing. */
const COLUMNS: Readonly<Record<string, readonly string[]>> = {
  gone: ['', '', '', '', ''],
  flat: ['5', '5', '5', '5', '5'],
  zero: ['0', '-0', '0', '-0', '0.0'],
  ties: ['2', '1', '2', '1', '2'],
  lone: ['', '', '7', '', ''],
};

/** A release on top of the built-in data: an index of each column alone, and one of them all. */
function degenerateBundle(): string {
  const names = Object.keys(COLUMNS);
  const frameworks = [...names.map((name) => [name, [name]] as const), ['all', names] as const];
  const tree = frameworks.flatMap(([name, leaves]) => [
    `d-${name},index,,Index,1,,0`,
    ...leaves.map((leaf, k) => `d-${name},${leaf},index,Leaf,1,d-${leaf},${String(k + 1)}`),
  ]);
  const observations = Object.entries(COLUMNS).flatMap(([name, values]) =>
    values.map((value, k) => `${CITIES[k] ?? ''},d-${name},${String(YEAR)},${value},${value === '' ? 'MISSING' : ''}`),
  );
  const recipe = {
    period: { year: YEAR },
    screen: { minimumAvailability: 0 },
    treat: { method: 'NONE' },
    normalise: { method: 'MIN_MAX', low: 1, high: 100 },
    aggregate: [{ level: 1, method: 'ARITHMETIC' }],
    rank: { ties: 'COMPETITION' },
  };
  return writeFolder({
    'bundle.json': JSON.stringify({ name: 'city-digital-governance', version: 'degenerate', licence: 'CC0' }),
    'cities.csv': 'code,name_en\n',
    'indicators.csv': `code,name_en,direction\n${names.map((name) => `d-${name},X,higher_better\n`).join('')}`,
    'frameworks.csv': `framework,node,parent,name_en,weight,indicator,position\n${tree.join('\n')}\n`,
    'observations.csv': `city_code,indicator_code,year,value,status\n${observations.join('\n')}\n`,
    'methodologies.json': JSON.stringify(
      frameworks.map(([name]) => ({ code: `d-${name}`, name, framework: `d-${name}`, recipe })),
    ),
  });
}

/** Made before the attack: the server is in this process, and what a schema takes is not the attack's. */
let recipes: readonly object[] = [];
const attack = underAttack(async () => {
  recipes = recipesByMethod();
  const target = await startHere();
  const { database, services } = target.app;
  const report = await publishBundle(database.dataSource, degenerateBundle());
  expect(report.errors).toEqual([]);
  await services.releases.refresh();
  return target;
});
afterAll(removeFolders);

const QUERY = `query ($input: RankingInput) {
  ranking(input: $input) {
    digest
    warnings { code }
    rows { nodes { rank score city { code } nodeScores { score rank } } }
    unranked { city { code } reason }
  }
}`;

interface Ranked {
  readonly digest: string;
  readonly warnings: readonly { readonly code: string }[];
  readonly rows: { readonly nodes: readonly { readonly rank: number; readonly score: number }[] };
  readonly unranked: readonly { readonly reason: string }[];
}

/** A ranking, or the code with which it is refused; whichever, it does not depend on the order in which cities are named. */
async function ranked(client: Client<NearTarget>, index: string, recipe: object = {}): Promise<Ranked | string> {
  const ask = (codes: readonly string[]): ReturnType<typeof client.query> =>
    client.query(QUERY, { input: { methodology: `d-${index}`, cities: { codes }, recipe } });
  const [one, other] = [await ask(CITIES), await ask(CITIES.toReversed())];
  expect(other.text).toBe(one.text);
  expect(one.text).not.toMatch(/NaN|Infinity|-0[,}\]]/);
  expect([index, recipe, one.status, one.codes.length <= 1]).toEqual([index, recipe, 200, true]);
  const [code] = one.codes;
  return code === undefined ? (json(one.body.data).at('ranking') as Ranked) : (code as string);
}

/** Ranks of the ranked cities, and how many could not be. */
const outline = (found: Ranked | string): unknown =>
  typeof found === 'string' ? found : [found.rows.nodes.map(({ rank }) => rank), found.unranked.length];

attack(
  39,
  'degenerate data: all missing, one value, constant, zeros of either sign, ties: a defined result with warnings',
  async (client) => {
    const [gone, flat, zero, ties, lone] = await Promise.all(
      ['gone', 'flat', 'zero', 'ties', 'lone'].map((index) => ranked(client, index)),
    );
    expect(gone).toBe('NO_DATA');
    // Equal values tie, and nothing tells the two zeros apart.
    expect([outline(flat ?? ''), outline(zero ?? '')]).toEqual([
      [[1, 1, 1, 1, 1], 0],
      [[1, 1, 1, 1, 1], 0],
    ]);
    expect(outline(ties ?? '')).toEqual([[1, 1, 1, 4, 4], 0]);
    expect(outline(lone ?? '')).toEqual([[1], 4]);
    for (const found of [flat, zero, lone]) expect(typeof found === 'object' && found.warnings.length > 0).toBe(true);
    const all = await ranked(client, 'all');
    expect(typeof all === 'object' && [all.rows.nodes.length, all.warnings.length > 0]).toEqual([5, true]);
  },
);

/** A recipe for each method of five stages. */
function recipesByMethod(): object[] {
  const schema = createSchema();
  const valuesOf = (name: string): readonly string[] => {
    const type = schema.getType(name);
    return type && 'getValues' in type ? type.getValues().map((value) => value.name) : [];
  };
  return [
    ...valuesOf('NormalisationMethod').map((method) => ({ normalise: { method } })),
    ...valuesOf('AggregationMethod').map((method) => ({ aggregate: [{ level: 1, method }] })),
    ...valuesOf('WeightingMethod').map((method) => ({ weight: { method } })),
    ...valuesOf('ImputationMethod').map((method) => ({ impute: { method } })),
    ...valuesOf('TreatmentMethod').map((method) => ({ treat: { method } })),
  ];
}

for (const index of ['lone', 'all'])
  attack(
    39,
    `degenerate data, ${index}: by every method a finite result or a refusal with a code`,
    async (client) => {
      expect(recipes.length).toBeGreaterThan(60);
      for (const recipe of recipes) {
        const found = await ranked(client, index, recipe);
        expect([index, recipe, found === 'INTERNAL']).toEqual([index, recipe, false]);
        if (typeof found === 'string') continue;
        for (const { rank, score } of found.rows.nodes)
          expect([index, recipe, Number.isFinite(rank), Number.isFinite(score)]).toEqual([index, recipe, true, true]);
      }
    },
    { cpuMs: 10_000, clockMs: 60_000 },
    60_000,
  );
