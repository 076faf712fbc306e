import fastify from 'fastify';
import type { FastifyInstance } from 'fastify';
import { fromEventSource, toSseBody, toSseResponse } from 'rxjs-http-streams';
import { NodeRequest } from 'srvx/node';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import { producer } from '../support/producer';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const serving = async (app: FastifyInstance): Promise<string> => {
  await app.ready();
  const { url } = await httpServer((request, response) => {
    app.routing(request, response);
  });
  return url;
};

describe("Fastify's own routes for HEAD", () => {
  it('leave the source alone when the Response is returned', async () => {
    const messages = producer('a');
    const app = fastify();
    app.get('/', ({ raw: req }, { raw: res }) =>
      toSseResponse(messages.source, { request: new NodeRequest({ req, res }) }),
    );
    const url = await serving(app);
    // It is an error to Fastify, which asks a Response for its length.
    expect((await fetch(url, { method: 'HEAD' })).status).toBe(500);
    expect(messages.subscriptions()).toBe(0);
  });

  it('answer well and leave the source alone when the body is sent', async () => {
    const messages = producer('a');
    const app = fastify();
    app.get('/', (_, reply) =>
      reply.header('content-type', 'text/event-stream').send(toSseBody(messages.source, { heartbeat: 0 })),
    );
    const url = await serving(app);
    const response = await fetch(url, { method: 'HEAD' });
    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    expect(messages.subscriptions()).toBe(0);

    const recording = record(fromEventSource(url));
    await recording.received(1);
    recording.subscription.unsubscribe();
    await messages.observedBy(0);
  });
});
