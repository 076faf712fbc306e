import type { StreamSource } from '../flow/observed';
import { check } from '../options/rules';
import { aSource } from '../options/values';
import { isBytes } from './isBytes';

/**
 * Returns the source of a body as one that can be subscribed or pulled. A bare string or `Uint8Array` becomes a source
 * of one value. Throws a `TypeError` for a value that is not a source.
 */
export function inputOf<T>(source: StreamSource<T>): StreamSource<T> {
  if (typeof source === 'string' || isBytes(source)) return [source as T];
  check('source', source, aSource);
  return source;
}
