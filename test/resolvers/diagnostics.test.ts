import { openApp, type Answer, type TestApp } from '../helpers/app';

/*
 * Each diagnostic of a ranking against the columns of the same ranking, worked out here by the textbook formula: what is
 * tested is that the API hands the engine the right columns, in the right direction, and the answer back under the right
 * names. The engine's own figures are held against other software in test/scoring/diagnostics.
 */

let app: TestApp;
let columns: Map<string, (number | null)[]>;
let cityCodes: string[];
let leaves: string[];
let parentOf: Map<string, string | null>;

const ask = async <T>(field: string, name: string, input = ''): Promise<T> => {
  const answer = await app.data(`{ ranking${input} { diagnostics { ${field} } } }`);
  return answer.at('ranking', 'diagnostics', name) as T;
};

beforeAll(async () => {
  app = await openApp();
  const answer = await app.data(
    '{ ranking { columns { cityCodes nodes { node scores } } framework { nodes { code parentCode indicatorCode } } } }',
  );
  cityCodes = answer.list('ranking', 'columns', 'cityCodes') as string[];
  const nodes = answer.list('ranking', 'columns', 'nodes') as { node: string; scores: (number | null)[] }[];
  columns = new Map(nodes.map(({ node, scores }) => [node, scores]));
  const rows = answer.list('ranking', 'framework', 'nodes') as {
    code: string;
    parentCode: string | null;
    indicatorCode: string | null;
  }[];
  leaves = rows.flatMap(({ code, indicatorCode }) => (indicatorCode === null ? [] : [code]));
  parentOf = new Map(rows.map(({ code, parentCode }) => [code, parentCode]));
  // All 39 scored cities of the default ranking are ranked, so the columns hold every scored city.
  expect(answer.list('ranking', 'columns', 'cityCodes')).toHaveLength(39);
});
afterAll(() => app.close());

const present = (values: readonly (number | null)[]): number[] => values.filter((value) => value !== null);
const mean = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0) / values.length;
const columnOf = (code: string): (number | null)[] => {
  const column = columns.get(code);
  if (!column) throw new Error(`No column ${code}.`);
  return column;
};

function pairs(a: readonly (number | null)[], b: readonly (number | null)[]): [number, number][] {
  return a.flatMap((x, i): [number, number][] => {
    const y = b[i] ?? null;
    return x === null || y === null ? [] : [[x, y]];
  });
}

function covariance(both: readonly [number, number][]): number {
  const [mx, my] = [mean(both.map(([x]) => x)), mean(both.map(([, y]) => y))];
  return both.reduce((sum, [x, y]) => sum + (x - mx) * (y - my), 0) / (both.length - 1);
}

function pearson(both: readonly [number, number][]): number {
  const own = (k: 0 | 1): number => covariance(both.map((pair) => [pair[k], pair[k]]));
  return covariance(both) / Math.sqrt(own(0) * own(1));
}

function averageRanks(values: readonly number[]): number[] {
  return values.map((value) => {
    const below = values.filter((other) => other < value).length;
    const equal = values.filter((other) => other === value).length;
    return below + (equal + 1) / 2;
  });
}

const spearman = (both: readonly [number, number][]): number => {
  const [x, y] = [averageRanks(both.map(([a]) => a)), averageRanks(both.map(([, b]) => b))];
  return pearson(x.map((rank, i) => [rank, y[i] ?? NaN]));
};

function kendall(both: readonly [number, number][]): number {
  let [s, untiedX, untiedY] = [0, 0, 0];
  both.forEach(([x, y], i) => {
    for (const [u, v] of both.slice(0, i)) {
      s += Math.sign(x - u) * Math.sign(y - v);
      untiedX += Math.abs(Math.sign(x - u));
      untiedY += Math.abs(Math.sign(y - v));
    }
  });
  return s / Math.sqrt(untiedX * untiedY);
}

const COEFFICIENTS = { PEARSON: pearson, SPEARMAN: spearman, KENDALL: kendall } as const;
const METHODS = Object.keys(COEFFICIENTS) as (keyof typeof COEFFICIENTS)[];

interface Correlation {
  first: string;
  second: string;
  count: number;
  coefficient: number | null;
  pValue: number | null;
  reason: string | null;
}

