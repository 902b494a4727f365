import { defineAggregation } from '../descriptor';
import { at } from '../numeric/at';
import { isCost, prepareColumns, traceCities } from '../numeric/criteria';
import { meanOf, rangeOf } from '../numeric/statistics';

/**
 * EDAS: appraisal score, 0 to 1, more is better.
 *
 * A constant column (zeros among them) adds no distance. Where nobody is above average anywhere, NSP is 0 and NSN is 1,
 * so that all cities get 0.5.
 */
export const edas = defineAggregation({
  id: 'EDAS',
  family: 'WHOLE_TABLE',
  missing: 'COMPLETE',
  acceptsCosts: true,
  requires: 'NON_NEGATIVE',
  title: 'EDAS',
  summary:
    'Weighs how far a city lies on the good and on the bad side of each column’s average, relative to the average.',
  formula:
    'AS_i = (NSP_i + NSN_i) / 2; NSP = SP / max SP, NSN = 1 − SN / max SN; SP_i, SN_i: Σ_k w_k max(0, ±(x_ik − AV_k)) / AV_k, with + for SP and − for SN (the other way round for costs); AV_k is the column mean; 0 / 0 is 0',
  parameters: {},
  references: [
    {
      citation:
        'Keshavarz Ghorabaee, M., Zavadskas, E. K., Olfat, L., Turskis, Z. (2015), Multi-criteria inventory classification using a new method of evaluation based on distance from average solution (EDAS), Informatica 26(3), 435–451',
      url: 'https://doi.org/10.15388/Informatica.2015.57',
    },
  ],
  properties: {
    MONOTONE: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: {
      holds: false,
      counterExample: {
        columns: [
          [6, 4, 6],
          [6, 8, 5],
        ],
        weights: [0.8, 0.2],
        column: 0,
        amount: 2,
      },
    },
    SYMMETRIC: { holds: true },
    IDEMPOTENT: {
      holds: false,
      counterExample: {
        columns: [
          [5, 2],
          [1, 8],
        ],
      },
    },
    BOUNDED: {
      holds: false,
      counterExample: {
        columns: [
          [6, 3, 6],
          [6, 1, 3],
        ],
      },
    },
    COMPENSATORY: { holds: true },
    INDEPENDENT_OF_IRRELEVANT_ALTERNATIVES: {
      holds: false,
      counterExample: {
        columns: [
          [1, 3, 8],
          [5, 3, 1],
        ],
        row: 0,
      },
    },
    HOMOGENEOUS: {
      holds: false,
      counterExample: {
        columns: [
          [9, 8, 5],
          [7, 1, 9],
        ],
        amount: 10,
      },
    },
  },
  cost: (n, m) => 3 * n * m,
  run(columns, weights, _parameters, out, context) {
    const n = out.length;
    const good = new Float64Array(n);
    const bad = new Float64Array(n);
    prepareColumns(columns, context).forEach((column, k) => {
      const { min, max } = rangeOf(column);
      if (min === max) return;
      const average = meanOf(column);
      const factor = (isCost(context, k) ? -1 : 1) * (at(weights, k) / average);
      for (let i = 0; i < n; i++) {
        const distance = factor * (at(column, i) - average);
        if (distance > 0) good[i] = at(good, i) + distance;
        else bad[i] = at(bad, i) - distance;
      }
    });
    const mostGood = rangeOf(good).max;
    const mostBad = rangeOf(bad).max;
    for (let i = 0; i < n; i++) {
      const nsp = mostGood > 0 ? at(good, i) / mostGood : 0;
      const nsn = mostBad > 0 ? 1 - at(bad, i) / mostBad : 1;
      out[i] = (nsp + nsn) / 2;
    }
    traceCities(
      context,
      'Weighted sums of positive and negative distances from average',
      'SP, SN',
      ['SP', 'SN'],
      () => [good, bad],
    );
  },
});
