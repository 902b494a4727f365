import { MAX_SEED, philox4x32, RandomStream } from '../../../src/scoring/numeric/random';

/*
 * Known answers: the three lines 'philox4x32 10' of tests/kat_vectors of Random123 (D. E. Shaw Research,
 * https://github.com/DEShawResearch/random123), which goes with Salmon et al. (2011).
 */
const KNOWN_ANSWERS = [
  { counter: [0, 0, 0, 0], key: [0, 0], out: [0x6627e8d5, 0xe169c58d, 0xbc57ac4c, 0x9b00dbd8] },
  {
    counter: [0xffffffff, 0xffffffff, 0xffffffff, 0xffffffff],
    key: [0xffffffff, 0xffffffff],
    out: [0x408f276d, 0x41c83b0e, 0xa20bc7c6, 0x6d5451fd],
  },
  {
    counter: [0x243f6a88, 0x85a308d3, 0x13198a2e, 0x03707344],
    key: [0xa4093822, 0x299f31d0],
    out: [0xd16cfe09, 0x94fdcceb, 0x5001e420, 0x24126ea1],
  },
] as const;

/** Philox4x32-10 over big integers: slow, and nothing in common with the code under test but the paper. */
function philoxOfPaper(counter: readonly bigint[], key: readonly bigint[]): bigint[] {
  const word = 1n << 32n;
  let [x0 = 0n, x1 = 0n, x2 = 0n, x3 = 0n] = counter;
  let [k0 = 0n, k1 = 0n] = key;
  for (let round = 0; round < 10; round++) {
    const product0 = x0 * 0xd2511f53n;
    const product1 = x2 * 0xcd9e8d57n;
    [x0, x1, x2, x3] = [(product1 / word) ^ x1 ^ k0, product1 % word, (product0 / word) ^ x3 ^ k1, product0 % word];
    k0 = (k0 + 0x9e3779b9n) % word;
    k1 = (k1 + 0xbb67ae85n) % word;
  }
  return [x0, x1, x2, x3];
}

const many = (count: number, next: () => number): Float64Array => Float64Array.from({ length: count }, next);
const meanOf = (values: Float64Array): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const momentOf = (values: Float64Array, power: number, centre = 0): number =>
  meanOf(values.map((value) => (value - centre) ** power));

/** Largest distance between the empirical distribution and `cdf`, times √n: above 1.95 in 1 of 1,000 samples. */
function kolmogorov(values: Float64Array, cdf: (x: number) => number): number {
  const sorted = values.slice().sort();
  let largest = 0;
  sorted.forEach((value, i) => {
    const p = cdf(value);
    largest = Math.max(largest, Math.abs(p - i / sorted.length), Math.abs((i + 1) / sorted.length - p));
  });
  return largest * Math.sqrt(sorted.length);
}

describe('Philox4x32-10', () => {
  test.each(KNOWN_ANSWERS)('Random123 kat_vectors, counter $counter', ({ counter, key, out }) => {
    const words = new Int32Array(4);
    philox4x32(counter[0], counter[1], counter[2], counter[3], key[0], key[1], words);
    expect([...words].map((word) => word >>> 0)).toEqual([...out]);
  });

  test('agrees with the paper over big integers on 500 counters and keys', () => {
    const words = new Int32Array(4);
    let state = [1n, 2n, 3n, 4n];
    for (let i = 0; i < 500; i++) {
      const [c0 = 0, c1 = 0, c2 = 0, c3 = 0] = state.map(Number);
      philox4x32(c0, c1, c2, c3, c3, c0, words);
      state = philoxOfPaper(state, [state[3] ?? 0n, state[0] ?? 0n]);
      expect([...words].map((word) => BigInt(word >>> 0))).toEqual(state);
    }
  });
});

