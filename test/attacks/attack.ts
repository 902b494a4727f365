import { hostSlowness } from './host-speed';
import { Client, startProcess, type Target } from './target';

/** What an attack may cost. */
export interface Budget {
  /**
   * Processor time of the server, in milliseconds, on the machine of {@link hostSlowness}; where this one is slower, as
   * many times more. Unlike the time on the clock it hardly depends on what else the machine does. The best of
   * {@link ATTEMPTS} counts, since code is compiled while it runs for the first time; the others may take {@link COLD}
   * times as much.
   */
  readonly cpuMs: number;
  /** Time on the clock, in milliseconds. */
  readonly clockMs: number;
}

/** Memory that the server's process may have grown by, in MiB. */
const MAX_GROWTH_MIB = 64;
const DEFAULT_BUDGET: Budget = { cpuMs: 500, clockMs: 10_000 };
const ATTEMPTS = 3;
const COLD = 5;

/** The canary: never answered from kept answers, it reads the database, and runs a ranking. */
const CANARY = `{
  city(code: "330100") { name }
  observations(filter: { cities: ["110000"], indicators: ["invention_patents_per_10k"], years: [2019] }) { nodes { value } }
  ranking(input: { cities: { tiers: ["first"] } }) { columns { cityCodes } }
}`;

/** Value and order as in the published data. */
const CANARY_ANSWER = {
  data: {
    city: { name: 'Hangzhou' },
    observations: { nodes: [{ value: 132 }] },
    ranking: { columns: { cityCodes: ['440300', '310000', '110000', '440100'] } },
  },
};

interface Usage {
  readonly cpuMs: number;
  readonly rssMiB: number;
}

async function usageOf(client: Client): Promise<Usage> {
  const { text } = await client.send('/metrics');
  const metric = (name: string): number => Number(new RegExp(`^${name} (\\S+)`, 'm').exec(text)?.[1]);
  return {
    cpuMs: metric('process_cpu_seconds_total') * 1000,
    rssMiB: metric('process_resident_memory_bytes') / 1024 / 1024,
  };
}

/** Declares the test of a case; `number` is that of `docs/security.md`. */
export type Attack<T extends Target = Target> = (
  number: number,
  title: string,
  run: (client: Client<T>) => Promise<void>,
  budget?: Partial<Budget>,
  timeoutMs?: number,
) => void;

/**
 * Starts one server for the tests of a file and gives what declares them. Every case is followed by the canary, and held
 * to its budget of time and to the bound on memory; none can forget it.
 * @param start the server to attack; a process of its own unless given
 */
export function underAttack(): Attack;
export function underAttack<T extends Target>(start: () => Promise<T>): Attack<T>;
export function underAttack(start: () => Promise<Target> = startProcess): Attack {
  let client: Client;
  beforeAll(async () => {
    client = new Client(await start());
    // What is loaded and compiled with the first requests is not the attack's.
    for (let i = 0; i < 5; i++) await expectCanary(client);
  }, 120_000);
  afterAll(() => client.target.stop());

  return (number, title, run, budget, timeoutMs) => {
    const { cpuMs, clockMs } = { ...DEFAULT_BUDGET, ...budget };
    test(
      `${String(number)} ${title}`,
      async () => {
        for (let attempt = 1; ; attempt++) {
          const before = await usageOf(client);
          const started = performance.now();
          await run(client);
          const clock = performance.now() - started;
          const after = await usageOf(client);
          await expectCanary(client);
          expect(client.target.alive()).toBe(true);
          const used = after.cpuMs - before.cpuMs;
          const growth = after.rssMiB - before.rssMiB;
          if (process.env['ATTACK_USAGE'])
            process.stderr.write(
              `${String(number)} ${title}: ${used.toFixed(0)} ms CPU, ${clock.toFixed(0)} ms, ${growth.toFixed(1)} MiB\n`,
            );
          expect(clock).toBeLessThan(clockMs);
          expect(growth).toBeLessThan(MAX_GROWTH_MIB);
          // A metric that is missing is NaN, and fails as well.
          expect(used).toBeGreaterThanOrEqual(0);
          if (used < cpuMs) return;
          const allowed = cpuMs * hostSlowness();
          if (used < allowed) return;
          expect(used).toBeLessThan(attempt < ATTEMPTS ? allowed * COLD : allowed);
        }
      },
      timeoutMs,
    );
  };
}

async function expectCanary(client: Client): Promise<void> {
  const { status, body } = await client.query(CANARY);
  expect({ status, body }).toEqual({ status: 200, body: CANARY_ANSWER });
}
