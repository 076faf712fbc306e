import type { AddressInfo } from 'node:net';
import { NEVER, Observable, concat, finalize, interval, map, of, timer } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { toChunkedResponse, toNdjsonResponse, toSseResponse } from 'rxjs-http-streams';
import type { BodyEnd } from 'rxjs-http-streams';
import type { CommonOptions } from '../bodies';
import { servers } from './servers';

/** Serves the servers that are named by the arguments, in a process of its own, so that all that is printed is seen. */

const outcomes: Record<string, number> = {};
let open = 0;

const counted = (source: Observable<string>): Observable<string> =>
  new Observable((subscriber) => {
    open++;
    subscriber.add(() => open--);
    return source.subscribe(subscriber);
  });

async function* generated(): AsyncGenerator<string> {
  open++;
  try {
    for (;;) {
      yield 'x'.repeat(1_000);
      await new Promise((resolve) => setTimeout(resolve, 2));
    }
  } finally {
    open--;
  }
}

const sources: Record<string, () => ObservableInput<string>> = {
  quiet: () => counted(NEVER),
  one: () => counted(concat(of('a'), NEVER)),
  ticking: () => counted(timer(0, 3).pipe(map((n) => `tick ${n}`))),
  flood: () => counted(interval(1).pipe(map(() => 'x'.repeat(50_000)))),
  generated,
  broken: () =>
    counted(timer(0, 3).pipe(map((n) => `tick ${n}`))).pipe(
      finalize(() => {
        throw new Error('in the teardown');
      }),
    ),
};

type Maker = (source: ObservableInput<string>, init: CommonOptions) => Response;

const makers: Record<string, Maker> = {
  sse: (source, init) => toSseResponse(source, init),
  ndjson: (source, init) => toNdjsonResponse(source, init),
  text: (source, init) => toChunkedResponse(source, init),
};

const answer = (request: Request): Response => {
  const [, format = '', source = 'one', told] = new URL(request.url).pathname.split('/');
  const make = makers[format] ?? toChunkedResponse;
  return make(sources[source]?.() ?? [], {
    onEnd: ({ outcome }: BodyEnd) => {
      outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    },
    ...(told === 'request' ? { request } : told === 'signal' ? { signal: request.signal } : {}),
  });
};

const ports: Record<string, number> = {};
for (const name of process.argv.slice(2)) {
  const server = await servers[name]?.(answer);
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  ports[name] = (server?.address() as AddressInfo).port;
}
process.on('message', () => process.send?.({ open, outcomes }));
process.send?.({ ports });
