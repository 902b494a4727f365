// Written by scripts/write-method-indexes.mjs; do not edit.
export { arithmetic } from './arithmetic';
export { geometric } from './geometric';
export { harmonic } from './harmonic';
