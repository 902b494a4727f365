export { bandsOf, type Band, type BandRule, type Bands } from './bands';
export { ranksWithinGroups } from './ranks-within-groups';
