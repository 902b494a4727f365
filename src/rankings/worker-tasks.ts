import { monteCarlo, ScoringError, type PanelRun, type Problem, type ScoringErrorCode } from '../scoring';

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
    readonly input: UncertaintyRun & { readonly slot: number; readonly from: number; readonly to: number };
    readonly output: readonly monteCarlo.BlockFirsts[];
  };
  quantilesOfCities: {
    readonly input: UncertaintyRun & { readonly from: number; readonly to: number };
    readonly output: Float64Array;
  };
  summariseUncertainty: {
    readonly input: UncertaintyRun & {
      readonly quantiles: Float64Array;
      readonly firsts: readonly monteCarlo.BlockFirsts[];
    };
    readonly output: monteCarlo.UncertaintyResult;
  };
  confidenceFactors: {
    readonly input: Pick<UncertaintyRun, 'model' | 'plan'> & {
      readonly centralWeights: readonly monteCarlo.CentralWeights[];
      readonly draws: number;
    };
    readonly output: readonly monteCarlo.Confidence[];
  };
}

/** Name of a task. */
export type TaskName = keyof TaskTypes;
/** What a task takes. */
export type TaskInput<N extends TaskName> = TaskTypes[N]['input'];
/** What a task gives. */
export type TaskOutput<N extends TaskName> = TaskTypes[N]['output'];

/** What a worker can be asked to do: to give it more to do, add a function and its types. */
const WORKER_TASKS: { readonly [N in TaskName]: (input: TaskInput<N>) => TaskOutput<N> } = {
  /** Prepares every recipe of a plan, and the memory that its draws are counted in. */
  prepareUncertainty({ run, plan, slots, spare }) {
    const model = monteCarlo.prepareUncertainty(run, plan);
    return { model, memory: monteCarlo.createMemory(model, plan, slots, spare) };
  },
  /** Makes the draws of some blocks. */
  runBlocks: ({ model, plan, memory, slot, from, to }) => monteCarlo.runBlocks(model, plan, memory, slot, from, to),
  /** Finds the quantiles of some cities' scores. */
  quantilesOfCities: ({ plan, memory, from, to }) => monteCarlo.quantilesOfCities(plan, memory, from, to),
  /** Puts a result together. */
  summariseUncertainty: ({ model, plan, memory, quantiles, firsts }) =>
    monteCarlo.summarise(model, plan, memory, quantiles, monteCarlo.centralWeightsOf(firsts)),
  /** Finds the confidence factors of some cities. */
  confidenceFactors: ({ model, plan, centralWeights, draws }) =>
    monteCarlo.confidenceFactors(model, plan, centralWeights, draws),
};

/** What comes back from a worker: a class does not survive the copy, so that a refusal travels as data. */
export type TaskReply<N extends TaskName> =
  | { readonly output: TaskOutput<N> }
  | {
      readonly refusal: {
        readonly code: ScoringErrorCode;
        readonly message: string;
        readonly problems: readonly Problem[];
      };
    };

/** Does a task on the calling thread. */
export function doTask<N extends TaskName>(name: N, input: TaskInput<N>): TaskOutput<N> {
  return WORKER_TASKS[name](input);
}

/** Does a task in a worker, a refusal turned into data. */
export function replyTo<N extends TaskName>(task: { readonly name: N; readonly input: TaskInput<N> }): TaskReply<N> {
  try {
    return { output: doTask(task.name, task.input) };
  } catch (error) {
    if (!(error instanceof ScoringError)) throw error;
    const { code, message, problems } = error;
    return { refusal: { code, message, problems } };
  }
}
