import { NEVER, concat, map, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  toNdjsonResponse,
  toSseResponse,
} from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { behindNginx, nginx } from '../support/nginx';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, virtualTime } from '../support/virtualTime';
import { webServer } from '../support/webServer';
import { blocks } from './blocks';
import { evaluate } from './evaluate';

type Handler = (request: Request) => Response;

forbidUnhandledRejections();

const PAGE = 'docs/serve/deployment.md';

describe.runIf(nginx)('the page on deployment: nginx', () => {
  /** The directives of the block, beside the address, which is that of the spec. */
  const location = blocks
    .filter(({ file, language }) => file === PAGE && language === 'nginx')
    .flatMap(({ code }) => /\{([^]*)\}/.exec(code)?.[1]?.split('\n') ?? [])
    .filter((line) => !line.includes('proxy_pass'))
    .join('\n');

  it('passes each message on, and shows a cut as a cut', async () => {
    expect(location).toContain('proxy_http_version');
    const rows = producer({ row: 1 });
    const server = await webServer((request) => toNdjsonResponse(rows.source, { request }));
    const url = await behindNginx(server.url, { name: 'as the page has it', location });
    const recording = record(fromNdjsonFetch(url));
    await recording.received(1);
    rows.next({ row: 2 });
    await recording.received(2);
    (await server.exchange(1)).response.socket?.destroy();
    await recording.ended();

    expect(recording).toMatchObject({
      values: [{ row: 1 }, { row: 2 }],
      error: { name: 'StreamNetworkError', phase: 'body' },
    });
  });

  it('lets a client that leaves end its source', async () => {
    const messages = producer('a');
    const server = await webServer((request) => toSseResponse(messages.source, { request, heartbeat: 0 }));
    const url = await behindNginx(server.url, { name: 'as the page has it', location });
    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();

    await messages.observedBy(0);
    expect(recording.values).toHaveLength(1);
  });
});

describe('the page on deployment: A heartbeat for NDJSON', () => {
  virtualTime();

  it('is a blank line, which readers skip', async () => {
    const { GET } = await evaluate<{ GET: Handler }>('A heartbeat for NDJSON', {
      row$: concat(of({ id: 1 }), NEVER),
    });
    const response = GET(new Request('http://localhost/'));
    const [raw, read] = response.body!.tee();
    const text = record(fromChunkedFetch('http://localhost/', { fetch: () => [new Response(raw)] }));
    const rows = record(
      fromNdjsonFetch('http://localhost/', { fetch: () => [new Response(read)] }).pipe(map((row) => row)),
    );
    await elapse(31_000);

    expect(text.values.join('')).toBe('{"id":1}\n\n\n');
    expect(rows).toMatchObject({ values: [{ id: 1 }], outcome: undefined });
    text.subscription.unsubscribe();
    rows.subscription.unsubscribe();
  });
});

describe('the page on deployment: What the responses ask for', () => {
  it.each([toSseResponse(of('a')), toNdjsonResponse(of('a'))])('is in the headers', (response) => {
    expect(Object.fromEntries(response.headers)).toMatchObject({
      'x-accel-buffering': 'no',
      'cache-control': 'no-cache, no-transform',
    });
    for (const name of ['content-length', 'connection', 'transfer-encoding']) {
      expect(response.headers.has(name)).toBe(false);
    }
  });
});

describe('the page on deployment: Another origin CORS', () => {
  interface Answers {
    readonly GET: (request: Request) => Promise<Response>;
    readonly OPTIONS: () => Response;
  }

  it('allows the header of a reconnection, also on a refusal', async () => {
    const answers = (feed: () => Observable<unknown>): Promise<Answers> =>
      evaluate<Answers>('Another origin CORS', { feed });
    const { GET, OPTIONS } = await answers(() => of({ data: 'a' }));
    const refused = await answers(() => throwError(() => Object.assign(new Error(''), { status: 503 })));
    const request = new Request('http://localhost/');
    const responses = [OPTIONS(), await GET(request), await refused.GET(request)];

    expect(responses.map(({ status }) => status)).toEqual([204, 200, 503]);
    for (const { headers } of responses) {
      expect(headers.get('access-control-allow-origin')).toBe('https://app.example.com');
      expect(headers.get('access-control-allow-headers')).toContain('last-event-id');
    }
  });
});
