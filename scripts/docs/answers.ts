import { canonicalJson } from '../../src/scoring';

/** A GraphQL request as it travels: the body of a POST. */
export interface GraphQLRequest {
  readonly query: string;
  readonly variables?: unknown;
}

/** A request that a page shows, with the answer that it shows below, if any. */
export interface Exchange {
  readonly request: GraphQLRequest;
  /** Line of the page that the request's fence is on, from 1. */
  readonly line: number;
  /** Lines between the fences of the answer, from 0: `[first, end)`. Null where no answer is shown. */
  readonly answer: { readonly first: number; readonly end: number } | null;
}

interface Fence {
  /** What stands after the back-ticks. */
  readonly info: string;
  /** Line of the opening fence, from 0. */
  readonly opens: number;
  /** Line of the closing fence, from 0. */
  readonly closes: number;
}

/**
 * Finds what a page asks and answers. A request is a block fenced as `graphql`, or as `bash` with a `curl … -d '…'`. A
 * block fenced as `json variables` after it holds its variables; one fenced as `json`, before the next request and
 * heading, its whole answer.
 */
export function findExchanges(markdown: string): Exchange[] {
  const lines = markdown.split('\n');
  const exchanges: Exchange[] = [];
  let open: { query: string; variables?: unknown; line: number } | null = null;
  let answer: Exchange['answer'] = null;
  const finish = (): void => {
    if (open === null) return;
    const { line, ...request } = open;
    exchanges.push({ request, line, answer });
    open = null;
    answer = null;
  };
  let after = 0;
  for (const fence of findFences(lines)) {
    if (lines.slice(after, fence.opens).some((line) => line.startsWith('#'))) finish();
    after = fence.closes + 1;
    const text = lines.slice(fence.opens + 1, fence.closes).join('\n');
    const request = readRequest(fence.info, text);
    if (request !== null) {
      finish();
      open = { ...request, line: fence.opens + 1 };
    } else if (open !== null && fence.info === 'json variables') {
      open.variables = JSON.parse(text);
    } else if (open !== null && fence.info === 'json') {
      answer = { first: fence.opens + 1, end: fence.closes };
      finish();
    }
  }
  finish();
  return exchanges;
}

/** What {@link fillAnswers} is given. */
export interface AnswerSource {
  /** Answers a request with the body of the HTTP response, parsed. */
  readonly execute: (request: GraphQLRequest) => Promise<unknown>;
  /** Lays an answer out as JSON for a page. */
  readonly format: (answer: unknown) => Promise<string>;
}

/** The page with every shown answer that is not the real one, as JSON, replaced by it. */
export async function fillAnswers(markdown: string, { execute, format }: AnswerSource): Promise<string> {
  const lines = markdown.split('\n');
  // From the bottom up, so that lines above keep their numbers.
  for (const { request, answer } of findExchanges(markdown).reverse()) {
    if (answer === null) continue;
    const real = await execute(request);
    const shown: unknown = JSON.parse(lines.slice(answer.first, answer.end).join('\n'));
    if (canonicalJson(shown) === canonicalJson(real)) continue;
    const text = await format(real);
    lines.splice(answer.first, answer.end - answer.first, ...text.trimEnd().split('\n'));
  }
  return lines.join('\n');
}

function findFences(lines: readonly string[]): Fence[] {
  const fences: Fence[] = [];
  let opens: number | null = null;
  lines.forEach((line, index) => {
    if (!line.startsWith('```')) return;
    if (opens === null) {
      opens = index;
      return;
    }
    fences.push({ info: (lines[opens] ?? '').slice('```'.length).trim(), opens, closes: index });
    opens = null;
  });
  return fences;
}

function readRequest(info: string, text: string): GraphQLRequest | null {
  if (info === 'graphql') return { query: text };
  const body = info === 'bash' ? /\bcurl\b[\s\S]* -d '([^']*)'/.exec(text)?.[1] : undefined;
  if (body === undefined) return null;
  const parsed: unknown = JSON.parse(body);
  if (typeof parsed !== 'object' || parsed === null || !('query' in parsed) || typeof parsed.query !== 'string')
    throw new Error(`The body of a curl command has no query: ${body}`);
  return { query: parsed.query, ...('variables' in parsed && { variables: parsed.variables }) };
}