describe('statistics', () => {
  it('of the normalised table are those of the scores that `columns` shows', async () => {
    const rows = await ask<Record<string, number | string | null>[]>(
      'statistics(stage: NORMALISED) { code count missing minimum maximum mean median standardDeviation distinct }',
      'statistics',
    );
    expect(rows.map(({ code }) => code)).toEqual(leaves);
    for (const row of rows) {
      const values = present(columnOf(String(row['code'])));
      const sorted = values.toSorted((a, b) => a - b);
      const middle = (sorted.length - 1) / 2;
      expect(row).toMatchObject({
        count: values.length,
        missing: 39 - values.length,
        minimum: Math.min(...values),
        maximum: Math.max(...values),
        distinct: new Set(values).size,
      });
      expect(row['mean']).toBeCloseTo(mean(values), 9);
      expect(row['median']).toBeCloseTo(
        ((sorted[Math.floor(middle)] ?? NaN) + (sorted[Math.ceil(middle)] ?? NaN)) / 2,
        9,
      );
      expect(row['standardDeviation']).toBeCloseTo(Math.sqrt(covariance(values.map((value) => [value, value]))), 9);
    }
  });

  it('of the natural table are those of the observations', async () => {
    const input = '(input: { methodology: "digital-life" })';
    const answer = await app.data(
      `{ ranking${input} { diagnostics { statistics { code count mean } } first: rows(first: 200) { pageInfo { endCursor } nodes { nodeScores { figures { value indicator { code } } } } } } }`,
    );
    const rest = await app.data(
      `query ($after: String) { ranking${input} { first: rows(first: 200, after: $after) { nodes { nodeScores { figures { value indicator { code } } } } } } }`,
      { after: answer.at('ranking', 'first', 'pageInfo', 'endCursor') },
    );
    const values = new Map<string, number[]>();
    for (const page of [answer, rest])
      for (const row of page.list('ranking', 'first', 'nodes') as {
        nodeScores: { figures: { value: number; indicator: { code: string } } | null }[];
      }[])
        for (const { figures } of row.nodeScores)
          if (figures)
            values.set(figures.indicator.code, [...(values.get(figures.indicator.code) ?? []), figures.value]);
    const rows = answer.list('ranking', 'diagnostics', 'statistics') as { code: string; count: number; mean: number }[];
    expect(rows).toHaveLength(3);
    for (const { code, count, mean: shown } of rows) {
      expect(count).toBe(297);
      expect(shown).toBeCloseTo(mean(values.get(code) ?? []), 9);
    }
  });

  it('of the table after imputation have no gaps', async () => {
    const impute = '(input: { recipe: { impute: { method: MEDIAN } } })';
    const rows = await ask<{ missing: number }[]>('statistics(stage: IMPUTED) { missing }', 'statistics', impute);
    expect(rows.every(({ missing }) => missing === 0)).toBe(true);
    const before = await ask<{ missing: number }[]>('statistics { missing }', 'statistics', impute);
    expect(before.some(({ missing }) => missing > 0)).toBe(true);
  });
});

describe('availability', () => {
  it('by city, indicator, node and group agree with each other and with the rows', async () => {
    const answer = await app.data(`{ ranking {
      rows(first: 200) { nodes { availability city { code tier } } }
      diagnostics {
        availabilityByCity(first: 200) { totalCount nodes { present missing cells share city { code } nodes { node share } } }
        availabilityByIndicator { code present cells share }
        availabilityByGroup(by: TIER) { code cities cells present share }
        availabilityByNode { node meanShare complete empty }
      }
    } }`);
    const of = (...path: (string | number)[]): unknown[] => answer.list('ranking', ...path);
    const rows = of('rows', 'nodes') as { availability: number; city: { code: string; tier: string | null } }[];
    const cities = of('diagnostics', 'availabilityByCity', 'nodes') as {
      present: number;
      missing: number;
      share: number;
      city: { code: string };
      nodes: { node: string; share: number }[];
    }[];
    expect(cities.map(({ city }) => city.code)).toEqual(cityCodes.toSorted());
    for (const { city, present: there, missing, share, nodes } of cities) {
      expect(share).toBeCloseTo(rows.find((row) => row.city.code === city.code)?.availability ?? NaN, 12);
      expect(there + missing).toBe(leaves.length);
      expect(nodes[0]).toEqual({ node: 'index', share });
      const own = nodes.filter(({ node }) => leaves.includes(node));
      expect(own.reduce((sum, node) => sum + node.share, 0)).toBe(there);
    }
    const indicators = of('diagnostics', 'availabilityByIndicator') as { code: string; present: number }[];
    for (const { code, present: there } of indicators) expect(there).toBe(present(columnOf(code)).length);
    const groups = of('diagnostics', 'availabilityByGroup') as { code: string; cities: number; present: number }[];
    expect(groups.map(({ code }) => code)).toEqual([...new Set(rows.flatMap(({ city }) => city.tier ?? []))].sort());
    for (const { code, cities: count, present: there } of groups) {
      const members = rows.filter(({ city }) => city.tier === code).map(({ city }) => city.code);
      expect(count).toBe(members.length);
      expect(there).toBe(
        cities.filter(({ city }) => members.includes(city.code)).reduce((sum, city) => sum + city.present, 0),
      );
    }
    const nodes = of('diagnostics', 'availabilityByNode') as { node: string; meanShare: number; complete: number }[];
    expect(nodes[0]?.meanShare).toBeCloseTo(mean(cities.map(({ share }) => share)), 12);
    expect(nodes[0]?.complete).toBe(cities.filter(({ missing }) => missing === 0).length);
  });
});

