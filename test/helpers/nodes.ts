import type { AggregationMethod, WeightingMethod } from '../../src/scoring/descriptor';
import type { ParameterRecord } from '../../src/scoring/parameters';
import { registry } from '../../src/scoring/registry';
import { kernelContext, methodOf, withDefaults, type Warnings } from './contexts';

/** Runs one aggregation on the columns under a node; weights are scaled to add to 1, equal where left out. */
export function aggregate(
  id: string,
  columns: readonly Float64Array[],
  given: ParameterRecord = {},
  weights: readonly number[] = columns.map(() => 1),
  warnings: Warnings = [],
): Float64Array {
  const method: AggregationMethod = methodOf(registry.AGGREGATION, id);
  const n = columns[0]?.length ?? 0;
  const total = weights.reduce((a, b) => a + b, 0);
  const out = new Float64Array(n).fill(-1);
  method.run(
    columns,
    Float64Array.from(weights, (weight) => weight / total),
    withDefaults(method.parameters, given),
    out,
    {
      ...kernelContext(warnings),
      children: columns.map((_, k) => `x${String(k)}`),
      cities: Array.from({ length: n }, (_, i) => `c${String(i)}`),
      costs: new Uint8Array(columns.length),
    },
  );
  return out;
}

/** One city's score from its values, by {@link aggregate}. */
export function aggregateRow(
  id: string,
  row: readonly number[],
  given: ParameterRecord = {},
  weights?: readonly number[],
): number {
  return (
    aggregate(
      id,
      row.map((value) => Float64Array.of(value)),
      given,
      weights,
    )[0] ?? NaN
  );
}

/** What a weighting is told of its node besides the columns; codes are `x0 …`, given weights 1, one leaf each, unless said otherwise. */
export interface NodeFacts {
  readonly children?: readonly string[];
  readonly given?: readonly number[];
  readonly leaves?: readonly number[];
}

/** Runs one weighting on the columns under a node. */
export function weigh(
  id: string,
  columns: readonly Float64Array[],
  parameters: ParameterRecord = {},
  { children, given, leaves }: NodeFacts = {},
  warnings: Warnings = [],
): Float64Array {
  const method: WeightingMethod = methodOf(registry.WEIGHTING, id);
  return method.run(columns, withDefaults(method.parameters, parameters), {
    ...kernelContext(warnings),
    children: children ?? columns.map((_, k) => `x${String(k)}`),
    given: Float64Array.from(given ?? columns.map(() => 1)),
    leaves: Int32Array.from(leaves ?? columns.map(() => 1)),
  });
}

/** Columns from their values. */
export const columnsOf = (...columns: readonly (readonly number[])[]): Float64Array[] =>
  columns.map((values) => Float64Array.from(values));
