import type { ParameterRecord } from '../../../src/scoring/parameters';
import { registry } from '../../../src/scoring/registry';
import { methodOf } from '../../helpers/contexts';
import { expectColumnsAgree } from '../../helpers/golden';
import { denseRanks, problemOf, runMethod, tableColumn, tableRow } from '../../helpers/multicriteria';

/* Worked examples that were printed, to the digits that were printed. */

interface Example {
  readonly source: string;
  readonly id: string;
  readonly given?: ParameterRecord;
  readonly rows: readonly (readonly number[])[];
  readonly weights: readonly number[];
  readonly objectives?: readonly number[];
  readonly scores?: readonly number[];
  /** Half a unit of the last digit printed, unless the source computes with rounded intermediates. */
  readonly tolerance?: number;
  readonly ranks?: readonly number[];
}

const ROBOTS = [
  [60, 0.4, 2540, 500, 990],
  [6.35, 0.15, 1016, 3000, 1041],
  [6.8, 0.1, 1727.2, 1500, 1676],
  [10, 0.2, 1000, 2000, 965],
  [2.5, 0.1, 560, 500, 915],
  [4.5, 0.08, 1016, 350, 508],
  [3, 0.1, 1778, 1000, 920],
];
const FORKLIFTS = [
  [22600, 3800, 2, 5, 1.06, 3.0, 3.5, 2.8, 24.5, 6.5],
  [19500, 4200, 3, 2, 0.95, 3.0, 3.4, 2.2, 24, 7.0],
  [21700, 4000, 1, 3, 1.25, 3.2, 3.3, 2.5, 24.5, 7.3],
  [20600, 3800, 2, 5, 1.05, 3.25, 3.2, 2.0, 22.5, 11.0],
  [22500, 3800, 4, 3, 1.35, 3.2, 3.7, 2.1, 23, 6.3],
  [23250, 4210, 3, 5, 1.45, 3.6, 3.5, 2.8, 23.5, 7.0],
  [20300, 3850, 2, 5, 0.9, 3.25, 3.0, 2.6, 21.5, 6.0],
];
const INDUSTRIAL = [
  [581818, 54.49, 3, 5500],
  [595454, 49.73, 3, 4500],
  [586060, 51.24, 3, 5000],
  [522727, 45.71, 3, 5800],
  [561818, 52.66, 3, 5200],
  [543030, 74.46, 4, 5600],
  [522727, 75.42, 4, 5800],
  [486970, 62.62, 4, 5600],
  [509394, 65.87, 4, 6400],
  [513333, 70.67, 4, 6000],
];
const PARETO = [
  [1.679e6, 1.525e-7, 3.747e-5, 0.251, 2.917],
  [2.213e6, 1.304e-7, 3.25e-5, 0.218, 6.633],
  [2.461e6, 1.445e-7, 3.854e-5, 0.259, 0.553],
  [2.854e6, 1.54e-7, 3.97e-5, 0.266, 1.597],
  [3.107e6, 1.522e-7, 3.779e-5, 0.254, 2.905],
  [3.574e6, 1.469e-7, 3.297e-5, 0.221, 6.378],
  [3.932e6, 1.977e-7, 3.129e-5, 0.21, 11.381],
  [4.383e6, 1.292e-7, 3.142e-5, 0.211, 9.929],
  [4.988e6, 1.69e-7, 3.767e-5, 0.253, 8.459],
  [5.497e6, 5.703e-7, 3.012e-5, 0.2, 18.918],
  [5.751e6, 4.653e-7, 3.017e-5, 0.201, 17.517],
];
const FIRMS = [
  [0.068, 0.066, 0.15, 0.098, 0.156, 0.114, 0.098],
  [0.078, 0.076, 0.108, 0.136, 0.082, 0.171, 0.105],
  [0.157, 0.114, 0.128, 0.083, 0.108, 0.113, 0.131],
  [0.106, 0.139, 0.058, 0.074, 0.132, 0.084, 0.12],
  [0.103, 0.187, 0.125, 0.176, 0.074, 0.064, 0.057],
  [0.105, 0.083, 0.15, 0.051, 0.134, 0.094, 0.113],
  [0.137, 0.127, 0.056, 0.133, 0.122, 0.119, 0.114],
  [0.1, 0.082, 0.086, 0.06, 0.062, 0.109, 0.093],
  [0.053, 0.052, 0.043, 0.1, 0.05, 0.078, 0.063],
  [0.094, 0.074, 0.097, 0.087, 0.08, 0.054, 0.106],
];

