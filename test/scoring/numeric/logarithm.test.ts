import fc from 'fast-check';
import { logarithm } from '../../../src/scoring/numeric/logarithm';

const SHIFT = 200n;
const UNIT = 1n << SHIFT;

/** 2 artanh(p / q) in units of 2^−200, by its series. */
function twiceArtanh(p: bigint, q: bigint): bigint {
  const square = (p * p * UNIT) / (q * q);
  let power = (p * UNIT) / q;
  let sum = 0n;
  for (let k = 1n; power !== 0n; k += 2n) {
    sum += power / k;
    power = (power * square) >> SHIFT;
  }
  return 2n * sum;
}

const LN2 = twiceArtanh(1n, 3n);

/** The double's fraction as an integer of 53 bits, and the power of two that it is multiplied by. */
function partsOf(x: number): { readonly fraction: bigint; readonly power: number } {
  const bits = new BigUint64Array(Float64Array.of(x).buffer)[0] ?? 0n;
  return { fraction: (bits & (2n ** 52n - 1n)) | (2n ** 52n), power: Number(bits >> 52n) - 1075 };
}

/** How far a value is from the logarithm, in units in the value's last place. */
function errorOf(value: number, x: number): number {
  const { fraction, power } = partsOf(x);
  const half = 2n ** 52n;
  const exact = BigInt(power + 52) * LN2 + twiceArtanh(fraction - half, fraction + half);
  const { fraction: digits, power: place } = partsOf(Math.abs(value));
  // One unit in the last place, in units of 2^−200.
  const unit = 2n ** BigInt(200 + place);
  const found = digits * unit * (value < 0 ? -1n : 1n);
  return Number(((found - exact) * 1000n) / unit) / 1000;
}

describe('the logarithm', () => {
  it('is within one unit in the last place of the exact one', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.double({ min: 2 ** -53, max: 1, noNaN: true }),
          fc.double({ min: 2 ** -1022, max: Number.MAX_VALUE, noNaN: true }),
          fc.double({ min: 0.99, max: 1.01, noNaN: true }),
        ),
        (x) => {
          if (x !== 1) expect(Math.abs(errorOf(logarithm(x), x))).toBeLessThan(1);
        },
      ),
      { numRuns: 500, seed: 29 },
    );
  });

  it('of 1 is exactly 0, and of the numbers beside it not', () => {
    expect(logarithm(1)).toBe(0);
    for (const x of [1 - 2 ** -53, 1 + 2 ** -52]) expect(Math.abs(errorOf(logarithm(x), x))).toBeLessThan(1);
  });
});
