import type { AggregationContext, AggregationMethod, IntermediateTable, KernelContext } from './descriptor';
import type { AggregateRule, Methodology } from './methodology';
import { entryOf, itemAt } from './lookup';
import { at, atByte, atInt, columnAt, textAt } from './numeric/at';
import { isComplete } from './numeric/statistics';
import { registry } from './registry';
import type { CityMeta } from './table';
import type { Tree } from './tree';

/** The leaves' columns that the tree is computed from, all of the same `n` cities. */
export interface LeafColumns {
  readonly cities: readonly CityMeta[];
  /** One normalised column for each leaf, in the tree's leaf order; more is better; `NaN` = missing. */
  readonly normalised: readonly Float64Array[];
  /** The same leaves on their natural scale after treatment, for methods that treat costs themselves. */
  readonly natural: readonly Float64Array[];
  /** For each leaf, 1 where less is better on the natural scale. */
  readonly costs: Uint8Array;
  /** For each leaf, whether the recipe leaves it un-normalised. */
  readonly isNatural: readonly boolean[];
  /** For each leaf, true where it is known to have no gap; absent or false: not known. */
  readonly complete?: readonly boolean[];
}

/** Every node's column and weights. */
export interface NodeScores {
  /** By node of the tree; length n; `NaN` = missing. On the scale that the node's method publishes. */
  readonly columns: readonly Float64Array[];
  /** By node: whether a low score is good there. */
  readonly lowerIsBetter: readonly boolean[];
  /** By node: its weight among its siblings, adding to 1; 1 for the root. */
  readonly weights: Float64Array;
  /** By node: the product of the weights down from the root (COINr's effective weights); the leaves' add to 1. */
  readonly effectiveWeights: Float64Array;
}

/** What the aggregation needs besides columns. */
export interface AggregateOptions {
  readonly tree: Tree;
  readonly methodology: Pick<Methodology, 'weight' | 'aggregate'>;
  /** Lists the cities' codes, where the caller has them; called when a method reads them. */
  readonly codesOf?: () => readonly string[];
  /** Context for messages about a node, and the recipe path that a refusal names. */
  contextOf(node: string, path: string): KernelContext;
  /** Receives each node's intermediate tables; absent unless an explanation was asked for. */
  readonly trace?: ((node: string, table: IntermediateTable) => void) | undefined;
  /**
   * Inner nodes of the same tree and leaves as they were computed last: one whose part of the recipe is the same is taken
   * from here, with its warnings. To be left out where `beforeNode` or `meanOfNode` is given.
   */
  readonly known?: KnownNodes | undefined;
  /** Called before an inner node is computed: the time to fill the columns of its leaves where they share memory. */
  readonly beforeNode?: ((node: number) => void) | undefined;
  /**
   * Computes an inner node at once, by whatever gives the bits of its rule, every cell of it, and says so; false: the rule is to
   * run. Called after `beforeNode`, with the children's weights.
   */
  readonly meanOfNode?: ((node: number, weights: Float64Array, out: Float64Array) => boolean) | undefined;
}

/** Inner nodes that were computed, by node. */
export type KnownNodes = Map<number, KnownNode>;

interface KnownNode {
  /** Its rule and that of its weights, as text. */
  readonly rule: string;
  /** What its children were. */
  readonly children: readonly KnownChild[];
  readonly column: Float64Array;
  readonly lowerIsBetter: boolean;
  /** Weights of its children; of all its leaves where it is computed from them. */
  readonly weights: Float64Array;
  readonly leafWeights: Float64Array | null;
  readonly warnings: readonly { readonly path: string; readonly given: Parameters<KernelContext['warn']> }[];
}

interface KnownChild {
  /** Null for a leaf. */
  readonly node: KnownNode | null;
  /** Its weight as given. */
  readonly given: number;
}

/** The rule that computes a node: its own, or that of the highest level given that is not above it; the arithmetic mean below the first. */
export function ruleFor(
  rules: readonly AggregateRule[],
  node: { readonly code: string; readonly level: number },
): AggregateRule {
  let best = FALLBACK;
  let highest = 0;
  for (const rule of rules) {
    if (rule.node === node.code) return rule;
    if (rule.level === null || rule.level > node.level || rule.level < highest) continue;
    best = rule;
    highest = rule.level;
  }
  return best;
}

const FALLBACK: AggregateRule = {
  level: 0,
  node: null,
  method: 'ARITHMETIC',
  parameters: {},
  minimumAvailability: 0,
  over: 'CHILDREN',
};

/** The tree's weights with the recipe's laid over them, by node, ≥ 0, not normalised. */
export function givenWeights(tree: Tree, weights: Methodology['weight']['weights']): Float64Array {
  const given = new Float64Array(tree.nodes.map((node) => node.weight));
  for (const { node, weight } of weights) {
    const index = tree.indexOf.get(node);
    if (index !== undefined) given[index] = weight;
  }
  return given;
}

