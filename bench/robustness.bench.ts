import { execFileSync, type ExecFileSyncOptionsWithStringEncoding } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runUncertaintyOn } from '../src/rankings/uncertainty';
import { WorkerPool } from '../src/rankings/worker-pool';
import { buildTree, monteCarlo, parseRecipe, type NodeDefinition, type PanelRun } from '../src/scoring';
import { formatMs, median, medianMs, type Benchmark, type Row } from './bench';

const DIMENSIONS = 8;
/** COINr 1.1.14 on this kind of machine for 1,000 full replications over 51 × 49, milliseconds (measured once, not in this run). */
const COINR_MS = 128_000;
const RUNS = 21;
/** Rounds of ours, NumPy and C in turn, since the machine may change its speed from one second to the next. */
const ROUNDS = 5;
const RUNS_A_ROUND = 7;
/** Runs before the first that counts: either thread has to have compiled what ends a run. */
const WARM_UP = 30;

/** Uniform values from a fixed sequence, normalised to 1–100; dimensions of nearly equal size. */
function runOf(n: number, m: number): PanelRun {
  const cities = Array.from({ length: n }, (_, i) => ({ code: `c${String(i).padStart(5, '0')}`, groups: {} }));
  const indicators = Array.from({ length: m }, (_, j) => ({
    code: `x${String(j)}`,
    direction: 1 as const,
    goalpostLow: null,
    goalpostHigh: null,
    target: null,
    denominator: null,
  }));
  const nodes: NodeDefinition[] = [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...Array.from({ length: DIMENSIONS }, (_, d) => ({
      code: `d${String(d)}`,
      parent: 'index',
      weight: 1,
      indicator: null,
      position: d,
    })),
    ...indicators.map(({ code }, j) => ({
      code,
      parent: `d${String(Math.floor((j * DIMENSIONS) / m))}`,
      weight: 1,
      indicator: code,
      position: j,
    })),
  ];
  const values = new Float64Array(n * m);
  let state = 12345;
  for (let cell = 0; cell < values.length; cell++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    // Squared, so that some columns are skewed and the treatment has work.
    values[cell] = 1 + (state / 2 ** 32) ** 2 * 99;
  }
  const tree = buildTree('bench', nodes);
  const panel = {
    cities,
    indicators,
    years: [2019],
    values,
    status: new Uint8Array(values.length),
    statuses: ['NORMAL'],
  };
  return {
    panel,
    tree,
    methodology: parseRecipe({ normalise: { method: 'MIN_MAX', low: 1, high: 100 } }, { tree, panel }),
  };
}

function weightsPlan(run: PanelRun, draws: number): monteCarlo.UncertaintyPlan {
  return monteCarlo.planUncertainty(run.tree, { seed: 1, draws, weights: { method: 'SIMPLEX', levels: null } });
}

/** COINr's full replication: treatment × normalisation × weights × aggregation. */
function fullPlan(run: PanelRun): monteCarlo.UncertaintyPlan {
  const { tree, panel } = run;
  const alternatives = (recipes: readonly object[], part: 'treat' | 'normalise' | 'aggregate') =>
    recipes.map((recipe, k) => ({ label: String(k), change: { [part]: parseRecipe(recipe, { tree, panel })[part] } }));
  const choices = [
    {
      code: 'treat',
      alternatives: alternatives(
        [1, 2, 3, 4, 5].map((maximumPoints) => ({ treat: { method: 'WINSORISE_THEN_LOG', maximumPoints } })),
        'treat',
      ),
    },
    {
      code: 'normalise',
      alternatives: alternatives(
        [
          { normalise: { method: 'MIN_MAX', low: 1, high: 100 } },
          { normalise: { method: 'Z_SCORE', mean: 50, standardDeviation: 10 } },
          { normalise: { method: 'RANK' } },
        ],
        'normalise',
      ),
    },
    {
      code: 'aggregate',
      alternatives: alternatives(
        ['ARITHMETIC', 'GEOMETRIC', 'HARMONIC'].map((method) => ({ aggregate: [{ level: 1, method }] })),
        'aggregate',
      ),
    },
  ];
  const weights = { method: 'SHARE', levels: null, share: 0.25 } as const;
  return monteCarlo.planUncertainty(tree, { seed: 1, draws: 1_000, weights, choices });
}

/** What a program prints, or null where its tool is not there. */
function figures(work: () => string): Readonly<Record<string, number>> | null {
  try {
    return JSON.parse(work()) as Readonly<Record<string, number>>;
  } catch {
    return null;
  }
}

const QUIET: ExecFileSyncOptionsWithStringEncoding = { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] };
/** From dist/bench to the sources' bench. */
const here = (...path: readonly string[]): string => join(__dirname, '..', '..', 'bench', ...path);

function numpy(): Readonly<Record<string, number>> | null {
  return figures(() => execFileSync('python3', [here('peers', 'uncertainty.py'), '3'], QUIET));
}

