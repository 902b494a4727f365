/*
 * Weights of four draws at a time, drawn uniformly from the simplex or within a share of the nominal ones: Philox4x32-10, the
 * logarithm and the scaling of src/scoring/numeric/random.ts, numeric/logarithm.ts and robustness/uncertainty-draws.ts, with every
 * operation in the same order, so that the bits are the same. A lane is a draw: what is four wide holds words, what is two wide
 * holds the first or the last two draws. Part of draws.ts.
 */

/** Bytes of a node's four weights. */
export const NODE_BYTES: usize = 32;

/** [node, number of children, children …] for each group of siblings that is drawn, after the number of groups. */
let groups: usize = 0;
/** The same for all inner nodes, children before their parents. */
let inner: usize = 0;
/** The recipe's weights by node, four times over. */
let nominal: usize = 0;
/** By node, the weights of the four draws. */
let weights: usize = 0;
let nominalBytes: usize = 0;
/**
 * Half the width of what is drawn around a nominal weight, relative to it, for each group of siblings; negative: uniform on the
 * simplex.
 */
let shares: usize = 0;
let key0: i32 = 0;
let key1: i32 = 0;
let purpose: i32 = 0;

export function configureWeights(
  groupsAt: usize,
  innerAt: usize,
  nodes: i32,
  nominalAt: usize,
  weightsAt: usize,
  sharesAt: usize,
  seedLow: i32,
  seedHigh: i32,
  streamPurpose: i32,
): void {
  groups = groupsAt;
  inner = innerAt;
  nominal = nominalAt;
  nominalBytes = <usize>nodes * NODE_BYTES;
  weights = weightsAt;
  shares = sharesAt;
  key0 = seedLow;
  key1 = seedHigh;
  purpose = streamPurpose;
}

const MULTIPLIER_0: i32 = 0xd2511f53;
const MULTIPLIER_1: i32 = 0xcd9e8d57;
const WEYL_0: i32 = 0x9e3779b9;
const WEYL_1: i32 = 0xbb67ae85;

// A block of random words of four draws.
let word0: v128 = i32x4.splat(0);
let word1: v128 = i32x4.splat(0);
let word2: v128 = i32x4.splat(0);
let word3: v128 = i32x4.splat(0);

/** Fills the words: block `block` of part `part` of four draws. */
function fillWords(block: i32, part: i32, draws: v128): void {
  const m0 = i32x4.splat(MULTIPLIER_0);
  const m1 = i32x4.splat(MULTIPLIER_1);
  let c0 = i32x4.splat(block);
  let c1 = i32x4.splat(part);
  let c2 = i32x4.splat(purpose);
  let c3 = draws;
  let k0 = key0;
  let k1 = key1;
  for (let round = 0; round < 10; round++) {
    const first0 = i64x2.extmul_low_i32x4_u(c0, m0);
    const last0 = i64x2.extmul_high_i32x4_u(c0, m0);
    const first1 = i64x2.extmul_low_i32x4_u(c2, m1);
    const last1 = i64x2.extmul_high_i32x4_u(c2, m1);
    const high0 = v128.shuffle<i32>(first0, last0, 1, 3, 5, 7);
    const high1 = v128.shuffle<i32>(first1, last1, 1, 3, 5, 7);
    c0 = v128.xor(v128.xor(high1, c1), i32x4.splat(k0));
    c1 = v128.shuffle<i32>(first1, last1, 0, 2, 4, 6);
    c2 = v128.xor(v128.xor(high0, c3), i32x4.splat(k1));
    c3 = v128.shuffle<i32>(first0, last0, 0, 2, 4, 6);
    k0 += WEYL_0;
    k1 += WEYL_1;
  }
  word0 = c0;
  word1 = c1;
  word2 = c2;
  word3 = c3;
}

/** Two numbers in [0, 1) from the lower two lanes of an upper and a lower word. */
function uniforms(upper: v128, lower: v128): v128 {
  const high = f64x2.convert_low_i32x4_u(i32x4.shr_u(upper, 5));
  const low = f64x2.convert_low_i32x4_u(i32x4.shr_u(lower, 6));
  return f64x2.mul(f64x2.add(f64x2.mul(high, f64x2.splat(67108864)), low), f64x2.splat(1.1102230246251565e-16));
}

function lastTwo(words: v128): v128 {
  return v128.shuffle<i32>(words, words, 2, 3, 2, 3);
}

