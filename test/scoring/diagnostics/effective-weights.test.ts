import * as fc from 'fast-check';
import { fitPenalisedSpline } from '../../../src/scoring/numeric/penalised-spline';
import { buildTree, type NodeDefinition } from '../../../src/scoring';
import {
  effectiveWeights,
  importanceInParent,
  mainEffect,
  mainEffectsOnIndex,
  type MainEffect,
} from '../../../src/scoring/diagnostics';
import { asem } from '../../helpers/asem';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { anyColumns, asemScores, column, errorCodeOf, holdsOnlyFinite } from './columns';

const node = (code: string, parent: string | null, weight = 1): NodeDefinition => ({
  code,
  parent,
  weight,
  indicator: code.startsWith('x') ? code : null,
  position: 0,
});

describe('by the tree', () => {
  it('COINr 1.1.14 get_eff_weights (00_effective_weights.csv)', () => {
    const { tree } = asem();
    const expected = readGolden('coinr', '00_effective_weights.csv').alignedTo(
      'iCode',
      tree.nodes.map(({ code }) => code),
    );
    expectColumnsAgree(
      effectiveWeights(tree).map(({ effective }) => effective),
      expected.numbers('EffWeight'),
      'EffWeight',
      { labels: expected.text('iCode'), absolute: 0 },
    );
  });

  it('takes other weights than the tree’s, of any size', () => {
    const tree = buildTree('t', [node('root', null), node('x1', 'root'), node('x2', 'root')]);
    const weights = Float64Array.from(tree.nodes, ({ code }) => (code === 'x1' ? 1.5e308 : 0.5e308));
    expect(effectiveWeights(tree, weights)).toEqual([
      { node: 'x1', share: 0.75, effective: 0.75 },
      { node: 'x2', share: 0.25, effective: 0.25 },
      { node: 'root', share: 1, effective: 1 },
    ]);
  });

  it.each([
    [0, 0],
    [-1, 2],
    [NaN, 1],
    [Infinity, 1],
  ])('refuses the weights %d and %d', (first, second) => {
    const tree = buildTree('t', [node('root', null), node('x1', 'root'), node('x2', 'root')]);
    expect(errorCodeOf(() => effectiveWeights(tree, Float64Array.of(first, second, 1)))).toBe('WEIGHTS_INVALID');
  });

  it('the leaves’ effective weights add to 1', () => {
    const weight = fc.double({ min: 0.001, max: 1e9, noNaN: true });
    fc.assert(
      fc.property(
        fc.array(fc.array(weight, { minLength: 1, maxLength: 4 }), { minLength: 1, maxLength: 4 }),
        (groups) => {
          const tree = buildTree('t', [
            node('root', null),
            ...groups.flatMap((leaves, g) => [
              node(`g${String(g)}`, 'root', leaves[0]),
              ...leaves.map((w, k) => node(`x${String(g)}_${String(k)}`, `g${String(g)}`, w)),
            ]),
          ]);
          const leaves = effectiveWeights(tree).filter((_, index) => tree.leaves.includes(index));
          expect(leaves.reduce((sum, { effective }) => sum + effective, 0)).toBeCloseTo(1, 12);
        },
      ),
    );
  });
});

describe('main effects against a second implementation in SciPy (golden/scipy/main_effects.csv)', () => {
  const { tree, columns } = asemScores();
  const byCode = new Map(mainEffectsOnIndex(tree, columns).map((effect) => [effect.code, effect]));
  const expected = readGolden('scipy', 'main_effects.csv');
  const labels = expected.text('indicator');

  it.each([
    ['linear', (e: MainEffect | undefined) => e?.linear.value],
    ['nonlinear', (e: MainEffect | undefined) => e?.nonlinear.value],
    ['edf', (e: MainEffect | undefined) => e?.degreesOfFreedom],
  ] as const)('%s: 49 indicators and 10 aggregates', (name, pick) => {
    expect(labels).toHaveLength(tree.nodes.length - 1);
    expectColumnsAgree(
      labels.map((code) => pick(byCode.get(code)) ?? NaN),
      expected.numbers(name),
      name,
      {
        labels,
        relative: 1e-7,
      },
    );
  });

  it('62_corr_indicator_vs_index_pearson.csv: the linear effect is the squared correlation', () => {
    const golden = readGolden('coinr', '62_corr_indicator_vs_index_pearson.csv');
    expectColumnsAgree(
      golden.text('Var2').map((code) => byCode.get(code)?.linear.value ?? NaN),
      golden.numbers('Correlation').map((r) => r * r),
      'r²',
    );
  });
});

