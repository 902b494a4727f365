// Written by scripts/write-method-indexes.mjs; do not edit.
export { groupMean } from './group-mean';
export { groupMedian } from './group-median';
export { mean } from './mean';
export { median } from './median';
export { none } from './none';
