import { at, atInt } from '../numeric/at';
import { orderAscending, orderDescending } from '../numeric/order';
import { equalIntervalBands } from './equal-interval';
import { naturalBreaksBands } from './natural-breaks';
import { quantileBands } from './quantile';
import { scoreDistanceBands } from './score-distance';

/** How scores are cut into bands. Equal scores are always in the same band. */
export type BandRule =
  | { readonly method: 'QUANTILE' | 'EQUAL_INTERVAL' | 'NATURAL_BREAKS'; readonly count: number }
  | { readonly method: 'SCORE_DISTANCE'; readonly distance: number };

/** One band. */
export interface Band {
  /** 1 for the best; bands without a city are passed over, so numbers may skip. */
  readonly number: number;
  /** Best score in it. */
  readonly best: number;
  /** Worst score in it. */
  readonly worst: number;
  /** Number of cities in it. */
  readonly count: number;
}

/** Scores cut into bands. */
export interface Bands {
  /** Band number of each city; 0 where its score is missing. */
  readonly numbers: Int32Array;
  /** Bands with cities, best first. */
  readonly bands: readonly Band[];
}

/**
 * Cuts scores into bands.
 * @param scores one for each city; `NaN` = missing, in no band; finite otherwise
 * @param rule `count` is an integer of at least 1; `distance` is at least 0, in score units
 * @param lowerIsBetter true where a low score is good
 */
export function bandsOf(scores: Float64Array, rule: BandRule, lowerIsBetter = false): Bands {
  const order = lowerIsBetter ? orderAscending(scores) : orderDescending(scores);
  const sorted = Float64Array.from(order, (i) => at(scores, i));
  const bySorted = numbersOf(sorted, rule);
  const numbers = new Int32Array(scores.length);
  const bands: { number: number; best: number; worst: number; count: number }[] = [];
  order.forEach((city, k) => {
    const number = atInt(bySorted, k);
    numbers[city] = number;
    const last = bands[bands.length - 1];
    const score = at(sorted, k);
    if (last?.number === number) {
      last.worst = score;
      last.count++;
    } else bands.push({ number, best: score, worst: score, count: 1 });
  });
  return { numbers, bands };
}

/** Band numbers of scores sorted from best to worst. */
function numbersOf(sorted: Float64Array, rule: BandRule): Int32Array {
  switch (rule.method) {
    case 'QUANTILE':
      return quantileBands(sorted, rule.count);
    case 'EQUAL_INTERVAL':
      return equalIntervalBands(sorted, rule.count);
    case 'NATURAL_BREAKS':
      return naturalBreaksBands(sorted, rule.count);
    case 'SCORE_DISTANCE':
      return scoreDistanceBands(sorted, rule.distance);
  }
}
