import { buildTree, parseRecipe, ScoringError, type PanelRun } from '../../../src/scoring';
import {
  DrawEvaluator,
  planUncertainty,
  prepareUncertainty,
  runUncertainty,
  type UncertaintyInput,
  type WeightUncertainty,
} from '../../../src/scoring/robustness/monte-carlo';
import { indicator } from '../../helpers/contexts';
import { scatteredColumns } from '../../helpers/uncertain-runs';

/* Weights drawn from a distribution of its own at each level. */

/** A node with its weight among siblings, and its children; a leaf where it has none. */
interface Branch {
  readonly code: string;
  readonly weight: number;
  readonly children?: readonly Branch[];
}

const leaves = (from: number, ...weights: readonly number[]): Branch[] =>
  weights.map((weight, k) => ({ code: `x${String(from + k)}`, weight }));

/** Three levels; `short` stands under the root and has level 1 all the same. A concentration of 12 makes whole numbers of its weights. */
const INDEX: Branch = {
  code: 'index',
  weight: 1,
  children: [
    {
      code: 'wide',
      weight: 0.5,
      children: [
        { code: 'a', weight: 0.25, children: leaves(0, 0.25, 0.75) },
        { code: 'b', weight: 0.75, children: leaves(2, 0.5, 0.25, 0.25) },
      ],
    },
    {
      code: 'narrow',
      weight: 0.25,
      children: [
        { code: 'c', weight: 0.5, children: leaves(5, 1) },
        { code: 'd', weight: 0.5, children: leaves(6, 0.5, 0.5) },
      ],
    },
    { code: 'short', weight: 0.25, children: leaves(8, 0.75, 0.25) },
  ],
};
const COLUMNS = scatteredColumns(7, 10);

const branches = (branch: Branch): Branch[] => [branch, ...(branch.children ?? []).flatMap(branches)];
const levelOf = ({ children = [] }: Branch): number =>
  children.length === 0 ? 0 : 1 + Math.max(...children.map(levelOf));

function runOfIndex(): PanelRun {
  const nodes = (
    branch: Branch,
    parent: string | null,
    position: number,
  ): Parameters<typeof buildTree>[1][number][] => [
    { code: branch.code, parent, weight: branch.weight, indicator: branch.children ? null : branch.code, position },
    ...(branch.children ?? []).flatMap((child, k) => nodes(child, branch.code, k)),
  ];
  const tree = buildTree('index', nodes(INDEX, null, 0));
  const indicators = COLUMNS.map((_, j) => indicator(`x${String(j)}`));
  const panel = {
    cities: (COLUMNS[0] ?? []).map((_, i) => ({ code: `c${String(i)}`, groups: {} })),
    indicators,
    years: [2020],
    values: Float64Array.from(COLUMNS.flat()),
    status: new Uint8Array(COLUMNS.flat().length),
    statuses: ['NORMAL'],
  };
  return { panel, tree, methodology: parseRecipe({ normalise: { method: 'NONE' } }, { tree, panel }) };
}
const run = runOfIndex();
const { tree } = run;

type Rule = Extract<WeightUncertainty, { readonly method: 'BY_LEVEL' }>['byLevel'][number];
const byLevel = (...rules: readonly Rule[]): WeightUncertainty => ({ method: 'BY_LEVEL', byLevel: rules });
const DIRICHLET = { method: 'DIRICHLET', concentration: 12 } as const;
const SIMPLEX = { method: 'SIMPLEX' } as const;
const SHARE = { method: 'SHARE', share: 0.5 } as const;
const SETS = {
  method: 'SETS',
  sets: [3, 5, 8].map((step) => Float64Array.from(tree.nodes, (_, node) => 1 + ((node * step) % 7))),
} as const;

const planOf = (weights: WeightUncertainty, input: Partial<UncertaintyInput> = {}) =>
  planUncertainty(tree, { seed: 11, draws: 300, weights, ...input });

/** Weights by node of each draw. */
function weightsDrawn(weights: WeightUncertainty, draws: number): Float64Array[] {
  const plan = planOf(weights, { draws });
  const evaluator = new DrawEvaluator(prepareUncertainty(run, plan), plan);
  return Array.from({ length: draws }, (_, draw) => evaluator.weightsOf(draw).slice());
}

const bytes = (value: unknown): string =>
  JSON.stringify(value, (_, part: unknown) =>
    ArrayBuffer.isView(part) ? Buffer.from(part.buffer, part.byteOffset, part.byteLength).toString('hex') : part,
  );

/** Draws weights in the plainest way, from a generator of its own, and ranks by nested sums. */
class Plainly {
  #state = 2026;

  constructor(private readonly rules: readonly Rule[]) {}

