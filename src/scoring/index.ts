/** The engine's public face: the only file of `src/scoring` that the rest of the service imports. */
export * from './descriptor';
export * from './errors';
export * from './methodology';
export * from './parameters';
export { boundsOf, meaningOf } from './parameter-validation';
export * from './pipeline';
export { allMethods, registry, type Registry } from './registry';
export * from './table';
export * from './tree';
export { ruleFor, type NodeScores } from './aggregate';
export { canonicalJson, digestOf, quote, sortedKeys } from './canonical';
export { kendallTauB, pearson, spearman } from './comparison/rank-correlation';
export * as change from './change';
export * as diagnostics from './diagnostics';
export { bandsOf, ranksWithinGroups, type Band, type BandRule, type Bands } from './bands';
export { rankOptionsOf } from './ranks';
export * from './comparison/closest-weights';
export * from './comparison/compare-rankings';
export * from './comparison/favourable-weights';
export * from './comparison/peers';
export { rankBiasedOverlap } from './comparison/rank-biased-overlap';
export {
  completeCities,
  weightMoved,
  weightSpaceOf,
  withWeights,
  type WeightLimit,
  type WeightSpace,
} from './comparison/weight-space';
export { contributionsAt, type NodeContributions } from './explanation/contributions';
export * from './explanation/counterfactual';
export * from './explanation/edit-panel';
export * from './explanation/gap';
export * from './explanation/strengths';
export * from './robustness/sensitivity';
export * as monteCarlo from './robustness/monte-carlo';
