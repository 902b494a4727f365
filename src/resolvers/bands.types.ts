import { ArgsType, Field, Float, Int, ObjectType } from 'type-graphql';
import { BAND_METHODS, DEFAULT_BANDS, MAX_BANDS, type BandRequest, type BandRow } from '../rankings/bands.service';
import type { CityGrouping } from '../rankings/diagnostics.service';
import { defineEnum } from './enums';
import { NotNegative, WholeNumber } from './rules';

/** Ways to cut scores into bands. */
export const BandMethodEnum = defineEnum<(typeof BAND_METHODS)[number]>(
  'BandMethod',
  'How scores are cut into bands. Equal scores are always in the same band.',
  {
    QUANTILE: 'As nearly equal numbers of cities as ties allow.',
    EQUAL_INTERVAL: 'Bands of equal width between the best and the worst score.',
    NATURAL_BREAKS: "Jenks' natural breaks: the least sum of squared distances to the bands' means, found exactly.",
    SCORE_DISTANCE: 'A band holds the scores within a distance of its best.',
  },
);

/** Groupings of cities. */
export const CityGroupingEnum = defineEnum<CityGrouping>('CityGrouping', 'How cities are grouped.', {
  TIER: 'By tier; cities without one are in no group.',
  PROVINCE: 'By province; cities without one are in no group.',
});

/** How scores are to be cut. */
@ArgsType()
export class BandArgs implements BandRequest {
  @Field(() => BandMethodEnum, { description: 'The rule.' })
  method!: (typeof BAND_METHODS)[number];

  @Field(() => Int, {
    nullable: true,
    description: `Number of bands, 1 to ${String(MAX_BANDS)}; not for SCORE_DISTANCE. Null or left out: ${String(DEFAULT_BANDS)}.`,
  })
  @WholeNumber(1, MAX_BANDS, 'number of bands')
  count?: number | null;

  @Field(() => Float, {
    nullable: true,
    description:
      'Largest distance to the best score of the band, at least 0; for SCORE_DISTANCE, which needs it. Null or left out: not used.',
  })
  @NotNegative('distance')
  distance?: number | null;
}

/** A band. */
@ObjectType('Band', { description: 'A band of scores, with the cities in it.', simpleResolvers: true })
export class BandType implements BandRow {
  @Field(() => Int, {
    description: '1 for the best. Numbers may skip, since bands without a city are not listed.',
  })
  number!: number;

  @Field(() => Float, { description: 'Best score in it.' })
  best!: number;

  @Field(() => Float, { description: 'Worst score in it.' })
  worst!: number;

  @Field(() => Int, { description: 'Number of cities in it.' })
  count!: number;

  @Field(() => [String], { description: 'Codes of the cities in it, best first.' })
  cityCodes!: readonly string[];
}
