import { execFile } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatMs, type Benchmark, type Row } from './bench';
import { onCore, pinned } from './http/cores';
import type { Held } from './http/memory-probe';
import { withRealServer } from './http/real-server';
import type { LoadReport, LoadSettings, Measured } from './mixed/load';

/*
 * Twenty queries at once, as many front ends would ask them: how many answers a second, how long each takes, whether any
 * is wrong, and whether memory stays. `MIXED_ROUNDS=6 npm run bench -- mixed` goes on for three minutes.
 */

const WARM_UP_SECONDS = 5;
const ROUND_SECONDS = 30;
const CONNECTIONS = 20;
/** More than any round can ask, so that no two rounds share a turn. */
const TURNS_OF_A_ROUND = 1_000_000;
/** A busy machine is to show in the times, not as errors: all deadlines are as long as the load waits for an answer. */
const PATIENCE_SECONDS = 60;
const SETTINGS = {
  RATE_LIMIT_POINTS: '0',
  DEADLINE_SCORING_SECONDS: String(PATIENCE_SECONDS),
  DEADLINE_LOOKUP_SECONDS: String(PATIENCE_SECONDS),
};
const rounds = Number(process.env['MIXED_ROUNDS'] ?? 1);

async function load(settings: LoadSettings): Promise<LoadReport> {
  const [program, ...rest] = [
    ...onCore(1),
    process.execPath,
    join(__dirname, 'mixed', 'load.js'),
    JSON.stringify(settings),
  ];
  const { stdout } = await promisify(execFile)(program, rest);
  const report = JSON.parse(stdout) as LoadReport;
  refuseErrors(report);
  return report;
}

/** A figure for wrong answers is worth nothing. */
function refuseErrors({ kinds, unanswered }: LoadReport): void {
  const wrong = kinds
    .filter(({ errors }) => errors > 0)
    .map(({ name, errors, answers, firstError }) => `${name}: ${errors} of ${answers} wrong: ${firstError ?? ''}`);
  if (unanswered > 0) wrong.push(`${unanswered} requests were not answered.`);
  if (wrong.length > 0) throw new Error(wrong.join('\n'));
}

function rowOf({ name, answers, p50, p99, most, errors }: Measured, seconds: number): Row {
  return {
    name,
    value: `${String(Math.round(answers / seconds))}/s`,
    note: `p50 ${formatMs(p50)}, p99 ${formatMs(p99)}, most ${formatMs(most)}, ${String(errors)} errors of ${String(answers)}`,
  };
}

const mebibytes = (bytes: number): string => `${String(Math.round(bytes / 1024 / 1024))} MiB`;

function memoryRow(name: string, { rss, heapUsed, external, descriptors }: Held): Row {
  const open = descriptors === null ? '' : `, ${String(descriptors)} descriptors`;
  return { name, value: mebibytes(rss), note: `heap ${mebibytes(heapUsed)}, outside it ${mebibytes(external)}${open}` };
}

/** Twenty kinds of query in turn on every connection. */
export const benchmark: Benchmark = {
  title: `Twenty queries mixed, ${String(CONNECTIONS)} connections, ${String(ROUND_SECONDS)} s${pinned ? ', server and load on a core each' : ''}`,
  async rows(): Promise<readonly Row[]> {
    return withRealServer(
      async ({ address, held }) => {
        const settings = { address, connections: CONNECTIONS, patienceSeconds: PATIENCE_SECONDS };
        const memories = [memoryRow('resident memory at the start', await held(true))];
        await load({ ...settings, seconds: WARM_UP_SECONDS, firstTurn: 0 });
        memories.push(memoryRow('after the warm-up, collected', await held(true)));
        const rows: Row[] = [];
        for (let round = 1; round <= rounds; round++) {
          const report = await load({ ...settings, seconds: ROUND_SECONDS, firstTurn: round * TURNS_OF_A_ROUND });
          const never = report.kinds.find(({ answers }) => answers === 0);
          if (never) throw new Error(`${never.name}: no answer in ${String(ROUND_SECONDS)} s.`);
          if (round === rounds) rows.push(...report.kinds.map((kind) => rowOf(kind, report.seconds)));
          const name = rounds === 1 ? '' : ` of round ${String(round)}`;
          rows.push(rowOf({ ...report.all, name: `all${name}` }, report.seconds));
          memories.push(memoryRow(`at the end${name}`, await held(false)));
          memories.push(memoryRow(`at the end${name}, collected`, await held(true)));
        }
        const busy = `load ${loadavg()[0]?.toFixed(1) ?? '?'}`;
        return [...rows, ...memories, { name: 'the machine', value: busy, note: 'over the last minute' }];
      },
      { before: onCore(0), env: SETTINGS },
    );
  },
};
