import type { AggregationOracle } from '../aggregation';
import { benefitOfTheDoubt } from './benefit-of-the-doubt';
import { distances } from './distances';
import { moora } from './moora';
import { outranking } from './outranking';
import { ratios } from './ratios';
import { voting } from './voting';

/** Oracles of the whole-table methods by id. */
export const multicriteria: Readonly<Record<string, AggregationOracle>> = {
  ...ratios,
  ...distances,
  ...moora,
  ...voting,
  ...outranking,
  BENEFIT_OF_THE_DOUBT: benefitOfTheDoubt,
};