describe('correlations', () => {
  it.each(METHODS)('%s: the matrix of named nodes, in their order', async (method) => {
    const nodes = ['digital_life', 'index', 'governance', 'egov_service_index'];
    const rows = await ask<{ node: string; coefficients: number[]; pValues: (number | null)[]; counts: number[] }[]>(
      `correlations(method: ${method}, nodes: ${JSON.stringify(nodes)}) { node coefficients pValues counts }`,
      'correlations',
    );
    expect(rows.map(({ node }) => node)).toEqual(nodes);
    rows.forEach((row, a) => {
      nodes.forEach((other, b) => {
        const both = pairs(columnOf(row.node), columnOf(other));
        expect(row.counts[b]).toBe(both.length);
        expect(row.coefficients[b]).toBeCloseTo(COEFFICIENTS[method](both), 9);
        expect(row.pValues[b] === null).toBe(a === b);
      });
    });
  });

  it('is of all indicators when no node is named', async () => {
    const rows = await ask<{ node: string; coefficients: number[] }[]>(
      'correlations { node coefficients }',
      'correlations',
    );
    expect(rows.map(({ node }) => node)).toEqual(leaves);
    rows.forEach((row, a) => {
      rows.forEach((other, b) => {
        expect(row.coefficients[b]).toBe(other.coefficients[a]);
      });
    });
  });

  it.each(METHODS)('%s: within families and with ancestors', async (method) => {
    const answer = await app.data(`{ ranking { diagnostics {
      familyCorrelations(method: ${method}) { parent pairs { first second count coefficient pValue reason } }
      ancestorCorrelations(method: ${method}) { first second count coefficient pValue reason }
    } } }`);
    const families = answer.list('ranking', 'diagnostics', 'familyCorrelations') as {
      parent: string;
      pairs: Correlation[];
    }[];
    for (const { parent, pairs: own } of families) {
      const children = [...parentOf].flatMap(([code, above]) => (above === parent ? [code] : []));
      expect(own).toHaveLength((children.length * (children.length - 1)) / 2);
      for (const { first, second } of own)
        expect([parentOf.get(first), parentOf.get(second)]).toEqual([parent, parent]);
    }
    const ancestors = answer.list('ranking', 'diagnostics', 'ancestorCorrelations') as Correlation[];
    const expected = [...parentOf].flatMap(([code, parent]) => {
      const above: string[] = [];
      for (let up = parent; up !== null; up = parentOf.get(up) ?? null) above.push(`${code} ${up}`);
      return above;
    });
    expect(ancestors.map(({ first, second }) => `${first} ${second}`).sort()).toEqual(expected.sort());
    for (const { first, second, count, coefficient, pValue, reason } of [
      ...ancestors,
      ...families.flatMap((family) => family.pairs),
    ]) {
      const both = pairs(columnOf(first), columnOf(second));
      expect(count).toBe(both.length);
      expect(coefficient).toBeCloseTo(COEFFICIENTS[method](both), 9);
      expect(pValue).toBeGreaterThanOrEqual(0);
      expect(pValue).toBeLessThanOrEqual(1);
      expect(reason).toBeNull();
    }
  });

  it('turns round a node whose low scores are good: VIKOR’s Q runs with its parts', async () => {
    const input =
      '(input: { recipe: { impute: { method: MEDIAN }, aggregate: [{ level: 1, method: ARITHMETIC }, { node: "index", method: VIKOR }] } })';
    const [row] = await ask<{ coefficients: number[] }[]>(
      'correlations(nodes: ["index", "digital_life"]) { coefficients }',
      'correlations',
      input,
    );
    expect(row?.coefficients[1]).toBeGreaterThan(0);
  });
});

