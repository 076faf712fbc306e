import { library } from '../../library';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadMessages } from '../contender';

export const read: ReadMessages = (open, take) =>
  new Promise<void>((resolve, reject) => {
    library
      .fromEventSource(URL_OF_NOWHERE, { fetch: open, reconnect: false, maxMessageLength: Infinity })
      .subscribe({
        next({ data }) {
          take(data);
        },
        error: reject,
        complete: resolve,
      });
  });
