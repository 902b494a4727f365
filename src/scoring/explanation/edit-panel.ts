import { refuseProblems, type Problem } from '../errors';
import { itemAt } from '../lookup';
import type { CityMeta, Panel } from '../table';

/** One observation that is replaced. */
export interface PanelChange {
  readonly city: string;
  readonly indicator: string;
  readonly year: number;
  /** In the indicator's unit; `NaN` takes the observation away. */
  readonly value: number;
  /** Where it stands in the arguments, for messages; `changes[i]` when left out. */
  readonly path?: string;
}

/** What a panel is to look like instead. Changes may name added cities. */
export interface PanelEdits {
  readonly changes: readonly PanelChange[];
  readonly add: readonly CityMeta[];
  readonly remove: ReadonlySet<string>;
}

/**
 * A panel with observations replaced, cities added (without observations until a change brings some) and cities left out;
 * the panel itself stays as it is. A replaced observation has the status `NORMAL`.
 * @throws ScoringError `BAD_INPUT` for an added city that is there already, `NOT_FOUND` for a change of a city, indicator
 * or year that is not.
 */
export function editPanel(panel: Panel, { changes, add, remove }: PanelEdits): Panel {
  const problems: Problem[] = [];
  const known = new Set(panel.cities.map((city) => city.code));
  add.forEach((city, i) => {
    if (known.has(city.code) && !remove.has(city.code))
      problems.push({
        path: `add[${String(i)}].code`,
        value: city.code,
        message: 'The city is in the release already.',
        allowed: 'a code of your own, each once',
      });
    known.add(city.code);
  });
  const kept = panel.cities.flatMap((city, i) => (remove.has(city.code) ? [] : [i]));
  const all = kept.length === panel.cities.length && add.length === 0;
  const cities = all ? panel.cities : [...kept.map((i) => itemAt(panel.cities, i)), ...add];
  const layers = panel.years.length * panel.indicators.length;
  const from = panel.cities.length;
  const n = cities.length;
  // Copied only where something is written: the panel is large, and questions about weights change nothing in it.
  const isWritten = changes.length > 0;
  const values = !all ? new Float64Array(layers * n) : isWritten ? panel.values.slice() : panel.values;
  const status = !all ? new Uint8Array(layers * n) : isWritten ? panel.status.slice() : panel.status;
  if (!all) {
    if (add.length > 0) values.fill(NaN);
    const runs = runsOf(kept);
    for (let layer = 0; layer < layers; layer++)
      for (const { start, end, to } of runs) {
        values.set(panel.values.subarray(layer * from + start, layer * from + end), layer * n + to);
        status.set(panel.status.subarray(layer * from + start, layer * from + end), layer * n + to);
      }
  }
  const normal = Math.max(0, panel.statuses.indexOf('NORMAL'));
  const cityIndex = new Map(cities.map((city, i) => [city.code, i]));
  const indicatorIndex = new Map(panel.indicators.map((indicator, j) => [indicator.code, j]));
  changes.forEach((change, index) => {
    const { city, indicator, year, value } = change;
    const path = change.path ?? `changes[${String(index)}]`;
    const i = cityIndex.get(city);
    const j = indicatorIndex.get(indicator);
    const y = panel.years.indexOf(year);
    const lack = (part: string, given: unknown, what: string, allowed: string): number =>
      problems.push({ path: `${path}.${part}`, value: given, message: what, allowed, code: 'NOT_FOUND' });
    if (i === undefined)
      lack('city', city, 'There is no city with this code.', 'a city of the release or an added one');
    if (j === undefined)
      lack('indicator', indicator, 'There is no indicator with this code.', 'an indicator of the release');
    if (y < 0) lack('year', year, 'The release has no such year.', `one of ${panel.years.join(', ')}`);
    if (i === undefined || j === undefined || y < 0) return;
    const cell = (y * panel.indicators.length + j) * n + i;
    values[cell] = value;
    status[cell] = normal;
  });
  refuseProblems(problems);
  // Bounds of observations are no part of a ranking and are left behind.
  const { indicators, years, statuses } = panel;
  return { cities, indicators, years, values, status, statuses };
}

/** Stretches of neighbours in an ascending list: each from `start` to before `end`, and where it is in the list. */
function runsOf(ascending: readonly number[]): readonly { start: number; end: number; to: number }[] {
  const runs: { start: number; end: number; to: number }[] = [];
  ascending.forEach((i, to) => {
    const last = runs.at(-1);
    if (last?.end === i) last.end++;
    else runs.push({ start: i, end: i + 1, to });
  });
  return runs;
}
