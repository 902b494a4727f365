// Bundles the page and serves it together with the service, so that the browser sees one origin and CORS may stay closed.
// Run: npm run sample:browser (CITY_RANKING_URL names the service, PORT the page's port).
import { readFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const service = process.env['CITY_RANKING_URL'] ?? 'http://localhost:4000/graphql';
const here = (name) => fileURLToPath(new URL(name, import.meta.url));

const { outputFiles } = await build({
  entryPoints: [here('main.ts')],
  bundle: true,
  minify: true,
  format: 'iife',
  platform: 'browser',
  target: 'es2022',
  define: { 'globalThis.__DEV__': 'false' },
  write: false,
  logLevel: 'error',
});
const files = {
  '/': ['text/html; charset=utf-8', await readFile(here('index.html'))],
  '/main.js': ['text/javascript; charset=utf-8', outputFiles[0].contents],
};

const server = createServer(async (request, response) => {
  const file = files[request.url ?? ''];
  if (file) return response.writeHead(200, { 'content-type': file[0] }).end(file[1]);
  if (request.url !== '/graphql' || request.method !== 'POST') return response.writeHead(404).end();
  const chunks = [];
  for await (const chunk of request) chunks.push(chunk);
  try {
    const answer = await fetch(service, {
      method: 'POST',
      headers: { 'content-type': request.headers['content-type'] ?? '', accept: request.headers.accept ?? '*/*' },
      body: Buffer.concat(chunks),
    });
    response.writeHead(answer.status, { 'content-type': answer.headers.get('content-type') ?? 'application/json' });
    return response.end(Buffer.from(await answer.arrayBuffer()));
  } catch {
    return response.writeHead(502).end();
  }
});
server.listen(Number(process.env['PORT'] ?? 8080), '127.0.0.1', () => {
  console.log(`http://localhost:${server.address().port}/`);
});
