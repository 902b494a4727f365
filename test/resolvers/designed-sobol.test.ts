import { removeFolders } from '../datasets/small-bundle';
import { openApp, type Json, type TestApp } from '../helpers/app';
import { designedBundle } from '../helpers/designed-bundle';

/* Shares of variance and a screening that can be worked out, through the API; the table is in designed-bundle.ts. */

let app: TestApp;
beforeAll(async () => {
  app = await openApp({ bundle: designedBundle() });
});
afterAll(async () => {
  await app.close();
  removeFolders();
});

const ask = async (field: 'sobol' | 'oneAtATime', input: object, fields: string): Promise<Json> => {
  const type = field === 'sobol' ? 'SobolInput' : 'OneAtATimeInput';
  return app.data(`query ($input: ${type}!) { ranking { robustness { ${field}(input: $input) { ${fields} } } } }`, {
    input,
  });
};

interface Index {
  readonly kind: string;
  readonly input: string;
  readonly first: number;
  readonly firstLow: number;
  readonly firstHigh: number;
  readonly total: number;
  readonly totalLow: number;
  readonly totalHigh: number;
}
interface Output {
  readonly cityCode?: string;
  readonly variance: number;
  readonly indices: readonly Index[];
}
const OUTPUT = 'variance indices { kind input first firstLow firstHigh total totalLow totalHigh }';
const SOBOL = `runs rows seed resamples level meanShift { ${OUTPUT} } cities { totalCount nodes { cityCode nominalRank ${OUTPUT} } }`;
const at = (answer: Json, ...path: (string | number)[]): unknown =>
  answer.at('ranking', 'robustness', 'sobol', ...path);
const rule = (method: string, minimumAvailability = 0): object[] => [{ level: 1, method, minimumAvailability }];

/** Ranks of A … E by the weights of x and y. */
function ranksBy(x: number, y: number): number[] {
  const w = x / (x + y);
  const scores = [w, 1 - w, 0.6, 0.6, 0.4 + 0.1 * w];
  return scores.map((score) => 1 + scores.filter((other) => other > score).length);
}

/** Exact indices of two independent inputs on [0, 2), by averages over a fine grid of midpoints. */
function indicesOf(model: (x: number, y: number) => number): { first: number[]; total: number[] } {
  const size = 400;
  const points = Array.from({ length: size }, (_, k) => (2 * (k + 0.5)) / size);
  const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = (values: readonly number[]): number => mean(values.map((v) => v * v)) - mean(values) ** 2;
  const byX = points.map((x) => points.map((y) => model(x, y)));
  const byY = points.map((_, l) => byX.map((row) => row[l] ?? NaN));
  const whole = variance(byX.flat());
  return {
    first: [byX, byY].map((rows) => variance(rows.map(mean)) / whole),
    total: [byY, byX].map((rows) => mean(rows.map(variance)) / whole),
  };
}

/** Ranks of A … E by the weight of x beside 1 of y, where each value is moved by up to half of itself; eight numbers in −1 … 1. */
function noisyRanks(x: number, noise: readonly number[]): number[] {
  const [a = 0, b = 0, cx = 0, cy = 0, dx = 0, dy = 0, ex = 0, ey = 0] = noise.map((u) => 1 + 0.5 * u);
  const w = x / (x + 1);
  const score = (own: number, other: number): number => w * own + (1 - w) * other;
  const scores = [score(a, 0), score(0, b), score(0.6 * cx, 0.6 * cy), score(0.6 * dx, 0.6 * dy)];
  scores.push(score(0.5 * ex, 0.4 * ey));
  return scores.map((own) => 1 + scores.filter((other) => other > own).length);
}

/** Indices of a weight in [0, 2) and of the noise together, from correlations of outputs that share one of the two. */
function groupedIndices(model: (x: number, noise: readonly number[]) => number): { first: number[]; total: number[] } {
  let state = 12345;
  // A generator of its own (Lehmer, Park and Miller 1988).
  const uniform = (): number => (state = (state * 48271) % 2147483647) / 2147483647;
  const size = 40_000;
  const sums = { both: 0, square: 0, x: 0, noise: 0 };
  const noise = (): number[] => Array.from({ length: 8 }, () => 2 * uniform() - 1);
  for (let k = 0; k < size; k++) {
    const [x, other, own, others] = [2 * uniform(), 2 * uniform(), noise(), noise()];
    const [y, sameX, sameNoise] = [model(x, own), model(x, others), model(other, own)];
    sums.both += y;
    sums.square += y * y;
    sums.x += y * sameX;
    sums.noise += y * sameNoise;
  }
  const mean = sums.both / size;
  const variance = sums.square / size - mean * mean;
  const [x, ofNoise] = [sums.x, sums.noise].map((sum) => (sum / size - mean * mean) / variance);
  return { first: [x ?? NaN, ofNoise ?? NaN], total: [1 - (ofNoise ?? NaN), 1 - (x ?? NaN)] };
}