describe('RandomStream', () => {
  test('a draw’s numbers do not depend on what was drawn before', () => {
    const stream = new RandomStream(7, 'WEIGHTS');
    const forwards = [0, 1, 2, 3, 4].map((draw) => many(9, () => stream.seek(draw).normal()));
    const backwards = [4, 3, 2, 1, 0].map((draw) => many(9, () => stream.seek(draw).normal())).reverse();
    expect(backwards).toEqual(forwards);
    // A normal deviate kept for the next call must not leak into the next draw.
    stream.seek(0).normal();
    const after = stream.seek(1).normal();
    expect(after).toBe(forwards[1]?.[0]);
  });

  test('seed, purpose, draw and part each change every number', () => {
    const first = (seed: number, purpose: 'WEIGHTS' | 'NOISE', draw: number, part: number): number =>
      new RandomStream(seed, purpose).seek(draw, part).uniform();
    const numbers = [
      first(1, 'WEIGHTS', 0, 0),
      first(2, 'WEIGHTS', 0, 0),
      first(1 + 2 ** 32, 'WEIGHTS', 0, 0),
      first(1, 'NOISE', 0, 0),
      first(1, 'WEIGHTS', 1, 0),
      first(1, 'WEIGHTS', 0, 1),
      first(MAX_SEED, 'WEIGHTS', 0, 0),
    ];
    expect(new Set(numbers).size).toBe(numbers.length);
  });

  test('a uniform number is the upper 53 bits of two words', () => {
    const out = philoxOfPaper([0n, 3n, 1n, 5n], [11n, 0n]);
    const [a = 0n, b = 0n, c = 0n, d = 0n] = out;
    const expected = (high: bigint, low: bigint): number => Number(((high >> 5n) << 26n) | (low >> 6n)) / 2 ** 53;
    const stream = new RandomStream(11, 'WEIGHTS').seek(5, 3);
    expect([stream.uniform(), stream.uniform()]).toEqual([expected(a, b), expected(c, d)]);
  });

  test.each([-1, 0.5, NaN, 2 ** 53])('the seed %p is refused', (seed) => {
    expect(() => new RandomStream(seed, 'WEIGHTS')).toThrow(RangeError);
  });

  /* Bounds of 5 standard errors: the seeds are fixed, so these pass or fail for good; a wrong formula misses by far. */
  const COUNT = 40_000;
  const within = (actual: number, expected: number, deviation: number): void => {
    expect(Math.abs(actual - expected)).toBeLessThan((5 * deviation) / Math.sqrt(COUNT));
  };

  test('uniform: distribution, and no correlation between neighbours or draws', () => {
    const stream = new RandomStream(1, 'WEIGHTS');
    const inDraw = many(COUNT, () => stream.uniform());
    const overDraws = many(COUNT, () => 0).map((_, draw) => stream.seek(draw).uniform());
    for (const values of [inDraw, overDraws]) {
      expect(kolmogorov(values, (x) => x)).toBeLessThan(1.95);
      const products = values.map((value, i) => (value - 0.5) * ((values[i + 1] ?? 0.5) - 0.5));
      within(meanOf(products), 0, 1 / 12);
    }
  });

  test('normal: distribution and moments', () => {
    const stream = new RandomStream(2, 'NOISE');
    const values = many(COUNT, () => stream.normal());
    within(meanOf(values), 0, 1);
    within(momentOf(values, 2), 1, Math.sqrt(2));
    within(momentOf(values, 3), 0, Math.sqrt(15));
    within(momentOf(values, 4), 3, Math.sqrt(96));
  });

  test('exponential: distribution', () => {
    const stream = new RandomStream(3, 'WEIGHTS');
    expect(
      kolmogorov(
        many(COUNT, () => stream.exponential()),
        (x) => 1 - Math.exp(-x),
      ),
    ).toBeLessThan(1.95);
  });

  test.each([0.3, 0.999, 1, 2, 7.5, 400])('gamma of shape %p: mean, variance and skewness', (shape) => {
    const stream = new RandomStream(4, 'WEIGHTS');
    const values = many(COUNT, () => stream.gamma(shape));
    within(meanOf(values), shape, Math.sqrt(shape));
    // Central moments of the gamma distribution: μ2 = k, μ3 = 2k, μ4 = 3k² + 6k, μ6 = 15k³ + 130k² + 120k. The variance of
    // the r-th power of a deviation is μ2r − μr².
    within(momentOf(values, 2, shape), shape, Math.sqrt(2 * shape ** 2 + 6 * shape));
    within(momentOf(values, 3, shape), 2 * shape, Math.sqrt(15 * shape ** 3 + 126 * shape ** 2 + 120 * shape));
  });

  test('gamma of shape 2 against its distribution function 1 − (1 + x) e^−x', () => {
    const stream = new RandomStream(5, 'WEIGHTS');
    const values = many(COUNT, () => stream.gamma(2));
    expect(kolmogorov(values, (x) => 1 - (1 + x) * Math.exp(-x))).toBeLessThan(1.95);
  });

  test('gamma of shape 1/2 against 2Φ(√2x) − 1 through the square of a normal', () => {
    const stream = new RandomStream(6, 'WEIGHTS');
    const gammas = many(20_000, () => stream.gamma(0.5)).sort();
    const squares = many(20_000, () => stream.normal() ** 2 / 2).sort();
    // Two samples of 20,000: the largest gap between their distributions passes 0.0195 in 1 of 1,000 pairs.
    const gap = gammas.reduce((largest, value, i) => {
      const rank = squares.findIndex((square) => square > value);
      return i % 50 === 0 ? Math.max(largest, Math.abs((rank < 0 ? 20_000 : rank) - i) / 20_000) : largest;
    }, 0);
    expect(gap).toBeLessThan(0.0195);
  });

  test('Dirichlet: mean αᵢ/Σα, variance, a zero where α is 0', () => {
    const stream = new RandomStream(7, 'WEIGHTS');
    const alphas = Float64Array.of(0.4, 2, 3.6, 0);
    const points = Array.from({ length: 50_000 }, () => {
      const out = new Float64Array(4);
      stream.dirichlet(alphas, out);
      return out;
    });
    for (let i = 0; i < 4; i++) {
      const values = Float64Array.from(points, (point) => point[i] ?? NaN);
      const mean = (alphas[i] ?? 0) / 6;
      const variance = (mean * (1 - mean)) / 7;
      expect(Math.abs(meanOf(values) - mean)).toBeLessThanOrEqual((5 * Math.sqrt(variance)) / Math.sqrt(50_000));
      expect(Math.abs(momentOf(values, 2, mean) - variance)).toBeLessThanOrEqual(0.03 * variance);
    }
    const errors = points.map((point) => Math.abs(point.reduce((sum, share) => sum + share, 0) - 1));
    expect(errors.filter((error) => !(error < 1e-14))).toEqual([]);
  });

  test('uniform simplex: the first share of three has P(share > t) = (1 − t)²', () => {
    const stream = new RandomStream(8, 'WEIGHTS');
    const out = new Float64Array(3);
    const shares = many(COUNT, () => {
      stream.dirichlet(Float64Array.of(1, 1, 1), out);
      return out[0] ?? NaN;
    });
    expect(kolmogorov(shares, (t) => 1 - (1 - t) ** 2)).toBeLessThan(1.95);
  });

  test('Dirichlet of tiny concentrations stays a point of the simplex', () => {
    const stream = new RandomStream(9, 'WEIGHTS');
    const out = new Float64Array(3);
    for (let draw = 0; draw < 2_000; draw++) {
      stream.seek(draw).dirichlet(Float64Array.of(1e-4, 1e-4, 1e-300), out);
      expect(Math.abs((out[0] ?? NaN) + (out[1] ?? NaN) + (out[2] ?? NaN) - 1)).toBeLessThan(1e-12);
    }
    stream.dirichlet(new Float64Array(3), out);
    expect([...out]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test('permutation: each of the 24 orders of four is equally likely', () => {
    const stream = new RandomStream(10, 'REVERSAL');
    const counts = new Map<string, number>();
    const out = new Int32Array(4);
    for (let draw = 0; draw < 48_000; draw++) {
      stream.seek(draw).permutation(out);
      counts.set(out.join(), (counts.get(out.join()) ?? 0) + 1);
    }
    expect(counts.size).toBe(24);
    // χ² with 23 degrees of freedom passes 49.73 in 1 of 1,000 samples.
    const chiSquare = [...counts.values()].reduce((sum, count) => sum + (count - 2_000) ** 2 / 2_000, 0);
    expect(chiSquare).toBeLessThan(49.73);
  });

  test('integers reach both ends and no further', () => {
    const stream = new RandomStream(11, 'CHOICES');
    const seen = new Set(many(2_000, () => stream.integer(5)));
    expect([...seen].sort()).toEqual([0, 1, 2, 3, 4]);
  });
});
