import type { ParameterRecord } from '../../src/scoring/parameters';
import {
  columnOf,
  flag,
  get,
  isConstant,
  max,
  mean,
  median,
  min,
  num,
  numOr,
  present,
  sampleDeviation,
  sum,
  text,
  type Rows,
} from './basics';

/** What an imputation is told besides the table. */
export interface ImputationFacts {
  readonly codes: readonly string[];
  readonly groups: readonly Readonly<Record<string, string | null>>[];
  /** 1 more is better, −1 less is better. */
  readonly directions: readonly (1 | -1)[];
  /** Equal for indicators of the same dimension. */
  readonly dimensions: readonly number[];
  readonly year: number;
  /** The rows of every year, the table’s own among them. */
  readonly years: ReadonlyMap<number, Rows>;
}

/** An imputation: rows with gaps to rows with fewer. */
export type ImputationOracle = (rows: Rows, parameters: ParameterRecord, facts: ImputationFacts) => number[][];

/** Fills each gap by its row and column. */
const fillGaps = (rows: Rows, fill: (i: number, j: number) => number): number[][] =>
  rows.map((row, i) => row.map((x, j) => (Number.isNaN(x) ? fill(i, j) : x)));

const byColumn =
  (statistic: (values: readonly number[]) => number): ImputationOracle =>
  (rows) =>
    fillGaps(rows, (_, j) => {
      const values = present(columnOf(rows, j));
      return values.length > 0 ? statistic(values) : NaN;
    });

const byGroup =
  (statistic: (values: readonly number[]) => number): ImputationOracle =>
  (rows, parameters, { groups }) => {
    const labels = groups.map((group) => group[text(parameters, 'by')] ?? null);
    return fillGaps(rows, (i, j) => {
      const label = get(labels, i);
      if (label === null) return NaN;
      const values = present(columnOf(rows, j).filter((_, k) => get(labels, k) === label));
      return values.length > 0 ? statistic(values) : NaN;
    });
  };

const byRow =
  (statistic: (values: readonly number[]) => number): ImputationOracle =>
  (rows, _, { directions, dimensions }) => {
    const ends = directions.map((direction, k) => {
      const values = present(columnOf(rows, k));
      const ordered: readonly [number, number] = [min(values), max(values)];
      const [worst, best] = direction > 0 ? ordered : [ordered[1], ordered[0]];
      return { worst, best, empty: values.length === 0 };
    });
    return fillGaps(rows, (i, j) => {
      const { worst, best, empty } = get(ends, j);
      if (empty) return NaN;
      const row = get(rows, i);
      const shares = row.flatMap((x, k) => {
        if (Number.isNaN(x) || get(dimensions, k) !== get(dimensions, j)) return [];
        const end = get(ends, k);
        return [end.best === end.worst ? 0.5 : (x - end.worst) / (end.best - end.worst)];
      });
      return shares.length > 0 ? worst + statistic(shares) * (best - worst) : NaN;
    });
  };

/** Observations of a cell in other years, earlier and later, each from the nearest outwards. */
function othersOf({ years, year }: ImputationFacts, i: number, j: number) {
  const known = [...years]
    .map(([t, rows]) => ({ t, x: get(get(rows, i), j) }))
    .filter(({ x }) => !Number.isNaN(x))
    .sort((a, b) => a.t - b.t);
  return {
    earlier: known.filter(({ t }) => t < year).reverse(),
    later: known.filter(({ t }) => t > year),
  };
}

const linear =
  (held: boolean): ImputationOracle =>
  (rows, _, facts) =>
    fillGaps(rows, (i, j) => {
      const { earlier, later } = othersOf(facts, i, j);
      const [a] = earlier;
      const [b] = later;
      if (a && b) return a.x + ((facts.year - a.t) / (b.t - a.t)) * (b.x - a.x);
      return held ? (a?.x ?? b?.x ?? NaN) : NaN;
    });

/** Oracles of the imputations by id. */
export const imputation: Readonly<Record<string, ImputationOracle>> = {
  NONE: (rows) => fillGaps(rows, () => NaN),
  CONSTANT: (rows, parameters) => fillGaps(rows, () => num(parameters, 'value')),
  MEAN: byColumn(mean),
  MEDIAN: byColumn(median),
  GROUP_MEAN: byGroup(mean),
  GROUP_MEDIAN: byGroup(median),
  ROW_MEAN: byRow(mean),
  ROW_MEDIAN: byRow(median),
  LINEAR: linear(false),
  LINEAR_HELD_ENDS: linear(true),
  LATEST: (rows, parameters, facts) => {
    const limit = numOr(parameters, 'maximumYears', Infinity);
    return fillGaps(rows, (i, j) => {
      const { earlier, later } = othersOf(facts, i, j);
      const near = ({ t }: { t: number }): boolean => Math.abs(t - facts.year) <= limit;
      // An earlier value that is too old is still an earlier value: nothing is carried back past it.
      if (earlier.length > 0) return earlier.filter(near)[0]?.x ?? NaN;
      return flag(parameters, 'carryBackward') ? (later.filter(near)[0]?.x ?? NaN) : NaN;
    });
  },
  K_NEAREST_NEIGHBOURS: (rows, parameters, { codes, directions }) => {
    const m = directions.length;
    const columns = directions.map((_, j) => columnOf(rows, j));
    // A constant or single-valued column tells no cities apart: all its z-scores are 0.
    const scaled = columns.map((column) => {
      const values = present(column);
      if (!flag(parameters, 'standardise') || values.length === 0) return column;
      if (isConstant(values)) return column.map((x) => x * 0);
      return column.map((x) => (x - mean(values)) / sampleDeviation(values));
    });
    const distance = (a: number, b: number): number => {
      const shared = scaled.map((column) => get(column, a) - get(column, b)).filter((d) => !Number.isNaN(d));
      return Math.sqrt((m / shared.length) * sum(shared.map((d) => d * d)));
    };
    return fillGaps(rows, (i, j) => {
      const donors = codes
        .map((code, k) => ({ code, x: get(get(columns, j), k), d: k === i ? NaN : distance(i, k) }))
        .filter(({ x, d }) => !Number.isNaN(x) && !Number.isNaN(d))
        .sort((a, b) => a.d - b.d || (a.code < b.code ? -1 : 1))
        .slice(0, num(parameters, 'neighbours'));
      if (donors.length === 0) {
        const values = present(get(columns, j));
        return values.length > 0 ? mean(values) : NaN;
      }
      if (text(parameters, 'distanceWeights') === 'UNIFORM') return mean(donors.map(({ x }) => x));
      const same = donors.filter(({ d }) => d === 0);
      if (same.length > 0) return mean(same.map(({ x }) => x));
      return sum(donors.map(({ x, d }) => x / d)) / sum(donors.map(({ d }) => 1 / d));
    });
  },
};
