import {
  monteCarlo,
  multiverseOf,
  multiverseSteps,
  oneAtATimeSteps,
  rankBounds,
  rankReversalSteps,
  runPipeline,
  ScoringError,
  sobolIntervalSteps,
  sobolRowSteps,
  weightStabilitySteps,
  type Choice,
  type Multiverse,
  type MultiverseRanks,
  type RefusedCombination,
  type PanelRun,
  type Problem,
  type RankBounds,
  type RankBoundsRequest,
  type RankReversal,
  type ScoringErrorCode,
  type SingleChanges,
  type SobolIntervals,
  type SobolRequest,
  type StabilityTarget,
  type Steps,
  type StepsDone,
  type WeightChoice,
  type WeightStability,
} from '../scoring';

/** What the tasks of one run share. */
export interface UncertaintyRun {
  readonly model: monteCarlo.DrawModel;
  readonly plan: monteCarlo.UncertaintyPlan;
  readonly memory: monteCarlo.DrawMemory;
}

/** What each task takes and gives. Both are copied between threads, all but memory that is shared. */
export interface TaskTypes {
  prepareUncertainty: {
    readonly input: {
      readonly run: PanelRun;
      readonly plan: monteCarlo.UncertaintyPlan;
      readonly slots: number;
      readonly spare: SharedArrayBuffer | null;
    };
    readonly output: { readonly model: monteCarlo.DrawModel; readonly memory: monteCarlo.DrawMemory };
  };
  runBlocks: {
    readonly input: UncertaintyRun & { readonly slot: number; readonly milliseconds: number };
    readonly output: {
      readonly firsts: readonly monteCarlo.BlockFirsts[];
      /** Draws that were made; none: all blocks are taken. */
      readonly draws: number;
    };
  };
  summaryOfCities: {
    readonly input: Omit<UncertaintyRun, 'model'> & {
      readonly nominal: monteCarlo.DrawModel['nominal'];
      readonly from: number;
      readonly to: number;
    };
    readonly output: monteCarlo.CitiesSummary;
  };
  centralWeights: {
    readonly input: { readonly firsts: readonly monteCarlo.BlockFirsts[] };
    readonly output: readonly monteCarlo.CentralWeights[];
  };
  confidenceFactors: {
    readonly input: Pick<UncertaintyRun, 'model' | 'plan'> & {
      readonly centralWeights: readonly monteCarlo.CentralWeights[];
      readonly draws: number;
    };
    readonly output: readonly monteCarlo.Confidence[];
  };
  summariseMultiverse: {
    readonly input: { readonly ranks: MultiverseRanks; readonly refused: readonly RefusedCombination[] };
    readonly output: Multiverse;
  };
}

/** Name of a task. */
export type TaskName = keyof TaskTypes;
/** What a task takes. */
export type TaskInput<N extends TaskName> = TaskTypes[N]['input'];
/** What a task gives. */
export type TaskOutput<N extends TaskName> = TaskTypes[N]['output'];

/** Runners by memory: where there are no threads the same memory comes again and again, and to make a runner takes as long as a block. */
const runners = new WeakMap<monteCarlo.DrawMemory, monteCarlo.BlockRunner>();

function runnerOf(
  model: monteCarlo.DrawModel,
  plan: monteCarlo.UncertaintyPlan,
  memory: monteCarlo.DrawMemory,
  slot: number,
): monteCarlo.BlockRunner {
  const runner = runners.get(memory) ?? new monteCarlo.BlockRunner(model, plan, memory, slot);
  runners.set(memory, runner);
  return runner;
}

/** What a worker can be asked to do: to give it more to do, add a function and its types. */
const WORKER_TASKS: { readonly [N in TaskName]: (input: TaskInput<N>) => TaskOutput<N> } = {
  /** Prepares every recipe of a plan, and the memory that its draws are counted in. */
  prepareUncertainty({ run, plan, slots, spare }) {
    const model = monteCarlo.prepareUncertainty(run, plan);
    return { model, memory: monteCarlo.createMemory(model, plan, slots, spare) };
  },
  /** Takes blocks that no one has taken yet, and makes their draws, for about as long as is said. */
  runBlocks({ model, plan, memory, slot, milliseconds }) {
    const runner = runnerOf(model, plan, memory, slot);
    const firsts: monteCarlo.BlockFirsts[] = [];
    const end = performance.now() + milliseconds;
    let draws = 0;
    let block = monteCarlo.takeBlock(memory);
    while (block !== null) {
      firsts.push(...runner.run(block));
      draws += Math.min(memory.blockSize, plan.draws - block * memory.blockSize);
      block = performance.now() < end ? monteCarlo.takeBlock(memory) : null;
    }
    runner.finish();
    return { firsts, draws };
  },
  /** Sums up what the draws came to for some cities. */
  summaryOfCities: ({ nominal, plan, memory, from, to }) => monteCarlo.summaryOfCities(nominal, plan, memory, from, to),
  /** Puts central weights together. */
  centralWeights: ({ firsts }) => monteCarlo.centralWeightsOf(firsts),
  /** Finds the confidence factors of some cities. */
  confidenceFactors: ({ model, plan, centralWeights, draws }) =>
    monteCarlo.confidenceFactors(model, plan, centralWeights, draws),
  /** Puts a multiverse together. */
  summariseMultiverse: ({ ranks, refused }) => multiverseOf(ranks, refused),
};

/** Some of the units that the work is made of. */
interface Share {
  readonly from: number;
  readonly to: number;
}

