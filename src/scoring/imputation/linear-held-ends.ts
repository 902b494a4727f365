import { defineImputation } from '../descriptor';
import { fillFromHistory, interpolate } from '../numeric/history';

/** Straight line in time between the city's neighbouring observations, level beyond the first and last one. */
export const linearHeldEnds = defineImputation({
  id: 'LINEAR_HELD_ENDS',
  title: 'Linear in time with held ends',
  summary:
    'As linear in time; a gap before the city’s first observation of the indicator gets the first, one after the last gets the last.',
  formula:
    'y_ij(t) = x_ij(a) + (t − a) / (b − a) × (x_ij(b) − x_ij(a)), a the latest earlier and b the earliest later year with a value; x_ij(a) where there is no b, x_ij(b) where there is no a',
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
      (earlierYear, earlier, laterYear, later) => {
        if (Number.isNaN(earlier)) return later;
        return Number.isNaN(later) ? earlier : interpolate(context.year, earlierYear, earlier, laterYear, later);
      },
      out,
      context,
    );
  },
});
