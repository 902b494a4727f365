import type { ParameterRecord } from '../../../src/scoring/parameters';
import type { AggregationOracle, AggregationProblem } from '../aggregation';
import { get, max, min, num, numOr, populationDeviation, range, records, sum, sumOver, text } from '../basics';
import { perColumn } from './shared';

/** How much better city i is than city j on child k; negative where it is worse. */
const lead = ({ rows, costs }: AggregationProblem, i: number, j: number, k: number): number =>
  (get(get(rows, i), k) - get(get(rows, j), k)) * (get(costs, k) ? -1 : 1);

/** The unit that thresholds are given in, for each child. */
const units = ({ rows }: AggregationProblem, parameters: ParameterRecord): number[] =>
  perColumn(rows, (column) =>
    text(parameters, 'thresholdUnit') === 'STANDARD_DEVIATION' ? populationDeviation(column) : 1,
  );

const preference = (shape: string, d: number, p: number, q: number, s: number): number => {
  if (d <= 0) return 0;
  switch (shape) {
    case 'USUAL':
      return 1;
    case 'U_SHAPE':
      return d > q ? 1 : 0;
    case 'V_SHAPE':
      return p === 0 ? 1 : Math.min(d / p, 1);
    case 'LEVEL':
      return d <= q ? 0 : d <= p ? 0.5 : 1;
    case 'V_SHAPE_INDIFFERENCE':
      return d <= q ? 0 : d <= p ? (d - q) / (p - q) : 1;
    case 'GAUSSIAN':
      return 1 - Math.exp((-d * d) / (2 * s * s));
    default:
      throw new Error(shape);
  }
};

/** Sorts cities into classes, best (or worst) first, by which of those left are free. */
function classes(n: number, freeAmong: (left: readonly number[]) => readonly number[]): number[] {
  const place = range(n).map(() => 0);
  let left: readonly number[] = range(n);
  for (let level = 1; left.length > 0; level++) {
    const free = freeAmong(left);
    for (const i of free) place[i] = level;
    left = left.filter((i) => !free.includes(i));
  }
  return place;
}

/** Mean of the class in the direct ranking and of that in the inverse one, counted from the best. */
const meanClass = (direct: readonly number[], inverse: readonly number[]): number[] =>
  direct.map((place, i) => (place + max(inverse) + 1 - get(inverse, i)) / 2);

