import type { RankBounds, RankReversal, Screening, WeightStability } from '../scoring';
import type { PlannedAnalysis } from './analysis';
import type { Ranking } from './ranking.service';
import { refuse } from './request-error';
import {
  planMultiverse,
  planRankBounds,
  planRankReversals,
  planWeightStability,
  type BoundsRequest,
  type MultiverseFound,
  type MultiverseRequest,
  type ReversalRequest,
  type StabilityRequest,
} from './sensitivity-analyses';
import { planOneAtATime, planSobol, type OneAtATimeRequest, type Sobol, type SobolRequest } from './sobol-analysis';
import { planUncertainty, type Uncertainty, type UncertaintyRequest } from './uncertainty-analysis';

/** What each analysis is asked and what it gives. A new one is added here, in {@link ANALYSES}, and to the schema. */
export interface AnalysisTypes {
  readonly UNCERTAINTY: { readonly request: UncertaintyRequest; readonly result: Uncertainty };
  readonly MULTIVERSE: { readonly request: MultiverseRequest; readonly result: MultiverseFound };
  readonly RANK_BOUNDS: { readonly request: BoundsRequest; readonly result: RankBounds };
  readonly RANK_REVERSALS: { readonly request: ReversalRequest; readonly result: readonly RankReversal[] };
  readonly WEIGHT_STABILITY: { readonly request: StabilityRequest; readonly result: readonly WeightStability[] };
  readonly SOBOL: { readonly request: SobolRequest; readonly result: Sobol };
  readonly ONE_AT_A_TIME: { readonly request: OneAtATimeRequest; readonly result: Screening };
}

/** Name of an analysis. */
export type AnalysisKind = keyof AnalysisTypes;
/** What an analysis is asked. */
export type AnalysisRequest<K extends AnalysisKind> = AnalysisTypes[K]['request'];
/** What it gives. */
export type AnalysisResult<K extends AnalysisKind> = AnalysisTypes[K]['result'];

/**
 * Checks what each analysis is asked, and says what it costs and how it is done. Nothing is computed yet.
 * @throws ScoringError or RequestError, the paths of the problems beginning in the request
 */
export const ANALYSES: {
  readonly [K in AnalysisKind]: (ranking: Ranking, request: AnalysisRequest<K>) => PlannedAnalysis<AnalysisResult<K>>;
} = {
  UNCERTAINTY: planUncertainty,
  MULTIVERSE: planMultiverse,
  RANK_BOUNDS: planRankBounds,
  RANK_REVERSALS: planRankReversals,
  WEIGHT_STABILITY: planWeightStability,
  SOBOL: planSobol,
  ONE_AT_A_TIME: planOneAtATime,
};

/** {@link ANALYSES}, for a kind that is known when it runs. */
export function planAnalysis<K extends AnalysisKind>(
  kind: K,
  ranking: Ranking,
  request: AnalysisRequest<K>,
): PlannedAnalysis<AnalysisResult<K>> {
  return ANALYSES[kind](ranking, request);
}

/** Which analysis stands under which name where one of them is asked for. */
const FIELDS = {
  uncertainty: 'UNCERTAINTY',
  multiverse: 'MULTIVERSE',
  rankBounds: 'RANK_BOUNDS',
  rankReversals: 'RANK_REVERSALS',
  weightStability: 'WEIGHT_STABILITY',
  sobol: 'SOBOL',
  oneAtATime: 'ONE_AT_A_TIME',
} as const satisfies Readonly<Record<string, AnalysisKind>>;

type Field = keyof typeof FIELDS;
const FIELD_NAMES = Object.keys(FIELDS) as Field[];

/** One analysis, under its name. Null and absent mean the same. */
export type RobustnessRequest = { readonly [F in Field]?: AnalysisRequest<(typeof FIELDS)[F]> | null };

/**
 * The one analysis that is asked for.
 * @throws RequestError `BAD_INPUT` where there is none, or several
 */
export function askedFor(request: RobustnessRequest): {
  readonly field: string;
  readonly kind: AnalysisKind;
  readonly asked: AnalysisRequest<AnalysisKind>;
} {
  const given = FIELD_NAMES.flatMap((field) => {
    const asked = request[field];
    return asked == null ? [] : [{ field, kind: FIELDS[field], asked }];
  });
  const [first, second] = given;
  if (first && !second) return first;
  throw refuse(
    'BAD_INPUT',
    second?.field ?? 'uncertainty',
    null,
    first ? 'Two analyses are asked for.' : 'No analysis is asked for.',
    `exactly one of ${FIELD_NAMES.join(', ')}`,
  );
}
