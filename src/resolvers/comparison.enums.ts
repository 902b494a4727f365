import type { PeerGroup } from '../rankings/comparison-view';
import type { PEER_DISTANCES } from '../rankings/comparison.service';
import type { GapMethod } from '../scoring';
import { defineEnum } from './enums';

/** How a gap was split. */
export const GapMethodEnum = defineEnum<GapMethod>(
  'GapMethod',
  'How a gap was split into indicators; all add to the gap.',
  {
    CLOSED_FORM:
      'By formula: every node is an arithmetic, geometric, harmonic or power mean. A part is the difference times the weights down the tree, under a geometric mean logarithmic-mean weights.',
    SHAPLEY_EXACT: 'Shapley value over all orders in which the two cities could exchange their indicators.',
    SHAPLEY_SAMPLED: 'The same over a fixed sample of orders, since there are too many for all.',
  },
);

/** Whom a city is compared with. */
export const PeerGroupEnum = defineEnum<PeerGroup>('PeerGroup', 'Whom a city is compared with.', {
  ALL: 'All scored cities.',
  TIER: 'The scored cities of its tier.',
  PROVINCE: 'The scored cities of its province.',
});

/** How near a city is. */
export const PeerDistanceEnum = defineEnum<(typeof PEER_DISTANCES)[number]>('PeerDistance', 'How near a city is.', {
  PROFILE:
    'Root mean square difference of the normalised indicators that both cities have, at least half of them: the same strengths at the same height.',
  SHAPE: "1 less Pearson's correlation of the normalised indicators: the same strengths at whatever height.",
  INDICATORS: 'Root mean square difference of the named indicators, treated and divided by their standard deviations.',
  GROUND: 'Kilometres over ground, as the crow flies.',
});
