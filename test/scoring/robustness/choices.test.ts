import { parseRecipe, ScoringError } from '../../../src/scoring';
import { alternativeAt, checkChoices, namingChoices, type Choice } from '../../../src/scoring/robustness/choices';
import {
  multiverse,
  multiverseCost,
  multiverseRanks,
  multiverseSteps,
} from '../../../src/scoring/robustness/multiverse';
import { oneAtATime, oneAtATimeCost, oneAtATimeSteps, smallest } from '../../../src/scoring/robustness/one-at-a-time';
import {
  planUncertainty,
  uncertaintyCost,
  variantsOf,
  type UncertaintyPlan,
} from '../../../src/scoring/robustness/plan';
import { rankBoundsCost } from '../../../src/scoring/robustness/rank-bounds';
import { rankReversalCost, rankReversalSteps } from '../../../src/scoring/robustness/rank-reversal';
import {
  sobolCost,
  sobolIntervalSteps,
  sobolOutputs,
  sobolRowSteps,
  sobolSensitivity,
} from '../../../src/scoring/robustness/sobol';
import type { Steps } from '../../../src/scoring/robustness/steps';
import { weightStabilityCost, weightStabilitySteps } from '../../../src/scoring/robustness/weight-stability';
import { pipelineCost, runTable } from '../../../src/scoring/pipeline';
import { wholeRefusalOf } from '../../helpers/contexts';
import { smallRun } from '../../helpers/robustness';

const run = smallRun({
  leaves: { d: ['x', 'y'], e: ['z'] },
  columns: [
    [1, 5, 9, 4],
    [2, 8, 3, 7],
    [6, 1, 2, 9],
  ],
  recipe: { normalise: { method: 'MIN_MAX', low: 1, high: 100 } },
});
const { tree, methodology } = run;
const CITIES = 4;
const alternatives = (...labels: string[]) => labels.map((label) => ({ label, change: {} }));
const choice = (code: string, ...labels: string[]): Choice => ({ code, alternatives: alternatives(...labels) });

describe('choices that do not fit are refused with place, value and range', () => {
  it.each([
    [
      [choice('a', 'x', 'y'), choice('a', 'x', 'y')],
      [],
      { path: 'choices[1].code', value: 'a', allowed: 'each code once' },
    ],
    [[choice('a')], [], { path: 'choices[0]', value: 'a', allowed: 'at least one alternative' }],
    [[choice('a', 'x', 'x')], [], { path: 'choices[0].alternatives[1].label', value: 'x', allowed: 'each label once' }],
    [
      [{ code: 'a', alternatives: [{ label: 'x', change: {}, leftOut: 'q' }] }],
      [],
      { path: 'choices[0].alternatives[0].leftOut', value: 'q', allowed: 'a node of the framework', code: 'NOT_FOUND' },
    ],
    [
      [{ code: 'a', alternatives: [{ label: 'x', change: {}, leftOut: 'index' }] }],
      [],
      { path: 'choices[0].alternatives[0].leftOut', value: 'index', allowed: 'a node below the root' },
    ],
    [
      [],
      [
        { node: 'd', share: 0.5 },
        { node: 'd', share: 0.5 },
      ],
      { path: 'weights[1].node', value: 'd', allowed: 'each node once' },
    ],
    ...[[0.5], [0.5, 0.6], [-0.5, 1.5], [NaN, 1], [0.5, 0.5, 0]].map((probabilities): [Choice[], [], object] => [
      [{ ...choice('a', 'x', 'y'), probabilities }],
      [],
      { path: 'choices[0].probabilities', value: probabilities },
    ]),
    [[], [{ node: 'd', share: 0 }], { path: 'weights[0].share', value: 0, allowed: 'a number above 0, at most 1' }],
    [[], [{ node: 'd', share: 1.01 }], { path: 'weights[0].share', value: 1.01 }],
    [[], [{ node: 'd', share: NaN }], { path: 'weights[0].share', value: NaN }],
  ])('%#', (choices, weights, problem) => {
    expect(
      wholeRefusalOf(() => {
        checkChoices(tree, choices, weights);
      })?.problems,
    ).toEqual([expect.objectContaining(problem)]);
  });

  it('a share of 1 and one alternative are allowed', () => {
    expect(
      wholeRefusalOf(() => {
        checkChoices(tree, [choice('a', 'x')], [{ node: 'd', share: 1 }]);
      }),
    ).toBeNull();
  });
});

