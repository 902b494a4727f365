import type {
  City,
  Direction,
  FrameworkNode,
  Indicator,
  Initiative,
  Observation,
  PublishedRanking,
  Source,
  Unversioned,
} from '../entities';
import { OBSERVATION_STATUSES, type ObservationStatus } from '../scoring';
import type { CsvTable } from './csv';
import type { RowReader } from './row-reader';

/** Joins the parts of a key; no cell can hold the separator, since NUL is refused in every text. */
export function keyOfParts(...parts: readonly (string | number)[]): string {
  return parts.join('\0');
}

const YEARS = { min: 1, max: 9999 };
/** Texts that are part of a database key are kept short enough for an index. */
const SHORT_TEXT = 200;

const DIRECTIONS: Readonly<Record<string, Direction>> = {
  higher_better: 'HIGHER_BETTER',
  lower_better: 'LOWER_BETTER',
};
const DIRECTION_WORDS: Readonly<Record<Direction, string>> = {
  HIGHER_BETTER: 'higher_better',
  LOWER_BETTER: 'lower_better',
};
const STATUSES: Readonly<Record<string, ObservationStatus>> = Object.fromEntries(
  OBSERVATION_STATUSES.map((status) => [status, status]),
);

/** `cities.csv` */
export const citiesTable: CsvTable<Unversioned<City>> = {
  file: 'cities.csv',
  columns: [
    'code',
    'name_en',
    'name_zh',
    'name_fr',
    'province_code',
    'province_en',
    'province_zh',
    'tier',
    'lat',
    'lon',
  ],
  requiredColumns: ['code', 'name_en'],
  keyColumns: ['code'],
  keyOf: (city) => city.code,
  read: (cell) => ({
    code: cell.code('code'),
    nameEn: cell.text('name_en'),
    nameZh: cell.optionalText('name_zh'),
    nameFr: cell.optionalText('name_fr'),
    provinceCode: cell.optionalCode('province_code'),
    provinceEn: cell.optionalText('province_en'),
    provinceZh: cell.optionalText('province_zh'),
    tier: cell.optionalCode('tier'),
    latitude: cell.optionalNumber('lat', { min: -90, max: 90 }),
    longitude: cell.optionalNumber('lon', { min: -180, max: 180 }),
  }),
  write: (city) => [
    city.code,
    city.nameEn,
    city.nameZh,
    city.nameFr,
    city.provinceCode,
    city.provinceEn,
    city.provinceZh,
    city.tier,
    city.latitude,
    city.longitude,
  ],
};

/** `sources.csv` */
export const sourcesTable: CsvTable<Unversioned<Source>> = {
  file: 'sources.csv',
  columns: ['id', 'title', 'publisher', 'url', 'licence', 'citation', 'year', 'retrieved_on', 'note'],
  requiredColumns: ['id', 'title'],
  keyColumns: ['id'],
  keyOf: (source) => source.id,
  read: (cell) => ({
    id: cell.code('id'),
    title: cell.text('title'),
    publisher: cell.optionalText('publisher'),
    url: cell.optionalUrl('url'),
    licence: cell.optionalText('licence'),
    citation: cell.optionalText('citation'),
    year: cell.optionalText('year'),
    retrievedOn: cell.optionalDate('retrieved_on'),
    note: cell.optionalText('note'),
  }),
  write: (source) => [
    source.id,
    source.title,
    source.publisher,
    source.url,
    source.licence,
    source.citation,
    source.year,
    source.retrievedOn,
    source.note,
  ],
};

