import { parseRecipe, runPipeline, ScoringError, type Panel } from '../../../src/scoring';
import { fitLine, rankYears, standingsOf, trendOf, type History, type HistoryRun } from '../../../src/scoring/change';
import { asem } from '../../helpers/asem';
import { agrees, expectColumnsAgree, readGolden } from '../../helpers/golden';

const base = asem();
const YEARS = [2018, 2019, 2020, 2021, 2022];

/** COINr's ASEM panel of five years, from `00_panel_iData.csv`. */
function asemPanel(): Panel {
  const table = readGolden('coinr', '00_panel_iData.csv');
  const n = base.codes.length;
  const m = base.panel.indicators.length;
  const values = new Float64Array(n * m * YEARS.length).fill(NaN);
  base.panel.indicators.forEach(({ code }, j) => {
    const column = table.numbers(code);
    table.rows.forEach((row, k) => {
      const y = YEARS.indexOf(Number(row['Time']));
      values[(y * m + j) * n + base.codes.indexOf(row['uCode'] ?? '')] = column[k] ?? NaN;
    });
  });
  return { ...base.panel, years: YEARS, values, status: new Uint8Array(values.length) };
}

const panel = asemPanel();
const { tree } = base;

// What COINr's build_example_purse() does: screening at 0.9, treatment within each year, min–max over all years together.
const PURSE = {
  screen: { minimumAvailability: 0.9 },
  treat: { method: 'WINSORISE_THEN_LOG', skewness: 2, kurtosis: 3.5, maximumPoints: 5 },
  normalise: { method: 'MIN_MAX', low: 0, high: 100 },
};

function history(recipe: object, options: Partial<HistoryRun> = {}): History {
  return rankYears({
    panel,
    tree,
    methodology: parseRecipe(recipe, { tree, panel }),
    years: YEARS,
    normalisation: 'JOINT',
    indicatorRule: 'IN_EVERY_YEAR',
    ...options,
  });
}

const rootScores = (found: History, code: string): Float64Array =>
  Float64Array.from(standingsOf(found, [code], found.tree.root)[0] ?? [], ({ score }) => score);

describe('COINr 1.1.14, get_trends() on its five-year example (files 71): joint normalisation, then trends', () => {
  const found = history(PURSE);

  it.each([
    ['71_trends_index_cagr_all.csv', YEARS],
    ['71_trends_index_cagr_latest4.csv', YEARS.slice(1)],
  ])('%s: compound annual growth of all 46 countries', (file, years) => {
    const golden = readGolden('coinr', file);
    const actual = golden.text('uCode').map((code) => {
      const scores = rootScores(found, code).subarray(YEARS.length - years.length);
      return trendOf(years, scores)?.annualGrowth ?? NaN;
    });
    expect(actual).toHaveLength(46);
    expectColumnsAgree(actual, golden.numbers('CAGR'), file, { labels: golden.text('uCode'), absolute: 1e-12 });
  });

  it('71_trends_index_prc_change_all.csv: slope of the least-squares line as a percentage of its start', () => {
    const golden = readGolden('coinr', '71_trends_index_prc_change_all.csv');
    const actual = golden.text('uCode').map((code) => {
      const line = fitLine(Float64Array.of(0, 1, 2, 3, 4), rootScores(found, code));
      return line ? (100 * line.slope) / line.intercept : NaN;
    });
    expectColumnsAgree(actual, golden.numbers('prc_change'), 'prc_change', { labels: golden.text('uCode') });
  });

  it('the five countries that COINr screens out have no rank, and the reason is given', () => {
    const golden = readGolden('coinr', '71_trends_index_cagr_all.csv').text('uCode');
    const absent = base.codes.filter((code) => !golden.includes(code));
    expect(absent).toHaveLength(5);
    for (const code of absent)
      for (const standing of standingsOf(found, [code], found.tree.root)[0] ?? []) {
        expect(standing).toMatchObject({ rank: NaN, score: NaN, ranked: 46 });
        expect(standing.reason).toMatch(/of 49 indicators are available/);
      }
  });

  it('says which treatment differs between the years', () => {
    expect(found.warnings.map(({ code }) => code)).toContain('METHOD_NOTE');
    expect(found.warnings.some(({ message }) => /not on one scale over the years/.test(message))).toBe(true);
    expect(history({ normalise: PURSE.normalise }).warnings).toEqual([]);
  });
});

