/** One line of a benchmark's table. */
export interface Row {
  /** What was measured. */
  readonly name: string;
  /** The figure with its unit, such as `812 µs`. */
  readonly value: string;
  /** What it should be below, or anything worth saying. */
  readonly note: string;
}

/** A question that a benchmark answers; each `*.bench.ts` exports one as `benchmark`. */
export interface Benchmark {
  readonly title: string;
  rows(): Promise<readonly Row[]>;
}

/** Milliseconds that a piece of work took. */
async function time(work: () => unknown): Promise<number> {
  const started = performance.now();
  await work();
  return performance.now() - started;
}

/** The middle one of some figures, the upper of two. NaNs are left out; NaN where nothing else is there. */
export function median(figures: readonly number[]): number {
  const present = figures.filter((figure) => !Number.isNaN(figure)).sort((a, b) => a - b);
  return present[Math.floor(present.length / 2)] ?? NaN;
}

/** Median of `runs` timings in milliseconds, after `warmUp` runs that do not count. */
export async function medianMs(
  work: () => unknown,
  { runs, warmUp }: { readonly runs: number; readonly warmUp: number },
): Promise<number> {
  for (let run = 0; run < warmUp; run++) await work();
  const timings: number[] = [];
  for (let run = 0; run < runs; run++) timings.push(await time(work));
  return median(timings);
}

/** A time as a whole number with its unit: microseconds below 10 ms, milliseconds from there on. */
export function formatMs(ms: number): string {
  return ms < 10 ? `${String(Math.round(ms * 1000))} µs` : `${String(Math.round(ms))} ms`;
}
