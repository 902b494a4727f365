// Written by scripts/write-method-indexes.mjs; do not edit.
export { mean } from './mean';
export { none } from './none';
