// Written by scripts/write-method-indexes.mjs; do not edit.
export { none } from './none';
export { winsorise } from './winsorise';
export { winsoriseThenLog } from './winsorise-then-log';
