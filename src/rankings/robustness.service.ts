import { pipelineCost } from '../scoring';
import {
  askedFor,
  planAnalysis,
  type AnalysisKind,
  type AnalysisRequest,
  type AnalysisResult,
  type RobustnessRequest,
} from './analyses';
import type { PlannedAnalysis } from './analysis';
import type { AnalysisRuns } from './analysis-runs';
import type { Job, JobControl } from './job.service';
import type { JobFound, JobKind, Jobs } from './jobs';
import { cityCount, type Ranking, type RankingRequest, type RankingService } from './ranking.service';
import { atPath, refuse, RequestError } from './request-error';
import { untraced, type Span } from './spans';

/** What is wrong with the recipe is told by its place there, wherever the analysis is asked for. */
const isInRecipe = (path: string): boolean => /^recipe\b/.test(path);

/** What is wrong with a job, by its place in the arguments that started it: the analysis stands at `at`, the recipe in `ranking`. */
const inJob = <T>(at: string, work: () => T | Promise<T>): Promise<T> =>
  atPath(
    'ranking',
    () => atPath(at, work, isInRecipe),
    (path) => path.startsWith(at),
  );

/** Draws that count against the limit; null where there are none. The rows of a design have a limit of their own. */
const limitedDraws = (kind: AnalysisKind, draws: number | null): number | null => (kind === 'SOBOL' ? null : draws);

const MIB = 2 ** 20;

/** How much an analysis may be. */
export interface AnalysisLimits {
  /** Most draws of an analysis in a request. */
  readonly draws: number;
  /** Most cell operations of a job. */
  readonly jobCellOperations: number;
  /** Most draws of a job. */
  readonly jobDraws: number;
  /** Most bytes of memory of one analysis, in a request or a job. */
  readonly memoryBytes: number;
}

/** How an analysis is run. */
export interface RunOptions {
  /** Where its request stands in the arguments; empty: it is the arguments. */
  readonly at?: string;
  /** Aborted: the caller waits no longer, and the run ends unless somebody else waits for it. */
  readonly signal?: AbortSignal;
}

/** What an analysis would cost. */
export interface AnalysisEstimate {
  readonly cellOperations: number;
  /** Null where it makes no draws. */
  readonly draws: number | null;
  /** Draws that it may make in a request; null where they are not limited by themselves. */
  readonly drawLimit: number | null;
  /** Draws that it may make in a job; null as for a request. */
  readonly jobDrawLimit: number | null;
  /** Once it has its turn, at the rate of the runs before it. */
  readonly expectedSeconds: number;
  /** Mebibytes of memory that it takes on one thread, about. */
  readonly memoryMiB: number;
  /** Mebibytes that an analysis may take. */
  readonly memoryLimitMiB: number;
  /** Cell operations that a request may cost, its ranking included. */
  readonly budget: number;
  /** Whether a request may ask for the ranking and this analysis of it. */
  readonly withinBudget: boolean;
  /** Cell operations that a job may cost. */
  readonly jobBudget: number;
  readonly withinJobBudget: boolean;
}

/** How robust a ranking is: analyses in a request, and as jobs. */
export class RobustnessService {
  constructor(
    private readonly rankings: Pick<
      RankingService,
      'rank' | 'checkBudget' | 'noteJob' | 'maxCellOperations' | 'spentCellOperations'
    >,
    private readonly runs: AnalysisRuns,
    private readonly jobs: Pick<Jobs, 'start' | 'checkRoom'>,
    private readonly limits: AnalysisLimits,
    private readonly span: Span = untraced,
  ) {}

  /**
   * Makes an analysis. The same request gives the same result to the last bit, with any number of threads.
   * @throws ScoringError or RequestError for what is not allowed, `BUDGET_EXCEEDED` before anything is computed,
   * `QUEUE_FULL`; the signal's reason once it is aborted
   */
  async run<K extends AnalysisKind>(
    kind: K,
    ranking: Ranking,
    request: AnalysisRequest<K>,
    { at = '', signal }: RunOptions = {},
  ): Promise<AnalysisResult<K>> {
    const work = async (): Promise<AnalysisResult<K>> => {
      const planned = planAnalysis(kind, ranking, request);
      this.#admit(kind, planned, this.limits.draws);
      const { digest } = ranking;
      return this.span('analysis', { kind, digest }, () => this.runs.get(kind, digest, planned, signal));
    };
    return atPath(at, work, isInRecipe);
  }

