import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { gzip } from 'node:zlib';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { findProjectRoot } from './project-root';

/** A query with the name of its file, without the extension. */
export interface ExampleQuery {
  readonly name: string;
  readonly query: string;
}

/** The queries of `examples/*.graphql` in the order of their file names. */
export function readExamples(folder: string = join(findProjectRoot(), 'examples')): ExampleQuery[] {
  return readdirSync(folder)
    .filter((file) => file.endsWith('.graphql'))
    .sort()
    .map((file) => ({ name: file.slice(0, -'.graphql'.length), query: readFileSync(join(folder, file), 'utf8') }));
}

/** What the page may load: itself, its own inline code and workers, and the endpoint. Nothing from elsewhere. */
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'unsafe-inline' 'unsafe-eval' blob:",
  'worker-src blob:',
  "style-src 'unsafe-inline'",
  'font-src data:',
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ');

interface Page {
  readonly plain: Buffer;
  readonly compressed: Buffer;
}

/**
 * Serves the explorer: one self-contained page of about 9 MB (2.4 MB compressed) from `node_modules`, made at the first
 * visit and kept.
 * @param examples preloaded, one tab each
 */
export function makeExplorer(
  examples: readonly ExampleQuery[],
): (request: FastifyRequest, reply: FastifyReply) => Promise<FastifyReply> {
  let page: Promise<Page> | undefined;
  return async (request, reply) => {
    page ??= render(examples);
    const { plain, compressed } = await page;
    const accepted = request.headers['accept-encoding'] ?? '';
    const zipped = /\bgzip\b/.test(accepted);
    return reply
      .header('content-type', 'text/html; charset=utf-8')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('cache-control', 'no-cache')
      .header('vary', 'accept, accept-encoding')
      .headers(zipped ? { 'content-encoding': 'gzip' } : {})
      .send(zipped ? compressed : plain);
  };
}

async function render(examples: readonly ExampleQuery[]): Promise<Page> {
  // Loaded when needed: the module holds the page's 9 MB of script.
  const { renderGraphiQL } = await import('@graphql-yoga/render-graphiql');
  const html = renderGraphiQL({
    endpoint: '/graphql',
    subscriptionsProtocol: 'WS',
    title: 'City ranking',
    ...(examples[0] && { defaultQuery: examples[0].query }),
    defaultTabs: examples.map(({ query }) => ({ query })),
  });
  const plain = Buffer.from(html);
  return { plain, compressed: await promisify(gzip)(plain) };
}

/** True for a browser that navigates to the address: it asks for HTML, and not for JSON. */
export function wantsHtml(accept: string | undefined): boolean {
  return accept !== undefined && accept.includes('text/html') && !accept.includes('application/json');
}