describe('structure', () => {
  it('Cronbach’s alpha of children and of leaves, by the covariance formula', async () => {
    for (const [over, below] of [
      ['CHILDREN', [...parentOf].flatMap(([code, parent]) => (parent === 'index' ? [code] : []))],
      ['LEAVES', leaves],
    ] as const) {
      const rows = await ask<
        { node: string; columns: number; alpha: number; withoutEach: { code: string; alpha: number }[] }[]
      >(
        `consistency(nodes: ["index"], over: ${over}) { node columns alpha reason withoutEach { code alpha } }`,
        'consistency',
      );
      const alphaOf = (codes: readonly string[]): number => {
        const cells = codes.flatMap((a) => codes.map((b) => covariance(pairs(columnOf(a), columnOf(b)))));
        const total = cells.reduce((sum, cell) => sum + cell, 0);
        const variances = codes.reduce((sum, a) => sum + covariance(pairs(columnOf(a), columnOf(a))), 0);
        return (codes.length / (codes.length - 1)) * (1 - variances / total);
      };
      expect(rows).toHaveLength(1);
      expect(rows[0]).toMatchObject({ node: 'index', columns: below.length });
      expect(rows[0]?.alpha).toBeCloseTo(alphaOf(below), 9);
      for (const { code, alpha } of rows[0]?.withoutEach ?? [])
        expect(alpha).toBeCloseTo(alphaOf(below.filter((other) => other !== code)), 9);
    }
  });

  it('principal components give back the correlations that they are of', async () => {
    const rows = await ask<
      {
        node: string;
        codes: string[];
        count: number;
        components: { eigenvalue: number; share: number; cumulative: number; vector: number[]; loadings: number[] }[];
      }[]
    >(
      'principalComponents { node codes count components { eigenvalue share cumulative vector loadings } }',
      'principalComponents',
    );
    expect(rows.map(({ node }) => node).sort()).toEqual(
      [...new Set([...parentOf.values()].flatMap((parent) => parent ?? []))].sort(),
    );
    for (const { codes, count, components } of rows) {
      const complete = columnOf('index').flatMap((_, i) =>
        codes.every((code) => columnOf(code)[i] !== null) ? [i] : [],
      );
      expect(count).toBe(complete.length);
      expect(components.reduce((sum, { eigenvalue }) => sum + eigenvalue, 0)).toBeCloseTo(codes.length, 9);
      expect(components.reduce((sum, { share }) => sum + share, 0)).toBeCloseTo(1, 9);
      expect(components.at(-1)?.cumulative).toBeCloseTo(1, 9);
      codes.forEach((a, i) => {
        codes.forEach((b, j) => {
          const r = pearson(complete.map((row) => [columnOf(a)[row] ?? NaN, columnOf(b)[row] ?? NaN]));
          const rebuilt = components.reduce(
            (sum, { loadings }) => sum + (loadings[i] ?? NaN) * (loadings[j] ?? NaN),
            0,
          );
          expect(rebuilt).toBeCloseTo(r, 9);
        });
      });
    }
  });
});

describe('weights and effects', () => {
  it('effective weights are those that the rows show', async () => {
    const answer = await app.data(
      '{ ranking { rows(first: 1) { nodes { nodeScores { node weight effectiveWeight } } } diagnostics { effectiveWeights { node share effective } } } }',
    );
    const shown = new Map(
      (
        answer.list('ranking', 'rows', 'nodes', 0, 'nodeScores') as {
          node: string;
          weight: number;
          effectiveWeight: number;
        }[]
      ).map((row) => [row.node, row]),
    );
    const rows = answer.list('ranking', 'diagnostics', 'effectiveWeights') as {
      node: string;
      share: number;
      effective: number;
    }[];
    expect(rows).toHaveLength(shown.size);
    for (const { node, share, effective } of rows) {
      expect(share).toBeCloseTo(shown.get(node)?.weight ?? NaN, 12);
      expect(effective).toBeCloseTo(shown.get(node)?.effectiveWeight ?? NaN, 12);
    }
  });

  it('the straight-line effect is the squared correlation, with the parent or with the index', async () => {
    const answer = await app.data(`{ ranking { diagnostics {
      importances { code parent count weightShare linear nonlinear linearShare nonlinearShare reason }
      mainEffects { code count linear nonlinear degreesOfFreedom reason }
    } } }`);
    const importances = answer.list('ranking', 'diagnostics', 'importances') as {
      code: string;
      parent: string;
      weightShare: number;
      linear: number;
      nonlinear: number;
      linearShare: number;
    }[];
    expect(importances.map(({ code }) => code).sort()).toEqual(
      [...parentOf.keys()].filter((code) => code !== 'index').sort(),
    );
    for (const { code, parent, linear, nonlinear, linearShare } of importances) {
      expect(parent).toBe(parentOf.get(code));
      expect(linear).toBeCloseTo(pearson(pairs(columnOf(code), columnOf(parent))) ** 2, 9);
      expect(nonlinear).toBeGreaterThanOrEqual(linear);
      const family = importances.filter((other) => other.parent === parent);
      expect(linearShare).toBeCloseTo(linear / family.reduce((sum, other) => sum + other.linear, 0), 9);
      expect(family.reduce((sum, other) => sum + other.weightShare, 0)).toBeCloseTo(1, 12);
    }
    for (const { code, linear } of answer.list('ranking', 'diagnostics', 'mainEffects') as {
      code: string;
      linear: number;
    }[])
      expect(linear).toBeCloseTo(pearson(pairs(columnOf(code), columnOf('index'))) ** 2, 9);
  });
});

