import { combinationOf, multiverse, oneAtATime, runTable, type Choice, type Methodology } from '../../../src/scoring';
import { expectColumnsAgree } from '../../helpers/golden';
import { defaultTable, smallRun } from '../../helpers/robustness';

const run = defaultTable();
const { normalise, aggregate, treat } = run.methodology;
const none = { method: 'NONE', parameters: {}, overrides: [] };
const choices: Choice[] = [
  {
    code: 'normalise',
    alternatives: [
      { label: 'MIN_MAX', change: {} },
      {
        label: 'Z_SCORE',
        change: {
          normalise: {
            ...normalise,
            method: 'Z_SCORE',
            parameters: { mean: 0, standardDeviation: 1, divisor: 'SAMPLE' },
          },
        },
      },
    ],
  },
  {
    code: 'treat',
    alternatives: [
      { label: 'own', change: { treat } },
      { label: 'none', change: { treat: none } },
    ],
  },
  {
    code: 'aggregate',
    alternatives: [
      { label: 'mixed', change: { aggregate } },
      { label: 'arithmetic', change: { aggregate: aggregate.slice(0, 1) } },
    ],
  },
  {
    code: 'leave out',
    alternatives: [
      { label: 'none', change: {} },
      ...run.tree.leaves.slice(0, 3).map((leaf) => ({
        label: run.tree.nodes[leaf]?.code ?? '',
        change: {},
        leftOut: run.tree.nodes[leaf]?.code ?? '',
      })),
    ],
  },
];

/** The recipe of a combination, made without any code of the multiverse. */
function methodologyOf(labels: readonly string[]): Methodology {
  return {
    ...run.methodology,
    ...(labels[0] === 'Z_SCORE' && {
      normalise: { ...normalise, method: 'Z_SCORE', parameters: { mean: 0, standardDeviation: 1, divisor: 'SAMPLE' } },
    }),
    ...(labels[1] === 'none' && { treat: none }),
    ...(labels[2] === 'arithmetic' && { aggregate: aggregate.slice(0, 1) }),
    ...(labels[3] !== 'none' && {
      weight: { method: 'GIVEN', parameters: {}, weights: [{ node: labels[3] ?? '', weight: 0 }] },
    }),
  };
}