/** `indicators.csv` */
export const indicatorsTable: CsvTable<Unversioned<Indicator>> = {
  file: 'indicators.csv',
  columns: [
    'code',
    'name_en',
    'name_zh',
    'name_fr',
    'description_en',
    'unit',
    'direction',
    'denominator',
    'goalpost_low',
    'goalpost_high',
    'target',
    'source_id',
  ],
  requiredColumns: ['code', 'name_en', 'direction'],
  keyColumns: ['code'],
  keyOf: (indicator) => indicator.code,
  read: readIndicator,
  write: (indicator) => [
    indicator.code,
    indicator.nameEn,
    indicator.nameZh,
    indicator.nameFr,
    indicator.description,
    indicator.unit,
    indicator.direction === null ? null : DIRECTION_WORDS[indicator.direction],
    indicator.denominatorCode,
    indicator.goalpostLow,
    indicator.goalpostHigh,
    indicator.target,
    indicator.sourceId,
  ],
};

function readIndicator(cell: RowReader): Unversioned<Indicator> {
  const indicator = {
    code: cell.code('code'),
    nameEn: cell.text('name_en'),
    nameZh: cell.optionalText('name_zh'),
    nameFr: cell.optionalText('name_fr'),
    description: cell.optionalText('description_en'),
    unit: cell.optionalText('unit'),
    direction: cell.optionalChoice('direction', DIRECTIONS),
    denominatorCode: cell.optionalCode('denominator'),
    goalpostLow: cell.optionalNumber('goalpost_low'),
    goalpostHigh: cell.optionalNumber('goalpost_high'),
    target: cell.optionalNumber('target'),
    sourceId: cell.optionalCode('source_id'),
  };
  const { goalpostLow, goalpostHigh } = indicator;
  if (goalpostLow !== null && goalpostHigh !== null && goalpostLow >= goalpostHigh) {
    const message = 'The lower goalpost is not below the upper one.';
    cell.fail('goalpost_low', cell.raw('goalpost_low'), 'VALUE_RANGE', message, 'a number below goalpost_high');
  }
  if (indicator.denominatorCode !== null && indicator.denominatorCode === indicator.code) {
    const message = 'An indicator cannot be divided by itself.';
    cell.fail('denominator', indicator.denominatorCode, 'VALUE_NOT_ALLOWED', message, 'another indicator, or empty');
  }
  return indicator;
}

/** `frameworks.csv` */
export const frameworksTable: CsvTable<Unversioned<FrameworkNode>> = {
  file: 'frameworks.csv',
  columns: ['framework', 'node', 'parent', 'name_en', 'name_zh', 'name_fr', 'weight', 'indicator', 'position'],
  requiredColumns: ['framework', 'node', 'weight'],
  keyColumns: ['framework', 'node'],
  keyOf: (node) => keyOfParts(node.frameworkCode, node.code),
  read: (cell) => ({
    frameworkCode: cell.code('framework'),
    code: cell.code('node'),
    parentCode: cell.optionalCode('parent'),
    nameEn: cell.optionalText('name_en'),
    nameZh: cell.optionalText('name_zh'),
    nameFr: cell.optionalText('name_fr'),
    weight: cell.number('weight', { min: 0 }),
    indicatorCode: cell.optionalCode('indicator'),
    position: cell.optionalInteger('position') ?? 0,
  }),
  write: (node) => [
    node.frameworkCode,
    node.code,
    node.parentCode,
    node.nameEn,
    node.nameZh,
    node.nameFr,
    node.weight,
    node.indicatorCode,
    node.position,
  ],
};

/** `observations.csv` */
export const observationsTable: CsvTable<Unversioned<Observation>> = {
  file: 'observations.csv',
  columns: ['city_code', 'indicator_code', 'year', 'value', 'status', 'low', 'high', 'source_id', 'note'],
  requiredColumns: ['city_code', 'indicator_code', 'year', 'value'],
  keyColumns: ['city_code', 'indicator_code', 'year'],
  keyOf: ({ cityCode, indicatorCode, year }) => keyOfParts(cityCode, indicatorCode, String(year).padStart(4, '0')),
  read: readObservation,
  write: (observation) => [
    observation.cityCode,
    observation.indicatorCode,
    observation.year,
    observation.value,
    observation.status,
    observation.low,
    observation.high,
    observation.sourceId,
    observation.note,
  ],
};

