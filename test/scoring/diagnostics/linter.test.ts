import { buildTree, type NodeDefinition, type Table } from '../../../src/scoring';
import {
  DEFAULT_LINT_LIMITS,
  FINDING_CODES,
  lint,
  type Finding,
  type FindingCode,
} from '../../../src/scoring/diagnostics';
import { asem } from '../../helpers/asem';
import { readGolden } from '../../helpers/golden';
import { asemScores, errorCodeOf, near } from './columns';

const node = (code: string, parent: string | null, indicator: string | null = null, weight = 1): NodeDefinition => ({
  code,
  parent,
  weight,
  indicator,
  position: 0,
});

/** Lints a tree whose leaves hold `data` by indicator, and whose inner nodes are means of their children. */
function lintOf(
  definitions: readonly NodeDefinition[],
  data: Readonly<Record<string, readonly number[]>>,
  limits = DEFAULT_LINT_LIMITS,
): Finding[] {
  const tree = buildTree('t', definitions);
  const n = Object.values(data)[0]?.length ?? 0;
  const indicators = Object.keys(data).map((code) => ({
    code,
    direction: 1 as const,
    goalpostLow: null,
    goalpostHigh: null,
    target: null,
    denominator: null,
  }));
  const table: Table = {
    cities: Array.from({ length: n }, (_, i) => ({ code: String(i), groups: {} })),
    indicators,
    values: Float64Array.from(Object.values(data).flat()),
  };
  const columns: Float64Array[] = [];
  tree.nodes.forEach(({ indicator, children }) => {
    const weights = children.map((child) => tree.nodes[child]?.weight ?? 0);
    const sum = weights.reduce((a, b) => a + b, 0);
    columns.push(
      Float64Array.from({ length: n }, (_, i) =>
        indicator === null
          ? children.reduce((mean, child, k) => mean + ((weights[k] ?? 0) / sum) * (columns[child]?.[i] ?? NaN), 0)
          : (data[indicator]?.[i] ?? NaN),
      ),
    );
  });
  return lint({ table, tree, columns }, limits);
}

// Four columns of eight that are uncorrelated with each other (rows of a Hadamard matrix).
const A = [1, -1, 1, -1, 1, -1, 1, -1];
const B = [1, 1, -1, -1, 1, 1, -1, -1];
const C = [1, 1, 1, 1, -1, -1, -1, -1];
const plus = (x: readonly number[], y: readonly number[], share: number): number[] =>
  x.map((value, i) => value + share * (y[i] ?? 0));

const flat = [node('root', null), node('a', 'root', 'a'), node('b', 'root', 'b'), node('c', 'root', 'c')];
const codesOf = (findings: readonly Finding[]): string[] =>
  findings.map(({ code, nodes }) => `${code} ${nodes.join(' ')}`);

describe('each finding, and besides DOMINANT nothing else, on a table made for it', () => {
  it.each<[FindingCode, string, readonly NodeDefinition[], Record<string, number[]>, string[]]>([
    [
      'NEGATIVE_SIBLINGS',
      'b runs against a',
      flat,
      { a: A, b: plus(B, A, -0.6), c: C },
      ['NEGATIVE_SIBLINGS a b', 'INCONSISTENT_FAMILY root'],
    ],
    [
      'COLLINEAR_SIBLINGS',
      'b is mostly a',
      flat,
      { a: A, b: plus(A, B, 0.3), c: plus(A, C, 0.9) },
      ['COLLINEAR_SIBLINGS a b'],
    ],
    ['NEAR_COPY', 'b is all but a', flat, { a: A, b: plus(A, B, 0.05), c: plus(A, C, 0.9) }, ['NEAR_COPY a b']],
    [
      'CONSTANT_INDICATOR',
      'c does not vary',
      flat,
      { a: plus(A, B, 0.4), b: plus(A, C, 0.4), c: [5, 5, 5, 5, 5, 5, 5, 5] },
      ['CONSTANT_INDICATOR c'],
    ],
    [
      'LOW_AVAILABILITY',
      'c has half of the cities',
      flat,
      { a: plus(A, B, 0.4), b: plus(A, C, 0.4), c: [NaN, 0, NaN, -1, NaN, -1, NaN, -2] },
      ['LOW_AVAILABILITY c'],
    ],
  ])('%s: %s', (_, __, definitions, data, expected) => {
    const found = codesOf(lintOf(definitions, data));
    expect(found.filter((text) => !text.startsWith('DOMINANT'))).toEqual(expected);
  });
});

