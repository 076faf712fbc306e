import { fork } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { from, interval, lastValueFrom, mergeMap, reduce, take } from 'rxjs';
import type { Observable, ObservableInput, OperatorFunction } from 'rxjs';
import type { SseMessageInit } from 'rxjs-http-streams';
import { expectSame } from '../digest';
import { library, libraryOnNode } from '../library';
import type { TrialModule } from '../trial';
import { valuesOf } from '../workloads/values';

const { formatNdjson, formatSse, toNdjsonResponse, toSseResponse } = library;
const { nodeHandler } = libraryOnNode;

const MIB = 1024 * 1024;
/** Interval at which a source without back-pressure emits a mebibyte, in milliseconds. */
const PUSH_EVERY = 10;
/** Buffer for a client that is slower than such a source, in bytes; the rest is dropped. */
const LIMITS = { overflow: 'drop-oldest', maxBufferedBytes: MIB } as const;

interface Format {
  /** About a mebibyte of them. */
  readonly values: readonly unknown[];
  readonly write: OperatorFunction<unknown, string>;
  readonly respond: (source: ObservableInput<unknown>) => Response;
}

type FormatName = 'sse' | 'ndjson';

const formats: Readonly<Record<FormatName, Format>> = {
  sse: {
    values: valuesOf('chat', MIB).map((data) => ({ data })),
    write: formatSse() as OperatorFunction<unknown, string>,
    respond: (source) =>
      toSseResponse(source as ObservableInput<SseMessageInit>, { ...LIMITS, terminal: 'none' }),
  },
  ndjson: {
    values: valuesOf('row', MIB),
    write: formatNdjson(),
    respond: (source) => toNdjsonResponse(source, LIMITS),
  },
};

function* pulled(values: readonly unknown[], rounds: number): Generator {
  for (let round = 0; round < rounds; round++) yield* values;
}

const pushed = (values: readonly unknown[], rounds: number): Observable<unknown> =>
  interval(PUSH_EVERY).pipe(
    take(rounds),
    mergeMap(() => values),
  );

/** Has a client in another process read a body, with a pause after every so many bytes, and returns its report. */
async function takenBy(
  url: string,
  every: number,
  pause: number,
): Promise<{ taken: number; complete: boolean }> {
  const taker = fork(fileURLToPath(new URL('../taker.ts', import.meta.url)), [
    url,
    String(every),
    String(pause),
  ]);
  const [taken] = (await once(taker, 'message')) as [{ taken: number; complete: boolean }];
  return taken;
}

/** Measures the largest growth of a server while it sends the first body of a kind. */
export const createTrial: TrialModule['createTrial'] = async (params, contender) => {
  const { format, source, every, pause, bytes } = params as {
    format: FormatName;
    source: 'pulled' | 'pushed';
    every: number;
    pause: number;
    bytes: number;
  };
  const { values, write, respond } = formats[format];
  const rounds = Math.ceil(bytes / MIB);
  const wire = await lastValueFrom(
    from(values).pipe(
      write,
      reduce((length, text) => length + text.length, 0),
    ),
  );
  const body = source === 'pulled' ? () => pulled(values, rounds) : () => pushed(values, rounds);
  const server = createServer(nodeHandler(() => respond(body())));
  await once(server.listen(0, '127.0.0.1'), 'listening');

  return {
    size: rounds * values.length,
    cold: true,
    check: () => Promise.resolve(),
    async run() {
      const start = process.memoryUsage.rss();
      const { port } = server.address() as AddressInfo;
      const { taken, complete } = await takenBy(`http://127.0.0.1:${port}/`, every, pause);
      expectSame(contender, complete, true);
      // What waits for nobody is dropped where the client is too slow; what is left of it are whole values.
      if (source === 'pulled') expectSame(contender, Math.floor(taken / wire), rounds);
      return { 'MiB grown': (process.resourceUsage().maxRSS * 1024 - start) / MIB, 'MiB taken': taken / MIB };
    },
  };
};
