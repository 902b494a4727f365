import crypto, { createHash } from 'node:crypto';
import type { ApiKey } from '../../../src/entities';
import { showsSecret } from '../../../src/server/access/shared-secret';
import { ApiKeys, hashOfKey, KEY_BELIEVED_MS, makeKey } from '../../../src/server/access/api-keys';

jest.mock('node:crypto', () => {
  const real = jest.requireActual<typeof crypto>('node:crypto');
  return { ...real, timingSafeEqual: jest.fn(real.timingSafeEqual) };
});

const NOW = Date.parse('2026-03-01T00:00:00.000Z');
const made = (more: Partial<Parameters<typeof makeKey>[0]> = {}) =>
  makeKey({ name: 'Ada', scope: 'steward', expiresAt: null, ...more }, new Date(NOW));

/** Keys over a table in memory, at a time that the test sets. */
function keysOver(...stored: Readonly<ApiKey>[]) {
  const rows = new Map(stored.map((row) => [row.publicId, { ...row }]));
  const clock = { now: NOW };
  const find = jest.fn((id: string) => Promise.resolve(rows.get(id) ?? null));
  const touch = jest.fn<Promise<void>, [id: string, at: string]>(() => Promise.resolve());
  const onTouchError = jest.fn();
  const keys = new ApiKeys({ repository: { find, touch }, onTouchError, now: () => clock.now });
  return { keys, rows, clock, find, touch, onTouchError };
}

describe('a new key', () => {
  it('has 256 random bits and a public id; the row holds the SHA-256 of it and nothing more', () => {
    const { key, row } = made();
    const [, id = '', secret = ''] = /^crk_([0-9a-f]{16})_(.+)$/.exec(key) ?? [];
    expect(Buffer.from(secret, 'base64url')).toHaveLength(32);
    expect(row).toEqual({
      publicId: id,
      hash: createHash('sha256').update(key).digest('hex'),
      name: 'Ada',
      scope: 'steward',
      createdAt: '2026-03-01T00:00:00.000Z',
      expiresAt: null,
      revokedAt: null,
      lastUsedAt: null,
    });
    expect(JSON.stringify(row)).not.toContain(secret);
    expect(made().key).not.toBe(key);
  });

  it.each(['', 'x'.repeat(101), 'two\nlines', '\u001b[31mred'])('the name %j is refused', (name) => {
    expect(() => made({ name })).toThrow(/allowed: 1 to 100 characters/);
  });

  it('an expiry that has passed is refused', () => {
    expect(() => made({ expiresAt: new Date(NOW) })).toThrow(/has passed; allowed: a time to come/);
  });
});

describe('a key is checked', () => {
  it('and known by its row', async () => {
    const { key, row } = made();
    const { keys } = keysOver(made().row, row);
    expect(await keys.check(key)).toMatchObject({ publicId: row.publicId, scope: 'steward' });
  });

  it('in constant time, whether there is one of that id or not', async () => {
    const { key, row } = made();
    const { keys } = keysOver(row);
    const other = `${key.slice(0, -1)}${key.endsWith('A') ? 'B' : 'A'}`;
    const compare = jest.mocked(crypto.timingSafeEqual).mockClear();
    expect(await keys.check(other)).toBeNull();
    expect(await keys.check(made().key)).toBeNull();
    expect(compare).toHaveBeenCalledTimes(2);
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual([
      [32, 32],
      [32, 32],
    ]);
  });

  it('the token of the metrics in constant time as well, whatever its length', () => {
    const compare = jest.mocked(crypto.timingSafeEqual).mockClear();
    const shown = [
      'Bearer right',
      'Bearer wrong',
      'Bearer rig',
      `Bearer ${'x'.repeat(5000)}`,
      'Basic right',
      undefined,
    ];
    const found = shown.map((authorization) =>
      showsSecret(authorization === undefined ? {} : { authorization }, 'right'),
    );
    expect(found).toEqual([true, false, false, false, false, false]);
    expect(compare.mock.calls.map(([a, b]) => [a.byteLength, b.byteLength])).toEqual(shown.map(() => [32, 32]));
  });

  it.each([
    ['nothing', ''],
    ['a prefix', 'crk_'],
    ['a part of the key', made().key.slice(0, -1)],
    ['more than the key', `${made().key}A`],
    ['the hash', hashOfKey(made().key)],
    ['SQL', "crk_' OR 1=1 --_x"],
  ])('%s is none, and the database is not asked', async (_name, text) => {
    const { keys, find } = keysOver(made().row);
    expect(await keys.check(text)).toBeNull();
    expect(find).not.toHaveBeenCalled();
  });

  it('one that has expired is none, to the millisecond', async () => {
    const { key, row } = made({ expiresAt: new Date(NOW + 5000) });
    const { keys, clock } = keysOver(row);
    clock.now = NOW + 4999;
    expect(await keys.check(key)).not.toBeNull();
    clock.now = NOW + 5000;
    expect(await keys.check(key)).toBeNull();
  });

  it('one that is revoked is none after the time that a row is believed', async () => {
    const { key, row } = made();
    const { keys, rows, clock, find } = keysOver(row);
    expect(await keys.check(key)).not.toBeNull();
    rows.set(row.publicId, { ...row, revokedAt: new Date(NOW).toISOString() });
    clock.now = NOW + KEY_BELIEVED_MS + 1;
    expect(await keys.check(key)).toBeNull();
    expect(find).toHaveBeenCalledTimes(2);
  });

  it('callers at once share one look, also for what is not there', async () => {
    const { keys, find } = keysOver();
    const { key } = made();
    expect(await Promise.all(Array.from({ length: 20 }, () => keys.check(key)))).toEqual(Array(20).fill(null));
    await keys.check(key);
    expect(find).toHaveBeenCalledTimes(1);
  });

  it('a database that cannot be reached is an error, and is asked again', async () => {
    const { key, row } = made();
    const { keys, find } = keysOver(row);
    find.mockRejectedValueOnce(new Error('gone'));
    await expect(keys.check(key)).rejects.toThrow('gone');
    expect(await keys.check(key)).not.toBeNull();
  });

  it('its use is noted once an hour, and not being able to stops nothing', async () => {
    const { key, row } = made();
    const { keys, touch, clock, onTouchError } = keysOver(row);
    touch.mockRejectedValueOnce(new Error('read-only'));
    for (let i = 0; i < 3; i++) expect(await keys.check(key)).not.toBeNull();
    expect(touch.mock.calls).toEqual([[row.publicId, '2026-03-01T00:00:00.000Z']]);
    expect(onTouchError).toHaveBeenCalledTimes(1);
    clock.now = NOW + 3_600_000;
    expect(await keys.check(key)).not.toBeNull();
    expect(touch).toHaveBeenCalledTimes(2);
  });
});
