import * as fc from 'fast-check';
import { decodeCursor, encodeCursor, pageOf, type ListOrder, type PageRequest } from '../../src/rankings/page';
import { RequestError } from '../../src/rankings/request-error';

interface Item {
  readonly key: string;
  readonly value: number | null;
}

const ORDER: ListOrder<Item> = { scope: 'items:VALUE:asc', keyOf: (item) => item.key, valueOf: (item) => item.value };

/** Lists full of ties and nulls. */
const items = fc
  .uniqueArray(fc.record({ key: fc.string({ maxLength: 5 }), value: fc.option(fc.integer({ min: 0, max: 3 })) }), {
    selector: (item) => item.key,
    maxLength: 40,
  })
  .map((list) => list.sort((a, b) => (a.value ?? 99) - (b.value ?? 99) || (a.key < b.key ? -1 : 1)));

function walk(list: readonly Item[], size: number, backward: boolean): Item[] {
  const seen: Item[] = [];
  let request: PageRequest = backward ? { last: size } : { first: size };
  for (;;) {
    const page = pageOf(list, ORDER, request);
    if (backward) seen.unshift(...page.nodes);
    else seen.push(...page.nodes);
    expect(page.totalCount).toBe(list.length);
    const { hasNextPage, hasPreviousPage, startCursor, endCursor } = page.pageInfo;
    if (!(backward ? hasPreviousPage : hasNextPage)) return seen;
    request = backward ? { last: size, before: startCursor } : { first: size, after: endCursor };
  }
}

describe('pageOf', () => {
  it('gives every item once with any page size from either end, through ties and nulls', () => {
    fc.assert(
      fc.property(items, fc.integer({ min: 1, max: 10 }), fc.boolean(), (list, size, backward) => {
        expect(walk(list, size, backward)).toEqual(list);
      }),
    );
  });

  it('refuses the cursor of an item that has moved or gone', () => {
    const list: Item[] = [
      { key: 'a', value: 1 },
      { key: 'b', value: null },
    ];
    const [first, last] = pageOf(list, ORDER, {}).edges;
    const changed: Item[] = [{ key: 'a', value: 2 }];
    for (const after of [first?.cursor, last?.cursor])
      expect(() => pageOf(changed, ORDER, { after: after ?? '' })).toThrow(RequestError);
  });

  it('is empty with null cursors on an empty list', () => {
    const page = pageOf([], ORDER, {});
    expect(page.nodes).toEqual([]);
    expect(page.pageInfo).toEqual({ hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null });
  });
});

describe('cursors', () => {
  it('come back as they were', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.oneof(
          fc.string(),
          fc.double({ noNaN: true, noDefaultInfinity: true }).filter((x) => !Object.is(x, -0)),
          fc.constant(null),
        ),
        fc.array(fc.oneof(fc.string(), fc.integer()), { minLength: 1, maxLength: 3 }),
        (scope, value, key) => {
          const cursor = encodeCursor({ scope, value, key });
          expect(cursor).toMatch(/^[A-Za-z0-9_-]+$/);
          expect(decodeCursor(cursor, scope, 'after')).toEqual({ scope, value, key });
        },
      ),
    );
  });

  it('tell null from zero and from the empty string', () => {
    const cursors = [null, 0, ''].map((value) => encodeCursor({ scope: 's', value, key: ['k'] }));
    expect(new Set(cursors).size).toBe(3);
  });

  it('have one spelling', () => {
    const spaced = Buffer.from('["s", 0, 1, "k"]').toString('base64url');
    expect(() => decodeCursor(spaced, 's', 'after')).toThrow(RequestError);
  });
});
