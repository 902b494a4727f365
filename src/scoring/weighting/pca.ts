import { defineWeighting } from '../descriptor';
import { at, columnAt } from '../numeric/at';
import { definedCorrelations, varyingPlaces, weightsFrom } from '../numeric/data-weights';
import { rotatedComponentWeights } from '../numeric/rotated-components';
import { symmetricEigen } from '../numeric/symmetric-eigen';

/** Leading eigenvalues closer than this (in columns' worth of variance) leave the first component undetermined. */
const GAP = 1e-9;

/** Principal component weights. */
export const pca = defineWeighting({
  id: 'PCA',
  title: 'Principal components',
  summary:
    'Weighs columns by what principal components of their correlation matrix say they share. Squared loadings are used, so weights are never negative and no sign is arbitrary; a column that loads on the component against the others still gets weight, with a warning. Correlations are taken pair by pair over the cities that have both; a constant column gets 0.',
  formula:
    'FIRST_COMPONENT: w_j = u_j², u the unit eigenvector of the largest eigenvalue of R. ROTATED_COMPONENTS: loadings l_jf = u_jf √λ_f of the retained components (at least one) after varimax with Kaiser’s normalisation of the rows; with e_f = Σ_j l_jf² and q_jf = l_jf² / e_f, each column goes to the component f with its largest q, and w_j ∝ q_jf e_f / Σ_g e_g',
  parameters: {
    scheme: {
      kind: 'choice',
      enumName: 'PcaWeightScheme',
      values: ['FIRST_COMPONENT', 'ROTATED_COMPONENTS'],
      default: 'FIRST_COMPONENT',
      description:
        'Squared loadings of the first component, or those of several rotated components weighed by the variance they explain (OECD Handbook).',
    },
    minimumShare: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.1,
      readWhen: [{ parameter: 'scheme', is: ['ROTATED_COMPONENTS'] }],
      description: 'Components that explain at least this share of the variance are retained.',
    },
    cumulativeShare: {
      kind: 'number',
      min: 0,
      max: 1,
      default: 0.6,
      readWhen: [{ parameter: 'scheme', is: ['ROTATED_COMPONENTS'] }],
      description: 'Further components are retained until together they explain this share.',
    },
  },
  references: [
    {
      citation: 'OECD/JRC (2008), Handbook on Constructing Composite Indicators, section 6.1 and tables 16–18',
      url: 'https://doi.org/10.1787/9789264043466-en',
    },
    {
      citation:
        'Nicoletti, G., Scarpetta, S. and Boylaud, O. (2000), Summary indicators of product market regulation, OECD Economics Department Working Papers 226',
      url: 'https://doi.org/10.1787/215182844604',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
  },
  cost: (n, m) => 4 * n * m * m + 30 * m ** 3,
  run(columns, { scheme, minimumShare, cumulativeShare }, context) {
    const places = varyingPlaces(columns);
    const information = new Float64Array(columns.length);
    if (places.length > 0) {
      const matrix = definedCorrelations(places.map((j) => columnAt(columns, j)));
      const pairs = symmetricEigen(matrix.map((row) => Array.from(row)));
      const weights =
        scheme === 'ROTATED_COMPONENTS'
          ? rotatedComponentWeights(pairs, minimumShare, cumulativeShare)
          : firstComponentWeights(pairs);
      if (scheme === 'FIRST_COMPONENT' && pairs[0]?.vector.some((entry) => entry < -GAP)) {
        context.warn('METHOD_NOTE', 'Some children load on the first component against the others.');
      }
      places.forEach((j, k) => (information[j] = at(weights, k)));
    }
    return weightsFrom(information, context);
  },
});

/** Squared entries of the first eigenvector; zeros where it is not determined. */
function firstComponentWeights(pairs: ReturnType<typeof symmetricEigen>): Float64Array {
  const [first, second] = pairs;
  const unique = first !== undefined && (second === undefined || first.value - second.value > GAP);
  return unique ? Float64Array.from(first.vector, (entry) => entry * entry) : new Float64Array(pairs.length);
}
