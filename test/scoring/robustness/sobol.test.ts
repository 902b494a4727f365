import {
  bootstrapCounts,
  designRow,
  runPipeline,
  sobolIndices,
  sobolIntervals,
  sobolSensitivity,
  type Choice,
  type SobolOutputs,
} from '../../../src/scoring';
import { RandomStream } from '../../../src/scoring/numeric/random';
import { agrees, expectColumnsAgree, readGolden } from '../../helpers/golden';
import { defaultRun, smallRun } from '../../helpers/robustness';

/** Ishigami and Homma (1990) with a = 7, b = 0.1 on the unit cube. */
function ishigami([u1 = 0, u2 = 0, u3 = 0]: readonly number[]): number {
  const [x1, x2, x3] = [u1, u2, u3].map((u) => Math.PI * (2 * u - 1));
  return Math.sin(x1 ?? 0) + 7 * Math.sin(x2 ?? 0) ** 2 + 0.1 * (x3 ?? 0) ** 4 * Math.sin(x1 ?? 0);
}

/** The analytic indices, from the variances of the ANOVA decomposition (Ishigami and Homma 1990). */
const ANALYTIC = (() => {
  const [a, b] = [7, 0.1];
  const v1 = 0.5 * (1 + (b * Math.PI ** 4) / 5) ** 2;
  const v2 = a ** 2 / 8;
  const v13 = (b ** 2 * Math.PI ** 8 * 8) / 225;
  const v = v1 + v2 + v13;
  return { variance: v, first: [v1 / v, v2 / v, 0], total: [(v1 + v13) / v, v2 / v, v13 / v] };
})();

function ishigamiOutputs(seed: number, rows: number): SobolOutputs {
  const stream = new RandomStream(seed, 'SENSITIVITY');
  const point = new Float64Array(6);
  const a = new Float64Array(rows);
  const b = new Float64Array(rows);
  const ab = [0, 1, 2].map(() => new Float64Array(rows));
  for (let row = 0; row < rows; row++) {
    designRow(stream, row, point);
    const [own, other] = [[...point.subarray(0, 3)], [...point.subarray(3)]];
    a[row] = ishigami(own);
    b[row] = ishigami(other);
    ab.forEach((column, k) => (column[row] = ishigami(own.map((u, j) => (j === k ? (other[k] ?? 0) : u)))));
  }
  return { a, b, ab };
}

describe('Sobol’ estimators', () => {
  it('agree with COINr 1.1.14 on its Ishigami design', () => {
    const design = readGolden('coinr', '84_sobol_ishigami_design.csv');
    const expected = readGolden('coinr', '84_sobol_ishigami_indices.csv');
    const y = design.numbers('y');
    const rows = y.length / 5;
    const block = (k: number): Float64Array => y.subarray(k * rows, (k + 1) * rows);
    const indices = sobolIndices({ a: block(0), b: block(1), ab: [2, 3, 4].map(block) }, { centred: false });
    expectColumnsAgree(indices.first, expected.numbers('Si'), 'Si');
    expectColumnsAgree(indices.total, expected.numbers('STi'), 'STi');
    expect(agrees(indices.variance, expected.numbers('Variance')[0] ?? NaN)).toBe(true);
    // The design's own outputs are the Ishigami function, so the two speak of the same model.
    const x = ['X1', 'X2', 'X3'].map((name) => design.numbers(name));
    expectColumnsAgree(
      y.map((_, r) => ishigami(x.map((column) => column[r] ?? NaN))),
      y,
      'y',
    );
  });

  it('have the analytic Ishigami indices within their intervals on our design, centred or not', () => {
    expect(ANALYTIC.first.map((value) => Number(value.toFixed(4)))).toEqual([0.3139, 0.4424, 0]);
    expect(ANALYTIC.total.map((value) => Number(value.toFixed(4)))).toEqual([0.5576, 0.4424, 0.2437]);
    const outputs = ishigamiOutputs(42, 4000);
    const counts = bootstrapCounts(42, 4000, 300);
    for (const centred of [true, false]) {
      const indices = sobolIntervals(outputs, { centred }, counts, 0.99);
      ANALYTIC.first.forEach((value, k) => {
        expect(indices.firstLow[k]).toBeLessThan(value);
        expect(indices.firstHigh[k]).toBeGreaterThan(value);
      });
      ANALYTIC.total.forEach((value, k) => {
        expect(indices.totalLow[k]).toBeLessThan(value);
        expect(indices.totalHigh[k]).toBeGreaterThan(value);
      });
    }
  });

  it('have 95 % intervals that hold the analytic index about 95 times in 100', () => {
    let inside = 0;
    let asked = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const indices = sobolIntervals(
        ishigamiOutputs(seed, 500),
        { centred: true },
        bootstrapCounts(seed, 500, 200),
        0.95,
      );
      for (let k = 0; k < 3; k++) {
        const [first, total] = [ANALYTIC.first[k] ?? NaN, ANALYTIC.total[k] ?? NaN];
        asked += 2;
        if ((indices.firstLow[k] ?? NaN) <= first && first <= (indices.firstHigh[k] ?? NaN)) inside++;
        if ((indices.totalLow[k] ?? NaN) <= total && total <= (indices.totalHigh[k] ?? NaN)) inside++;
      }
    }
    // 360 tries, six of each seed dependent: the share of a 95 % interval, give or take what 60 seeds allow.
    expect(inside / asked).toBeGreaterThan(0.9);
    expect(inside / asked).toBeLessThan(0.99);
  });

  it('centring takes the error away that a large mean brings', () => {
    const { a, b, ab } = ishigamiOutputs(7, 2000);
    const raise = (y: Float64Array): Float64Array => y.map((value) => value + 1000);
    const raised = { a: raise(a), b: raise(b), ab: ab.map(raise) };
    const own = sobolIndices({ a, b, ab }, { centred: true });
    expectColumnsAgree(sobolIndices(raised, { centred: true }).first, own.first, 'first', {
      relative: 1e-6,
      absolute: 1e-9,
    });
    const error = Math.max(
      ...sobolIndices(raised, { centred: false }).first.map((s, k) => Math.abs(s - (own.first[k] ?? 0))),
    );
    expect(error).toBeGreaterThan(0.5);
  });

  it('are 0 where nothing varies', () => {
    const y = new Float64Array(10).fill(3);
    const indices = sobolIntervals({ a: y, b: y, ab: [y] }, { centred: true }, bootstrapCounts(1, 10, 5), 0.9);
    expect([indices.variance, ...indices.first, ...indices.total, ...indices.totalHigh]).toEqual([0, 0, 0, 0]);
  });
});

