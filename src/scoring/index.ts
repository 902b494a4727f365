/** The engine's public face: the only file of `src/scoring` that the rest of the service imports. */
export * from './descriptor';
export * from './errors';
export * from './methodology';
export * from './parameters';
export * from './pipeline';
export { allMethods, registry, type Registry } from './registry';
export * from './table';
export * from './tree';
export type { NodeScores } from './aggregate';
export { canonicalJson, digestOf } from './canonical';
export { kendallTauB, pearson, spearman } from './comparison/rank-correlation';
export * as diagnostics from './diagnostics';
export { bandsOf, ranksWithinGroups, type Band, type BandRule, type Bands } from './bands';
