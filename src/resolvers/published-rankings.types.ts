import { PublishedRanking } from '../entities';
import { makeConnection } from './connection';

/** A page of lines of published rankings. */
export const PublishedRankingConnection = makeConnection(
  PublishedRanking,
  'PublishedRanking',
  'lines of published rankings',
);
