import { setTimeout as sleep } from 'node:timers/promises';

/*
 * Loaded before a server (`node --expose-gc --require memory-probe.js …`) that was started with a channel: each message is
 * answered with the memory of the process. `true` asks for a collection first.
 */

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
  process.send?.(process.memoryUsage());
}
