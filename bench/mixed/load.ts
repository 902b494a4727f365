import autocannon from 'autocannon';
import { faultOf, type Reply, type Sent } from './requests';
import { workloadFor, type Kind } from './workload';

/*
 * The load, in a process of its own: `node load.js '<LoadSettings as JSON>'`. Prints a LoadReport as JSON.
 */

/** What the load is. */
export interface LoadSettings {
  /** Of the server, such as `http://127.0.0.1:4000`. */
  readonly address: string;
  readonly connections: number;
  readonly seconds: number;
  /** Seconds after which an answer is waited for no longer. */
  readonly patienceSeconds: number;
  /** Turns start from here; no two runs against a server may share any, or answers are found that should be made. */
  readonly firstTurn: number;
}

/** How one kind of request was answered, or all together. */
export interface Measured {
  readonly name: string;
  readonly answers: number;
  /** Milliseconds from the request to the last byte of the answer. */
  readonly p50: number;
  readonly p99: number;
  readonly most: number;
  /** Answers that were not as they should be, and the first of them. */
  readonly errors: number;
  readonly firstError: string | null;
}

/** What came of a load. */
export interface LoadReport {
  readonly seconds: number;
  readonly kinds: readonly Measured[];
  readonly all: Measured;
  /** Requests that no answer came to. */
  readonly unanswered: number;
}

/** What is noted of a kind while the load runs. */
interface Notes {
  readonly kind: Kind;
  readonly times: number[];
  errors: number;
  firstError: string | null;
}

async function run({ address, connections, seconds, patienceSeconds, firstTurn }: LoadSettings): Promise<LoadReport> {
  const kinds = await workloadFor((sent) => fetchReply(address, sent));
  const notes: readonly Notes[] = kinds.map((kind) => ({ kind, times: [], errors: 0, firstError: null }));
  let turn = firstTurn;
  let clients = 0;
  const result = await autocannon({
    url: address,
    connections,
    duration: seconds,
    timeout: patienceSeconds,
    // Each connection asks all kinds in turn, each from another one on, so that they do not all ask the same at once.
    setupClient(client) {
      const start = clients++ % notes.length;
      let asked: Notes | null = null;
      client.setRequests(
        [...notes.slice(start), ...notes.slice(0, start)].map((note) => ({
          setupRequest: (request) => Object.assign(request, note.kind.request(turn++)),
          onResponse(status, body) {
            asked = note;
            const fault = faultOf(note.kind, status, body);
            if (fault === null) return;
            note.errors += 1;
            note.firstError ??= fault;
          },
        })),
      );
      // Comes right after `onResponse`, which is not told how long it took.
      client.on('response', (_status, _bytes, milliseconds) => {
        asked?.times.push(milliseconds);
      });
    },
  });
  return {
    seconds: result.duration,
    kinds: notes.map((note) => measured(note.kind.name, [note])),
    all: measured('all', notes),
    unanswered: result.errors + result.timeouts,
  };
}

function measured(name: string, notes: readonly Notes[]): Measured {
  const times = notes.flatMap((note) => note.times).sort((a, b) => a - b);
  const at = (share: number): number => times[Math.min(times.length - 1, Math.floor(share * times.length))] ?? NaN;
  return {
    name,
    answers: times.length,
    p50: at(0.5),
    p99: at(0.99),
    most: at(1),
    errors: notes.reduce((sum, note) => sum + note.errors, 0),
    firstError: notes.find((note) => note.firstError !== null)?.firstError ?? null,
  };
}

async function fetchReply(address: string, { path, ...init }: Sent): Promise<Reply> {
  const response = await fetch(address + path, init);
  return {
    status: response.status,
    etag: response.headers.get('etag') ?? undefined,
    body: await response.text(),
  };
}

const [, , settings = ''] = process.argv;
run(JSON.parse(settings) as LoadSettings).then(
  (report) => process.stdout.write(JSON.stringify(report)),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
