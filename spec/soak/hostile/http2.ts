import { connect } from 'node:http2';
import type {
  ClientHttp2Session,
  ClientHttp2Stream,
  ClientSessionOptions,
  OutgoingHttpHeaders,
} from 'node:http2';
import { setTimeout as sleep } from 'node:timers/promises';
import { noop } from 'rxjs';
import { chance, closed, oneOf, open } from './attack';
import type { Attack, Target } from './attack';

const CANCEL = 8;
/** Time after which the server cuts off a client that does not read, in milliseconds. */
const STALL = 2_000;
const STREAMS = 200;
const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n';
/** An empty SETTINGS frame (RFC 9113 §6.5). */
const SETTINGS = '\0\0\0\x04\0\0\0\0\0';

/** Opens a session, and waits until it is closed after an attack. */
const inSession =
  (
    attack: (
      session: ClientHttp2Session,
      ask: (headers?: OutgoingHttpHeaders) => ClientHttp2Stream,
      target: Target,
    ) => unknown,
    options: ClientSessionOptions = {},
  ): Attack =>
  async (target) => {
    const socket = open(target.port);
    const session = connect('http://localhost', { ...options, createConnection: () => socket }).on(
      'error',
      noop,
    );
    const gone = closed(socket);
    const ask = (headers: OutgoingHttpHeaders = {}): ClientHttp2Stream =>
      session.request({ ':path': oneOf(target.paths), ...headers }).on('error', noop);
    try {
      await attack(session, ask, target);
    } catch {
      // A server may end a session at any time.
    }
    session.destroy();
    socket.destroy();
    await gone;
  };

const rawly =
  (text: () => string, how: 'destroy' | 'resetAndDestroy' | 'end'): Attack =>
  async ({ port }) => {
    const socket = open(port, () => undefined);
    socket.write(text(), 'latin1');
    await sleep(chance(50));
    socket[how]();
    await closed(socket, 500);
  };

const frames = rawly(
  () => `${PREFACE}${SETTINGS}${String.fromCharCode(...Array.from({ length: 500 }, () => chance(256)))}`,
  'resetAndDestroy',
);

/** Attacks of HTTP/2 without TLS, by name. */
export const http2: Readonly<Record<string, Attack>> = {
  'opens floods of streams, and resets each at once': inSession(async (session, ask) => {
    for (let stream = 0; stream < STREAMS && !session.closed && !session.destroyed; stream++) {
      ask().close(CANCEL);
      if (stream % 20 === 0) await sleep(1);
    }
    await sleep(20);
  }),
  'opens floods of streams, and reads none': inSession(async (session, ask) => {
    for (let stream = 0; stream < STREAMS && !session.closed && !session.destroyed; stream++) ask();
    await sleep(500);
  }),
  'resets streams in mid-body': inSession(async (_, ask) => {
    const streams = Array.from({ length: 10 }, () => ask().resume());
    await sleep(chance(100));
    for (const stream of streams) stream.close(CANCEL);
    await sleep(20);
  }),
  'leaves with streams open': inSession(async (session, ask) => {
    for (let stream = 0; stream < 10; stream++) ask().resume();
    await sleep(chance(100));
    session.destroy();
  }),
  'reads by the byte': inSession(
    async (_, ask) => {
      for (let stream = 0; stream < 5; stream++) ask().resume();
      await sleep(1_000);
    },
    { settings: { initialWindowSize: 1 } },
  ),
  'sends bodies that nobody reads': inSession(async (_, ask) => {
    for (let stream = 0; stream < 5; stream++) ask({ ':method': 'POST' }).write('x'.repeat(100_000));
    await sleep(200);
  }),
  'leaves as it is cut off for not reading': inSession(async (_, ask) => {
    for (let stream = 0; stream < 5; stream++)
      ask({ ':method': 'POST', ':path': '/flood' }).write('x'.repeat(100_000));
    await sleep(STALL - 50 + chance(150));
  }),
  'leaves in its own body': inSession(async (_, ask) => {
    const stream = ask({ ':method': 'POST', ':path': '/read', 'content-length': '100' });
    stream.write('half');
    await sleep(chance(20));
    stream.close(CANCEL);
    await sleep(10);
  }),
  'expects to be told to go on, and sends no body': inSession(async (_, ask) => {
    ask({ ':method': 'POST', expect: '100-continue' });
    await sleep(chance(200));
  }),
  'asks for the head alone': inSession(async (_, ask) => {
    for (let stream = 0; stream < 20; stream++) ask({ ':method': 'HEAD' }).resume();
    await sleep(50);
  }),
  'sends what is malformed': inSession(async (_, ask) => {
    ask({ ':authority': 'a b/c' });
    ask({ ':path': '' });
    // No TRACE: Node itself keeps a session that has one with another request behind it.
    ask({ ':authority': 'user@host?x', 'last-event-id': '\u00ff' });
    await sleep(50);
  }),
  'resets the connection': async (target) => {
    const socket = open(target.port);
    const session = connect('http://localhost', { createConnection: () => socket }).on('error', noop);
    for (let stream = 0; stream < 5; stream++)
      session.request({ ':path': oneOf(target.paths) }).on('error', noop);
    await sleep(chance(50));
    socket.resetAndDestroy();
    session.destroy();
    await closed(socket);
  },
  'says no more than the preface': rawly(() => PREFACE.slice(0, 1 + chance(PREFACE.length)), 'destroy'),
  'sends frames that are none': frames,
  'half-closes': rawly(() => `${PREFACE}${SETTINGS}`, 'end'),
};
