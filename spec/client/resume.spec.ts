import type { IncomingMessage, ServerResponse } from 'node:http';
import { map, take } from 'rxjs';
import { ContentTypeError, HttpStatusError, fromEventSource } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import type { Exchange, HttpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const message = (id: number): string => `id: ${id}\ndata: ${id}\n\n`;

const open = (response: ServerResponse): ServerResponse => {
  response.writeHead(200, { 'content-type': 'text/event-stream' }).write('retry: 100\n\n');
  return response;
};

const lastEventIds = ({ exchanges }: HttpServer): unknown[] =>
  exchanges.map(({ request }) => request.headers['last-event-id']);

/** Answers each request in its turn, the last answer all that are left. */
const inTurn = (
  ...answers: ((response: ServerResponse, request: IncomingMessage) => void)[]
): Promise<HttpServer> => {
  let turn = 0;
  return httpServer((request, response) => {
    answers[Math.min(turn++, answers.length - 1)]?.(response, request);
  });
};

const stop = (response: ServerResponse): void => {
  response.writeHead(204).end();
};

describe('fromEventSource resumes', () => {
  it('after a clean end with the last event ID', async () => {
    const server = await inTurn(
      (response) => open(response).end(message(1) + message(2)),
      (response) => open(response).end(message(3)),
      stop,
    );
    const recording = record(fromEventSource(server.url).pipe(map(({ data }) => data)));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['1', '2', '3'], outcome: 'complete' });
    expect(lastEventIds(server)).toEqual([undefined, '2', '3']);
  });

  it('after a cut with the last event ID', async () => {
    const server = await inTurn((response) => open(response).write(message(1)), stop);
    const recording = record(fromEventSource(server.url));
    await recording.received(1);
    (await server.exchange(1)).response.socket?.resetAndDestroy();
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ data: '1', id: '1' }], outcome: 'complete' });
    expect(lastEventIds(server)).toEqual([undefined, '1']);
  });

  it('a numbered feed over twenty cuts, without a loss or a message twice', async () => {
    const cuts: ((exchange: Exchange) => void)[] = [
      ({ response }) => response.end(),
      ({ response }) => response.socket?.resetAndDestroy(),
      ({ response }) => response.socket?.end(),
      ({ response }) => response.end('id: 9999\ndata: ha'),
    ];
    const server = await httpServer((request, response) => {
      const next = Number(request.headers['last-event-id'] ?? 0) + 1;
      open(response).write([0, 1, 2].map((step) => message(next + step)).join(''));
      // What comes after is never whole.
      response.write(`id: ${next + 3}\ndata: ${next + 3}\n`);
    });
    const recording = record(
      fromEventSource(server.url).pipe(
        map(({ data }) => Number(data)),
        take(63),
      ),
    );
    for (let cut = 1; cut <= 20; cut++) {
      await recording.received(3 * cut);
      cuts[cut % cuts.length]?.(await server.exchange(cut));
    }
    await recording.ended();
    expect(recording.values).toEqual(Array.from({ length: 63 }, (_, index) => index + 1));
    expect(lastEventIds(server)).toEqual([
      undefined,
      ...Array.from({ length: 20 }, (_, index) => `${3 * (index + 1)}`),
    ]);
  });

  it('from 7 when the connection is cut between `id: 8` and the blank line', async () => {
    const server = await inTurn((response) => open(response).write(`${message(7)}id: 8\n`), stop);
    const recording = record(fromEventSource(server.url));
    await recording.received(1);
    // The line of the 8 came in the same write; still it must have been read before the cut.
    await macrotasks();
    (await server.exchange(1)).response.socket?.resetAndDestroy();
    await recording.ended();
    expect(lastEventIds(server)).toEqual([undefined, '7']);
  });

  it('from 7 when the body ends between `id: 8` and the blank line', async () => {
    const server = await inTurn(
      (response) => open(response).end(`${message(7)}id: 8\ndata: 8\n`),
      (response) => open(response).end('data: no id of its own\n\n'),
      stop,
    );
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.values.map(({ id, data }) => [id, data])).toEqual([
      ['7', '7'],
      ['7', 'no id of its own'],
    ]);
    expect(lastEventIds(server)).toEqual([undefined, '7', '7']);
  });

  it('from an ID that came in a block without data, and from none once it is cleared', async () => {
    const server = await inTurn(
      (response) => open(response).end('data: a\n\nid: 5\n\n'),
      (response) => open(response).end('id\n\n'),
      stop,
    );
    await record(fromEventSource(server.url, { lastEventId: '1' })).ended();
    expect(lastEventIds(server)).toEqual(['1', '5', undefined]);
  });

  it('with a fresh start for the text when the connection before ended within a character', async () => {
    const server = await inTurn(
      (response) => open(response).end(Buffer.from('data: a\n\ndata: ✓').subarray(0, -1)),
      (response) => {
        response.writeHead(200, { 'content-type': 'text/event-stream' }).end('\uFEFFdata: b\n\n');
      },
      stop,
    );
    const recording = record(fromEventSource(server.url).pipe(map(({ data }) => data)));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['a', 'b'], outcome: 'complete' });
  });

  it('after statuses that may pass', async () => {
    const server = await inTurn(
      (response) => open(response).end(message(1)),
      (response) => response.writeHead(503).end(),
      (response) => open(response).end(message(2)),
      stop,
    );
    const recording = record(fromEventSource(server.url).pipe(map(({ id }) => id)));
    await recording.ended();
    expect(recording).toMatchObject({ values: ['1', '2'], outcome: 'complete' });
    expect(lastEventIds(server)).toEqual([undefined, '1', '1', '2']);
  });
});

