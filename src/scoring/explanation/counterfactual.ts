import { ScoringError } from '../errors';
import { itemAt } from '../lookup';
import { at } from '../numeric/at';
import { standardDeviationOf } from '../numeric/statistics';
import type { PanelRun, RankingResult } from '../pipeline';
import { stagesOf } from '../stages';
import { modelsBelow } from './node-model';
import { Rerun, type ValueChange } from './rerun';

/** The range of an indicator that changes stay within, in its own unit. */
export interface ValueLimit {
  readonly indicator: string;
  readonly min: number;
  readonly max: number;
}

/** What is asked: which change of the city's own values gives it the rank. */
export interface CounterfactualQuestion {
  /** Index of the city in `result.cities`. */
  readonly city: number;
  /** 1 or more. Better than the city's rank: to be reached or passed; worse: to be fallen to. */
  readonly targetRank: number;
  /** Ranges that replace the observed ones. */
  readonly limits: readonly ValueLimit[];
}

/** One indicator's change. */
export interface IndicatorChange {
  /** Leaf slot. */
  readonly leaf: number;
  /** In the indicator's own unit. */
  readonly from: number;
  readonly to: number;
  /** In sample standard deviations of the (denominated) indicator over the scored cities; above 0 upwards. */
  readonly deviations: number;
}

/** A change that gives the city the rank asked for. */
export interface ReachingChange {
  readonly changes: readonly IndicatorChange[];
  /** Euclidean length of the change in standard deviations: what was made small. */
  readonly size: number;
  /** The rank by a whole new run with the change. */
  readonly rank: number;
  /** The rank by a whole new run with all of the change but its last {@link SHORT_OF}. */
  readonly rankShortOf: number;
}

/** What one indicator can do alone. */
export interface IndicatorReach {
  readonly leaf: number;
  /** In the indicator's own unit: the city's value and the end of the range in the helpful direction. */
  readonly from: number;
  readonly limit: number;
  /** The best rank (the worst, where the city is to fall) on the way to the limit. */
  readonly rank: number;
  readonly reaches: boolean;
  /** Whether the rank moved in one direction only on the way, at the steps looked at. */
  readonly monotone: boolean;
}

/** The smallest changes that give a city a rank, or what shows that none does. */
export interface Counterfactual {
  readonly rank: number;
  readonly targetRank: number;
  /** Null where no indicator alone reaches the rank within its range: `reach` shows it. */
  readonly single: ReachingChange | null;
  /** The smallest change of two indicators found; null where no pair looked at gets there with less than `single`, or at all. */
  readonly pair: ReachingChange | null;
  /** Every indicator that the city has a value of. */
  readonly reach: readonly IndicatorReach[];
  /** Leaf slots that the city has no value of, so that they cannot be changed. */
  readonly withoutValue: readonly number[];
  /** Rankings that were made. */
  readonly runs: number;
}

/** Steps on the way to a limit at which the rank is looked at before the first change is narrowed down. */
export const COUNTERFACTUAL_STEPS = 12;
/** How far short of the change the rank is still missed, as a share of the change. */
export const SHORT_OF = 1e-6;
/** Indicators whose pairs are searched: those that do most alone. */
const PAIRED = 6;
/** Ways in which a pair shares a change, as angles. */
const ANGLES = [1, 2, 3, 4, 5].map((part) => (part * Math.PI) / 12);
/** Most halvings that narrow a change down; they end once it is known to well within {@link SHORT_OF} of itself. */
const HALVINGS = 50;
/** How many rankings a question about `m` indicators takes at most, roughly; what the budget counts. */
export const counterfactualRuns = (m: number): number => 2 * COUNTERFACTUAL_STEPS * m + (m * m) / 2 + 800;

/**
 * The smallest change of one indicator, and of two, after which a city has the rank asked for; or, where no single one
 * does, the rank at the end of each indicator's range. Values move the ranking as a whole (ranges, treatment, weights from
 * data), so every step is a new ranking; each indicator is stepped towards the end of its observed range, or of the
 * caller's, and the first step that reaches the rank is narrowed down by halving. Under a monotone aggregation the end of
 * the range decides; otherwise both directions are stepped through and the answer is as fine as the steps.
 * @throws ScoringError `BAD_INPUT` for a target that is no rank of the ranking or limits without a range.
 */
