import { Field, Float, Int, ObjectType } from 'type-graphql';
import type { AnalysisEstimate } from '../rankings/robustness.service';
import { JobType, type AnyJob, type JobPayload } from './jobs.types';
import { UserErrorType, type UserError } from './user-errors';

/** What an analysis would cost. */
@ObjectType('AnalysisEstimate', {
  description: 'What an analysis would cost, by what the budget counts. Nothing is run for it.',
  simpleResolvers: true,
})
export class AnalysisEstimateType implements AnalysisEstimate {
  @Field(() => Float, { description: 'Cell operations.' })
  cellOperations!: number;

  @Field(() => Int, {
    nullable: true,
    description: 'Draws that it makes, or rankings of a design. Null where it makes none.',
  })
  draws!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Draws that it may make in a request. Null where it makes none, or those of a design.',
  })
  drawLimit!: number | null;

  @Field(() => Int, {
    nullable: true,
    description: 'Draws that it may make in a job. Null where it makes none, or those of a design.',
  })
  jobDrawLimit!: number | null;

  @Field(() => Float, {
    description:
      'Seconds that it takes once it has its turn, at the rate of the analyses of its kind that this process has made; before the first one a stated rate stands in.',
  })
  expectedSeconds!: number;

  @Field(() => Float, {
    description:
      'Mebibytes of memory that it takes on one thread, about: what grows with cities, draws and alternatives. More threads take more, as many as there is room for.',
  })
  memoryMiB!: number;

  @Field(() => Float, { description: 'Mebibytes that an analysis may take, in a request or a job.' })
  memoryLimitMiB!: number;

  @Field(() => Float, { description: 'Cell operations that a request may cost, those of its ranking included.' })
  budget!: number;

  @Field(() => Boolean, {
    description: 'Whether a request may ask for it and its ranking alone, by cost, draws and memory.',
  })
  withinBudget!: boolean;

  @Field(() => Float, { description: 'Cell operations that a job may cost.' })
  jobBudget!: number;

  @Field(() => Boolean, { description: 'Whether a job may do it, by cost, draws and memory.' })
  withinJobBudget!: boolean;
}

/** What came of asking for a job. */
@ObjectType('StartRobustnessPayload', { description: 'What came of asking for a job.', simpleResolvers: true })
export class StartRobustnessPayloadType implements JobPayload {
  @Field(() => JobType, { nullable: true, description: 'The job as it is now. Null where it was refused.' })
  job!: AnyJob | null;

  @Field(() => [UserErrorType], { description: 'Why it was refused.' })
  userErrors!: readonly UserError[];
}

/** What a job came to. */
@ObjectType('JobResult', {
  description: 'What a job came to, in the field of its kind, of the same type as the field of `robustness`.',
})
export class JobResultType {
  @Field(() => String, { description: 'Digest of the ranking that it is about.' })
  digest!: string;
}
