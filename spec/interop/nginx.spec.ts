import { map, of, throwError } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  resumable,
  sseStop,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { failing } from '../support/failing';
import type { Handler } from '../support/frameworks';
import type { HttpServer } from '../support/httpServer';
import { behindNginx, byDefault, nginx, withKeepAlive } from '../support/nginx';
import { itDeliversLive } from '../support/itDeliversLive';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();
if (!nginx) console.warn('No nginx here (see NGINX in spec/support/nginx.ts): its specs are left out.');

const data = (url: string, reconnect?: false): Recording<string> =>
  record(fromEventSource(url, { reconnect }).pipe(map((message) => message.data)));

describe.runIf(nginx).each([byDefault, withKeepAlive])('behind nginx, $name', (form) => {
  /** A server, with its address behind the proxy. */
  const proxied = async (handler: Handler): Promise<HttpServer> => {
    const server = await webServer(handler);
    return { ...server, url: await behindNginx(server.url, form) };
  };
  const kill = async (
    { exchange, exchanges }: HttpServer,
    how: 'destroy' | 'resetAndDestroy' = 'destroy',
  ): Promise<void> => {
    (await exchange(exchanges.length)).response.socket?.[how]();
  };

  it('delivers each message at once also when it is compressed on its way', async () => {
    const messages = producer('a');
    const { url } = await proxied((request) => toSseResponse(messages.source, { request }));
    const response = await fetch(url, { headers: { 'accept-encoding': 'gzip' } });
    expect(response.headers.get('content-encoding')).toBe('gzip');
    const recording = record(fromEventSource(url, { fetch: () => Promise.resolve(response) }));
    await recording.received(1);
    messages.next('b');
    await recording.received(2);
    messages.complete();
    await recording.ended();
    expect(recording.outcome).toBe('complete');
  });

  // There are two connections on the way.
  itDeliversLive(proxied, 2);

  it('shows a failure of the source as no end of messages', async () => {
    const messages = producer('a');
    const { url } = await proxied((request) => toSseResponse(messages.source, { request }));
    const recording = data(url, false);
    await recording.received(1);
    messages.error(new Error('the secret'));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a'], outcome: 'error' });
    expect(recording.error).not.toMatchObject({ reason: expect.stringContaining('secret') as string });
  });

  it('shows a failure of the source as no end of rows', async () => {
    const rows = producer({ row: 1 });
    const { url } = await proxied((request) =>
      toNdjsonResponse(rows.source, { request, terminal: 'notification' }),
    );
    const recording = record(fromNdjsonFetch(url, { terminal: 'notification' }));
    await recording.received(1);
    rows.error(new Error('the secret'));
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ row: 1 }], outcome: 'error' });
  });

  // A proxy that knows where a body ends drops what it has not yet passed on when that end does not come: whether
  // the reason is still seen is a matter of time there.
  if (form === byDefault)
    it('passes on the reason of a failure, after all that came before', async () => {
      const { url } = await proxied((request) =>
        request.url.endsWith('rows')
          ? toNdjsonResponse(failing('a', 'b', 'c'), { request, terminal: 'notification' })
          : toSseResponse(failing('a', 'b', 'c'), { request }),
      );
      const rows$ = fromNdjsonFetch<string>(`${url}rows`, { terminal: 'notification' });
      for (const recording of [data(url), record(rows$)]) {
        await recording.ended();
        expect(recording.values).toEqual(['a', 'b', 'c']);
        expect(recording.error).toMatchObject({ name: 'StreamServerError', reason: 'Internal error' });
      }
    });

  it.each(['destroy', 'resetAndDestroy'] as const)(
    'shows a cut behind it as no end of messages (%s)',
    async (how) => {
      const messages = producer('a');
      const proxy = await proxied((request) => toSseResponse(messages.source, { request }));
      const recording = data(proxy.url, false);
      await recording.received(1);
      await kill(proxy, how);
      await recording.ended();
      expect(recording).toMatchObject({ values: ['a'], outcome: 'error' });
      await messages.observedBy(0);
    },
  );

  it.each(['destroy', 'resetAndDestroy'] as const)(
    'shows a cut behind it as no end of rows (%s)',
    async (how) => {
      const rows = producer({ row: 1 });
      const proxy = await proxied((request) =>
        toNdjsonResponse(rows.source, { request, terminal: 'notification' }),
      );
      const recording = record(fromNdjsonFetch(proxy.url, { terminal: 'notification' }));
      await recording.received(1);
      await kill(proxy, how);
      await recording.ended();
      expect(recording).toMatchObject({ values: [{ row: 1 }], outcome: 'error' });
    },
  );

  it('hides such a cut when it speaks HTTP/1.0 and the stream does not say how it ended', async () => {
    const messages = producer('a');
    const proxy = await proxied((request) => toSseResponse(messages.source, { request, terminal: 'none' }));
    const recording = data(proxy.url, false);
    await recording.received(1);
    await kill(proxy);
    await recording.ended();
    expect(recording.outcome).toBe(form === byDefault ? 'complete' : 'error');
  });

  it('continues after the last event ID when the connection is cut behind it', async () => {
    const numbers = producer<{ id: string; data: number }>();
    const feed = resumable(numbers.source);
    const proxy = await proxied((request) => toSseResponse(feed, { request, retry: 100 }));
    const recording = record(fromEventSource(proxy.url).pipe(map((message) => Number(message.data))));
    await numbers.observedBy(1);
    for (let cut = 0; cut < 3; cut++) {
      for (let n = 1; n <= 3; n++) numbers.next({ id: `é${cut}${n}`, data: cut * 10 + n });
      await recording.received(cut * 4 + 3);
      await kill(proxy);
      numbers.next({ id: `é${cut}4`, data: cut * 10 + 4 });
      await recording.received(cut * 4 + 4);
    }
    numbers.complete();
    await recording.ended();
    expect(recording).toMatchObject({
      values: [1, 2, 3, 4, 11, 12, 13, 14, 21, 22, 23, 24],
      outcome: 'complete',
    });
    expect(proxy.exchanges).toHaveLength(4);
  });

  it('leaves the source alone on HEAD', async () => {
    const messages = producer('a');
    const { url } = await proxied((request) => toSseResponse(messages.source, { request }));
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(messages.subscriptions()).toBe(0);
  });

  it('passes on a refusal and the stop of clients', async () => {
    const { url } = await proxied((request) =>
      request.url.endsWith('stop')
        ? sseStop()
        : toSseResponse(
            throwError(() => Object.assign(new Error('the secret'), { status: 503 })),
            { request, awaitFirst: true },
          ),
    );
    expect((await fetch(url)).status).toBe(503);
    const recording = data(`${url}stop`);
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
  });

  it('streams to a POST with a body', async () => {
    const { url } = await proxied((request) => toSseResponse(of('a'), { request }));
    const recording = record(fromEventSource(url, { method: 'POST', body: 'x'.repeat(512 * 1024) }));
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ data: 'a' }], outcome: 'complete' });
  });
});

describe.runIf(nginx)('behind nginx that cuts a quiet connection', () => {
  it('keeps a quiet source connected by its heartbeat', async () => {
    const messages = producer<string>();
    const server = await webServer((request) => toSseResponse(messages.source, { request, heartbeat: 100 }));
    const url = await behindNginx(server.url, { name: '', location: 'proxy_read_timeout 500ms;' });
    const body = record(fromChunkedFetch(url));
    for (let beat = 1; beat <= 10; beat++) await body.received(1 + beat);
    messages.next('a');
    messages.complete();
    await body.ended();
    const text = body.values.join('');
    expect(text.match(/^:$/gm)?.length).toBeGreaterThanOrEqual(10);
    expect(text).toContain('data: a\n\n');
  });
});
