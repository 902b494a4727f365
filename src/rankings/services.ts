import type {
  ApiKeyRepository,
  AuditEventRepository,
  KeptRankingRepository,
  ObservationRepository,
  ReleaseDataRepository,
  ReleaseRepository,
} from '../entities';
import { AccessService } from './access.service';
import { AgreementService } from './agreement.service';
import { AnalysisRuns, type WorkersLoad } from './analysis-runs';
import { BandsService, KeptBands } from './bands.service';
import { CatalogueService } from './catalogue.service';
import { ChangeService, KeptHistories } from './change.service';
import { ComparisonService } from './comparison.service';
import { DiagnosticsService, KeptDiagnostics } from './diagnostics.service';
import { ExplanationService } from './explanation.service';
import { JobService, type JobServiceOptions } from './job.service';
import { bytesOf } from './bytes-of';
import { RankingFilesService } from './files/ranking-files.service';
import type { JobFound, JobKind, Jobs } from './jobs';
import { Ledger } from './ledger';
import { NodeService } from './node.service';
import { KnownRows, RankingArchive } from './ranking-archive';
import { RankingMemory } from './ranking-memory';
import { RankingService } from './ranking.service';
import { ReleaseCache } from './release-cache';
import { ResultCache } from './result-cache';
import { RobustnessService, type AnalysisLimits } from './robustness.service';
import { SharedJobs, type JobStore, type SharedJobsOptions } from './shared-jobs';
import { untraced, type Span } from './spans';
import { WorkerPool, type WorkerPoolOptions } from './worker-pool';

/** The use cases, as resolvers call them. */
export interface Services {
  readonly releases: ReleaseCache;
  readonly catalogue: CatalogueService;
  readonly rankings: RankingService;
  readonly archive: RankingArchive;
  readonly files: RankingFilesService;
  readonly nodes: NodeService;
  readonly agreement: AgreementService;
  readonly diagnostics: DiagnosticsService;
  readonly bands: BandsService;
  readonly comparison: ComparisonService;
  readonly explanation: ExplanationService;
  readonly change: ChangeService;
  readonly robustness: RobustnessService;
  readonly jobs: Jobs;
  readonly access: AccessService;
}

/** What the use cases read from, and how much they may keep. */
export interface ServiceOptions {
  readonly releaseRepository: ReleaseRepository;
  readonly releaseDataRepository: ReleaseDataRepository;
  readonly observationRepository: ObservationRepository;
  readonly apiKeyRepository: ApiKeyRepository;
  readonly auditEventRepository: AuditEventRepository;
  readonly keptRankingRepository: KeptRankingRepository;
  /** Most rankings that are kept for citation. */
  readonly maxKeptRankings: number;
  /** Address of the service without a slash at its end, for citations; empty where it is not known. */
  readonly publicUrl: string;
  /** Largest sum of kept results, in bytes. */
  readonly resultCacheBytes: number;
  /** Threads for long work; 0: none. */
  readonly workers: number;
  /** How those are made. */
  readonly threads?: Pick<WorkerPoolOptions, 'filename' | 'memoryMiB' | 'onError'>;
  /** Analyses of each sort that may be under way or wait. */
  readonly workerQueue: number;
  /** Most cells of all files that are being sent. */
  readonly openFileCells: number;
  readonly jobRepository: JobStore;
  readonly jobs: Omit<JobServiceOptions<JobFound>, 'sizeOf'> & SharedJobsOptions;
  readonly analysisLimits: AnalysisLimits;
}

/** How well something is kept. */
export interface CacheLoad {
  readonly hits: number;
  readonly misses: number;
  readonly size: number;
  readonly bytes: number;
}

/** The use cases of the process: with a ledger of no limit, for work that no client asks for. */
export interface ProcessServices extends Services {
  /** The use cases of one request or job, held against its ledger; see `ledger.ts`. */
  within(ledger: Ledger, span?: Span): Services;
  /** What is kept of results, and how busy the threads are. */
  readonly load: () => { readonly results: CacheLoad; readonly workers: WorkersLoad };
  /** Ends the threads. */
  close(): Promise<void>;
}

/** How much less urgent than answering long work is, and jobs: where every core is busy, answers come first. */
const [NICE, JOB_NICE] = [5, 10];

/** Builds the use cases, once for the process. Nothing is loaded yet: call `releases.refresh()`. */
export function createServices(options: ServiceOptions): ProcessServices {
  const { keptRankingRepository, maxKeptRankings, observationRepository } = options;
  const releases = new ReleaseCache(options.releaseRepository, options.releaseDataRepository);
  const memory = new RankingMemory();
  const results = new ResultCache(options.resultCacheBytes);
  const { workers, analysisLimits } = options;
  const threads = { ...options.threads, workers, runBytes: analysisLimits.memoryBytes };
  const runs = new AnalysisRuns(
    new WorkerPool({ ...threads, nice: NICE }),
    new WorkerPool({ ...threads, nice: JOB_NICE }),
    options.workerQueue,
  );
  const known = new KnownRows();
  const diagnostics = new KeptDiagnostics();
  const bands = new KeptBands();
  const histories = new KeptHistories();
  const catalogue = new CatalogueService(releases, options.releaseRepository, observationRepository);
  const agreement = new AgreementService();
  const files = new RankingFilesService(observationRepository, options.publicUrl, options.openFileCells);
  const jobs: Jobs = new SharedJobs(
    new JobService<JobKind, JobFound>({ ...options.jobs, sizeOf: (result) => bytesOf(result, sharedWith(releases)) }),
    options.jobRepository,
    options.jobs,
  );
  const access = new AccessService(options.apiKeyRepository, options.auditEventRepository);
  const within = (ledger: Ledger, span: Span = untraced): Services => {
    const rankings = new RankingService(releases, results, ledger, memory, span);
    const archive = new RankingArchive(releases, rankings, memory, keptRankingRepository, maxKeptRankings, known);
    return {
      releases,
      catalogue,
      rankings,
      archive,
      files,
      nodes: new NodeService(releases, observationRepository, archive),
      agreement,
      diagnostics: new DiagnosticsService(rankings, diagnostics),
      bands: new BandsService(rankings, bands),
      comparison: new ComparisonService(rankings),
      explanation: new ExplanationService(rankings),
      change: new ChangeService(rankings, histories),
      robustness: new RobustnessService(rankings, runs, jobs, analysisLimits, span),
      jobs,
      access,
    };
  };
  return {
    ...within(new Ledger(Infinity)),
    within,
    load: () => ({ results, workers: runs.load }),
    close: () => runs.close(),
  };
}

/** What results of jobs refer to and do not hold by themselves. */
function sharedWith({ loaded }: ReleaseCache): object[] {
  return loaded ? [loaded] : [];
}
