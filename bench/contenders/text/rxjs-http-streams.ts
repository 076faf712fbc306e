import { library } from '../../library';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadText } from '../contender';

export const read: ReadText = (open, take) =>
  new Promise<void>((resolve, reject) => {
    library
      .fromChunkedFetch(URL_OF_NOWHERE, { fetch: open })
      .subscribe({ next: take, error: reject, complete: resolve });
  });