/** Tasks in steps: what each takes and gives. */
export interface SteppedTypes {
  multiverse: {
    readonly input: Share & { readonly run: PanelRun; readonly ranks: MultiverseRanks };
    readonly output: readonly RefusedCombination[];
  };
  rankBounds: {
    readonly input: { readonly run: PanelRun; readonly request: RankBoundsRequest };
    readonly output: RankBounds;
  };
  rankReversals: {
    readonly input: { readonly run: PanelRun; readonly cities: readonly string[]; readonly listed: number };
    readonly output: readonly RankReversal[];
  };
  weightStability: {
    readonly input: {
      readonly run: PanelRun;
      readonly target: StabilityTarget;
      readonly nodes: readonly string[] | null;
    };
    readonly output: readonly WeightStability[];
  };
  sobolRows: {
    readonly input: Share & {
      readonly run: PanelRun;
      readonly design: SobolRequest;
      readonly outputs: Float64Array;
    };
    readonly output: null;
  };
  sobolIntervals: {
    readonly input: Share & { readonly design: SobolRequest; readonly outputs: Float64Array };
    readonly output: readonly SobolIntervals[];
  };
  oneAtATime: {
    readonly input: Share & {
      readonly run: PanelRun;
      readonly choices: readonly Choice[];
      readonly weights: readonly WeightChoice[];
    };
    readonly output: SingleChanges;
  };
}

/** Name of a task in steps. */
export type SteppedName = keyof SteppedTypes;
/** What it takes. */
export type SteppedInput<N extends SteppedName> = SteppedTypes[N]['input'];
/** What it gives. */
export type SteppedOutput<N extends SteppedName> = SteppedTypes[N]['output'];

/** The same for what is done in steps. */
const STEPPED_TASKS: { readonly [N in SteppedName]: (input: SteppedInput<N>) => Steps<SteppedOutput<N>> } = {
  multiverse: ({ run, ranks, from, to }) => multiverseSteps(run, ranks, from, to),
  // Three rankings: nothing to stop or to report in between.
  rankBounds: ({ run, request }) => oneStep(() => rankBounds(run, request)),
  rankReversals: ({ run, cities, listed }) => rankReversalSteps(run, cities, listed),
  // Ranked anew: a result holds more than what can be sent, and most of it is not needed.
  weightStability: ({ run, target, nodes }) =>
    weightStabilitySteps(runPipeline({ ...run, keepStages: true }), target, nodes ?? undefined),
  sobolRows: ({ run, design, outputs, from, to }) => sobolRowSteps(run, design, outputs, from, to),
  sobolIntervals: ({ design, outputs, from, to }) => sobolIntervalSteps(design, outputs, from, to),
  oneAtATime: ({ run, choices, weights, from, to }) => oneAtATimeSteps(run, choices, weights, from, to),
};

function* oneStep<R>(work: () => R): Steps<R> {
  const result = work();
  yield { done: 1, total: 1 };
  return result;
}

/** How far a task in steps is, and whether it is to stop, in memory that both threads see. */
export class StepFlags {
  constructor(readonly cells: Int32Array = new Int32Array(new SharedArrayBuffer(3 * Int32Array.BYTES_PER_ELEMENT))) {}

  get done(): number {
    return Atomics.load(this.cells, 0);
  }

  /** 0 until the first step is done. */
  get total(): number {
    return Atomics.load(this.cells, 1);
  }

  get stopped(): boolean {
    return Atomics.load(this.cells, 2) !== 0;
  }

  stop(): void {
    Atomics.store(this.cells, 2, 1);
  }

  tell({ done, total }: StepsDone): void {
    Atomics.store(this.cells, 0, done);
    Atomics.store(this.cells, 1, total);
  }
}

/** What comes back from a worker: a class does not survive the copy, so that a refusal travels as data. */
export type TaskReply<O> =
  | { readonly output: O }
  /** It was told to stop, and did. */
  | { readonly stopped: true }
  | {
      readonly refusal: {
        readonly code: ScoringErrorCode;
        readonly message: string;
        readonly problems: readonly Problem[];
      };
    };

/** What is sent to a worker. */
export type Task =
  | { readonly [N in TaskName]: { readonly name: N; readonly input: TaskInput<N> } }[TaskName]
  | {
      readonly [N in SteppedName]: {
        readonly name: N;
        readonly input: SteppedInput<N>;
        /** The cells of {@link StepFlags}. */
        readonly flags: Int32Array;
      };
    }[SteppedName];

/** Does a task on the calling thread. */
export function doTask<N extends TaskName>(name: N, input: TaskInput<N>): TaskOutput<N> {
  return WORKER_TASKS[name](input);
}

/** A task's steps, for the calling thread to take. */
export function stepsOf<N extends SteppedName>(name: N, input: SteppedInput<N>): Steps<SteppedOutput<N>> {
  return STEPPED_TASKS[name](input);
}

/** Does a task in a worker, a refusal turned into data. */
export function replyTo(task: Task): TaskReply<unknown> {
  try {
    return 'flags' in task
      ? takeSteps(stepsOf(task.name, task.input), new StepFlags(task.flags))
      : { output: doTask(task.name, task.input) };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    const { code, message, problems } = error;
    return { refusal: { code, message, problems } };
  }
}

function takeSteps<R>(steps: Steps<R>, flags: StepFlags): TaskReply<R> {
  while (!flags.stopped) {
    const step = steps.next();
    if (step.done === true) return { output: step.value };
    flags.tell(step.value);
  }
  return { stopped: true };
}