const EXAMPLES: readonly Example[] = [
  {
    source: 'Tzeng, Huang (2011), Multiple Attribute Decision Making: TOPSIS of four products',
    id: 'TOPSIS',
    rows: [
      [5, 8, 4],
      [7, 6, 8],
      [8, 8, 6],
      [7, 4, 6],
    ],
    weights: [0.3, 0.4, 0.3],
    scores: [0.5037, 0.6581, 0.7482, 0.334],
    tolerance: 1e-4,
    ranks: [3, 2, 1, 4],
  },
  {
    source: 'Opricovic, Tzeng (2004), EJOR 156, 445–455: mountain climber, TOPSIS',
    id: 'TOPSIS',
    given: { scaling: 'MIN_MAX' },
    rows: [
      [1, 3000],
      [2, 3750],
      [5, 4500],
    ],
    weights: [0.5, 0.5],
    objectives: [-1, 1],
    scores: [0.5, 0.617, 0.5],
    tolerance: 5e-4,
    ranks: [2, 1, 2],
  },
  {
    source: 'Opricovic, Tzeng (2004), EJOR 156, 445–455: mountain climber, VIKOR',
    id: 'VIKOR',
    rows: [
      [1, 3000],
      [2, 3750],
      [5, 4500],
    ],
    weights: [0.5, 0.5],
    objectives: [-1, 1],
    scores: [1, 0, 1],
    tolerance: 1e-12,
    ranks: [2, 1, 2],
  },
  {
    source: 'Keshavarz Ghorabaee et al. (2016), CODAS, robot selection',
    id: 'CODAS',
    rows: ROBOTS,
    weights: [0.036, 0.192, 0.326, 0.326, 0.12],
    objectives: [1, -1, 1, 1, 1],
    scores: [0.5122, 1.4633, 1.0715, -0.2125, -1.8515, -1.1717, 0.1887],
    ranks: [3, 1, 2, 5, 7, 6, 4],
  },
  {
    source: 'Badi, Shetwan, Abdulshahed (2017), CODAS, suppliers of the Libyan Iron and Steel Company',
    id: 'CODAS',
    rows: [
      [45, 3600, 45, 0.9],
      [25, 3800, 60, 0.8],
      [23, 3100, 35, 0.9],
      [14, 3400, 50, 0.7],
      [15, 3300, 40, 0.8],
      [28, 3000, 30, 0.6],
    ],
    // The printed weights add to 1 as they stand.
    weights: [0.2857, 0.3036, 0.2321, 0.1786],
    objectives: [1, -1, 1, 1],
    scores: [1.3914, 0.3411, -0.217, -0.5381, -0.7292, -0.2481],
    ranks: [1, 2, 3, 5, 6, 4],
  },
  {
    source: 'Pamučar, Ćirović (2015), MABAC, forklifts',
    id: 'MABAC',
    rows: FORKLIFTS,
    weights: [0.146, 0.144, 0.119, 0.121, 0.115, 0.101, 0.088, 0.068, 0.05, 0.048],
    objectives: [-1, 1, 1, 1, -1, -1, 1, 1, 1, 1],
    scores: [0.0826, 0.2183, -0.0488, 0.0246, -0.0704, 0.0465, 0.0464],
    ranks: [2, 1, 6, 5, 7, 3, 4],
  },
  {
    source: 'Uysal, İnan (2022), COPRAS, research assistants',
    id: 'COPRAS',
    rows: [
      [3.57, 4.0, 4.0, 83.75, 3, 9, 1],
      [3.07, 3.95, 4.0, 83.0, 3, 1, 3],
      [3.23, 3.54, 3.46, 66.0, 4, 0, 2],
      [3.42, 3.96, 4.0, 70.0, 5, 5, 7],
      [2.56, 3.37, 3.79, 82.0, 4, 4, 5],
    ],
    weights: [1, 1, 1, 1, 1, 1, 1],
    objectives: [1, 1, 1, 1, -1, 1, 1],
    scores: [100, 78.8501, 63.3837, 98.6506, 86.8878],
    ranks: [1, 4, 5, 2, 3],
  },
  {
    source: 'Chakraborty, Zavadskas, Antucheviciene (2015), WASPAS, example 2, λ = 0.5',
    id: 'WASPAS',
    rows: INDUSTRIAL,
    weights: [0.467, 0.16, 0.095, 0.278],
    objectives: [-1, -1, -1, 1],
    scores: [0.8584, 0.8169, 0.8419, 0.9417, 0.8638, 0.8278, 0.8503, 0.8949, 0.9027, 0.874],
    tolerance: 1e-4,
    ranks: [6, 10, 8, 1, 5, 9, 7, 3, 2, 4],
  },
  {
    source: 'Chakraborty, Zavadskas, Antucheviciene (2015), WASPAS, example 2, λ = 0.2',
    id: 'WASPAS',
    given: { lambda: 0.2 },
    rows: INDUSTRIAL,
    weights: [0.467, 0.16, 0.095, 0.278],
    objectives: [-1, -1, -1, 1],
    scores: [0.8581, 0.8154, 0.8412, 0.9415, 0.8634, 0.8256, 0.8474, 0.8929, 0.9003, 0.8714],
    tolerance: 1e-4,
  },
  {
    source: 'Stanujkic, Djordjevic, Karabasevic (2015), ARAS, personnel selection',
    id: 'ARAS',
    rows: [
      [4.64, 3.0, 3.0, 3.0, 2.88, 3.63],
      [4.0, 4.0, 4.64, 3.56, 3.63, 5.0],
      [3.3, 4.31, 3.3, 4.0, 3.3, 4.0],
      [2.62, 5.0, 4.22, 4.31, 5.0, 5.0],
    ],
    weights: [0.28, 0.25, 0.19, 0.15, 0.08, 0.04],
    scores: [0.74, 0.86, 0.78, 0.86],
    tolerance: 5e-3,
  },
  {
    source: 'Yazdani et al. (2020), Sustainable Operations and Computers 1, EDAS, renewable energy',
    id: 'EDAS',
    rows: [
      [3873, 39.55, 0.27, 0.87, 150, 0.07, 12, 2130],
      [5067, 67.26, 0.23, 0.23, 40, 0.02, 21, 2200],
      [2213, 24.69, 0.08, 0.17, 200, 0.04, 35, 570],
      [6243, 132, 0.07, 0.25, 100, 0.04, 16, 100],
      [8312, 460.47, 0.05, 0.21, 25, 0.1, 25, 200],
    ],
    weights: [0.131, 0.113, 0.126, 0.125, 0.126, 0.129, 0.132, 0.117],
    objectives: [-1, -1, -1, 1, 1, -1, 1, 1],
    scores: [0.841, 0.632, 0.883, 0.457, 0.104],
    tolerance: 5e-4,
  },
  {
    source: 'Ulutaş et al. (2020), Mathematics 8(10), 1672, MARCOS, stackers',
    id: 'MARCOS',
    rows: [
      [660, 1000, 1600, 18, 1200],
      [800, 1000, 1600, 24, 900],
      [980, 1000, 2500, 24, 900],
      [920, 1500, 1600, 24, 900],
      [1380, 1500, 1500, 24, 1150],
      [1230, 1000, 1600, 24, 1150],
      [680, 1500, 1600, 18, 1100],
      [960, 2000, 1600, 12, 1150],
    ],
    weights: [0.1061, 0.3476, 0.333, 0.1185, 0.0949],
    objectives: [-1, 1, 1, 1, 1],
    scores: [0.5649, 0.5543, 0.641, 0.6174, 0.6016, 0.5453, 0.6282, 0.6543],
    tolerance: 1e-4,
  },
  {
    source: 'Aksoy (2021), MAIRCA, mergers and acquisitions in Turkey',
    id: 'MAIRCA',
    rows: [
      [70, 245, 16.4, 19],
      [52, 246, 7.3, 22],
      [53, 295, 10.3, 25],
      [63, 256, 12, 8],
      [64, 233, 5.3, 17],
    ],
    weights: [0.04744, 0.02464, 0.51357, 0.41435],
    scores: [0.0332, 0.1122, 0.0654, 0.1304, 0.1498],
  },
  {
    source: 'Gigović et al. (2016), Sustainability 8(4), 372, MAIRCA, ammunition depots',
    id: 'MAIRCA',
    rows: [
      [3.828, 5.0, 3.72, 2.723, 4.255],
      [4.675, 5.0, 3.0, 3.452, 2.587],
      [4.515, 4.836, 3.289, 3.491, 4.069],
      [4.421, 5.0, 3.555, 2.839, 4.397],
      [4.717, 5.0, 3.43, 4.401, 1.0],
      [4.695, 5.0, 3.925, 3.847, 1.0],
      [4.688, 5.0, 2.0, 4.99, 1.0],
      [4.688, 5.0, 3.971, 4.001, 1.0],
    ],
    weights: [0.2016, 0.2304, 0.2232, 0.1912, 0.1536],
    objectives: [-1, 1, -1, -1, -1],
    scores: [0.0427, 0.0548, 0.0919, 0.0592, 0.0631, 0.0637, 0.0483, 0.0658],
    tolerance: 1e-4,
    ranks: [1, 3, 8, 4, 5, 6, 2, 7],
  },
  {
    source: 'Sotoudeh-Anvari (2023), RAM, tables 2 to 5',
    id: 'RAM',
    rows: FIRMS,
    weights: [0.132, 0.135, 0.138, 0.162, 0.09, 0.223, 0.12],
    objectives: [1, -1, -1, 1, 1, 1, 1],
    scores: [1.433215, 1.439243, 1.435296, 1.432197, 1.42788, 1.43012, 1.439444, 1.430766, 1.429406, 1.428773],
    tolerance: 1e-5,
    ranks: [4, 2, 3, 5, 10, 7, 1, 6, 8, 9],
  },
  {
    source: 'Wang, Rangaiah, Wang (2021), PROBID',
    id: 'PROBID',
    rows: PARETO,
    weights: [0.1819, 0.2131, 0.1838, 0.1832, 0.2379],
    objectives: [1, -1, -1, -1, -1],
    scores: [0.8568, 0.7826, 0.9362, 0.9369, 0.9379, 0.8716, 0.5489, 0.7231, 0.7792, 0.3331, 0.3387],
    tolerance: 1e-4,
  },
  {
    source: 'Wang, Triantaphyllou (2008), Omega 36(1), 45–63, ELECTRE II',
    id: 'ELECTRE_II',
    given: { exploitation: 'JOINT', discordanceRange: 'LARGEST' },
    rows: [
      [1, 2, 1, 5, 2, 2, 4],
      [3, 5, 3, 5, 3, 3, 3],
      [3, 5, 3, 5, 3, 2, 2],
      [1, 2, 2, 5, 1, 1, 1],
      [1, 1, 3, 5, 4, 1, 5],
    ],
    weights: [0.078, 0.118, 0.157, 0.314, 0.235, 0.039, 0.059],
    scores: [3, 1, 2, 4, 1.5],
    ranks: [4, 1, 3, 5, 2],
  },
  {
    source: 'Zhao, Peng, Li (2013), Procedia Computer Science 17, PROMETHEE II, usual criterion',
    id: 'PROMETHEE_II',
    rows: [
      [4, 3, 2],
      [3, 2, 4],
      [5, 1, 3],
    ],
    weights: [0.5, 0.3, 0.2],
    scores: [0.1, -0.3, 0.2],
    tolerance: 1e-12,
    ranks: [2, 3, 1],
  },
  {
    source: 'Brans, Vincke, Mareschal (1986), EJOR 24, 228–238, PROMETHEE II, hydroelectric stations, six functions',
    id: 'PROMETHEE_II',
    given: {
      criteria: [
        { node: 'C1', preferenceFunction: 'U_SHAPE', p: null, q: 10, s: null },
        { node: 'C2', preferenceFunction: 'V_SHAPE', p: 30, q: null, s: null },
        { node: 'C3', preferenceFunction: 'V_SHAPE_INDIFFERENCE', p: 500, q: 50, s: null },
        { node: 'C4', preferenceFunction: 'LEVEL', p: 6, q: 1, s: null },
        { node: 'C5', preferenceFunction: 'USUAL', p: null, q: null, s: null },
        { node: 'C6', preferenceFunction: 'GAUSSIAN', p: null, q: null, s: 5 },
      ],
    },
    rows: [
      [80, 90, 600, 5.4, 8, 5],
      [65, 58, 200, 9.7, 1, 1],
      [83, 60, 400, 7.2, 4, 7],
      [40, 80, 1000, 7.5, 7, 10],
      [52, 72, 600, 2.0, 3, 8],
      [94, 96, 700, 3.6, 5, 6],
    ],
    weights: [1, 1, 1, 1, 1, 1],
    objectives: [-1, 1, -1, -1, -1, 1],
    // Printed as an order: a5, a2, a4, a6, a3, a1.
    ranks: [6, 2, 5, 3, 1, 4],
  },
];

