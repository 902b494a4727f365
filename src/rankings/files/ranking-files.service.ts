import { Readable } from 'node:stream';
import type { ObservationRepository } from '../../entities';
import type { Ranking } from '../ranking.service';
import { writeCitation } from './citation';
import type { RankingFileFormat } from './formats';
import { metadataOf, type RankingMetadata, type UsedSource } from './metadata';
import { rankingTable } from './ranking-table';
import { writeReadme } from './readme';
import { cellsIn } from './table';
import { isTableFormat, TableFiles, textOf, type TableFormat } from './table-files';

/** Writes the files of rankings. */
export class RankingFilesService {
  /** Opens tables, those of rankings and any other; all count alike against what may be open. */
  readonly tables: TableFiles;

  /**
   * @param publicUrl address of the service without a slash at its end; empty where it is not known
   * @param maxOpenCells most cells of all tables that are being sent, since each holds on to its ranking; one table alone
   * may have more
   */
  constructor(
    private readonly observations: Pick<ObservationRepository, 'sourcesOf'>,
    private readonly publicUrl: string,
    maxOpenCells: number,
  ) {
    this.tables = new TableFiles(maxOpenCells);
  }

  /**
   * A file, made while it is read. Whoever takes it must read or destroy it.
   * @throws RequestError `BUDGET_EXCEEDED` where the format has no room for the table, `QUEUE_FULL` where as much is being
   * sent as may
   */
  async open(ranking: Ranking, format: RankingFileFormat): Promise<Readable> {
    switch (format) {
      case 'METADATA':
        return textOf([`${JSON.stringify(await this.#metadataOf(ranking), null, 2)}\n`]);
      case 'CITATION':
        return textOf([writeCitation(await this.#metadataOf(ranking))]);
      case 'README':
        return textOf([writeReadme(await this.#metadataOf(ranking))]);
      default:
        return this.#openTable(ranking, format);
    }
  }

  /** Cells of a file; 0 of those that are no table. */
  cellsOf(ranking: Ranking, format: RankingFileFormat): number {
    return isTableFormat(format) ? cellsIn(rankingTable(ranking)) : 0;
  }

  /** Names what the bytes of a file depend on besides the digest of its ranking. */
  get edition(): string {
    return `${LAYOUT} ${this.publicUrl}`;
  }

  async #metadataOf(ranking: Ranking): Promise<RankingMetadata> {
    return metadataOf(ranking, await this.#sourcesOf(ranking), this.publicUrl);
  }

  /** The sources of the observations of the ranking's indicators, and of what they are divided by. */
  async #sourcesOf({ data, result, plan }: Ranking): Promise<UsedSource[]> {
    const codes = new Set(result.indicators.map((indicator) => indicator.code));
    for (const { by } of plan.recipe.denominate) codes.add(by);
    const indicatorsOf = new Map<string, string[]>();
    for (const { sourceId, indicatorCode } of await this.observations.sourcesOf(data.release, [...codes]))
      indicatorsOf.set(sourceId, [...(indicatorsOf.get(sourceId) ?? []), indicatorCode]);
    return [...indicatorsOf].flatMap(([id, indicators]) => {
      const source = data.sources.get(id);
      return source ? [{ source, indicators }] : [];
    });
  }

  #openTable(ranking: Ranking, format: TableFormat): Readable {
    const table = { name: 'ranking', ...rankingTable(ranking) };
    return this.tables.open(format, table, {
      head: headOf(ranking),
      modified: new Date(ranking.data.release.publishedAt),
    });
  }
}

/** Changes when the same ranking gives other bytes, so that what is kept elsewhere is asked for again. */
const LAYOUT = '1';

/** What names a ranking inside its files. */
function headOf({ digest, data, result }: Ranking): Readonly<Record<string, string | number>> {
  const { version, digest: releaseDigest } = data.release;
  return { digest, year: result.year, release: version, releaseDigest };
}
