/**
 * A process of its own that gives values to a body whose client never reads. It reports the largest growth of its
 * memory in bytes, and the end of the body.
 */
import { setTimeout } from 'node:timers/promises';
import { Subject } from 'rxjs';
import { toChunkedBody, toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import type { BodySource } from 'rxjs-http-streams';

const [, , format = ''] = process.argv;
const makers: Readonly<Record<string, (source: BodySource<never>) => ReadableStream<Uint8Array>>> = {
  text: toChunkedBody,
  rows: toNdjsonBody,
  messages: toSseBody,
};

function held(): number {
  globalThis.gc?.();
  return process.memoryUsage().heapUsed;
}

const source = new Subject<string>();
const isObserved = (): boolean => source.observed;
const reader = makers[format]!(source as unknown as BodySource<never>).getReader();
const first = reader.read();
while (!isObserved()) await setTimeout(1);
source.next('a');
await first;

const start = held();
let most = start;
for (let index = 0; index < 20_000_000 && isObserved(); index++) {
  source.next(String.fromCharCode(97 + (index % 26)));
  if (index % 20_000 !== 0) continue;
  await setTimeout(5);
  most = Math.max(most, held());
}
let end: unknown;
while (end === undefined) {
  end = await reader.read().then(
    () => undefined,
    (error: unknown) => (error as Error).name,
  );
}
process.stdout.write(JSON.stringify({ growth: most - start, end }));
