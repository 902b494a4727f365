import type { Panel, Tree } from '../../scoring';
import type { City } from '../city';
import type { FrameworkNode } from '../framework-node';
import type { IndexFramework } from '../index-framework';
import type { Indicator } from '../indicator';
import type { Initiative } from '../initiative';
import type { MethodologyPreset } from '../methodology-preset';
import type { PublishedRanking } from '../published-ranking';
import type { Release } from '../release';
import type { Source } from '../source';

/** Everything of a release that is worth keeping in memory: all but the source and note of each observation. */
export interface ReleaseData {
  readonly release: Release;
  /**
   * All observations. Cities and indicators stand in code order; `cities[i].groups` is
   * `{ TIER: tier | null, PROVINCE: provinceCode | null }`; `statuses` is `OBSERVATION_STATUSES`.
   */
  readonly panel: Panel;
  /** In code order. */
  readonly cities: ReadonlyMap<string, City>;
  /** In code order. */
  readonly indicators: ReadonlyMap<string, Indicator>;
  /** By id, in id order. */
  readonly sources: ReadonlyMap<string, Source>;
  /** The checked tree of each framework, in code order. */
  readonly frameworks: ReadonlyMap<string, Tree>;
  /** The stored row (code, names, root) of each framework, in code order. */
  readonly indexFrameworks: ReadonlyMap<string, IndexFramework>;
  /** Nodes of each framework by node code, in tree order (children before parents, root last). */
  readonly frameworkNodes: ReadonlyMap<string, ReadonlyMap<string, FrameworkNode>>;
  /** In code order. */
  readonly methodologies: ReadonlyMap<string, MethodologyPreset>;
  /** In (report, year, dimension, rank, city) order. */
  readonly publishedRankings: readonly PublishedRanking[];
  /** In (city, title, day) order. */
  readonly initiatives: readonly Initiative[];
}