describe('the rules one by one', () => {
  const find = (findings: readonly Finding[], code: FindingCode): Finding[] => findings.filter((f) => f.code === code);

  it('EMPTY_INDICATOR is an error and silences the other rules on the leaf', () => {
    const gaps = A.map(() => NaN);
    const findings = lintOf(flat, { a: A, b: B, c: gaps });
    expect(find(findings, 'EMPTY_INDICATOR')).toEqual([
      { code: 'EMPTY_INDICATOR', severity: 'ERROR', nodes: ['c'], value: 0, message: 'No city has a value of c.' },
    ]);
    expect(findings.filter(({ code, nodes }) => nodes.includes('c') && code !== 'EMPTY_INDICATOR')).toEqual([]);
  });

  it('REPEATED_INDICATOR names all leaves; they are not also called copies or collinear', () => {
    const twice = [node('root', null), node('a1', 'root', 'a'), node('a2', 'root', 'a'), node('b', 'root', 'b')];
    const findings = lintOf(twice, { a: A, b: plus(A, B, 1) });
    expect(find(findings, 'REPEATED_INDICATOR')).toMatchObject([{ severity: 'ERROR', nodes: ['a1', 'a2'], value: 2 }]);
    expect(find(findings, 'NEAR_COPY')).toEqual([]);
    expect(find(findings, 'COLLINEAR_SIBLINGS')).toEqual([]);
  });

  it('NEAR_COPY also across the tree, and for a mirror image', () => {
    const apart = [
      node('root', null),
      node('p', 'root'),
      node('q', 'root'),
      node('a', 'p', 'a'),
      node('c', 'p', 'c'),
      node('b', 'q', 'b'),
    ];
    const findings = lintOf(apart, { a: A, c: C, b: A.map((value) => -value) });
    expect(find(findings, 'NEAR_COPY')).toMatchObject([{ nodes: ['a', 'b'], value: -1 }]);
  });

  it('NEARLY_CONSTANT at the limit, with the share', () => {
    const data = { a: plus(A, B, 0.4), b: plus(A, C, 0.4), c: [0, 0, 0, 0, 0, 0, 0, 1] };
    expect(find(lintOf(flat, data), 'NEARLY_CONSTANT')).toMatchObject([{ nodes: ['c'], value: 7 / 8 }]);
    expect(find(lintOf(flat, data, { ...DEFAULT_LINT_LIMITS, sameValueShare: 0.9 }), 'NEARLY_CONSTANT')).toEqual([]);
  });

  it('OUTLIERS with the skewness', () => {
    // Seven zeros and a one: skewness √8 by the adjusted formula.
    const findings = lintOf(flat, { a: A, b: B, c: [0, 0, 0, 0, 0, 0, 0, 1] });
    expect(find(findings, 'OUTLIERS')).toMatchObject([{ nodes: ['c'], value: near(Math.sqrt(8), 9) }]);
  });

  it('AGAINST_PARENT only where the correlation is significant', () => {
    const against = lintOf(flat, { a: plus(A, B, 0.3), b: plus(A, C, 0.2), c: A.map((value) => -0.5 * value) });
    expect(find(against, 'AGAINST_PARENT')).toMatchObject([{ nodes: ['c', 'root'] }]);
    const weak = lintOf(flat, { a: plus(A, B, 0.3), b: B, c: plus(C, A, -0.2) });
    expect(find(weak, 'AGAINST_PARENT')).toEqual([]);
  });

  it('SILENT: a third of the weight but hardly any effect, and DOMINANT: the one that has it all', () => {
    const findings = lintOf(flat, { a: A.map((x) => 100 * x), b: B, c: C });
    expect(find(findings, 'SILENT').map(({ nodes }) => nodes)).toEqual([['b'], ['c']]);
    expect(find(findings, 'DOMINANT')).toMatchObject([{ nodes: ['a', 'root'], value: near(1, 3) }]);
    expect(find(findings, 'SILENT')[0]?.message).toBe('b has 33 % of the weight under root, but 0.01 % of the effect.');
  });

  it('INCONSISTENT_FAMILY: alpha of uncorrelated columns is 0', () => {
    expect(find(lintOf(flat, { a: A, b: B, c: C }), 'INCONSISTENT_FAMILY')).toMatchObject([
      { nodes: ['root'], severity: 'NOTE', value: near(0, 12) },
    ]);
  });

  it('ZERO_WEIGHT, ONLY_CHILD and CONSTANT_NODE', () => {
    const definitions = [
      node('root', null),
      node('p', 'root'),
      node('q', 'root'),
      node('a', 'p', 'a'),
      node('b', 'q', 'b'),
      node('c', 'q', 'c', 0),
    ];
    const findings = lintOf(definitions, { a: A, b: A.map(() => 3), c: C });
    expect(find(findings, 'ZERO_WEIGHT').map(({ nodes }) => nodes)).toEqual([['c']]);
    expect(find(findings, 'ONLY_CHILD').map(({ nodes }) => nodes)).toEqual([['a']]);
    expect(find(findings, 'CONSTANT_NODE')).toMatchObject([{ nodes: ['q'], severity: 'ERROR' }]);
    expect(find(findings, 'SILENT')).toEqual([]);
  });

  it('refuses a leaf that is not in the table', () => {
    expect(errorCodeOf(() => lintOf(flat, { a: A, b: B }))).toBe('NOT_FOUND');
  });
});