/**
 * Weighs and aggregates the tree bottom-up, each node by its own rule.
 * @throws ScoringError `PRECONDITION_FAILED` where a method is not defined on the values, `WEIGHTS_INVALID` where weights add to nothing.
 */
export function aggregateTree(leaves: LeafColumns, options: AggregateOptions): NodeScores {
  const { tree, methodology } = options;
  const n = leaves.cities.length;
  const codesOf = options.codesOf ?? once(() => leaves.cities.map((city) => city.code));
  const columns: Float64Array[] = tree.nodes.map(() => EMPTY);
  const lowerIsBetter = tree.nodes.map(() => false);
  const complete = tree.nodes.map(() => false);
  const weights = new Float64Array(tree.nodes.length);
  weights[tree.root] = 1;
  const given = givenWeights(tree, methodology.weight.weights);
  const slots = new Int32Array(tree.nodes.length).fill(NOT_A_LEAF);
  tree.leaves.forEach((leaf, slot) => (slots[leaf] = slot));
  const slotOf = (node: number): number => atInt(slots, node);
  const weighting = entryOf(registry.WEIGHTING, methodology.weight.method);
  // Weights of the leaves under a root that is computed from the leaves at once; NaN elsewhere.
  const flat = new Float64Array(tree.nodes.length).fill(NaN);

  const { known } = options;
  const rulesOf = known && rulesIn(methodology);
  const taken = tree.nodes.map((): KnownNode | null => null);
  const take = (index: number, made: KnownNode): void => {
    const { column, lowerIsBetter: isLow, weights: ofChildren, leafWeights } = made;
    taken[index] = made;
    columns[index] = column;
    lowerIsBetter[index] = isLow;
    const { children } = itemAt(tree.nodes, index);
    children.forEach((child, k) => (weights[child] = at(ofChildren, k)));
    if (leafWeights !== null && index === tree.root)
      leavesBelow(tree, index).forEach((leaf, k) => (flat[leaf] = at(leafWeights, k)));
  };

  // A parent reads "more is better", so a column where low is good enters it negated.
  const oriented = (index: number): Float64Array => {
    const slot = slotOf(index);
    if (slot !== NOT_A_LEAF) return columnAt(leaves.normalised, slot);
    const column = columnAt(columns, index);
    return lowerIsBetter[index] ? column.map((value) => -value) : column;
  };

  tree.nodes.forEach((node, index) => {
    const slot = slotOf(index);
    if (slot !== NOT_A_LEAF) {
      columns[index] = columnAt(leaves.normalised, slot);
      complete[index] = leaves.complete?.[slot] === true;
      return;
    }
    const rule = ruleFor(methodology.aggregate, node);
    const ruleText = rulesOf?.(rule) ?? '';
    const before = known?.get(index);
    const isKnown =
      before?.rule === ruleText &&
      before.children.every((was, k) => {
        const child = itemAt(node.children, k);
        return was.node === taken[child] && was.given === given[child];
      });
    if (isKnown) {
      for (const { path, given: warning } of before.warnings) options.contextOf(node.code, path).warn(...warning);
      take(index, before);
      return;
    }
    const warnings: KnownNode['warnings'][number][] = [];
    const traced: IntermediateTable[] = [];
    const contextOf = (path: string): KernelContext => {
      const { warn, refuse } = options.contextOf(node.code, path);
      return {
        refuse,
        warn: (...warning) => {
          warnings.push({ path, given: warning });
          warn(...warning);
        },
      };
    };
    options.beforeNode?.(index);
    const method = entryOf(registry.AGGREGATION, rule.method);

    const weigh = (inputs: readonly Float64Array[], members: readonly number[], raw: Float64Array): Float64Array => {
      // Named one by one: a spread with more after it takes forty times as long.
      const { warn, refuse } = contextOf('recipe.weight');
      return weighting.run(inputs, methodology.weight.parameters, {
        warn,
        refuse,
        children: members.map((member) => itemAt(tree.nodes, member).code),
        given: raw,
        leaves: new Int32Array(members.map((member) => itemAt(tree.nodes, member).leafCount)),
      });
    };
    const children = node.children.map(oriented);
    const childWeights = weigh(
      children,
      node.children,
      new Float64Array(node.children.map((child) => at(given, child))),
    );
    node.children.forEach((child, k) => (weights[child] = at(childWeights, k)));

    const out = new Float64Array(n);
    if (options.meanOfNode?.(index, childWeights, out) === true) {
      columns[index] = out;
      complete[index] = true;
      return;
    }

    const members = rule.over === 'LEAVES' ? leavesBelow(tree, index) : node.children;
    const inputs = rule.over === 'LEAVES' ? members.map(oriented) : children;
    const memberWeights =
      rule.over === 'LEAVES'
        ? weigh(
            inputs,
            members,
            Float64Array.from(members, (leaf) => pathWeight(tree, weights, leaf, index)),
          )
        : childWeights;

    const memberSlots = members.map(slotOf);
    const natural = method.acceptsCosts === true && memberSlots.every((slot) => leaves.isNatural[slot] === true);
    runMethod({
      method,
      rule,
      columns: natural ? memberSlots.map((slot) => columnAt(leaves.natural, slot)) : inputs,
      costs: new Uint8Array(memberSlots.map((slot) => (natural ? atByte(leaves.costs, slot) : 0))),
      weights: memberWeights,
      children: members.map((member) => itemAt(tree.nodes, member).code),
      complete: members.map((member) => complete[member] === true),
      codesOf,
      out,
      context: contextOf('recipe.aggregate'),
      trace:
        options.trace &&
        ((table) => {
          traced.push(table);
          options.trace?.(node.code, table);
        }),
    });
    const made: KnownNode = {
      rule: ruleText,
      children: node.children.map((child) => ({ node: taken[child] ?? null, given: at(given, child) })),
      column: out,
      lowerIsBetter: method.lowerIsBetter === true,
      weights: childWeights,
      leafWeights: rule.over === 'LEAVES' ? memberWeights : null,
      warnings,
    };
    take(index, made);
    // Tables of a method may be large.
    if (traced.length === 0) known?.set(index, made);
  });

  const effectiveWeights = new Float64Array(tree.nodes.length);
  for (let index = tree.nodes.length - 1; index >= 0; index--) {
    const parent = itemAt(tree.nodes, index).parent;
    const along = parent < 0 ? 1 : at(weights, index) * at(effectiveWeights, parent);
    effectiveWeights[index] = Number.isNaN(at(flat, index)) ? along : at(flat, index);
  }
  return { columns, lowerIsBetter, weights, effectiveWeights };
}

