import type { NgZone } from '@angular/core';

/**
 * Has the reads of a body run outside Angular's zone, where `fetch` runs: zone.js would render the application once more
 * for what the platform does during each. What waits for a read goes on in the zone that it has waited in.
 */
export function readOutside({ body }: Response, zone: NgZone): void {
  if (!body) return;
  const getReader = body.getReader.bind(body) as () => ReadableStreamDefaultReader<Uint8Array>;
  Object.assign(body, {
    getReader: () => {
      const reader = getReader();
      const read = reader.read.bind(reader);
      return Object.assign(reader, { read: () => zone.runOutsideAngular(read) });
    },
  });
}
