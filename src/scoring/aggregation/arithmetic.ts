import { defineAggregation } from '../descriptor';
import { at, columnAt } from '../numeric/at';
import { columnKernel } from '../numeric/column-kernel';
import { heldFinite } from '../numeric/scale';
import { weightedMean } from '../numeric/weighted-mean';

/** From this length on the kernel, which has to be handed the columns, is the faster one. */
const KERNEL_FROM = 512;

/** Weighted arithmetic mean. */
export const arithmetic = defineAggregation({
  id: 'ARITHMETIC',
  family: 'MEAN',
  missing: 'RESCALE',
  title: 'Arithmetic mean',
  summary: 'Weighted arithmetic mean: a deficit in one child is made up in full by a surplus in another.',
  formula: 'y_i = Σ_k w_k x_ik / Σ_k w_k over the children k that city i has',
  parameters: {},
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, step 6 (additive aggregation)',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: { holds: true },
    BOUNDED: { holds: true },
    COMPENSATORY: { holds: true },
    HOMOGENEOUS: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: { holds: true },
    SCALE_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], column: 0, amount: 4 },
    },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: { columns: [[1], [4]], weights: [0.5, 0.5], column: 0, amount: 3 },
    },
  },
  cost: (n, m) => n * m,
  run(columns, weights, _parameters, out) {
    const kernel = out.length < KERNEL_FROM ? null : columnKernel();
    if (kernel === null) weightedMean(columns, weights, out);
    else kernel.meanOfColumns(columns, weights, out);
    for (let i = 0; i < out.length; i++) {
      // A gap makes the mean NaN: few cities have one, so theirs is found again from what they have.
      if (Number.isNaN(at(out, i))) out[i] = meanOfPresent(columns, weights, i);
    }
  },
});

function meanOfPresent(columns: readonly Float64Array[], weights: Float64Array, i: number): number {
  let sum = 0;
  let total = 0;
  for (let k = 0; k < columns.length; k++) {
    const value = at(columnAt(columns, k), i);
    if (Number.isNaN(value)) continue;
    sum += at(weights, k) * value;
    total += at(weights, k);
  }
  return total > 0 ? heldFinite(sum / total) : NaN;
}
