/** Change over years: histories on one scale, trends, convergence of groups, and the causes of a change of rank. */
export { balancedPanel, PANEL_RULES, type Balance, type LeftOutCity, type PanelRule } from './balance';
export { betaConvergence, fitLine, type BetaConvergence, type GrowthForm, type Line } from './beta-convergence';
export {
  CONFIDENCE,
  convergenceOf,
  type BalancedPanel,
  type ConvergenceStatistics,
  type GapChange,
  type GroupTrack,
  type GroupYear,
  type SpreadYear,
} from './convergence';
export {
  historyCost,
  INDICATORS_OVER_YEARS,
  NORMALISATIONS_OVER_YEARS,
  rankYears,
  scoresOf,
  standingsOf,
  type DroppedIndicator,
  type History,
  type HistoryRun,
  type IndicatorsOverYears,
  type NormalisationOverYears,
  type YearStanding,
} from './history';
export { gini, relativeSpread, theilSplit, type RelativeSpread, type TheilSplit } from './inequality';
export {
  CHANGE_CAUSES,
  counterfactualStanding,
  rankChangeCost,
  splitRankChange,
  type ChangeCause,
  type ChangePart,
  type RankChange,
  type RankingSide,
} from './rank-change';
export { shapley, type Shares } from './shapley';
export { compoundGrowth, LARGEST_EXACT, trendOf, type Trend } from './trend';
