/** Sensitivity, stability, bounds and reversals of a ranking: what `src/scoring/index.ts` passes on. */
export * from './choices';
export { scenarioBytes } from './scenario';
export * from './sobol';
export * from './weight-stability';
export * from './steps';
export {
  oneAtATime,
  oneAtATimeCost,
  oneAtATimeSteps,
  screeningOf,
  singleChangeCount,
  type Screening,
  type SingleChange,
  type SingleChanges,
} from './one-at-a-time';
export * from './multiverse';
export * from './rank-bounds';
export * from './rank-reversal';
