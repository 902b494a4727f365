/** Longest echo of a caller's value, in code points. */
const MAX_ECHO = 100;

/** The caller's value, shortened so that an answer never repeats a large input. */
export function echo(value: unknown): string | number | boolean | null {
  if (value === null || value === undefined) return null;
  if (typeof value === 'boolean') return value;
  if (typeof value === 'number') return Number.isFinite(value) ? value : String(value);
  const text = typeof value === 'string' ? value : JSON.stringify(value);
  // Only the first characters are looked at, so the cost does not grow with the input.
  const points = Array.from(text.slice(0, 2 * MAX_ECHO + 2));
  const short = points.length <= MAX_ECHO ? points.join('') : `${points.slice(0, MAX_ECHO).join('')}…`;
  return wellFormed(short);
}

/** Half a surrogate pair cannot be written as UTF-8, so it becomes the replacement character. */
export const wellFormed = (text: string): string => text.replace(/\p{Surrogate}/gu, '\uFFFD');
