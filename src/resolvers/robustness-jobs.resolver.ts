import { Args, Ctx, FieldResolver, Mutation, Resolver, Root } from 'type-graphql';
import type { JobFound } from '../rankings/jobs';
import type { Ranking } from '../rankings/ranking.service';
import type { AnalysisEstimate } from '../rankings/robustness.service';
import { MultiverseView, RankBoundsView, rankReversalRows, type RankReversalRow } from '../rankings/sensitivity-view';
import { screeningView, SobolView, type ScreeningView } from '../rankings/sobol-view';
import type { Uncertainty } from '../rankings/uncertainty-analysis';
import type { WeightStability } from '../scoring';
import type { Context } from './context';
import type { JobPayload } from './jobs.types';
import { Needs } from './needs';
import { startRobustness } from './robustness-jobs';
import { EstimateArgs, StartRobustnessArgs } from './robustness-jobs.inputs';
import { AnalysisEstimateType, JobResultType, StartRobustnessPayloadType } from './robustness-jobs.types';
import { RobustnessType, UncertaintyType } from './robustness.types';
import { MultiverseType, RankBoundsType, RankReversalType, WeightStabilityType } from './sensitivity.types';
import { ScreeningType, SobolType } from './sobol.types';
import { checkedInside } from './user-errors';

/** What an analysis would cost, and how it is made a job. */
@Resolver(() => RobustnessType)
export class RobustnessJobsResolver {
  @FieldResolver(() => AnalysisEstimateType, {
    nullable: true,
    description: 'What an analysis would cost. Null when the analysis would be refused; `errors` says why.',
  })
  estimate(
    @Root() { ranking }: { readonly ranking: Ranking },
    @Args(() => EstimateArgs) { input }: EstimateArgs,
    @Ctx() { robustness }: Context,
  ): Promise<AnalysisEstimate> {
    return robustness.estimate(ranking, input, 'input');
  }

  // It reads like the fields of `robustness` do, and its queue is bounded.
  @Needs('read')
  @Mutation(() => StartRobustnessPayloadType, {
    description:
      'Starts an analysis as a job, within the larger limits of jobs. Follow it with `jobProgress`, or read it with `job`.',
  })
  startRobustness(
    // Their rules are run inside, so that what breaks them comes as data too.
    @Args(() => StartRobustnessArgs, { validateFn: checkedInside }) args: StartRobustnessArgs,
    @Ctx() { robustness, argumentLimits, client }: Context,
  ): Promise<JobPayload> {
    return startRobustness(robustness, args, argumentLimits, client);
  }
}

const OTHER_KIND = 'Null when the job is of another kind.';

/** What a job came to. */
@Resolver(() => JobResultType)
export class JobResultResolver {
  @FieldResolver(() => UncertaintyType, { nullable: true, description: `Of UNCERTAINTY. ${OTHER_KIND}` })
  uncertainty(@Root() result: JobFound): Uncertainty | null {
    return result.kind === 'UNCERTAINTY' ? result.found : null;
  }

  @FieldResolver(() => MultiverseType, { nullable: true, description: `Of MULTIVERSE. ${OTHER_KIND}` })
  multiverse(@Root() result: JobFound): MultiverseView | null {
    return result.kind === 'MULTIVERSE' ? new MultiverseView(result.found) : null;
  }

  @FieldResolver(() => RankBoundsType, { nullable: true, description: `Of RANK_BOUNDS. ${OTHER_KIND}` })
  rankBounds(@Root() result: JobFound): RankBoundsView | null {
    return result.kind === 'RANK_BOUNDS' ? new RankBoundsView(result.found) : null;
  }

  @FieldResolver(() => [RankReversalType], { nullable: true, description: `Of RANK_REVERSALS. ${OTHER_KIND}` })
  rankReversals(@Root() result: JobFound): RankReversalRow[] | null {
    return result.kind === 'RANK_REVERSALS' ? rankReversalRows(result.found) : null;
  }

  @FieldResolver(() => [WeightStabilityType], { nullable: true, description: `Of WEIGHT_STABILITY. ${OTHER_KIND}` })
  weightStability(@Root() result: JobFound): readonly WeightStability[] | null {
    return result.kind === 'WEIGHT_STABILITY' ? result.found : null;
  }

  @FieldResolver(() => SobolType, { nullable: true, description: `Of SOBOL. ${OTHER_KIND}` })
  sobol(@Root() result: JobFound): SobolView | null {
    return result.kind === 'SOBOL' ? new SobolView(result.found) : null;
  }

  @FieldResolver(() => ScreeningType, { nullable: true, description: `Of ONE_AT_A_TIME. ${OTHER_KIND}` })
  oneAtATime(@Root() result: JobFound): ScreeningView | null {
    return result.kind === 'ONE_AT_A_TIME' ? screeningView(result.found) : null;
  }
}
