import { of } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { StreamInput } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleRequest } from 'rxjs-http-streams/testing';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withParam } from '../../src/client/withParam';
import { httpServer } from '../support/httpServer';
import { record } from '../support/recording';
import { scheduled } from '../support/scheduler';

/** The requests of a feed whose server sends these events, a connection each. */
function requestsOf(
  input: StreamInput,
  events: readonly string[],
  lastEventId?: string,
): readonly MarbleRequest[] {
  let requests: readonly MarbleRequest[] = [];
  scheduled(({ cold, flush }) => {
    const server = marbleFetch(
      cold,
      events.map((e) => ({ body: '(e|)', chunks: { e } })),
    );
    record(fromEventSource(input, { fetch: server.fetch, lastEventIdParam: 'after', lastEventId }));
    flush();
    ({ requests } = server);
  });
  return requests;
}

describe('lastEventIdParam', () => {
  it('carries the last event ID in the query instead of the header, of the original address each time', () => {
    const requests = requestsOf('/feed?x=1', ['id: 1\n\n', 'id: 2\n\n', 'id\n\n']);
    expect(requests.map(({ url }) => url)).toEqual([
      '/feed?x=1',
      '/feed?x=1&after=1',
      '/feed?x=1&after=2',
      '/feed?x=1',
    ]);
    expect(requests.some(({ headers }) => headers.has('last-event-id'))).toBe(false);
  });

  it('begins with lastEventId, which may be one that no header can carry', () => {
    expect(requestsOf('/feed', [], 'a\u0001b')[0]?.url).toBe('/feed?after=a%01b');
    expect(requestsOf('/feed', [], 'é 漢+&=#%')[0]?.url).toBe(
      '/feed?after=%C3%A9%20%E6%BC%A2%2B%26%3D%23%25',
    );
    expect(requestsOf('/feed', [], '\ud800')[0]?.url).toBe('/feed?after=%EF%BF%BD');
  });

  it.each<[StreamInput, string]>([
    ['feed', 'feed?after=7'],
    ['?', '?after=7'],
    ['', '?after=7'],
    ['#top', '?after=7#top'],
    ['../feed?a=b#x?y', '../feed?a=b&after=7#x?y'],
    ['/feed?after=1&b&after=2#top', '/feed?b&after=7#top'],
    ['/feed?%61fter=1&Xafter=2&after2=3', '/feed?Xafter=2&after2=3&after=7'],
    ['/feed?a=%20+%zz&&b=?', '/feed?a=%20+%zz&b=?&after=7'],
    [new URL('http://localhost/feed?after=1#top'), 'http://localhost/feed?after=7#top'],
    [new Request('http://localhost/feed?after=1&b=2'), 'http://localhost/feed?b=2&after=7'],
    [() => of('/feed'), '/feed?after=7'],
    [() => of(new URL('http://localhost/')), 'http://localhost/?after=7'],
  ])('is written into %s', (input, url) => {
    expect(requestsOf(input, ['id: 7\n\n'])[1]?.url).toBe(url);
  });

  it('is one parameter, which a server reads as the ID that it sent, of any address and ID', () => {
    const part = fc.string({
      unit: fc.constantFrom('a', '%', '+', '&', '=', '#', '?', ' ', 'é', '🙂', '\0'),
      maxLength: 5,
    });
    const address = fc
      .tuple(fc.constantFrom('/', '/feed', '/a%20b'), part, fc.constantFrom('', '#', '#a?b=c&d#'))
      .map(([path, query, fragment]) => `http://localhost${path}?${query.replaceAll('#', '')}${fragment}`);
    fc.assert(
      fc.property(address, part, part, (url, name, id) => {
        fc.pre(name !== '');
        const before = new URL(url);
        const after = new URL(withParam(url, name, id) as string);
        expect(after.searchParams.getAll(name)).toEqual([id]);
        expect([after.pathname, after.hash]).toEqual([before.pathname, before.hash]);
        expect(withParam(String(after), name, id)).toBe(String(after));
      }),
    );
  });

  it('keeps the method, headers and body of a Request', async () => {
    const server = await httpServer((request, response) => {
      let body = '';
      request.setEncoding('utf8').on('data', (text: string) => (body += text));
      request.on('end', () => {
        response.writeHead(200, { 'content-type': 'text/event-stream' });
        response.end(
          `id: ${body}\ndata: ${request.method} ${request.url} ${String(request.headers['x-tenant'])}\n\n`,
        );
      });
    });
    const input = new Request(server.url, { method: 'POST', body: 'q', headers: { 'x-tenant': 'a' } });
    const recording = record(
      fromEventSource(input, { lastEventIdParam: 'after', reconnect: { count: 1, delay: 1 } }),
    );
    await recording.received(2);
    recording.subscription.unsubscribe();
    expect(recording.values.map(({ data }) => data)).toEqual(['POST / a', 'POST /?after=q a']);
  });

  it('carries no more than 64 KiB', () => {
    const requests = requestsOf('/feed', [
      `id: ${'é'.repeat(32_768)}\n\n`,
      `id: ${'é'.repeat(32_769)}\n\n`,
      '',
    ]);
    expect(requests).toHaveLength(2);
  });
});
