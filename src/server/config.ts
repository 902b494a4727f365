import { DEFAULT_CELL_OPERATIONS } from '../rankings/ledger';
import { compile } from '@fastify/proxy-addr';
import { bool, cleanEnv, makeValidator, str, type ReporterOptions } from 'envalid';
import { DEFAULT_PAGE_SIZE } from '../rankings/page';
import type { AnalysisLimits } from '../rankings/robustness.service';
import { MAX_REQUEST_DRAWS } from '../rankings/uncertainty-analysis';
import { ARGUMENT_LIMITS, type ArgumentLimits } from '../resolvers/rules';
import { monteCarlo } from '../scoring';

/** Limits on what one request may ask for. */
export interface Limits extends ArgumentLimits {
  /** Largest request body in bytes. */
  readonly bodyBytes: number;
  /** Longest address of a request in bytes. */
  readonly urlBytes: number;
  /** Most bytes of a request's headers, its address among them. */
  readonly headerBytes: number;
  /** Largest answer to a query in bytes, before it is compressed. */
  readonly responseBytes: number;
  /** PostgreSQL only: milliseconds that a statement may take; 0: no limit. */
  readonly statementMs: number;
  /** Most lexical tokens in a document. */
  readonly tokens: number;
  /** Deepest selection, fragments expanded; the root fields are at depth 1. */
  readonly depth: number;
  /** Most aliases in a document, fragments expanded. */
  readonly aliases: number;
  /** Most directives in an operation, fragments expanded. */
  readonly directives: number;
  /** Most root fields of an operation, fragments expanded. */
  readonly rootFields: number;
  /** Most root fields among them that run a ranking. */
  readonly scoringRootFields: number;
  /** Most items of any list in arguments and variables. */
  readonly listItems: number;
  /** Longest text in arguments and variables, in code points; cursors and ids have limits of their own. */
  readonly stringCharacters: number;
  /** Most nodes of an answer, as estimated. */
  readonly nodes: number;
  /** Most cell operations of one request. */
  readonly cellOperations: number;
}

/** Seconds that an answer may take. */
export interface Deadlines {
  /** For operations that run rankings or analyses. */
  readonly scoringSeconds: number;
  /** For all others. */
  readonly lookupSeconds: number;
}

/** Limits on long runs. */
export interface JobLimits {
  /** How many run at a time. */
  readonly concurrency: number;
  /** How many may wait. */
  readonly queue: number;
  /** How many of one caller may wait or run. */
  readonly perOwner: number;
  /** Seconds that one can be read after its end. */
  readonly keepSeconds: number;
  /** Largest sum of kept results in mebibytes. */
  readonly keepMiB: number;
}

/** Limits on files of rankings. */
export interface FileLimits {
  /** Seconds that a reader may take nothing before it is cut off. */
  readonly idleSeconds: number;
  /** Most cells of all tables that are being sent. */
  readonly openCells: number;
}

/** An identity provider whose tokens are taken. */
export interface JwtSettings {
  /** Where it publishes its keys. */
  readonly jwksUrl: string;
  /** What tokens must name as their issuer. */
  readonly issuer: string;
  /** What tokens must name as their audience. */
  readonly audience: string;
  /** The claim that names scopes. */
  readonly scopeClaim: string;
}

