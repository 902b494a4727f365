import type { RobustnessService } from '../rankings/robustness.service';
import { jobPayload, type JobPayload } from './jobs.types';
import type { StartRobustnessArgs } from './robustness-jobs.inputs';
import { checkArgument } from './rules';

/** Starts an analysis as a job; what is wrong with the arguments becomes data. */
export function startRobustness(
  robustness: Pick<RobustnessService, 'start'>,
  args: StartRobustnessArgs,
): Promise<JobPayload> {
  return jobPayload(() => {
    checkArgument(args);
    return robustness.start(args.ranking ?? {}, args.input);
  });
}
