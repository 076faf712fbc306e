import { library } from '../../library';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadValues } from '../contender';

export const read: ReadValues = (open, take) =>
  new Promise<void>((resolve, reject) => {
    library
      .fromNdjsonFetch(URL_OF_NOWHERE, { fetch: open, maxLineLength: Infinity })
      .subscribe({ next: take, error: reject, complete: resolve });
  });
