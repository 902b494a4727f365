import { hash } from 'node:crypto';
import { textAt } from './numeric/at';

/** Longest text whose quoted form is remembered, in UTF-16 units: codes and names are shorter, digests longer. */
const MAX_LENGTH = 40;
/** Most texts that are remembered; all are forgotten when there are more. */
const MAX_TEXTS = 5000;

/** Most keys that are sorted by insertion, which takes time that grows with the square of their number. */
const MAX_INSERTED = 32;

const quoted = new Map<string, string>();

/** A text as JSON. Recipes and answers say the same codes and names over and over; looking one up takes a third of escaping it. */
export function quote(text: string): string {
  const known = quoted.get(text);
  if (known !== undefined) return known;
  const made = JSON.stringify(text);
  if (text.length > MAX_LENGTH) return made;
  if (quoted.size >= MAX_TEXTS) quoted.clear();
  quoted.set(text, made);
  return made;
}

/** The keys of an object in order of UTF-16 units. By insertion, since sorting a list sets up kilobytes of its own each time. */
export function sortedKeys(record: object): string[] {
  const keys = Object.keys(record);
  if (keys.length > MAX_INSERTED) return keys.sort();
  for (let k = 1; k < keys.length; k++) {
    const key = textAt(keys, k);
    let place = k;
    for (; place > 0 && textAt(keys, place - 1) > key; place--) keys[place] = textAt(keys, place - 1);
    keys[place] = key;
  }
  return keys;
}

/** A value that stands for its canonical JSON, which has been written before. */
export class CanonicalText {
  readonly text: string;

  constructor(value: unknown) {
    this.text = canonicalJson(value);
  }
}

/**
 * JSON with sorted keys and no white space (the number and string forms of RFC 8785), so that equal values give equal
 * bytes. `undefined` members are left out, −0 is 0.
 */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number') return Number.isFinite(value) ? String(value) : 'null';
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  let members = '';
  if (Array.isArray(value)) {
    for (const item of value as readonly unknown[])
      members += `${members === '' ? '' : ','}${canonicalJson(item ?? null)}`;
    return `[${members}]`;
  }
  if (value instanceof CanonicalText) return value.text;
  const record = value as Readonly<Record<string, unknown>>;
  for (const key of sortedKeys(record)) {
    const member = record[key];
    if (member === undefined) continue;
    members += `${members === '' ? '' : ','}${quote(key)}:${canonicalJson(member)}`;
  }
  return `{${members}}`;
}

/** SHA-256 of a value's canonical JSON, 64 hexadecimal digits. */
export function digestOf(value: unknown): string {
  return hash('sha256', canonicalJson(value));
}