export function findCounterfactual(
  run: PanelRun,
  result: RankingResult,
  question: CounterfactualQuestion,
): Counterfactual {
  const rerun = new Rerun(run, result, question.city);
  const rank = at(result.ranks, question.city);
  checkTarget(question.targetRank, result);
  const improve = question.targetRank < rank;
  const reached = (r: number): boolean => (improve ? r <= question.targetRank : r >= question.targetRank);
  const axes = axesOf(rerun, question.limits, improve);
  const withoutValue = result.indicators.flatMap((_, leaf) => (rerun.canChange(leaf) ? [] : [leaf]));
  if (question.targetRank === rank)
    return { rank, targetRank: rank, single: null, pair: null, reach: [], withoutValue, runs: 0 };

  const search = new Search(rerun, reached, improve);
  const walks = axes.map((axis) => ({ axis, ...search.walk(axis) }));
  const single = search.smallest(
    walks.flatMap(({ axis, first }) => (first === null ? [] : [{ axes: [axis], angle: 0, first }])),
  );
  const pair = search.smallestPair(walks, single);
  return {
    rank,
    targetRank: question.targetRank,
    single,
    pair,
    reach: walks.map(({ axis, best, first, monotone }) => ({
      leaf: axis.leaf,
      from: rerun.rawValueOf(axis.leaf, axis.from),
      limit: rerun.rawValueOf(axis.leaf, axis.limit),
      rank: best,
      reaches: first !== null,
      monotone,
    })),
    withoutValue,
    runs: rerun.runs,
  };
}

function checkTarget(targetRank: number, { order }: RankingResult): void {
  if (targetRank >= 1 && targetRank <= order.length) return;
  throw new ScoringError('BAD_INPUT', `targetRank: No city has this rank. Allowed: 1 to ${String(order.length)}.`, [
    {
      path: 'targetRank',
      value: targetRank,
      message: 'No city has this rank.',
      allowed: `1 to ${String(order.length)}`,
    },
  ]);
}

/** One indicator in one direction, on the denominated scale. */
interface Axis {
  readonly leaf: number;
  readonly from: number;
  readonly limit: number;
  /** Sample standard deviation of the indicator. */
  readonly deviation: number;
}

function axesOf(rerun: Rerun, limits: readonly ValueLimit[], improve: boolean): Axis[] {
  const { result } = rerun;
  const n = result.cities.length;
  checkLimits(limits, result);
  const monotone = modelsBelow(result, result.tree.root).every(
    ({ method }) => method.properties.MONOTONE?.holds === true,
  );
  return result.indicators.flatMap((indicator, leaf): Axis[] => {
    const column = stagesOf(result).denominated.subarray(leaf * n, (leaf + 1) * n);
    const deviation = standardDeviationOf(column, 'SAMPLE');
    if (!rerun.canChange(leaf) || !(deviation > 0)) return [];
    const from = rerun.valueOf(leaf);
    const own = limits.find((limit) => limit.indicator === indicator.code);
    const perRaw = from === 0 ? 1 : from / rerun.rawValueOf(leaf, from);
    const present = column.filter((value) => !Number.isNaN(value));
    const ends = own
      ? [own.min * perRaw, own.max * perRaw].sort((a, b) => a - b)
      : [present.reduce((a, b) => Math.min(a, b)), present.reduce((a, b) => Math.max(a, b))];
    const [low = from, high = from] = ends;
    const upwards = (indicator.direction === 1) === improve;
    const towards = monotone ? [upwards ? high : low] : [low, high];
    return towards
      .filter((limit) => (limit === high ? limit > from : limit < from))
      .map((limit) => ({ leaf, from, limit, deviation }));
  });
}

function checkLimits(limits: readonly ValueLimit[], { indicators }: RankingResult): void {
  limits.forEach(({ indicator, min, max }, i) => {
    const path = `limits[${String(i)}]`;
    if (!indicators.some(({ code }) => code === indicator))
      throw new ScoringError('NOT_FOUND', `${path}.indicator: The index has no such indicator.`, [
        {
          path: `${path}.indicator`,
          value: indicator,
          message: 'The index has no such indicator.',
          allowed: `one of ${indicators.map(({ code }) => code).join(', ')}`,
        },
      ]);
    if (!(Number.isFinite(min) && Number.isFinite(max) && min <= max))
      throw new ScoringError('BAD_INPUT', `${path}: The limits are no range.`, [
        {
          path,
          value: { min, max },
          message: 'The limits are no range.',
          allowed: 'a finite minimum up to the maximum',
        },
      ]);
  });
}

/** A way to change one or two indicators that reaches the rank somewhere up to `first` (a length in deviations). */
interface Candidate {
  readonly axes: readonly Axis[];
  readonly angle: number;
  readonly first: number;
}

interface Walk {
  readonly axis: Axis;
  readonly first: number | null;
  readonly best: number;
}

class Search {
  constructor(
    private readonly rerun: Rerun,
    private readonly reached: (rank: number) => boolean,
    private readonly improve: boolean,
  ) {}

  /** Steps along one axis to its limit: where the rank is first reached, the best rank, and whether it only got better. */
  walk(axis: Axis): { first: number | null; best: number; monotone: boolean } {
    const length = lengthOf(axis);
    let first: number | null = null;
    let best = at(this.rerun.result.ranks, this.rerun.city);
    let before = best;
    let monotone = true;
    for (let step = 1; step <= COUNTERFACTUAL_STEPS; step++) {
      const size = (length * step) / COUNTERFACTUAL_STEPS;
      const rank = this.rankAt([axis], 0, size);
      if (this.improve ? rank > before : rank < before) monotone = false;
      if (this.improve ? rank < best : rank > best) best = rank;
      if (first === null && this.reached(rank)) first = size;
      before = rank;
    }
    return { first, best, monotone };
  }