it('an alternative is picked by its part of the interval from 0 to 1, one of probability 0 never', () => {
  const even = choice('a', 'x', 'y', 'z', 'w');
  expect([0, 0.24, 0.25, 0.5, 0.999].map((uniform) => alternativeAt(even, uniform))).toEqual([0, 0, 1, 2, 3]);
  const uneven = { ...even, probabilities: [0, 0.1, 0.9, 0] };
  expect([0, 0.09, 0.1, 0.5, 0.999].map((uniform) => alternativeAt(uneven, uniform))).toEqual([1, 1, 2, 2, 2]);
  // Probabilities that add up to a little less than 1 by rounding.
  const tenths = { ...even, probabilities: [0.1, 0.2, 0.7 - 5e-10, 0] };
  expect(alternativeAt(tenths, 1 - 2 ** -53)).toBe(2);
});

it('draws of which nothing can vary are refused: one alternative, or all but one of probability 0', () => {
  const planned = (drawn: Choice): unknown =>
    wholeRefusalOf(() => planUncertainty(tree, { seed: 1, draws: 10, choices: [drawn] }));
  const refusal = {
    code: 'BAD_INPUT',
    problems: [
      {
        path: 'weights',
        value: null,
        allowed: 'something that varies: weights, noise, or a choice with two alternatives that can be drawn',
      },
    ],
  };
  expect(planned(choice('a', 'x'))).toMatchObject(refusal);
  expect(planned({ ...choice('a', 'x', 'y'), probabilities: [0, 1] })).toMatchObject(refusal);
  expect(planned({ ...choice('a', 'x', 'y'), probabilities: [0.01, 0.99] })).toBeNull();
});

describe('how far a run has come', () => {
  const weights = [{ node: 'd', share: 0.5 }];
  const codes = run.cities.map(({ code }) => code);
  const design = { choices: [], weights, rows: 4, seed: 1, resamples: 1 };
  it.each([
    ['multiverse', () => multiverseSteps(run, multiverseRanks(run.tree, [choice('a', 'x', 'y', 'z')], codes), 0, 3), 3],
    ['one at a time', () => oneAtATimeSteps(run, [choice('a', 'x')], weights, 0, 3), 3],
    ['rows of a design', () => sobolRowSteps(run, design, sobolOutputs(run.tree, design, CITIES), 1, 4), 3],
    ['Sobol’ indices', () => sobolIntervalSteps(design, sobolOutputs(run.tree, design, CITIES), 0, CITIES), CITIES],
    ['rank reversals', () => rankReversalSteps(run), CITIES],
    ['weight stability', () => weightStabilitySteps(runTable(run), { kind: 'ORDER' }, ['d']), 1],
  ])('%s', (_name, start, total) => {
    const steps: Steps<unknown> = start();
    expect([...steps]).toEqual(Array.from({ length: total }, (_, k) => ({ done: k + 1, total })));
  });
});

it('one at a time, where a half of a weight loses the first place: the cities that are first, and one city alone', () => {
  const [only] = oneAtATime(smallRun({ leaves: ['x', 'y'], columns: [[3], [4]], recipe: {} }), [
    choice('a', 'x'),
  ]).changes;
  expect(only).toMatchObject({ meanShift: 0, largestShift: 0, mostShifted: null, winners: ['c0'] });
});

it('the best rank of those that there are; NaN of none', () => {
  expect(smallest(Float64Array.of(NaN, 3, 2, NaN))).toBe(2);
  expect(smallest(Float64Array.of(NaN, NaN))).toBeNaN();
});

it('an error of the program in a scenario is not taken for a refusal', () => {
  const broken = { ...methodology.normalise, method: 'NO_SUCH' };
  const choices = [{ code: 'a', alternatives: [{ label: 'x', change: { normalise: broken } }] }];
  expect(() => multiverse(run, choices)).toThrow(RangeError);
});

it('multiverse: choices that change nothing have no influence', () => {
  const found = multiverse(run, [choice('a', 'x', 'y'), choice('b', 'x', 'y')]);
  expect(found.influence).toEqual([
    { choice: 'a', first: 0, total: 0 },
    { choice: 'b', first: 0, total: 0 },
  ]);
});

