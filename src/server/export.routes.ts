import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { EXTENSIONS, formatOf, permalinkOf, RANKING_FILES, rankingFiles } from '../rankings/files/formats';
import { Ledger } from '../rankings/ledger';
import type { Ranking } from '../rankings/ranking.service';
import { refuse } from '../rankings/request-error';
import type { ProcessServices } from '../rankings/services';
import { noneMatch } from './answer-cache';
import { addVary, audienceOf, weakTag } from './caching';
import { refuseOtherMethods, refuseRequest } from './http-errors';
import { nodesOfCells } from './limits/field-costs';
import { pointsOf, rateLimitedWords, type RateLimiter } from './limits/rate-limit';
import { FILE_VARY, sendFile } from './send-file';

/** What the files come from. */
export interface RankingFilesOptions {
  readonly services: ProcessServices;
  /** Charged with what a file costs: the ranking, and its cells as those of an answer's columns. */
  readonly limiter: RateLimiter;
  /** Most cell operations that making a ranking again may cost. */
  readonly cellOperations: number;
  /** Seconds that a reader may take nothing before it is given up. */
  readonly idleSeconds: number;
}

/** `GET /rankings/{digest}`: what there is of a ranking; `GET /rankings/{digest}.{extension}`: one of its files. */
export function registerRankingFiles(
  http: FastifyInstance,
  { services, limiter, cellOperations, idleSeconds }: RankingFilesOptions,
): void {
  const [url, methods] = ['/rankings/:name', ['GET', 'HEAD']];
  refuseOtherMethods(http, url, methods);
  http.route<{ Params: { readonly name: string } }>({
    method: methods,
    url,
    async handler(request, reply) {
      const { digest, format } = partsOf(request.params.name);
      const ledger = new Ledger(cellOperations);
      const { archive, files } = services.within(ledger);
      const ranking = await archive.byDigest(digest).finally(() => {
        limiter.charge(request.client, pointsOf(ledger));
      });
      if (!ranking)
        throw refuse('NOT_FOUND', 'digest', digest, 'The server knows no ranking with this digest.', KNOWN_DIGESTS);
      const name = format === null ? '' : RANKING_FILES[format].extension;
      const etag = weakTag([digest, name, files.edition].join('\0'));
      const known = noneMatch(request.headers['if-none-match'], etag);
      const isHead = request.method === 'HEAD';
      const isSent = format !== null && !known && !isHead;
      const wait = isSent
        ? limiter.take(request.client, pointsOf({ nodes: nodesOfCells(files.cellsOf(ranking, format)) }))
        : 0;
      if (wait > 0)
        return refuseRequest(request, reply.header('retry-after', wait), 'RATE_LIMITED', rateLimitedWords(wait));
      const file = isSent ? await files.open(ranking, format) : null;
      describe(request, reply, etag, format !== null);
      if (known) return reply.code(304).send();
      if (format === null) return reply.send(indexOf(ranking));
      reply
        .type(RANKING_FILES[format].contentType)
        .header('content-disposition', `attachment; filename="ranking-${digest.slice(0, 12)}.${name}"`);
      return file === null ? reply.send() : sendFile(request, reply, file, idleSeconds);
    },
  });
}

const KNOWN_DIGESTS = 'a digest whose ranking was asked for its `files`, or that a saved methodology gives by itself';

/**
 * What an address names; the format is null where it is a digest alone.
 * @throws RequestError `NOT_FOUND` for anything else
 */
function partsOf(name: string) {
  const [, digest, extension] = /^([0-9a-f]{64})(?:\.(.*))?$/s.exec(name) ?? [];
  if (digest === undefined)
    throw refuse('NOT_FOUND', 'digest', name, 'This is no digest.', '64 digits of 0–9 and a–f, then a format');
  if (extension === undefined) return { digest, format: null };
  const format = formatOf(extension);
  if (format === null)
    throw refuse('NOT_FOUND', 'format', extension, 'There is no such file of a ranking.', EXTENSIONS);
  return { digest, format };
}

function describe(request: FastifyRequest, reply: FastifyReply, etag: string, isFile: boolean): void {
  // A later version may list more files.
  const lifetime = isFile ? 'max-age=31536000, immutable' : 'no-cache';
  reply.header('etag', etag).header('cache-control', `${audienceOf(request)}, ${lifetime}`);
  addVary(reply, FILE_VARY);
}

/** What there is of a ranking. */
function indexOf({ digest, data, result }: Ranking): object {
  const { version, digest: releaseDigest } = data.release;
  return {
    digest,
    permalink: permalinkOf(digest),
    year: result.year,
    release: { version, digest: releaseDigest },
    files: rankingFiles(digest),
  };
}