describe('outliers', () => {
  it('beyond Tukey’s fences, and no others, on the natural scale', async () => {
    const answer = await app.data(`{ ranking { diagnostics {
      statistics { code lowerQuartile upperQuartile }
      outliers(rules: [IQR_FENCES], first: 200, limits: { fence: 2 }) { totalCount nodes { rule indicatorCode value side distance city { code } } }
    } } }`);
    const quartiles = new Map(
      (
        answer.list('ranking', 'diagnostics', 'statistics') as {
          code: string;
          lowerQuartile: number;
          upperQuartile: number;
        }[]
      ).map((row) => [row.code, row]),
    );
    const outliers = answer.list('ranking', 'diagnostics', 'outliers', 'nodes') as {
      rule: string;
      indicatorCode: string;
      value: number;
      side: string;
      distance: number;
    }[];
    expect(outliers.length).toBeGreaterThan(0);
    for (const { rule, indicatorCode, value, side, distance } of outliers) {
      const { lowerQuartile: low, upperQuartile: high } = quartiles.get(indicatorCode) ?? {
        lowerQuartile: NaN,
        upperQuartile: NaN,
      };
      expect(rule).toBe('IQR_FENCES');
      const out = side === 'HIGH' ? value - high : low - value;
      expect(out).toBeGreaterThan(2 * (high - low));
      expect(distance).toBeCloseTo(out / (high - low), 9);
    }
    const extremes = await ask<{ code: string; maximum: number; minimum: number }[]>(
      'statistics { code maximum minimum }',
      'statistics',
    );
    for (const { code, maximum, minimum } of extremes) {
      const { lowerQuartile: low, upperQuartile: high } = quartiles.get(code) ?? {
        lowerQuartile: NaN,
        upperQuartile: NaN,
      };
      const beyond = maximum - high > 2 * (high - low) || low - minimum > 2 * (high - low);
      expect([code, outliers.some(({ indicatorCode }) => indicatorCode === code)]).toEqual([code, beyond]);
    }
  });

  it('pages through all of them, each once', async () => {
    const seen: string[] = [];
    let after: unknown = null;
    let total: unknown;
    do {
      const page = await app.data(
        'query ($after: String) { ranking { diagnostics { outliers(first: 10, after: $after) { totalCount pageInfo { hasNextPage endCursor } nodes { rule indicatorCode city { code } } } } } }',
        { after },
      );
      const at = (...path: (string | number)[]): unknown => page.at('ranking', 'diagnostics', 'outliers', ...path);
      seen.push(...(at('nodes') as object[]).map((row) => JSON.stringify(row)));
      total = at('totalCount');
      after = at('pageInfo', 'hasNextPage') === true ? at('pageInfo', 'endCursor') : null;
    } while (after !== null && seen.length < 1000);
    expect(seen).toHaveLength(Number(total));
    expect(new Set(seen).size).toBe(seen.length);
  });

  it('says which rules could not be used: three cities are fewer than the four that every rule needs', async () => {
    const notUsed = await ask<unknown[]>(
      'outlierRulesNotUsed { rule indicatorCode reason }',
      'outlierRulesNotUsed',
      '(input: { cities: { codes: ["110000", "310000", "330100"] } })',
    );
    expect(notUsed).toHaveLength(3 * leaves.length);
  });
});

describe('dominance', () => {
  const NODES = ['governance', 'public_services', 'digital_life'];

  it('every pair of cities, its levels and its Hasse edges, worked out pair by pair', async () => {
    const result = await app.data(
      `{ ranking { diagnostics { dominance(nodes: ${JSON.stringify(NODES)}) {
        nodes comparedCount decidedShare incomparable
        cities(first: 200) { nodes { level dominates dominatedBy city { code } } }
        edges(first: 200) { totalCount pageInfo { hasNextPage } nodes { above below } }
      } } } }`,
    );
    const at = (...path: (string | number)[]): unknown => result.at('ranking', 'diagnostics', 'dominance', ...path);
    const n = cityCodes.length;
    const beats = (a: number, b: number): boolean => {
      const both = NODES.map((node) => [columnOf(node)[a] ?? NaN, columnOf(node)[b] ?? NaN] as const);
      return both.every(([x, y]) => x >= y) && both.some(([x, y]) => x > y);
    };
    const all = Array.from({ length: n }, (_, i) => i);
    expect(at('incomparable')).toEqual([]);
    expect(at('comparedCount')).toBe(n);
    const decided = all.flatMap((a) => all.filter((b) => beats(a, b)).map((b) => [a, b] as const));
    expect(at('decidedShare')).toBeCloseTo(decided.length / ((n * (n - 1)) / 2), 12);
    const levelOf = (city: number): number => 1 + Math.max(0, ...all.filter((a) => beats(a, city)).map(levelOf));
    const shown = at('cities', 'nodes') as {
      level: number;
      dominates: number;
      dominatedBy: number;
      city: { code: string };
    }[];
    expect(shown).toHaveLength(n);
    for (const { level, dominates, dominatedBy, city } of shown) {
      const index = cityCodes.indexOf(city.code);
      expect({ level, dominates, dominatedBy }).toEqual({
        level: levelOf(index),
        dominates: all.filter((b) => beats(index, b)).length,
        dominatedBy: all.filter((a) => beats(a, index)).length,
      });
    }
    const edges = decided
      .filter(([a, b]) => !all.some((between) => beats(a, between) && beats(between, b)))
      .map(([a, b]) => `${cityCodes[a] ?? ''} ${cityCodes[b] ?? ''}`);
    expect(at('edges', 'totalCount')).toBe(edges.length);
    const listed = (at('edges', 'nodes') as { above: string; below: string }[]).map(
      ({ above, below }) => `${above} ${below}`,
    );
    expect(listed).toEqual(edges.sort().slice(0, 200));
  });

  it('leaves out cities that lack an indicator', async () => {
    const result = await ask<{ comparedCount: number; incomparable: string[] }>(
      'dominance { comparedCount incomparable }',
      'dominance',
    );
    const complete = cityCodes.filter((_, i) => leaves.every((leaf) => columnOf(leaf)[i] !== null));
    expect(result.comparedCount).toBe(complete.length);
    expect(result.incomparable).toEqual(cityCodes.filter((code) => !complete.includes(code)).sort());
  });

  it('refuses a cursor of a dominance over other nodes', async () => {
    const page = await app.data(
      '{ ranking { diagnostics { dominance(nodes: ["governance"]) { edges(first: 1) { pageInfo { endCursor } } } } } }',
    );
    const { body } = await app.query(
      'query ($after: String) { ranking { diagnostics { dominance(nodes: ["innovation"]) { edges(first: 1, after: $after) { totalCount } } } } }',
      { after: page.at('ranking', 'diagnostics', 'dominance', 'edges', 'pageInfo', 'endCursor') },
    );
    expect(body.errors?.[0]?.extensions).toMatchObject({ code: 'CURSOR_INVALID', field: 'after' });
  });
});

