import { readExamples } from '../../src/server/graphiql';
import { openApp, type Json, type TestApp } from '../helpers/app';

let app: TestApp;
beforeAll(async () => {
  app = await openApp();
});
afterAll(() => app.close());

const examples = new Map(readExamples().map(({ name, query }) => [name, query]));
/** The answer of an example, from the analysis down. */
async function run(name: string, analysis: string): Promise<Json> {
  const answer = await app.data(examples.get(`robustness-${name}`) ?? '');
  const found = answer.at('ranking', 'robustness', analysis);
  return {
    value: found,
    at: (...path) => answer.at('ranking', 'robustness', analysis, ...path),
    list: (...path) => answer.list('ranking', 'robustness', analysis, ...path),
  };
}
const INNER = ['governance', 'public_services', 'digital_infrastructure', 'innovation', 'digital_life'];

it('1: the ten cities that are first by the recipe, in its order', async () => {
  const answer = await run('1-uncertainty', 'uncertainty');
  const ranks = answer.list('cities', 'nodes').map((_, k) => answer.at('cities', 'nodes', k, 'nominalRank'));
  expect(ranks).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10]);
  expect(answer.list('tiers').flat()).toHaveLength(39);
});

it('2: percentiles of ranks stand in order, and the shares of first places add to 1 at least', async () => {
  const answer = await run('2-methods-and-weights', 'uncertainty');
  const [low, middle, high] = [0, 1, 2].map(
    (p) => answer.list('columns', 'rank', 'percentiles', p, 'values') as number[],
  );
  expect(low).toHaveLength(39);
  low?.forEach((value, k) => {
    expect(value).toBeLessThanOrEqual(middle?.[k] ?? NaN);
    expect(middle?.[k]).toBeLessThanOrEqual(high?.[k] ?? NaN);
  });
  expect(middle).toEqual(answer.at('columns', 'rank', 'medians'));
  const first = answer.list('columns', 'first', 'values') as number[];
  expect(first.reduce((sum, share) => sum + share, 0)).toBeGreaterThanOrEqual(1 - 1e-9);
});

it('3: central weights of the dimensions add to 1, and both halves of the matrix to 1', async () => {
  const answer = await run('3-acceptability', 'uncertainty');
  const weights = answer.list('cities', 'nodes', 0, 'acceptability', 'centralWeights') as {
    node: string;
    weight: number;
  }[];
  expect(weights.map(({ node }) => node).sort()).toEqual([...INNER].sort());
  expect(weights.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 9);
  const values = answer.list('pairs', 'values') as number[][];
  values.forEach((row, a) => {
    row.forEach((value, b) => {
      expect(value + (values[b]?.[a] ?? NaN)).toBeCloseTo(1, 12);
    });
  });
});

it('4: every alternative, every indicator and both ends of every weight', async () => {
  const answer = await run('4-one-at-a-time', 'oneAtATime');
  const changes = answer.list('changes') as { kind: string; input: string; change: string; refused: string | null }[];
  const { length: leaves } = changes.filter(({ input }) => input === 'leaveOut');
  expect(leaves).toBe(21);
  // Five dimensions and the indicators, each twice; four alternatives of methods, of which one is refused.
  expect(changes.filter(({ kind }) => kind === 'WEIGHT')).toHaveLength(2 * (leaves + 5));
  expect(changes).toHaveLength(4 + leaves + 2 * (leaves + 5));
  expect(changes.filter(({ refused }) => refused !== null).map(({ change }) => change)).toEqual(['Z_SCORE']);
});

it('5: a row of rankings for each input and two more; an index for each input', async () => {
  const answer = await run('5-sobol', 'sobol');
  const inputs = ['normalise', 'aggregate', 'leaveOut', 'governance', 'innovation'];
  expect(answer.at('runs')).toBe(100 * (inputs.length + 2));
  for (const output of [answer.at('meanShift'), ...answer.list('cities', 'nodes')] as {
    indices: { input: string; total: number; totalLow: number; totalHigh: number }[];
  }[]) {
    expect(output.indices.map(({ input }) => input)).toEqual(inputs);
    for (const { total, totalLow, totalHigh } of output.indices) {
      expect(total).toBeGreaterThanOrEqual(0);
      expect(totalLow).toBeLessThanOrEqual(totalHigh);
    }
  }
});

it('6: standard scores and the geometric mean do not go together', async () => {
  const answer = await run('6-multiverse', 'multiverse');
  expect(answer.at('combinations')).toBe(12);
  expect(answer.list('refused')).toHaveLength(2);
  const shares = answer.list('cities') as { firstPlaces: number }[];
  expect(shares.reduce((sum, { firstPlaces }) => sum + firstPlaces, 0)).toBeCloseTo(1, 9);
});

it('7: every weight lies in its interval', async () => {
  const rows = (await run('7-weight-stability', 'weightStability')).value as {
    node: string;
    weight: number;
    interval: { low: { weight: number }; high: { weight: number } };
  }[];
  expect(rows.map(({ node }) => node)).toEqual(INNER);
  for (const { weight, interval } of rows) {
    expect(interval.low.weight).toBeLessThanOrEqual(weight);
    expect(interval.high.weight).toBeGreaterThanOrEqual(weight);
  }
});

it('8: every rank lies between its bounds', async () => {
  const rows = (await run('8-rank-bounds', 'rankBounds')).list('cities') as {
    rank: number;
    best: number;
    worst: number;
  }[];
  expect(rows).toHaveLength(39);
  for (const { rank, best, worst } of rows) {
    expect(best).toBeLessThanOrEqual(rank);
    expect(worst).toBeGreaterThanOrEqual(rank);
  }
});

it('9: no more pairs are listed than there are, nor than were asked for', async () => {
  const rows = (await run('9-rank-reversals', 'rankReversals')).value as { reversals: number; pairs: object[] }[];
  expect(rows).toHaveLength(3);
  for (const { reversals, pairs } of rows) expect(pairs).toHaveLength(Math.min(5, reversals));
});