describe('Sobol’ indices', () => {
  it('two weights, each between nothing and twice its own: within the intervals the exact ones, by city and for the shift', async () => {
    const answer = await ask('sobol', { weights: [{ share: 1 }], rows: 2_000, level: 0.999, resamples: 500 }, SOBOL);
    expect(at(answer, 'runs')).toBe(2_000 * 4);
    expect(at(answer, 'cities', 'totalCount')).toBe(5);
    const nominal = [3, 3, 1, 1, 5];
    const expectExact = (output: Output, model: (ranks: readonly number[]) => number): void => {
      const exact = indicesOf((x, y) => model(ranksBy(x, y)));
      output.indices.forEach((index, k) => {
        expect([index.kind, index.input]).toEqual(['WEIGHT', 'xy'.charAt(k)]);
        expect(index.firstLow).toBeLessThanOrEqual(exact.first[k] ?? NaN);
        expect(index.firstHigh).toBeGreaterThanOrEqual(exact.first[k] ?? NaN);
        expect(index.totalLow).toBeLessThanOrEqual(exact.total[k] ?? NaN);
        expect(index.totalHigh).toBeGreaterThanOrEqual(exact.total[k] ?? NaN);
        // Narrow enough to say something.
        expect(index.totalHigh - index.totalLow).toBeLessThan(0.25);
      });
    };
    const cities = at(answer, 'cities', 'nodes') as Output[];
    for (const [k, code] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      const city = cities.find(({ cityCode }) => cityCode === code);
      if (!city) throw new Error(`No city ${code}.`);
      expectExact(city, (ranks) => ranks[k] ?? NaN);
    }
    expectExact(at(answer, 'meanShift') as Output, (ranks) =>
      ranks.reduce((sum, rank, k) => sum + Math.abs(rank - (nominal[k] ?? NaN)) / 5, 0),
    );
  });

  it('two alternatives alike, and a probability of 0, have indices of exactly 0; what alone varies has 1', async () => {
    const input = {
      // No value is missing, so that the availability that is asked for makes no difference.
      choices: {
        aggregate: [rule('ARITHMETIC'), rule('ARITHMETIC', 0.5)],
        treat: [{ method: 'NONE' }, { method: 'LOG' }],
      },
      probabilities: { treat: [1, 0] },
      leaveOut: { nodes: ['x'], keepAll: 0.5 },
      rows: 100,
    };
    const answer = await ask('sobol', input, SOBOL);
    const outputs = [at(answer, 'meanShift') as Output, ...(at(answer, 'cities', 'nodes') as Output[])];
    expect(outputs).toHaveLength(6);
    for (const { variance, indices } of outputs) {
      expect(indices.map(({ kind, input: of }) => [kind, of])).toEqual([
        ['CHOICE', 'treat'],
        ['CHOICE', 'aggregate'],
        ['CHOICE', 'leaveOut'],
      ]);
      for (const { first, firstLow, firstHigh, total, totalLow, totalHigh } of indices.slice(0, 2))
        expect([first, firstLow, firstHigh, total, totalLow, totalHigh]).toEqual([0, 0, 0, 0, 0, 0]);
      // Every city's rank hangs on x.
      expect(variance).toBeGreaterThan(0);
      expect(indices[2]?.totalLow).toBeLessThanOrEqual(1);
      expect(indices[2]?.totalHigh).toBeGreaterThanOrEqual(1);
    }
  });

  it('noise on the data is one input more: within the intervals what another estimator finds on other numbers', async () => {
    const input = {
      weights: [{ share: 1, nodes: ['x'] }],
      noise: { distribution: 'UNIFORM', share: 0.5 },
      rows: 2_000,
      level: 0.999,
      resamples: 500,
    };
    const answer = await ask('sobol', input, SOBOL);
    expect(at(answer, 'runs')).toBe(2_000 * 4);
    const cities = at(answer, 'cities', 'nodes') as Output[];
    for (const [k, code] of ['a', 'b', 'c', 'd', 'e'].entries()) {
      const expected = groupedIndices((x, noise) => noisyRanks(x, noise)[k] ?? NaN);
      const indices = cities.find(({ cityCode }) => cityCode === code)?.indices ?? [];
      expect(indices.map(({ kind, input: of }) => [kind, of])).toEqual([
        ['WEIGHT', 'x'],
        ['NOISE', 'noise'],
      ]);
      indices.forEach((index, i) => {
        // Of the other estimator three standard errors, at most 0.02.
        expect(index.firstLow).toBeLessThan((expected.first[i] ?? NaN) + 0.02);
        expect(index.firstHigh).toBeGreaterThan((expected.first[i] ?? NaN) - 0.02);
        expect(index.totalLow).toBeLessThan((expected.total[i] ?? NaN) + 0.02);
        expect(index.totalHigh).toBeGreaterThan((expected.total[i] ?? NaN) - 0.02);
        expect(index.firstHigh - index.firstLow).toBeLessThan(0.4);
      });
    }
  });

  it('noise alone has all of the variance, whether weights are drawn or not; noise of nothing has 0', async () => {
    const noise = { distribution: 'UNIFORM', share: 0.5 };
    const alone = await ask('sobol', { noise, rows: 200 }, SOBOL);
    for (const { variance, indices } of [
      at(alone, 'meanShift') as Output,
      ...(at(alone, 'cities', 'nodes') as Output[]),
    ]) {
      expect(variance).toBeGreaterThan(0);
      expect(indices).toHaveLength(1);
      expect(indices[0]?.kind).toBe('NOISE');
      expect(indices[0]?.firstHigh).toBeGreaterThan(0.9);
      expect(indices[0]?.totalLow).toBeLessThan(1);
      expect(indices[0]?.totalHigh).toBeGreaterThan(1);
    }
    const weights = [{ share: 1 }];
    const none = await ask('sobol', { weights, noise: { share: 0 }, rows: 50 }, SOBOL);
    const without = await ask('sobol', { weights, rows: 50 }, SOBOL);
    const [some, same] = [none, without].map((found) => at(found, 'cities', 'nodes') as Output[]);
    some?.forEach(({ indices }, k) => {
      expect(indices[2]).toMatchObject({ kind: 'NOISE', first: 0, firstLow: 0, firstHigh: 0, total: 0, totalHigh: 0 });
      // The other inputs have the points that they have without.
      expect(indices.slice(0, 2)).toEqual(same?.[k]?.indices);
    });
  });

  it('the same seed gives the same bytes; pages and codes choose cities', async () => {
    const input = { weights: [{ share: 0.5, nodes: ['x'] }], rows: 20, seed: 9 };
    const first = await ask('sobol', input, `seed cities(codes: ["e", "a"]) { nodes { ${OUTPUT} cityCode } }`);
    expect(at(first, 'seed')).toBe(9);
    expect((at(first, 'cities', 'nodes') as Output[]).map(({ cityCode }) => cityCode)).toEqual(['a', 'e']);
    const again = await ask('sobol', input, `cities(first: 1, codes: ["a"]) { nodes { ${OUTPUT} cityCode } }`);
    expect(at(again, 'cities', 'nodes', 0)).toEqual(at(first, 'cities', 'nodes', 0));
  });

  it.each<[object, string, string, string?]>([
    [{}, 'BAD_INPUT', 'input.choices'],
    [{ leaveOut: { keepAll: 1 } }, 'BAD_INPUT', 'input.choices'],
    [{ choices: { normalise: [{ method: 'MIN_MAX' }] } }, 'BAD_INPUT', 'input.choices'],
    [{ leaveOut: { keepAll: 1 }, noise: { share: 0 } }, 'BAD_INPUT', 'input.noise.share'],
    [{ weights: [{ share: 0 }] }, 'BAD_INPUT', 'input.weights[0].share'],
    [{ weights: [{ share: 0.5, nodes: ['x', 'z'] }] }, 'NOT_FOUND', 'input.weights[0].nodes[1]'],
    [{ weights: [{ share: 0.5, nodes: ['index'] }] }, 'NOT_FOUND', 'input.weights[0].nodes[0]'],
    [{ weights: [{ share: 0.5, nodes: ['x'] }, { share: 0.1 }] }, 'BAD_INPUT', 'input.weights[1]'],
    [{ noise: { share: 2 } }, 'BAD_INPUT', 'input.noise.share'],
    [{ noise: {} }, 'BAD_INPUT', 'input.noise.share', 'no value of the ranking has bounds'],
    [{ weights: [{ share: 0.5 }], rows: 1 }, 'BAD_INPUT', 'input.rows'],
    [{ weights: [{ share: 0.5 }], seed: 0.5 }, 'BAD_INPUT', 'input.seed', 'a whole number from 0'],
    [{ weights: [{ share: 0.5 }], level: 1 }, 'BAD_INPUT', 'input.level'],
    [{ weights: [{ share: 0.5 }], rows: 10_000, resamples: 1_000 }, 'BUDGET_EXCEEDED', 'input.rows'],
    [
      { choices: { aggregate: [rule('ARITHMETIC'), rule('GEOMETRIC')] } },
      'PRECONDITION_FAILED',
      'input.choices',
      'With aggregate GEOMETRIC',
    ],
  ])('%j is refused: %s at %s', async (input, code, field, text = '') => {
    const { body } = await app.query(
      'query ($input: SobolInput!) { ranking { robustness { sobol(input: $input) { runs } } } }',
      { input },
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field });
    expect(body.errors?.[0]?.message).toContain(text);
  });

  it('a city that is not there is refused, and the rest of the answer stands', async () => {
    const { body } = await app.query(
      '{ ranking { robustness { sobol(input: { weights: { share: 0.5 }, rows: 2 }) { runs cities(codes: ["z"]) { totalCount } } } } }',
    );
    expect(body.errors?.map(({ extensions }) => extensions['code'])).toEqual(['NOT_FOUND']);
    expect(body.data?.['ranking']).toEqual({ robustness: { sobol: { runs: 8, cities: null } } });
  });
});

