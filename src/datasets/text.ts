import { isUtf8 } from 'node:buffer';
import type { BundleFile } from './limits';
import type { ProblemLog } from './report';

/** The text of a UTF-8 file without its byte order mark; null, with an error that names the line, if it is not UTF-8. */
export function decodeText(file: BundleFile, bytes: Buffer, log: ProblemLog): string | null {
  const decoder = new TextDecoder('utf-8', { fatal: true });
  try {
    return decoder.decode(bytes);
  } catch {
    // No byte of a multi-byte UTF-8 character is a line feed, so each line can be tried on its own.
    let start = 0;
    for (let line = 1; ; line += 1) {
      const feed = bytes.indexOf(0x0a, start);
      const end = feed === -1 ? bytes.length : feed;
      const bad = bytes.subarray(start, end);
      if (feed === -1 || !isUtf8(bad)) {
        log.error({
          file,
          line,
          column: null,
          value: bad.toString('latin1'),
          code: 'ENCODING_INVALID',
          message: 'The line is not valid UTF-8.',
          allowed: 'UTF-8, with or without a byte order mark',
        });
        return null;
      }
      start = end + 1;
    }
  }
}
