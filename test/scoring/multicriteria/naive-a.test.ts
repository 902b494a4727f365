import fc from 'fast-check';
import { expectColumnsAgree } from '../../helpers/golden';
import { problemOf, runMethod, tableColumn } from '../../helpers/multicriteria';

/*
 * Methods whose kernels are cleverer than their formulas, or that no peer covers, against slow implementations written
 * from the formulas on nested arrays.
 */

/** Small tables with many ties: values are multiples of one half. */
const tables = fc.record({ n: fc.integer({ min: 1, max: 9 }), m: fc.integer({ min: 1, max: 4 }) }).chain(({ n, m }) =>
  fc.record({
    rows: fc.array(
      fc.array(
        fc.integer({ min: 1, max: 12 }).map((x) => x / 2),
        { minLength: m, maxLength: m },
      ),
      { minLength: n, maxLength: n },
    ),
    weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: m, maxLength: m }),
    objectives: fc.array(fc.constantFrom(1, -1), { minLength: m, maxLength: m }),
  }),
);

const share = (weights: readonly number[]): number[] => {
  const total = weights.reduce((a, b) => a + b, 0);
  return weights.map((w) => w / total);
};

const FUNCTIONS: Readonly<Record<string, (d: number, p: number, q: number, s: number) => number>> = {
  USUAL: (d) => (d > 0 ? 1 : 0),
  U_SHAPE: (d, _p, q) => (d > q ? 1 : 0),
  V_SHAPE: (d, p) => (d <= 0 ? 0 : d <= p ? d / p : 1),
  LEVEL: (d, p, q) => (d <= q ? 0 : d <= p ? 0.5 : 1),
  V_SHAPE_INDIFFERENCE: (d, p, q) => (d <= q ? 0 : d <= p ? (d - q) / (p - q) : 1),
  GAUSSIAN: (d, _p, _q, s) => (d <= 0 ? 0 : 1 - Math.exp((-d * d) / (2 * s * s))),
};

test.each(Object.entries(FUNCTIONS))('PROMETHEE II, %s: flows pair by pair', (preferenceFunction, preference) => {
  const thresholds = fc.record({
    q: fc.constantFrom(0, 0.5, 1),
    p: fc.constantFrom(1.5, 2, 3.5),
    s: fc.constantFrom(0.3, 1, 2.5),
  });
  fc.assert(
    fc.property(tables, thresholds, ({ rows, weights, objectives }, { p, q, s }) => {
      const n = rows.length;
      const w = share(weights);
      const flow = (a: readonly number[], b: readonly number[]): number =>
        w.reduce((sum, weight, k) => {
          const d = ((a[k] ?? NaN) - (b[k] ?? NaN)) * (objectives[k] ?? NaN);
          return sum + weight * preference(d, p, q, s);
        }, 0);
      const plus = rows.map((a) => (n > 1 ? rows.reduce((sum, b) => sum + flow(a, b), 0) / (n - 1) : 0));
      const minus = rows.map((a) => (n > 1 ? rows.reduce((sum, b) => sum + flow(b, a), 0) / (n - 1) : 0));
      const run = runMethod('PROMETHEE_II', problemOf(rows, weights, objectives), { preferenceFunction, p, q, s });
      expectColumnsAgree(
        run.scores,
        plus.map((value, i) => value - (minus[i] ?? NaN)),
        'net flow',
        { absolute: 1e-12 },
      );
      const flows = 'Positive and negative outranking flows';
      expectColumnsAgree(tableColumn(run, flows, 'φ⁺'), plus, 'φ⁺', { absolute: 1e-12 });
      expectColumnsAgree(tableColumn(run, flows, 'φ⁻'), minus, 'φ⁻', { absolute: 1e-12 });
    }),
    { numRuns: 150 },
  );
});

test('PROMETHEE II, GAUSSIAN: cities many s apart count in full', () => {
  const run = runMethod('PROMETHEE_II', problemOf([[0], [100], [100.5], [300]], [1]), {
    preferenceFunction: 'GAUSSIAN',
    s: 1,
  });
  const near = 1 - Math.exp(-0.125);
  expectColumnsAgree(run.scores, [-1, (1 - near - 1) / 3, (1 + near - 1) / 3, 1], 'net flow');
});

