import { fetchEventSource } from '@microsoft/fetch-event-source';
import { URL_OF_NOWHERE } from '../contender';
import type { ReadMessages } from '../contender';

// It looks these two up in the browser, and asks little of them.
Object.assign(globalThis, { window: globalThis, document: new EventTarget() });

export const read: ReadMessages = (open, take) =>
  fetchEventSource(URL_OF_NOWHERE, {
    fetch: open,
    openWhenHidden: true,
    onmessage({ data, event, id }) {
      take(data, event, id);
    },
    onerror(error) {
      throw error;
    },
  });
