import { aString, check } from '../options/rules';
import { aSize, someContent } from '../options/testing';
import type { Bytes } from '../protocol/bytes';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/**
 * Encodes a text as UTF-8, as a server sends it.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseSse } from 'rxjs-http-streams';
 * import { utf8 } from 'rxjs-http-streams/testing';
 *
 * of(utf8('data: hi\n\n')).pipe(parseSse()).subscribe(console.log);
 * ```
 */
export function utf8(text: string): Bytes {
  check('text', text, aString);
  return encodeUtf8(text);
}

/**
 * Splits bytes, or the UTF-8 of a text, into chunks of `size` bytes, of which the last may be shorter. Code that reads
 * a stream has to give the same result wherever chunks end.
 *
 * @example
 * ```ts
 * import { from } from 'rxjs';
 * import { parseSse } from 'rxjs-http-streams';
 * import { chunksOf } from 'rxjs-http-streams/testing';
 *
 * from(chunksOf('data: €\n\n', 1)).pipe(parseSse()).subscribe(console.log); // whole all the same
 * ```
 */
export function chunksOf(content: Uint8Array | string, size: number): Bytes[] {
  check('content', content, someContent);
  check('size', size, aSize);
  const bytes = typeof content === 'string' ? utf8(content) : content;
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, index) =>
    bytes.slice(index * size, (index + 1) * size),
  );
}
