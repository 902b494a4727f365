import fc from 'fast-check';
import { ScoringError } from '../../../src/scoring/errors';
import { expectColumnsAgree } from '../../helpers/golden';
import { problemOf, runMethod, tableRow, type Problem } from '../../helpers/multicriteria';

// Two shared cores can be slow.
jest.setTimeout(60_000);

const kemeny = (problem: Problem): Float64Array => runMethod('KEMENY_YOUNG', problem).scores;

/** The error that an action stops with. */
function refusalOf(action: () => unknown): ScoringError | null {
  try {
    action();
  } catch (error) {
    if (error instanceof ScoringError) return error;
    throw error;
  }
  return null;
}

/** All orders of 0 … n − 1. */
function permutations(n: number): number[][] {
  if (n === 0) return [[]];
  return permutations(n - 1).flatMap((shorter) =>
    Array.from({ length: n }, (_, place) => [...shorter.slice(0, place), n - 1, ...shorter.slice(place)]),
  );
}

/** n minus the mean place over all best orders, by trying every order; weights are integers, so costs are exact. */
function byBruteForce(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
): { scores: number[]; orders: number } {
  const n = rows.length;
  const against = rows.map((a) =>
    rows.map((b) => weights.reduce((sum, weight, k) => sum + ((b[k] ?? NaN) > (a[k] ?? NaN) ? weight : 0), 0)),
  );
  let least = Infinity;
  let best: number[][] = [];
  for (const order of permutations(n)) {
    let cost = 0;
    for (let a = 0; a < n; a++) for (let b = a + 1; b < n; b++) cost += against[order[a] ?? 0]?.[order[b] ?? 0] ?? NaN;
    if (cost < least) {
      least = cost;
      best = [];
    }
    if (cost === least) best.push(order);
  }
  return {
    scores: rows.map((_, i) => n - best.reduce((sum, order) => sum + order.indexOf(i), 0) / best.length),
    orders: best.length,
  };
}

/** An election: each column is a group of voters with its size, each row a candidate with its place from the top. */
const election = (places: readonly (readonly number[])[], voters: readonly number[]): Problem =>
  problemOf(
    places.map((row) => row.map((place) => -place)),
    voters,
  );

describe('KEMENY_YOUNG', () => {
  it('Wikipedia, Kemeny–Young method, Tennessee: Nashville, Chattanooga, Knoxville, Memphis', () => {
    const tennessee = election(
      [
        [1, 4, 4, 4],
        [2, 1, 3, 3],
        [3, 2, 1, 2],
        [4, 3, 2, 1],
      ],
      [42, 26, 15, 17],
    );
    expect([...kemeny(tennessee)]).toEqual([1, 4, 3, 2]);
  });

  it('Young (1988), Condorcet’s theory of voting, Condorcet’s 60 voters: B, C, A', () => {
    // 23 ABC, 17 BCA, 2 BAC, 10 CAB, 8 CBA: A beats B 33, B beats C 42, C beats A 35.
    const condorcet = election(
      [
        [1, 3, 2, 2, 3],
        [2, 1, 1, 3, 2],
        [3, 2, 3, 1, 1],
      ],
      [23, 17, 2, 10, 8],
    );
    expect([...kemeny(condorcet)]).toEqual([1, 3, 2]);
  });

  it('gives every city of a perfect cycle the mean place, and says so', () => {
    const run = runMethod(
      'KEMENY_YOUNG',
      election(
        [
          [1, 3, 2],
          [2, 1, 3],
          [3, 2, 1],
        ],
        [1, 1, 1],
      ),
    );
    expect([...run.scores]).toEqual([2, 2, 2]);
    expect(run.warnings).toMatchObject([{ code: 'METHOD_NOTE' }]);
    expect(run.warnings[0]?.message).toContain('Several rankings');
  });

  it('takes a large group whose pairs are all ties, and one city', () => {
    const run = runMethod(
      'KEMENY_YOUNG',
      problemOf(
        Array.from({ length: 40 }, () => [1, 2]),
        [1, 1],
      ),
    );
    expect([...run.scores]).toEqual(new Array(40).fill(20.5));
    expect(run.warnings).toHaveLength(1);
    expect([...kemeny(problemOf([[3]], [1]))]).toEqual([1]);
  });

  it('takes any number of cities that majority puts in groups of at most 18', () => {
    // Blocks of three in a cycle, each block above the next.
    const rows = Array.from({ length: 300 }, (_, i) => {
      const block = Math.floor(i / 3) * 10;
      return (
        [
          [1, 3, 2],
          [2, 1, 3],
          [3, 2, 1],
        ][i % 3]?.map((place) => -block - place) ?? []
      );
    });
    const run = runMethod('KEMENY_YOUNG', problemOf(rows, [1, 1, 1]));
    expect([...run.scores.slice(0, 7)]).toEqual([299, 299, 299, 296, 296, 296, 293]);
    const sizes = tableRow(run, 'Sizes of the groups that majority splits the cities into, from the best');
    expect([...sizes]).toEqual(new Array(100).fill(3));
  });

  /** One cycle through all: the second column moves the first city to the end, and so on round. */
  const entangled = (n: number): Problem =>
    problemOf(
      Array.from({ length: n }, (_, i) => Array.from({ length: n }, (_unused, k) => -((i + k) % n))),
      Array.from({ length: n }, () => 1),
    );

  it('solves 18 entangled cities, refuses 19 and says what it takes', () => {
    expect([...kemeny(entangled(18))]).toEqual(new Array(18).fill(9.5));
    const refusal = refusalOf(() => kemeny(entangled(19)));
    expect(refusal?.code).toBe('PRECONDITION_FAILED');
    expect(refusal?.problems[0]?.value).toBe(19);
    expect(refusal?.problems[0]?.allowed).toMatch(/at most 18 cities.*COPELAND or BORDA_COUNT/);
  });

  it('equals brute force over all orders of up to 7 cities, tied best orders included', () => {
    let several = 0;
    fc.assert(
      fc.property(
        fc.record({ n: fc.integer({ min: 1, max: 7 }), m: fc.integer({ min: 1, max: 5 }) }).chain(({ n, m }) =>
          fc.record({
            rows: fc.array(fc.array(fc.integer({ min: 0, max: 6 }), { minLength: m, maxLength: m }), {
              minLength: n,
              maxLength: n,
            }),
            weights: fc.array(fc.integer({ min: 1, max: 5 }), { minLength: m, maxLength: m }),
          }),
        ),
        ({ rows, weights }) => {
          const { scores, orders } = byBruteForce(rows, weights);
          const run = runMethod('KEMENY_YOUNG', problemOf(rows, weights));
          expectColumnsAgree(run.scores, scores, 'score', { relative: 0, absolute: 1e-8 });
          expect(run.warnings).toHaveLength(orders > 1 ? 1 : 0);
          if (orders > 1) several++;
        },
      ),
      { numRuns: 150, seed: 4 },
    );
    expect(several).toBeGreaterThan(10);
  });
});
