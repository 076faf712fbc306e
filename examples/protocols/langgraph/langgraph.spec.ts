import { Client } from '@langchain/langgraph-sdk';
import { firstValueFrom } from 'rxjs';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { eventually } from '../../../spec/end-to-end/eventually';
import { breakablePath } from '../../../spec/support/breakablePath';
import { brokenPath } from '../../../spec/support/brokenPath';
import { producer } from '../../../spec/support/producer';
import { record } from '../../../spec/support/recording';
import type { Recording } from '../../../spec/support/recording';
import { forbidUnhandledRejections } from '../../../spec/support/unhandledRejections';
import { webServer } from '../../../spec/support/webServer';
import { langgraphServer } from '../support/langgraphServer';
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

describe('the reader of a run of the official server', { timeout: 60_000 }, () => {
  /** A run whose second step waits for the gate, which the spec opens. */
  async function gatedRun() {
    const apiUrl = await langgraphServer();
    const { cut, port } = await breakablePath(Number(new URL(apiUrl).port));
    const { url, sockets } = await brokenPath(`http://127.0.0.1:${port}`, () => undefined);
    const client = new Client({ apiUrl });
    const { thread_id: thread } = await client.threads.create();
    const opened = producer<Response>();
    const gate = await webServer(() => firstValueFrom(opened.source));
    const body = {
      assistant_id: 'agent',
      input: { gate: gate.url },
      stream_mode: 'values',
      stream_resumable: true,
    };
    const run = record(fromRun(`${url}threads/${thread}/runs`, { ...start, body: JSON.stringify(body) }));
    const open = (status = 200): void => {
      opened.next(new Response(null, { status }));
    };
    return { run, runs: () => client.runs.list(thread), gate, open, cut, sockets };
  }
  const seen = ({ values }: Recording<SseMessage>): readonly unknown[] =>
    values.map(({ type, data }) => {
      const { count } = JSON.parse(data) as { count?: number };
      return count === undefined ? type : `${type} ${count}`;
    });

  it('emits each step before the next is made, and completes', async () => {
    const { run, gate, open, sockets } = await gatedRun();
    await gate.exchange(1);
    await run.received(3);
    open();
    await run.ended();
    expect(run.outcome).toBe('complete');
    expect(seen(run)).toEqual(['metadata', 'values', 'values 1', 'values 2']);
    await eventually(sockets).toBe(0);
  });

  it('joins it after a cut, and starts no other', async () => {
    const { run, runs, gate, open, cut } = await gatedRun();
    await gate.exchange(1);
    await run.received(3);
    cut();
    open();
    await run.ended();
    expect(seen(run)).toEqual(['metadata', 'values', 'values 1', 'values 2']);
    expect(await runs()).toHaveLength(1);
  });

  it('closes its connection when it is stopped, and the run goes on', async () => {
    const { run, runs, gate, open, sockets } = await gatedRun();
    await gate.exchange(1);
    await run.received(3);
    run.subscription.unsubscribe();
    await eventually(sockets).toBe(0);
    open();
    await eventually(async () => (await runs())[0]?.status).toBe('success');
  });

  it('emits the failure of a run as its last message', async () => {
    const { run, gate, open } = await gatedRun();
    await gate.exchange(1);
    await run.received(3);
    open(503);
    await run.ended();
    expect(seen(run)).toEqual(['metadata', 'values', 'values 1', 'error']);
    expect(run.values.at(-1)?.data).toContain('The gate is closed');
  });
});
