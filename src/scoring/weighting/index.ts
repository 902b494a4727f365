// Written by scripts/write-method-indexes.mjs; do not edit.
export { ahp } from './ahp';
export { balanced } from './balanced';
export { benefitOfTheDoubt } from './benefit-of-the-doubt';
export { critic } from './critic';
export { entropy } from './entropy';
export { equal } from './equal';
export { gini } from './gini';
export { given } from './given';
export { hierarchical } from './hierarchical';
export { lopcow } from './lopcow';
export { merec } from './merec';
export { pca } from './pca';
export { rankOrderCentroid } from './rank-order-centroid';
export { rankSum } from './rank-sum';
export { standardDeviation } from './standard-deviation';
