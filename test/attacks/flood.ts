import type { Client } from './target';

/** Requests that are under way at a time. */
const AT_A_TIME = 4;
/** How often, in rankings, the one is asked for that is asked for again. */
const EVERY = 10;

const QUERY = `query ($w: Float!) {
  ranking(
    input: {
      cities: { tiers: ["first"] }
      recipe: { weight: { method: GIVEN, weights: [{ node: "governance", weight: $w }] } }
    }
  ) {
    rows { nodes { score city { code } nodeScores { node score rank weight effectiveWeight } } }
  }
}`;

interface Flood {
  readonly rankings: number;
  /** What each of the server's two caches may hold. */
  readonly cacheMiB: number;
  /** The weights lie between this and one more, 2 unless given: other floods of the same server have others. */
  readonly from?: number;
}

/**
 * Asks for so many rankings that nobody asks for again, and now and then for one that is: what is kept stays within its
 * bounds although far more came by, and that one is always kept.
 */
export async function flood(client: Client, { rankings, cacheMiB, from = 2 }: Flood): Promise<void> {
  /** The value of a metric of a cache. */
  const metrics = async (): Promise<(name: string, cache: string) => number> => {
    const { text } = await client.send('/metrics');
    return (name, cache) => Number(new RegExp(`^${name}\\{cache="${cache}"\\} (\\S+)$`, 'm').exec(text)?.[1]);
  };
  // Asked for twice, so that nothing of it is new.
  await client.query(QUERY, { w: 1 });
  const hot = (await client.query(QUERY, { w: 1 })).text;
  const before = await metrics();
  let next = 0;
  let again = 0;
  let bytes = 0;
  const ask = async (): Promise<void> => {
    while (next < rankings) {
      const k = next++;
      const { status, text } = await client.query(QUERY, { w: from + k / rankings });
      expect([status, text === hot]).toEqual([200, false]);
      bytes += text.length;
      if (k % EVERY !== 0) continue;
      again += 1;
      expect((await client.query(QUERY, { w: 1 })).text).toBe(hot);
    }
  };
  await Promise.all(Array.from({ length: AT_A_TIME }, ask));
  const after = await metrics();
  const grown = (name: string, cache: string): number => after(name, cache) - before(name, cache);
  const most = cacheMiB * 1024 * 1024;
  // As many came by as overflow either cache.
  expect(bytes).toBeGreaterThan(2 * most);
  for (const cache of ['answers', 'results']) {
    expect(after('cache_bytes', cache)).toBeLessThanOrEqual(most);
    expect(after('cache_entries', cache)).toBeGreaterThan(0);
    expect(after('cache_entries', cache)).toBeLessThan(rankings / 2);
  }
  // Each of the others was computed; the one was so only before.
  expect(grown('cache_misses_total', 'results')).toBe(rankings);
  expect(grown('cache_hits_total', 'answers')).toBe(again);
}
