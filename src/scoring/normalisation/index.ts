// Written by scripts/write-method-indexes.mjs; do not edit.
export { minMax } from './min-max';
