import type { AnalysisKind, AnalysisResult } from './analyses';
import type { Job } from './job.service';
import { refuse } from './request-error';
import type { SharedJobs } from './shared-jobs';

/** What a job works out, with what it is. */
export const JOB_KINDS = {
  UNCERTAINTY: 'How sure each rank is, by Monte Carlo.',
  MULTIVERSE: 'Ranks by every combination of alternatives.',
  RANK_BOUNDS: 'Best and worst rank of each city whatever the missing values are.',
  RANK_REVERSALS: 'Whose order turns round when a third city is left out.',
  WEIGHT_STABILITY: 'In which range each weight may move while an order stays the same.',
  SOBOL: 'How much of the variance of ranks each choice and each weight is responsible for.',
  ONE_AT_A_TIME: 'What each change of the recipe does by itself.',
} as const satisfies Readonly<Record<AnalysisKind, string>>;

/** See {@link JOB_KINDS}. */
export type JobKind = AnalysisKind;

/** What a job came to. */
export type JobFound = {
  readonly [K in JobKind]: {
    readonly kind: K;
    /** Of the ranking. */
    readonly digest: string;
    readonly found: AnalysisResult<K>;
  };
}[JobKind];

/** The long runs of this service. */
export type Jobs = SharedJobs<JobKind, JobFound>;

/**
 * What a job came to; null until it is done.
 * @throws RequestError `NOT_FOUND` where it is done and its result is not here
 */
export function foundBy({ id, state, result }: Job<JobKind, JobFound>): JobFound | null {
  if (state !== 'DONE' || result !== null) return result;
  throw refuse(
    'NOT_FOUND',
    'result',
    id,
    'The result is too large to be shared, and is read at the process that made it only.',
    'the same question again until that process answers it, or a smaller analysis',
  );
}