describe('ASEM', () => {
  const { panel, leaves } = asem();
  const { tree, columns } = asemScores();
  const table: Table = {
    cities: panel.cities,
    indicators: panel.indicators.slice(0, leaves.length),
    values: panel.values.subarray(0, leaves.length * panel.cities.length),
  };
  const findings = lint({ table, tree, columns });
  const of = (code: FindingCode): readonly string[][] =>
    findings.filter((f) => f.code === code).map(({ nodes }) => [...nodes].sort());

  it('OUTLIERS are COINr’s Flag.SkewKurt (22_stats_raw.csv)', () => {
    const flagged = readGolden('coinr', '22_stats_raw.csv').rows.filter((row) => row['Flag.SkewKurt'] === 'OUT');
    expect(of('OUTLIERS').flat().sort()).toEqual(flagged.map((row) => row['iCode']).sort());
  });

  it('NEGATIVE_SIBLINGS among indicators are COINr’s (63_corr_flags_low_-0.4.csv)', () => {
    const expected = readGolden('coinr', '63_corr_flags_low_-0.4.csv').rows.map((row) =>
      [row['Ind1'], row['Ind2']].sort(),
    );
    const indicators = of('NEGATIVE_SIBLINGS').filter(([first]) => leaves.includes(first ?? ''));
    expect([...indicators].sort()).toEqual(expected.sort());
  });

  it('COLLINEAR_SIBLINGS at 0.7 are COINr’s (63_corr_flags_0.7.csv) and its strong negative pair', () => {
    const expected = [
      ...readGolden('coinr', '63_corr_flags_0.7.csv').rows,
      ...readGolden('coinr', '63_corr_flags_low_-0.4.csv').rows,
    ]
      .filter((row) => Math.abs(Number(row['Corr'])) >= 0.7)
      .map((row) => [row['Ind1'], row['Ind2']].sort());
    const strict = lint({ table, tree, columns }, { ...DEFAULT_LINT_LIMITS, collinear: 0.7 })
      .filter(({ code, nodes }) => code === 'COLLINEAR_SIBLINGS' && leaves.includes(nodes[0] ?? ''))
      .map(({ nodes }) => [...nodes].sort());
    expect(strict.sort()).toEqual(expected.sort());
  });

  it('findings come in the order of their codes, each with a sentence', () => {
    const order = findings.map(({ code }) => FINDING_CODES.indexOf(code));
    expect(order).toEqual([...order].sort((a, b) => a - b));
    for (const { message, nodes } of findings) {
      expect(message).toMatch(/^[A-Z0-9a-z_].*\.$/);
      expect(nodes.length).toBeGreaterThan(0);
    }
  });
});
