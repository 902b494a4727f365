/** A denomination: the indicator’s column, the denominator’s and the scale. */
export type DenominationOracle = (x: readonly number[], by: readonly number[], scale: number) => number[];

/** Oracles of the denominations by id. */
export const denomination: Readonly<Record<string, DenominationOracle>> = {
  RATIO: (x, by, scale) =>
    x.map((value, i) => {
      const d = by[i];
      return d === undefined || d === 0 ? NaN : (value / d) * scale;
    }),
};
