import { readdirSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

/*
 * Loaded before a server (`node --expose-gc --require memory-probe.js …`) that was started with a channel: each message is
 * answered with what the process holds. `true` asks for a collection first.
 */

/** Memory in bytes. */
export interface Held extends NodeJS.MemoryUsage {
  /** Open files, sockets and the like; null where the system does not tell. */
  readonly descriptors: number | null;
}

/** Milliseconds until what a collection has freed outside the heap is given back. */
const SETTLE_MS = 200;

process.on('message', (collect: unknown) => {
  void report(collect === true);
});

async function report(collect: boolean): Promise<void> {
  if (collect) {
    globalThis.gc?.();
    await sleep(SETTLE_MS);
    globalThis.gc?.();
  }
  const held: Held = { ...process.memoryUsage(), descriptors: descriptors() };
  process.send?.(held);
}

function descriptors(): number | null {
  try {
    // Without the one that reads the folder.
    return readdirSync('/proc/self/fd').length - 1;
  } catch {
    return null;
  }
}
