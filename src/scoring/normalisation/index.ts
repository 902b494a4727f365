// Written by scripts/write-method-indexes.mjs; do not edit.
export { borda } from './borda';
export { goalposts } from './goalposts';
export { minMax } from './min-max';
export { none } from './none';
export { percentileRank } from './percentile-rank';
export { rank } from './rank';
export { zScore } from './z-score';