describe('one at a time', () => {
  it('each change by hand', async () => {
    const answer = await ask(
      'oneAtATime',
      {
        choices: { aggregate: [rule('ARITHMETIC'), rule('MINIMUM'), rule('GEOMETRIC')] },
        leaveOut: { nodes: ['x'] },
        weights: [{ share: 0.25, nodes: ['x'] }],
      },
      `cityCodes nominalRanks changes { kind input change meanShift largestShift mostShifted winners ranks refused }
       influence { input meanShift }`,
    );
    const found = answer.at('ranking', 'robustness', 'oneAtATime') as {
      changes: { refused: string | null }[];
      influence: { input: string; meanShift: number }[];
    };
    expect(found).toMatchObject({
      cityCodes: ['a', 'b', 'c', 'd', 'e'],
      nominalRanks: [3, 3, 1, 1, 5],
      changes: [
        { kind: 'CHOICE', input: 'aggregate', change: 'ARITHMETIC', meanShift: 0, mostShifted: null, refused: null },
        // E moves from 5 to 3, A and B from 3 to 4.
        { change: 'MINIMUM', meanShift: 0.8, largestShift: 2, mostShifted: 'e', ranks: [4, 4, 1, 1, 3] },
        { change: 'GEOMETRIC', meanShift: null, largestShift: null, winners: [], ranks: null },
        { input: 'leaveOut', change: 'x', meanShift: 1.4, largestShift: 2, winners: ['b'], ranks: [5, 1, 2, 2, 4] },
        // Weights 0.75 : 1 and 1.25 : 1: B, or A, is third, E fourth and the other last.
        { kind: 'WEIGHT', input: 'x', change: '×0.75', meanShift: 0.6, winners: ['c', 'd'], ranks: [5, 3, 1, 1, 4] },
        { change: '×1.25', meanShift: 0.6, largestShift: 2, mostShifted: 'b', ranks: [3, 5, 1, 1, 4] },
      ],
      influence: [{ input: 'leaveOut' }, { input: 'aggregate' }, { input: 'x' }],
    });
    // A and B have a value of 0.
    expect(found.changes[2]?.refused).toMatch(/geometric/i);
    expect(found.influence.map(({ meanShift }) => Number(meanShift.toFixed(9)))).toEqual([1.4, 0.8, 0.6]);
  });

  it('leaves out every indicator and moves every weight where none is named', async () => {
    const answer = await ask('oneAtATime', { leaveOut: {}, weights: [{ share: 0.5 }] }, 'changes { input change }');
    expect(answer.at('ranking', 'robustness', 'oneAtATime', 'changes')).toEqual([
      { input: 'leaveOut', change: 'x' },
      { input: 'leaveOut', change: 'y' },
      ...['x', 'y'].flatMap((input) => [
        { input, change: '×0.5' },
        { input, change: '×1.5' },
      ]),
    ]);
  });

  it.each<[object, string, string]>([
    [{}, 'BAD_INPUT', 'input.choices'],
    [{ leaveOut: { nodes: ['z'] } }, 'NOT_FOUND', 'input.leaveOut.nodes[0]'],
    [{ weights: [{ share: 2 }] }, 'BAD_INPUT', 'input.weights[0].share'],
  ])('%j is refused: %s at %s', async (input, code, field) => {
    const { body } = await app.query(
      'query ($input: OneAtATimeInput!) { ranking { robustness { oneAtATime(input: $input) { cityCodes } } } }',
      { input },
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code, field });
  });
});