describe('normalisation over years', () => {
  it('JOINT is the ranking of each year with all the years as its basis', () => {
    const found = history(PURSE);
    expect(found.basisYears).toEqual(YEARS);
    YEARS.forEach((year, k) => {
      const recipe = { ...PURSE, period: { year }, normalise: { ...PURSE.normalise, basis: { years: YEARS } } };
      const alone = runPipeline({ panel, tree, methodology: parseRecipe(recipe, { tree, panel }) });
      expect(found.results[k]?.nodes.columns).toEqual(alone.nodes.columns);
      expect(found.results[k]?.ranks).toEqual(alone.ranks);
    });
  });

  it('PER_YEAR is the ranking of each year, and a warning says so', () => {
    const found = history(PURSE, { normalisation: 'PER_YEAR' });
    expect(found.basisYears).toEqual([]);
    expect(found.warnings.some(({ message }) => /Each year is normalised by itself/.test(message))).toBe(true);
    YEARS.forEach((year, k) => {
      const alone = runPipeline({
        panel,
        tree,
        methodology: parseRecipe({ ...PURSE, period: { year } }, { tree, panel }),
      });
      expect(found.results[k]?.ranks).toEqual(alone.ranks);
    });
  });

  it("AS_RECIPE keeps the recipe's own basis", () => {
    const normalise = { ...PURSE.normalise, basis: { years: [2018] } };
    const found = history({ ...PURSE, normalise }, { normalisation: 'AS_RECIPE' });
    expect(found.basisYears).toEqual([2018]);
    const alone = runPipeline({
      panel,
      tree,
      methodology: parseRecipe({ ...PURSE, normalise, period: { year: 2022 } }, { tree, panel }),
    });
    expect(found.results[4]?.ranks).toEqual(alone.ranks);
  });
});

/** The panel with the cells of an indicator in some years missing. */
function without(indicator: string, years: readonly number[]): Panel {
  const values = panel.values.slice();
  const j = panel.indicators.findIndex(({ code }) => code === indicator);
  const n = panel.cities.length;
  for (const year of years) {
    const start = (YEARS.indexOf(year) * panel.indicators.length + j) * n;
    values.fill(NaN, start, start + n);
  }
  return { ...panel, values };
}

describe('indicators over years', () => {
  const gap = without('LPI', [2019, 2021]);

  it('IN_EVERY_YEAR leaves out what some years lack, in all years, and says which', () => {
    const found = history({ normalise: PURSE.normalise }, { panel: gap });
    expect(found.dropped).toEqual([{ indicator: 'LPI', missingYears: [2019, 2021] }]);
    expect(found.results.map(({ indicators }) => indicators.length)).toEqual([48, 48, 48, 48, 48]);
    expect(found.tree.nodes.find(({ code }) => code === 'Physical')?.children).toHaveLength(7);
    // The same as giving it no weight in a framework that keeps it.
    const weightless = history(
      { normalise: PURSE.normalise, weight: { method: 'GIVEN', weights: [{ node: 'LPI', weight: 0 }] } },
      { panel },
    );
    for (const code of base.codes)
      rootScores(found, code).forEach((score, k) => {
        expect(agrees(score, rootScores(weightless, code)[k] ?? NaN)).toBe(true);
      });
  });

  it('AS_AVAILABLE scores each year by what it has', () => {
    const found = history({ normalise: PURSE.normalise }, { panel: gap, indicatorRule: 'AS_AVAILABLE' });
    expect(found.dropped).toEqual([]);
    expect(found.results[0]?.indicators).toHaveLength(49);
  });

  it('a look-back fills the year from the one before, and a warning says so', () => {
    const found = history({ normalise: PURSE.normalise, period: { latestWithinYears: 1 } }, { panel: gap });
    expect(found.dropped).toEqual([]);
    expect(found.warnings.map(({ message }) => message).join()).toMatch(
      /In 2019, 2021 some values are those of an earlier year/,
    );
  });

  it('nothing in common: NO_DATA that says which years go together; a year without data: NO_DATA that names those with some', () => {
    const attempt = (work: () => unknown): ScoringError => {
      try {
        work();
      } catch (error) {
        if (error instanceof ScoringError) return error;
        throw error;
      }
      throw new Error('Nothing was thrown.');
    };
    const empty = attempt(() => history({}, { years: [2018, 2030] }));
    expect(empty).toMatchObject({ code: 'NO_DATA', problems: [{ path: 'years', value: 2030 }] });
    expect(empty.problems[0]?.allowed).toBe('years with data: 2018, 2019, 2020, 2021, 2022');
    const plain = attempt(() => history({}, { years: [2018, 2030], indicatorRule: 'AS_AVAILABLE' }));
    expect(plain).toMatchObject({ code: 'NO_DATA', problems: [{ path: 'years', value: 2030 }] });

    const j = panel.indicators.length;
    const split = { ...panel, values: panel.values.slice() };
    const n = panel.cities.length;
    // The first half of the indicators in 2018 only, the second half in 2019 only.
    for (let k = 0; k < j; k++) {
      const year = k < j / 2 ? 1 : 0;
      split.values.fill(NaN, (year * j + k) * n, (year * j + k + 1) * n);
    }
    const apart = attempt(() => history({}, { panel: split, years: [2018, 2019] }));
    expect(apart.message).toBe('The years have no indicator in common.');
    expect(apart.problems[0]?.allowed).toMatch(/LPI 2018 to 2022|AS_AVAILABLE/);
  });
});