  /** By code, the weights of a draw. */
  weights(): Map<string, number> {
    const drawn = new Map([['index', 1]]);
    for (const branch of branches(INDEX)) {
      const children = branch.children ?? [];
      const raw = children.map(({ weight }) => this.#raw(weight, levelOf(branch)));
      const sum = raw.reduce((a, b) => a + b, 0);
      children.forEach(({ code }, k) => drawn.set(code, (raw[k] ?? NaN) / sum));
    }
    return drawn;
  }

  #raw(weight: number, level: number): number {
    const rule = this.rules.find((one) => one.level === level);
    if (rule === undefined) return weight;
    if (rule.method === 'SHARE') return weight * (1 - rule.share + 2 * rule.share * this.#uniform());
    // A gamma deviate of a whole shape is a sum of exponential ones.
    const shape = rule.method === 'DIRICHLET' ? Math.round(rule.concentration * weight) : 1;
    return Array.from({ length: shape }, () => -Math.log(1 - this.#uniform())).reduce((a, b) => a + b, 0);
  }

  /** Mulberry32. */
  #uniform(): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  }
}

function plainScore(branch: Branch, city: number, weights: ReadonlyMap<string, number>): number {
  const { code, children } = branch;
  if (!children) return COLUMNS[Number(code.slice(1))]?.[city] ?? NaN;
  return children.reduce((sum, child) => sum + (weights.get(child.code) ?? NaN) * plainScore(child, city, weights), 0);
}

function plainRanks(weights: ReadonlyMap<string, number>): number[] {
  const scores = run.panel.cities.map((_, i) => plainScore(INDEX, i, weights));
  return scores.map((score) => 1 + scores.filter((other) => other > score).length);
}

/** Mean and variance of a sample, each with its standard error. */
function moments(sample: readonly number[]) {
  const n = sample.length;
  const average = (of: (x: number) => number): number => sample.reduce((sum, x) => sum + of(x), 0) / n;
  const mean = average((x) => x);
  const variance = average((x) => (x - mean) ** 2);
  const fourth = average((x) => (x - mean) ** 4);
  return { mean, variance, meanError: Math.sqrt(variance / n), varianceError: Math.sqrt((fourth - variance ** 2) / n) };
}

const MIXES: readonly (readonly [string, readonly Rule[]])[] = [
  [
    'a distribution at each of two levels',
    [
      { level: 1, ...DIRICHLET },
      { level: 2, ...SHARE },
    ],
  ],
  [
    'one at each of three',
    [
      { level: 3, ...DIRICHLET },
      { level: 1, ...SHARE },
      { level: 2, ...SIMPLEX },
    ],
  ],
  [
    'two shares',
    [
      { level: 1, method: 'SHARE', share: 1 },
      { level: 3, method: 'SHARE', share: 0.1 },
    ],
  ],
];

describe.each(MIXES)('%s', (_, rules) => {
  const DRAWS = 8_000;
  const ours = weightsDrawn(byLevel(...rules), DRAWS);
  const plainly = new Plainly(rules);
  const theirs = Array.from({ length: DRAWS }, () => plainly.weights());

  it('each weight has the mean and the variance that plainly drawn ones have; the others stay nominal', () => {
    const nominal = prepareUncertainty(run, planOf(byLevel({ level: 1, ...SIMPLEX }))).variants[0]?.weights;
    let compared = 0;
    for (const branch of branches(INDEX))
      for (const { code } of branch.children ?? []) {
        const node = tree.indexOf.get(code) ?? NaN;
        const sample = ours.map((weights) => weights[node] ?? NaN);
        if (branch.children?.length === 1 || !rules.some(({ level }) => level === levelOf(branch))) {
          expect(new Set(sample)).toEqual(new Set([nominal?.[node]]));
          continue;
        }
        compared++;
        const [own, other] = [moments(sample), moments(theirs.map((weights) => weights.get(code) ?? NaN))];
        expect(Math.abs(own.mean - other.mean)).toBeLessThan(4.5 * Math.hypot(own.meanError, other.meanError));
        expect(Math.abs(own.variance - other.variance)).toBeLessThan(
          4.5 * Math.hypot(own.varianceError, other.varianceError),
        );
        expect(own.variance).toBeGreaterThan(0);
      }
    expect(compared).toBeGreaterThanOrEqual(11);
  });

  it('cities have the ranks that plainly drawn weights give them', () => {
    const { distribution } = runUncertainty(run, planOf(byLevel(...rules), { draws: DRAWS }));
    const n = run.panel.cities.length;
    const counts = new Float64Array(n * n);
    for (const weights of theirs)
      plainRanks(weights).forEach((rank, i) => {
        counts[i * n + rank - 1] = (counts[i * n + rank - 1] ?? NaN) + 1;
      });
    distribution.forEach((count, cell) => {
      const [own, other] = [count / DRAWS, (counts[cell] ?? NaN) / DRAWS];
      const both = (own + other) / 2;
      expect(Math.abs(own - other)).toBeLessThanOrEqual(4.5 * Math.sqrt((2 * both * (1 - both)) / DRAWS));
    });
    // Not one rank for each, so that the comparison says something.
    expect(distribution.filter((count) => count > 0 && count < DRAWS).length).toBeGreaterThan(6);
  });
});

it('a draw scores as plain sums with its weights do', () => {
  const plan = planOf(byLevel({ level: 1, ...DIRICHLET }, { level: 3, ...SHARE }));
  const evaluator = new DrawEvaluator(prepareUncertainty(run, plan), plan);
  for (let draw = 0; draw < 20; draw++) {
    const { scores, weights } = evaluator.evaluate(draw);
    const named = new Map(tree.nodes.map(({ code }, node) => [code, weights[node] ?? NaN]));
    scores.forEach((score, i) => {
      expect(Math.abs(score / plainScore(INDEX, i, named) - 1)).toBeLessThan(1e-13);
    });
  }
});

describe('the numbers that are drawn are those of a run with one distribution', () => {
  const all = tree.nodes[tree.root]?.level ?? NaN;
  const levels = Array.from({ length: all }, (_, k) => k + 1);

  it.each([DIRICHLET, SIMPLEX, SHARE, SETS])('$method at every level: every byte of the run', (distribution) => {
    expect(levels).toEqual([1, 2, 3]);
    const input = { pairs: true, centralWeights: true };
    const plain = runUncertainty(run, planOf({ ...distribution, levels: null }, input));
    const listed = runUncertainty(run, planOf(byLevel(...levels.map((level) => ({ level, ...distribution }))), input));
    expect(bytes(listed)).toBe(bytes(plain));
    const some = runUncertainty(run, planOf({ ...distribution, levels: [1, 3] }, input));
    const two = runUncertainty(
      run,
      planOf(byLevel({ level: 3, ...distribution }, { level: 1, ...distribution }), input),
    );
    expect(bytes(two)).toBe(bytes(some));
    expect(bytes(two)).not.toBe(bytes(plain));
  });

  it('each level by itself: the weights under its nodes are those of a run that draws this level only', () => {
    const rules = [
      { level: 1, ...DIRICHLET },
      { level: 2, ...SETS },
      { level: 3, ...SHARE },
    ];
    const mixed = weightsDrawn(byLevel(...rules), 50);
    for (const { level, ...distribution } of rules) {
      const alone = weightsDrawn({ ...distribution, levels: [level] }, 50);
      for (const { children } of tree.nodes.filter((node) => node.level === level))
        for (const child of children)
          expect(mixed.map((weights) => weights[child])).toEqual(alone.map((weights) => weights[child]));
    }
  });
});

describe('refusals', () => {
  const problems = (...rules: readonly Rule[]): unknown => {
    try {
      planOf(byLevel(...rules));
    } catch (error) {
      if (error instanceof ScoringError)
        return error.problems.map(({ path, value, allowed }) => [path, value, allowed]);
      throw error;
    }
    return [];
  };
  const LEVEL = 'an integer from 1 to 3, each in one rule only';

  it('no rule', () => {
    expect(problems()).toEqual([['weights.byLevel', [], 'a rule for at least one level']]);
  });

  it('a level that the tree has not', () => {
    for (const level of [0, 4, 1.5, NaN])
      expect(problems({ level: 1, ...SIMPLEX }, { level, ...SIMPLEX })).toEqual([
        ['weights.byLevel[1].level', level, LEVEL],
      ]);
  });

  it('a level in two rules: the second is named', () => {
    expect(problems({ level: 1, ...SIMPLEX }, { level: 2, ...SIMPLEX }, { level: 1, ...SHARE })).toEqual([
      ['weights.byLevel[2].level', 1, LEVEL],
    ]);
  });

  it('parameters out of range, all at once and where they stand', () => {
    expect(
      problems(
        { level: 1, method: 'DIRICHLET', concentration: 0 },
        { level: 2, method: 'SHARE', share: 1.5 },
        { level: 3, method: 'SETS', sets: [new Float64Array(2)] },
      ),
    ).toEqual([
      ['weights.byLevel[0].concentration', 0, 'a number above 0, at most 1e9'],
      ['weights.byLevel[1].share', 1.5, 'above 0, at most 1'],
      ['weights.byLevel[2].sets[0]', 2, `${String(tree.nodes.length)} weights, one for each node`],
    ]);
    expect(problems({ level: 1, method: 'SETS', sets: [] })).toEqual([
      ['weights.byLevel[0].sets', [], 'at least one set'],
    ]);
  });
});
