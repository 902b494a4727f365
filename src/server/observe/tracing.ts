import type { IncomingHttpHeaders } from 'node:http';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApolloServerPlugin } from '@apollo/server';
import type { Attributes, Span as OtelSpan } from '@opentelemetry/api';
import type { FastifyInstance } from 'fastify';
import type { Span } from '../../rankings/spans';
import type { Context } from '../../resolvers/context';
import type { Step } from '../documents';
import type { RequestJournal } from './journal';

/** The trace of one request. */
export interface RequestTrace {
  /** Measures a part of the work, below the step that is under way. */
  readonly span: Span;
  /** Begins a step of the request. */
  readonly step: Step;
  /** Ends it. */
  end(attributes: Attributes, failed: boolean): void;
}

/** Traces requests, for a collector of OpenTelemetry. */
export interface Tracing {
  /** Begins the trace of a request, below that of its caller where the headers name one. */
  begin(name: string, headers: IncomingHttpHeaders): RequestTrace;
  /** Sends what is left, and stops. */
  close(): Promise<void>;
}

/** Milliseconds that a collector has to take what is left at the end. */
const LAST_SPANS_MS = 2000;

/** What traces are told under and where they go. */
export interface TracingOptions {
  /** Address of the collector, without `/v1/traces`. */
  readonly endpoint: string;
  /** Version of this service. */
  readonly version: string;
  /** Told where traces could not be sent, which stops nothing. */
  readonly onError: (error: unknown) => void;
}

/**
 * Starts tracing. The libraries are loaded here, so that who does not trace does not load them. They read
 * `OTEL_SERVICE_NAME`, `OTEL_RESOURCE_ATTRIBUTES`, `OTEL_TRACES_SAMPLER`, `OTEL_EXPORTER_OTLP_HEADERS` and so on by
 * themselves.
 */
export async function startTracing({ endpoint, version, onError }: TracingOptions): Promise<Tracing> {
  const [api, sdk, resources, { OTLPTraceExporter }, { W3CTraceContextPropagator }] = await Promise.all([
    import('@opentelemetry/api'),
    import('@opentelemetry/sdk-trace-base'),
    import('@opentelemetry/resources'),
    import('@opentelemetry/exporter-trace-otlp-http'),
    import('@opentelemetry/core'),
  ]);
  const { defaultTextMapGetter, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace } = api;
  const named = resources.resourceFromAttributes({ 'service.name': 'city-ranking', 'service.version': version });
  const given = resources.detectResources({ detectors: [resources.envDetector] });
  const exporter = new OTLPTraceExporter({ url: `${endpoint.replace(/\/+$/, '')}/v1/traces` });
  const provider = new sdk.BasicTracerProvider({
    resource: named.merge(given),
    spanProcessors: [new sdk.BatchSpanProcessor(exporter)],
  });
  const tracer = provider.getTracer('city-ranking', version);
  const propagator = new W3CTraceContextPropagator();
  return {
    begin(name, headers) {
      const parent = propagator.extract(ROOT_CONTEXT, headers, defaultTextMapGetter);
      const root = tracer.startSpan(name, { kind: SpanKind.SERVER }, parent);
      let current = root;
      const below = (span: OtelSpan, child: string, attributes: Attributes = {}): OtelSpan =>
        tracer.startSpan(child, { attributes }, trace.setSpan(ROOT_CONTEXT, span));
      return {
        span(part, what, work) {
          const span = below(current, part, what);
          return endedBy(work, (failed) => {
            if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
            span.end();
          });
        },
        step(step) {
          const span = below(root, step);
          current = span;
          return () => {
            if (current === span) current = root;
            span.end();
          };
        },
        end(attributes, failed) {
          root.setAttributes(attributes);
          if (failed) root.setStatus({ code: SpanStatusCode.ERROR });
          root.end();
        },
      };
    },
    async close() {
      const sent = provider.shutdown().catch((error: unknown) => {
        onError(error);
      });
      await Promise.race([sent, sleep(LAST_SPANS_MS, undefined, { ref: false })]);
    },
  };
}

/** Does work and says when it is over, at once or when its promise settles. */
function endedBy<T>(work: () => T, end: (failed: boolean) => void): T {
  let result: T;
  try {
    result = work();
  } catch (error) {
    end(true);
    throw error;
  }
  if (result instanceof Promise)
    result.then(
      () => {
        end(false);
      },
      () => {
        end(true);
      },
    );
  else end(false);
  return result;
}

/** Ends the trace of each request when it is over. */
export function endTraces(http: FastifyInstance, journal: RequestJournal): void {
  http.addHook('onResponse', (request, reply, done) => {
    const notes = journal.of(request);
    if (notes?.trace) {
      const { kind, operation, hash, cost, from } = notes;
      notes.trace.end(
        {
          'http.request.method': request.method,
          'http.response.status_code': reply.statusCode,
          'graphql.operation.type': kind ?? 'unknown',
          ...(operation !== null && { 'graphql.operation.name': operation }),
          ...(hash !== null && { 'graphql.document.hash': hash }),
          ...(cost !== null && { 'city_ranking.cost': cost }),
          ...(from !== null && { 'city_ranking.answer': from }),
          'city_ranking.request_id': request.id,
        },
        reply.statusCode >= 500,
      );
    }
    done();
  });
}

/** Has Apollo tell how long it runs each operation that is traced. */
export function traceExecution(journal: RequestJournal): ApolloServerPlugin<Context> {
  return {
    requestDidStart: ({ request: { http } }) => {
      const trace = (http && journal.of(http))?.trace;
      if (!trace) return Promise.resolve();
      let executed = (): void => undefined;
      return Promise.resolve({
        // Before anything runs the operation, compiled or not.
        responseForOperation() {
          executed = trace.step('execute');
          return Promise.resolve(null);
        },
        willSendResponse() {
          executed();
          return Promise.resolve();
        },
      });
    },
  };
}
