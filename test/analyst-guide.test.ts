import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findExchanges } from '../scripts/docs/answers';
import { json, type Json } from './helpers/app';

/*
 * What «How sure is a rank» says in words, against the answers that the page shows; that these are the real ones is checked
 * in docs.test.ts.
 */
const page = readFileSync(join(__dirname, '..', 'docs', 'analyst-guide.md'), 'utf8');
const lines = page.split('\n');
const start = lines.indexOf('## How sure is a rank');
const end = lines.findIndex((line, index) => index > start && line.startsWith('## '));

/** The answer under a heading of the section, from `robustness` down; the n-th where there are several. */
function answerUnder(heading: string, n = 0): Json {
  const from = lines.indexOf(`### ${heading}`, start) + 1;
  const to = lines.findIndex((line, index) => index >= from && /^##/.test(line));
  const found = findExchanges(page).filter(({ line }) => line > from && line <= to)[n]?.answer;
  if (!found) throw new Error(`No answer under ${heading}.`);
  const answer = json(JSON.parse(lines.slice(found.first, found.end).join('\n')));
  return json(answer.at('data', 'ranking', 'robustness'));
}

/** What the text around the answers says. */
const prose = lines.slice(start, end).join('\n');
const says = (sentence: string): void => {
  expect(prose).toContain(sentence);
};

it('drawing weights', () => {
  const answer = answerUnder('Drawing weights, data and methods');
  const city = (k: number, ...path: string[]): unknown => answer.at('uncertainty', 'cities', 'nodes', k, ...path);
  says('Hangzhou keeps the first place in more than nine draws of ten.');
  expect([city(0, 'cityCode'), city(1, 'cityCode'), city(2, 'cityCode')]).toEqual(['330100', '440300', '350100']);
  expect(city(0, 'first', 'value')).toBeGreaterThan(0.9);
  says('Shenzhen is second by the recipe, but its mean rank is past 3');
  expect(city(1, 'nominalRank')).toBe(2);
  expect(city(1, 'rank', 'mean')).toBeGreaterThan(3);
  // The standard deviation of a Dirichlet weight.
  says('√(0.2 × 0.8 / 21) ≈ 0.09');
  expect(Math.sqrt((0.2 * 0.8) / 21)).toBeCloseTo(0.09, 2);
});

it('a distribution of weights for each level', () => {
  const answer = answerUnder('Drawing weights, data and methods', 1);
  const city = (k: number, ...path: string[]): unknown => answer.at('uncertainty', 'cities', 'nodes', k, ...path);
  says(
    'Hangzhou is first in every draw; the mean ranks of Shenzhen and Fuzhou behind it differ by less than half the deviation of either.',
  );
  expect([city(0, 'cityCode'), city(1, 'cityCode'), city(2, 'cityCode')]).toEqual(['330100', '440300', '350100']);
  expect(city(0, 'rank')).toEqual({ mean: 1, deviation: 0 });
  const apart = Number(city(2, 'rank', 'mean')) - Number(city(1, 'rank', 'mean'));
  for (const k of [1, 2]) expect(Math.abs(apart)).toBeLessThan(Number(city(k, 'rank', 'deviation')) / 2);
});

it('methods and weights together: Lhasa hangs on the method', () => {
  const answer = answerUnder('Methods and weights together');
  expect(answer.at('uncertainty', 'cities', 'nodes', 3, 'cityCode')).toBe('540100');
  const [low, , high] = answer.list('uncertainty', 'cities', 'nodes', 3, 'rank', 'percentiles') as { value: number }[];
  expect((high?.value ?? NaN) - (low?.value ?? NaN)).toBeGreaterThan(20);
});

it('which weights speak for a city', () => {
  const answer = answerUnder('Which weights speak for a city');
  const of = (k: number, ...path: (string | number)[]): unknown =>
    answer.at('uncertainty', 'cities', 'nodes', k, ...path);
  const weights = (k: number) =>
    of(k, 'acceptability', 'centralWeights') as { node: string; weight: number; error: number }[];
  says('By more than four in five of all divisions among them Hangzhou is first');
  expect(of(0, 'first', 'value')).toBeGreaterThan(0.8);
  says("near the recipe's fifths, least in digital infrastructure");
  for (const { weight } of weights(0)) expect(Math.abs(weight - 0.2)).toBeLessThan(0.05);
  const least = (k: number) => [...weights(k)].sort((a, b) => a.weight - b.weight);
  expect(least(0)[0]?.node).toBe('digital_infrastructure');
  says('Beijing is first in three draws, in which governance weighs most');
  expect(of(1, 'acceptability', 'firstDraws')).toBe(3);
  expect(least(1).at(-1)?.node).toBe('governance');
  expect(least(1).at(-1)?.error).toBeGreaterThan(0.1);
  says('Shanghai never comes first');
  expect(of(2, 'acceptability', 'firstDraws')).toBe(0);
});

it('which choice is to blame', () => {
  const changes = answerUnder('Which choice is to blame').list('oneAtATime', 'changes') as {
    change: string;
    winners: string[];
    refused: string | null;
  }[];
  says('No single change takes the first place from Hangzhou');
  for (const { winners, refused } of changes) if (refused === null) expect(winners).toEqual(['330100']);
  says('The normalisation by standard scores is refused');
  expect(changes.filter(({ refused }) => refused !== null).map(({ change }) => change)).toEqual(['Z_SCORE']);

  const sobol = answerUnder('Which choice is to blame', 1);
  const indices = (...path: (string | number)[]) =>
    new Map(
      (sobol.list('sobol', ...path, 'indices') as { input: string; first: number; total: number }[]).map((index) => [
        index.input,
        index,
      ]),
    );
  says('Between them the normalisation and the aggregation explain most of how ranks shift');
  const shift = indices('meanShift');
  expect((shift.get('normalise')?.first ?? 0) + (shift.get('aggregate')?.first ?? 0)).toBeGreaterThan(0.5);
  for (const node of ['governance', 'innovation']) expect(shift.get(node)?.total).toBeLessThan(0.05);
  says('For Lhasa it is the aggregation above all, and much of that together with the imputation');
  const lhasa = indices('cities', 'nodes', 0);
  const totals = [...lhasa.values()].sort((a, b) => b.total - a.total);
  expect(totals[0]?.input).toBe('aggregate');
  expect(lhasa.get('impute')?.total).toBeGreaterThan(2 * (lhasa.get('impute')?.first ?? NaN));
});

it('every combination, a weight by itself, missing values, a third city', () => {
  says('Hangzhou is first in all eight');
  const multiverse = answerUnder('Every combination');
  expect(multiverse.at('multiverse', 'combinations')).toBe(8);
  expect(multiverse.at('multiverse', 'cities', 1)).toMatchObject({ city: '330100', firstPlaces: 1 });

  says('each could be left out (0) and Hangzhou would still be first');
  const stability = answerUnder('How far a weight may move').list('weightStability') as {
    node: string;
    interval: { low: { weight: number; cities: unknown }; high: { weight: number; cities: unknown } };
  }[];
  expect(stability).toHaveLength(5);
  for (const { interval } of stability) expect(interval.low).toEqual({ weight: 0, cities: null });
  const [soonest] = [...stability].sort((a, b) => a.interval.high.weight - b.interval.high.weight);
  says('Digital infrastructure is the one that could cost it the place soonest');
  expect(soonest).toMatchObject({
    node: 'digital_infrastructure',
    interval: { high: { cities: ['330100', '350100'] } },
  });

  says('Gaps alone could put Fuzhou first or twelfth. Guangzhou has no gap');
  const bounds = answerUnder('What the missing values could change');
  expect(bounds.at('rankBounds', 'exact')).toBe(true);
  const cities = bounds.list('rankBounds', 'cities') as { city: string }[];
  expect(cities.find(({ city }) => city === '350100')).toMatchObject({ best: 1, worst: 12 });
  expect(cities.find(({ city }) => city === '440100')).toMatchObject({ gaps: 0, rank: 5, best: 4, worst: 9 });

  says(
    'Without Beijing 47 pairs of the 703 others change places, among them Shenzhen and Fuzhou; without Shanghai none',
  );
  const reversals = answerUnder('Does a third city change the order');
  expect(reversals.at('rankReversals', 0)).toMatchObject({ city: '110000', reversals: 47 });
  expect(reversals.at('rankReversals', 0, 'pairs', 0)).toMatchObject({ above: '440300', below: '350100' });
  expect(reversals.at('rankReversals', 1)).toMatchObject({ city: '310000', reversals: 0 });
  expect((38 * 37) / 2).toBe(703);
});
