import type { StreamFetch } from 'rxjs-http-streams';

/** A `fetch` that notes in a query what the response says about the next request. An empty response has no messages. */
export const nextQuery =
  (query: URLSearchParams, names: readonly string[]): StreamFetch =>
  async (input, init) => {
    const response = await fetch(input, init);
    for (const name of names) {
      const value = response.headers.get(`electric-${name}`);
      if (value) query.set(name, value);
    }
    if (response.status === 204 || response.headers.has('electric-up-to-date')) query.set('live', 'true');
    return response.status === 204 ? new Response('[]') : response;
  };
