import type { AggregationOracle } from '../aggregation';
import { columnOf, count, get, max, sumOver, text } from '../basics';
import { bestOf, vectorScaled } from './shared';

const ratioSystem: AggregationOracle = (problem) =>
  vectorScaled(problem).map((row) =>
    sumOver(row.length, (k) => get(problem.weights, k) * get(row, k) * (get(problem.costs, k) ? -1 : 1)),
  );

const referencePoint: AggregationOracle = (problem) => {
  const r = vectorScaled(problem);
  return r.map((row) =>
    max(row.map((x, k) => get(problem.weights, k) * Math.abs(bestOf(columnOf(r, k), get(problem.costs, k)) - x))),
  );
};

const multiplicative: AggregationOracle = ({ rows, weights, costs }, parameters) =>
  rows.map((row) =>
    sumOver(row.length, (k) => {
      const w = get(weights, k);
      const term =
        text(parameters, 'weightsAs') === 'EXPONENTS' ? w * Math.log(get(row, k)) : Math.log(w * get(row, k));
      return get(costs, k) ? -term : term;
    }),
  );

/** Ranks, best first, of scores of which high ones are good; scores within rounding of each other tie. */
const ranks = (scores: readonly number[]): number[] => scores.map((s) => 1 + count(scores, (t) => t > s + 1e-12));

/** Oracles of the MOORA family by id. */
export const moora: Readonly<Record<string, AggregationOracle>> = {
  MOORA: ratioSystem,
  MOORA_REFERENCE_POINT: referencePoint,
  MOORA_MULTIPLICATIVE: multiplicative,
  MULTIMOORA: (problem, parameters) => {
    const three = [
      ranks(ratioSystem(problem, parameters)),
      ranks(referencePoint(problem, parameters).map((d) => -d)),
      ranks(multiplicative(problem, parameters)),
    ];
    return problem.rows.map((_, i) =>
      count(
        problem.rows.map((__, j) => sumOver(3, (t) => Math.sign(get(get(three, t), j) - get(get(three, t), i)))),
        (balance) => balance > 0,
      ),
    );
  },
};
