import { EMPTY, NEVER, map, of } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import {
  formatSse,
  fromEventSource,
  fromNdjsonFetch,
  keepAlive,
  resumable,
  sseStop,
  toAsyncIterable,
  toChunkedBody,
  toChunkedResponse,
  toEventTarget,
  toNdjsonBody,
  toNdjsonResponse,
  toSseBody,
  toSseResponse,
  typed,
} from 'rxjs-http-streams';
import type {
  BodySource,
  SseBodyOptions,
  SseMessage,
  SseMessageInit,
  SseResponseInit,
  StreamErrorEvent,
  StreamEventTarget,
} from 'rxjs-http-streams';
import { describe, expectTypeOf, it } from 'vitest';

interface Row {
  id: number;
}
interface Tick extends SseMessageInit {
  readonly type: 'tick';
}

describe('types', () => {
  it('of responses are promised where the first value is awaited, and only there', () => {
    expectTypeOf(toSseResponse(EMPTY)).toEqualTypeOf<Response>();
    expectTypeOf(toSseResponse(EMPTY, { status: 201 })).toEqualTypeOf<Response>();
    expectTypeOf(toSseResponse(EMPTY, { awaitFirst: false })).toEqualTypeOf<Response>();
    expectTypeOf(toSseResponse(EMPTY, { awaitFirst: undefined })).toEqualTypeOf<Response>();
    expectTypeOf(toSseResponse(EMPTY, { awaitFirst: true })).toEqualTypeOf<Promise<Response>>();
    expectTypeOf(toNdjsonResponse(EMPTY)).toEqualTypeOf<Response>();
    expectTypeOf(toNdjsonResponse(EMPTY, { awaitFirst: true })).toEqualTypeOf<Promise<Response>>();
    expectTypeOf(toChunkedResponse(EMPTY)).toEqualTypeOf<Response>();
    expectTypeOf(toChunkedResponse(EMPTY, { awaitFirst: true })).toEqualTypeOf<Promise<Response>>();
    expectTypeOf(sseStop()).toEqualTypeOf<Response>();
  });

  it('of responses ask for a decision where the option is not known', () => {
    const init: SseResponseInit = { awaitFirst: Math.random() > 0.5 };
    // @ts-expect-error a response or a promise of one: the caller has to know which
    void toSseResponse(EMPTY, init);
  });

  it('of bodies are streams of bytes', () => {
    expectTypeOf(toChunkedBody(of('text'))).toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>>>();
    expectTypeOf(toNdjsonBody(of({ id: 1 }))).toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>>>();
    expectTypeOf(toSseBody(of('text'))).toEqualTypeOf<ReadableStream<Uint8Array<ArrayBuffer>>>();
  });

  it('of sources are what the format can carry, encoded or not', () => {
    expectTypeOf(toNdjsonBody<Row>)
      .parameter(0)
      .toEqualTypeOf<BodySource<Row>>();
    void toNdjsonBody(EMPTY as Observable<Row | Uint8Array>);
    const options: SseBodyOptions = {};
    void toSseBody(of('text'), options);
    // @ts-expect-error the source gives more than the function takes
    void toSseBody(of<Tick | string>('text'), { overflow: (queued: readonly string[]) => queued });
    void toChunkedBody(of(Uint8Array.of(1)));
    void toNdjsonBody<Row>([{ id: 1 }]);
    void toSseBody(of(Uint8Array.of(1)));
    void toSseBody((lastEventId: string | undefined) => of({ id: lastEventId, data: { any: 'thing' } }));
    // @ts-expect-error a row that is none
    void toNdjsonBody<Row>(of({ id: '1' }));
    // @ts-expect-error values go as text or bytes
    void toChunkedBody(of(1));
    // @ts-expect-error a value has to be made a message
    void toSseBody(of(1));
  });

  it('of messages refuse members that no message has, wherever messages are sent', () => {
    const domain$ = of({ type: 'start', delta: 'y' });
    // @ts-expect-error `delta` would be lost
    void toSseBody(domain$);
    // @ts-expect-error `delta` would be lost
    void toSseBody(() => domain$);
    // @ts-expect-error `delta` would be lost
    void toSseResponse(domain$);
    // @ts-expect-error `delta` would be lost
    void toSseResponse(domain$, { awaitFirst: true });
    // @ts-expect-error `delta` would be lost
    void domain$.pipe(formatSse());
    // @ts-expect-error `delta` would be lost
    void toSseResponse(resumable(domain$));
    // @ts-expect-error `event` is the name on the wire, and `type` that of the member
    void toSseBody(of({ event: 'tick', data: 1 }));
    // @ts-expect-error `event` is the name on the wire, and `type` that of the member
    void of({ event: 'tick' }).pipe(formatSse());
    // @ts-expect-error a type is a text
    void toSseBody(of({ type: 1 }));
    // @ts-expect-error a value that may be anything may be no message
    void toSseBody(of(1 as unknown));
    void toSseBody(domain$.pipe(map((data) => ({ type: data.type, data }))));
    void toSseBody(of({ type: 'tick', data: 1 }, 'text', Uint8Array.of(1)));
    void toSseBody(of<SseMessageInit>({ type: 'tick' }));
    void toSseBody([]);
    void toSseBody(Math.random() > 0.5 ? of('text') : of({ data: 1 }));
    void toSseBody(Math.random() > 0.5 ? of('text') : [{ type: 'tick', data: 1 }]);
    // @ts-expect-error `delta` would be lost, in one of two cases
    void toSseBody(Math.random() > 0.5 ? of('text') : domain$);
    void toSseBody(of(JSON.parse('{}')));
    void toSseBody(of({ data: 1 }) as unknown as AsyncIterable<{ data: number }>);
    void toSseBody((id) => of({ data: id }));
    void toSseResponse((id) => Promise.resolve({ data: id }), { awaitFirst: true });
    void of({ id: '7', data: 1 }).pipe(formatSse());
    void of('text').pipe(formatSse());
    void of<Tick>({ type: 'tick' }).pipe(formatSse());
  });

  it('are made of the values of any source by `message`, which knows their type', () => {
    const domain$ = of({ type: 'start', delta: 'y' }, Uint8Array.of(1));
    void toSseBody(domain$, { message: ({ type, delta }, index) => ({ type, data: { delta, index } }) });
    void toSseBody(() => domain$, { message: ({ delta }) => delta });
    expectTypeOf(toSseResponse(domain$, { message: (data) => ({ data }) })).toEqualTypeOf<Response>();
    expectTypeOf(
      toSseResponse(domain$, {
        message: (data) => ({ data }),
        awaitFirst: true,
        overflow: (queued) => queued,
      }),
    ).toEqualTypeOf<Promise<Response>>();
    // @ts-expect-error a message or a text is what it has to return
    void toSseBody(domain$, { message: () => 1 });
    // @ts-expect-error the source does not give numbers
    void toSseBody(domain$, { message: (n: number) => ({ data: n }) });
    // @ts-expect-error without it, `delta` would be lost
    void toSseBody(domain$, { message: undefined });
  });

  it('of a relay fit in one line', () => {
    expectTypeOf(toSseResponse(fromEventSource('/'))).toEqualTypeOf<Response>();
    expectTypeOf(toNdjsonResponse(fromNdjsonFetch<Row>('/'))).toEqualTypeOf<Response>();
    expectTypeOf(toSseResponse(resumable(fromEventSource('/')))).toEqualTypeOf<Response>();
  });

  it('of what mapError and overflow are given follow the source', () => {
    void toNdjsonBody<Row>(NEVER, {
      overflow: (queued, next) => {
        expectTypeOf(queued).toEqualTypeOf<readonly Row[]>();
        expectTypeOf(next).toEqualTypeOf<Row>();
        return [...queued.slice(1), next];
      },
      mapError: (error) => {
        expectTypeOf(error).toEqualTypeOf<unknown>();
        return 'no';
      },
    });
  });

  it('of what overflow is given are those of the source, whatever makes the body', () => {
    const drop = <T>(queued: readonly T[], next: T): readonly T[] => [...queued.slice(1), next];
    void toSseBody(of<Tick>({ type: 'tick' }), {
      overflow: (queued, next) => {
        expectTypeOf(next).toEqualTypeOf<Tick>();
        return drop(queued, next);
      },
    });
    void toSseResponse((id) => of({ data: id }), {
      awaitFirst: true,
      overflow: (queued, next) => {
        expectTypeOf(next).toEqualTypeOf<{ data: string | undefined }>();
        return drop(queued, next);
      },
    });
    void toNdjsonResponse(of<Row>({ id: 1 }), {
      overflow: (queued, next) => {
        expectTypeOf(next).toEqualTypeOf<Row>();
        return queued.filter(({ id }) => id !== next.id).concat(next);
      },
    });
    void toChunkedBody(of('text'), {
      overflow: (queued, next) => {
        expectTypeOf(next).toEqualTypeOf<string>();
        return drop(queued, next);
      },
    });
    void toChunkedResponse(of(Uint8Array.of(1)), { overflow: (queued) => queued.slice(1) });
  });

  it('of resumable messages are those of the source, snapshot included', () => {
    const feed = resumable(of<Tick>({ type: 'tick', id: '1' }));
    expectTypeOf(feed).toEqualTypeOf<(lastEventId?: string) => Observable<Tick>>();
    void resumable(of<Tick>({ type: 'tick' }), {
      onGap: (lastEventId) => {
        expectTypeOf(lastEventId).toEqualTypeOf<string>();
        return of<Tick>({ type: 'tick' });
      },
    });
    expectTypeOf(
      resumable(of<Tick>({ type: 'tick' }), { onGap: () => of({ data: 'a snapshot' }) }),
    ).toEqualTypeOf<(lastEventId?: string) => Observable<Tick | { data: string }>>();
    // @ts-expect-error a snapshot of what is no message
    void resumable(of<Tick>({ type: 'tick' }), { onGap: () => of(1) });
    // @ts-expect-error what is no message has no id to resume after
    void resumable(of(1));
  });

  it('of event targets ask for a life whose values have a type', () => {
    const target = toEventTarget(fromEventSource('/', { observe: 'lifecycle' }));
    expectTypeOf(target).toEqualTypeOf<StreamEventTarget<SseMessage>>();
    const plain: EventTarget = target;
    plain.addEventListener('start', null);
    void toEventTarget(fromNdjsonFetch<{ type: string; data: number }>('/', { observe: 'lifecycle' }));
    // @ts-expect-error the values alone do not say when the response opens
    void toEventTarget(fromEventSource('/'));
    // @ts-expect-error values without a type have no event to be
    void toEventTarget(fromNdjsonFetch<Row>('/', { observe: 'lifecycle' }));
  });

  it('of events are those of the messages with their names', () => {
    toEventTarget(fromEventSource('/', { observe: 'lifecycle' })).addEventListener('tick', (event) => {
      expectTypeOf(event).toEqualTypeOf<MessageEvent<string>>();
    });
    const target = toEventTarget(
      fromNdjsonFetch('/', {
        schema: typed<
          { type: 'tick'; data: number } | { type: 'done'; data: Row } | { type: 'error'; data: 1 }
        >(),
        observe: 'lifecycle',
      }),
    );
    target.addEventListener('tick', (event) => {
      expectTypeOf(event).toEqualTypeOf<MessageEvent<number>>();
    });
    target.addEventListener('start', (event) => {
      expectTypeOf(event).toEqualTypeOf<Event>();
    });
    target.addEventListener('error', (event) => {
      expectTypeOf(event).toEqualTypeOf<StreamErrorEvent | MessageEvent<1>>();
    });
    const listener = ({ data }: MessageEvent<Row>): number => data.id;
    target.addEventListener('done', listener, { once: true });
    target.removeEventListener('done', listener);
    // @ts-expect-error the data of `tick` is a number
    target.addEventListener('tick', listener);
    target.addEventListener('other', (event) => {
      expectTypeOf(event).toEqualTypeOf<Event>();
    });
  });

  it('of async iterables are those of the source', () => {
    expectTypeOf(toAsyncIterable(of(1))).toExtend<AsyncIterable<number>>();
    expectTypeOf(toAsyncIterable(fromNdjsonFetch<Row>('/'))).toExtend<AsyncIterable<Row>>();
    expectTypeOf(toAsyncIterable([1])).toExtend<AsyncIterable<number>>();
  });

  it('of what is kept alive have the frame as well', () => {
    expectTypeOf(keepAlive<string, null>(5, null)).toEqualTypeOf<OperatorFunction<string, string | null>>();
    expectTypeOf(of(1).pipe(keepAlive(5, 'frame'))).toEqualTypeOf<Observable<string | number>>();
  });
});