  /** The candidate of least size; each is narrowed down only where it beats the ones before. */
  smallest(candidates: readonly Candidate[]): ReachingChange | null {
    let best: (Candidate & { readonly size: number }) | null = null;
    for (const candidate of [...candidates].sort((x, y) => x.first - y.first)) {
      const { axes, angle, first } = candidate;
      const upTo: number = best === null ? first : Math.min(first, best.size * (1 - SHORT_OF));
      if (best !== null && !this.reached(this.rankAt(axes, angle, upTo))) continue;
      best = { ...candidate, size: this.narrow(axes, angle, upTo) };
    }
    return best === null ? null : this.verify(best.axes, best.angle, best.size);
  }

  /** The smallest change of two of the indicators that do most; of any two, at their limits, where none of those reaches the rank. */
  smallestPair(walks: readonly Walk[], single: ReachingChange | null): ReachingChange | null {
    const radius = single?.size ?? Infinity;
    const gains = walks
      .map(({ axis }) => ({ axis, gain: this.gainAt(axis, Math.min(radius, lengthOf(axis))) }))
      .sort((x, y) => y.gain - x.gain)
      .map(({ axis }) => axis);
    const candidates: Candidate[] = [];
    const add = (p: Axis, q: Axis): void => {
      if (p.leaf === q.leaf) return;
      for (const angle of ANGLES) {
        const whole = Math.hypot(lengthOf(p), lengthOf(q));
        const first = Math.min(radius, whole);
        if (this.reached(this.rankAt([p, q], angle, first))) candidates.push({ axes: [p, q], angle, first });
      }
    };
    eachPair(gains.slice(0, PAIRED), add);
    if (candidates.length === 0 && single === null)
      eachPair(gains, (p, q) => {
        const corner = Math.atan2(lengthOf(q), lengthOf(p));
        const first = Math.hypot(lengthOf(p), lengthOf(q));
        if (p.leaf !== q.leaf && this.reached(this.rankAt([p, q], corner, first)))
          candidates.push({ axes: [p, q], angle: corner, first });
      });
    return this.smallest(candidates);
  }

  /** What the change does alone to the score; grows with its help. */
  private gainAt(axis: Axis, size: number): number {
    const { score } = this.rerun.outcome(changesAt([axis], 0, size));
    return this.improve ? score : -score;
  }

  /** The least size up to `upTo` at which the rank is reached, by halving from the last step that does not. */
  private narrow(axes: readonly Axis[], angle: number, upTo: number): number {
    const step = axes.length === 1 ? lengthOf(itemAt(axes, 0)) / COUNTERFACTUAL_STEPS : upTo;
    let low = Math.max(0, Math.ceil(upTo / step - 1e-9) - 1) * step;
    let high = upTo;

    for (let halving = 0; halving < HALVINGS && high - low > (SHORT_OF / 4) * high; halving++) {
      const middle = (low + high) / 2;
      if (this.reached(this.rankAt(axes, angle, middle))) high = middle;
      else low = middle;
    }
    return high;
  }

  /** Holds the change against whole new runs, just at and just short of it. */
  private verify(axes: readonly Axis[], angle: number, size: number): ReachingChange {
    const values = changesAt(axes, angle, size);
    const { rerun } = this;
    const changes = values.map(({ leaf, value }, k): IndicatorChange => {
      const { from, deviation } = itemAt(axes, k);
      return {
        leaf,
        from: rerun.rawValueOf(leaf, from),
        to: rerun.rawValueOf(leaf, value),
        deviations: (value - from) / deviation,
      };
    });
    return {
      changes,
      size: Math.hypot(...changes.map(({ deviations }) => deviations)),
      rank: rerun.fullRank(values),
      rankShortOf: rerun.fullRank(changesAt(axes, angle, size * (1 - SHORT_OF))),
    };
  }

  private rankAt(axes: readonly Axis[], angle: number, size: number): number {
    return this.rerun.rank(changesAt(axes, angle, size));
  }
}

/** Length of an axis in standard deviations. */
const lengthOf = ({ from, limit, deviation }: Axis): number => Math.abs(limit - from) / deviation;

/** The values after a change of the given size, shared by the angle; none passes its limit. */
function changesAt(axes: readonly Axis[], angle: number, size: number): ValueChange[] {
  return axes.map((axis, k) => {
    const share = k === 0 ? Math.cos(angle) : Math.sin(angle);
    const length = size * share;
    const whole = lengthOf(axis);
    const value = length >= whole ? axis.limit : axis.from + (axis.limit - axis.from) * (length / whole);
    return { leaf: axis.leaf, value };
  });
}

function eachPair<T>(items: readonly T[], visit: (a: T, b: T) => void): void {
  items.forEach((a, i) => {
    items.slice(i + 1).forEach((b) => {
      visit(a, b);
    });
  });
}
