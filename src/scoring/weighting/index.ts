// Written by scripts/write-method-indexes.mjs; do not edit.
export { equal } from './equal';
export { given } from './given';
