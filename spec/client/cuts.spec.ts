import { once } from 'node:events';
import { createServer } from 'node:http';
import type { ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  HttpStatusError,
  StreamNetworkError,
  StreamTruncatedError,
  fromNdjsonFetch,
} from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { fetchObserved } from '../support/fetchObserved';
import { BUFFERS, flood } from '../support/flood';
import type { Flood } from '../support/flood';
import { httpServer } from '../support/httpServer';
import type { HttpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const chunk = (text: string): string => `${text.length.toString(16)}\r\n${text}\r\n`;

/** An address where nobody listens: of a port that was free a moment ago. */
async function deserted(): Promise<string> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return `http://127.0.0.1:${port}/`;
}

/** Answers past `node:http`, which does not send what is wrong. */
function raw(response: ServerResponse, mediaType: string, header: string, body: string): void {
  response.socket?.write(`HTTP/1.1 200 OK\r\ncontent-type: ${mediaType}\r\n${header}\r\n\r\n${body}`);
}

const CHUNKED = 'transfer-encoding: chunked';

describe.each(readers)('$name, cut in mid-body', ({ readOnce, mediaType, frame }) => {
  it.each<[string, (response: ServerResponse) => void, (response: ServerResponse) => void]>([
    [
      'by a reset',
      (response) => {
        raw(response, mediaType, CHUNKED, chunk(frame('a')));
      },
      (response) => {
        response.socket?.resetAndDestroy();
      },
    ],
    [
      'by an end of the connection between two chunks',
      (response) => {
        raw(response, mediaType, CHUNKED, chunk(frame('a')));
      },
      (response) => {
        response.socket?.end();
      },
    ],
    [
      'within a chunk',
      (response) => {
        raw(response, mediaType, CHUNKED, chunk(frame('a')));
      },
      (response) => {
        response.socket?.end('ff\r\n');
      },
    ],
    [
      'by a chunk that has no length',
      (response) => {
        raw(response, mediaType, CHUNKED, chunk(frame('a')));
      },
      (response) => {
        response.socket?.end('what?\r\n\r\n');
      },
    ],
    [
      'short of its content length',
      (response) => {
        raw(response, mediaType, 'content-length: 1000', frame('a'));
      },
      (response) => {
        response.socket?.end();
      },
    ],
  ])('%s, emits what came before and errors', async (_, begin, cut) => {
    const server = await httpServer((_request, response) => {
      begin(response);
    });
    const recording = record(readOnce(server.url));
    await recording.received(1);
    cut((await server.exchange(1)).response);
    await recording.ended();

    expect(recording).toMatchObject({ values: ['a'], outcome: 'error' });
    expect(recording.error).toBeInstanceOf(StreamNetworkError);
    expect(recording.error).toMatchObject({ phase: 'body', url: server.url, attempt: 1 });
    expect((recording.error as Error).cause).toBeInstanceOf(Error);
  });

  it('emits all that was sent in front of an end of the connection', async () => {
    const server = await httpServer((_request, response) => {
      raw(response, mediaType, CHUNKED, chunk(frame('a')));
      response.socket?.end();
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.values).toEqual(['a']);
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
  });
});

describe.each(readers)('$name without a response', ({ readOnce }) => {
  it('errors in the connect phase when the connection is refused', async () => {
    const url = await deserted();
    const recording = record(readOnce(url));
    await recording.ended();
    expect(recording.values).toEqual([]);
    expect(recording.error).toBeInstanceOf(StreamNetworkError);
    expect(recording.error).toMatchObject({ phase: 'connect', url, attempt: 1 });
    expect((recording.error as Error).cause).toMatchObject({ cause: { code: 'ECONNREFUSED' } });
  });

  it('errors in the connect phase when the connection breaks before the headers', async () => {
    const server = await httpServer((_, response) => {
      response.socket?.destroy();
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect', attempt: 1 });
  });
});

describe('fromNdjsonFetch, ended cleanly', () => {
  it('within a line, emits the values before and errors with the rest', async () => {
    const server = await httpServer((_, response) => {
      response.end('{"a":1}\n{"a":');
    });
    const recording = record(fromNdjsonFetch(server.url));
    await recording.ended();
    expect(recording.values).toEqual([{ a: 1 }]);
    expect(recording.error).toBeInstanceOf(StreamTruncatedError);
    expect(recording.error).toMatchObject({ pending: '{"a":', url: server.url, attempt: 1 });
  });

  it('after a whole value without a line feed, emits it and completes', async () => {
    const server = await httpServer((_, response) => {
      response.end('{"a":1}\n{"a":2}');
    });
    const recording = record(fromNdjsonFetch(server.url));
    await recording.ended();
    expect(recording).toMatchObject({ values: [{ a: 1 }, { a: 2 }], outcome: 'complete' });
  });
});

describe.each(readers)('$name, refused by the server', ({ readOnce }) => {
  /** Ends of the exchange as the server sees them: the answer was taken whole, or the connection closed. */
  const released = async (server: HttpServer): Promise<void> => {
    const { response } = await server.exchange(1);
    if (!response.closed) {
      await new Promise((resolve) => {
        response.once('close', resolve);
      });
    }
  };

  it('errors with all that the server said, and releases the connection', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(429, 'Slow Down', { 'retry-after': '7', 'x-quota': '0' }).end('{"error":"✋"}');
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.values).toEqual([]);
    expect(recording.error).toBeInstanceOf(HttpStatusError);
    expect(recording.error).toMatchObject({
      status: 429,
      statusText: 'Slow Down',
      retryAfter: 7_000,
      body: '{"error":"✋"}',
      url: server.url,
      attempt: 1,
    });
    expect((recording.error as HttpStatusError).headers.get('x-quota')).toBe('0');
    await released(server);
  });

  it('keeps the first 65 536 characters of an endless answer, and lets it not go on', async () => {
    let body: Flood | undefined;
    const server = await httpServer((_, response) => {
      response.writeHead(500);
      body = flood(response, () => '✋'.repeat(1_000));
    });
    const recording = record(readOnce(server.url));
    await recording.ended();
    expect(recording.error).toMatchObject({ status: 500, body: '✋'.repeat(65_536) });
    await server.disconnected(1);
    expect(body?.written()).toBeLessThan(BUFFERS);
  });

  it('errors with the part that came of an answer that was cut', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(500).write('The trouble with');
    });
    const { fetch, responded } = fetchObserved();
    const recording = record(readOnce(server.url, { fetch }));
    await responded;
    await macrotasks();
    (await server.exchange(1)).response.socket?.resetAndDestroy();
    await recording.ended();
    expect(recording.error).toMatchObject({ status: 500, body: 'The trouble with' });
  });
});

describe('the readers, refused with an answer that goes quiet', () => {
  it('error with what came of it, and release the connection', async () => {
    const server = await httpServer((_, response) => {
      response.writeHead(403).write('The trouble with');
    });
    const recordings = readers.map(({ readOnce }) => record(readOnce(server.url)));
    await Promise.all(recordings.map((recording) => recording.ended()));
    for (const { error } of recordings) {
      expect(error).toMatchObject({ status: 403, body: 'The trouble with' });
    }
    await Promise.all(server.exchanges.map(({ disconnected }) => disconnected));
  });
});
