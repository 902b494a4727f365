/** Monte Carlo over the uncertain parts of a ranking: what the rest of the service imports of it. */
export * from './acceptability';
export { noiseMoves } from './data-noise';
export {
  planUncertainty,
  uncertaintyCost,
  variesBesideNoise,
  MAX_DRAWS,
  MAX_PERCENTILES,
  type DataNoise,
  type UncertaintyInput,
  type UncertaintyPlan,
  type WeightDistribution,
  type WeightUncertainty,
} from './plan';
export {
  probabilityAbove,
  probabilityOfRankAtMost,
  shareOfDraws,
  summarise,
  tiersOf,
  type CentralWeights,
  type CitiesSummary,
  type Estimate,
  type Spread,
  type UncertaintyResult,
} from './statistics';
export { DrawEvaluator, type Draw } from './uncertainty-draws';
export { blocksAreLeft, createMemory, memoryBytes, runBytes, takeBlock, type DrawMemory } from './uncertainty-memory';
export { prepareUncertainty, type DrawModel } from './uncertainty-model';
export {
  BlockRunner,
  centralWeightsOf,
  quantilesOfCities,
  runBlocks,
  runUncertainty,
  summaryOfCities,
  type BlockFirsts,
} from './uncertainty';
