import { library } from '../../library';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadValues } from '../contender';

/** The reader of bytes and one operator behind it. */
export const read: ReadValues = (open, take) =>
  new Promise<void>((resolve, reject) => {
    library
      .fromChunkedFetch(URL_OF_NOWHERE, { fetch: open, responseType: 'bytes' })
      .pipe(library.parseNdjson())
      .subscribe({ next: take, error: reject, complete: resolve });
  });
