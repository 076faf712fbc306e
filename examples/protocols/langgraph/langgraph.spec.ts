import { Client } from '@langchain/langgraph-sdk';
import { describe, expect, it } from 'vitest';
import { producer } from '../../../spec/support/producer';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { fromRun } from './fromRun';
import { serveRuns } from './serveRuns';

forbidUnhandledRejections();

const start = {
  method: 'POST',
  headers: { 'content-type': 'application/json' },
  body: JSON.stringify({ assistant_id: 'agent', input: {} }),
};
const values = (count: number) => ({ type: 'values', data: { count } });
const metadata = { event: 'metadata', data: { run_id: expect.any(String) as unknown } };

describe('the official client', () => {
  it('reads a run, each part before the next is made, and its id', async () => {
    const run = producer(values(1));
    const { url } = await webServer(serveRuns(() => run.source));
    const client = new Client({ apiUrl: url.slice(0, -1) });
    const seen: unknown[] = [];
    let created: unknown;
    const onRunCreated = (params: unknown): void => {
      created = params;
    };
    for await (const { event, data } of client.runs.stream('t', 'agent', {
      input: {},
      streamMode: 'values',
      onRunCreated,
    })) {
      seen.push({ event, data });
      if (seen.length === 2) run.next(values(2));
      if (seen.length === 3) run.complete();
    }
    expect(seen).toEqual([
      metadata,
      { event: 'values', data: { count: 1 } },
      { event: 'values', data: { count: 2 } },
    ]);
    expect(created).toMatchObject({ thread_id: 't' });
  });

  it('leaves a run, which goes on, and joins it behind its last part', async () => {
    const run = producer(values(1));
    const { url, disconnected } = await webServer(serveRuns(() => run.source));
    const client = new Client({ apiUrl: url.slice(0, -1) });
    let runId = '';
    let lastEventId = '';
    // A loop that is left does not close the connection of this client.
    const controller = new AbortController();
    const reading = (async () => {
      for await (const part of client.runs.stream('t', 'agent', {
        input: {},
        streamMode: 'values',
        signal: controller.signal,
      })) {
        lastEventId = part.id ?? '';
        if (part.event === 'metadata') runId = part.data.run_id;
        else controller.abort();
      }
    })();
    await reading.catch(() => undefined);
    await disconnected(1);
    run.next(values(2));
    run.complete();
    const seen: unknown[] = [];
    for await (const { event, data } of client.runs.joinStream('t', runId, { lastEventId })) {
      seen.push({ event, data: data as unknown });
    }
    expect(seen).toEqual([{ event: 'values', data: { count: 2 } }]);
  });

  it('joins a run by itself after a cut', async () => {
    const run = producer(values(1));
    const { url, exchanges } = await webServer(serveRuns(() => run.source));
    const client = new Client({ apiUrl: url.slice(0, -1) });
    const seen: unknown[] = [];
    for await (const { event, data } of client.runs.stream('t', 'agent', {
      input: {},
      streamMode: 'values',
      streamResumable: true,
    })) {
      seen.push({ event, data });
      if (seen.length !== 2) continue;
      exchanges[0]?.response.destroy();
      run.next(values(2));
      run.complete();
    }
    expect(seen).toEqual([
      metadata,
      { event: 'values', data: { count: 1 } },
      { event: 'values', data: { count: 2 } },
    ]);
    expect(run.subscriptions()).toBe(1);
  });
});

describe('the reader of a run', () => {
  it('joins it after a cut, and starts no other', async () => {
    const run = producer(values(1));
    const { url, exchanges } = await webServer(serveRuns(() => run.source));
    const seen: string[] = [];
    await fromRun(`${url}threads/t/runs`, start).forEach(({ type, data }) => {
      seen.push(type === 'metadata' ? type : data);
      if (seen.length !== 2) return;
      exchanges[0]?.response.destroy();
      run.next(values(2));
      run.complete();
    });
    expect(seen).toEqual(['metadata', '{"count":1}', '{"count":2}']);
    expect(exchanges.map(({ request }) => request.method)).toEqual(['POST', 'GET']);
    expect(run.subscriptions()).toBe(1);
  });

  it('is an error where the start of a run is cut', async () => {
    const { url, exchanges } = await webServer((request) => {
      exchanges[0]?.response.destroy();
      return new Response(request.url);
    });
    const failure = await fromRun(`${url}threads/t/runs`, start)
      .forEach(() => undefined)
      .catch((error: unknown) => error);
    expect(failure).toMatchObject({ name: 'StreamNetworkError' });
    expect(exchanges).toHaveLength(1);
  });
});
