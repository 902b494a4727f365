import { defineImputation } from '../descriptor';
import { fillFromHistory, interpolate } from '../numeric/history';

/** Straight line in time between the city's neighbouring observations. */
export const linear = defineImputation({
  id: 'LINEAR',
  title: 'Linear in time',
  summary:
    'Fills a gap from the straight line between the city’s nearest earlier and nearest later observation of the indicator. A gap before the first or after the last one stays.',
  formula:
    'y_ij(t) = x_ij(a) + (t − a) / (b − a) × (x_ij(b) − x_ij(a)), a the latest earlier and b the earliest later year with a value',
  parameters: {},
  references: [
    {
      citation: 'Becker et al. (2022), COINr: An R package for developing composite indicators, JOSS 7(78), 4567',
      url: 'https://doi.org/10.21105/joss.04567',
    },
  ],
  properties: {},
  cost: (n, m) => 10 * n * m,
  run(values, _parameters, out, context) {
    fillFromHistory(
      values,
      (earlierYear, earlier, laterYear, later) => interpolate(context.year, earlierYear, earlier, laterYear, later),
      out,
      context,
    );
  },
});
