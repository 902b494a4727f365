import { aggregateTree, type LeafColumns } from '../aggregate';
import { entryOf, itemAt } from '../lookup';
import type { Methodology } from '../methodology';
import { silentContext } from '../explanation/node-model';
import { at, atInt, columnAt } from '../numeric/at';
import { RandomStream } from '../numeric/random';
import { leafStagesOf } from '../pipeline';
import { tieBreakerOf } from '../ranks';
import { alternativeAt } from './choices';
import { NoisyData } from './data-noise';
import { meanNodesOf, type MeanNode } from './mean-tree';
import { distributionAt, type UncertaintyPlan, type WeightDistribution } from './plan';
import { leafColumnsOf, scaleSiblings, type DrawModel, type Variant } from './uncertainty-model';

/** The fast path of a recipe. */
interface NestedMean {
  readonly nodes: readonly MeanNode[];
  /** The column of the node that decides ties. */
  readonly tieBreaker: Float64Array | null;
}

/** Siblings whose weights are drawn. */
export interface DrawnSiblings {
  /** Their parent, by index in the tree, as are they. */
  readonly node: number;
  readonly children: readonly number[];
  readonly distribution: WeightDistribution;
}

/** What one draw came to. The arrays are used again by the next draw. */
export interface Draw {
  /** Scores by city, as the recipe publishes them; `NaN` = unranked. */
  readonly scores: Float64Array;
  readonly lowerIsBetter: boolean;
  /** By city, what decides ties, more is better; null where nothing but their codes does. */
  readonly tieBreaker: Float64Array | null;
  /** Weights among siblings by node, adding to 1. */
  readonly weights: Float64Array;
}

/**
 * Draws the uncertain parts and scores the cities with them. What a draw comes to depends on the plan's seed and its
 * number alone. One evaluator is for one thread.
 */
export class DrawEvaluator {
  /** In the order of the tree's nodes; none where weights are not drawn. */
  readonly groups: readonly DrawnSiblings[];
  readonly #weightStream: RandomStream;
  readonly #choiceStream: RandomStream;
  readonly #weights: Float64Array;
  readonly #means = new Map<Variant, NestedMean>();
  readonly #columns = new Map<number, LeafColumns>();
  readonly #alphas: readonly Float64Array[];
  readonly #shares: readonly Float64Array[];
  readonly #noisy: NoisyData | null;
  #combination = 0;
  /** Nodes that the current draw leaves out. */
  readonly #leftOut: number[] = [];

  constructor(
    readonly model: DrawModel,
    readonly plan: UncertaintyPlan,
  ) {
    const { tree } = model;
    this.#weightStream = new RandomStream(plan.seed, 'WEIGHTS');
    this.#choiceStream = new RandomStream(plan.seed, 'CHOICES');
    this.#weights = new Float64Array(tree.nodes.length);
    const { weights } = plan;
    this.groups = tree.nodes.flatMap(({ children, level }, node) => {
      const distribution = weights === null || children.length < 2 ? null : distributionAt(weights, level);
      return distribution === null ? [] : [{ node, children, distribution }];
    });
    this.#alphas = this.groups.map(({ children }) => new Float64Array(children.length));
    this.#shares = this.groups.map(({ children }) => new Float64Array(children.length));
    this.#noisy =
      model.run === null || plan.noise === null
        ? null
        : new NoisyData(plan.seed, plan.noise, model.run.panel, leafStagesOf(model.run));
  }

