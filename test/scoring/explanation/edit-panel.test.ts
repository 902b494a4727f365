import { editPanel, type Panel } from '../../../src/scoring';
import { city, indicator, refusalOf } from '../../helpers/contexts';

const panel: Panel = {
  cities: [city('a'), city('b')],
  indicators: [indicator('x'), indicator('y')],
  years: [2018, 2019],
  values: Float64Array.of(1, 2, 3, 4, 5, 6, 7, 8),
  status: Uint8Array.of(0, 0, 0, 0, 4, 4, 4, 4),
  statuses: ['NORMAL', 'ESTIMATED', 'PROVISIONAL', 'IMPUTED', 'QUESTIONABLE'],
};
const none = { add: [], changes: [], remove: new Set<string>() };

it('replaces an observation, which is then NORMAL, and leaves the panel itself as it is', () => {
  const edited = editPanel(panel, { ...none, changes: [{ city: 'b', indicator: 'x', year: 2019, value: 60 }] });
  expect(Array.from(edited.values)).toEqual([1, 2, 3, 4, 5, 60, 7, 8]);
  expect(Array.from(edited.status)).toEqual([0, 0, 0, 0, 4, 0, 4, 4]);
  expect(Array.from(panel.values)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
});

it('takes the panel’s own tables where nothing is written', () => {
  const edited = editPanel(panel, none);
  expect(edited.values).toBe(panel.values);
  expect(edited.status).toBe(panel.status);
});

it('adds a city without observations but those given, and leaves cities out', () => {
  const edited = editPanel(panel, {
    add: [city('c')],
    remove: new Set(['a']),
    changes: [{ city: 'c', indicator: 'y', year: 2018, value: 9 }],
  });
  expect(edited.cities.map(({ code }) => code)).toEqual(['b', 'c']);
  expect(Array.from(edited.values)).toEqual([2, NaN, 4, 9, 6, NaN, 8, NaN]);
  expect(Array.from(edited.status)).toEqual([0, 0, 0, 0, 4, 0, 4, 0]);
});

it.each([
  [{ add: [city('a')] }, 'BAD_INPUT'],
  [{ add: [city('c'), city('c')] }, 'BAD_INPUT'],
  [{ changes: [{ city: 'z', indicator: 'x', year: 2019, value: 1 }] }, 'NOT_FOUND'],
  [{ changes: [{ city: 'a', indicator: 'z', year: 2019, value: 1 }] }, 'NOT_FOUND'],
  [{ changes: [{ city: 'a', indicator: 'x', year: 2000, value: 1 }] }, 'NOT_FOUND'],
  [{ remove: new Set(['a']), changes: [{ city: 'a', indicator: 'x', year: 2019, value: 1 }] }, 'NOT_FOUND'],
])('%#: refused', (edits, code) => {
  expect(refusalOf(() => editPanel(panel, { ...none, ...edits }))).toBe(code);
});

it('a code may be used again once its city is left out', () => {
  expect(editPanel(panel, { ...none, add: [city('a')], remove: new Set(['a']) }).cities).toHaveLength(2);
});
