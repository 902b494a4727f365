// Written by scripts/write-method-indexes.mjs; do not edit.
export { boxCox } from './box-cox';
export { log } from './log';
export { none } from './none';
export { percentileClip } from './percentile-clip';
export { winsorise } from './winsorise';
export { winsoriseThenLog } from './winsorise-then-log';
