import { once } from 'node:events';
import { connect, constants, createServer } from 'node:http2';
import type { Http2ServerRequest } from 'node:http2';
import { noop } from 'rxjs';
import { describe, expect, it, onTestFinished } from 'vitest';
import { Traffic } from '../../src/node/traffic';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { listening } from '../support/protocols';

forbidUnhandledRejections();

describe('Traffic', () => {
  it.each(['GET', 'HEAD'])('forgets a %s on HTTP/2 that its client leaves unanswered', async (method) => {
    const server = createServer(noop);
    const traffic = new Traffic(server);
    const session = connect(`http://127.0.0.1:${await listening(server)}`);
    onTestFinished(() => {
      session.destroy();
    });
    const requested = once(server, 'request') as Promise<[Http2ServerRequest]>;
    const client = session.request({ ':method': method });
    const [{ stream }] = await requested;
    expect(traffic.responses.size).toBe(1);
    const closed = once(stream, 'close');
    client.close(constants.NGHTTP2_CANCEL);
    await closed;
    expect(traffic.responses.size).toBe(0);
  });
});