/** Tells a node's rule and that of its weights as text; each rule is written once. */
function rulesIn({ weight }: Pick<Methodology, 'weight'>): (rule: AggregateRule) => string {
  const weighting = JSON.stringify([weight.method, weight.parameters]);
  const texts = new Map<AggregateRule, string>();
  return (rule) => {
    const text = texts.get(rule) ?? `${JSON.stringify(rule)} ${weighting}`;
    texts.set(rule, text);
    return text;
  };
}

/** A list that is made when first asked for. */
export function once(make: () => readonly string[]): () => readonly string[] {
  let made: readonly string[] | undefined;
  return () => (made ??= make());
}

const EMPTY = new Float64Array(0);
const NOT_A_LEAF = -1;

/** Leaves below a node, in tree order; a leaf is its own. */
export function leavesBelow(tree: Tree, index: number): number[] {
  const { children } = itemAt(tree.nodes, index);
  if (children.length === 0) return [index];
  return children.flatMap((child) => leavesBelow(tree, child));
}

/** Product of the sibling weights from a leaf up to, but without, the ancestor `top`. */
export function pathWeight(tree: Tree, weights: Float64Array, leaf: number, top: number): number {
  let product = 1;
  for (let index = leaf; index !== top; index = itemAt(tree.nodes, index).parent) product *= at(weights, index);
  return product;
}

/** One node's method and what it reads; `out` has one cell for each row of the columns. */
export interface MethodRun {
  readonly method: AggregationMethod;
  readonly rule: AggregateRule;
  readonly columns: readonly Float64Array[];
  readonly costs: Uint8Array;
  readonly weights: Float64Array;
  readonly children: readonly string[];
  /** For each column, true where it is known to have no gap; absent or false: not known. */
  readonly complete?: readonly boolean[];
  /** Lists the codes by row; called only where a method or a message names cities. */
  readonly codesOf: () => readonly string[];
  readonly out: Float64Array;
  readonly context: KernelContext;
  readonly trace?: ((table: IntermediateTable) => void) | undefined;
}

/**
 * What a method is told of its rows. A class, since an object literal with a getter gets a shape of its own each time it is
 * made, which keeps everything in the getter's reach from being collected as young.
 */
class RowsContext implements AggregationContext {
  readonly warn: AggregationContext['warn'];
  readonly refuse: AggregationContext['refuse'];
  readonly children: AggregationContext['children'];
  readonly costs: AggregationContext['costs'];
  declare readonly trace?: (table: IntermediateTable) => void;