function readObservation(cell: RowReader): Unversioned<Observation> {
  const value = cell.optionalNumber('value');
  const observation = {
    cityCode: cell.code('city_code'),
    indicatorCode: cell.code('indicator_code'),
    year: cell.integer('year', YEARS),
    value,
    status: cell.optionalChoice('status', STATUSES) ?? 'NORMAL',
    low: cell.optionalNumber('low'),
    high: cell.optionalNumber('high'),
    sourceId: cell.optionalCode('source_id'),
    note: cell.optionalText('note'),
  };
  if (!cell.sound) return observation;
  if (value === null && observation.status !== 'MISSING') {
    const message = 'The value is empty and the status does not say why.';
    cell.fail('value', cell.raw('status'), 'VALUE_REQUIRED', message, 'a number, or the status MISSING');
  }
  if (value !== null && observation.status === 'MISSING') {
    const message = 'The status is MISSING but there is a value.';
    cell.fail('value', cell.raw('value'), 'VALUE_NOT_ALLOWED', message, 'an empty cell, or another status');
  }
  if (observation.low !== null && (value === null || observation.low > value)) {
    cell.fail('low', cell.raw('low'), 'VALUE_RANGE', 'The lower bound is above the value.', 'low ≤ value ≤ high');
  }
  if (observation.high !== null && (value === null || observation.high < value)) {
    cell.fail('high', cell.raw('high'), 'VALUE_RANGE', 'The upper bound is below the value.', 'low ≤ value ≤ high');
  }
  return observation;
}

/** `published_rankings.csv` */
export const publishedRankingsTable: CsvTable<Unversioned<PublishedRanking>> = {
  file: 'published_rankings.csv',
  columns: ['report', 'year', 'dimension', 'rank', 'city_code', 'score', 'source_id'],
  requiredColumns: ['report', 'year', 'dimension', 'rank', 'city_code'],
  keyColumns: ['report', 'year', 'dimension', 'city_code'],
  keyOf: ({ report, year, dimension, cityCode }) => keyOfParts(report, year, dimension, cityCode),
  read: (cell) => ({
    report: cell.text('report', SHORT_TEXT),
    year: cell.integer('year', YEARS),
    dimension: cell.text('dimension', SHORT_TEXT),
    rank: cell.integer('rank', { min: 1 }),
    cityCode: cell.code('city_code'),
    score: cell.optionalNumber('score'),
    sourceId: cell.optionalCode('source_id'),
  }),
  write: (row) => [row.report, row.year, row.dimension, row.rank, row.cityCode, row.score, row.sourceId],
};

/** `initiatives.csv`. The same title may stand again for another city or another day. */
export const initiativesTable: CsvTable<Unversioned<Initiative>> = {
  file: 'initiatives.csv',
  columns: ['city_code', 'title', 'sector', 'district', 'signed_on', 'project_count', 'source_id', 'note'],
  requiredColumns: ['city_code', 'title'],
  keyColumns: ['city_code', 'title', 'signed_on'],
  keyOf: ({ cityCode, title, signedOn }) => keyOfParts(cityCode, title, signedOn ?? ''),
  read: (cell) => ({
    cityCode: cell.code('city_code'),
    title: cell.text('title', SHORT_TEXT),
    sector: cell.optionalText('sector'),
    district: cell.optionalText('district'),
    signedOn: cell.optionalDate('signed_on'),
    projectCount: cell.optionalInteger('project_count', { min: 0 }),
    sourceId: cell.optionalCode('source_id'),
    note: cell.optionalText('note'),
  }),
  write: (row) => [
    row.cityCode,
    row.title,
    row.sector,
    row.district,
    row.signedOn,
    row.projectCount,
    row.sourceId,
    row.note,
  ],
};
