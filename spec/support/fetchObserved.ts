import type { StreamFetch } from 'rxjs-http-streams';

/** The platform's fetch, and a promise of the first response that it gives. */
export function fetchObserved(): { readonly fetch: StreamFetch; readonly responded: Promise<void> } {
  let respond: () => void;
  const responded = new Promise<void>((resolve) => {
    respond = resolve;
  });
  return {
    responded,
    fetch: async (input, init) => {
      const response = await globalThis.fetch(input, init);
      respond();
      return response;
    },
  };
}
