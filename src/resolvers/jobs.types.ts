import { Field, Float, ID, ObjectType } from 'type-graphql';
import type { Job, JobState } from '../rankings/job.service';
import { JOB_KINDS, type JobFound, type JobKind } from '../rankings/jobs';
import { RequestError } from '../rankings/request-error';
import { ScoringError } from '../scoring';
import { defineEnum } from './enums';
import { UserErrorType, userErrorsOf, withUserErrors, type UserError } from './user-errors';

/** A job of this service. */
export type AnyJob = Job<JobKind, JobFound>;

/** What jobs work out. */
export const JobKindEnum = defineEnum<JobKind>('JobKind', 'What a job works out.', JOB_KINDS);

/** Where jobs are in their lives. */
export const JobStateEnum = defineEnum<JobState>('JobState', 'Where a job is in its life. The last three are final.', {
  QUEUED: 'It waits for others to end.',
  RUNNING: 'It is being worked on.',
  DONE: 'It has a result.',
  FAILED: 'It has none, for the reasons in `errors`.',
  CANCELLED: 'Somebody ended it, or the server stopped.',
});

/** How far a job is. */
@ObjectType('JobProgress', { description: 'How far a job is.', simpleResolvers: true })
export class JobProgressType {
  @Field(() => Float, { description: 'Units of work done, such as draws.' })
  done!: number;

  @Field(() => Float, { description: 'Units of work in all.' })
  total!: number;
}

/** A long run. */
@ObjectType('Job', {
  description: 'A long run. Who knows its id may read and cancel it; a while after its end it is forgotten.',
  simpleResolvers: true,
})
export class JobType implements Omit<AnyJob, 'result' | 'error'> {
  @Field(() => ID, { description: 'Its id, which cannot be guessed.' })
  id!: string;

  @Field(() => JobKindEnum, { description: 'What it works out.' })
  kind!: JobKind;

  @Field(() => JobStateEnum, { description: 'Where it is in its life.' })
  state!: JobState;

  @Field(() => JobProgressType, { nullable: true, description: 'How far it is. Null until that is known.' })
  progress!: { readonly done: number; readonly total: number } | null;

  @Field(() => String, { description: 'When it was asked for: ISO 8601, UTC.' })
  createdAt!: string;

  @Field(() => String, { nullable: true, description: 'When it began: ISO 8601, UTC. Null while it waits.' })
  startedAt!: string | null;

  @Field(() => String, { nullable: true, description: 'When it ended: ISO 8601, UTC. Null until then.' })
  endedAt!: string | null;

  @Field(() => Float, { description: 'Seconds that it has run; 0 while it waits.' })
  secondsElapsed!: number;

  @Field(() => Float, {
    nullable: true,
    description:
      'Seconds that the rest takes at the rate so far; 0 once it has ended. Null where there is no rate yet.',
  })
  secondsLeft!: number | null;
}

/** What came of a mutation on a job. */
export interface JobPayload {
  readonly job: AnyJob | null;
  readonly userErrors: readonly UserError[];
}

/** Does something with a job; a refusal becomes data. */
export async function jobPayload(work: () => AnyJob | Promise<AnyJob>): Promise<JobPayload> {
  const { value, userErrors } = await withUserErrors(work);
  return { job: value, userErrors };
}

/** What came of asking a job to end. */
@ObjectType('CancelJobPayload', { description: 'What came of asking a job to end.', simpleResolvers: true })
export class CancelJobPayloadType implements JobPayload {
  @Field(() => JobType, { nullable: true, description: 'The job as it is now. Null where there is none.' })
  job!: AnyJob | null;

  @Field(() => [UserErrorType], { description: 'Why there is none.' })
  userErrors!: readonly UserError[];
}

/** Why a job has failed. */
export function errorsOfJob({ state, error }: AnyJob): UserError[] {
  if (state !== 'FAILED') return [];
  return error instanceof RequestError || error instanceof ScoringError ? userErrorsOf(error) : [UNEXPECTED];
}

const UNEXPECTED: UserError = { path: '', code: 'INTERNAL', message: 'Unexpected error', value: null, allowed: null };