  constructor(
    { context: { warn, refuse }, children, costs, trace }: MethodRun,
    private readonly codesOf: () => readonly string[],
  ) {
    this.warn = warn;
    this.refuse = refuse;
    this.children = children;
    this.costs = costs;
    if (trace) this.trace = trace;
  }

  get cities(): readonly string[] {
    return this.codesOf();
  }
}

/** Runs one node's method: availability, preconditions, complete rows where the method needs them. */
export function runMethod(run: MethodRun): void {
  const { method, rule, weights, out, context } = run;
  const n = out.length;
  // A column of weight 0 takes no part. Where the method needs complete rows, its gaps are closed with a constant.
  const columns = run.columns.map((column, k) =>
    method.missing === 'RESCALE' || at(weights, k) > 0 || isComplete(column) ? column : new Float64Array(n).fill(1),
  );
  const active = columns.filter((_, k) => at(weights, k) > 0);
  const whole = columns.every((column, k) => at(weights, k) === 0 || run.complete?.[k] === true || isComplete(column));
  const { rows, partial } = whole
    ? { rows: null, partial: 0 }
    : usableRows(active, n, method.missing === 'COMPLETE' ? 1 : rule.minimumAvailability);
  if (partial > 0) {
    const subject = `${String(partial)} of ${String(n)} cities`;
    if (method.missing === 'COMPLETE')
      context.warn('METHOD_NOTE', `${subject} lack a column that ${method.id} needs and get no score here.`);
    else
      context.warn(
        'WEIGHTS_RESCALED',
        `${subject} lack some of the columns; the weights of the others were rescaled, or the score withheld below the availability asked for.`,
      );
  }
  checkPrecondition(run, rows);
  if (rows === null || rows.length === n) {
    method.run(columns, weights, rule.parameters, out, new RowsContext(run, run.codesOf));
    return;
  }
  out.fill(NaN);
  if (rows.length === 0) return;
  const gathered = columns.map((column) => valuesAt(column, rows));
  const scores = new Float64Array(rows.length);
  const codesOf = once(() => {
    const codes = run.codesOf();
    return Array.from(rows, (row) => textAt(codes, row));
  });
  method.run(gathered, weights, rule.parameters, scores, new RowsContext(run, codesOf));
  rows.forEach((row, k) => (out[row] = at(scores, k)));
}

/** A loop, since `Float64Array.from` with a function takes ten times as long. */
function valuesAt(column: Float64Array, rows: Int32Array): Float64Array {
  const values = new Float64Array(rows.length);
  for (let k = 0; k < rows.length; k++) values[k] = at(column, atInt(rows, k));
  return values;
}

/**
 * The rows that have at least one column and at least the share of columns asked for, and how many rows have some columns
 * but not all.
 */
function usableRows(
  columns: readonly Float64Array[],
  n: number,
  share: number,
): { readonly rows: Int32Array; readonly partial: number } {
  const rows = new Int32Array(n);
  const present = new Int32Array(n);
  for (const column of columns)
    for (let i = 0; i < n; i++) if (!Number.isNaN(at(column, i))) present[i] = atInt(present, i) + 1;
  // A hair of tolerance: 0.6 × 5 must admit 3 columns although the product may round up.
  const needed = Math.max(1, share * columns.length - 1e-9);
  let kept = 0;
  let partial = 0;
  for (let i = 0; i < n; i++) {
    const count = atInt(present, i);
    if (count >= needed) rows[kept++] = i;
    if (count > 0 && count < columns.length) partial++;
  }
  return { rows: rows.subarray(0, kept), partial };
}

/** A loop, since most columns pass and a function for each cell takes several times as long. */
function hasBelow(column: Float64Array, limit: number): boolean {
  for (let i = 0; i < column.length; i++) if (at(column, i) < limit) return true;
  return false;
}

function checkPrecondition(run: MethodRun, rows: Int32Array | null): void {
  const { method, columns, weights, children, context } = run;
  if (method.requires === undefined) return;
  const limit = method.requires === 'POSITIVE' ? Number.MIN_VALUE : 0;
  columns.forEach((column, k) => {
    if (at(weights, k) === 0) return;
    if (!hasBelow(column, limit)) return;
    const found = column.findIndex((value) => value < limit);
    const row = rows === null ? found : rows.find((candidate) => at(column, candidate) < limit);
    if (row === undefined || row < 0) return;
    context.refuse(
      'PRECONDITION_FAILED',
      `${method.id} is not defined on ${String(at(column, row))}, the value of ${textAt(children, k)} for city ${textAt(run.codesOf(), row)}.`,
      `values ${method.requires === 'POSITIVE' ? 'above 0' : 'of at least 0'} in every column, such as a min–max normalisation with low ${method.requires === 'POSITIVE' ? '1' : '0'}, or another method`,
      at(column, row),
    );
  });
}
