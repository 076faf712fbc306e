import type { IncomingMessage } from 'node:http';
import { describe, expect, it } from 'vitest';
import { fromEventSource } from 'rxjs-http-streams';
import { httpServer } from '../support/httpServer';
import { readers } from '../support/readers';
import { record } from '../support/recording';

const secrets = { authorization: 'Bearer secret', cookie: 'session=secret', 'x-api-key': 'secret' };

const sent = ({ headers }: IncomingMessage): Record<string, unknown> =>
  Object.fromEntries(Object.keys(secrets).map((name) => [name, headers[name]]));

describe.each(readers)('credentials of $name', ({ readOnce, mediaType, frame }) => {
  /** A server of another origin, and one that redirects to it. */
  async function redirecting() {
    const other = await httpServer((_, response) => {
      response.writeHead(200, { 'content-type': mediaType }).end(frame('a'));
    });
    const first = await httpServer((_, response) => {
      response.writeHead(302, { location: other.url }).end();
    });
    return { first, other };
  }

  it('stay behind at a redirect to another origin, but headers of the application do not', async () => {
    const { first, other } = await redirecting();
    const recording = record(readOnce(first.url, { headers: secrets }));
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    expect(sent(first.exchanges[0]!.request)).toEqual(secrets);
    expect(sent(other.exchanges[0]!.request)).toEqual({ 'x-api-key': 'secret' });
  });

  it("go nowhere else with redirect: 'error'", async () => {
    const { first, other } = await redirecting();
    const recording = record(readOnce(first.url, { headers: secrets, redirect: 'error' }));
    await recording.ended();
    expect(recording.error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
    expect(other.exchanges).toHaveLength(0);
  });
});

describe('credentials of a feed that reconnects', () => {
  it('are those of the request factory, fresh for each attempt, and go to the address of the application', async () => {
    const server = await httpServer((_, response) => {
      if (server.exchanges.length === 3) response.writeHead(204).end();
      else response.writeHead(200, { 'content-type': 'text/event-stream' }).end('data: a\n\n');
    });
    const recording = record(
      fromEventSource(`${server.url}feed`, {
        headers: { authorization: 'Bearer stale' },
        request: ({ attempt }) => ({ headers: { authorization: `Bearer ${attempt}` } }),
        reconnect: { delay: 0 },
      }),
    );
    await recording.ended();
    expect(recording.outcome).toBe('complete');
    expect(
      server.exchanges.map(({ request: { url, headers } }) => `${url} ${headers.authorization}`),
    ).toEqual(['/feed Bearer 1', '/feed Bearer 2', '/feed Bearer 3']);
  });
});
