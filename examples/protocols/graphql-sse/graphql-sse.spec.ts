import { GraphQLObjectType, GraphQLSchema, GraphQLString } from 'graphql';
import { createClient } from 'graphql-sse';
import type { Client, RequestParams } from 'graphql-sse';
import { createHandler } from 'graphql-sse/lib/use/http';
import type { RequestListener } from 'node:http';
import { firstValueFrom, from, lastValueFrom, take, toArray } from 'rxjs';
import type { Observable } from 'rxjs';
import { toAsyncIterable } from 'rxjs-http-streams';
import { describe, expect, it, onTestFinished } from 'vitest';
import { producer } from '../../../spec/support/producer';
import type { Producer } from '../../../spec/support/producer';
import { httpServer } from '../../../spec/support/httpServer';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { fromGraphql } from './fromGraphql';
import { fromOneConnection } from './fromOneConnection';
import { oneConnection } from './oneConnection';

import { resultsOf } from './resultsOf';
import { serveGraphql } from './serveGraphql';
import { serveOneConnection } from './serveOneConnection';

forbidUnhandledRejections();

const greetings = (names: Producer<string>): GraphQLSchema =>
  new GraphQLSchema({
    query: new GraphQLObjectType({
      name: 'Query',
      fields: { hello: { type: GraphQLString, resolve: () => 'world' } },
    }),
    subscription: new GraphQLObjectType({
      name: 'Subscription',
      fields: {
        greeting: {
          type: GraphQLString,
          subscribe: () => toAsyncIterable(names.source),
          resolve: (name: string) => `Hello, ${name}`,
        },
      },
    }),
  });

const all = (results: AsyncIterable<unknown>): Promise<unknown[]> =>
  lastValueFrom(from(results).pipe(toArray()));

const officialServer = (schema: GraphQLSchema): RequestListener => {
  const handler = createHandler({ schema });
  return (request, response) => void handler(request, response);
};

const query = 'subscription { greeting }';
const greeting = (name: string) => ({ data: { greeting: `Hello, ${name}` } });

const official = (url: string, singleConnection: boolean): Client<boolean> => {
  const client = createClient({ url, singleConnection, retryAttempts: 0 });
  onTestFinished(() => {
    client.dispose();
  });
  return client;
};

const servers = [
  {
    mode: 'distinct connections',
    singleConnection: false,
    serve: (schema: GraphQLSchema) => async (request: Request) =>
      serveGraphql(resultsOf(schema, (await request.json()) as RequestParams), request),
  },
  {
    mode: 'one connection',
    singleConnection: true,
    serve: (schema: GraphQLSchema) => serveOneConnection((operation) => resultsOf(schema, operation)),
  },
];

describe.each(servers)('the official client of $mode', ({ singleConnection, serve }) => {
  it('gets each result before the next is made, and the end', async () => {
    const names = producer('Ada');
    const { url } = await webServer(serve(greetings(names)));
    const seen: unknown[] = [];
    for await (const result of official(url, singleConnection).iterate({ query })) {
      seen.push(result);
      if (seen.length === 1) names.next('Grace');
      else names.complete();
    }
    expect(seen).toEqual([greeting('Ada'), greeting('Grace')]);
    await names.observedBy(0);
  });

  it('gets the result of a query, and the errors of a request that is not valid', async () => {
    const { url } = await webServer(serve(greetings(producer())));
    const client = official(url, singleConnection);
    expect(await all(client.iterate({ query: '{ hello }' }))).toEqual([{ data: { hello: 'world' } }]);
    for (const wrong of ['{ nothing }', '{']) {
      const [result] = await all(client.iterate({ query: wrong }));
      expect(result).toMatchObject({
        errors: [{ message: expect.stringMatching(/nothing|Syntax/) as unknown }],
      });
    }
  });

  it('ends the source when it stops, and its connection is closed', async () => {
    const names = producer('Ada');
    const { url, exchanges, disconnected } = await webServer(serve(greetings(names)));
    const results = official(url, singleConnection).iterate({ query });
    await results.next();
    await results.return?.();
    await names.observedBy(0);
    const stream = exchanges.findIndex(({ request }) => request.headers.accept === 'text/event-stream');
    await disconnected(stream + 1);
  });
});

