/*
 * Lookups whose answer is there unless the program is wrong: they say so instead of going on with a made-up value. Not
 * for kernels, whose reads are in `numeric/at.ts`.
 */

/**
 * `items[index]`.
 * @throws RangeError where the list has no such item.
 */
export function itemAt<T>(items: readonly T[], index: number): T {
  const item = items[index];
  if (item === undefined)
    throw new RangeError(`There is no item ${String(index)} in a list of ${String(items.length)}.`);
  return item;
}

/**
 * The entry of a key.
 * @throws RangeError where the map has none.
 */
export function entryOf<K, V>(map: ReadonlyMap<K, V>, key: K): V {
  const entry = map.get(key);
  if (entry === undefined) throw new RangeError(`There is no entry ${String(key)}.`);
  return entry;
}
