import type { ApolloServerPlugin } from '@apollo/server';
import {
  GraphQLError,
  parse,
  specifiedRules,
  validate,
  type DocumentNode,
  type GraphQLSchema,
  type ValidationRule,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { codedError, isErrorCode, withoutSuggestion, type ErrorCode } from './errors';
import { checkDocument, MAX_VALIDATION_ERRORS, type DocumentLimits } from './limits/document-limits';
import { wrongLiteral } from './wrong-values';

/** Most memory for documents that are kept. */
const KEPT_BYTES = 32 * 1024 * 1024;
/** What a document weighs for each UTF-16 unit of its text: 40 bytes as people write them, 200 where names are short. */
const BYTES_PER_UNIT = 100;

/** How documents are read. */
export interface DocumentOptions {
  readonly schema: GraphQLSchema;
  readonly limits: DocumentLimits;
  /** Besides those of the language. */
  readonly rules: readonly ValidationRule[];
  /** Whether errors may name fields that the caller may have meant. */
  readonly suggestions: boolean;
}

/** A valid document within the limits, or why it is none. */
export type ReadDocument =
  | { readonly document: DocumentNode; readonly errors?: undefined }
  | { readonly errors: readonly GraphQLError[]; readonly document?: undefined };

/** Begins a step of the work for a request. @returns ends it */
export type Step = (name: string) => () => void;

const unmeasured: Step = () => () => undefined;

function endedBy<T>(end: () => void, work: () => T): T {
  try {
    return work();
  } finally {
    end();
  }
}

/** Reads documents: parses, measures and validates each once, whatever transport it comes by, and keeps the valid ones. */
export class Documents {
  readonly #valid = new LRUCache<string, DocumentNode>({
    maxSize: KEPT_BYTES,
    sizeCalculation: (_, source) => 1 + source.length * BYTES_PER_UNIT,
  });

  constructor(private readonly options: DocumentOptions) {}

  /** A document that was read before and is valid. */
  known(source: string): DocumentNode | undefined {
    return this.#valid.get(source);
  }

  /**
   * Reads a document. Errors have codes of the catalogue; limits are looked at before validation, which may take long.
   * @param step measures what is done
   */
  read(source: string, step: Step = unmeasured): ReadDocument {
    const known = this.#valid.get(source);
    if (known) return { document: known };
    const { schema, limits, rules } = this.options;
    try {
      const document = endedBy(step('parse'), () => parse(source, { maxTokens: limits.tokens }));
      const outOfShape = checkDocument(document, limits);
      if (outOfShape) return { errors: [outOfShape] };
      // One fewer, since graphql-js adds one that says that it stopped.
      const maxErrors = MAX_VALIDATION_ERRORS - 1;
      const errors = endedBy(step('validate'), () =>
        validate(schema, document, [...specifiedRules, ...rules], { maxErrors }),
      );
      if (errors.length > 0) return { errors: errors.map((error) => this.#refusal(error, document)) };
      this.#valid.set(source, document);
      return { document };
    } catch (error) {
      if (error instanceof GraphQLError) return { errors: [withCode(error, 'GRAPHQL_PARSE_FAILED')] };
      // The parser and the measuring call themselves for each level; how far that goes is up to the call stack.
      if (error instanceof RangeError)
        return { errors: [codedError('DEPTH_EXCEEDED', 'The document is nested too deeply to be read.')] };
      throw error;
    }
  }

  #refusal(error: GraphQLError, document: DocumentNode): GraphQLError {
    const message = this.options.suggestions ? error.message : withoutSuggestion(error.message);
    const refused = withCode(error, 'GRAPHQL_VALIDATION_FAILED', message);
    Object.assign(refused.extensions, wrongLiteral(error, document));
    return refused;
  }
}

/** Hands Apollo each document as it was read, so that it parses and validates none by itself. */
export function readOnce(documents: Documents): ApolloServerPlugin {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveSource(context) {
          const { document } = documents.read(context.source);
          // It is declared to be Apollo's to set, which does so only where there is none yet. What is not valid was refused
          // before Apollo was asked.
          if (document) Object.assign(context, { document });
          return Promise.resolve();
        },
      }),
  };
}

/** The same error under a code, unless it has one. */
export function withCode(error: GraphQLError, code: ErrorCode, message = error.message): GraphQLError {
  const own = error.extensions['code'];
  return new GraphQLError(message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    extensions: { ...error.extensions, code: isErrorCode(own) ? own : code },
  });
}
