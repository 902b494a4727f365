// Written by scripts/write-method-indexes.mjs; do not edit.
export { adjustedMazziottaPareto } from './adjusted-mazziotta-pareto';
export { arithmetic } from './arithmetic';
export { geometric } from './geometric';
export { harmonic } from './harmonic';
export { mazziottaPareto } from './mazziotta-pareto';
export { meanMinimum } from './mean-minimum';
export { median } from './median';
export { minimum } from './minimum';
export { owa } from './owa';
export { powerMean } from './power-mean';
