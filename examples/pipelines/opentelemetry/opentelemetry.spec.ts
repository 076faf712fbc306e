// The recipes against the SDK of OpenTelemetry: what it exports of a stream that is cut, resumes and ends.
import { SpanKind, SpanStatusCode, trace } from '@opentelemetry/api';
import {
  BasicTracerProvider,
  InMemorySpanExporter,
  SimpleSpanProcessor,
} from '@opentelemetry/sdk-trace-base';
import type { ReadableSpan } from '@opentelemetry/sdk-trace-base';
import { lastValueFrom, take, throwError } from 'rxjs';
import { fromEventSource, resumable, toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { nodeHandler } from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { httpServer } from '../../../spec/support/httpServer';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { ending } from './ending';
import { traced } from './traced';

forbidUnhandledRejections();

function tracing() {
  const exporter = new InMemorySpanExporter();
  const provider = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(exporter)] });
  onTestFinished(() => provider.shutdown());
  const spans = (kind: SpanKind): ReadableSpan[] =>
    exporter.getFinishedSpans().filter((span) => span.kind === kind);
  return { tracer: provider.getTracer('spec'), spans };
}

describe('a span for each stream', () => {
  it('has the reconnects, the bytes and the end of both sides', async () => {
    const { tracer, spans } = tracing();
    const messages = producer<SseMessageInit>();
    const feed = resumable(messages.source);
    const cut = new AbortController();
    const signals = [cut.signal, undefined];
    const server = await httpServer(
      nodeHandler((request) =>
        toSseResponse(feed, {
          request,
          signal: signals.shift(),
          onEnd: ending(tracer.startSpan('feed', { kind: SpanKind.SERVER })),
        }),
      ),
    );

    const seen = record(
      fromEventSource(server.url, { observe: 'lifecycle', reconnect: { delay: 1 } }).pipe(
        traced(tracer, 'prices'),
      ),
    );
    await messages.observedBy(1);
    messages.next({ data: 'one' });
    await seen.received(1);
    cut.abort(new Error('a deploy'));
    messages.next({ data: 'two' });
    await seen.received(2);
    messages.complete();
    await seen.ended();

    expect(seen.values).toMatchObject([{ data: 'one' }, { data: 'two' }]);
    await eventually(() => spans(SpanKind.SERVER)).toHaveLength(2);
    const [client] = spans(SpanKind.CLIENT);
    expect(client).toMatchObject({ name: 'prices', attributes: { 'stream.outcome': 'completed' } });
    expect(client?.events.map(({ name, attributes }) => [name, attributes])).toEqual([
      ['connecting', {}],
      ['open', {}],
      ['reconnecting', { error: expect.stringMatching(/StreamNetworkError/) as string }],
      ['connecting', {}],
      ['open', {}],
    ]);
    const servers = spans(SpanKind.SERVER).map(({ attributes }) => attributes);
    expect(servers).toMatchObject([
      { 'stream.outcome': 'aborted', 'stream.messages': 1 },
      { 'stream.outcome': 'completed', 'stream.messages': 1 },
    ]);
    const size = ({ 'http.response.body.size': bytes }: ReadableSpan['attributes']): number => Number(bytes);
    expect(size(client!.attributes)).toBe(size(servers[0]!) + size(servers[1]!));
    expect(client?.ended).toBe(true);
  });

  it('has the error of a stream that failed, on both sides', async () => {
    const { tracer, spans } = tracing();
    const { url } = await httpServer(
      nodeHandler((request) =>
        toSseResponse(
          throwError(() => new Error('no prices')),
          { request, onEnd: ending(tracer.startSpan('feed', { kind: SpanKind.SERVER })) },
        ),
      ),
    );

    const seen = record(fromEventSource(url, { observe: 'lifecycle' }).pipe(traced(tracer, 'prices')));
    await seen.ended();

    await eventually(() => spans(SpanKind.SERVER)).toMatchObject([
      {
        status: { code: SpanStatusCode.ERROR, message: 'no prices' },
        attributes: { 'stream.outcome': 'failed' },
      },
    ]);
    expect(spans(SpanKind.CLIENT)).toMatchObject([
      {
        status: {
          code: SpanStatusCode.ERROR,
          message: 'The server failed: Internal error',
        },
        attributes: { 'stream.outcome': 'failed' },
        events: [{ name: 'connecting' }, { name: 'open' }, { name: 'exception' }],
      },
    ]);
  });

  it('tells a reconnection after a clean end from one after a failure', async () => {
    const { tracer, spans } = tracing();
    const { url } = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: one\n\n');
    });
    const init = { observe: 'lifecycle', reconnect: { delay: 1 } } as const;
    await lastValueFrom(fromEventSource(url, init).pipe(traced(tracer, 'prices'), take(2)));
    expect(spans(SpanKind.CLIENT)[0]?.events).toContainEqual(
      expect.objectContaining({ name: 'reconnecting', attributes: { error: 'undefined' } }),
    );
  });

  it('ends when its subscriber leaves, and each subscription has one', async () => {
    const { tracer, spans } = tracing();
    const messages = producer<SseMessageInit>({ data: 'one' });
    const { url, disconnected } = await httpServer(
      nodeHandler((request) => toSseResponse(messages.source, { request })),
    );
    const price$ = fromEventSource(url, { observe: 'lifecycle' }).pipe(traced(tracer, 'prices'));

    for (const n of [1, 2]) {
      const seen = record(price$);
      await seen.received(1);
      seen.subscription.unsubscribe();
      await disconnected(n);
    }

    expect(spans(SpanKind.CLIENT)).toMatchObject([
      { attributes: { 'stream.outcome': 'left' } },
      { attributes: { 'stream.outcome': 'left' } },
    ]);
    await messages.observedBy(0);
  });

  it('costs nothing where no SDK is set up', async () => {
    const messages = producer<SseMessageInit>({ data: 'one' });
    const { url } = await httpServer(nodeHandler((request) => toSseResponse(messages.source, { request })));
    const seen = record(
      fromEventSource(url, { observe: 'lifecycle' }).pipe(traced(trace.getTracer('none'), 'prices')),
    );
    await seen.received(1);
    seen.subscription.unsubscribe();
    await messages.observedBy(0);
  });
});
