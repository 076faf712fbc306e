import { createEventSource } from 'eventsource-client';
import type { FetchLike } from 'eventsource-client';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadMessages } from '../contender';

export const read: ReadMessages = (open, take) =>
  new Promise<void>((resolve) => {
    const source = createEventSource({
      url: URL_OF_NOWHERE,
      fetch: open as unknown as FetchLike,
      onMessage({ data, event, id }) {
        take(data, event, id);
      },
      onDisconnect() {
        source.close();
        resolve();
      },
    });
  });