describe('fromEventSource stops', () => {
  it.each<[string, (response: ServerResponse) => void, new (...args: never[]) => Error]>([
    ['status 404', (response) => response.writeHead(404).end('gone'), HttpStatusError],
    ['status 401', (response) => response.writeHead(401).end(), HttpStatusError],
    [
      'text/html',
      (response) => response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>'),
      ContentTypeError,
    ],
  ])('for good at %s, with an error', async (_, answer, expected) => {
    const server = await inTurn((response) => open(response).end(message(1)), answer);
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording.values).toHaveLength(1);
    expect(recording.error).toBeInstanceOf(expected);
    expect(recording.error).toMatchObject({ attempt: 2, url: server.url });
    expect(server.exchanges).toHaveLength(2);
  });

  it('at status 204, complete', async () => {
    const server = await inTurn(stop);
    const recording = record(fromEventSource(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [], outcome: 'complete' });
    expect(server.exchanges).toHaveLength(1);
  });

  it('at a clean end, complete, with `reconnect: false`', async () => {
    const server = await inTurn((response) => open(response).end(message(1)));
    const recording = record(fromEventSource(server.url, { reconnect: false }));
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ data: '1' }], outcome: 'complete' });
    expect(server.exchanges).toHaveLength(1);
  });

  it('at a cut, with its error, with `reconnect: false`', async () => {
    const server = await inTurn((response) => open(response).write(message(1)));
    const recording = record(fromEventSource(server.url, { reconnect: false }));
    await recording.received(1);
    (await server.exchange(1)).response.socket?.end();
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body', attempt: 1 });
    expect(server.exchanges).toHaveLength(1);
  });

  it('with the last error, as it is, when the retries are used up', async () => {
    const server = await inTurn(
      (response) => open(response).end(),
      (response) => response.writeHead(502).end(),
      (response) => response.writeHead(503).end(),
    );
    const recording = record(fromEventSource(server.url, { reconnect: { count: 2 } }));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'HttpStatusError', status: 503, attempt: 3 });
    expect(server.exchanges).toHaveLength(3);
  });
});
