import { BUNDLE_LIMITS, type BundleFile } from './limits';
import type { DataProblemCode, ProblemLog } from './report';
import { decodeText } from './text';

/** A JSON object of unknown content. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** Whether a value is a JSON object. */
export function isJsonObject(value: unknown): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Parses a JSON file of a bundle; undefined, with an error, if it cannot be used. */
export function readJson(file: BundleFile, bytes: Buffer, log: ProblemLog): unknown {
  const fail = (code: DataProblemCode, message: string, allowed: string): unknown => {
    log.error({ file, line: null, column: null, value: null, code, message, allowed });
    return undefined;
  };
  if (bytes.length > BUNDLE_LIMITS.jsonBytes) {
    return fail('TOO_LARGE', 'The file is too large.', `at most ${String(BUNDLE_LIMITS.jsonBytes)} bytes`);
  }
  const text = decodeText(file, bytes, log);
  if (text === null) return undefined;
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const reason = error instanceof Error ? ` (${error.message})` : '';
    return fail('JSON_INVALID', `The file is not valid JSON${reason}.`, 'JSON (RFC 8259)');
  }
  if (!isShallow(value, BUNDLE_LIMITS.jsonDepth)) {
    return fail('JSON_INVALID', 'The file is nested too deeply.', `at most ${String(BUNDLE_LIMITS.jsonDepth)} levels`);
  }
  if (!isStorable(value)) {
    return fail('TEXT_INVALID', 'A text holds a NUL character or half a surrogate pair.', 'well-formed Unicode text');
  }
  return value;
}

function isShallow(value: unknown, depth: number): boolean {
  if (typeof value !== 'object' || value === null) return true;
  return depth > 0 && Object.values(value).every((member) => isShallow(member, depth - 1));
}

/** PostgreSQL stores neither; CSV files cannot hold half a pair, since it is not valid UTF-8. */
function isStorable(value: unknown): boolean {
  if (typeof value === 'string') return !/\0|\p{Surrogate}/u.test(value);
  if (typeof value !== 'object' || value === null) return true;
  return Object.entries(value).every(([key, member]) => isStorable(key) && isStorable(member));
}
