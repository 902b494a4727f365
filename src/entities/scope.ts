/** What a caller may do, least first; each includes those before it. */
export const SCOPES = ['read', 'steward', 'admin'] as const;
/** One of {@link SCOPES}: `read` reads data, `steward` also changes them, `admin` also manages who may. */
export type Scope = (typeof SCOPES)[number];

/** True where a text names a scope. */
export function isScope(text: unknown): text is Scope {
  return SCOPES.some((scope) => scope === text);
}

/** Whether who holds `held` may do what needs `needed`; null holds nothing. */
export function covers(held: Scope | null, needed: Scope): boolean {
  return held !== null && SCOPES.indexOf(held) >= SCOPES.indexOf(needed);
}

/** The one that includes all of them; null of none. */
export function highestOf(scopes: Iterable<Scope>): Scope | null {
  let highest: Scope | null = null;
  for (const scope of scopes) if (highest === null || covers(scope, highest)) highest = scope;
  return highest;
}
