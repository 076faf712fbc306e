/**
 * A process of its own that sends rows through an operator or a reader with an asynchronous schema, never more than
 * three of them waiting, and says by how many bytes the memory that it holds grew after the first tenth.
 */
import { Subject, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromNdjsonFetch, parseJson, parseMessages, parseNdjson } from 'rxjs-http-streams';
import type { StandardSchema } from 'rxjs-http-streams';

const [, , operator = '', rows = '0'] = process.argv;
const ROWS = Number(rows);
const WAITING = 3;

const schema: StandardSchema<unknown> = {
  '~standard': {
    version: 1,
    vendor: 'spec',
    validate: async (value) => {
      await Promise.resolve();
      return { value };
    },
  },
};

/** Measures the memory that is held, without garbage. */
function held(): number {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
}

const text = (index: number): string => JSON.stringify([index, 'x'.repeat(1_000)]);
const source = new Subject<string>();
const body = (): ReadableStream<Uint8Array> => {
  const encoder = new TextEncoder();
  let index = 0;
  return new ReadableStream({
    pull(controller) {
      controller.enqueue(encoder.encode(`${text(index++)}\n`));
      if (index === ROWS) controller.close();
    },
  });
};
const read = { fetch: () => of(new Response(body())), schema };

const ways: Record<string, () => Observable<unknown>> = {
  parseJson: () => source.pipe(parseJson({ schema })),
  parseNdjson: () => source.pipe(parseNdjson({ schema })),
  parseMessages: () =>
    source.pipe(
      map((data) => ({ type: 'row', data, id: '' })),
      parseMessages({ row: schema }),
    ),
  fromNdjsonFetch: () => fromNdjsonFetch('/rows', read),
  project: () => fromNdjsonFetch('/rows', { ...read, project: (row) => Promise.resolve(row), concurrent: 2 }),
};

let values = 0;
let sent = 0;
let start = 0;
let most = 0;
const send = (): void => {
  while (sent < ROWS && sent - values < WAITING) source.next(`${text(sent++)}\n`);
  if (sent === ROWS) source.complete();
};

ways[operator]?.().subscribe({
  next: () => {
    values++;
    if (values === ROWS / 10) start = most = held();
    else if (values % (ROWS / 10) === 0) most = Math.max(most, held());
    queueMicrotask(send);
  },
  error: (error: unknown) => {
    throw error;
  },
  complete: () => {
    process.stdout.write(JSON.stringify({ values, growth: most - start }));
  },
});
send();
