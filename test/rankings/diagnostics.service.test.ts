import { BandsService } from '../../src/rankings/bands.service';
import { DiagnosticsService, KeptDiagnostics, type RankingDiagnostics } from '../../src/rankings/diagnostics.service';
import { RankingService, type Budget, type Ranking } from '../../src/rankings/ranking.service';
import type { ReleaseCache } from '../../src/rankings/release-cache';
import { ResultCache } from '../../src/rankings/result-cache';
import { buildTree, type Tree } from '../../src/scoring';

/** The usual budget, with nothing spent; no release is read here. */
const budget = (): Budget => new RankingService({} as unknown as ReleaseCache, new ResultCache(1));

/** A flat tree of `m` indicators under a root. */
const flatTree = (m: number): Tree =>
  buildTree('f', [
    { code: 'index', parent: null, weight: 1, indicator: null, position: 0 },
    ...Array.from({ length: m }, (_, j) => ({
      code: `i${String(j)}`,
      parent: 'index',
      weight: 1,
      indicator: `i${String(j)}`,
      position: j,
    })),
  ]);

/** Diagnostics of `n` cities × `m` indicators, `valueOf(i, j)` each; only what the service reads. */
function diagnosticsOf(n: number, m: number, valueOf: (i: number, j: number) => number): RankingDiagnostics {
  const tree = flatTree(m);
  const columns = tree.nodes.map((_, node) => Float64Array.from({ length: n }, (__, i) => valueOf(i, node)));
  const values = new Float64Array(n * m);
  for (let j = 0; j < m; j++) for (let i = 0; i < n; i++) values[j * n + i] = valueOf(i, j);
  const result = {
    tree,
    cities: Array.from({ length: n }, (_, i) => ({ code: `c${String(i).padStart(6, '0')}`, groups: {} })),
    indicators: Array.from({ length: m }, (_, j) => ({ code: `i${String(j)}` })),
    nodes: {
      columns,
      lowerIsBetter: tree.nodes.map(() => false),
      weights: Float64Array.from(tree.nodes, () => 1),
      effectiveWeights: new Float64Array(tree.nodes.length),
    },
    stages: { denominated: values, imputed: values, treated: values, normalised: values },
  };
  return new DiagnosticsService(budget()).of({ digest: 'd', result } as unknown as Ranking);
}

function refusalOf(ask: () => unknown): unknown {
  try {
    ask();
  } catch (error) {
    return error;
  }
  throw new Error('Nothing was refused.');
}

const chain = (i: number): number => i;
const wave = (i: number, j: number): number => Math.sin(i * (j + 1));

describe('what costs too much is refused before any work', () => {
  it.each<[string, string, number, number, (of: RankingDiagnostics) => unknown]>([
    ['dominance of 20,000 cities', 'diagnostics.dominance', 20_000, 2, (of) => of.dominance(null)],
    ['a matrix of Kendall’s τ', 'diagnostics.correlations', 30_000, 30, (of) => of.correlations('KENDALL', null)],
    ['a matrix of 101 nodes', 'nodes', 5, 101, (of) => of.correlations('PEARSON', null)],
    ['pairs of 300 siblings', 'diagnostics.familyCorrelations', 5, 300, (of) => of.familyCorrelations('PEARSON')],
    ['findings on 300 indicators', 'diagnostics.findings', 5, 300, (of) => of.findings(null)],
    ['main effects of 400 nodes', 'diagnostics.mainEffects', 5, 400, (of) => of.mainEffects()],
    ['importances of 400 nodes', 'diagnostics.importances', 5, 400, (of) => of.importances()],
    [
      'components of 300 columns',
      'diagnostics.principalComponents',
      5,
      300,
      (of) => of.principalComponents(null, 'CHILDREN'),
    ],
    [
      'alpha of 100 columns of 30,000 cities',
      'diagnostics.consistency',
      30_000,
      100,
      (of) => of.consistency(null, 'LEAVES'),
    ],
  ])('%s', (_, path, n, m, ask) => {
    const of = diagnosticsOf(n, m, () => 1);
    const started = performance.now();
    expect(refusalOf(() => ask(of))).toMatchObject({ code: 'BUDGET_EXCEEDED', problems: [{ path }] });
    // The work itself would take seconds.
    expect(performance.now() - started).toBeLessThan(1500);
  });

  it('50 indicators side by side and 300 cities are within the budget', () => {
    const of = diagnosticsOf(300, 50, wave);
    expect(of.findings(null).length).toBeGreaterThan(0);
    expect(of.correlations('KENDALL', null)).toHaveLength(50);
  });

  it('a hundred natural breaks of 200,000 cities', () => {
    const ranking = {
      digest: 'd',
      result: {
        tree: flatTree(1),
        nodes: { columns: [new Float64Array(2e5), new Float64Array(2e5)], lowerIsBetter: [false, false] },
        order: new Int32Array(2e5),
      },
    } as unknown as Ranking;
    const bands = new BandsService(budget());
    expect(refusalOf(() => bands.bandOfRow(ranking, 0, { method: 'NATURAL_BREAKS', count: 100 }))).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      problems: [{ path: 'count' }],
    });
    expect(bands.bandOfRow(ranking, 0, { method: 'QUANTILE', count: 100 })).toBe(1);
  });

  it('the edges of a chain of 1,500 cities, whose dominance itself is within the budget', () => {
    const of = diagnosticsOf(1500, 1, chain);
    const dominance = of.dominance(null);
    expect(dominance.decidedShare).toBe(1);
    expect(refusalOf(() => of.hasseEdges(dominance))).toMatchObject({
      code: 'BUDGET_EXCEEDED',
      problems: [{ path: 'diagnostics.edges' }],
    });
  });
});

