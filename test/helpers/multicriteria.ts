import type { AggregationContext, AggregationMethod, IntermediateTable } from '../../src/scoring/descriptor';
import type { ParameterRecord } from '../../src/scoring/parameters';
import { registry } from '../../src/scoring/registry';
import { kernelContext, methodOf, withDefaults, type Warnings } from './contexts';
import { readGolden } from './golden';

/** A decision problem: columns on their natural scale, weights that add to 1, and which columns are costs. */
export interface Problem {
  readonly cities: readonly string[];
  readonly children: readonly string[];
  readonly columns: readonly Float64Array[];
  readonly weights: Float64Array;
  readonly costs: Uint8Array;
}

/** What a run of a method gave. */
export interface MethodRun {
  readonly scores: Float64Array;
  readonly tables: ReadonlyMap<string, IntermediateTable>;
  readonly warnings: Warnings;
}

/** A problem from rows, with weights brought to a sum of 1 and a sign for each column (−1: a cost). */
export function problemOf(
  rows: readonly (readonly number[])[],
  weights: readonly number[],
  objectives: readonly number[] = weights.map(() => 1),
): Problem {
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    cities: rows.map((_, i) => `A${String(i + 1)}`),
    children: weights.map((_, k) => `C${String(k + 1)}`),
    columns: weights.map((_, k) => Float64Array.from(rows, (row) => row[k] ?? NaN)),
    weights: Float64Array.from(weights, (weight) => weight / total),
    costs: Uint8Array.from(objectives, (sign) => (sign < 0 ? 1 : 0)),
  };
}

/** The inputs of the Python peers. */
export function peerProblem(dataset: string): Problem {
  const matrix = readGolden('scikit-criteria', `input_${dataset}_matrix.csv`);
  const criteria = readGolden('scikit-criteria', `input_${dataset}_criteria.csv`).alignedTo(
    'criterion',
    matrix.header.slice(1),
  );
  const children = criteria.text('criterion');
  const weights = criteria.numbers('weight');
  const total = weights.reduce((a, b) => a + b, 0);
  return {
    cities: matrix.text('alternative'),
    children,
    columns: children.map((code) => matrix.numbers(code)),
    weights: weights.map((weight) => weight / total),
    costs: Uint8Array.from(criteria.numbers('objective'), (sign) => (sign < 0 ? 1 : 0)),
  };
}

/** Context of a problem; tables are collected where `tables` is given. */
export function aggregationContext(
  problem: Problem,
  warnings: Warnings = [],
  tables?: Map<string, IntermediateTable>,
): AggregationContext {
  return {
    ...kernelContext(warnings),
    children: problem.children,
    cities: problem.cities,
    costs: problem.costs,
    ...(tables ? { trace: (table: IntermediateTable): void => void tables.set(table.caption, table) } : {}),
  };
}

/** Runs a method by its id, explanation included. */
export function runMethod(id: string, problem: Problem, given: ParameterRecord = {}): MethodRun {
  const method: AggregationMethod = methodOf(registry.AGGREGATION, id);
  const scores = new Float64Array(problem.cities.length).fill(NaN);
  const warnings: Warnings = [];
  const tables = new Map<string, IntermediateTable>();
  method.run(
    problem.columns,
    problem.weights,
    withDefaults(method.parameters, given),
    scores,
    aggregationContext(problem, warnings, tables),
  );
  return { scores, tables, warnings };
}

/** A column of an intermediate table; throws where there is none. */
export function tableColumn(run: MethodRun, caption: string, column: string): Float64Array {
  const table = run.tables.get(caption);
  const k = table?.columns.indexOf(column) ?? -1;
  if (!table || k < 0) throw new Error(`No ${column} in ${caption}: have ${[...run.tables.keys()].join('; ')}.`);
  const n = table.values.length / table.columns.length;
  return table.values.slice(k * n, (k + 1) * n);
}

/** The values of a one-row table. */
export function tableRow(run: MethodRun, caption: string): Float64Array {
  const table = run.tables.get(caption);
  if (!table) throw new Error(`No ${caption}: have ${[...run.tables.keys()].join('; ')}.`);
  return table.values;
}

/** Dense ranks (1, 2, 2, 3), as scikit-criteria gives them. */
export function denseRanks(scores: Float64Array, lowerIsBetter: boolean): Float64Array {
  const distinct = [...new Set(scores)].sort((a, b) => (lowerIsBetter ? a - b : b - a));
  return scores.map((score) => distinct.indexOf(score) + 1);
}

/** Average ranks (1, 2.5, 2.5, 4), as pymcdm gives them. */
export function averageRanks(scores: Float64Array, lowerIsBetter: boolean): Float64Array {
  return scores.map((score) => {
    const better = scores.filter((other) => (lowerIsBetter ? other < score : other > score)).length;
    const tied = scores.filter((other) => other === score).length;
    return better + (tied + 1) / 2;
  });
}
