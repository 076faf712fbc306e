import { fork } from 'node:child_process';
import { EventEmitter, once } from 'node:events';
import { connect, constants, createServer } from 'node:http2';
import type { Http2ServerResponse } from 'node:http2';
import { text } from 'node:stream/consumers';
import { nodeHandler } from 'rxjs-http-streams/node';
import { describe, expect, it, onTestFinished } from 'vitest';
import { onLeft } from '../../src/node/onLeft';
import { rawClient } from '../support/rawClient';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { listening } from '../support/protocols';

forbidUnhandledRejections();

it('closes a stream that its client resets without an error while the window holds back the end', async () => {
  const server = createServer(nodeHandler(() => new Response('longer than the window')));
  const requested = once(server, 'request') as Promise<[unknown, Http2ServerResponse]>;
  const session = connect(`http://127.0.0.1:${await listening(server)}`, {
    settings: { initialWindowSize: 1 },
  });
  onTestFinished(() => {
    session.destroy();
  });
  const stream = session.request();
  await once(stream, 'response');
  const [, res] = await requested;
  expect(res.writableEnded).toBe(true);
  expect(res.stream.writableFinished).toBe(false);
  const closed = once(res, 'close');
  stream.close(constants.NGHTTP2_NO_ERROR);
  await closed;
});

it('destroys a stream that the server has reset while its writes wait for a broken connection', async () => {
  // Node comes to this state by chance alone, with 5 of 80 000 streams of clients that left as they were cut off.
  const stream = Object.assign(new EventEmitter(), {
    closed: false,
    rstCode: constants.NGHTTP2_INTERNAL_ERROR,
    writableFinished: false,
    destroy: () => stream.emit('close'),
  });
  const res = { stream, writableEnded: false } as unknown as Http2ServerResponse;
  const left = new Promise<void>((resolve) => {
    onLeft(res, resolve);
  });
  stream.closed = true;
  stream.emit('aborted');
  await left;
});

describe('a connection of HTTP/2 that its client half-closes', () => {
  const SETTINGS = 4;
  const HEADERS = 1;
  const WINDOW_UPDATE = 8;
  /** END_STREAM and END_HEADERS. */
  const WHOLE = 5;

  /** A frame (RFC 9113 §4.1). */
  const frame = (type: number, flags: number, stream: number, payload: Buffer): Buffer => {
    const head = Buffer.alloc(9);
    head.writeUIntBE(payload.length, 0, 3);
    head.writeUInt8(type, 3);
    head.writeUInt8(flags, 4);
    head.writeUInt32BE(stream, 5);
    return Buffer.concat([head, payload]);
  };

  /** The headers of a GET, none of them indexed (RFC 7541 §6.2.2). */
  const get = (path: string): Buffer =>
    Buffer.from(`\x82\x86\x04${String.fromCharCode(path.length)}${path}\x01\x01a`, 'latin1');

  it('does not block the server while one response waits for its window, and another goes on', async () => {
    // A process of its own: a server that is blocked stays so, and takes more and more memory.
    const child = fork('spec/support/heldBackServer.ts', {
      execArgv: ['--import=tsx'],
      timeout: 10_000,
      killSignal: 'SIGKILL',
    });
    onTestFinished(() => {
      child.kill('SIGKILL');
    });
    const [port] = (await once(child, 'message')) as [number];
    const origin = `http://127.0.0.1:${port}`;
    const client = rawClient(origin);
    client.socket.write(
      Buffer.concat([
        Buffer.from('PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'),
        // A window of one byte (RFC 9113 §6.5.2), and of a million for the first stream.
        frame(SETTINGS, 0, 0, Buffer.from([0, 4, 0, 0, 0, 1])),
        frame(HEADERS, WHOLE, 1, get('/endless')),
        frame(HEADERS, WHOLE, 3, get('/')),
        frame(WINDOW_UPDATE, 0, 1, Buffer.from([0, 0x0f, 0, 0])),
      ]),
    );
    await client.seen('more');
    client.socket.end();
    await client.closed;
    const session = connect(origin);
    onTestFinished(() => {
      session.destroy();
    });
    expect(await text(session.request())).toBe('A few words.');
  });
});
