import { basename } from 'node:path';
import type { DataSource } from 'typeorm';
import { Release, ReleaseRepository, ReleaseRowsRepository, type ReleaseRows } from '../entities';
import { readBundle, type Bundle } from './bundle';
import { readBundleFiles, type BundleBytes } from './bundle-files';
import { checkContent, checkRecipeByEngine, type RecipeCheck } from './check';
import { contentOf, digestOfFiles, mergeContent, writeContent } from './content';
import type { BundleFile } from './limits';
import { DEFAULT_PROBLEM_LIMIT, ProblemLog, type ImportReport } from './report';

/** How a bundle is published. */
export interface PublishOptions {
  /** Who publishes, for the audit trail. Default `cli`. */
  readonly actor?: string;
  /** How many errors and warnings the report lists. Default 100. */
  readonly problemLimit?: number;
  /** Check of each recipe. Default: the engine's. */
  readonly checkRecipe?: RecipeCheck;
  /** The clock. */
  readonly now?: () => Date;
}

/**
 * Reads, checks and publishes a bundle (folder or `.zip`) as the next release, in one transaction: either the whole
 * release is there afterwards or nothing has changed. What is wrong with the bundle is in the report and not thrown;
 * a database that fails is thrown.
 */
export async function publishBundle(
  dataSource: DataSource,
  path: string,
  options: PublishOptions = {},
): Promise<ImportReport> {
  const started = performance.now();
  const log = new ProblemLog(options.problemLimit ?? DEFAULT_PROBLEM_LIMIT);
  const bytes = await readBundleFiles(path, log);
  const bundle = readBundle(bytes, log);
  const digest = await inTurn(dataSource, () => publish(dataSource, basename(path), bundle, bytes, log, options));
  return {
    published: digest !== null,
    version: bundle.meta.version ?? null,
    digest,
    rows: rowCounts(bundle, bytes),
    errors: log.errors,
    errorCount: log.errorCount,
    warnings: log.warnings,
    warningCount: log.warningCount,
    elapsedMs: performance.now() - started,
  };
}

/** Publishes the bundle if nothing has been published yet; null if something has. */
export async function publishIfEmpty(
  dataSource: DataSource,
  path: string,
  options: PublishOptions = {},
): Promise<ImportReport | null> {
  const releases = new ReleaseRepository(dataSource);
  if (!(await releases.isEmpty())) return null;
  const report = await publishBundle(dataSource, path, options);
  // Another process may have been first, which is as good.
  return report.published || (await releases.isEmpty()) ? report : null;
}

async function publish(
  dataSource: DataSource,
  bundleName: string,
  bundle: Bundle,
  bytes: BundleBytes,
  log: ProblemLog,
  options: PublishOptions,
): Promise<string | null> {
  // Without its required files nothing can be said of references, and the missing files are in the report.
  if (bytes.size === 0) return null;
  const releases = new ReleaseRepository(dataSource);
  const rowsRepository = new ReleaseRowsRepository(dataSource);
  const previous = await releases.current();
  const before = previous === null ? null : contentOf(previous, await rowsRepository.load(previous));
  const content = mergeContent(before, bundle);
  const { indexFrameworks } = checkContent(content, bundle, options.checkRecipe ?? checkRecipeByEngine, log);
  const { version } = content.meta;
  const conflict = (message: string): null => {
    const allowed = 'a version that no release has';
    log.error({
      file: 'bundle.json',
      line: null,
      column: 'version',
      value: version,
      code: 'CONFLICT',
      message,
      allowed,
    });
    return null;
  };
  if (bundle.meta.version !== undefined && (await releases.byVersion(version)) !== null) {
    conflict('A release has this version already.');
  }
  if (log.errorCount > 0) return null;

  const publishedAt = (options.now?.() ?? new Date()).toISOString();
  const digest = digestOfFiles(writeContent(content));
  const release = Object.assign(new Release(), {
    ...content.meta,
    sequence: (previous?.sequence ?? 0) + 1,
    digest,
    publishedAt,
    cityCount: content.cities.size,
    indicatorCount: content.indicators.size,
    observationCount: content.observations.size,
  });
  try {
    await rowsRepository.publish(release, rowsOf(bundle, indexFrameworks), {
      occurredAt: publishedAt,
      actor: options.actor ?? 'cli',
      action: 'PUBLISH_RELEASE',
      subject: version,
      detail: { bundle: bundleName, digest },
    });
  } catch (error) {
    // The content was checked against `previous`. If another process has published since, its rows took our number.
    const current = await releases.current();
    if (current?.sequence === previous?.sequence) throw error;
    return conflict('Another release was published meanwhile; import again to build on it.');
  }
  return digest;
}

function rowsOf(bundle: Bundle, indexFrameworks: ReleaseRows['indexFrameworks']): ReleaseRows {
  const list = <Row>(rows: ReadonlyMap<string, { readonly row: Row }>): Row[] =>
    Array.from(rows.values(), ({ row }) => row);
  return {
    cities: list(bundle.cities.rows),
    sources: list(bundle.sources.rows),
    indicators: list(bundle.indicators.rows),
    indexFrameworks,
    frameworkNodes: list(bundle.frameworkNodes.rows),
    observations: list(bundle.observations.rows),
    publishedRankings: list(bundle.publishedRankings.rows),
    initiatives: list(bundle.initiatives.rows),
    methodologies: list(bundle.methodologies),
  };
}

function rowCounts(bundle: Bundle, bytes: BundleBytes): Record<string, number> {
  const counts: [BundleFile, number][] = [
    ['cities.csv', bundle.cities.rowCount],
    ['sources.csv', bundle.sources.rowCount],
    ['indicators.csv', bundle.indicators.rowCount],
    ['frameworks.csv', bundle.frameworkNodes.rowCount],
    ['observations.csv', bundle.observations.rowCount],
    ['published_rankings.csv', bundle.publishedRankings.rowCount],
    ['initiatives.csv', bundle.initiatives.rowCount],
    ['methodologies.json', bundle.methodologies.size],
  ];
  return Object.fromEntries(counts.filter(([file]) => bytes.has(file)));
}

const turns = new WeakMap<DataSource, Promise<unknown>>();

/** SQLite has one connection and so one transaction at a time; imports through one data source wait for each other. */
function inTurn<Result>(dataSource: DataSource, work: () => Promise<Result>): Promise<Result> {
  const turn = (turns.get(dataSource) ?? Promise.resolve()).then(work, work);
  turns.set(dataSource, turn);
  return turn;
}
