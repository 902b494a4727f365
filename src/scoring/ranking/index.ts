// Written by scripts/write-method-indexes.mjs; do not edit.
export { competition } from './competition';
export { dense } from './dense';
export { fractional } from './fractional';
export { modifiedCompetition } from './modified-competition';
export { ordinal } from './ordinal';
