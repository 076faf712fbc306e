import { library } from '../../library';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadValues } from '../contender';

const { decodeText, fromChunkedFetch, parseJson, splitLines } = library;

/** The reader of bytes and an operator a step, instead of the one reader. */
export const read: ReadValues = (open, take) =>
  new Promise<void>((resolve, reject) => {
    fromChunkedFetch(URL_OF_NOWHERE, { fetch: open, responseType: 'bytes' })
      .pipe(decodeText(), splitLines(), parseJson())
      .subscribe({ next: take, error: reject, complete: resolve });
  });