describe('findings', () => {
  interface Finding {
    code: string;
    severity: string;
    nodes: string[];
    value: number | null;
    message: string;
  }
  const FIELDS = '{ code severity nodes value message }';

  it('low availability and collinear siblings are those that the other diagnostics show', async () => {
    const answer = await app.data(`{ ranking { diagnostics {
      findings ${FIELDS}
      availabilityByIndicator { code share }
      familyCorrelations { pairs { first second coefficient } }
    } } }`);
    const findings = answer.list('ranking', 'diagnostics', 'findings') as Finding[];
    const of = (code: string): string[][] =>
      findings.filter((finding) => finding.code === code).map(({ nodes }) => nodes);
    const shares = answer.list('ranking', 'diagnostics', 'availabilityByIndicator') as {
      code: string;
      share: number;
    }[];
    expect(of('LOW_AVAILABILITY')).toEqual(shares.filter(({ share }) => share < 0.65).map(({ code }) => [code]));
    const families = answer.list('ranking', 'diagnostics', 'familyCorrelations') as { pairs: Correlation[] }[];
    const siblings = families.flatMap((family) => family.pairs);
    expect(of('COLLINEAR_SIBLINGS')).toEqual(
      siblings
        .filter(({ coefficient }) => Math.abs(coefficient ?? 0) >= 0.9)
        .map(({ first, second }) => [first, second]),
    );
    expect(of('COLLINEAR_SIBLINGS').length).toBeGreaterThan(0);
    expect(of('NEGATIVE_SIBLINGS')).toEqual(
      siblings.filter(({ coefficient }) => (coefficient ?? 0) <= -0.4).map(({ first, second }) => [first, second]),
    );
  });

  it('moves its lines as the limits say', async () => {
    const codesAt = async (limits: Record<string, number>): Promise<string[]> => {
      const answer = await app.data(
        'query ($limits: LintLimitsInput) { ranking { diagnostics { findings(limits: $limits) { code } } } }',
        { limits },
      );
      return (answer.list('ranking', 'diagnostics', 'findings') as { code: string }[]).map(({ code }) => code);
    };
    expect(await codesAt({})).toContain('LOW_AVAILABILITY');
    expect(await codesAt({ availability: 0.1 })).not.toContain('LOW_AVAILABILITY');
    expect(await codesAt({ collinear: 1 })).not.toContain('COLLINEAR_SIBLINGS');
    expect((await codesAt({ collinear: 0.5 })).length).toBeGreaterThan((await codesAt({})).length);
  });

  it('names a node without weight', async () => {
    const findings = await ask<Finding[]>(
      `findings ${FIELDS}`,
      'findings',
      '(input: { recipe: { weight: { method: GIVEN, weights: [{ node: "innovation", weight: 0 }] } } })',
    );
    expect(findings).toContainEqual({
      code: 'ZERO_WEIGHT',
      severity: 'NOTE',
      nodes: ['innovation'],
      value: 0,
      message: expect.stringContaining('innovation') as string,
    });
  });
});