/** As src/scoring/numeric/logarithm.ts, for two normal positive numbers. */
function logarithms(x: v128): v128 {
  const upper = i64x2.add(x, i64x2.splat(0x95f6200000000));
  const power = i64x2.sub(i64x2.shr_u(upper, 52), i64x2.splat(1023));
  const exponent = f64x2.convert_low_i32x4_s(v128.shuffle<i32>(power, power, 0, 2, 0, 2));
  const fraction = i64x2.add(v128.and(upper, i64x2.splat(0xfffffffffffff)), i64x2.splat(0x3fe6a09e00000000));
  const f = f64x2.sub(fraction, f64x2.splat(1));
  const s = f64x2.div(f, f64x2.add(f64x2.splat(2), f));
  const z = f64x2.mul(s, s);
  const w = f64x2.mul(z, z);
  let even = f64x2.add(f64x2.splat(2.222219843214978396e-1), f64x2.mul(w, f64x2.splat(1.531383769920937332e-1)));
  even = f64x2.mul(w, f64x2.add(f64x2.splat(3.999999999940941908e-1), f64x2.mul(w, even)));
  let odd = f64x2.add(f64x2.splat(1.818357216161805012e-1), f64x2.mul(w, f64x2.splat(1.479819860511658591e-1)));
  odd = f64x2.add(f64x2.splat(2.857142874366239149e-1), f64x2.mul(w, odd));
  odd = f64x2.mul(z, f64x2.add(f64x2.splat(6.66666666666673513e-1), f64x2.mul(w, odd)));
  const half = f64x2.mul(f64x2.mul(f64x2.splat(0.5), f), f);
  const series = f64x2.mul(s, f64x2.add(half, f64x2.add(odd, even)));
  const tail = f64x2.add(series, f64x2.mul(exponent, f64x2.splat(1.90821492927058770002e-10)));
  const rest = f64x2.sub(f64x2.sub(half, tail), f);
  return f64x2.sub(f64x2.mul(exponent, f64x2.splat(6.9314718036912381649e-1)), rest);
}

/** Two exponential deviates of mean 1. */
function exponentials(uniform: v128): v128 {
  return f64x2.neg(logarithms(f64x2.sub(f64x2.splat(1), uniform)));
}

/** Where the weights of a group's or node's `k`-th child are, `first` being the address of its list of children. */
function ofChild(first: usize, k: i32): usize {
  return weights + <usize>load<i32>(first + ((<usize>k) << 2)) * NODE_BYTES;
}

/** Draws the weights of `draw` and the three after it. */
export function drawFour(draw: i32): void {
  memory.copy(weights, nominal, nominalBytes);
  const draws = i32x4.add(i32x4.splat(draw), i32x4(0, 1, 2, 3));
  let step = groups + 4;
  let shareAt = shares;
  for (let g = load<i32>(groups); g > 0; g--, shareAt += 8) {
    const share = load<f64>(shareAt);
    const node = load<i32>(step);
    const children = load<i32>(step, 4);
    const first = step + 8;
    step = first + ((<usize>children) << 2);
    if (share < 0) drawSimplex(node, children, first, draws);
    else drawShares(node, children, first, draws, share);
  }
  scaleSiblings();
}

function drawShares(node: i32, children: i32, first: usize, draws: v128, share: f64): void {
  for (let k = 0; k < children; k++) {
    if ((k & 1) === 0) fillWords(k >> 1, node, draws);
    const upper = k & 1 ? word2 : word0;
    const lower = k & 1 ? word3 : word1;
    const at = ofChild(first, k);
    v128.store(at, aroundNominal(v128.load(at), uniforms(upper, lower), share));
    v128.store(at, aroundNominal(v128.load(at, 16), uniforms(lastTwo(upper), lastTwo(lower)), share), 16);
  }
}

function aroundNominal(own: v128, uniform: v128, share: f64): v128 {
  const step = f64x2.sub(f64x2.mul(f64x2.splat(2), uniform), f64x2.splat(1));
  return f64x2.mul(own, f64x2.add(f64x2.splat(1), f64x2.mul(f64x2.splat(share), step)));
}

function drawSimplex(node: i32, children: i32, first: usize, draws: v128): void {
  const none = f64x2.splat(0);
  let sum0 = none;
  let sum1 = none;
  for (let k = 0; k < children; k++) {
    if ((k & 1) === 0) fillWords(k >> 1, node, draws);
    const upper = k & 1 ? word2 : word0;
    const lower = k & 1 ? word3 : word1;
    const at = ofChild(first, k);
    const deviate0 = exponentials(uniforms(upper, lower));
    const deviate1 = exponentials(uniforms(lastTwo(upper), lastTwo(lower)));
    v128.store(at, deviate0);
    v128.store(at, deviate1, 16);
    sum0 = f64x2.add(sum0, deviate0);
    sum1 = f64x2.add(sum1, deviate1);
  }
  const even = f64x2.splat(1 / <f64>children);
  const some0 = f64x2.gt(sum0, none);
  const some1 = f64x2.gt(sum1, none);
  for (let k = 0; k < children; k++) {
    const at = ofChild(first, k);
    v128.store(at, v128.bitselect(f64x2.div(v128.load(at), sum0), even, some0));
    v128.store(at, v128.bitselect(f64x2.div(v128.load(at, 16), sum1), even, some1), 16);
  }
}

/** Makes siblings add to 1. One of them has a weight: what could leave them all without is not drawn here. */
function scaleSiblings(): void {
  let step = inner + 4;
  for (let g = load<i32>(inner); g > 0; g--) {
    const children = load<i32>(step, 4);
    const first = step + 8;
    step = first + ((<usize>children) << 2);
    // The first two draws, then the last two.
    for (let pair: usize = 0; pair < NODE_BYTES; pair += 16) {
      let largest = f64x2.splat(0);
      for (let k = 0; k < children; k++) largest = f64x2.max(largest, v128.load(ofChild(first, k) + pair));
      let sum = f64x2.splat(0);
      for (let k = 0; k < children; k++) {
        const at = ofChild(first, k) + pair;
        const scaled = f64x2.div(v128.load(at), largest);
        v128.store(at, scaled);
        sum = f64x2.add(sum, scaled);
      }
      for (let k = 0; k < children; k++) {
        const at = ofChild(first, k) + pair;
        v128.store(at, f64x2.div(v128.load(at), sum));
      }
    }
  }
}