describe('multiverse', () => {
  const result = multiverse(run, choices);
  const n = result.cities.length;

  it('ranks every combination as a whole run does, and reports those that are refused', () => {
    expect(result.combinations).toBe(2 * 2 * 2 * 4);
    // Z-scores have no geometric mean: a quarter of the combinations.
    expect(result.refused).toHaveLength(8);
    expect(
      result.refused.every(({ alternatives }) => alternatives[0] === 'Z_SCORE' && alternatives[2] === 'mixed'),
    ).toBe(true);
    for (let number = 0; number < result.combinations; number++) {
      const labels = combinationOf(choices, number);
      const ranks = result.ranks.subarray(number * n, (number + 1) * n);
      if (labels[0] === 'Z_SCORE' && labels[2] === 'mixed') expect(ranks.every(Number.isNaN)).toBe(true);
      else expect([...ranks]).toEqual([...runTable({ ...run, methodology: methodologyOf(labels) }).ranks]);
    }
  });

  it('sums up ranks: range, median, shares of first places that add to 1', () => {
    for (let i = 0; i < n; i++) {
      const own = Array.from({ length: result.combinations }, (_, k) => result.ranks[k * n + i] ?? NaN)
        .filter((rank) => !Number.isNaN(rank))
        .sort((a, b) => a - b);
      expect(own).toHaveLength(24);
      expect([result.best[i], result.worst[i]]).toEqual([own[0], own.at(-1)]);
      expect(result.median[i]).toBe(((own[11] ?? NaN) + (own[12] ?? NaN)) / 2);
    }
    expect(result.firstPlaces.reduce((sum, share) => sum + share, 0)).toBeCloseTo(1, 12);
  });

  it('influence: shares of variance of a factorial by hand, most influential first', () => {
    // Ranks of two cities under p × q: the order turns with q only, so that q explains all.
    const small = smallRun({
      leaves: ['x', 'y'],
      columns: [
        [1, 2],
        [2, 1],
      ],
      recipe: {},
    });
    const weigh = (node: string) => ({
      label: node,
      change: { weight: { method: 'GIVEN', parameters: {}, weights: [{ node, weight: 3 }] } },
    });
    const p: Choice = {
      code: 'p',
      alternatives: [
        { label: 'a', change: {} },
        { label: 'b', change: {} },
      ],
    };
    const q: Choice = { code: 'q', alternatives: [weigh('x'), weigh('y')] };
    const { influence, firstPlaces } = multiverse(small, [p, q]);
    expect(influence).toEqual([
      { choice: 'q', first: 1, total: 1 },
      { choice: 'p', first: 0, total: 0 },
    ]);
    expect([...firstPlaces]).toEqual([0.5, 0.5]);
  });

  it('influence: two choices that interact, against the shares of the 2 × 2 table', () => {
    const small = smallRun({
      leaves: ['x', 'y', 'z', 'u'],
      columns: [
        [1, 0],
        [0, 1],
        [0, 1],
        [1, 0],
      ],
      recipe: { normalise: { method: 'NONE' } },
    });
    const leave = (code: string, nodes: readonly [string, string]): Choice => ({
      code,
      alternatives: nodes.map((leftOut) => ({ label: leftOut, change: {}, leftOut })),
    });
    const { influence } = multiverse(small, [leave('first', ['x', 'y']), leave('second', ['z', 'u'])]);
    // Left out x and z: y against u, a tie; x and u: city 1 wins; y and z: city 0 wins; y and u: a tie.
    const table = [
      [1, 1],
      [2, 1],
      [1, 2],
      [1, 1],
    ];
    const spread = (groups: readonly (readonly number[])[]): number =>
      groups.reduce(
        (sum, group) =>
          sum +
          [0, 1].reduce((own, i) => {
            const values = group.map((k) => table[k]?.[i] ?? NaN);
            const mean = values.reduce((a, b) => a + b, 0) / values.length;
            return own + values.reduce((total, value) => total + (value - mean) ** 2, 0);
          }, 0),
        0,
      );
    const all = spread([[0, 1, 2, 3]]);
    const first =
      1 -
      spread([
        [0, 1],
        [2, 3],
      ]) /
        all;
    const total =
      spread([
        [0, 2],
        [1, 3],
      ]) / all;
    expect(influence[0]).toEqual({
      choice: 'first',
      first: expect.closeTo(first, 12) as number,
      total: expect.closeTo(total, 12) as number,
    });
  });

  it('refuses more combinations than its limit, and choices that never go together', () => {
    const many = Array.from({ length: 14 }, (_, c) => ({
      code: `c${String(c)}`,
      alternatives: [
        { label: 'a', change: {} },
        { label: 'b', change: {} },
      ],
    }));
    expect(() => multiverse(run, many)).toThrow('too many combinations');
    const zScore = choices[0]?.alternatives[1];
    expect(() => multiverse(run, [{ code: 'normalise', alternatives: zScore ? [zScore] : [] }])).toThrow('GEOMETRIC');
  });
});

describe('one at a time', () => {
  const node = run.tree.nodes[run.tree.leaves[0] ?? 0]?.code ?? '';
  const screening = oneAtATime(run, choices, [{ node, share: 0.25 }]);

  it('takes each change by itself, as a whole run does', () => {
    expect(screening.changes).toHaveLength(2 + 2 + 2 + 4 + 2);
    const nominal = runTable(run).ranks;
    const untreated = runTable({ ...run, methodology: { ...run.methodology, treat: none } }).ranks;
    const change = screening.changes.find(({ input, change: label }) => input === 'treat' && label === 'none');
    expect([...(change?.ranks ?? [])]).toEqual([...untreated]);
    const shifts = untreated.map((rank, i) => Math.abs(rank - (nominal[i] ?? NaN)));
    expectColumnsAgree([change?.meanShift ?? NaN], [shifts.reduce((a, b) => a + b, 0) / shifts.length], 'mean shift');
    expect(change?.largestShift).toBe(Math.max(...shifts));
    expect(change?.mostShifted).toBe(
      Math.max(...shifts) === 0 ? null : run.cities[shifts.indexOf(Math.max(...shifts))]?.code,
    );
  });

  it('multiplies a weight as a recipe would', () => {
    const weight = run.tree.nodes[run.tree.leaves[0] ?? 0]?.weight ?? NaN;
    const expected = runTable({
      ...run,
      methodology: {
        ...run.methodology,
        weight: { method: 'GIVEN', parameters: {}, weights: [{ node, weight: weight * 1.25 }] },
      },
    }).ranks;
    expect([...(screening.changes.find(({ change }) => change === '×1.25')?.ranks ?? [])]).toEqual([...expected]);
  });

  it('changes nothing where the alternative is the nominal one, and reports what is refused', () => {
    expect(screening.changes[0]).toMatchObject({ meanShift: 0, largestShift: 0, mostShifted: null, refused: null });
    expect(screening.changes[1]?.refused).toContain('GEOMETRIC');
    expect(screening.influence[0]?.meanShift).toBe(
      Math.max(...screening.changes.map(({ meanShift }) => meanShift || 0)),
    );
  });
});