  /**
   * What an analysis would cost, by what the budget counts. Nothing is run.
   * @param at where the request stands in the arguments
   * @throws ScoringError or RequestError for what is not allowed
   */
  async estimate(ranking: Ranking, request: RobustnessRequest, at: string): Promise<AnalysisEstimate> {
    const { kind, field, asked } = await atPath(at, () => askedFor(request));
    const { cost, draws, memory } = await atPath(
      `${at}.${field}`,
      () => planAnalysis(kind, ranking, asked),
      isInRecipe,
    );
    const { draws: mostDraws, jobCellOperations: jobBudget, jobDraws, memoryBytes } = this.limits;
    const budget = this.rankings.maxCellOperations;
    const fits = memory <= memoryBytes;
    const limited = limitedDraws(kind, draws);
    // What a request that asks for the analysis writes down, each whole: the ranking comes first.
    const { recipe, tree } = ranking.plan;
    const spent = Math.ceil(pipelineCost(recipe, tree, cityCount(ranking.plan))) + Math.ceil(cost);
    return {
      cellOperations: Math.ceil(cost),
      draws,
      drawLimit: limited === null ? null : mostDraws,
      jobDrawLimit: limited === null ? null : jobDraws,
      expectedSeconds: this.runs.rate.secondsOf(kind, cost),
      memoryMiB: memory / MIB,
      memoryLimitMiB: memoryBytes / MIB,
      budget,
      withinBudget: fits && spent <= budget && (limited ?? 0) <= mostDraws,
      jobBudget,
      withinJobBudget: fits && cost <= jobBudget && (limited ?? 0) <= jobDraws,
    };
  }

  /**
   * Starts an analysis as a job, within the larger limits of jobs.
   * @param owner who asks for it
   * @throws ScoringError or RequestError for what is not allowed, at `ranking` and `input` of the arguments;
   * `BUDGET_EXCEEDED`, `JOBS_EXCEEDED`, `QUEUE_FULL`
   */
  async start(
    rankingRequest: RankingRequest,
    request: RobustnessRequest,
    owner: string,
  ): Promise<Job<JobKind, JobFound>> {
    // First: what is refused for want of room costs nothing.
    this.jobs.checkRoom(owner);
    const { kind, field, asked } = await atPath('input', () => askedFor(request));
    const ranking = await atPath('ranking', () => this.rankings.rank(rankingRequest));
    const at = `input.${field}`;
    const start = await inJob(at, () => this.#plannedJob(kind, ranking, asked, at));
    return start(owner);
  }

  /** A job that is checked, and begins when its owner is named. */
  #plannedJob<K extends AnalysisKind>(
    kind: K,
    ranking: Ranking,
    request: AnalysisRequest<K>,
    at: string,
  ): (owner: string) => Promise<Job<JobKind, JobFound>> {
    const planned = planAnalysis(kind, ranking, request);
    this.#admit(kind, planned, this.limits.jobDraws, this.limits.jobCellOperations);
    const { digest } = ranking;
    const run = async (control: JobControl): Promise<JobFound> => {
      const found = await inJob(at, () => this.runs.getForJob(kind, digest, planned, control));
      // The two belong together, which generic types cannot say.
      return { kind, digest, found } as JobFound;
    };
    return async (owner) => {
      const job = await this.jobs.start(kind, run, owner);
      this.rankings.noteJob(planned.cost);
      return job;
    };
  }

  /** @throws RequestError `BUDGET_EXCEEDED` with the estimate */
  #admit(
    kind: AnalysisKind,
    { cost, draws, memory, lessMemory, what, path }: PlannedAnalysis<unknown>,
    mostDraws: number,
    limit?: number,
  ): void {
    const expectedSeconds = this.runs.rate.secondsOf(kind, cost);
    const { maxCellOperations, spentCellOperations } = this.rankings;
    const held = limit === undefined ? { limit: maxCellOperations, spent: spentCellOperations } : { limit, spent: 0 };
    const estimate = { cellOperations: Math.ceil(cost), ...held };
    if ((limitedDraws(kind, draws) ?? 0) > mostDraws)
      throw refuse('BUDGET_EXCEEDED', path, draws, `The ${what} has too many draws.`, `at most ${String(mostDraws)}`, {
        ...estimate,
        expectedSeconds,
      });
    const { memoryBytes } = this.limits;
    if (memory > memoryBytes) {
      const inMiB = (bytes: number): string => `${String(Math.ceil(bytes / MIB))} MiB`;
      const allowed = `at most ${inMiB(memoryBytes)}: ${lessMemory}`;
      const message = `The ${what} takes ${inMiB(memory)} of memory.`;
      throw refuse('BUDGET_EXCEEDED', path, inMiB(memory), message, allowed, { ...estimate, expectedSeconds });
    }
    try {
      this.rankings.checkBudget(cost, what, path, limit);
    } catch (error) {
      if (!(error instanceof RequestError && error.estimate)) throw error;
      throw new RequestError(error.code, error.message, error.problems, { ...error.estimate, expectedSeconds });
    }
  }
}