describe('Sobol’ design out of range', () => {
  const weights = [{ node: 'd', share: 0.5 }];
  it.each([
    [{ weights: [] }, 'choices', 0],
    [{ rows: 1 }, 'rows', 1],
    [{ rows: 2.5 }, 'rows', 2.5],
    [{ resamples: 0 }, 'resamples', 0],
    [{ resamples: 1.5 }, 'resamples', 1.5],
    [{ level: 0 }, 'level', 0],
    [{ level: 1 }, 'level', 1],
    [{ rows: 3e6 }, 'rows', 3e6],
  ])('%j', (input, path, value) => {
    const request = { choices: [], weights, rows: 4, seed: 1, ...input };
    expect(wholeRefusalOf(() => sobolSensitivity(run, request))).toMatchObject({
      code: path === 'rows' && value > 1000 ? 'BUDGET_EXCEEDED' : 'BAD_INPUT',
      problems: [{ path, value }],
    });
  });

  it('the least that is allowed', () => {
    const found = sobolSensitivity(run, { choices: [], weights, rows: 2, seed: 1, resamples: 1, level: 0.5 });
    expect(found.runs).toBe(2 * 3);
  });
});

describe('recipes of a plan', () => {
  it('each distinct recipe once, and which one each combination means', () => {
    const other = parseRecipe({ normalise: { method: 'Z_SCORE' } }, { tree, panel: { ...run, years: [1] } }).normalise;
    const choices: Choice[] = [
      choice('same', 'x', 'y'),
      {
        code: 'n',
        alternatives: [
          { label: 'own', change: {} },
          { label: 'z', change: { normalise: other } },
        ],
      },
    ];
    const { methodologies, names, ofCombination } = variantsOf(methodology, choices);
    expect(methodologies.map(({ normalise }) => normalise.method)).toEqual(['MIN_MAX', 'Z_SCORE']);
    expect(names).toEqual([
      ['same x', 'n own'],
      ['same x', 'n z'],
    ]);
    expect(Array.from(ofCombination)).toEqual([0, 1, 0, 1]);
  });

  it('more combinations than the limit are refused', () => {
    const choices = Array.from({ length: 17 }, (_, c) => choice(String(c), 'x', 'y'));
    expect(wholeRefusalOf(() => variantsOf(methodology, choices))).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      problems: [{ path: 'choices', value: 2 ** 17, allowed: 'at most 100000 combinations' }],
    });
  });

  it('more different recipes than the limit are refused, the same recipe over and over is not', () => {
    const scales = (changes: boolean): Choice[] =>
      (['normalise', 'treat'] as const).map((stage) => ({
        code: stage,
        alternatives: Array.from({ length: 71 }, (_, k) => ({
          label: String(k),
          change: changes ? { [stage]: { ...methodology[stage], parameters: { low: k } } } : {},
        })),
      }));
    expect(wholeRefusalOf(() => variantsOf(methodology, scales(true)))).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      problems: [{ path: 'choices', value: 71 * 71, allowed: 'at most 5000 different recipes' }],
    });
    expect(variantsOf(methodology, scales(false)).methodologies).toEqual([methodology]);
  });
});