describe('sensitivity of a ranking', () => {
  const run = defaultRun();
  const { normalise, treat, aggregate } = run.methodology;
  const choices: Choice[] = [
    {
      code: 'normalise',
      alternatives: [
        { label: 'MIN_MAX', change: {} },
        {
          label: 'RANK',
          change: { normalise: { ...normalise, method: 'PERCENTILE_RANK', parameters: { low: 1, high: 100 } } },
        },
      ],
    },
    {
      code: 'treat',
      alternatives: [
        { label: 'first', change: { treat } },
        { label: 'second', change: { treat } },
      ],
    },
    {
      code: 'aggregate',
      alternatives: [
        { label: 'mixed', change: { aggregate } },
        { label: 'arithmetic', change: { aggregate: aggregate.slice(0, 1) } },
      ],
    },
  ];
  const dimension = run.tree.nodes[run.tree.nodes[run.tree.root]?.children[0] ?? 0]?.code ?? '';
  const request = { choices, weights: [{ node: dimension, share: 0.5 }], rows: 60, seed: 11, resamples: 50 };
  const result = sobolSensitivity(run, request);

  it('gives indices of exactly 0 to a choice between two identical alternatives, for every city', () => {
    for (const indices of [result.meanShift, ...result.byCity]) {
      for (const list of [indices.first, indices.total, indices.firstLow, indices.firstHigh, indices.totalHigh])
        expect(Object.is(list[1], 0)).toBe(true);
    }
    expect(result.meanShift.variance).toBeGreaterThan(0);
    expect(result.meanShift.total[0]).toBeGreaterThan(0);
  });

  it('says the same for the same seed, and other things for another', () => {
    expect(sobolSensitivity(run, request)).toEqual(result);
    expect(sobolSensitivity(run, { ...request, seed: 12 }).meanShift.first).not.toEqual(result.meanShift.first);
  });

  it('names its inputs and cities, and counts its rankings', () => {
    expect(result.inputs.map(({ code }) => code)).toEqual(['normalise', 'treat', 'aggregate', dimension]);
    expect(result.runs).toBe(60 * 6);
    expect(result.byCity).toHaveLength(39);
  });

  it('agrees with the indices of the whole factorial where the choices are two of two alternatives', () => {
    // Four rankings, equally likely: the indices are their exact ANOVA shares.
    const two = [choices[0], choices[2]].filter((choice) => choice !== undefined);
    const sampled = sobolSensitivity(run, { choices: two, rows: 3000, seed: 5, level: 0.999 });
    const { exact } = factorial(run, two);
    exact.forEach(({ first, total }, k) => {
      expect(sampled.meanShift.firstLow[k]).toBeLessThanOrEqual(first);
      expect(sampled.meanShift.firstHigh[k]).toBeGreaterThanOrEqual(first);
      expect(sampled.meanShift.totalLow[k]).toBeLessThanOrEqual(total);
      expect(sampled.meanShift.totalHigh[k]).toBeGreaterThanOrEqual(total);
    });
  });

  it('noise is one input: with it alone to blame, all of the variance is its own, and a choice of the same twice has none', () => {
    const noise = { distribution: 'UNIFORM', useBounds: false, share: 0.2 } as const;
    const noisy = sobolSensitivity(run, { choices: choices.slice(1, 2), rows: 100, seed: 3, level: 0.999, noise });
    expect(noisy.inputs.map(({ kind, code }) => [kind, code])).toEqual([
      ['CHOICE', 'treat'],
      ['NOISE', 'noise'],
    ]);
    expect(noisy.runs).toBe(100 * 4);
    const { variance, first, total, firstLow, firstHigh, totalLow, totalHigh } = noisy.meanShift;
    expect(variance).toBeGreaterThan(0);
    expect([first[0], total[0]]).toEqual([0, 0]);
    for (const [low, high] of [
      [firstLow[1], firstHigh[1]],
      [totalLow[1], totalHigh[1]],
    ]) {
      expect(low).toBeLessThanOrEqual(1);
      expect(high).toBeGreaterThanOrEqual(1);
    }
  });

  it('noise of share 0 changes no rank', () => {
    const noise = { distribution: 'NORMAL', useBounds: false, share: 0 } as const;
    const still = sobolSensitivity(run, { choices: [], rows: 5, seed: 3, noise });
    expect([still.meanShift.variance, ...still.meanShift.total]).toEqual([0, 0]);
  });

  it('noise is refused out of range, and where there is no panel to say how values vary', () => {
    const noise = { distribution: 'UNIFORM', useBounds: false, share: 0.2 } as const;
    expect(() => sobolSensitivity(run, { ...request, noise: { ...noise, share: 1.5 } })).toThrow('noise.share');
    const table = smallRun({
      leaves: ['x', 'y'],
      columns: [
        [1, 2, 3],
        [3, 1, 2],
      ],
      recipe: {},
    });
    expect(() => sobolSensitivity(table, { choices: [], rows: 5, seed: 1, noise })).toThrow('noise: A single table');
  });

  it('refuses choices that do not fit, each by name', () => {
    expect(() => sobolSensitivity(run, { ...request, choices: [], weights: [] })).toThrow('at least one choice');
    expect(() => sobolSensitivity(run, { ...request, weights: [{ node: 'nowhere', share: 2 }] })).toThrow(
      'weights[0].node',
    );
    expect(() => sobolSensitivity(run, { ...request, rows: 1 })).toThrow('rows');
    expect(() => sobolSensitivity(run, { ...request, rows: 1e6 })).toThrow('at most 104166 rows');
  });

  it('gives a weight that no city’s rank depends on indices of 0', () => {
    const small = smallRun({
      leaves: ['x', 'y'],
      columns: [
        [1, 2, 3],
        [1, 2, 3],
      ],
      recipe: {},
    });
    const none = sobolSensitivity(small, { choices: [], weights: [{ node: 'x', share: 1 }], rows: 20, seed: 1 });
    expect(none.meanShift.variance).toBe(0);
    expect([...none.meanShift.total]).toEqual([0]);
  });
});

