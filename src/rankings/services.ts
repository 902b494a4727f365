import type {
  KeptRankingRepository,
  ObservationRepository,
  ReleaseDataRepository,
  ReleaseRepository,
} from '../entities';
import { AgreementService } from './agreement.service';
import { BandsService } from './bands.service';
import { CatalogueService } from './catalogue.service';
import { ChangeService } from './change.service';
import { ComparisonService } from './comparison.service';
import { DiagnosticsService } from './diagnostics.service';
import { ExplanationService } from './explanation.service';
import { JobService, type JobServiceOptions } from './job.service';
import { bytesOf } from './bytes-of';
import type { Jobs } from './jobs';
import { NodeService } from './node.service';
import { RankingArchive } from './ranking-archive';
import { RankingMemory } from './ranking-memory';
import { MAX_CELL_OPERATIONS, RankingService } from './ranking.service';
import { ReleaseCache } from './release-cache';
import { ResultCache } from './result-cache';
import { RobustnessService } from './robustness.service';
import { SharedJobs, type JobStore, type SharedJobsOptions } from './shared-jobs';
import { WorkerPool } from './worker-pool';

/** The use cases, as resolvers call them. */
export interface Services {
  readonly releases: ReleaseCache;
  readonly catalogue: CatalogueService;
  readonly rankings: RankingService;
  readonly archive: RankingArchive;
  readonly nodes: NodeService;
  readonly agreement: AgreementService;
  readonly diagnostics: DiagnosticsService;
  readonly bands: BandsService;
  readonly comparison: ComparisonService;
  readonly explanation: ExplanationService;
  readonly change: ChangeService;
  readonly robustness: RobustnessService;
  readonly jobs: Jobs;
}

/** What the use cases read from, and how much they may keep. */
export interface ServiceOptions {
  readonly releaseRepository: ReleaseRepository;
  readonly releaseDataRepository: ReleaseDataRepository;
  readonly observationRepository: ObservationRepository;
  readonly keptRankingRepository: KeptRankingRepository;
  /** Most rankings that are kept for citation. */
  readonly maxKeptRankings: number;
  /** Largest sum of kept results, in bytes. */
  readonly resultCacheBytes: number;
  /** Threads for long work; 0: none. */
  readonly workers: number;
  readonly jobRepository: JobStore;
  readonly jobs: Omit<JobServiceOptions<unknown>, 'sizeOf'> & SharedJobsOptions;
}

/** Builds the use cases, once for the process. Nothing is loaded yet: call `releases.refresh()`. */
export function createServices(options: ServiceOptions): Services {
  const releases = new ReleaseCache(options.releaseRepository, options.releaseDataRepository);
  const memory = new RankingMemory();
  const results = new ResultCache(options.resultCacheBytes);
  const rankings = new RankingService(releases, results, MAX_CELL_OPERATIONS, memory);
  const { keptRankingRepository, maxKeptRankings } = options;
  const archive = new RankingArchive(releases, rankings, memory, keptRankingRepository, maxKeptRankings);
  return {
    releases,
    catalogue: new CatalogueService(releases, options.releaseRepository, options.observationRepository),
    rankings,
    archive,
    nodes: new NodeService(releases, options.observationRepository, archive),
    agreement: new AgreementService(),
    diagnostics: new DiagnosticsService(rankings),
    bands: new BandsService(rankings),
    comparison: new ComparisonService(rankings),
    explanation: new ExplanationService(rankings),
    change: new ChangeService(rankings),
    robustness: new RobustnessService(rankings, new WorkerPool({ workers: options.workers })),
    jobs: new SharedJobs(
      new JobService({ ...options.jobs, sizeOf: (result) => bytesOf(result, sharedWith(releases)) }),
      options.jobRepository,
      options.jobs,
    ),
  };
}

/** What results of jobs refer to and do not hold by themselves. */
function sharedWith({ loaded }: ReleaseCache): object[] {
  return loaded ? [loaded] : [];
}
