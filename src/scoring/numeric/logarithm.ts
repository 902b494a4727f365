/*
 * log(1 + f) = f − f²/2 + s (f²/2 + R(s²)), s = f / (2 + f): the odd series of log((1 + s) / (1 − s)), of which R is the part past
 * its first terms as a polynomial of seven coefficients. The coefficients, and ln 2 in two parts of which the first has zeros
 * enough at its end to be multiplied by an exponent exactly, are those of fdlibm 5.3 (Sun Microsystems 1993,
 * https://www.netlib.org/fdlibm/e_log.c); its error is below one unit in the last place.
 */
const R1 = 6.66666666666673513e-1;
const R2 = 3.999999999940941908e-1;
const R3 = 2.857142874366239149e-1;
const R4 = 2.222219843214978396e-1;
const R5 = 1.818357216161805012e-1;
const R6 = 1.531383769920937332e-1;
const R7 = 1.479819860511658591e-1;
const LN2_HIGH = 6.9314718036912381649e-1;
const LN2_LOW = 1.90821492927058770002e-10;
/** Upper words of 1 and of √½, between which and its double the fraction is held. */
const ONE = 0x3ff00000;
const ROOT_HALF = 0x3fe6a09e;

const bits = new DataView(new ArrayBuffer(8));

/**
 * The natural logarithm, within one unit in the last place, from additions, multiplications and one division: unlike `Math.log`,
 * which every engine may round as it likes, it has the same bits on every machine, and in WebAssembly (assembly/weights.ts).
 * @param x a normal positive number, 2^−1022 or more; anything else has no meaning here
 */
export function logarithm(x: number): number {
  bits.setFloat64(0, x);
  const upper = bits.getInt32(0) + (ONE - ROOT_HALF);
  const exponent = (upper >> 20) - 1023;
  bits.setInt32(0, (upper & 0xfffff) + ROOT_HALF);
  const f = bits.getFloat64(0) - 1;
  const s = f / (2 + f);
  const z = s * s;
  const w = z * z;
  const even = w * (R2 + w * (R4 + w * R6));
  const odd = z * (R1 + w * (R3 + w * (R5 + w * R7)));
  const half = 0.5 * f * f;
  return exponent * LN2_HIGH - (half - (s * (half + (odd + even)) + exponent * LN2_LOW) - f);
}
