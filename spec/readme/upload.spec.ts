import { createServer } from 'node:http2';
import type { Http2ServerRequest } from 'node:http2';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { interval, map } from 'rxjs';
import type { Observable } from 'rxjs';
import { H2CClient } from 'undici';
import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../examples/serving/freePort';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import type { Producer } from '../support/producer';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

type Answer = (request: IncomingMessage | Http2ServerRequest, response: ServerResponse) => void;

interface Row {
  readonly id: number;
}

/** A way to send what `fetch` is given. */
interface Version {
  readonly serve: (answer: Answer) => Promise<string>;
  readonly fetch: (url: string, init: RequestInit) => Promise<Response>;
}

const versions: Readonly<Record<string, Version>> = {
  'HTTP/1.1': { serve: async (answer) => (await httpServer(answer)).url, fetch },
  'HTTP/2': {
    async serve(answer) {
      const server = createServer((request, response) => {
        // It has all of the other's members that are used here.
        answer(request, response as unknown as ServerResponse);
      });
      const sessions = new Set<{ destroy(): void }>();
      server.on('session', (session) => sessions.add(session));
      await new Promise<void>((resolve) => {
        server.listen(0, '127.0.0.1', resolve);
      });
      onTestFinished(() => {
        for (const session of sessions) session.destroy();
        server.close();
      });
      return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    },
    async fetch(url, init) {
      const dispatcher = new H2CClient(new URL(url).origin);
      onTestFinished(() => dispatcher.destroy());
      return fetch(url, { ...init, dispatcher } as RequestInit);
    },
  },
};

type Upload = (row$: Observable<Row>, signal?: AbortSignal) => Promise<string>;

/** Rows without an end, of which a spec sees whether someone still wants them. */
const rows = (): Producer<Row> => {
  const all = producer<Row>({ id: 0 });
  const running = interval(1)
    .pipe(map((id) => ({ id })))
    .subscribe(all.next);
  onTestFinished(() => {
    running.unsubscribe();
  });
  return all;
};

describe.each(Object.entries(versions))('the README: A streaming upload, over %s', (_, { serve, fetch }) => {
  const recipe = async (answer: Answer): Promise<Upload> => {
    const url = await serve(answer);
    return (await evaluate<{ upload: Upload }>('A streaming upload', { url, fetch })).upload;
  };

  it('sends each row when it is there, and gives the answer', async () => {
    const all = producer<Row>({ id: 1 });
    let received = '';
    const upload = await recipe((request, response) => {
      request.setEncoding('utf8');
      request.on('data', (text: string) => {
        received += text;
        if (received === '{"id":1}\n') all.next({ id: 2 });
        else all.complete();
      });
      request.on('end', () => response.end('2 rows'));
    });

    expect(await upload(all.source)).toBe('2 rows');
    expect(received).toBe('{"id":1}\n{"id":2}\n');
    await all.observedBy(0);
  });

  it.each([413, 401])('lets go of its source when it is refused early with %i', async (status) => {
    const all = rows();
    const upload = await recipe((_request, response) => {
      response.writeHead(status);
      response.end('No');
    });

    await expect(upload(all.source)).rejects.toThrow(`The upload was refused: ${status}`);
    await all.observedBy(0);
  });

  it('lets go of its source when it is answered before its end', async () => {
    const all = rows();
    const upload = await recipe((_request, response) => response.end('enough'));

    expect(await upload(all.source)).toBe('enough');
    await all.observedBy(0);
  });

  it('lets go of its source when the connection is cut', async () => {
    const all = rows();
    const upload = await recipe((request) => {
      request.once('data', () => request.socket.destroy());
    });

    await expect(upload(all.source)).rejects.toThrow(TypeError);
    await all.observedBy(0);
  });

  it('lets go of its source when there is no connection', async () => {
    const all = rows();
    const url = `http://127.0.0.1:${await freePort()}/`;
    const { upload } = await evaluate<{ upload: Upload }>('A streaming upload', { url, fetch });

    await expect(upload(all.source)).rejects.toThrow(TypeError);
    await all.observedBy(0);
  });

  it('lets go of its source when it is aborted', async () => {
    const all = rows();
    const stop = new AbortController();
    const upload = await recipe((request) => {
      request.once('data', () => {
        stop.abort(new Error('stopped'));
      });
    });

    await expect(upload(all.source, stop.signal)).rejects.toThrow('stopped');
    await all.observedBy(0);
  });

  it('fails as its source does', async () => {
    const all = producer<Row>({ id: 1 });
    const upload = await recipe((request) => {
      request.once('data', () => {
        all.error(new Error('no more rows'));
      });
    });

    await expect(upload(all.source)).rejects.toThrow();
    await all.observedBy(0);
  });
});

describe('the README: A streaming upload, refused by a server that hangs up', () => {
  it('lets go of its source, whether the answer arrives or not', async () => {
    const all = rows();
    const { url } = await httpServer((_request, response) => {
      response.writeHead(413, { connection: 'close' }).end('No');
    });
    const { upload } = await evaluate<{ upload: Upload }>('A streaming upload', { url, fetch });

    await expect(upload(all.source)).rejects.toThrow();
    await all.observedBy(0);
  });
});
