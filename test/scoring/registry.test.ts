import { collect, registry } from '../../src/scoring/registry';
import type { AnyMethod, RankingMethod } from '../../src/scoring/descriptor';
import type { ParameterSpecs } from '../../src/scoring/parameters';
import { methodOf } from '../helpers/contexts';

const dense = methodOf(registry.RANKING, 'DENSE');
const variant = (id: string, parameters: ParameterSpecs = {}): RankingMethod => ({ ...dense, id, parameters });
const number = { description: 'd', kind: 'number', default: 1 } as const;
const choice = (enumName: string) =>
  ({ description: 'd', kind: 'choice', enumName, values: ['A'], default: 'A' }) as const;
const records = (inputName: string) =>
  ({ description: 'd', kind: 'records', inputName, maxLength: 3, fields: { p: number } }) as const;

const CANNOT = 'p is read in a state of q that it cannot have';

describe('collect', () => {
  it('takes methods whose parameters of one name have one type', () => {
    const methods = [
      variant('A1', { p: number, q: choice('Q'), r: records('R') }),
      variant('B_2', { p: number, q: choice('Q'), r: records('R') }),
    ];
    expect([...collect<RankingMethod>('RANKING', methods).keys()]).toEqual(['A1', 'B_2']);
  });

  it.each<[string, readonly RankingMethod[], string]>([
    ['an id in lower case', [variant('dense')], 'a method id is in capitals, digits and underscores'],
    ['an id that begins with a digit', [variant('2ND')], 'a method id is in capitals, digits and underscores'],
    ['two methods of one id', [variant('A'), variant('A')], 'two methods of RANKING have this id'],
    ['a reserved parameter name', [variant('A', { method: number })], 'method is a reserved parameter name'],
    [
      'one name for two kinds of parameter',
      [variant('A', { p: number }), variant('B', { p: { ...number, kind: 'integer' } })],
      'p is integer here and number in another method of RANKING',
    ],
    [
      'one name for two enums',
      [variant('A', { p: choice('Q') }), variant('B', { p: choice('R') })],
      'p is R here and Q in another method of RANKING',
    ],
    [
      'one name for two inputs',
      [variant('A', { p: records('Q') }), variant('B', { p: records('R') })],
      'p is R here and Q in another method of RANKING',
    ],
    [
      'a state of no parameter',
      [variant('A', { p: { ...number, readWhen: [{ parameter: 'q', is: 'GIVEN' }] } })],
      CANNOT,
    ],
    [
      'a choice that the other parameter does not offer',
      [variant('A', { p: { ...number, readWhen: [{ parameter: 'q', is: ['B'] }] }, q: choice('Q') })],
      CANNOT,
    ],
    [
      'a choice of a parameter that is none',
      [variant('A', { p: { ...number, readWhen: [{ parameter: 'q', is: ['A'] }] }, q: number })],
      CANNOT,
    ],
    [
      'leaving out what has a default',
      [variant('A', { p: { ...number, readWhen: [{ parameter: 'q', is: 'LEFT_OUT' }] }, q: number })],
      CANNOT,
    ],
  ])('refuses %s', (_, methods, message) => {
    expect(() => collect<RankingMethod>('RANKING', methods)).toThrow(message);
  });

  it('refuses a method of another stage', () => {
    expect(() => collect<AnyMethod>('WEIGHTING', [dense])).toThrow('belongs to RANKING, not to WEIGHTING');
  });
});
