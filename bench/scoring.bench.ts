import { execFileSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import {
  allMethods,
  buildTree,
  parseRecipe,
  runTable,
  ScoringError,
  type AnyMethod,
  type CityMeta,
  type IndicatorMeta,
  type NodeDefinition,
  type TableRun,
} from '../src/scoring';
import { formatMs, medianMs, type Benchmark, type Row } from './bench';

const INDICATORS = 50;
const DIMENSIONS = 8;
/** Small tables are over before the code is compiled: theirs are warmed up for as many cells as the others. */
const SIZES = [
  { cities: 300, runs: 101, warmUp: 2_000 },
  { cities: 3_000, runs: 61, warmUp: 200 },
  { cities: 30_000, runs: 31, warmUp: 31 },
  { cities: 300_000, runs: 9, warmUp: 9 },
];
/** COINr 1.1.14 on this kind of machine, milliseconds for the whole pipeline (measured once, not in this run). */
const COINR_MS: Readonly<Record<number, number>> = { 300: 44, 3_000: 549, 30_000: 5_200 };

const THREE_STEPS = {};
const FULL = {
  treat: { method: 'WINSORISE_THEN_LOG' },
  normalise: { method: 'MIN_MAX', low: 1, high: 100 },
  aggregate: [
    { level: 1, method: 'ARITHMETIC' },
    { level: 2, method: 'GEOMETRIC' },
  ],
};

type Table = Omit<TableRun, 'methodology'>;

/** A table of uniform values from a fixed linear congruential sequence: the same in every run. */
function tableOf(n: number): Table {
  const cities: CityMeta[] = Array.from({ length: n }, (_, i) => ({
    code: `c${String(i).padStart(6, '0')}`,
    groups: { TIER: i % 3 === 0 ? 'first' : 'second' },
  }));
  const indicators: IndicatorMeta[] = Array.from({ length: INDICATORS }, (_, j) => ({
    code: `x${String(j)}`,
    direction: j % 5 === 0 ? -1 : 1,
    goalpostLow: 0,
    goalpostHigh: 100,
    target: 90,
    denominator: null,
  }));
  const values = new Float64Array(n * INDICATORS);
  let state = 12345;
  for (let cell = 0; cell < values.length; cell++) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    values[cell] = 1 + (state / 2 ** 32) * 99;
  }
  const nodes: NodeDefinition[] = [{ code: 'index', parent: null, weight: 1, indicator: null, position: 0 }];
  for (let d = 0; d < DIMENSIONS; d++)
    nodes.push({ code: `d${String(d)}`, parent: 'index', weight: 1, indicator: null, position: d });
  indicators.forEach(({ code }, j) =>
    nodes.push({
      code,
      parent: `d${String(Math.floor((j * DIMENSIONS) / INDICATORS))}`,
      weight: 1,
      indicator: code,
      position: j,
    }),
  );
  return { tree: buildTree('bench', nodes), year: 2019, cities, indicators, values };
}

/** @param keepLeaves as rankings of the API do, for whoever asks for the leaves afterwards */
function runOf(table: Table, recipe: object, keepLeaves = false): () => unknown {
  const scope = {
    tree: table.tree,
    panel: { indicators: table.indicators, cities: table.cities, years: [table.year] },
  };
  const methodology = parseRecipe(recipe, scope);
  return () => runTable({ ...table, methodology, keepLeaves });
}

