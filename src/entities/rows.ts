import type { CityMeta, IndicatorMeta, NodeDefinition } from '../scoring';
import type { City } from './city';
import type { FrameworkNode } from './framework-node';
import type { IndexFramework } from './index-framework';
import type { Indicator } from './indicator';
import type { Initiative } from './initiative';
import type { MethodologyPreset } from './methodology-preset';
import type { Observation } from './observation';
import type { PublishedRanking } from './published-ranking';
import type { Source } from './source';

/** A stored row without the release that introduced it. */
export type Unversioned<Row> = Omit<Row, 'releaseSequence'>;

/** Rows of every versioned table: what a bundle brings, or what a release holds. */
export interface ReleaseRows {
  readonly cities: readonly Unversioned<City>[];
  readonly sources: readonly Unversioned<Source>[];
  readonly indicators: readonly Unversioned<Indicator>[];
  readonly indexFrameworks: readonly Unversioned<IndexFramework>[];
  readonly frameworkNodes: readonly Unversioned<FrameworkNode>[];
  readonly observations: readonly Unversioned<Observation>[];
  readonly publishedRankings: readonly Unversioned<PublishedRanking>[];
  readonly initiatives: readonly Unversioned<Initiative>[];
  readonly methodologies: readonly Unversioned<MethodologyPreset>[];
}

/** What the engine knows of a city: its code, and its groups by `TIER` and `PROVINCE`. */
export function cityMetaOf(city: Unversioned<City>): CityMeta {
  return { code: city.code, groups: { TIER: city.tier, PROVINCE: city.provinceCode } };
}

/** What the engine knows of an indicator. */
export function indicatorMetaOf(indicator: Unversioned<Indicator>): IndicatorMeta {
  const { code, direction, goalpostLow, goalpostHigh, target, denominatorCode } = indicator;
  return {
    code,
    direction: direction === null ? 0 : direction === 'HIGHER_BETTER' ? 1 : -1,
    goalpostLow,
    goalpostHigh,
    target,
    denominator: denominatorCode,
  };
}

/** A stored node as the engine's tree builder takes it. */
export function nodeDefinitionOf(node: Unversioned<FrameworkNode>): NodeDefinition {
  const { code, parentCode, weight, indicatorCode, position } = node;
  return { code, parent: parentCode, weight, indicator: indicatorCode, position };
}
