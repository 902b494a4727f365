import * as fc from 'fast-check';
import {
  availabilityByCity,
  availabilityByGroup,
  availabilityByIndicator,
  availabilityByNode,
} from '../../../src/scoring/diagnostics';
import { buildTree, columnOf, type Table } from '../../../src/scoring';
import { asem } from '../../helpers/asem';
import { expectColumnsAgree, readGolden } from '../../helpers/golden';
import { errorCodeOf } from './columns';

const { panel, tree, leaves } = asem();
const table: Table = {
  cities: panel.cities,
  indicators: panel.indicators.slice(0, leaves.length),
  values: panel.values.subarray(0, leaves.length * panel.cities.length),
};

describe('COINr 1.1.14 get_data_avail (67_data_avail_raw.csv)', () => {
  const codes = table.cities.map(({ code }) => code);
  const expected = readGolden('coinr', '67_data_avail_raw.csv').alignedTo('uCode', codes);
  const actual = availabilityByCity(table);

  it.each([
    ['N_missing', actual.map(({ missing }) => missing)],
    ['N_zero', actual.map(({ zeros }) => zeros)],
    ['N_miss_or_zero', actual.map(({ missing, zeros }) => missing + zeros)],
    ['Dat_Avail', actual.map(({ share }) => share.value ?? NaN)],
    ['Non_Zero', actual.map(({ nonZeroShare }) => nonZeroShare.value ?? NaN)],
  ])('%s', (name, values) => {
    expectColumnsAgree(values, expected.numbers(name), name, { labels: codes, absolute: 0 });
  });
});

it('COINr get_stats N.Avail (22_stats_raw.csv): availability of each indicator', () => {
  const expected = readGolden('coinr', '22_stats_raw.csv').alignedTo('iCode', leaves);
  const actual = availabilityByIndicator(table);
  expect(actual.map(({ present }) => present)).toEqual([...expected.numbers('N.Avail')]);
});

const small: Table = {
  cities: [
    { code: 'a', groups: { tier: 'two' } },
    { code: 'b', groups: { tier: 'one' } },
    { code: 'c', groups: { tier: 'two' } },
    { code: 'd', groups: { tier: null } },
    { code: 'e', groups: {} },
  ],
  indicators: ['x', 'y'].map((code) => ({
    code,
    direction: 1,
    goalpostLow: null,
    goalpostHigh: null,
    target: null,
    denominator: null,
  })),
  values: Float64Array.of(1, NaN, 0, 1, 1, NaN, NaN, 2, 1, 1),
};

describe('groups', () => {
  it('counts the cells of each group, labels in code order, cities without a group left out', () => {
    expect(availabilityByGroup(small, 'tier')).toEqual([
      {
        code: 'one',
        cities: 1,
        cells: 2,
        present: 0,
        missing: 2,
        zeros: 0,
        share: { value: 0, reason: null },
        nonZeroShare: { value: null, reason: 'NO_VALUES' },
      },
      {
        code: 'two',
        cities: 2,
        cells: 4,
        present: 3,
        missing: 1,
        zeros: 1,
        share: { value: 0.75, reason: null },
        nonZeroShare: { value: 2 / 3, reason: null },
      },
    ]);
    expect(availabilityByGroup(small, 'province')).toEqual([]);
  });

  it('a table without indicators has no share', () => {
    const none = { cities: small.cities, indicators: [], values: new Float64Array(0) };
    expect(availabilityByCity(none)[0]?.share).toEqual({ value: null, reason: 'NO_VALUES' });
  });
});

describe('nodes', () => {
  const node = (code: string, parent: string | null, indicator: string | null) => ({
    code,
    parent,
    indicator,
    weight: 1,
    position: 0,
  });
  const two = buildTree('t', [
    node('root', null, null),
    node('p', 'root', null),
    node('x', 'p', 'x'),
    node('y', 'root', 'y'),
  ]);

  it('each leaf counts once at each node above it', () => {
    const { nodes, shares, cities } = availabilityByNode(small, two);
    const at = (code: string): number[] => [...shares.subarray(nodes.indexOf(code) * 5, nodes.indexOf(code) * 5 + 5)];
    expect(cities).toEqual(['a', 'b', 'c', 'd', 'e']);
    expect(at('x')).toEqual([1, 0, 1, 1, 1]);
    expect(at('p')).toEqual([1, 0, 1, 1, 1]);
    expect(at('y')).toEqual([0, 0, 1, 1, 1]);
    expect(at('root')).toEqual([0.5, 0, 1, 1, 1]);
  });

  it('the root of ASEM has the share of the whole table', () => {
    const { shares } = availabilityByNode(table, tree);
    const n = table.cities.length;
    expectColumnsAgree(
      shares.subarray(tree.root * n),
      availabilityByCity(table).map(({ share }) => share.value ?? NaN),
      'root',
    );
  });

  it('refuses a tree whose leaf is not in the table', () => {
    const strange = buildTree('t', [node('root', null, null), node('z', 'root', 'zz')]);
    expect(errorCodeOf(() => availabilityByNode(small, strange))).toBe('NOT_FOUND');
  });
});

it('the cities’ and the indicators’ cells add to the same', () => {
  fc.assert(
    fc.property(
      fc.array(fc.oneof(fc.constant(NaN), fc.constant(0), fc.double()), { minLength: 10, maxLength: 10 }),
      (cells) => {
        const random = { ...small, values: Float64Array.from(cells) };
        const sum = (list: readonly { present: number }[]): number =>
          list.reduce((total, { present }) => total + present, 0);
        expect(sum(availabilityByCity(random))).toBe(sum(availabilityByIndicator(random)));
        expect(columnOf(random, 1)).toHaveLength(5);
      },
    ),
  );
});
