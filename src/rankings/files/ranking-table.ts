import type { City } from '../../entities';
import { cityOf, frameworkNodeOf } from '../city-rows';
import type { Ranking } from '../ranking.service';
import { RankedCity, topDown, unrankedRows, type LeafFigures, type NodeScore, type UnrankedRow } from '../ranking-view';
import type { Cell, Column, Table } from './table';

/** What a row is made from. */
interface Subject {
  readonly city: City;
  readonly ranked: RankedCity | null;
  readonly unranked: UnrankedRow | null;
  /** From the root down; empty for an unranked city. */
  readonly scores: readonly NodeScore[];
}

interface ReadColumn extends Column {
  read(subject: Subject): Cell;
}

/** A value of `status`. */
const RANKED = 'RANKED';
const UNRANKED = 'UNRANKED';

/**
 * A ranking as a table: the ranked cities, best first, then the selected ones without a rank, by code. Every figure is the
 * one that the API gives.
 */
export function rankingTable(ranking: Ranking): Table {
  const { result } = ranking;
  const unranked = unrankedRows(ranking);
  const ranked = Array.from(result.order, (row) => ({ row, city: cityOf(ranking, result.cities[row]?.code ?? '') }));
  const cities = [...ranked, ...unranked].map(({ city }) => city);
  const columns = [
    ...placeColumns(),
    ...cityColumns(cities),
    ...qualityColumns(),
    ...topDown(result.tree).flatMap(({ node, index }, place) => nodeColumns(ranking, node.code, place, index)),
  ];
  const rowOf = (subject: Subject): Cell[] => columns.map((column) => column.read(subject));
  return {
    columns,
    rowCount: cities.length,
    *rows() {
      for (const { row, city } of ranked) {
        const found = new RankedCity(ranking, row);
        yield rowOf({ city, ranked: found, unranked: null, scores: found.nodeScores });
      }
      for (const found of unranked) yield rowOf({ city: found.city, ranked: null, unranked: found, scores: [] });
    },
  };
}

function text(name: string, description: string, read: ReadColumn['read']): ReadColumn {
  return { name, kind: 'TEXT', unit: null, description, read };
}

function number(name: string, unit: string | null, description: string, read: (subject: Subject) => number | null) {
  // A number as JSON has it, which knows no -0.
  const plain = (subject: Subject): number | null => {
    const value = read(subject);
    return value === 0 ? 0 : value;
  };
  return { name, kind: 'NUMBER', unit, description, read: plain } satisfies ReadColumn;
}

function placeColumns(): ReadColumn[] {
  return [
    text(
      'status',
      `${RANKED}, or ${UNRANKED} for a selected city that could not be ranked: its row has no figures.`,
      ({ ranked }) => (ranked === null ? UNRANKED : RANKED),
    ),
    number('rank', null, '1 is the best. A half only under the FRACTIONAL tie rule.', ({ ranked }) =>
      ranked === null ? null : ranked.rank,
    ),
    number('score', null, 'The score that ranks are made from, unrounded.', ({ ranked }) =>
      ranked === null ? null : ranked.score,
    ),
    text('unranked_code', 'Why the city has no rank, as a code.', ({ unranked }) => unranked?.code ?? null),
    text('unranked_reason', 'Why the city has no rank, in one sentence.', ({ unranked }) => unranked?.reason ?? null),
  ];
}

/** Code and English name, and what else any of the cities has. */
function cityColumns(cities: readonly City[]): ReadColumn[] {
  const optional: readonly (readonly [string, string, (city: City) => string | null])[] = [
    ['name_zh', 'Name in Chinese.', (city) => city.nameZh],
    ['name_fr', 'Name in French.', (city) => city.nameFr],
    ['tier', 'Tier of the city.', (city) => city.tier],
    ['province_code', 'Code of its province.', (city) => city.provinceCode],
    ['province_en', 'Name of its province in English.', (city) => city.provinceEn],
    ['province_zh', 'Name of its province in Chinese.', (city) => city.provinceZh],
  ];
  return [
    text('city_code', 'Public code of the city.', ({ city }) => city.code),
    text('name_en', 'Name in English.', ({ city }) => city.nameEn),
    ...optional
      .filter(([, , read]) => cities.some((city) => read(city) !== null))
      .map(([name, description, read]) => text(name, description, ({ city }) => read(city))),
  ];
}

function qualityColumns(): ReadColumn[] {
  return [
    number(
      'availability',
      'share, 0 to 1',
      'Share of the indicators that were observed, before imputation.',
      ({ ranked }) => (ranked === null ? null : ranked.availability),
    ),
    text('imputed', 'Codes of the indicators whose value was filled in, separated by semicolons.', ({ ranked }) =>
      listed(ranked?.imputed),
    ),
    text(
      'treated',
      'Indicators whose value the treatment of outliers changed, each as code:action, separated by semicolons.',
      ({ ranked }) => listed(ranked?.treated.map(({ indicatorCode, action }) => `${indicatorCode}:${action}`)),
    ),
  ];
}

const listed = (items: readonly string[] | undefined): string | null =>
  items === undefined || items.length === 0 ? null : items.join(';');

/**
 * Columns of one node. The root has none: its score and rank stand in `score` and `rank`.
 * @param place of the node among a city's node scores
 * @param index of the node in its tree
 */
function nodeColumns(ranking: Ranking, code: string, place: number, index: number): ReadColumn[] {
  const { data, result } = ranking;
  if (index === result.tree.root) return [];
  const row = frameworkNodeOf(ranking, code);
  const indicator = row.indicatorCode === null ? undefined : data.indicators.get(row.indicatorCode);
  const title = row.nameEn ?? indicator?.nameEn ?? code;
  const at = ({ scores }: Subject): NodeScore | undefined => scores[place];
  const columns: ReadColumn[] = [
    number(`${code}_score`, null, `${title}: score.`, (subject) => at(subject)?.score ?? null),
    number(`${code}_rank`, null, `${title}: rank among the ranked cities.`, (subject) => at(subject)?.rank ?? null),
  ];
  if (!indicator) return columns;
  const figures = (subject: Subject): LeafFigures | null => at(subject)?.figures ?? null;
  const { unit } = indicator;
  return [
    ...columns,
    number(`${code}_value`, unit, `${title}: value as observed.`, (subject) => figures(subject)?.value ?? null),
    {
      ...number(
        `${code}_year`,
        'year',
        `${title}: year of the observation.`,
        (subject) => figures(subject)?.year ?? null,
      ),
      kind: 'INTEGER',
    },
    number(
      `${code}_prepared`,
      null,
      `${title}: value after denomination, imputation and treatment, which the score was made from.`,
      (subject) => figures(subject)?.prepared ?? null,
    ),
  ];
}
