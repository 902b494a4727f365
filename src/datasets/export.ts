import { chmod, mkdir, mkdtemp, readdir, rename, rm, writeFile } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import type { DataSource } from 'typeorm';
import { ReleaseRepository, ReleaseRowsRepository } from '../entities';
import { contentOf, digestOfFiles, writeContent } from './content';

/** Why an export wrote nothing. */
export class ExportError extends Error {
  override readonly name = 'ExportError';
}

/** What an export wrote. */
export interface ExportReport {
  readonly version: string;
  readonly digest: string;
  /** Names of the files, in bundle order. */
  readonly files: readonly string[];
}

/**
 * Writes a release as a bundle folder that holds all of its content, also what earlier releases introduced. Importing
 * it into an empty database gives the same digest. The folder appears whole or not at all.
 * @param path a folder that does not exist or is empty
 * @throws ExportError when there is no such release or the folder is not empty
 */
export async function exportRelease(dataSource: DataSource, version: string, path: string): Promise<ExportReport> {
  const release = await new ReleaseRepository(dataSource).byVersion(version);
  if (!release) throw new ExportError(`There is no release ${JSON.stringify(version)}.`);
  const target = resolve(path);
  if ((await entriesOf(target)).length > 0) throw new ExportError(`The folder ${target} is not empty.`);

  const files = writeContent(contentOf(release, await new ReleaseRowsRepository(dataSource).load(release)));
  const digest = digestOfFiles(files);
  if (digest !== release.digest) {
    throw new ExportError(`The stored content of release ${version} does not match its digest.`);
  }
  await mkdir(dirname(target), { recursive: true });
  const draft = await mkdtemp(join(dirname(target), `.${basename(target)}-`));
  try {
    for (const [name, text] of files) await writeFile(join(draft, name), text);
    // A temporary folder is made for its owner alone; an export is for whoever may see the folder around it.
    await chmod(draft, 0o755);
    await rename(draft, target);
  } catch (error) {
    await rm(draft, { recursive: true, force: true });
    throw error;
  }
  return { version, digest, files: [...files.keys()] };
}

async function entriesOf(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT') return [];
    throw new ExportError(`${folder} is not a folder that can be written to.`);
  }
}
