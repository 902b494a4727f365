import { types } from 'node:util';

/**
 * About how many bytes of memory a value holds on to: its arrays of numbers, its texts, and a little for each object.
 * What is met twice counts once, and whatever `shared` holds counts nothing.
 */
export function bytesOf(value: unknown, shared: readonly object[] = []): number {
  const seen = new Set<object>(shared);
  const stack: unknown[] = [value];
  let bytes = 0;
  while (stack.length > 0) {
    const item = stack.pop();
    if (typeof item === 'string') bytes += 2 * item.length;
    if (typeof item !== 'object' || item === null || seen.has(item)) continue;
    seen.add(item);
    bytes += 64;
    if (ArrayBuffer.isView(item)) stack.push(item.buffer);
    else if (types.isAnyArrayBuffer(item)) bytes += item.byteLength;
    else if (item instanceof Map) for (const [key, member] of item) stack.push(key, member);
    else {
      const members: unknown[] = item instanceof Set ? [...(item as Set<unknown>)] : Object.values(item);
      bytes += 8 * members.length;
      for (const member of members) stack.push(member);
    }
  }
  return bytes;
}