test.each(EXAMPLES.map((example) => [example.source, example] as const))('%s', (_, example) => {
  const { id, rows, weights, objectives, scores, tolerance = 5e-5, ranks, given } = example;
  const problem = problemOf(rows, weights, objectives);
  const run = runMethod(id, problem, given);
  const method = methodOf(registry.AGGREGATION, id);
  if (scores) expectColumnsAgree(run.scores, scores, id, { relative: 0, absolute: tolerance * 1.01 });
  // Scores that agree to their last place but one in a unit of rounding noise are the same rank.
  if (ranks) {
    const rounded = run.scores.map((score) => Number(score.toPrecision(12)));
    expect([...denseRanks(rounded, method.lowerIsBetter ?? false)]).toEqual(ranks);
  }
});

describe('Opricovic, Tzeng (2007), EJOR 178, 514–529, VIKOR, hydropower systems', () => {
  const rows = [
    [4184.3, 2914.0, 407.2, 251.0, 195, 244, 15, 2.41],
    [5211.9, 3630.0, 501.7, 308.3, 282, 346, 21, 1.41],
    [5021.3, 3920.5, 504.0, 278.6, 12, 56, 3, 4.42],
    [5566.1, 3957.9, 559.5, 335.3, 167, 268, 16, 3.36],
    [5060.5, 3293.5, 514.1, 284.2, 69, 90, 7, 4.04],
    [4317.9, 2925.9, 432.8, 239.3, 12, 55, 3, 4.36],
  ];
  const objectives = [1, -1, 1, 1, -1, -1, -1, 1];
  test.each([
    {
      weights: [1, 1, 1, 1, 1, 1, 1, 1],
      s: [0.692, 0.7, 0.29, 0.423, 0.28, 0.346],
      r: [0.125, 0.125, 0.121, 0.125, 0.067, 0.125],
      q: [0.991, 1, 0.473, 0.67, 0, 0.578],
      ranks: [5, 6, 2, 4, 1, 3],
      advantage: 1,
      set: [5],
    },
    {
      weights: [2, 2, 2, 2, 1, 1, 1, 1],
      s: [0.701, 0.6, 0.386, 0.365, 0.317, 0.459],
      r: [0.167, 0.114, 0.161, 0.167, 0.089, 0.167],
      q: [1, 0.533, 0.552, 0.563, 0, 0.686],
      ranks: [6, 2, 3, 4, 1, 5],
      advantage: 1,
      set: [5],
    },
    {
      weights: [1, 1, 1, 1, 2, 2, 2, 2],
      s: [0.683, 0.8, 0.193, 0.48, 0.243, 0.232],
      r: [0.113, 0.167, 0.08, 0.122, 0.044, 0.083],
      q: [0.684, 1, 0.147, 0.554, 0.041, 0.191],
      ranks: [5, 6, 2, 4, 1, 3],
      advantage: 0,
      set: [3, 5, 6],
    },
    {
      weights: [1, 1, 1, 1, 3.2, 3.2, 3.2, 3.2],
      s: [0.678, 0.857, 0.138, 0.513, 0.222, 0.167],
      r: [0.129, 0.19, 0.057, 0.139, 0.042, 0.06],
      q: [0.668, 1, 0.051, 0.588, 0.058, 0.078],
      ranks: [5, 6, 1, 4, 2, 3],
      advantage: 0,
      set: [3, 5, 6],
    },
  ])('weights $weights: compromise set $set', ({ weights, s, r, q, ranks, advantage, set }) => {
    const run = runMethod('VIKOR', problemOf(rows, weights, objectives));
    const table = 'Group utility, regret and compromise index';
    const asPrinted = { relative: 0, absolute: 1e-3 };
    expectColumnsAgree(tableColumn(run, table, 'S'), s, 'S', asPrinted);
    expectColumnsAgree(tableColumn(run, table, 'R'), r, 'R', asPrinted);
    expectColumnsAgree(run.scores, q, 'Q', asPrinted);
    expect([...denseRanks(run.scores, true)]).toEqual(ranks);
    const conditions = 'Acceptable advantage (C1), acceptable stability (C2) and the advantage asked for (DQ)';
    expect([...tableRow(run, conditions)]).toEqual([advantage, 1, 0.2]);
    const inSet = tableColumn(run, 'Compromise set', 'in the set');
    expect([...inSet].flatMap((value, i) => (value === 1 ? [i + 1] : []))).toEqual(set);
  });
});

