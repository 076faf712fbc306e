import { setTimeout as sleep } from 'node:timers/promises';
import { chance, closed, get, oneOf, open } from './attack';
import type { Attack } from './attack';

const HEAD = 120;
const MANY = 400_000;
const LARGE = 'x'.repeat(100_000);

const post = (path: string, ...headers: readonly string[]): string =>
  [`POST ${path} HTTP/1.1`, 'host: localhost', ...headers, '', ''].join('\r\n');

/** Leaves after so many bytes of the response. */
const leavingAfter =
  (least: number, most: number, how: 'destroy' | 'resetAndDestroy' = 'destroy'): Attack =>
  async ({ port, paths }) => {
    const limit = least + chance(most - least);
    const socket = open(port, (bytes) => {
      if (bytes >= limit) socket[how]();
    });
    socket.write(get(oneOf(paths)));
    await closed(socket);
  };

/** Sends something, and leaves a moment later. */
const sending =
  (text: (path: string) => string, stay = 50, how: 'destroy' | 'resetAndDestroy' = 'destroy'): Attack =>
  async ({ port, paths }) => {
    const socket = open(port, () => undefined);
    socket.write(text(oneOf(paths)));
    await sleep(chance(stay));
    socket[how]();
    await closed(socket);
  };

const MALFORMED: readonly string[] = [
  'nonsense\r\n\r\n',
  'GET / HTTP/9.9\r\n\r\n',
  'GET /quiet HTTP/1.1\r\n\r\n',
  'GET /quiet HTTP/1.1\r\nhost: a b\r\n\r\n',
  'GET /quiet HTTP/1.1\r\nhost: user@host/path?x#y\r\n\r\n',
  'GET http://[::1 HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'GET //\\\\quiet HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'OPTIONS * HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'TRACE /quiet HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'CONNECT localhost:1 HTTP/1.1\r\nhost: localhost\r\n\r\n',
  'GET /quiet HTTP/1.1\r\nhost: localhost\r\nupgrade: websocket\r\nconnection: upgrade\r\n\r\n',
  'GET /quiet HTTP/1.1\r\nhost: localhost\r\na: \0\r\n\r\n',
  'GET /feed HTTP/1.1\r\nhost: localhost\r\nlast-event-id: \xff\xfe\r\n\r\n',
  'GET /quiet HTTP/1.0\r\n\r\n',
  'GET /failing/text HTTP/1.0\r\n\r\n',
  `GET /quiet HTTP/1.1\r\nhost: localhost\r\na: ${LARGE}\r\n\r\n`,
  'POST /read HTTP/1.1\r\nhost: localhost\r\ncontent-length: 2\r\ncontent-length: 3\r\n\r\nxx',
  'POST /read HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nzz\r\n',
  'POST /read HTTP/1.1\r\nhost: localhost\r\ntransfer-encoding: chunked\r\n\r\nffffffffffffffff\r\n',
  'GET /quiet HTTP/1.1\r\nhost: localhost\r\ncontent-length: 5\r\n\r\nhello',
  'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n',
];

/** Attacks of HTTP/1.1, by name. */
export const http1: Readonly<Record<string, Attack>> = {
  'reads by the byte, with pauses': async ({ port, paths }) => {
    const socket = open(port, (bytes) => {
      if (bytes % 50 > 0) return;
      socket.pause();
      setTimeout(() => socket.resume(), 5);
    });
    socket.write(get(oneOf(paths)));
    await closed(socket);
  },
  'never reads': async ({ port, paths }) => {
    const socket = open(port);
    socket.write(get(oneOf(paths)));
    await closed(socket, 2_500);
  },
  'leaves in the head of the request': sending((path) => get(path).slice(0, chance(40))),
  'leaves before the response': sending((path) => get(path), 2),
  'leaves in the head of the response': leavingAfter(1, HEAD),
  'leaves after the head': leavingAfter(HEAD, 400),
  'leaves in the body': leavingAfter(400, MANY),
  'resets before the response': sending((path) => get(path), 2, 'resetAndDestroy'),
  'resets in the response': leavingAfter(1, 2_000, 'resetAndDestroy'),
  'leaves in its own body': sending(
    (path) => `${post(oneOf([path, '/read']), 'content-length: 100000')}${LARGE.slice(0, chance(50_000))}`,
  ),
  'leaves in its own chunks': sending(
    (path) => `${post(oneOf([path, '/read']), 'transfer-encoding: chunked')}5\r\nhello\r\n5\r\nhe`,
  ),
  'resets in its own body': sending(
    () => `${post('/read', 'content-length: 100000')}half`,
    20,
    'resetAndDestroy',
  ),
  'sends a body that nobody reads': async ({ port, paths }) => {
    const socket = open(port, () => undefined);
    socket.write(post(oneOf(paths), `content-length: ${40 * LARGE.length}`));
    for (let part = 0; part < 40; part++) socket.write(LARGE);
    await closed(socket, 1_000);
  },
  'half-closes after its request': async ({ port, paths }) => {
    const socket = open(port, () => undefined);
    socket.end(get(oneOf(paths)));
    await closed(socket);
  },
  'pipelines, and leaves': sending(
    (path) => `${get(path)}${get('/whole')}${get(path, 'HEAD')}${get(path)}${get('/failing/text')}`,
    100,
  ),
  'pipelines short answers, and half-closes': async ({ port }) => {
    const socket = open(port, () => undefined);
    socket.end(
      `${get('/whole')}${get('/first/failing')}${get('/throwing')}${get('/failing')}${get('/feed')}`,
    );
    await closed(socket);
  },
  'expects to be told to go on, and sends no body': sending(
    (path) => post(oneOf([path, '/read']), 'expect: 100-continue', 'content-length: 100'),
    500,
  ),
  'expects something else': sending((path) => post(path, 'expect: the best', 'content-length: 100'), 100),
  'sends what is malformed': sending(() => oneOf(MALFORMED), 100),
  'asks for the head alone, over and over': sending((path) => get(path, 'HEAD').repeat(20), 100),
  'connects, and says nothing': sending(() => '', 500),
};