describe('costs', () => {
  const n = 4;
  const single = pipelineCost(methodology, tree, n);
  const plan = (input: Partial<UncertaintyPlan>): UncertaintyPlan => ({
    ...planUncertainty(tree, { seed: 1, draws: 10, noise: { distribution: 'NORMAL', useBounds: false, share: 0.1 } }),
    noise: null,
    ...input,
  });
  const simplex = { method: 'SIMPLEX', levels: null } as const;

  it('leave-one-out rankings: one for each city left out and the nominal one', () => {
    expect(rankReversalCost(methodology, tree, n, 1)).toBeGreaterThanOrEqual(2 * single);
    expect(rankReversalCost(methodology, tree, n)).toBe(rankReversalCost(methodology, tree, n, n));
  });

  it('bounds of ranks: three rankings and cities put in order twice; 10,000 cities are within one request', () => {
    expect(rankBoundsCost(methodology, tree, n)).toBeGreaterThanOrEqual(3 * single + 2 * n * Math.log2(n));
    expect(rankBoundsCost(methodology, tree, 10_000)).toBeLessThan(2e8);
  });

  it('scenarios: twice the alternatives, twice the aggregations', () => {
    const cost = (k: number): number =>
      multiverseCost(methodology, tree, n, [choice('a', ...['x', 'y', 'z', 'w'].slice(0, k))]);
    expect(cost(4) - cost(2)).toBeCloseTo(2 * (cost(2) - cost(1)), 6);
    const one = oneAtATimeCost(methodology, tree, n, [choice('a', 'x', 'y')]);
    const more = oneAtATimeCost(methodology, tree, n, [choice('a', 'x', 'y')], [{ node: 'd', share: 0.5 }]);
    expect(more).toBeGreaterThan(one);
    const rows = (r: number, resamples?: number): number =>
      sobolCost(methodology, tree, n, {
        choices: [choice('a', 'x', 'y')],
        rows: r,
        seed: 1,
        ...(resamples && { resamples }),
      });
    expect(rows(20) - rows(10)).toBeCloseTo(10 * (rows(11) - rows(10)), 6);
    expect(rows(10, 1)).toBeLessThan(rows(10));
    const weighed = sobolCost(methodology, tree, n, {
      choices: [],
      weights: [{ node: 'd', share: 1 }],
      rows: 10,
      seed: 1,
    });
    expect(weighed).toBe(rows(10));
  });

  it.each([
    [{ kind: 'PAIR', first: 'c0', second: 'c1' } as const, 1],
    [{ kind: 'ORDER' } as const, n],
    [{ kind: 'TOP', k: 2 } as const, 2 * n],
  ])('intervals of weights: %j takes as many pairs', (target, pairs) => {
    const pairCost = weightStabilityCost(tree, n, { kind: 'PAIR', first: '', second: '' }, 1);
    const orderCost = weightStabilityCost(tree, n, { kind: 'ORDER' }, 1);
    const perPair = (orderCost - pairCost) / (n - 1);
    expect(weightStabilityCost(tree, n, target, 1)).toBe(pairCost + (pairs - 1) * perPair);
    expect(weightStabilityCost(tree, n, target)).toBe(
      (tree.nodes.length - 1) * weightStabilityCost(tree, n, target, 1),
    );
  });

  it('draws: data that vary cost every stage, weights that vary the aggregation, pairs of cities their count', () => {
    const cost = (input: Partial<UncertaintyPlan>): number => uncertaintyCost(tree, methodology, n, plan(input));
    const nothing = cost({});
    const weights = cost({ weights: simplex });
    const noise = cost({ noise: { distribution: 'NORMAL', useBounds: false, share: 0.1 } });
    expect(nothing).toBeLessThan(weights);
    expect(weights).toBeLessThan(noise);
    expect(cost({ pairs: true }) - nothing).toBe((10 * (n * (n - 1))) / 2);
    const leaveOut = { code: 'l', alternatives: [{ label: 'x', change: {}, leftOut: 'x' }, ...alternatives('none')] };
    expect(cost({ choices: [leaveOut] })).toBe(weights);
    expect(cost({ choices: [choice('a', 'x', 'y')] })).toBe(nothing);
    expect(cost({ weights: simplex, draws: 20 }) - weights).toBeGreaterThan(0);
    // Confidence factors: about the draws again where more than weights varies, a ranking for each city where not.
    const both = { weights: simplex, choices: [choice('a', 'x', 'y')] };
    expect(cost({ weights: simplex, centralWeights: true })).toBeLessThan(2 * weights);
    expect(cost({ ...both, draws: 1_000, centralWeights: true })).toBeGreaterThan(
      1.8 * cost({ ...both, draws: 1_000 }),
    );
  });

  it('cities that do not pass the screening cost the stages before it, and no more', () => {
    const [many, few] = [300, 40];
    const choices = [choice('a', 'x', 'y')];
    const weighted = plan({ weights: simplex, pairs: true, draws: 1_000 });
    const design = { choices, rows: 100, seed: 1 };
    const costs = [
      [multiverseCost(methodology, tree, many, choices, few), multiverseCost(methodology, tree, many, choices)],
      [oneAtATimeCost(methodology, tree, many, choices, [], few), oneAtATimeCost(methodology, tree, many, choices)],
      [sobolCost(methodology, tree, many, design, few), sobolCost(methodology, tree, many, design)],
      [uncertaintyCost(tree, methodology, many, weighted, few), uncertaintyCost(tree, methodology, many, weighted)],
    ];
    for (const [screened = NaN, all = NaN] of costs) {
      expect(screened).toBeLessThan(all);
      expect(screened).toBeGreaterThan(pipelineCost(methodology, tree, many));
    }
    const draw = (n: number, scored: number): number =>
      uncertaintyCost(tree, methodology, n, { ...weighted, draws: 2_000 }, scored) -
      uncertaintyCost(tree, methodology, n, weighted, scored);
    expect(draw(many, few)).toBe(draw(few, few));
  });

  it('noise is as dear as the stages that it is taken through: for A, for B, and for each choice that changes one of them', () => {
    const design = { choices: [choice('a', 'x', 'y')], rows: 100, seed: 1 };
    const normalise = { code: 'n', alternatives: [{ label: 'other', change: { normalise: methodology.normalise } }] };
    const noise = { distribution: 'NORMAL', useBounds: true, share: 0.1 } as const;
    const added = (choices: readonly Choice[]): number =>
      sobolCost(methodology, tree, 300, { ...design, choices, noise }) -
      sobolCost(methodology, tree, 300, { ...design, choices });
    const each = 100 * pipelineCost(methodology, tree, 300);
    expect(added(design.choices)).toBeGreaterThan(3 * each);
    expect(added([normalise]) - added(design.choices)).toBeGreaterThanOrEqual(each);
  });

  it('combinations that come in any order are computed again where there is no room to keep them all', () => {
    const many = Array.from({ length: 20 }, (_, k) => ({
      label: String(k),
      change: { normalise: { ...methodology.normalise, parameters: { low: k, high: 100 } } },
    }));
    const design = { choices: [{ code: 'n', alternatives: many }], rows: 100, seed: 1, resamples: 1 };
    const cost = (n: number): number => sobolCost(methodology, tree, n, design) / pipelineCost(methodology, tree, n);
    // 256 MiB hold the leaves of 20 combinations over 10,000 cities, and not over 1,000,000.
    expect(cost(1_000_000) - cost(10_000)).toBeGreaterThan(250);
  });

  it('10,000 draws of weights over 300 × 50 are within the 2e8 cell operations of one request', () => {
    const dimensions = Array.from({ length: 8 }, (_, d) => [
      `d${String(d)}`,
      Array.from({ length: d < 2 ? 7 : 6 }, (_leaf, j) => `x${String(d)}_${String(j)}`),
    ]);
    const large = smallRun({
      leaves: Object.fromEntries(dimensions) as Record<string, string[]>,
      columns: Array.from({ length: 50 }, () => [1, 2]),
      recipe: { normalise: { method: 'MIN_MAX', low: 1, high: 100 } },
    });
    const draws = planUncertainty(large.tree, { seed: 1, draws: 10_000, weights: simplex });
    const cost = uncertaintyCost(large.tree, large.methodology, 300, draws);
    // The cells that are read, and no more than the budget.
    expect(cost).toBeGreaterThan(10_000 * 300 * 50);
    expect(cost).toBeLessThanOrEqual(2e8);
  });
});