describe('rankings at the edge have diagnostics too: figures or a reason, never an unexpected error', () => {
  const ALL = `diagnostics {
    statistics { code count mean skewness kurtosis outlying } normalised: statistics(stage: NORMALISED) { mean }
    availabilityByIndicator { share nonZeroShare } availabilityByCity { nodes { share nodes { share } } }
    availabilityByGroup(by: PROVINCE) { code share } availabilityByNode { meanShare }
    correlations { coefficients pValues } kendall: correlations(method: KENDALL) { coefficients }
    familyCorrelations(method: SPEARMAN) { pairs { coefficient pValue reason } }
    ancestorCorrelations { first second coefficient pValue reason }
    consistency { alpha reason withoutEach { alpha } } leaves: consistency(over: LEAVES) { alpha }
    principalComponents { count reason leftOut { code reason } components { share loadings } }
    effectiveWeights { share effective } importances { linear nonlinear linearShare reason } mainEffects { linear nonlinear reason }
    outliers { totalCount } outlierRulesNotUsed { reason } findings { code value }
    dominance { decidedShare comparedCount cities { totalCount } edges { totalCount } }
  } bands(method: NATURAL_BREAKS, count: 3) { number count }`;

  it.each<[string, Record<string, unknown>]>([
    ['one city', { cities: { codes: ['330100'] } }],
    ['two cities', { cities: { codes: ['330100', '310000'] } }],
    ['three cities', { cities: { codes: ['330100', '310000', '110000'] } }],
    ['every city with any value', { recipe: { screen: { minimumAvailability: 0 } } }],
    [
      'all gaps filled with one number',
      { recipe: { screen: { minimumAvailability: 0 }, impute: { method: 'CONSTANT', value: 0 } } },
    ],
    [
      'cities that few data rank, the others incomplete',
      {
        recipe: {
          screen: { minimumAvailability: 0 },
          aggregate: [
            { level: 1, method: 'ARITHMETIC', minimumAvailability: 1 },
            { node: 'index', method: 'ARITHMETIC', minimumAvailability: 1 },
          ],
        },
      },
    ],
    [
      'all weight on one dimension',
      {
        recipe: {
          weight: {
            method: 'GIVEN',
            weights: ['governance', 'public_services', 'innovation', 'digital_life'].map((node) => ({
              node,
              weight: 0,
            })),
          },
        },
      },
    ],
    [
      'a whole-table method over the leaves whose low scores are good',
      { recipe: { impute: { method: 'MEAN' }, aggregate: [{ node: 'index', over: 'LEAVES', method: 'VIKOR' }] } },
    ],
    [
      'one value for all at each node',
      {
        recipe: {
          normalise: { method: 'CATEGORICAL', thresholds: [1e8] },
          aggregate: [{ level: 1, method: 'ARITHMETIC' }],
        },
      },
    ],
    ['values as they are', { recipe: { normalise: { method: 'NONE' }, aggregate: [{ level: 1, method: 'MEDIAN' }] } }],
  ])('%s', async (_, input) => {
    const answer = await app.query(`query ($input: RankingInput) { ranking(input: $input) { ${ALL} } }`, { input });
    expect(answer.body.errors).toBeUndefined();
    expect(answer.text).not.toMatch(/NaN|Infinity/);
  });
});

describe('bands and groups', () => {
  it('every rule: the bands hold all ranked cities, best first, and the rows say the same', async () => {
    for (const rule of [
      'method: QUANTILE, count: 4',
      'method: EQUAL_INTERVAL, count: 4',
      'method: NATURAL_BREAKS, count: 4',
      'method: SCORE_DISTANCE, distance: 6.5',
      'method: QUANTILE',
    ]) {
      const answer = await app.data(
        `{ ranking { bands(${rule}) { number best worst count cityCodes } rows(first: 200) { nodes { score band(${rule}) city { code } } } } }`,
      );
      const bands = answer.list('ranking', 'bands') as {
        number: number;
        best: number;
        worst: number;
        count: number;
        cityCodes: string[];
      }[];
      expect(bands.flatMap((band) => band.cityCodes)).toEqual(cityCodes);
      const rows = answer.list('ranking', 'rows', 'nodes') as { score: number; band: number; city: { code: string } }[];
      for (const { number, best, worst, count, cityCodes: members } of bands) {
        const own = rows.filter(({ band }) => band === number);
        expect(own.map(({ city }) => city.code)).toEqual(members);
        expect([count, best, worst]).toEqual([own.length, own[0]?.score, own.at(-1)?.score]);
      }
    }
  });

  it('quarters differ by at most one city, equal intervals are equal, and a distance is kept', async () => {
    const answer = await app.data(`{ ranking {
      quarters: bands(method: QUANTILE, count: 4) { count }
      intervals: bands(method: EQUAL_INTERVAL, count: 4) { number best worst }
      distances: bands(method: SCORE_DISTANCE, distance: 6.5) { best worst }
    } }`);
    const counts = (answer.list('ranking', 'quarters') as { count: number }[]).map(({ count }) => count);
    expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
    const scores = present(columnOf('index'));
    const [top, width] = [Math.max(...scores), (Math.max(...scores) - Math.min(...scores)) / 4];
    for (const { number, best, worst } of answer.list('ranking', 'intervals') as {
      number: number;
      best: number;
      worst: number;
    }[]) {
      expect(best).toBeLessThanOrEqual(top - (number - 1) * width + 1e-9);
      expect(worst).toBeGreaterThanOrEqual(top - number * width - 1e-9);
    }
    const distances = answer.list('ranking', 'distances') as { best: number; worst: number }[];
    distances.forEach(({ best, worst }, index) => {
      expect(best - worst).toBeLessThanOrEqual(6.5);
      const next = distances[index + 1];
      if (next) expect(best - next.best).toBeGreaterThan(6.5);
    });
  });

  it.each(['TIER', 'PROVINCE'])('ranks within a %s count the better cities of the same group', async (by) => {
    const answer = await app.data(
      `{ ranking { rows(first: 200) { nodes { score rankInGroup(by: ${by}) city { tier provinceCode } } } } }`,
    );
    const rows = answer.list('ranking', 'rows', 'nodes') as {
      score: number;
      rankInGroup: number | null;
      city: { tier: string | null; provinceCode: string | null };
    }[];
    const groupOf = ({ city }: (typeof rows)[number]): string | null => (by === 'TIER' ? city.tier : city.provinceCode);
    for (const row of rows) {
      const group = groupOf(row);
      const better = rows.filter((other) => groupOf(other) === group && other.score > row.score).length;
      expect(row.rankInGroup).toBe(group === null ? null : 1 + better);
    }
    expect(rows.some(({ rankInGroup }) => (rankInGroup ?? 0) > 1)).toBe(true);
  });
});

