import { library } from '../../library';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadMessages } from '../contender';

/** The reader of bytes and one operator behind it. */
export const read: ReadMessages = (open, take) =>
  new Promise<void>((resolve, reject) => {
    library
      .fromChunkedFetch(URL_OF_NOWHERE, { fetch: open, responseType: 'bytes' })
      .pipe(library.parseSse())
      .subscribe({
        next({ data, type, id }) {
          take(data, type, id);
        },
        error: reject,
        complete: resolve,
      });
  });
