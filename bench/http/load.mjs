/*
 * Load on one address, in a process of its own: `node load.mjs '<JSON>'` with url, connections, seconds, method, headers and
 * body. With `vary` every request has another weight in place of `@weight@`. Prints requests a second and latencies.
 */
import autocannon from 'autocannon';

const { url, connections, seconds, method, headers, body, vary } = JSON.parse(process.argv[2]);
let count = Number(process.pid) * 1000;
const run = autocannon({
  url,
  connections,
  duration: seconds,
  method,
  headers,
  // Bodies are only counted: autocannon makes text of them, which takes longer for compressed bytes than answering does.
  setupClient: (client) => {
    client.pipelinedRequests.addBody = () => undefined;
  },
  ...(vary
    ? {
        requests: [
          {
            method,
            headers,
            setupRequest: (request) => {
              count += 1;
              return { ...request, body: body.replaceAll('@weight@', String(1 + (count % 1e9) / 1e9)) };
            },
          },
        ],
      }
    : { body }),
});
run.then((result) => {
  process.stdout.write(
    JSON.stringify({
      rate: result.requests.total / result.duration,
      p50: result.latency.p50,
      p99: result.latency.p99,
      failed: result.errors + result.timeouts + result.non2xx,
      bytes: result.throughput.total / Math.max(1, result.requests.total),
    }),
  );
});