describe('the official client of one connection', () => {
  it('stops one operation and reads another on', async () => {
    const names = producer('Ada');
    const { url, exchanges } = await webServer(servers[1]!.serve(greetings(names)));
    const client = official(url, true);
    const first = client.iterate({ query });
    const second = client.iterate({ query });
    await Promise.all([first.next(), second.next()]);
    await names.observedBy(2);
    await first.return?.();
    await names.observedBy(1);
    names.next('Grace');
    expect((await second.next()).value).toEqual(greeting('Grace'));
    await second.return?.();
    await names.observedBy(0);
    expect(exchanges.slice(0, 5).map(({ request }) => request.method)).toEqual([
      'PUT',
      'GET',
      'POST',
      'POST',
      'DELETE',
    ]);
  });
});

const ofOneConnection = (url: string): ((operation: RequestParams) => Observable<unknown>) => {
  const connected$ = oneConnection(url);
  return (operation) => fromOneConnection(connected$, operation);
};

const readers = [
  {
    mode: 'distinct connections',
    reader: (url: string) => (request: RequestParams) => fromGraphql(url, request),
  },
  { mode: 'one connection', reader: ofOneConnection },
];

describe.each(readers)('the official server, read by $mode', ({ reader }) => {
  const serve = (names: Producer<string>) => httpServer(officialServer(greetings(names)));

  it('delivers each result, and the end', async () => {
    const names = producer('Ada');
    const { url } = await serve(names);
    const read = reader(url);
    const seen: unknown[] = [];
    await read({ query }).forEach((result) => {
      seen.push(result);
      if (seen.length === 1) names.next('Grace');
      else names.complete();
    });
    expect(seen).toEqual([greeting('Ada'), greeting('Grace')]);
    expect(await lastValueFrom(read({ query: '{ hello }' }).pipe(toArray()))).toEqual([
      { data: { hello: 'world' } },
    ]);
  });

  it('ends the operation when the reader unsubscribes', async () => {
    const names = producer('Ada');
    const { url, exchanges, disconnected } = await serve(names);
    expect(await firstValueFrom(reader(url)({ query }))).toEqual(greeting('Ada'));
    await names.observedBy(0);
    const stream = exchanges.findIndex(({ request }) => request.headers.accept === 'text/event-stream');
    await disconnected(stream + 1);
  });

  it('is an error, and no end, when the connection breaks', async () => {
    const { url, exchanges } = await serve(producer('Ada'));
    const failure = await reader(url)({ query })
      .forEach(() => {
        exchanges.find(({ request }) => request.headers.accept === 'text/event-stream')?.response.destroy();
      })
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StreamNetworkError' });
  });
});

describe('the reader of one connection', () => {
  it('stops one operation and reads another on, and opens again after the last', async () => {
    const names = producer('Ada');
    const { url, exchanges } = await httpServer(officialServer(greetings(names)));
    const read = ofOneConnection(url);
    const both = lastValueFrom(read({ query }).pipe(take(2), toArray()));
    expect(await firstValueFrom(read({ query }))).toEqual(greeting('Ada'));
    await names.observedBy(1);
    names.next('Grace');
    expect(await both).toEqual([greeting('Ada'), greeting('Grace')]);
    await names.observedBy(0);
    expect(exchanges.filter(({ request }) => request.method === 'PUT')).toHaveLength(1);
    expect(await firstValueFrom(read({ query }))).toEqual(greeting('Ada'));
    expect(exchanges.filter(({ request }) => request.method === 'PUT')).toHaveLength(2);
  });
});
