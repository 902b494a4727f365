import { constants, type Stats } from 'node:fs';
import { lstat, open, stat } from 'node:fs/promises';
import { join } from 'node:path';
import * as yauzl from 'yauzl';
import { BUNDLE_FILES, BUNDLE_LIMITS, type BundleFile } from './limits';
import type { DataProblemCode, ProblemLog } from './report';

/** The raw bytes of a bundle's files, those that are there. */
export type BundleBytes = ReadonlyMap<BundleFile, Buffer>;

/**
 * Reads the files of a bundle from a folder or a `.zip`. Only the known names are ever opened, nothing is unpacked to
 * disk, and no symbolic link inside the bundle is followed.
 */
export async function readBundleFiles(path: string, log: ProblemLog): Promise<BundleBytes> {
  let found: Stats;
  try {
    found = await stat(path);
  } catch {
    fail(log, path, 'FILE_MISSING', 'There is no such folder or file.', 'a bundle folder, or a .zip of one');
    return new Map();
  }
  return found.isDirectory() ? readFolder(path, log) : readZip(path, log);
}

async function readFolder(folder: string, log: ProblemLog): Promise<BundleBytes> {
  const files = new Map<BundleFile, Buffer>();
  let left: number = BUNDLE_LIMITS.bytes;
  for (const name of BUNDLE_FILES) {
    const path = join(folder, name);
    let found: Stats;
    try {
      found = await lstat(path);
    } catch {
      continue;
    }
    if (!found.isFile()) {
      fail(log, name, 'FILE_UNREADABLE', 'It is not a regular file.', 'a regular file, not a link or a folder');
      continue;
    }
    left -= found.size;
    if (left < 0) {
      failTooLarge(log, name);
      break;
    }
    try {
      // O_NOFOLLOW closes the gap between the look above and this.
      const handle = await open(path, constants.O_RDONLY | constants.O_NOFOLLOW);
      try {
        files.set(name, await handle.readFile());
      } finally {
        await handle.close();
      }
    } catch {
      fail(log, name, 'FILE_UNREADABLE', 'It could not be read.', 'a readable file');
    }
  }
  return files;
}

async function readZip(path: string, log: ProblemLog): Promise<BundleBytes> {
  let zip: yauzl.ZipFile;
  try {
    zip = await yauzl.openPromise(path, { lazyEntries: true, autoClose: false, strictFileNames: true });
  } catch {
    fail(
      log,
      path,
      'FILE_UNREADABLE',
      'It is neither a folder nor a readable .zip.',
      'a bundle folder, or a .zip of one',
    );
    return new Map();
  }
  try {
    return await readEntries(zip, path, log);
  } catch (error) {
    // yauzl refuses names that leave the folder, sizes that do not match the headers, and damaged data.
    const reason = error instanceof Error ? error.message : String(error);
    fail(log, path, 'FILE_UNREADABLE', `The .zip cannot be used: ${reason}.`, 'a plain .zip of a bundle folder');
    return new Map();
  } finally {
    zip.close();
  }
}

async function readEntries(zip: yauzl.ZipFile, path: string, log: ProblemLog): Promise<BundleBytes> {
  if (zip.entryCount > BUNDLE_LIMITS.zipEntries) {
    failTooLarge(log, path);
    return new Map();
  }
  const entries = (await listEntries(zip)).filter(
    ({ fileName }) => !fileName.endsWith('/') && !fileName.startsWith('__MACOSX/'),
  );
  // A .zip of a folder holds the folder's name before each file; a .zip of its content does not.
  const folder = entries.find(({ fileName }) => /^([^/]+\/)?bundle\.json$/.test(fileName));
  const prefix = folder ? folder.fileName.slice(0, -'bundle.json'.length) : '';
  const files = new Map<BundleFile, Buffer>();
  let left: number = BUNDLE_LIMITS.bytes;
  for (const entry of entries) {
    const name = BUNDLE_FILES.find((known) => prefix + known === entry.fileName);
    if (name === undefined) {
      log.warn(problem(entry.fileName, 'FILE_UNKNOWN', 'The file is not part of a bundle and was not read.', null));
      continue;
    }
    if (files.has(name)) {
      fail(log, name, 'FILE_UNREADABLE', 'The .zip holds it twice.', 'each file once');
      continue;
    }
    const fileType = (entry.externalFileAttributes >>> 16) & 0o170000;
    if (fileType !== 0 && fileType !== 0o100000) {
      fail(log, name, 'FILE_UNREADABLE', 'It is not a regular file.', 'a regular file, not a link or a folder');
      continue;
    }
    left -= entry.uncompressedSize;
    if (left < 0) {
      failTooLarge(log, name);
      break;
    }
    files.set(name, await readEntry(zip, entry));
  }
  return files;
}

function listEntries(zip: yauzl.ZipFile): Promise<yauzl.Entry[]> {
  return new Promise((resolve, reject) => {
    const entries: yauzl.Entry[] = [];
    zip.on('entry', (entry: yauzl.Entry) => {
      entries.push(entry);
      zip.readEntry();
    });
    zip.on('end', () => {
      resolve(entries);
    });
    zip.on('error', reject);
    zip.readEntry();
  });
}

/** yauzl ends the stream with an error as soon as it holds more or fewer bytes than the entry's header says. */
function readEntry(zip: yauzl.ZipFile, entry: yauzl.Entry): Promise<Buffer> {
  return new Promise((resolve, reject) => {
    zip.openReadStream(entry, (error, stream) => {
      if (error) {
        reject(error);
        return;
      }
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        resolve(Buffer.concat(chunks));
      });
      stream.on('error', reject);
    });
  });
}

function problem(file: string, code: DataProblemCode, message: string, allowed: string | null) {
  return { file, line: null, column: null, value: null, code, message, allowed };
}

function fail(log: ProblemLog, file: string, code: DataProblemCode, message: string, allowed: string): void {
  log.error(problem(file, code, message, allowed));
}

function failTooLarge(log: ProblemLog, file: string): void {
  const { bytes, zipEntries } = BUNDLE_LIMITS;
  const allowed = `at most ${String(bytes)} bytes in all files, ${String(zipEntries)} entries in a .zip`;
  fail(log, file, 'TOO_LARGE', 'The bundle is larger than an import takes.', allowed);
}