describe('main effects against known values', () => {
  // Ishigami and Homma (1990): y = sin x1 + 7 sin² x2 + 0.1 x3⁴ sin x1, each x uniform on (−π, π).
  // S1 = 0.3139, S2 = 0.4424, S3 = 0 (Saltelli et al. 2008, Global Sensitivity Analysis: The Primer).
  it('Ishigami: 4,000 evenly spread points give the analytic S within 0.02, where a line sees little of it', () => {
    const n = 4000;
    // Additive recurrence with the powers of 1 / 1.2207…, the plastic number's cousin in three dimensions.
    const steps = [1, 2, 3].map((power) => 1.2207440846057596 ** -power);
    const points = steps.map((step) =>
      Float64Array.from({ length: n }, (_, i) => (2 * ((i * step) % 1) - 1) * Math.PI),
    );
    const [x1 = new Float64Array(), x2 = new Float64Array(), x3 = new Float64Array()] = points;
    const y = x1.map((x, i) => Math.sin(x) + 7 * Math.sin(x2[i] ?? 0) ** 2 + 0.1 * (x3[i] ?? 0) ** 4 * Math.sin(x));
    const [s1, s2, s3] = [x1, x2, x3].map((values, k) => mainEffect({ code: String(k), values }, y));
    expect(Math.abs((s1?.nonlinear.value ?? NaN) - 0.3139)).toBeLessThan(0.02);
    expect(Math.abs((s2?.nonlinear.value ?? NaN) - 0.4424)).toBeLessThan(0.02);
    expect(s3?.nonlinear.value ?? NaN).toBeLessThan(0.02);
    expect(s2?.linear.value ?? NaN).toBeLessThan(0.01);
  });

  it('a straight line explains everything', () => {
    const x = column('x', [1, 2, 4, 8, 16, 32, 64, 100]);
    const effect = mainEffect(
      x,
      x.values.map((value) => 3 - 2 * value),
    );
    expect(effect.linear.value).toBeCloseTo(1, 12);
    expect(effect.nonlinear.value).toBeCloseTo(1, 12);
  });

  it('two values of x: the fit is the two means', () => {
    const fit = fitPenalisedSpline(Float64Array.of(0, 0, 1, 1), Float64Array.of(0, 2, 3, 5));
    expectColumnsAgree(fit.fitted, [1, 1, 4, 4], 'means', { relative: 1e-6 });
  });

  it.each([
    [[null, 1], [1, null], 'NO_VALUES'],
    [[1, 2], [1, 2], 'TOO_FEW_VALUES'],
    [[1, 1, 1], [1, 2, 3], 'CONSTANT'],
    [[1, 2, 3], [0.1, 0.1, 0.1], 'CONSTANT'],
  ] as const)('%j on %j: null, %s', (x, y, reason) => {
    expect(mainEffect(column('x', x), column('y', y).values)).toMatchObject({
      linear: { value: null, reason },
      nonlinear: { value: null, reason },
      degreesOfFreedom: null,
    });
  });

  it('is finite, between 0 and 1, and never below that of a line', () => {
    fc.assert(
      fc.property(anyColumns, anyColumns, (xs, ys) => {
        const [x] = xs;
        const y = ys.find(({ values }) => values.length === x?.values.length);
        fc.pre(x !== undefined && y !== undefined);
        const effect = mainEffect(x, y.values);
        expect(holdsOnlyFinite(effect)).toBe(true);
        if (effect.linear.value === null || effect.nonlinear.value === null) return;
        expect(effect.linear.value).toBeGreaterThanOrEqual(0);
        expect(effect.nonlinear.value).toBeGreaterThanOrEqual(effect.linear.value);
        expect(effect.nonlinear.value).toBeLessThanOrEqual(1);
      }),
    );
  });

  // A heavy penalty swamps the data in the normal equations, hence 1e-7.
  it('the smooth fit explains at least what the line does before it is held there', () => {
    const points = fc.array(fc.tuple(fc.integer({ min: 0, max: 20 }), fc.integer({ min: -9, max: 9 })), {
      minLength: 3,
      maxLength: 40,
    });
    fc.assert(
      fc.property(points, (rows) => {
        const x = Float64Array.from(rows, ([a]) => a / 20);
        const y = Float64Array.from(rows, ([, b]) => b);
        fc.pre(new Set(x).size > 1 && new Set(y).size > 1);
        const effect = mainEffect({ code: 'x', values: x }, y);
        const mean = y.reduce((a, b) => a + b, 0) / y.length;
        const square = (v: Float64Array): number => v.reduce((sum, value) => sum + (value - mean) ** 2, 0);
        const share = square(fitPenalisedSpline(x, y).fitted) / square(y);
        expect(share).toBeGreaterThan((effect.linear.value ?? NaN) - 1e-7);
        expect(share).toBeLessThan(1 + 1e-7);
      }),
    );
  });
});

describe('importance in the parent', () => {
  const tree = buildTree('t', [
    node('root', null),
    node('x1', 'root', 3),
    node('x2', 'root', 1),
    node('x3', 'root', 0),
  ]);
  const x1 = Float64Array.of(1, 2, 3, 4, 5);
  const x2 = Float64Array.of(1, -1, 0, -1, 1);
  const flat = new Float64Array(5);

  it('holds each share of the effects against the share of the weights', () => {
    // x1 and x2 are uncorrelated and y = x1 + x2, so the linear effects are Var x1 / Var y = 10/14 and 4/14.
    const importance = importanceInParent(tree, [x1, x2, flat, x1.map((value, i) => value + (x2[i] ?? 0))]);
    expect(importance.map(({ code, parent, weightShare }) => [code, parent, weightShare])).toEqual([
      ['x1', 'root', 0.75],
      ['x2', 'root', 0.25],
      ['x3', 'root', 0],
    ]);
    expect(importance[0]?.linearShare.value).toBeCloseTo(10 / 14, 12);
    expect(importance[1]?.linearShare.value).toBeCloseTo(4 / 14, 12);
    expect(importance[2]?.linearShare).toEqual({ value: null, reason: 'CONSTANT' });
  });

  it('has no shares where no child has an effect', () => {
    const parent = Float64Array.of(1, 0, 0, 0, 1);
    const importance = importanceInParent(tree, [Float64Array.of(-1, 0, 0, 0, 1), flat, flat, parent]);
    expect(importance[0]?.linear.value).toBe(0);
    expect(importance[0]?.linearShare).toEqual({ value: null, reason: 'CONSTANT' });
  });

  it('refuses fewer columns than nodes', () => {
    expect(errorCodeOf(() => importanceInParent(tree, [x1]))).toBe('BAD_INPUT');
  });
});