/** Everything that the process reads from its environment, checked. */
export interface Config {
  /** Port to listen on; 0 picks a free one. */
  readonly port: number;
  /** Address to listen on. */
  readonly host: string;
  /** `postgres://…`, or empty for SQLite. */
  readonly databaseUrl: string;
  /** SQLite file, or `:memory:`. */
  readonly sqlitePath: string;
  /** Folder or `.zip` of the bundle published into an empty database; empty for the built-in one. */
  readonly dataBundle: string;
  /** Address of an OpenTelemetry collector that traces go to; empty for none. */
  readonly otlpEndpoint: string;
  /** Seconds that what is under way has to end when the server is stopped. */
  readonly shutdownSeconds: number;
  /** Pino level. */
  readonly logLevel: (typeof LOG_LEVELS)[number];
  /** `production` hides schema hints in error messages. */
  readonly environment: (typeof ENVIRONMENTS)[number];
  /** Address under which the service is reached, without a slash at its end; empty where it does not matter. */
  readonly publicUrl: string;
  /** Origins that browsers may call from; empty: same origin only. */
  readonly corsOrigins: readonly string[];
  /** Whether who brings no key and no token may read. */
  readonly anonymousRead: boolean;
  /** Null where no tokens are taken. */
  readonly jwt: JwtSettings | null;
  /** What whoever reads the metrics must show; empty: anybody may. */
  readonly metricsToken: string;
  /** Whether the schema can be asked for. */
  readonly introspection: boolean;
  /** Whether `GET /graphql` serves the explorer to browsers. */
  readonly explorer: boolean;
  /** Seconds between looks for a release published by another process; 0 never looks. */
  readonly releaseCheckSeconds: number;
  /** Largest sum of kept results in mebibytes. */
  readonly resultCacheMiB: number;
  /** Threads for long work, beside the one that answers; 0: none, so that long work delays other answers. */
  readonly workers: number;
  /** Most memory of one of these threads for objects, in mebibytes; 0: Node's own limit. */
  readonly workerMemoryMiB: number;
  /** Analyses of each sort (on all threads, on one) that may be under way or wait before more are refused. */
  readonly workerQueue: number;
  /** Largest sum of kept answers in mebibytes; 0 keeps none. */
  readonly answerCacheMiB: number;
  /** JSON file of trusted documents by id; empty for none. */
  readonly trustedDocuments: string;
  /** Whether only those are run. */
  readonly trustedDocumentsOnly: boolean;
  /** Most rankings that are kept for citation. */
  readonly keptRankings: number;
  readonly jobs: JobLimits;
  /** Seconds within which the head of a request must have come. */
  readonly headersTimeoutSeconds: number;
  /** Seconds within which a whole request must have come, its body too. */
  readonly requestTimeoutSeconds: number;
  /** Seconds that a connection may be silent between two requests. */
  readonly keepAliveSeconds: number;
  readonly files: FileLimits;
  /** How much one analysis may be. */
  readonly analyses: AnalysisLimits;
  /** WebSockets and streams of events that may be open at a time. */
  readonly subscriptionConnections: number;
  /** Subscriptions that may run on one WebSocket at a time. */
  readonly subscriptionsPerSocket: number;
  readonly limits: Limits;
  /** Points of a client in a minute; 0: no limit. */
  readonly rateLimitPoints: number;
  /** Proxies whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  /** Seconds that an answer may take. */
  readonly deadlines: Deadlines;
}

/** Log levels, most verbose first. */
export const LOG_LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'] as const;
/** Kinds of environment. */
export const ENVIRONMENTS = ['development', 'production', 'test'] as const;

