import type { ApolloServerPlugin } from '@apollo/server';
import {
  getVariableValues,
  GraphQLError,
  type DocumentNode,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from 'graphql';
import type { ReleaseData } from '../../entities';
import type { Ledger } from '../../rankings/ledger';
import { DEFAULT_PAGE_SIZE } from '../../rankings/page';
import type { Context } from '../../resolvers/context';
import type { Limits } from '../config';
import { ERROR_CATALOGUE } from '../errors';
import { CostModel, type Variables } from './cost';
import type { Sizes } from './field-costs';
import { pointsOf, rateLimited, type RateLimiter } from './rate-limit';

/** Items of a list that nothing is said of. */
const UNLESS_SAID = 10;

/**
 * Sizes before any argument is read. Without a release nothing is answered from one.
 * @param mostOnPage most items on a page
 */
export function sizesOf(data: ReleaseData | null, mostOnPage: number): Sizes {
  const trees = [...(data?.frameworks.values() ?? [])];
  return {
    cities: data?.cities.size ?? 0,
    indicators: Math.max(0, ...trees.map(({ leaves }) => leaves.length)),
    nodes: Math.max(0, ...trees.map(({ nodes }) => nodes.length)),
    page: DEFAULT_PAGE_SIZE,
    mostOnPage,
    listed: UNLESS_SAID,
    years: UNLESS_SAID,
  };
}

/** What is charged. */
export type Charged = Pick<Context, 'ledger' | 'client'>;

/** Refuses operations that would give too much, before they run. Only the operation that is asked for counts. */
export class CostLimit {
  readonly #model: CostModel;
  #data: ReleaseData | null = null;
  #sizes: Sizes;

  /**
   * @param limits most nodes, and most items on a page
   * @param limiter charged with what operations cost
   * @param loaded the release that sizes are taken from
   */
  constructor(
    private readonly schema: GraphQLSchema,
    private readonly limits: Pick<Limits, 'nodes' | 'pageSize'>,
    private readonly limiter: RateLimiter,
    private readonly loaded: () => ReleaseData | null,
  ) {
    this.#model = new CostModel(schema);
    this.#sizes = sizesOf(null, limits.pageSize);
  }

  /**
   * Writes the nodes of an operation of a valid document down in the ledger, and charges the client with them.
   * @param variables coerced
   * @throws GraphQLError `COST_EXCEEDED`, or `RATE_LIMITED` where the client has to wait
   */
  check(document: DocumentNode, operation: OperationDefinitionNode, variables: Variables, context: Charged): void {
    const nodes = this.#model.nodesOf(document, operation, variables, this.#currentSizes());
    context.ledger.nodes = nodes;
    if (nodes <= this.limits.nodes) {
      const wait = this.limiter.take(context.client, pointsOf({ nodes }));
      if (wait > 0) throw rateLimited(wait);
      return;
    }
    const { status } = ERROR_CATALOGUE.COST_EXCEEDED;
    throw new GraphQLError(
      `The answer would have about ${String(nodes)} nodes; allowed: at most ${String(this.limits.nodes)}. Ask for smaller pages, fewer nested lists or fewer fields.`,
      { extensions: { code: 'COST_EXCEEDED', http: { status } } },
    );
  }

  /**
   * {@link check} with variables as they came. What is wrong with them is told by whoever runs the operation.
   * @returns whether they could be coerced, and the operation was checked
   */
  checkRequest(
    document: DocumentNode,
    operation: OperationDefinitionNode,
    given: Variables,
    context: Charged,
  ): boolean {
    const { coerced } = getVariableValues(this.schema, operation.variableDefinitions ?? [], given);
    if (coerced) this.check(document, operation, coerced, context);
    return coerced !== undefined;
  }

  /**
   * Charges the client with what an operation has spent, and with the jobs that it has started: at once, since a job that is
   * charged at its end costs nothing while it runs.
   */
  chargeSpent({ client, ledger: { cellOperations, jobCellOperations } }: Charged): void {
    this.limiter.charge(client, pointsOf({ cellOperations }));
    if (jobCellOperations > 0) this.limiter.chargeAtMostAll(client, pointsOf({ cellOperations: jobCellOperations }));
  }

  /** Gives the client back what the check of an operation took. */
  giveBack({ client, ledger: { nodes } }: Charged): void {
    this.limiter.charge(client, -pointsOf({ nodes }));
  }

  /** {@link check} for operations that Apollo runs; tells the cost where the request asks for it. */
  get plugin(): ApolloServerPlugin<Context> {
    return {
      requestDidStart: () =>
        Promise.resolve({
          didResolveOperation: ({ document, operation, request, contextValue }) => {
            if (operation) this.checkRequest(document, operation, request.variables ?? {}, contextValue);
            return Promise.resolve();
          },
          willSendResponse: ({ request, response: { body }, contextValue }) => {
            this.chargeSpent(contextValue);
            if (request.extensions?.['cost'] === true && body.kind === 'single')
              body.singleResult.extensions = { ...body.singleResult.extensions, cost: this.#told(contextValue.ledger) };
            return Promise.resolve();
          },
        }),
    };
  }

  #told({ nodes, cellOperations, jobCellOperations, limit }: Ledger): object {
    const jobs = jobCellOperations > 0 && { jobCellOperations };
    return { nodes, cellOperations, ...jobs, limits: { nodes: this.limits.nodes, cellOperations: limit } };
  }

  #currentSizes(): Sizes {
    const data = this.loaded();
    if (data !== this.#data) {
      this.#data = data;
      this.#sizes = sizesOf(data, this.limits.pageSize);
    }
    return this.#sizes;
  }
}
