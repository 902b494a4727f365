import {
  boundsOf,
  meaningOf,
  ProblemList,
  readParameters,
  type KnownCodes,
} from '../../src/scoring/parameter-validation';
import type { ParameterSpec, ParameterValue } from '../../src/scoring/parameters';

const none: ReadonlySet<string> = new Set();
const KNOWN: KnownCodes = {
  indicator: new Set(['x', 'y']),
  city: new Set(Array.from({ length: 14 }, (_, k) => `c${String(k)}`)),
  node: none,
  grouping: none,
};
const description = 'A parameter.';

/** What is read from one value, and the problems noted on the way. */
function read(spec: ParameterSpec, value: unknown): { value: ParameterValue | undefined; list: ProblemList } {
  const list = new ProblemList();
  const parameters = readParameters({ p: spec }, { p: value }, 'rule', KNOWN, list);
  return { value: parameters['p'], list };
}

const between = { description, kind: 'number', min: 0, max: 1, exclusiveMin: true, exclusiveMax: true } as const;
const below = { description, kind: 'number', max: 1, exclusiveMax: true, optional: true } as const;
const count = { description, kind: 'integer', min: 1, max: 9, default: 1 } as const;
const flag = { description, kind: 'boolean', default: false } as const;
const choice = { description, kind: 'choice', enumName: 'E', values: ['A', 'B'], default: 'A' } as const;
const city = { description, kind: 'code', of: 'city', optional: true } as const;
const indicator = { description, kind: 'code', of: 'indicator', optional: true } as const;
const release = { description, kind: 'code', of: 'release', optional: true } as const;
const numbers = { description, kind: 'numbers', min: 0, maxLength: 3 } as const;
const codes = { description, kind: 'codes', of: 'indicator', maxLength: 2 } as const;
const matrix = { description, kind: 'matrix', min: 0, maxLength: 2 } as const;
const records = {
  description,
  kind: 'records',
  inputName: 'R',
  maxLength: 2,
  fields: { indicator: { ...indicator, optional: true }, count },
} as const;

