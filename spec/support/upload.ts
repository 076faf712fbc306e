import { setImmediate } from 'node:timers/promises';
import { Observable } from 'rxjs';
import { toNdjsonBody } from 'rxjs-http-streams';

/** A body for a request, and what becomes of its source. */
export interface Upload {
  readonly body: BodyInit;
  /** Settles when the source is released; at once where it was never asked for anything. */
  readonly released: () => Promise<void>;
}

const ROW = { text: 'x'.repeat(1024) };

/** Uploads without an end, one for each kind of source: pushed, pulled, a stream of the platform and an iterable. */
export const uploads: Readonly<Record<string, () => Upload>> = {
  'an Observable': () => {
    const { start, release, released } = releasing();
    const row$ = new Observable<object>((subscriber) => {
      start();
      subscriber.next(ROW);
      return release;
    });
    return { body: toNdjsonBody(row$), released };
  },
  'an async generator': () => {
    const { rows, released } = generator(ROW);
    return { body: toNdjsonBody(rows), released };
  },
  'a stream of the platform': () => {
    const { start, release, released } = releasing();
    const body = new ReadableStream<Uint8Array>(
      {
        pull: async (controller) => {
          await setImmediate();
          controller.enqueue(new Uint8Array(1024));
        },
        cancel: release,
      },
      { highWaterMark: 0 },
    );
    // Whatever it is made of may be open already.
    start();
    return { body, released };
  },
  'an async iterable': () => {
    const { rows, released } = generator('x'.repeat(1024));
    return { body: rows as unknown as BodyInit, released };
  },
};

function releasing(): {
  readonly start: () => void;
  readonly release: () => void;
  readonly released: () => Promise<void>;
} {
  let started = false;
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return {
    start: () => {
      started = true;
    },
    release,
    released: async () => {
      if (started) await released;
    },
  };
}

function generator<T>(row: T): { readonly rows: AsyncGenerator<T>; readonly released: () => Promise<void> } {
  const { start, release, released } = releasing();
  const rows = (async function* () {
    start();
    try {
      for (;;) {
        await setImmediate();
        yield row;
      }
    } finally {
      release();
    }
  })();
  return { rows, released };
}