test.each([0, 0.02, 0.1])('CODAS with τ = %d: assessment scores pair by pair', (tau) => {
  fc.assert(
    fc.property(tables, ({ rows, weights, objectives }) => {
      const w = share(weights);
      const columnOf = (k: number): number[] => rows.map((row) => row[k] ?? NaN);
      const scaled = rows.map((row) =>
        row.map((x, k) => {
          const column = columnOf(k);
          return (w[k] ?? NaN) * (objectives[k] === 1 ? x / Math.max(...column) : Math.min(...column) / x);
        }),
      );
      const least = w.map((_, k) => Math.min(...scaled.map((row) => row[k] ?? NaN)));
      const e = scaled.map((row) => Math.hypot(...row.map((x, k) => x - (least[k] ?? NaN))));
      const t = scaled.map((row) => row.reduce((sum, x, k) => sum + Math.abs(x - (least[k] ?? NaN)), 0));
      // Differences within rounding noise of τ could fall on either side.
      fc.pre(!e.some((a) => e.some((b) => a !== b && Math.abs(Math.abs(a - b) - tau) < 1e-9)));
      const expected = e.map((a, i) =>
        e.reduce((sum, b, j) => {
          const apart = Math.abs(a - b) >= tau ? 1 : 0;
          return sum + (a - b) + apart * ((t[i] ?? NaN) - (t[j] ?? NaN));
        }, 0),
      );
      const run = runMethod('CODAS', problemOf(rows, weights, objectives), { tau });
      expectColumnsAgree(run.scores, expected, 'H', { absolute: 1e-11 });
    }),
    { numRuns: 200 },
  );
});

/** ELECTRE III as Roy describes it, on a matrix of credibilities; values within 1e-12 of each other are equal. */
function distilled(sigma: readonly (readonly number[])[], better: boolean): number[] {
  const s = (x: number): number => 0.3 - 0.15 * x;
  const of = (a: number, b: number): number => sigma[a]?.[b] ?? NaN;
  const pairs = (set: readonly number[]): number[] =>
    set.flatMap((a) => set.filter((b) => b !== a).map((b) => of(a, b)));
  const classes = sigma.map(() => 0);
  let remaining = sigma.map((_, i) => i);
  for (let rank = 1; remaining.length > 0; rank++) {
    let set = remaining;
    let level = Math.max(0, ...pairs(set));
    while (set.length > 1 && level > 0) {
      const bar = level - s(level);
      const next = Math.max(0, ...pairs(set).filter((x) => x < bar - 1e-12));
      const current = set;
      const outranks = (a: number, b: number): boolean =>
        a !== b && of(a, b) > next + 1e-12 && of(a, b) > of(b, a) + s(of(a, b)) + 1e-12;
      const quality = current.map(
        (a) => current.filter((b) => outranks(a, b)).length - current.filter((b) => outranks(b, a)).length,
      );
      const wanted = better ? Math.max(...quality) : Math.min(...quality);
      set = current.filter((_, i) => quality[i] === wanted);
      level = next;
    }
    for (const city of set) classes[city] = rank;
    const gone = new Set(set);
    remaining = remaining.filter((city) => !gone.has(city));
  }
  const last = Math.max(...classes);
  return better ? classes : classes.map((rank) => last + 1 - rank);
}

