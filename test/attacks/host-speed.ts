/**
 * Processor time that {@link pieceOfWork} takes at its best on the machine that budgets of attacks are stated for, in ms:
 * a virtual core of an Intel Xeon of 2023 (Sapphire Rapids, 2.1 GHz) under Node 20, with nothing else to do.
 */
const STATED_MS = 20;
/** A machine that is slower than by this factor fails tests, as does a server that is. */
const MOST = 4;
const TRIES = 7;

/**
 * How many times slower this machine is at this moment than the one that budgets are stated for: 1 where it is as fast or
 * faster, at most {@link MOST}.
 *
 * A fixed piece of plain JavaScript, none of it the server's, is timed in processor time of this process, so that others
 * that want the processor do not count; the best of {@link TRIES} is taken, since the first ones compile. A server that
 * does more work than before does not change the factor, and work that grows with the square of what is sent grows by
 * more than {@link MOST}.
 */
export function hostSlowness(): number {
  let best = Infinity;
  for (let index = 0; index < TRIES; index++) {
    const before = process.cpuUsage();
    pieceOfWork();
    const { user, system } = process.cpuUsage(before);
    best = Math.min(best, (user + system) / 1000);
  }
  return Math.min(MOST, Math.max(1, best / STATED_MS));
}

/** What a server does for the most part: makes texts and objects, finds them by name, sorts, writes JSON and reads it. */
function pieceOfWork(): number {
  const groups = new Map<string, { readonly name: string; readonly members: number[] }>();
  let state = 1;
  for (let index = 0; index < 40_000; index++) {
    state = (state * 48_271) % 2_147_483_647;
    const name = `field${String(state % 4000)}`;
    const group = groups.get(name) ?? { name, members: [] };
    group.members.push(index);
    groups.set(name, group);
  }
  const sorted = [...groups.values()].sort((a, b) => b.members.length - a.members.length || (a.name < b.name ? -1 : 1));
  const parsed: unknown = JSON.parse(JSON.stringify(sorted));
  return Array.isArray(parsed) ? parsed.length : 0;
}
