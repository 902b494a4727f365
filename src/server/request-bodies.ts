import { isUtf8 } from 'node:buffer';
import type { FastifyInstance } from 'fastify';
import { ERROR_CATALOGUE } from './errors';
import { errorBody } from './http-errors';

/** A body that is no JSON that everybody reads alike. */
class BodyError extends Error {
  readonly statusCode = 400;
}

/** The parameter of a media type that names how its text is encoded. */
const CHARSET = /;\s*charset\s*=\s*"?([^";\s]*)/i;

/**
 * Which bodies are taken: JSON in UTF-8, uncompressed, in which no object has a key twice. Programs differ in which of the
 * two values they read, and in what they make of bytes that are no text, so that what one lets pass another takes for
 * something else.
 */
export function takeOnlyPlainJson(http: FastifyInstance): void {
  // Text is no GraphQL request; without its parser it is refused as an unsupported media type.
  http.removeContentTypeParser(['text/plain', 'application/json']);
  const parse = http.getDefaultJsonParser('error', 'error');
  http.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, bytes: Buffer, done) => {
    const text = isUtf8(bytes) ? bytes.toString() : null;
    if (text === null) {
      done(new BodyError('The body is not UTF-8.'));
      return;
    }
    void parse(request, text, (error, value: unknown) => {
      if (error === null && hasRepeatedKey(text)) done(new BodyError('A key is given twice in one object.'));
      else done(error, value);
    });
  });
  http.addHook('onRequest', (request, reply, done) => {
    const { 'content-encoding': encoding, 'content-type': type = '' } = request.headers;
    const charset = CHARSET.exec(type)?.[1];
    if (
      (encoding === undefined || encoding.toLowerCase() === 'identity') &&
      (charset === undefined || charset.toLowerCase() === 'utf-8')
    ) {
      done();
      return;
    }
    const { status } = ERROR_CATALOGUE.UNSUPPORTED_MEDIA_TYPE;
    void reply.code(status).header('connection', 'close').send(errorBody('UNSUPPORTED_MEDIA_TYPE', request.id));
  });
}

/** Whether an object of a JSON text has a key twice, however the key is spelt. The text must parse. Takes linear time. */
export function hasRepeatedKey(text: string): boolean {
  /** Keys seen so far in each object around the place, null for a list. */
  const around: (Set<string> | null)[] = [];
  let isKey = false;
  for (let i = 0; i < text.length; i++) {
    switch (text[i]) {
      case '{':
        around.push(new Set());
        isKey = true;
        break;
      case '[':
        around.push(null);
        isKey = false;
        break;
      case '}':
      case ']':
        around.pop();
        break;
      case ',':
        isKey = around.at(-1) !== null;
        break;
      case '"': {
        const end = endOfString(text, i);
        const keys = isKey ? around.at(-1) : null;
        if (keys) {
          const key: unknown = JSON.parse(text.slice(i, end + 1));
          if (typeof key === 'string' && keys.size === keys.add(key).size) return true;
        }
        isKey = false;
        i = end;
      }
    }
  }
  return false;
}

/** Place of the quotation mark that ends the string which begins at `start`. */
function endOfString(text: string, start: number): number {
  let end = start + 1;
  while (end < text.length && text[end] !== '"') end += text[end] === '\\' ? 2 : 1;
  return end;
}