describe('results are kept', () => {
  it('gives the same object for the same question, another for another', () => {
    const of = diagnosticsOf(20, 4, wave);
    expect(of.correlations('KENDALL', null)).toBe(of.correlations('KENDALL', undefined));
    expect(of.correlations('KENDALL', ['i0', 'i1'])).not.toBe(of.correlations('KENDALL', null));
    expect(of.correlations('PEARSON', ['i0', 'i1'])).not.toBe(of.correlations('KENDALL', ['i0', 'i1']));
    expect(of.correlations('PEARSON', ['i1', 'i0']).map(({ node }) => node)).toEqual(['i1', 'i0']);
    expect(of.findings(null)).toBe(of.findings({}));
    expect(of.findings(null)).toBe(of.findings({ availability: 0.65, alpha: null }));
    expect(of.findings({ availability: 0.1 })).not.toBe(of.findings(null));
  });

  it('keeps the diagnostics of a ranking by its digest, whoever asks', () => {
    const kept = new KeptDiagnostics();
    const { ranking } = diagnosticsOf(20, 2, wave);
    const findings = (digest: string): unknown =>
      new DiagnosticsService(budget(), kept).of({ ...ranking, digest }).findings(null);
    expect(findings('a')).toBe(findings('a'));
    expect(findings('b')).not.toBe(findings('a'));
  });
});

describe('by hand', () => {
  it('the Hasse diagram of four cities: a above b and c, these above d, and b and c incomparable', () => {
    const values = [
      [3, 3],
      [2, 1],
      [1, 2],
      [0, 0],
    ];
    const of = diagnosticsOf(4, 2, (i, j) => values[i]?.[j] ?? 0);
    const dominance = of.dominance(['i0', 'i1']);
    expect([...dominance.levels]).toEqual([1, 2, 2, 3]);
    expect([...dominance.dominates]).toEqual([3, 1, 1, 0]);
    expect(dominance.decidedShare).toBeCloseTo(5 / 6, 12);
    expect([...of.hasseEdges(dominance).rows]).toEqual([0, 1, 0, 2, 1, 3, 2, 3]);
  });

  it('availability under the root', () => {
    const of = diagnosticsOf(3, 2, (i, j) => (i === 0 || (i === 1 && j === 1) ? 5 : NaN));
    expect(of.availabilityByNode()[0]).toEqual({ node: 'index', meanShare: 0.5, complete: 1, empty: 1 });
    expect(of.nodeSharesOf('c000001')).toEqual([
      { node: 'index', share: 0.5 },
      { node: 'i0', share: 0 },
      { node: 'i1', share: 1 },
    ]);
  });
});
