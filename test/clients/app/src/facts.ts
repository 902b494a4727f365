/** What each client's program finds out; the test holds it against the service itself. */
export interface Facts {
  readonly firstPage: readonly string[];
  /** After the second page was fetched: what the cache holds of the list. */
  readonly merged: readonly string[];
  readonly mergedCities: number;
  /** The same city in two releases, read again from the cache after both were fetched. */
  readonly names: readonly (string | null)[];
  readonly ids: readonly (string | null)[];
  readonly sameCityInRankingAndAlone: boolean;
  readonly nodeType: string | null;
  readonly userErrors: readonly string[];
  /** Requests that went out. */
  readonly requests: number;
  /** A query whose objects were all in the cache: no request. */
  readonly requestsAfterRepeat: number;
}

/** Settings of a program, from its environment. */
export const url = process.env['CITY_RANKING_URL'] ?? '';

/** `fetch` that counts. */
export const counter = { requests: 0 };
export const countingFetch: typeof fetch = (input, init) => {
  counter.requests += 1;
  return fetch(input, init);
};

export function report(facts: Facts): void {
  console.log(JSON.stringify(facts));
}
