import { EigenvalueDecomposition } from 'ml-matrix';
import { defineWeighting, type Refuse } from '../descriptor';
import { at, columnAt } from '../numeric/at';
import { scaledToOne } from '../numeric/importance-order';

/** Saaty's random consistency indices by the order of the matrix, from 1. */
const RANDOM_INDEX = Float64Array.of(0, 0, 0.58, 0.9, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59);

/** How far `a_jk × a_kj` may be from 1: people write 0.33 for a third. */
const RECIPROCITY = 0.02;

/** Analytic hierarchy process. */
export const ahp = defineWeighting({
  id: 'AHP',
  title: 'Analytic hierarchy process',
  summary:
    'Weights from pairwise judgements of importance: the principal eigenvector of the matrix. Refused where the judgements contradict each other beyond a limit; below it a warning states their consistency ratio. A node without a matrix of its own keeps its given weights.',
  formula:
    'A w = λ w for the largest λ, Σ w = 1; consistency ratio CR = ((λ − m) / (m − 1)) / RI_m with Saaty’s random indices RI = 0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49, 1.51, 1.48, 1.56, 1.57, 1.59 for m = 1 … 15',
  parameters: {
    judgements: {
      kind: 'records',
      inputName: 'PairwiseJudgementsInput',
      maxLength: 200,
      description: 'One matrix for each node whose children are judged.',
      fields: {
        nodes: {
          kind: 'codes',
          of: 'node',
          required: true,
          maxLength: 15,
          description: 'The children of one node, all of them, in the order of the rows and columns.',
        },
        matrix: {
          kind: 'matrix',
          required: true,
          min: 1 / 99,
          max: 99,
          maxLength: 15,
          description:
            'Row by row how many times as important the row’s node is as the column’s (Saaty’s scale: 1 to 9 and their reciprocals); 1 on the diagonal, reciprocals across it.',
        },
      },
    },
    maximumInconsistency: {
      kind: 'number',
      default: 0.1,
      min: 0,
      description: 'Largest consistency ratio that is accepted.',
    },
  },
  references: [
    { citation: 'Saaty, T. L. (1980), The Analytic Hierarchy Process, McGraw-Hill' },
    {
      citation:
        'Saaty, T. L. (2008), Decision making with the analytic hierarchy process, Int. J. Services Sciences 1(1), 83–98',
      url: 'https://doi.org/10.1504/IJSSCI.2008.017590',
    },
  ],
  properties: {
    SUMS_TO_ONE: { holds: true },
    SYMMETRIC: { holds: true },
    SCALE_INVARIANT: { holds: true },
    SHIFT_INVARIANT: { holds: true },
  },
  cost: (_n, m) => 50 * m ** 3,
  run(_columns, { judgements, maximumInconsistency }, { children, given, refuse, warn }) {
    const m = children.length;
    if (m === 1) return Float64Array.of(1);
    if (judgements === null || judgements.length === 0) {
      return refuse('BAD_INPUT', 'No judgements are given.', 'at least one matrix of pairwise judgements', judgements);
    }
    const named = judgements.filter(({ nodes }) => nodes.some((code) => children.includes(code)));
    const [own] = named;
    if (own === undefined) {
      warn('METHOD_NOTE', 'No judgements are given for the children of this node, so their given weights are used.');
      return (
        scaledToOne(given) ??
        refuse('WEIGHTS_INVALID', 'All weights under the node are 0.', 'at least one weight above 0')
      );
    }
    if (named.length > 1 || own.nodes.length !== m || !children.every((code) => own.nodes.includes(code))) {
      refuse(
        'BAD_INPUT',
        'The judged nodes are not exactly the children of one node, each once.',
        `one matrix for ${children.join(', ')}`,
        own.nodes,
      );
    }
    checkMatrix(own.matrix, m, refuse);
    const { lambda, vector } = principalEigenpair(own.matrix);
    const index = at(RANDOM_INDEX, m - 1);
    // Two things cannot be judged inconsistently, and rounding may leave λ a hair below m.
    const ratio = m < 3 ? 0 : Math.max(0, (lambda - m) / (m - 1) / index);
    if (!(ratio <= maximumInconsistency)) {
      refuse(
        'PRECONDITION_FAILED',
        `The judgements contradict each other: their consistency ratio is ${ratio.toFixed(3)}.`,
        `judgements with a consistency ratio of at most ${maximumInconsistency}, or a higher \`maximumInconsistency\``,
        ratio,
      );
    }
    if (m > 2) warn('METHOD_NOTE', `The judgements of its children have a consistency ratio of ${ratio.toFixed(3)}.`);
    const sum = vector.reduce((a, b) => a + b, 0);
    return Float64Array.from(children, (code) => at(vector, own.nodes.indexOf(code)) / sum);
  },
});

function checkMatrix(matrix: readonly (readonly number[])[], m: number, refuse: Refuse): void {
  if (matrix.length !== m || matrix.some((row) => row.length !== m)) {
    refuse(
      'BAD_INPUT',
      'The matrix is not square, or not of the length of `nodes`.',
      `${m} rows of ${m} numbers`,
      matrix,
    );
  }
  const rows = matrix.map((row) => Float64Array.from(row));
  rows.forEach((row, j) => {
    row.forEach((value, k) => {
      const product = value * at(columnAt(rows, k), j);
      const allowed = j === k ? 0 : RECIPROCITY;
      if (!(value > 0 && Math.abs(product - 1) <= allowed)) {
        refuse(
          'BAD_INPUT',
          `The judgement in row ${j + 1}, column ${k + 1} does not agree with that in row ${k + 1}, column ${j + 1}.`,
          'numbers above 0, 1 on the diagonal, each the reciprocal of the one across it (within 2 %)',
          value,
        );
      }
    });
  });
}

/** The largest eigenvalue of a positive matrix, which is real, and its eigenvector, whose entries have one sign. */
function principalEigenpair(matrix: readonly (readonly number[])[]): { lambda: number; vector: Float64Array } {
  const decomposition = new EigenvalueDecomposition(matrix.map((row) => [...row]));
  const values = Float64Array.from(decomposition.realEigenvalues);
  const lambda = values.reduce((a, b) => Math.max(a, b));
  const vector = decomposition.eigenvectorMatrix.getColumn(values.indexOf(lambda));
  return { lambda, vector: Float64Array.from(vector, Math.abs) };
}