test('ELECTRE III: credibilities and distillations from the formulas', () => {
  const thresholds = fc.record({
    indifference: fc.constantFrom(0, 0.5, 1),
    preference: fc.constantFrom(1, 1.5, 2),
    veto: fc.constantFrom(null, 2, 2.5, 4),
  });
  const sizes = new Set<number>();
  fc.assert(
    fc.property(tables, thresholds, ({ rows, weights, objectives }, { indifference: q, preference: p, veto: v }) => {
      const w = share(weights);
      const sigma = rows.map((a, i) =>
        rows.map((b, j) => {
          if (i === j) return 1;
          const gaps = w.map((_, k) => ((b[k] ?? NaN) - (a[k] ?? NaN)) * (objectives[k] ?? NaN));
          const agreement = gaps.map((gap) => (gap <= q ? 1 : gap >= p ? 0 : (p - gap) / (p - q)));
          const concordance = agreement.reduce((sum, c, k) => sum + c * (w[k] ?? NaN), 0);
          return gaps
            .map((gap) => (v === null || gap <= p ? 0 : gap >= v ? 1 : (gap - p) / (v - p)))
            .filter((d) => d > concordance + 1e-12)
            .reduce((product, d) => (product * (1 - d)) / (1 - concordance), concordance);
        }),
      );
      const down = distilled(sigma, true);
      const up = distilled(sigma, false);
      const run = runMethod('ELECTRE_III', problemOf(rows, weights, objectives), {
        indifference: q,
        preference: p,
        veto: v,
      });
      const credibility = run.tables.get('Credibility of outranking');
      rows.forEach((_, j) => {
        expectColumnsAgree(
          (credibility?.values ?? new Float64Array()).slice(j * rows.length, (j + 1) * rows.length),
          sigma.map((row) => row[j] ?? NaN),
          'σ',
          { absolute: 1e-14 },
        );
      });
      const table = 'Descending and ascending distillation';
      expect([...tableColumn(run, table, 'descending')]).toEqual(down);
      expect([...tableColumn(run, table, 'ascending')]).toEqual(up);
      expect([...run.scores]).toEqual(down.map((rank, i) => (rank + (up[i] ?? NaN)) / 2));
      sizes.add(Math.max(...down));
    }),
    { numRuns: 1000 },
  );
  // The tables must not all have been trivial.
  expect(Math.max(...sizes)).toBeGreaterThan(4);
});

test('ELECTRE II: strong relation first, weak relation among the free', () => {
  fc.assert(
    fc.property(tables, ({ rows, weights, objectives }) => {
      const w = share(weights);
      const signed = rows.map((row) => row.map((x, k) => x * (objectives[k] ?? NaN)));
      const ranges = w.map((_, k) => {
        const column = signed.map((row) => row[k] ?? NaN);
        return Math.max(...column) - Math.min(...column);
      });
      const concordance = (a: readonly number[], b: readonly number[]): number =>
        w.reduce((sum, weight, k) => sum + ((a[k] ?? NaN) >= (b[k] ?? NaN) ? weight : 0), 0);
      const discordance = (a: readonly number[], b: readonly number[]): number =>
        Math.max(...a.map((x, k) => ((b[k] ?? NaN) > x ? ((b[k] ?? NaN) - x) / (ranges[k] ?? NaN) : 0)));
      const relation = (a: readonly number[], b: readonly number[]): string => {
        const c = concordance(a, b);
        const d = discordance(a, b);
        if (c <= concordance(b, a) + 1e-12) return '';
        if ((c >= 0.65 && d <= 0.65) || (c >= 0.5 && d <= 0.35)) return 'strong';
        return c >= 0.35 && d <= 0.65 ? 'weak' : '';
      };
      const rank = (outranks: (a: number, b: number) => string): number[] => {
        const classes = rows.map(() => 0);
        let remaining = rows.map((_, i) => i);
        for (let place = 1; remaining.length > 0; place++) {
          const all = remaining;
          const unbeaten = all.filter((b) => !all.some((a) => outranks(a, b) === 'strong'));
          const first = unbeaten.filter((b) => !unbeaten.some((a) => outranks(a, b) === 'weak'));
          const chosen = unbeaten.length === 0 ? all : first.length === 0 ? unbeaten : first;
          for (const city of chosen) classes[city] = place;
          remaining = all.filter((city) => !chosen.includes(city));
        }
        return classes;
      };
      const between = (a: number, b: number): string => relation(signed[a] ?? [], signed[b] ?? []);
      const direct = rank(between);
      const upwards = rank((a, b) => between(b, a));
      const inverse = upwards.map((place) => Math.max(...upwards) + 1 - place);
      // Sums of weights within rounding noise of a threshold could fall on either side.
      fc.pre(
        !signed.some((a) =>
          signed.some((b) => {
            const c = concordance(a, b);
            const d = discordance(a, b);
            const near = (x: number, y: number): boolean => Math.abs(x - y) < 1e-9;
            return near(c, 0.65) || near(c, 0.5) || near(c, 0.35) || near(d, 0.65) || near(d, 0.35);
          }),
        ),
      );
      const run = runMethod('ELECTRE_II', problemOf(rows, weights, objectives));
      expect([...tableColumn(run, 'Direct and inverse ranking', 'direct')]).toEqual(direct);
      expect([...tableColumn(run, 'Direct and inverse ranking', 'inverse')]).toEqual(inverse);
    }),
    { numRuns: 300 },
  );
});
