import { of, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  endOn,
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  parseJson,
  parseMessages,
  parseNdjson,
  typed,
} from 'rxjs-http-streams';
import type {
  ContentTypeError,
  LifecycleEvent,
  SseMessage,
  StreamFetch,
  StreamResponse,
  StreamTimeoutError,
} from 'rxjs-http-streams';
import { Agent } from 'undici';
import { describe, expectTypeOf, it } from 'vitest';
import { z } from 'zod';

interface Row {
  id: number;
}
const schema = z.object({ id: z.string().transform(Number) });

describe('types', () => {
  it('of text and bytes follow responseType', () => {
    expectTypeOf(fromChunkedFetch('/')).toEqualTypeOf<Observable<string>>();
    expectTypeOf(fromChunkedFetch('/', { responseType: 'text' })).toEqualTypeOf<Observable<string>>();
    expectTypeOf(fromChunkedFetch('/', { responseType: 'bytes' })).toEqualTypeOf<
      Observable<Uint8Array<ArrayBuffer>>
    >();
  });

  it('of rows are given, or follow the schema', () => {
    expectTypeOf(fromNdjsonFetch('/')).toEqualTypeOf<Observable<unknown>>();
    expectTypeOf(fromNdjsonFetch<Row>('/')).toEqualTypeOf<Observable<Row>>();
    expectTypeOf(fromNdjsonFetch('/', { schema })).toEqualTypeOf<Observable<Row>>();
    expectTypeOf(of('').pipe(parseNdjson({ schema }))).toEqualTypeOf<Observable<Row>>();
    expectTypeOf(of('').pipe(parseJson<Row>())).toEqualTypeOf<Observable<Row>>();
  });

  it('of rows follow parse, unless a schema says what they become', () => {
    const big = (text: string): bigint => BigInt(text);
    expectTypeOf(fromNdjsonFetch('/', { parse: big })).toEqualTypeOf<Observable<bigint>>();
    expectTypeOf(of('').pipe(parseNdjson({ parse: big }))).toEqualTypeOf<Observable<bigint>>();
    expectTypeOf(of('').pipe(parseJson({ parse: big }))).toEqualTypeOf<Observable<bigint>>();
    expectTypeOf(of('').pipe(parseJson({ parse: big, schema }))).toEqualTypeOf<Observable<Row>>();
    expectTypeOf(fromNdjsonFetch<Row>('/', { parse: (text) => JSON.parse(text) as unknown })).toEqualTypeOf<
      Observable<Row>
    >();
    expectTypeOf(fromNdjsonFetch('/', { parse: big, project: (n) => of(n) })).toEqualTypeOf<
      Observable<bigint>
    >();
  });

  it('of rows are those of typed, and project is inferred beside it', () => {
    expectTypeOf(fromNdjsonFetch('/', { schema: typed<Row>() })).toEqualTypeOf<Observable<Row>>();
    expectTypeOf(
      fromNdjsonFetch('/', { schema: typed<Row>(), project: ({ id }) => of(`${id}`) }),
    ).toEqualTypeOf<Observable<string>>();
    expectTypeOf(
      fromNdjsonFetch('/', {
        schema: typed<Row>(),
        observe: 'lifecycle',
        project: ({ id }) => Promise.resolve(id),
      }),
    ).toEqualTypeOf<Observable<LifecycleEvent<number>>>();
    expectTypeOf(of('').pipe(parseJson({ schema: typed<Row>() }))).toEqualTypeOf<Observable<Row>>();
    expectTypeOf(fromEventSource('/').pipe(parseMessages({ row: typed<Row>() }))).toEqualTypeOf<
      Observable<{ readonly type: 'row'; readonly data: Row; readonly id: string }>
    >();
  });

  it('of what stands for a bad line may be another one', () => {
    const onBadLine = (line: string) => [line];
    expectTypeOf(fromNdjsonFetch('/', { schema, onBadLine })).toEqualTypeOf<Observable<Row | string>>();
    expectTypeOf(fromNdjsonFetch('/', { schema, onBadLine: (line) => [line] })).toEqualTypeOf<
      Observable<Row | string>
    >();
    expectTypeOf(fromNdjsonFetch<Row, string>('/', { onBadLine })).toEqualTypeOf<Observable<Row | string>>();
    expectTypeOf(of('').pipe(parseNdjson({ schema, onBadLine }))).toEqualTypeOf<Observable<Row | string>>();
    expectTypeOf(of('').pipe(parseNdjson<Row>({ onBadLine: () => [{ id: 1 }] }))).toEqualTypeOf<
      Observable<Row>
    >();
    expectTypeOf(
      fromNdjsonFetch('/', {
        schema,
        onBadLine,
        project: (row) => {
          expectTypeOf(row).toEqualTypeOf<Row | string>();
          return of(row);
        },
      }),
    ).toEqualTypeOf<Observable<Row | string>>();
    expectTypeOf(fromNdjsonFetch('/', { schema, onBadLine: 'skip' })).toEqualTypeOf<Observable<Row>>();
    // @ts-expect-error a row that is none
    void fromNdjsonFetch<Row>('/', { onBadLine });
  });

  it('of messages are told apart by their type', () => {
    const parsed = parseMessages({ row: schema, count: Number });
    expectTypeOf(fromEventSource('/').pipe(parsed)).toEqualTypeOf<
      Observable<
        | { readonly type: 'row'; readonly data: Row; readonly id: string }
        | { readonly type: 'count'; readonly data: number; readonly id: string }
      >
    >();
  });

  it('of projected values follow project', () => {
    expectTypeOf(fromNdjsonFetch('/', { schema, project: ({ id }) => of(String(id)) })).toEqualTypeOf<
      Observable<string>
    >();
    expectTypeOf(fromNdjsonFetch('/', { project: (row: Row) => Promise.resolve(row.id) })).toEqualTypeOf<
      Observable<number>
    >();
    expectTypeOf(fromEventSource('/', { project: ({ data }) => [data.length] })).toEqualTypeOf<
      Observable<number>
    >();
    expectTypeOf(
      fromChunkedFetch('/', { responseType: 'bytes', project: (chunk) => of(chunk.length) }),
    ).toEqualTypeOf<Observable<number>>();
  });

  it('of the lifecycle carry the value', () => {
    expectTypeOf(fromEventSource('/', { observe: 'lifecycle' })).toEqualTypeOf<
      Observable<LifecycleEvent<SseMessage>>
    >();
    expectTypeOf(fromNdjsonFetch('/', { schema, observe: 'lifecycle' })).toEqualTypeOf<
      Observable<LifecycleEvent<Row>>
    >();
    expectTypeOf(
      fromNdjsonFetch('/', { schema, observe: 'lifecycle', project: ({ id }) => of(`${id}`) }),
    ).toEqualTypeOf<Observable<LifecycleEvent<string>>>();
  });

  it('of fetch fit the platform', () => {
    expectTypeOf<typeof globalThis.fetch>().toExtend<StreamFetch>();
  });

  it('of a body fit every kind that is read', () => {
    type Body = StreamResponse['body'];
    expectTypeOf<ReadableStream<Uint8Array>>().toExtend<Body>();
    expectTypeOf<AsyncIterable<string | Uint8Array>>().toExtend<Body>();
    expectTypeOf<Observable<string>>().toExtend<Body>();
    expectTypeOf<null>().toExtend<Body>();
  });

  it('of what is waited for and asked again', () => {
    void fromEventSource('/', {
      connectTimeout: 5_000,
      lastEventIdParam: 'after',
      mediaTypes: ['text/event-stream'] as const,
      reconnect: {
        jitter: 0,
        statuses: (status) => {
          expectTypeOf(status).toEqualTypeOf<number>();
          return status > 500;
        },
        delay: (error, retryCount, suggested) => {
          expectTypeOf(error).toEqualTypeOf<unknown>();
          expectTypeOf(suggested).toEqualTypeOf<number>();
          return timer(suggested * retryCount);
        },
      },
    });
    // @ts-expect-error a list, as one type is not told from a list of characters
    void fromEventSource('/', { mediaTypes: 'text/event-stream' });
    // @ts-expect-error rows have no last event ID
    void fromNdjsonFetch('/', { lastEventIdParam: 'after' });
  });

  it('of errors say what they carry', () => {
    expectTypeOf<ContentTypeError['body']>().toEqualTypeOf<string>();
    expectTypeOf<ContentTypeError['headers']>().toEqualTypeOf<Headers>();
    expectTypeOf<StreamTimeoutError['connectTimeout']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<StreamTimeoutError['idleTimeout']>().toEqualTypeOf<number | undefined>();
  });

  it('of the end marker fit what passes', () => {
    expectTypeOf(fromEventSource('/').pipe(endOn('[DONE]'))).toEqualTypeOf<Observable<SseMessage>>();
    expectTypeOf(of(1).pipe(endOn((n) => n > 3))).toEqualTypeOf<Observable<number>>();
    // @ts-expect-error a text marks the end of texts and messages only
    void of(1).pipe(endOn('3'));
  });

  it('of requests may be plain objects, later ones, and know an agent of undici', () => {
    const token = 'token';
    void fromEventSource('/', { request: () => ({ cache: 'no-store', headers: { authorization: token } }) });
    void fromNdjsonFetch('/', { request: async () => Promise.resolve({ method: 'POST', mode: 'cors' }) });
    void fromChunkedFetch('/', { request: ({ attempt }) => (attempt > 1 ? { method: 'GET' } : of({})) });
    void fromEventSource('/', { dispatcher: new Agent({ bodyTimeout: 0 }), idleTimeout: 60_000 });
    void fromEventSource('/', { request: () => ({ dispatcher: new Agent() }) });
    // @ts-expect-error not a member of a request
    void fromEventSource('/', { request: () => ({ retries: 3 }) });
  });

  it('of concurrent ask for a project', () => {
    void fromNdjsonFetch('/', { concurrent: 2, project: (row: Row) => of(row) });
    // @ts-expect-error concurrent needs a project
    void fromNdjsonFetch('/', { concurrent: 2 });
    // @ts-expect-error concurrent needs a project
    void fromEventSource('/', { concurrent: 2, observe: 'lifecycle' });
    // @ts-expect-error concurrent needs a project
    void fromChunkedFetch('/', { concurrent: 2 });
  });

  it('do not let a request factory give a signal', () => {
    // @ts-expect-error the signal is the subscription's
    void fromEventSource('/', { request: () => ({ signal: new AbortController().signal }) });
    // @ts-expect-error the signal is the subscription's
    void fromEventSource('/', { request: () => of({ signal: new AbortController().signal }) });
  });
});