/** Compiles the C program into a folder and gives what runs it. */
function limitIn(folder: string): () => Readonly<Record<string, number>> | null {
  const program = join(folder, 'uncertainty');
  const compiler = ['-O3', '-march=native', '-o', program, here('limits', 'uncertainty.c'), '-lm'];
  try {
    execFileSync('gcc', compiler, QUIET);
  } catch {
    return () => null;
  }
  return () => figures(() => execFileSync(program, [String(RUNS_A_ROUND)], QUIET));
}

interface Round {
  readonly ours: number;
  readonly numpy: number;
  readonly inC: number;
  readonly inCWhole: number;
}

/** Milliseconds of each round; `NaN` where a tool is not there. */
async function roundsOf(work: () => Promise<unknown>): Promise<readonly Round[]> {
  const folder = mkdtempSync(join(tmpdir(), 'limit-'));
  try {
    const limit = limitIn(folder);
    await medianMs(work, { runs: 1, warmUp: WARM_UP });
    const rounds: Round[] = [];
    for (let round = 0; round < ROUNDS; round++) {
      const ours = await medianMs(work, { runs: RUNS_A_ROUND, warmUp: 0 });
      const bound = limit();
      rounds.push({
        ours,
        numpy: numpy()?.['median'] ?? NaN,
        inC: bound?.['scoresAndRanks'] ?? NaN,
        inCWhole: bound?.['withPercentiles'] ?? NaN,
      });
    }
    return rounds;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Median processor time in milliseconds, all threads of this process together. */
async function medianCpuMs(work: () => Promise<unknown>): Promise<number> {
  const times: number[] = [];
  for (let run = 0; run < RUNS; run++) {
    const before = process.cpuUsage();
    await work();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return median(times);
}

async function rows(): Promise<Row[]> {
  const table: Row[] = [];
  const [none, two] = [new WorkerPool({ workers: 0 }), new WorkerPool({ workers: 2 })];
  try {
    const run = runOf(300, 50);
    const plan = weightsPlan(run, 10_000);
    const measured = { runs: RUNS, warmUp: 5 };
    // The compiled program is another than the one under test.
    const { score } = (await runUncertaintyOn(none, run, plan)).result;
    if (score.percentiles.some((column) => column.some(Number.isNaN)))
      throw new Error('Percentiles of scores are missing.');
    const alone = await medianMs(() => runUncertaintyOn(none, run, plan), measured);
    const rounds = await roundsOf(() => runUncertaintyOn(two, run, plan));
    const cpu = await medianCpuMs(() => runUncertaintyOn(two, run, plan));
    const middle = (of: (round: Round) => number): number => median(rounds.map(of));
    const shared = middle(({ ours }) => ours);
    const [peer, inC] = [middle((round) => round.numpy), middle((round) => round.inC)];
    const name = '10,000 draws of weights, 300 × 50';
    const notes = [
      'target: at most 65 ms',
      Number.isNaN(peer)
        ? 'NumPy not here'
        : `NumPy ${formatMs(peer)}, ratio ${middle((round) => round.numpy / round.ours).toFixed(1)} (target: at least 4)`,
      Number.isNaN(inC)
        ? 'gcc not here'
        : `C, one thread: ${formatMs(inC)} without percentiles, ratio ${middle((round) => round.ours / round.inC).toFixed(2)} (target: at most 1.5); ${formatMs(middle((round) => round.inCWhole))} with`,
    ];
    table.push({ name: `${name}, two workers`, value: formatMs(shared), note: notes.join('; ') });
    table.push({ name: `${name}, two workers, processor time`, value: formatMs(cpu), note: 'all threads together' });
    table.push({ name: `${name}, calling thread`, value: formatMs(alone), note: '' });

    const small = runOf(51, 49);
    const full = fullPlan(small);
    const replications = await medianMs(() => runUncertaintyOn(two, small, full), measured);
    table.push({
      name: '1,000 full replications, 51 × 49, two workers',
      value: formatMs(replications),
      note: `target: at most 250 ms; COINr (stored figure) ratio ${String(Math.round(COINR_MS / replications))}`,
    });

    const large = runOf(3_000, 50);
    let reports = 0;
    const before = process.memoryUsage().rss;
    const took = await medianMs(
      () =>
        runUncertaintyOn(two, large, weightsPlan(large, 100_000), {
          onProgress: () => {
            reports++;
          },
        }),
      { runs: 1, warmUp: 0 },
    );
    const grown = (process.resourceUsage().maxRSS * 1024 - before) / 2 ** 20;
    table.push({
      name: '100,000 draws of weights, 3,000 × 50, two workers',
      value: formatMs(took),
      note: `${String(reports)} reports of progress; peak memory grew by ${String(Math.round(grown))} MiB; all scores would be 2,289 MiB`,
    });
  } finally {
    await two.close();
  }
  return table;
}

/** Monte Carlo beside NumPy and C on the same machine in the same run. */
export const benchmark: Benchmark = { title: 'Robustness', rows };
