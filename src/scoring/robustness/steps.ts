/** How far a computation is, in units of its own; `done` grows to `total`. */
export interface StepsDone {
  readonly done: number;
  readonly total: number;
}

/**
 * A long computation in steps: it pauses after each unit of work and says how far it is, so that whoever takes the steps can
 * do something else in between, or take no more. It returns what it came to.
 */
export type Steps<R> = Generator<StepsDone, R, undefined>;

/** Takes all steps, one right after the other. */
export function finish<R>(steps: Steps<R>): R {
  for (;;) {
    const step = steps.next();
    if (step.done === true) return step.value;
  }
}
