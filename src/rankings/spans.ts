/** Parts of the work for a request whose time is told apart. */
export type SpanName = 'ranking' | 'analysis';

/**
 * Does a part of the work and gives what it gives, a promise or not. Whoever traces a request measures it on the way.
 * @param what a word or number or two on what it is about
 */
export type Span = <T>(name: SpanName, what: Readonly<Record<string, string | number>>, work: () => T) => T;

/** Measures nothing. */
export const untraced: Span = (_name, _what, work) => work();
