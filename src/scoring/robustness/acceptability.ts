import { itemAt } from '../lookup';
import { at, atInt } from '../numeric/at';
import { variesBesidesWeights, type UncertaintyPlan } from './plan';
import type { CentralWeights, Estimate, UncertaintyResult } from './statistics';
import { shareOfDraws } from './statistics';
import { DrawEvaluator } from './uncertainty-draws';
import { DrawRanker } from './uncertainty-kernels';
import type { DrawModel } from './uncertainty-model';

/*
 * Stochastic multicriteria acceptability analysis (SMAA-2): Lahdelma and Salminen (2001), SMAA-2: Stochastic
 * multicriteria acceptability analysis for group decision making, Operations Research 49(3),
 * https://doi.org/10.1287/opre.49.3.444.11220.
 */

/** Rank acceptability index: the share of draws that give a city a rank, with its standard error. */
export function rankAcceptability(result: UncertaintyResult, city: number, rank: number): Estimate {
  const bin = result.rankValues.indexOf(rank);
  const count = bin < 0 ? 0 : atInt(result.distribution, city * result.rankValues.length + bin);
  return shareOfDraws(count, result.draws);
}

/** A city's confidence factor, with what it was found from. */
export interface Confidence extends Estimate {
  readonly city: number;
  readonly draws: number;
}

/**
 * Draws that each city's confidence factor is found from, so that all of them together take no longer than the run: the
 * plan's, shared out evenly among the cities that were ever first.
 */
export function confidenceDraws({ draws }: UncertaintyPlan, citiesEverFirst: number): number {
  return Math.max(1, Math.floor(draws / Math.max(1, citiesEverFirst)));
}

/**
 * Confidence factors: the probability that a city is first when its central weights are used, everything but the weights
 * drawn as planned. Where nothing but weights varies one ranking decides, and the factor is 0 or 1. The error is that of the
 * draws; central weights are taken as found.
 * @param draws how many draws are made for each city, at most the plan's; see {@link confidenceDraws}
 */
export function confidenceFactors(
  model: DrawModel,
  plan: UncertaintyPlan,
  centralWeights: readonly CentralWeights[],
  draws: number,
): Confidence[] {
  const variant = itemAt(model.variants, 0);
  const evaluator = new DrawEvaluator(model, plan);
  const ranker = new DrawRanker(model.codes, variant.methodology.rank);
  const varies = variesBesidesWeights(plan);
  const needed = varies ? Math.min(draws, plan.draws) : 1;
  return centralWeights.map(({ city, weights }) => {
    let first = 0;
    for (let draw = 0; draw < needed; draw++) {
      const { scores, lowerIsBetter, tieBreaker } = evaluator.evaluate(draw, weights);
      ranker.rank(scores, lowerIsBetter, tieBreaker);
      if (atInt(ranker.places, city) === 1) first++;
    }
    return varies
      ? { city, draws: needed, ...shareOfDraws(first, needed) }
      : { city, draws: needed, value: first, error: 0 };
  });
}

/** Share of the draws in which each city came first, alone or in a tie, by city: the acceptability of the first rank. */
export function firstRankShares(result: UncertaintyResult): Float64Array {
  const bins = result.rankValues.length;
  return Float64Array.from(result.codes, (_, city) => atInt(result.distribution, city * bins) / result.draws);
}

/** Holistic acceptability: Σ over ranks of (n − rank) / (n − 1) × acceptability, from 0 (always last) to 1 (always first). */
export function holisticAcceptability(result: UncertaintyResult): Float64Array {
  const n = result.codes.length;
  const bins = result.rankValues.length;
  return Float64Array.from(result.codes, (_, city) => {
    let sum = 0;
    for (let bin = 0; bin < bins; bin++)
      sum += atInt(result.distribution, city * bins + bin) * (n - at(result.rankValues, bin));
    return n === 1 ? 1 : sum / (n - 1) / result.draws;
  });
}