test('VIKOR with an advantage but no stability: the first two make the set (scikit-criteria’s own test)', () => {
  const run = runMethod(
    'VIKOR',
    problemOf(
      [
        [1, 101, 1, 101, 1],
        [101, 1, 101, 1, 101],
        [1, 1, 1, 1, 101],
        [11, 11, 11, 16, 61],
        [56, 56, 56, 56, 56],
      ],
      [0.2, 0.2, 0.2, 0.2, 0.2],
      [-1, -1, -1, -1, -1],
    ),
  );
  const inSet = tableColumn(run, 'Compromise set', 'in the set');
  expect([...inSet]).toEqual([0, 0, 0, 1, 1]);
  expectColumnsAgree(run.scores, [0.75, 1, 0.5, 0.068, 0.4375], 'Q', { relative: 0, absolute: 1e-3 });
});

test('VIKOR: an advantage of exactly DQ is one, whatever the rounding of Q', () => {
  // 0.3, 0.2 and 0.1 are evenly spaced, so Q is 0, 1/2 and 1 and DQ is 1/2; the quotient of doubles is a little less.
  const run = runMethod('VIKOR', problemOf([[0.3], [0.2], [0.1]], [1]));
  expect(run.scores[1]).toBeLessThan(0.5);
  expect([...tableColumn(run, 'Compromise set', 'in the set')]).toEqual([1, 0, 0]);
});
