import { once } from 'node:events';
import { connect, constants, createServer } from 'node:http2';
import type { Http2ServerResponse } from 'node:http2';
import { nodeHandler } from 'rxjs-http-streams/node';
import { expect, it, onTestFinished } from 'vitest';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { listening } from './everyProtocol';

forbidUnhandledRejections();

it('lets go of a stream of HTTP/2 that the client resets without an error while the window holds back its end', async () => {
  const server = createServer(nodeHandler(() => new Response('longer than the window')));
  const requested = once(server, 'request') as Promise<[unknown, Http2ServerResponse]>;
  const origin = `http://127.0.0.1:${await listening(server)}`;
  const session = connect(origin, { settings: { initialWindowSize: 1 } });
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
