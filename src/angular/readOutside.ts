import type { NgZone } from '@angular/core';

/**
 * Makes the reads of a body run outside Angular's zone, like `fetch`: otherwise zone.js would render the application
 * once more for each read. Code that awaits a read continues in the zone in which it awaited the read.
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