/** Exact indices of the mean rank shift over a 2 × 2 factorial, by whole pipeline runs. */
function factorial(
  run: ReturnType<typeof defaultRun>,
  choices: readonly Choice[],
): { readonly exact: readonly { readonly first: number; readonly total: number }[] } {
  const nominal = runPipeline(run).ranks;
  const y = [0, 1].map((p) =>
    [0, 1].map((q) => {
      const change = { ...choices[0]?.alternatives[p]?.change, ...choices[1]?.alternatives[q]?.change };
      const { ranks } = runPipeline({ ...run, methodology: { ...run.methodology, ...change } });
      return ranks.reduce((sum, rank, i) => sum + Math.abs(rank - (nominal[i] ?? NaN)), 0) / ranks.length;
    }),
  );
  const [[y00 = 0, y01 = 0] = [], [y10 = 0, y11 = 0] = []] = y;
  const variance = (values: readonly number[]): number => {
    const mean = values.reduce((a, b) => a + b, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  };
  const v = variance([y00, y01, y10, y11]);
  const rows = variance([y00 + y01, y10 + y11].map((sum) => sum / 2)) / v;
  const columns = variance([y00 + y10, y01 + y11].map((sum) => sum / 2)) / v;
  return {
    exact: [
      { first: rows, total: 1 - columns },
      { first: columns, total: 1 - rows },
    ],
  };
}
