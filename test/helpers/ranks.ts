/** Competition ranks (1, 2, 2, 4), highest first; `NaN` stays `NaN`. */
export function competitionRanks(scores: Float64Array): Float64Array {
  return scores.map((score) => (Number.isNaN(score) ? NaN : 1 + scores.filter((other) => other > score).length));
}
