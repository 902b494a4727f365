import type { Repeater } from '@graphql-yoga/subscription';
import { Arg, Ctx, FieldResolver, ID, Mutation, Query, Resolver, Root, Subscription } from 'type-graphql';
import { foundBy, type JobFound } from '../rankings/jobs';
import type { Context } from './context';
import { CancelJobPayloadType, errorsOfJob, jobPayload, JobType, type AnyJob, type JobPayload } from './jobs.types';
import { Needs } from './needs';
import { JobResultType } from './robustness-jobs.types';
import { UserErrorType, type UserError } from './user-errors';

const IdArg = (): ParameterDecorator =>
  Arg('id', () => ID, { description: 'Its id, from the mutation that started it.' }) as ParameterDecorator;

/** Long runs. */
@Resolver(() => JobType)
export class JobResolver {
  @Query(() => JobType, { nullable: true, description: 'A job as it is now. Null when it fails; `errors` says why.' })
  job(@IdArg() id: string, @Ctx() { jobs }: Context): Promise<AnyJob> {
    return jobs.get(id);
  }

  // Its id, which cannot be guessed, is what lets a caller cancel it.
  @Needs('read')
  @Mutation(() => CancelJobPayloadType, { description: 'Ends a job. One that has ended stays as it is.' })
  cancelJob(@IdArg() id: string, @Ctx() { jobs }: Context): Promise<JobPayload> {
    return jobPayload(() => jobs.cancel(id));
  }

  @Subscription(() => JobType, {
    subscribe: ({ args, context }: { args: { id: string }; context: Context }): Promise<Repeater<AnyJob, undefined>> =>
      context.jobs.follow(args.id),
    description: 'A job as it is, then each change of it, progress a few times a second at most, to its end.',
  })
  jobProgress(@IdArg() _id: string, @Root() job: AnyJob): AnyJob {
    return job;
  }

  @FieldResolver(() => JobResultType, {
    nullable: true,
    description:
      'What came out. Null until the job is DONE, and where the result is too large to be read at another process than its own; then `errors` of the answer says so.',
  })
  result(@Root() job: AnyJob): JobFound | null {
    return foundBy(job);
  }

  @FieldResolver(() => [UserErrorType], { description: 'Why it has failed; empty unless it has.' })
  errors(@Root() job: AnyJob): UserError[] {
    return errorsOfJob(job);
  }
}
