// Written by scripts/write-method-indexes.mjs; do not edit.
export { borda } from './borda';
export { categorical } from './categorical';
export { distanceToMaximum } from './distance-to-maximum';
export { distanceToReference } from './distance-to-reference';
export { distanceToTarget } from './distance-to-target';
export { fractionOfMaximum } from './fraction-of-maximum';
export { goalposts } from './goalposts';
export { logistic } from './logistic';
export { maxAbs } from './max-abs';
export { minMax } from './min-max';
export { none } from './none';
export { percentileRank } from './percentile-rank';
export { rank } from './rank';
export { robustZ } from './robust-z';
export { sum } from './sum';
export { vector } from './vector';
export { zScore } from './z-score';
