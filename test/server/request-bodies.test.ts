import fc from 'fast-check';
import { hasRepeatedKey } from '../../src/server/request-bodies';

describe('hasRepeatedKey', () => {
  it('finds none in what JSON.stringify wrote, whatever the keys and values', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4 }), fc.constantFrom(0, 2), (value, indent) => {
        expect(hasRepeatedKey(JSON.stringify(value, null, indent))).toBe(false);
      }),
    );
  });

  it('finds one that is put in, at any depth and in any spelling', () => {
    const escaped = (key: string): string =>
      `"${[...Array(key.length).keys()].map((i) => `\\u${key.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')}"`;
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), fc.array(fc.boolean(), { maxLength: 5 }), (value, key, lists) => {
        const member = JSON.stringify(value);
        const repeated = `{${JSON.stringify(key)}:${member},"other ${key.length}":[],${escaped(key)}:${member}}`;
        const text = lists.reduce((inner, isList) => (isList ? `[1,${inner}]` : `{"a":${inner}}`), repeated);
        expect(hasRepeatedKey(text)).toBe(true);
      }),
    );
  });
});