/** Oracles of the outranking methods by id. */
export const outranking: Readonly<Record<string, AggregationOracle>> = {
  PROMETHEE_II: (problem, parameters) => {
    const { rows, weights, children } = problem;
    const n = rows.length;
    const unit = units(problem, parameters);
    const criteria = children.map((code) => {
      const own = records(parameters, 'criteria').find((criterion) => criterion['node'] === code) ?? {};
      const threshold = (name: string): number => numOr(own, name, numOr(parameters, name, NaN));
      const shape = typeof own['preferenceFunction'] === 'string' ? own['preferenceFunction'] : null;
      return {
        shape: shape ?? text(parameters, 'preferenceFunction'),
        p: threshold('p'),
        q: threshold('q'),
        s: threshold('s'),
      };
    });
    const preferred = (i: number, j: number): number =>
      sumOver(weights.length, (k) => {
        const { shape, p, q, s } = get(criteria, k);
        const u = get(unit, k);
        return get(weights, k) * preference(shape, lead(problem, i, j, k), p * u, q * u, s * u);
      });
    if (n === 1) return [0];
    return range(n).map((i) => sumOver(n, (j) => preferred(i, j) - preferred(j, i)) / (n - 1));
  },
  ELECTRE_II: (problem, parameters) => {
    const { rows, weights } = problem;
    const n = rows.length;
    const ranges = perColumn(rows, (column) => max(column) - min(column));
    const own = text(parameters, 'discordanceRange') === 'OWN';
    const concordance = (a: number, b: number): number =>
      sumOver(weights.length, (k) => (lead(problem, a, b, k) >= 0 ? get(weights, k) : 0));
    const discordance = (a: number, b: number): number =>
      max(
        ranges.map((width, k) => {
          const objection = Math.max(0, lead(problem, b, a, k));
          return objection === 0 ? 0 : objection / (own ? width : max(ranges));
        }),
      );
    const c1 = num(parameters, 'concordanceHigh');
    const c2 = num(parameters, 'concordanceMedium');
    const c3 = num(parameters, 'concordanceLow');
    const d1 = num(parameters, 'discordanceHigh');
    const d2 = num(parameters, 'discordanceLow');
    const relation = (test: (c: number, d: number) => boolean): boolean[][] =>
      range(n).map((a) =>
        range(n).map((b) => {
          if (a === b) return false;
          const c = concordance(a, b);
          return c > concordance(b, a) && test(c, discordance(a, b));
        }),
      );
    const strong = relation((c, d) => (c >= c1 && d <= d1) || (c >= c2 && d <= d2));
    const weak = relation((c, d) => c >= c3 && d <= d1);
    // `above(r, a, b)`: a stands before b; turned round for the inverse ranking.
    const sort = (above: (r: boolean[][], a: number, b: number) => boolean): number[] =>
      classes(n, (left) => {
        const unbeaten = (among: readonly number[], r: boolean[][]): number[] =>
          among.filter((b) => !among.some((a) => above(r, a, b)));
        if (text(parameters, 'exploitation') === 'JOINT') {
          const free = unbeaten(
            left,
            strong.map((row, a) => row.map((s, b) => s || get(get(weak, a), b))),
          );
          return free.length > 0 ? free : left;
        }
        const first = unbeaten(left, strong);
        if (first.length === 0) return left;
        const second = unbeaten(first, weak);
        return second.length > 0 ? second : first;
      });
    return meanClass(
      sort((r, a, b) => get(get(r, a), b)),
      sort((r, a, b) => get(get(r, b), a)),
    );
  },
  ELECTRE_III: (problem, parameters) => {
    const { rows, weights, children } = problem;
    const n = rows.length;
    const unit = units(problem, parameters);
    const thresholds = children.map((code, k) => {
      const own = records(parameters, 'thresholds').find((record) => record['node'] === code) ?? {};
      const threshold = (name: string): number => numOr(own, name, numOr(parameters, name, Infinity)) * get(unit, k);
      return { q: threshold('indifference'), p: threshold('preference'), v: threshold('veto') };
    });
    const credibility = (a: number, b: number): number => {
      const agree = children.map((_, k) => {
        const { q, p } = get(thresholds, k);
        const deficit = lead(problem, b, a, k);
        return deficit <= q ? 1 : deficit < p ? (p - deficit) / (p - q) : 0;
      });
      const c = sum(agree.map((x, k) => x * get(weights, k)));
      const object = children.map((_, k) => {
        const { p, v } = get(thresholds, k);
        const deficit = lead(problem, b, a, k);
        return deficit <= p || v === Infinity ? 0 : deficit < v ? (deficit - p) / (v - p) : 1;
      });
      return object.reduce((sigma, d) => (d > c ? (sigma * (1 - d)) / (1 - c) : sigma), c);
    };
    const sigma = range(n).map((a) => range(n).map((b) => (a === b ? 0 : credibility(a, b))));
    const s = (lambda: number): number =>
      num(parameters, 'discriminationIntercept') + num(parameters, 'discriminationSlope') * lambda;
    const distil = (sign: 1 | -1): number[] =>
      classes(n, (left) => {
        const among = (kept: readonly number[]): number[] =>
          kept.flatMap((a) => kept.filter((b) => b !== a).map((b) => get(get(sigma, a), b)));
        let kept = left;
        let lambda = Math.max(0, ...among(left));
        while (kept.length > 1) {
          const below = among(kept).filter((x) => x < lambda - s(lambda));
          const cut = Math.max(0, ...below);
          const outranks = (a: number, b: number): boolean => {
            const ab = get(get(sigma, a), b);
            return a !== b && ab > cut && ab > get(get(sigma, b), a) + s(ab);
          };
          const current = kept;
          const qualification = current.map(
            (a) => sign * (current.filter((b) => outranks(a, b)).length - current.filter((b) => outranks(b, a)).length),
          );
          kept = current.filter((_, i) => get(qualification, i) === max(qualification));
          if (cut === 0) break;
          lambda = cut;
        }
        return kept;
      });
    return meanClass(distil(1), distil(-1));
  },
};
