import type { SharedJobs } from './shared-jobs';

/** What a job works out, with what it is. */
export const JOB_KINDS = {
  UNCERTAINTY: 'How sure each rank is, by Monte Carlo.',
} as const satisfies Readonly<Record<string, string>>;

/** See {@link JOB_KINDS}. */
export type JobKind = keyof typeof JOB_KINDS;

/** The long runs of this service. */
export type Jobs = SharedJobs<JobKind, unknown>;
