import type { RobustnessService } from '../rankings/robustness.service';
import { jobPayload, type JobPayload } from './jobs.types';
import type { StartRobustnessArgs } from './robustness-jobs.inputs';
import { checkArgument, type ArgumentLimits } from './rules';

/** Starts an analysis as a job; what is wrong with the arguments becomes data. */
export function startRobustness(
  robustness: Pick<RobustnessService, 'start'>,
  args: StartRobustnessArgs,
  limits: ArgumentLimits,
  client: string,
): Promise<JobPayload> {
  return jobPayload(() => {
    checkArgument(args, limits);
    return robustness.start(args.ranking ?? {}, args.input, client);
  });
}