describe('refusals', () => {
  const refusal = (answer: Answer): unknown => ({
    ...answer.body.errors?.[0]?.extensions,
    path: answer.body.errors?.[0]?.path,
  });
  const at = (field: string): string[] => ['ranking', 'diagnostics', field];

  it.each<[string, string, Record<string, unknown>]>([
    [
      'an unknown node',
      'diagnostics { correlations(nodes: ["index", "nope"]) { node } }',
      { code: 'NOT_FOUND', field: 'nodes[1]', value: 'nope', path: at('correlations') },
    ],
    [
      'a node named like a property of every object',
      'diagnostics { correlations(nodes: ["__proto__"]) { node } }',
      { code: 'NOT_FOUND', field: 'nodes[0]', path: at('correlations') },
    ],
    [
      'a node named twice',
      'diagnostics { dominance(nodes: ["index", "index"]) { nodes } }',
      { code: 'BAD_INPUT', field: 'nodes[1]', path: at('dominance') },
    ],
    [
      'no node',
      'diagnostics { principalComponents(nodes: []) { node } }',
      { code: 'BAD_INPUT', field: 'nodes', path: at('principalComponents') },
    ],
    [
      'an indicator where a node with children is needed',
      'diagnostics { consistency(nodes: ["egov_service_index"]) { alpha } }',
      { code: 'BAD_INPUT', field: 'nodes[0]', path: at('consistency') },
    ],
    [
      'a limit out of range',
      'diagnostics { findings(limits: { collinear: 1.5 }) { code } }',
      {
        code: 'BAD_INPUT',
        field: 'limits.collinear',
        value: 1.5,
        allowed: 'a number from 0 to 1',
        path: at('findings'),
      },
    ],
    [
      'no point to name',
      'diagnostics { outliers(limits: { maximumPoints: 0 }) { totalCount } }',
      { code: 'BAD_INPUT', field: 'limits.maximumPoints', path: at('outliers') },
    ],
    [
      'a page that is too large',
      'diagnostics { availabilityByCity(first: 201) { totalCount } }',
      { code: 'BAD_INPUT', field: 'first', path: at('availabilityByCity') },
    ],
    [
      'no band',
      'bands(method: QUANTILE, count: 0) { number }',
      { code: 'BAD_INPUT', field: 'count', value: 0, path: ['ranking', 'bands'] },
    ],
    [
      'bands by a distance that is not given',
      'bands(method: SCORE_DISTANCE) { number }',
      { code: 'BAD_INPUT', field: 'distance', path: ['ranking', 'bands'] },
    ],
    [
      'a negative distance',
      'bands(method: SCORE_DISTANCE, distance: -1) { number }',
      { code: 'BAD_INPUT', field: 'distance', path: ['ranking', 'bands'] },
    ],
    [
      'a number of bands with a distance',
      'bands(method: SCORE_DISTANCE, distance: 1, count: 3) { number }',
      { code: 'PARAMETER_NOT_USED', field: 'count', path: ['ranking', 'bands'] },
    ],
    [
      'a distance with a number of bands',
      'bands(method: NATURAL_BREAKS, distance: 1) { number }',
      { code: 'PARAMETER_NOT_USED', field: 'distance', path: ['ranking', 'bands'] },
    ],
  ])('%s', async (_, fields, expected) => {
    expect(refusal(await app.query(`{ ranking { ${fields} } }`))).toMatchObject(expected);
  });
});
