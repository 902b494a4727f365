import type { AggregateRule } from '../methodology';

/**
 * A mean of the form φ⁻¹(Σ w φ(x)): after φ it is a weighted sum, so gaps, contributions and orders have closed forms.
 * Source: Hardy, Littlewood and Pólya (1934), Inequalities, chapter 3.
 */
export interface Generator {
  /** φ, made increasing, so that the order of Σ w φ(x) is the order of the scores. */
  transform(x: number): number;
  /** φ⁻¹: the score of a transformed value. */
  inverse(z: number): number;
  /** The exponent of the power mean that it is: 1 arithmetic, 0 geometric, −1 harmonic. Equal exponents, equal φ. */
  readonly exponent: number;
  /**
   * Ratio of two divided differences of φ, (φ(a) − φ(b)) / (a − b) over (φ(c) − φ(d)) / (c − d), the derivative where the
   * two are equal. All of the values lie where the mean is defined; the ratio is `NaN` where it has no limit.
   */
  slopeRatio(a: number, b: number, c: number, d: number): number;
}

const ARITHMETIC: Generator = { exponent: 1, transform: (x) => x, inverse: (z) => z, slopeRatio: () => 1 };

/** Logarithmic mean of two positive numbers: their distance over the distance of their logarithms. */
export function logarithmicMean(a: number, b: number): number {
  const ratio = (a - b) / b;
  // log1p keeps the digits of two close numbers.
  return ratio === 0 ? b : Math.abs(ratio) < 0.5 ? (a - b) / Math.log1p(ratio) : (a - b) / (Math.log(a) - Math.log(b));
}

const GEOMETRIC: Generator = {
  exponent: 0,
  transform: Math.log,
  inverse: Math.exp,
  slopeRatio: (a, b, c, d) => logarithmicMean(c, d) / logarithmicMean(a, b),
};

const HARMONIC: Generator = {
  exponent: -1,
  transform: (x) => -1 / x,
  inverse: (z) => -1 / z,
  slopeRatio: (a, b, c, d) => (c / a) * (d / b),
};

function powerGenerator(exponent: number): Generator {
  // Relative to one of the two, so that powers neither overflow nor lose the digits of close numbers.
  const slope = (a: number, b: number, unit: number): number => {
    const [low, high] = a < b ? [a, b] : [b, a];
    if (high === 0) return NaN;
    const level = (high / unit) ** (exponent - 1);
    if (low === high) return exponent * level;
    const ratio = low / high;
    // Of a ratio of 0: 1, where the exponent is above 0.
    const share = -Math.expm1(exponent * Math.log(ratio)) / (1 - ratio);
    return level * share;
  };
  return {
    exponent,
    transform: (x) => Math.sign(exponent) * x ** exponent,
    inverse: (z) => (Math.sign(exponent) * z) ** (1 / exponent),
    slopeRatio: (a, b, c, d) => {
      const unit = Math.max(c, d);
      return slope(a, b, unit) / slope(c, d, unit);
    },
  };
}

/** The generator of a rule's method; null where the method is not a mean of this form. */
export function generatorOf({ method, parameters }: Pick<AggregateRule, 'method' | 'parameters'>): Generator | null {
  if (method === 'ARITHMETIC') return ARITHMETIC;
  if (method === 'GEOMETRIC') return GEOMETRIC;
  if (method === 'HARMONIC') return HARMONIC;
  if (method !== 'POWER_MEAN') return null;
  const exponent = Number(parameters['exponent']);
  // As in the mean itself: below this the powers cannot be told from the geometric limit.
  return Math.abs(exponent) < 1e-100 ? GEOMETRIC : powerGenerator(exponent);
}
