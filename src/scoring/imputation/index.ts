// Written by scripts/write-method-indexes.mjs; do not edit.
export { constant } from './constant';
export { groupMean } from './group-mean';
export { groupMedian } from './group-median';
export { kNearestNeighbours } from './k-nearest-neighbours';
export { latest } from './latest';
export { linear } from './linear';
export { linearHeldEnds } from './linear-held-ends';
export { mean } from './mean';
export { median } from './median';
export { none } from './none';
export { rowMean } from './row-mean';
export { rowMedian } from './row-median';