/** Median of `bench/peers/pipeline.py` on a table of this size, or null where python3 or NumPy is not there. */
function numpyMedian(cities: number, runs: number, warmUp: number): number | null {
  const script = join(__dirname, '..', '..', 'bench', 'peers', 'pipeline.py');
  if (!existsSync(script)) return null;
  try {
    const output = execFileSync('python3', [script, [cities, runs, warmUp].join(':')], {
      encoding: 'utf8',
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    const parsed = JSON.parse(output) as { readonly medians: Readonly<Record<string, number>> };
    return parsed.medians[String(cities)] ?? null;
  } catch {
    return null;
  }
}

async function pipelineRows(): Promise<Row[]> {
  const rows: Row[] = [];
  const perCell = new Map<number, number>();
  // First, since Linux counts what the parent holds at its start as a process's own.
  const peak = peakMemory();
  for (const { cities, runs, warmUp } of SIZES) {
    const table = tableOf(cities);
    // Right before ours, so that both see the machine in the same state.
    const peer = numpyMedian(cities, runs, warmUp);
    const three = await medianMs(runOf(table, THREE_STEPS), { runs, warmUp });
    const full = await medianMs(runOf(table, FULL), { runs, warmUp });
    const nanoseconds = (full * 1e6) / (cities * INDICATORS);
    perCell.set(cities, nanoseconds);
    const coinr = COINR_MS[cities];
    const size = `${cities.toLocaleString('en-GB')} × ${String(INDICATORS)}`;
    rows.push({
      name: `${size}: min–max, two-level mean, ranks`,
      value: formatMs(three),
      note: [
        peer === null
          ? 'NumPy not here'
          : `NumPy ${formatMs(peer)}, ratio ${(peer / three).toFixed(1)} (target from 3,000 up: at least 1.5)`,
        coinr === undefined
          ? ''
          : `COINr (stored figure) ratio ${String(Math.round(coinr / three))} (target: at least 500)`,
      ]
        .filter((part) => part !== '')
        .join('; '),
    });
    rows.push({
      name: `${size}: full default pipeline`,
      value: formatMs(full),
      note: `${String(Math.round(nanoseconds))} ns a cell; target: below 30`,
    });
    const kept = await medianMs(runOf(table, FULL, true), { runs, warmUp });
    rows.push({
      name: `${size}: the same, leaves kept`,
      value: formatMs(kept),
      note: `${String(Math.round((kept * 1e6) / (cities * INDICATORS)))} ns a cell`,
    });
  }
  const growth = (perCell.get(300_000) ?? NaN) / (perCell.get(3_000) ?? NaN);
  rows.push({ name: 'time a cell, 300,000 against 3,000 cities', value: growth.toFixed(1), note: 'target: at most 2' });
  rows.push({
    name: 'peak memory over the table, 300,000 cities',
    value: peak,
    note: 'target: below 4 tables',
  });
  return rows;
}

/** Runs the full pipeline on 300,000 cities in a process of its own and says how many tables its peak memory grew by. */
function peakMemory(): string {
  const code = `const b = require(${JSON.stringify(__filename)}); console.log(b.tablesAtPeak());`;
  return execFileSync(process.execPath, ['-e', code], { encoding: 'utf8' }).trim();
}

/** Growth of the resident set over one run, as a multiple of the table's own bytes (the table itself counts as 1). */
export function tablesAtPeak(): string {
  const table = tableOf(300_000);
  const run = runOf(table, FULL);
  const before = process.memoryUsage().rss - table.values.byteLength;
  run();
  const grown = process.resourceUsage().maxRSS * 1024 - before;
  return (grown / table.values.byteLength).toFixed(1);
}

/** Parameters for methods whose defaults cannot run on this table. */
const REQUIRED: Readonly<Record<string, object>> = {
  GROUP_MEAN: { by: 'TIER' },
  GROUP_MEDIAN: { by: 'TIER' },
  CONSTANT: { value: 50 },
  DISTANCE_TO_REFERENCE: { reference: 'c000001' },
  CATEGORICAL: { thresholds: [25, 50, 75] },
  POWER_MEAN: { exponent: 2 },
  OWA: { atLeast: 3 },
};

function recipeFor(method: AnyMethod): object | null {
  const rule = { method: method.id, ...(REQUIRED[method.id] ?? {}) };
  const positive = { method: 'MIN_MAX', low: 1, high: 100 };
  switch (method.stage) {
    case 'IMPUTATION':
      return { impute: rule };
    case 'TREATMENT':
      return { treat: rule };
    case 'NORMALISATION':
      return { normalise: rule };
    case 'WEIGHTING':
      return { normalise: positive, weight: rule };
    case 'AGGREGATION':
      return { normalise: positive, aggregate: [{ node: 'index', over: 'LEAVES', ...rule }] };
    default:
      return null;
  }
}

/** Slower than this at 3,000 cities by their nature (quadratic, or a linear programme for each city): left out there. */
const SMALL_ONLY: ReadonlySet<string> = new Set(['BENEFIT_OF_THE_DOUBT', 'KEMENY_YOUNG', 'ELECTRE_II', 'ELECTRE_III']);

async function methodRows(): Promise<Row[]> {
  const rows: Row[] = [];
  for (const cities of [300, 3_000]) {
    const table = tableOf(cities);
    // One value in forty is missing, so that imputations have work.
    const gaps = { ...table, values: table.values.map((value, cell) => (cell % 40 === 7 ? NaN : value)) };
    for (const method of allMethods()) {
      const recipe = recipeFor(method);
      if (recipe === null || (cities > 300 && SMALL_ONLY.has(method.id))) continue;
      const name = `${method.stage.toLowerCase()} ${method.id}, ${String(cities)} × ${String(INDICATORS)}`;
      try {
        const run = runOf(method.stage === 'IMPUTATION' ? gaps : table, recipe);
        rows.push({ name, value: formatMs(await medianMs(run, { runs: 5, warmUp: 2 })), note: '' });
      } catch (error) {
        if (!(error instanceof ScoringError)) throw error;
        rows.push({ name, value: '–', note: `refused: ${error.code}` });
      }
    }
  }
  return rows;
}

/** The engine alone, on tables of every size, beside NumPy in the same run; then each method's own cost within a pipeline. */
export const benchmark: Benchmark = {
  title: 'Scoring engine',
  rows: async () => [...(await pipelineRows()), ...(await methodRows())],
};
