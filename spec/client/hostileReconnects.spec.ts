import { timer } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleRequest, MarbleResponse } from 'rxjs-http-streams/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { httpServer } from '../support/httpServer';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { scheduled } from '../support/scheduler';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const MIB = 1024 * 1024;

interface Visit {
  readonly requests: readonly MarbleRequest[];
  /** Between each request and the one before it, in virtual milliseconds. */
  readonly gaps: readonly number[];
  readonly recording: Recording<unknown>;
}

/** Some time, an hour if omitted, with a server that answers every request the same. */
function visit(response: MarbleResponse, time = HOUR): Visit {
  let visited!: Visit;
  scheduled(({ cold, flush }) => {
    const { fetch, requests } = marbleFetch(cold, () => response);
    const recording = record(fromEventSource('/feed', { fetch }));
    timer(time).subscribe(() => {
      recording.subscription.unsubscribe();
    });
    flush();
    const gaps = requests.slice(1).map(({ frame }, index) => frame - requests[index]!.frame);
    visited = { requests, gaps, recording };
  });
  return visited;
}

let random = vi.spyOn(Math, 'random');
beforeEach(() => {
  random = vi.spyOn(Math, 'random').mockReturnValue(0);
});
afterEach(() => {
  random.mockRestore();
});

describe('A server that ends at once for ever', () => {
  it.each<[string, MarbleResponse]>([
    ['without a word', { body: '|' }],
    ['with a flood of comments', { body: '(c|)', chunks: { c: ': busy\n\n'.repeat(1_000) } }],
    ['with blocks that have no data', { body: '(c|)', chunks: { c: 'event: a\nid: 1\n\n'.repeat(1_000) } }],
    ['within a message', { body: '(c|)', chunks: { c: 'data: a\n' } }],
    ['with the announcement of an end', { body: '(c|)', chunks: { c: ':rxjs-http-streams\n\n' } }],
    ['with a redirect that goes in a loop', { response: '#' }],
    ['with status 503', { status: 503 }],
    ['with status 429 and no time to wait', { status: 429, headers: { 'retry-after': '0' } }],
  ])('%s is asked less and less often', (_, response) => {
    const { gaps, recording } = visit(response);
    expect(gaps.slice(0, 5)).toEqual([3_000, 6_000, 12_000, 24_000, 30_000]);
    expect(new Set(gaps.slice(5))).toEqual(new Set([30_000]));
    expect(recording.values).toEqual([]);
  });

  it.each(['0', '00', '1', '99'])(
    'and asks for retry: %s is asked less and less often, from 100 ms on',
    (retry) => {
      const { gaps } = visit({ body: '(c|)', chunks: { c: `retry: ${retry}\n\n` } });
      expect(gaps.slice(0, 10)).toEqual([100, 200, 400, 800, 1_600, 3_200, 6_400, 12_800, 25_600, 30_000]);
      expect(new Set(gaps.slice(10))).toEqual(new Set([30_000]));
    },
  );

  it('after one message, with retry: 0, is asked ten times a second at the most', () => {
    const { gaps } = visit({ body: '(c|)', chunks: { c: 'retry: 0\ndata: a\n\n' } }, MINUTE);
    expect(new Set(gaps)).toEqual(new Set([100]));
  });

  it.each(['99999999999999999999', '9'.repeat(MIB), '2147483648'])(
    'after one message, with an endless retry (%#), is asked every 30 s',
    (retry) => {
      const { gaps } = visit({ body: '(c|)', chunks: { c: `retry: ${retry}\ndata: a\n\n` } }, 5 * MINUTE);
      expect(new Set(gaps)).toEqual(new Set([30_000]));
    },
  );

  it('after a million reconnection times has set the last one', () => {
    const c = `${Array.from({ length: 1_000_000 }, (_, index) => `retry: ${index}\n`).join('')}retry: 500\ndata: a\n\n`;
    scheduled(({ cold, flush }) => {
      const { fetch, requests } = marbleFetch(cold, [{ body: '(c|)', chunks: { c } }, { body: '' }]);
      record(fromEventSource('/feed', { fetch }));
      flush();
      expect(requests.map(({ frame }) => frame)).toEqual([0, 500]);
    });
  });
});

describe('An event id', () => {
  const idsAfter = (c: string): (string | null)[] => {
    let ids: (string | null)[] = [];
    scheduled(({ cold, flush }) => {
      const { fetch, requests } = marbleFetch(cold, [{ body: '(c|)', chunks: { c } }, { body: '' }]);
      record(fromEventSource('/feed', { fetch }));
      flush();
      ids = requests.map(({ headers }) => headers.get('last-event-id'));
    });
    return ids;
  };

  it('of a million is the last one', () => {
    const flood = Array.from({ length: 1_000_000 }, (_, index) => `id: ${index}\n`).join('');
    expect(idsAfter(`${flood}data: a\n\n`)).toEqual([null, '999999']);
  });

  it('is sent as it is up to 64 KiB of UTF-8', () => {
    expect(idsAfter(`id: ${'x'.repeat(65_536)}\n\n`)).toEqual([null, 'x'.repeat(65_536)]);
    expect(idsAfter(`id: ${'é'.repeat(32_768)}\n\n`)).toEqual([null, 'Ã©'.repeat(32_768)]);
  });

  it.each([65_537, MIB, 15 * MIB])(
    'of %i characters ends the stream where it would be sent: no request is made to carry it',
    (length) => {
      const { requests, recording } = visit({
        body: '(c|)',
        chunks: { c: `id: ${'x'.repeat(length)}\ndata: a\n\n` },
      });
      expect(requests).toHaveLength(1);
      expect(recording.values).toHaveLength(1);
      expect(recording.error).toBeInstanceOf(TypeError);
      const { message } = recording.error as TypeError;
      expect(message).toContain('lastEventId');
      expect(message.length).toBeLessThan(250);
    },
  );

  it('that is too much for its own server ends the stream: status 431 is not asked again', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(`retry: 100\nid: ${'x'.repeat(20_000)}\ndata: a\n\n`);
    });
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.values).toHaveLength(1);
    expect(recording.error).toMatchObject({ name: 'HttpStatusError', status: 431, attempt: 2 });
    expect(server.exchanges).toHaveLength(1);
  });
});