  /**
   * Evaluates a draw.
   * @param fixedWeights weights by node that take the place of those drawn, as for a confidence factor
   */
  evaluate(draw: number, fixedWeights?: Float64Array): Draw {
    const variant = this.choose(draw);
    const asItStands = this.plan.weights === null && fixedWeights === undefined && this.#leftOut.length === 0;
    if (asItStands && this.#noisy === null) return variant;
    this.weigh(draw, variant, fixedWeights);
    return this.score(draw, variant);
  }

  /** The weights of a draw, as {@link evaluate} scores with; used again by the next draw. */
  weightsOf(draw: number): Float64Array {
    this.weigh(draw, this.choose(draw), undefined);
    return this.#weights;
  }

  private weigh(draw: number, variant: Variant, fixedWeights: Float64Array | undefined): void {
    this.#weights.set(fixedWeights ?? variant.weights);
    if (fixedWeights === undefined) this.drawWeights(draw, variant);
    for (const node of this.#leftOut) this.#weights[node] = 0;
    scaleSiblings(this.model.tree, this.#weights);
  }

  /** The choices that a draw takes: the combination of alternatives (the first choice is the most significant digit), and the recipe. */
  choicesOf(draw: number): { readonly combination: number; readonly recipe: Methodology } {
    const recipe = this.choose(draw).methodology;
    return { combination: this.#combination, recipe };
  }

  private choose(draw: number): Variant {
    const { plan, model } = this;
    this.#combination = 0;
    this.#leftOut.length = 0;
    if (plan.choices.length > 0) this.#choiceStream.seek(draw);
    for (const choice of plan.choices) {
      const { alternatives } = choice;
      const taken = alternativeAt(choice, this.#choiceStream.uniform());
      this.#combination = this.#combination * alternatives.length + taken;
      const out = itemAt(alternatives, taken).leftOut;
      if (typeof out === 'string') this.#leftOut.push(entryOf(model.tree.indexOf, out));
    }
    return itemAt(model.variants, atInt(model.variantOf, this.#combination));
  }

  private drawWeights(draw: number, variant: Variant): void {
    const weights = this.#weights;
    for (let g = 0; g < this.groups.length; g++) {
      const { node, children, distribution: rule } = itemAt(this.groups, g);
      if (rule.method === 'SETS') {
        const set = itemAt(rule.sets, draw % rule.sets.length);
        for (const child of children) weights[child] = at(set, child);
        continue;
      }
      const alphas = itemAt(this.#alphas, g);
      const shares = itemAt(this.#shares, g);
      const stream = this.#weightStream.seek(draw, node);
      if (rule.method === 'SHARE') {
        for (const child of children)
          weights[child] = at(variant.weights, child) * (1 + rule.share * (2 * stream.uniform() - 1));
        continue;
      }
      for (let k = 0; k < children.length; k++)
        alphas[k] = rule.method === 'SIMPLEX' ? 1 : rule.concentration * at(variant.weights, itemAt(children, k));
      stream.dirichlet(alphas, shares);
      for (let k = 0; k < children.length; k++) weights[itemAt(children, k)] = at(shares, k);
    }
  }

  private score(draw: number, variant: Variant): Draw {
    const { model } = this;
    const weights = this.#weights;
    if (variant.isNestedMean && this.#noisy === null) return { ...this.nestedMean(variant), weights };
    const { tree } = model;
    const { methodology } = variant;
    const leaves = this.#noisy?.leavesOf(draw, methodology) ?? this.columnsOf(variant.table);
    const nodes = aggregateTree(leaves, {
      tree,
      methodology: {
        aggregate: methodology.aggregate,
        weight: {
          method: 'GIVEN',
          parameters: {},
          weights: tree.nodes.map(({ code }, index) => ({ node: code, weight: at(weights, index) })),
        },
      },
      contextOf: () => silentContext,
    });
    return {
      scores: columnAt(nodes.columns, tree.root),
      lowerIsBetter: variant.lowerIsBetter,
      tieBreaker: tieBreakerOf(methodology.rank.tieBreaker, tree, nodes),
      weights,
    };
  }

  private columnsOf(table: number): LeafColumns {
    const known = this.#columns.get(table);
    if (known) return known;
    const columns = leafColumnsOf(this.model, itemAt(this.model.tables, table));
    this.#columns.set(table, columns);
    return columns;
  }

  private nestedMean(variant: Variant): Omit<Draw, 'weights'> {
    const { nodes, tieBreaker } = this.#means.get(variant) ?? this.meanNodes(variant);
    let scores = variant.scores;
    for (const { children, weights, out, run } of nodes) {
      for (let k = 0; k < children.length; k++) weights[k] = at(this.#weights, itemAt(children, k));
      run();
      scores = out;
    }
    return { scores, lowerIsBetter: false, tieBreaker };
  }

  private meanNodes(variant: Variant): NestedMean {
    const { tree } = this.model;
    const { methodology } = variant;
    const { nodes, columns } = meanNodesOf(tree, methodology, this.columnsOf(variant.table));
    const lowerIsBetter = tree.nodes.map(() => false);
    const mean = { nodes, tieBreaker: tieBreakerOf(methodology.rank.tieBreaker, tree, { columns, lowerIsBetter }) };
    this.#means.set(variant, mean);
    return mean;
  }
}
