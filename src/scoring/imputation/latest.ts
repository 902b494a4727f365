import { defineImputation } from '../descriptor';
import { fillFromHistory } from '../numeric/history';

/** The city's latest earlier observation of the indicator. */
export const latest = defineImputation({
  id: 'LATEST',
  title: 'Latest earlier value',
  summary:
    'Fills a gap with the city’s own latest earlier observation of the indicator, if it is not older than a limit.',
  formula:
    'y_ij(t) = x_ij(t) where present, otherwise x_ij(s) for the latest year s < t with a value, t − s ≤ maximumYears; with `carryBackward` and no earlier value at all, the earliest later one within the same distance',
  parameters: {
    maximumYears: {
      kind: 'integer',
      min: 1,
      max: 1000,
      optional: true,
      description: 'How many calendar years old a value may be; no limit when left out.',
    },
    carryBackward: {
      kind: 'boolean',
      default: false,
      description: 'Where there is no earlier value, take the earliest later one.',
    },
  },
  references: [
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
  ],
  properties: {},
  cost: (n, m) => 10 * n * m,
  run(values, { maximumYears, carryBackward }, out, context) {
    const limit = maximumYears ?? Infinity;
    fillFromHistory(
      values,
      (earlierYear, earlier, laterYear, later) => {
        if (context.year - earlierYear <= limit) return earlier;
        return carryBackward && Number.isNaN(earlier) && laterYear - context.year <= limit ? later : NaN;
      },
      out,
      context,
    );
  },
});
