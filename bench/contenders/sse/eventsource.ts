import { EventSource } from 'eventsource';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadMessages } from '../contender';

export const read: ReadMessages = (open, take) =>
  new Promise<void>((resolve) => {
    const source = new EventSource(URL_OF_NOWHERE, { fetch: open });
    source.onmessage = ({ data, type, lastEventId }: MessageEvent<string>) => {
      take(data, type, lastEventId);
    };
    // The end of the body is an error, after which it would connect again.
    source.onerror = () => {
      source.close();
      resolve();
    };
  });
