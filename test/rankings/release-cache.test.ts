import { Release, type ReleaseData } from '../../src/entities';
import { ReleaseCache } from '../../src/rankings/release-cache';

const release = (sequence: number): Release =>
  Object.assign(new Release(), { sequence, version: `v${String(sequence)}`, digest: `d${String(sequence)}` });

/** A store of releases that counts what it is asked. */
class Store {
  releases: Release[] = [];
  readonly calls: string[] = [];
  failing = false;

  current(): Promise<Release | null> {
    this.calls.push('current');
    return Promise.resolve(this.releases.at(-1) ?? null);
  }

  byVersion(version: string): Promise<Release | null> {
    this.calls.push(`find ${version}`);
    return Promise.resolve(this.releases.find((candidate) => candidate.version === version) ?? null);
  }

  async load(found: Release): Promise<ReleaseData> {
    this.calls.push(`load ${found.version}`);
    await Promise.resolve();
    if (this.failing) throw new Error('cut off');
    const empty = new Map<string, never>();
    return {
      release: found,
      cities: new Map([['a', { code: 'a' }]]),
      indicators: empty,
      sources: empty,
      indexFrameworks: empty,
      methodologies: empty,
      frameworkNodes: empty,
      publishedRankings: [],
      initiatives: [],
    } as unknown as ReleaseData;
  }
}

let store: Store;
let cache: ReleaseCache;
beforeEach(() => {
  store = new Store();
  cache = new ReleaseCache(store, store);
});

describe('ReleaseCache', () => {
  it('is not ready before a release is there', async () => {
    expect(await cache.refresh()).toBe(false);
    expect(cache.loaded).toBeNull();
    await expect(cache.get(null)).rejects.toMatchObject({ code: 'NOT_READY' });
  });

  it('loads the newest release once and then asks nothing more', async () => {
    store.releases = [release(1), release(2)];
    expect(await cache.refresh()).toBe(true);
    store.calls.length = 0;
    expect((await cache.get(null)).release.version).toBe('v2');
    expect((await cache.get(undefined)).release.version).toBe('v2');
    expect((await cache.get('v2')).release.version).toBe('v2');
    expect(store.calls).toEqual([]);
  });

  it('loads an older release when it is asked for, once, also by simultaneous callers', async () => {
    store.releases = [release(1), release(2)];
    await cache.refresh();
    store.calls.length = 0;
    const both = await Promise.all([cache.get('v1'), cache.get('v1')]);
    expect(both[0]).toBe(both[1]);
    expect(store.calls.filter((call) => call === 'load v1')).toHaveLength(1);
    store.calls.length = 0;
    await cache.get('v1');
    expect(store.calls).toEqual([]);
  });

  it('takes over a new release and keeps the one before it', async () => {
    store.releases = [release(1)];
    await cache.refresh();
    expect(await cache.refresh()).toBe(false);
    store.releases.push(release(2));
    expect(await cache.refresh()).toBe(true);
    store.calls.length = 0;
    expect((await cache.get(null)).release.version).toBe('v2');
    expect((await cache.get('v1')).release.version).toBe('v1');
    expect(store.calls).toEqual([]);
  });

  it('goes on with the old release when the new one cannot be loaded, and tries again', async () => {
    store.releases = [release(1)];
    await cache.refresh();
    store.releases.push(release(2));
    store.failing = true;
    await expect(cache.refresh()).rejects.toThrow('cut off');
    expect((await cache.get(null)).release.version).toBe('v1');
    store.failing = false;
    expect(await cache.refresh()).toBe(true);
    expect((await cache.get(null)).release.version).toBe('v2');
  });

  it('does not know a version that is not there', async () => {
    store.releases = [release(1)];
    await cache.refresh();
    await expect(cache.get('nope')).rejects.toMatchObject({
      code: 'NOT_FOUND',
      problems: [{ path: 'release', value: 'nope' }],
    });
  });

  it('tells which release a row is of', async () => {
    store.releases = [release(1), release(2)];
    await cache.refresh();
    const [old, current] = [await cache.get('v1'), await cache.get('v2')];
    for (const data of [old, current]) for (const city of data.cities.values()) expect(cache.dataOf(city)).toBe(data);
    expect(() => cache.dataOf({})).toThrow('not read through the release cache');
  });
});
