// Written by scripts/write-method-indexes.mjs; do not edit.
export { given } from './given';
