/** What a global id holds: the type's name in the schema, then what finds the object again. */
export type IdParts = readonly [type: string, ...key: unknown[]];

/** Longest id that is looked at, in characters; that of a ranking holds its recipe. */
export const MAX_ID_LENGTH = 64 * 1024;

/** Writes an opaque id: base64url of JSON. */
export function encodeId(parts: IdParts): string {
  return Buffer.from(JSON.stringify(parts)).toString('base64url');
}

/** As {@link encodeId}, with a last part that is JSON already, as canonical as `JSON.stringify` would write it. */
export function encodeIdWith(parts: IdParts, lastAsJson: string): string {
  return Buffer.from(`${JSON.stringify(parts).slice(0, -1)},${lastAsJson}]`).toString('base64url');
}

/** Reads an id back; null for what {@link encodeId} cannot have written. Only one spelling of an id is accepted. */
export function decodeId(id: string): IdParts | null {
  if (id.length > MAX_ID_LENGTH || !/^[A-Za-z0-9_-]+$/.test(id)) return null;
  const parsed = parseJson(Buffer.from(id, 'base64url').toString('utf8'));
  if (!Array.isArray(parsed)) return null;
  const [type, ...key] = parsed as readonly unknown[];
  if (typeof type !== 'string') return null;
  const parts: IdParts = [type, ...key];
  return encodeId(parts) === id ? parts : null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}
