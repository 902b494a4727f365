/** Sensitivity, stability, bounds and reversals of a ranking: what `src/scoring/index.ts` passes on. */
export * from './choices';
export * from './sobol';
export * from './weight-stability';
