import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleFetch } from 'rxjs-http-streams/testing';

/** The server in marbles of the spec that runs. */
export let server: MarbleFetch;

/** Makes the server in marbles that the snippets of the spec ask from now on. */
export const serveFeed = (...given: Parameters<typeof marbleFetch>): MarbleFetch =>
  (server = marbleFetch(...given));

/** The environment of a snippet that asks that server. */
export const environment = {
  fetch: (...request: Parameters<MarbleFetch['fetch']>): ReturnType<MarbleFetch['fetch']> =>
    server.fetch(...request),
};

/** A message whose data is its ID. */
export const message = (id: number): string => `id: ${id}\ndata: ${id}\n\n`;

/** The `Last-Event-ID` of each request of that server. */
export const lastEventIds = (): (string | null)[] =>
  server.requests.map(({ headers }) => headers.get('last-event-id'));
