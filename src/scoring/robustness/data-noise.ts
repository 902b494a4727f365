import type { LeafColumns } from '../aggregate';
import { entryOf, itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { at, atInt } from '../numeric/at';
import { RandomStream } from '../numeric/random';
import type { LeafStages, RankingResult } from '../pipeline';
import { stagesOf } from '../stages';
import type { Panel } from '../table';
import type { DataNoise } from './plan';

/** Half the width of a 95 % interval of the standard normal distribution. */
const NORMAL_95 = 1.959963984540054;

/** Draws a run's observed values around what was observed, and takes them through the stages up to normalisation. */
export class NoisyData {
  readonly #stream: RandomStream;
  readonly #values: Float64Array;
  readonly #low: Float64Array;
  readonly #high: Float64Array;

  constructor(
    seed: number,
    private readonly noise: DataNoise,
    panel: Panel,
    private readonly stages: LeafStages,
  ) {
    this.#stream = new RandomStream(seed, 'NOISE');
    this.#values = stages.denominated.slice();
    const { low, high } = boundsOf(panel, stages, noise);
    this.#low = low;
    this.#high = high;
  }

  /** The normalised leaves of a draw. */
  leavesOf(draw: number, methodology: Methodology): LeafColumns {
    const { noise, stages } = this;
    const { selected, denominated } = stages;
    const n = stages.cities.length;
    for (let j = 0; j < stages.indicators.length; j++) {
      const { code } = itemAt(stages.indicators, j);
      const divided = methodology.denominate.some(({ indicator }) => indicator === code);
      this.#stream.seek(draw, j);
      for (let cell = j * n; cell < (j + 1) * n; cell++) {
        // A number is drawn for every cell, so that no cell's noise depends on another's being there.
        const moved = noise.distribution === 'NORMAL' ? this.normal(cell) : this.uniform(cell);
        const value = at(selected, cell);
        const held = value > 0 ? Math.max(0, moved) : value < 0 ? Math.min(0, moved) : moved;
        const ratio = at(denominated, cell);
        // A denominated value moves in proportion; its denominator is taken as known.
        this.#values[cell] = !divided ? held : value === 0 ? ratio : ratio * (held / value);
      }
    }
    return stages.leavesOf(methodology, this.#values);
  }

  private normal(cell: number): number {
    const deviate = this.#stream.normal();
    const value = at(this.stages.selected, cell);
    const reach = deviate < 0 ? value - at(this.#low, cell) : at(this.#high, cell) - value;
    return value + (deviate / NORMAL_95) * reach;
  }

  private uniform(cell: number): number {
    const low = at(this.#low, cell);
    return low + this.#stream.uniform() * (at(this.#high, cell) - low);
  }
}

/**
 * Whether the noise moves any value that a ranking was made from: with a share of 0 only stored bounds do.
 * @param result made with its stages
 */
export function noiseMoves(panel: Panel, result: RankingResult, noise: DataNoise): boolean {
  if (noise.share > 0) return true;
  // Spares the look at every value where nothing is stored.
  if (!noise.useBounds || (panel.low === undefined && panel.high === undefined)) return false;
  const { cities, indicators } = result;
  const indexOf = (list: readonly { readonly code: string }[]): ReadonlyMap<string, number> =>
    new Map(list.map(({ code }, index) => [code, index]));
  const [ofCity, ofIndicator] = [indexOf(panel.cities), indexOf(panel.indicators)];
  const { selected, yearUsed } = stagesOf(result);
  const cells = {
    cities,
    selected,
    yearUsed,
    cityIndices: Int32Array.from(cities, ({ code }) => entryOf(ofCity, code)),
    leafIndices: indicators.map(({ code }) => entryOf(ofIndicator, code)),
  };
  const { low, high } = boundsOf(panel, cells, noise);
  return selected.some((value, cell) => at(low, cell) < value || at(high, cell) > value);
}

/** The values of a run, and where each stands in the panel. */
type Cells = Pick<LeafStages, 'cities' | 'selected' | 'yearUsed' | 'cityIndices' | 'leafIndices'>;

/** For each cell, how far it may go: a 95 % interval for `NORMAL`, the ends for `UNIFORM`. `NaN` for a missing cell. */
function boundsOf(panel: Panel, cells: Cells, noise: DataNoise): Record<'low' | 'high', Float64Array> {
  const { selected, yearUsed, cityIndices, leafIndices } = cells;
  const n = cells.cities.length;
  const low = selected.slice();
  const high = selected.slice();
  const yearIndex = new Map(panel.years.map((year, y) => [year, y]));
  const width = noise.share * (noise.distribution === 'NORMAL' ? NORMAL_95 : 1);
  leafIndices.forEach((indicator, j) => {
    for (let i = 0; i < n; i++) {
      const cell = j * n + i;
      const value = at(selected, cell);
      if (Number.isNaN(value)) continue;
      const year = entryOf(yearIndex, atInt(yearUsed, cell));
      const source = (year * panel.indicators.length + indicator) * panel.cities.length + atInt(cityIndices, i);
      const [below, above] = noise.useBounds ? [panel.low?.[source] ?? NaN, panel.high?.[source] ?? NaN] : [NaN, NaN];
      if (Number.isNaN(below) && Number.isNaN(above)) {
        low[cell] = value - width * Math.abs(value);
        high[cell] = value + width * Math.abs(value);
      } else {
        // Bounds that the value itself lies outside give no noise on that side.
        if (below < value) low[cell] = below;
        if (above > value) high[cell] = above;
      }
    }
  });
  return { low, high };
}