describe('work on a combination of alternatives', () => {
  const refused = new ScoringError('PRECONDITION_FAILED', 'No logarithm.', [
    { path: 'recipe.treat', value: -1, message: 'No logarithm.', allowed: 'positive values' },
  ]);
  const refuse = (): never => {
    throw refused;
  };

  it('is refused in the name of the alternatives, at the choices', () => {
    const names = (): string[] => ['treat LOG', 'normalise RANK'];
    expect(namingChoices(names, () => 7)).toBe(7);
    const found = wholeRefusalOf(() => namingChoices(names, refuse));
    expect(found?.code).toBe('PRECONDITION_FAILED');
    expect(found?.message).toBe('choices: With treat LOG, normalise RANK: No logarithm.');
    expect(found?.problems).toEqual([
      {
        path: 'choices',
        value: -1,
        message: 'With treat LOG, normalise RANK: No logarithm.',
        allowed: 'positive values',
      },
    ]);
  });

  it('is refused as it stands where there are none, and other errors are left alone', () => {
    expect(() => namingChoices(() => [], refuse)).toThrow(refused);
    const broken = new TypeError('broken');
    expect(() =>
      namingChoices(
        () => ['treat LOG'],
        () => {
          throw broken;
        },
      ),
    ).toThrow(broken);
  });
});