/** A setting that cannot be used; the message is one line that names each and says what is allowed. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

const integer = (min: number, max: number): ReturnType<typeof makeValidator<number>> =>
  makeValidator<number>((input: string) => {
    const value = Number(input);
    if (!/^\d+$/.test(input) || value < min || value > max)
      throw new Error(`is ${JSON.stringify(input)}; allowed: a whole number from ${String(min)} to ${String(max)}`);
    return value;
  });

const postgresUrl = makeValidator<string>((input: string) => {
  // The value may hold a password, so the message does not repeat it.
  if (input !== '' && !/^postgres(ql)?:\/\/./.test(input))
    throw new Error('is not empty and not a postgres:// address; allowed: postgres://user:password@host:port/database');
  return input;
});

const webAddress = makeValidator<string>((input: string) => {
  if (input !== '' && !/^https?:\/\/[^\s?#{}\\"<>]+$/.test(input))
    throw new Error(
      `is ${JSON.stringify(input.slice(0, 100))}; allowed: an address such as https://ranking.example.org`,
    );
  return input.replace(/\/+$/, '');
});

const origins = makeValidator<string>((input: string) => {
  for (const origin of splitList(input)) {
    if (!/^https?:\/\/[^/\s*]+$/.test(origin))
      throw new Error(
        `holds ${JSON.stringify(origin.slice(0, 100))}; allowed: comma-separated origins such as https://example.org`,
      );
  }
  return input;
});

const httpUrl = makeValidator<string>((input: string) => {
  if (!/^https?:\/\//.test(input) || !URL.canParse(input))
    throw new Error(`is ${JSON.stringify(input.slice(0, 200))}; allowed: an http:// or https:// address`);
  return input;
});

const jwksUrl = makeValidator<string>((input: string) => {
  // Names without a dot are those of containers and of this machine. From elsewhere, keys must come over TLS.
  if (
    !/^(https:\/\/[^\s/]+|http:\/\/([\w-]+|127\.0\.0\.1|\[::1\])(:\d+)?)(\/\S*)?$/i.test(input) ||
    !URL.canParse(input)
  )
    throw new Error(
      `is ${JSON.stringify(input.slice(0, 200))}; allowed: an https:// address, or an http:// one of this machine or of a name without dots`,
    );
  return input;
});

const secret = makeValidator<string>((input: string) => {
  // The message does not repeat it.
  if (input !== '' && !/^[\w.~+/=-]{16,512}$/.test(input))
    throw new Error('cannot be used; allowed: 16 to 512 of A–Z a–z 0–9 . _ ~ + / = -');
  return input;
});

const proxies = makeValidator<string>((input: string) => {
  try {
    compile(splitList(input));
  } catch {
    throw new Error(
      `is ${JSON.stringify(input.slice(0, 100))}; allowed: comma-separated addresses, networks such as 10.0.0.0/8, loopback, linklocal or uniquelocal`,
    );
  }
  return input;
});

const splitList = (text: string): string[] =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== '');

/**
 * Reads and checks the settings. Names and defaults are those of the README.
 * @throws ConfigError naming every setting that is wrong, in one line.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  // A setting that is present but empty means its default, as in compose files.
  const given = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const settings = cleanEnv(
    given,
    {
      PORT: integer(0, 65_535)({ default: 4000 }),
      HOST: str({ default: '127.0.0.1' }),
      DATABASE_URL: postgresUrl({ default: '' }),
      SQLITE_PATH: str({ default: './var/city-ranking.sqlite' }),
      DATA_BUNDLE: str({ default: '' }),
      OTEL_EXPORTER_OTLP_ENDPOINT: httpUrl({ default: '' }),
      SHUTDOWN_SECONDS: integer(0, 3600)({ default: 10 }),
      LOG_LEVEL: str({ choices: LOG_LEVELS, default: 'info' }),
      NODE_ENV: str({ choices: ENVIRONMENTS, default: 'production' }),
      PUBLIC_URL: webAddress({ default: '' }),
      CORS_ORIGINS: origins({ default: '' }),
      ANONYMOUS_READ: bool({ default: true }),
      JWT_JWKS_URL: jwksUrl({ default: '' }),
      JWT_ISSUER: str({ default: '' }),
      JWT_AUDIENCE: str({ default: '' }),
      JWT_SCOPE_CLAIM: str({ default: 'scope' }),
      METRICS_TOKEN: secret({ default: '' }),
      INTROSPECTION: bool({ default: true }),
      EXPLORER: bool({ default: true }),
      RELEASE_CHECK_SECONDS: integer(0, 86_400)({ default: 5 }),
      WORKERS: integer(0, 64)({ default: 2 }),
      WORKER_MEMORY_MIB: integer(0, 1_048_576)({ default: 0 }),
      WORKER_QUEUE: integer(1, 10_000)({ default: 32 }),
      RESULT_CACHE_MIB: integer(1, 65_536)({ default: 64 }),
      ANSWER_CACHE_MIB: integer(0, 65_536)({ default: 64 }),
      TRUSTED_DOCUMENTS: str({ default: '' }),
      TRUSTED_DOCUMENTS_ONLY: bool({ default: false }),
      KEPT_RANKINGS: integer(0, 100_000_000)({ default: 100_000 }),
      JOB_CONCURRENCY: integer(1, 64)({ default: 1 }),
      JOB_QUEUE: integer(0, 10_000)({ default: 16 }),
      JOB_PER_CALLER: integer(1, 10_000)({ default: 4 }),
      JOB_KEEP_SECONDS: integer(1, 604_800)({ default: 3600 }),
      JOB_KEEP_MIB: integer(1, 65_536)({ default: 256 }),
      HEADERS_TIMEOUT_SECONDS: integer(1, 3600)({ default: 10 }),
      REQUEST_TIMEOUT_SECONDS: integer(1, 3600)({ default: 15 }),
      KEEP_ALIVE_SECONDS: integer(1, 3600)({ default: 5 }),
      FILE_IDLE_SECONDS: integer(1, 3600)({ default: 30 }),
      SUBSCRIPTION_CONNECTIONS: integer(0, 100_000)({ default: 200 }),
      SUBSCRIPTIONS_PER_SOCKET: integer(1, 10_000)({ default: 10 }),
      DEADLINE_SCORING_SECONDS: integer(1, 3600)({ default: 10 }),
      DEADLINE_LOOKUP_SECONDS: integer(1, 3600)({ default: 2 }),
      RATE_LIMIT_POINTS: integer(0, 1_000_000_000)({ default: 600_000 }),
      TRUST_PROXY: proxies({ default: '' }),
      LIMIT_BODY_BYTES: integer(1024, 1_073_741_824)({ default: 128 * 1024 }),
      LIMIT_URL_BYTES: integer(256, 65_536)({ default: 8 * 1024 }),
      LIMIT_HEADER_BYTES: integer(1024, 1_048_576)({ default: 16 * 1024 }),
      LIMIT_RESPONSE_BYTES: integer(1024, 268_435_456)({ default: 8 * 1024 * 1024 }),
      LIMIT_STATEMENT_MS: integer(0, 3_600_000)({ default: 3000 }),
      LIMIT_TOKENS: integer(50, 1_000_000)({ default: 2000 }),
      LIMIT_DEPTH: integer(3, 100)({ default: 12 }),
      LIMIT_ALIASES: integer(0, 10_000)({ default: 30 }),
      LIMIT_DIRECTIVES: integer(0, 10_000)({ default: 20 }),
      LIMIT_ROOT_FIELDS: integer(1, 1000)({ default: 10 }),
      LIMIT_SCORING_ROOT_FIELDS: integer(1, 1000)({ default: 6 }),
      // Not below the page that is sent where nothing is said of its size.
      LIMIT_PAGE_SIZE: integer(DEFAULT_PAGE_SIZE, 100_000)({ default: ARGUMENT_LIMITS.pageSize }),
      LIMIT_CODES: integer(1, 100_000)({ default: ARGUMENT_LIMITS.codes }),
      LIMIT_INDICATOR_CODES: integer(1, 100_000)({ default: ARGUMENT_LIMITS.indicatorCodes }),
      LIMIT_LIST_ITEMS: integer(1, 1_000_000)({ default: 1000 }),
      LIMIT_STRING_CHARACTERS: integer(1, 1_000_000)({ default: 200 }),
      LIMIT_NODES: integer(10, 1_000_000_000)({ default: 50_000 }),
      LIMIT_CELL_OPERATIONS: integer(1000, 1_000_000_000_000)({ default: DEFAULT_CELL_OPERATIONS }),
      LIMIT_DRAWS: integer(2, monteCarlo.MAX_DRAWS)({ default: MAX_REQUEST_DRAWS }),
      LIMIT_JOB_CELL_OPERATIONS: integer(0, 1e15)({ default: 2e11 }),
      LIMIT_ANALYSIS_MIB: integer(16, 1_048_576)({ default: 1024 }),
      LIMIT_JOB_DRAWS: integer(2, monteCarlo.MAX_DRAWS)({ default: monteCarlo.MAX_DRAWS }),
      LIMIT_FILE_CELLS: integer(0, 1e12)({ default: 20_000_000 }),
    },
    { reporter: refuse },
  );
  return {
    port: settings.PORT,
    host: settings.HOST,
    databaseUrl: settings.DATABASE_URL,
    sqlitePath: settings.SQLITE_PATH,
    dataBundle: settings.DATA_BUNDLE,
    otlpEndpoint: settings.OTEL_EXPORTER_OTLP_ENDPOINT,
    shutdownSeconds: settings.SHUTDOWN_SECONDS,
    logLevel: settings.LOG_LEVEL,
    environment: settings.NODE_ENV,
    publicUrl: settings.PUBLIC_URL,
    corsOrigins: splitList(settings.CORS_ORIGINS),
    anonymousRead: settings.ANONYMOUS_READ,
    jwt: jwtSettings(settings.JWT_JWKS_URL, settings.JWT_ISSUER, settings.JWT_AUDIENCE, settings.JWT_SCOPE_CLAIM),
    metricsToken: settings.METRICS_TOKEN,
    introspection: settings.INTROSPECTION,
    explorer: settings.EXPLORER,
    releaseCheckSeconds: settings.RELEASE_CHECK_SECONDS,
    resultCacheMiB: settings.RESULT_CACHE_MIB,
    workers: settings.WORKERS,
    workerMemoryMiB: settings.WORKER_MEMORY_MIB,
    workerQueue: settings.WORKER_QUEUE,
    answerCacheMiB: settings.ANSWER_CACHE_MIB,
    trustedDocuments: settings.TRUSTED_DOCUMENTS,
    trustedDocumentsOnly: settings.TRUSTED_DOCUMENTS_ONLY,
    keptRankings: settings.KEPT_RANKINGS,
    jobs: {
      concurrency: settings.JOB_CONCURRENCY,
      queue: settings.JOB_QUEUE,
      perOwner: settings.JOB_PER_CALLER,
      keepSeconds: settings.JOB_KEEP_SECONDS,
      keepMiB: settings.JOB_KEEP_MIB,
    },
    headersTimeoutSeconds: settings.HEADERS_TIMEOUT_SECONDS,
    requestTimeoutSeconds: settings.REQUEST_TIMEOUT_SECONDS,
    keepAliveSeconds: settings.KEEP_ALIVE_SECONDS,
    files: { idleSeconds: settings.FILE_IDLE_SECONDS, openCells: settings.LIMIT_FILE_CELLS },
    analyses: {
      draws: settings.LIMIT_DRAWS,
      jobCellOperations: settings.LIMIT_JOB_CELL_OPERATIONS,
      jobDraws: settings.LIMIT_JOB_DRAWS,
      memoryBytes: settings.LIMIT_ANALYSIS_MIB * 2 ** 20,
    },
    subscriptionConnections: settings.SUBSCRIPTION_CONNECTIONS,
    subscriptionsPerSocket: settings.SUBSCRIPTIONS_PER_SOCKET,
    deadlines: {
      scoringSeconds: settings.DEADLINE_SCORING_SECONDS,
      lookupSeconds: settings.DEADLINE_LOOKUP_SECONDS,
    },
    rateLimitPoints: settings.RATE_LIMIT_POINTS,
    trustProxy: splitList(settings.TRUST_PROXY),
    limits: {
      bodyBytes: settings.LIMIT_BODY_BYTES,
      urlBytes: settings.LIMIT_URL_BYTES,
      headerBytes: settings.LIMIT_HEADER_BYTES,
      responseBytes: settings.LIMIT_RESPONSE_BYTES,
      statementMs: settings.LIMIT_STATEMENT_MS,
      tokens: settings.LIMIT_TOKENS,
      depth: settings.LIMIT_DEPTH,
      aliases: settings.LIMIT_ALIASES,
      directives: settings.LIMIT_DIRECTIVES,
      rootFields: settings.LIMIT_ROOT_FIELDS,
      scoringRootFields: settings.LIMIT_SCORING_ROOT_FIELDS,
      pageSize: settings.LIMIT_PAGE_SIZE,
      codes: settings.LIMIT_CODES,
      indicatorCodes: settings.LIMIT_INDICATOR_CODES,
      listItems: settings.LIMIT_LIST_ITEMS,
      stringCharacters: settings.LIMIT_STRING_CHARACTERS,
      nodes: settings.LIMIT_NODES,
      cellOperations: settings.LIMIT_CELL_OPERATIONS,
    },
  };
}

/** Tokens are taken where all of it is said: a token for somebody else, or of anybody, must not pass. */
function jwtSettings(jwksUrl: string, issuer: string, audience: string, scopeClaim: string): JwtSettings | null {
  const given = { JWT_JWKS_URL: jwksUrl, JWT_ISSUER: issuer, JWT_AUDIENCE: audience };
  const missing = Object.entries(given).filter(([, value]) => value === '');
  if (missing.length === Object.keys(given).length) return null;
  const [first] = missing;
  if (first)
    throw new ConfigError(
      `Bad setting: ${first[0]} is empty; allowed: JWT_JWKS_URL, JWT_ISSUER and JWT_AUDIENCE all given, or none`,
    );
  return { jwksUrl, issuer, audience, scopeClaim };
}

function refuse({ errors }: ReporterOptions<unknown>): void {
  const problems = Object.entries<Error | undefined>(errors).map(([name, error]) => `${name} ${error?.message ?? ''}`);
  if (problems.length > 0) throw new ConfigError(`Bad setting: ${problems.join('; ').replace(/\s+/g, ' ')}`);
}
