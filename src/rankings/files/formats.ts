/** Files that there are of every ranking, by the end of their address. */
export const RANKING_FILES = {
  CSV: { extension: 'csv', contentType: 'text/csv; charset=utf-8; header=present' },
  JSON: { extension: 'json', contentType: 'application/json; charset=utf-8' },
  JSONL: { extension: 'jsonl', contentType: 'application/x-ndjson; charset=utf-8' },
  XLSX: { extension: 'xlsx', contentType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  PARQUET: { extension: 'parquet', contentType: 'application/vnd.apache.parquet' },
  METADATA: { extension: 'metadata.json', contentType: 'application/json; charset=utf-8' },
  CITATION: { extension: 'citation.bib', contentType: 'application/x-bibtex; charset=utf-8' },
  README: { extension: 'readme.md', contentType: 'text/markdown; charset=utf-8' },
} as const satisfies Readonly<Record<string, { readonly extension: string; readonly contentType: string }>>;

/** What a file of a ranking is. */
export type RankingFileFormat = keyof typeof RANKING_FILES;

/** The formats in the order in which they are listed. */
export const RANKING_FILE_FORMATS: readonly RankingFileFormat[] = [
  'CSV',
  'JSON',
  'JSONL',
  'XLSX',
  'PARQUET',
  'METADATA',
  'CITATION',
  'README',
];

/** A file of a ranking, as it is listed. */
export interface RankingFile {
  readonly format: RankingFileFormat;
  /** Path on the server. */
  readonly url: string;
  readonly contentType: string;
}

/** The path that names a ranking. */
export const permalinkOf = (digest: string): string => `/rankings/${digest}`;

/** The files of the ranking of a digest. */
export function rankingFiles(digest: string): RankingFile[] {
  return RANKING_FILE_FORMATS.map((format) => {
    const { extension, contentType } = RANKING_FILES[format];
    return { format, url: `${permalinkOf(digest)}.${extension}`, contentType };
  });
}

/** The format whose files end so; null where none does. */
export function formatOf(extension: string): RankingFileFormat | null {
  return RANKING_FILE_FORMATS.find((format) => RANKING_FILES[format].extension === extension) ?? null;
}

/** The ends of their addresses, as they are told to whoever asks for another. */
export const EXTENSIONS = RANKING_FILE_FORMATS.map((format) => RANKING_FILES[format].extension).join(', ');