describe('readParameters', () => {
  it('holds one number above another where both are there', () => {
    const low = { description, kind: 'number', default: 0 } as const;
    const high = { description, kind: 'number', above: 'low', optional: true } as const;
    const problems = (raw: object): unknown => {
      const list = new ProblemList();
      readParameters({ low, high }, { ...raw }, 'rule', KNOWN, list);
      return list.problems.map(({ path, value, allowed }) => [path, value, allowed]);
    };
    for (const raw of [{}, { low: 3 }, { high: 1 }, { low: -2, high: -1 }]) expect(problems(raw)).toEqual([]);
    expect(problems({ high: 0 })).toEqual([['rule.high', 0, 'a number above 0']]);
    expect(problems({ low: 5, high: 1 })).toEqual([['rule.high', 1, 'a number above 5']]);
  });

  it.each<[string, ParameterSpec, unknown, ParameterValue]>([
    ['a number within open ends', { ...between, optional: true }, 0.5, 0.5],
    ['a whole number at its end', count, 9, 9],
    ['a truth', flag, true, true],
    ['a choice', choice, 'B', 'B'],
    ['a code', city, 'c13', 'c13'],
    ['a release, which is looked up elsewhere', release, 'any', 'any'],
    ['numbers', numbers, [3, 1], [3, 1]],
    ['no numbers', numbers, [], []],
    ['codes', codes, ['y', 'x'], ['y', 'x']],
    ['a matrix', matrix, [[1, 2], [3]], [[1, 2], [3]]],
    ['records, their defaults filled in', records, [{ indicator: 'x' }], [{ indicator: 'x', count: 1 }]],
    ['null, which means the default', choice, null, 'A'],
    ['undefined where there is no default', numbers, undefined, null],
  ])('reads %s', (_, spec, value, expected) => {
    const { value: found, list } = read(spec, value);
    expect(list.problems).toEqual([]);
    expect(found).toEqual(expected);
  });

  it.each<[string, ParameterSpec, unknown, string, string]>([
    ['the lower end of an open range', between, 0, 'rule.p', 'a finite number above 0 and below 1'],
    ['the upper end of an open range', between, 1, 'rule.p', 'a finite number above 0 and below 1'],
    ['the end of a range that is open above', below, 1, 'rule.p', 'a finite number below 1'],
    ['a fraction for a whole number', count, 1.5, 'rule.p', 'a whole number of at least 1 and of at most 9'],
    ['a text for a truth', flag, 'true', 'rule.p', 'true or false'],
    ['a choice that is not one', choice, 'C', 'rule.p', 'one of A, B'],
    ['a number for a choice', choice, 1, 'rule.p', 'one of A, B'],
    ['an empty code', city, '', 'rule.p', 'a code'],
    ['a number for a code', release, 7, 'rule.p', 'a code'],
    ['an unknown code among few', indicator, 'z', 'rule.p', 'one of x, y'],
    [
      'an unknown code among many',
      city,
      'z',
      'rule.p',
      'one of c0, c1, c2, c3, c4, c5, c6, c7, c8, c9, c10, c11 and 2 more',
    ],
    ['a text for a list', numbers, 'x', 'rule.p', 'a list of at most 3 items'],
    ['a list that is too long', numbers, [1, 2, 3, 4], 'rule.p', 'a list of at most 3 items'],
    ['a list with a wrong item', numbers, [1, -1], 'rule.p[1]', 'a finite number of at least 0'],
    ['a list with an unknown code', codes, ['x', 'z'], 'rule.p[1]', 'one of x, y'],
    ['a matrix with a wrong cell', matrix, [[1], [0, -1]], 'rule.p[1][1]', 'a finite number of at least 0'],
    ['a matrix with a wrong row', matrix, [1], 'rule.p[0]', 'a list of at most 2 items'],
    ['a record that is no object', records, [7], 'rule.p[0]', 'an object with indicator, count'],
    ['a record with an unknown field', records, [{ colour: 1 }], 'rule.p[0].colour', 'one of indicator, count'],
    [
      'a record with a wrong field',
      records,
      [{ count: 0 }],
      'rule.p[0].count',
      'a whole number of at least 1 and of at most 9',
    ],
    ['a required parameter that is left out', { ...numbers, required: true }, null, 'rule.p', 'A parameter.'],
  ])('refuses %s, and says what is allowed', (_, spec, value, path, allowed) => {
    const { problems } = read(spec, value).list;
    expect(problems.map((problem) => [problem.path, problem.allowed])).toEqual([[path, allowed]]);
    expect(problems[0]?.message).not.toBe('');
  });

  it('names what a code is of', () => {
    expect(read(indicator, 7).list.problems[0]?.message).toContain('an indicator');
    expect(read(city, 7).list.problems[0]?.message).toContain('a city');
  });

  it('drops the wrong items of a list and keeps the others', () => {
    expect(read(codes, ['z', 'x']).value).toEqual(['x']);
  });
});

describe('what a parameter means, in words', () => {
  it.each<[ParameterSpec, string]>([
    [between, '> 0, < 1'],
    [below, '< 1'],
    [count, '≥ 1, ≤ 9'],
    [numbers, '≥ 0'],
    [flag, ''],
  ])('%j: the range is %s', (spec, expected) => {
    expect(boundsOf(spec)).toBe(expected);
  });

  it.each<[ParameterSpec, string]>([
    [count, 'A parameter.'],
    [{ ...count, readWhen: [{ parameter: 'city', is: 'GIVEN' }] }, 'A parameter. Read with `city` only.'],
    [{ ...count, readWhen: [{ parameter: 'city', is: 'LEFT_OUT' }] }, 'A parameter. Read with no `city` only.'],
    [
      {
        ...count,
        readWhen: [
          { parameter: 'choice', is: ['A', 'B'] },
          { parameter: 'city', is: 'GIVEN' },
        ],
      },
      'A parameter. Read with `choice` A or B, or `city` only.',
    ],
  ])('%j: %s', (spec, expected) => {
    expect(meaningOf(spec)).toBe(expected);
  });
});
