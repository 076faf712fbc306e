import { readFileSync, readdirSync } from 'node:fs';
import { concat, map, of, throwError } from 'rxjs';
import { fromEventSource, fromNdjsonFetch } from 'rxjs-http-streams';
import * as ts from 'typescript';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { root } from '../support/root';
import { commandRun } from '../support/commandRun';
import { producer } from '../support/producer';
import type { Producer } from '../support/producer';
import { received } from '../support/received';
import { recipes } from '../support/recipes';
import type { Opened } from '../support/recipes';
import { record } from '../support/recording';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();
beforeEach(() => {
  // Some print that a client has left.
  vi.spyOn(console, 'error').mockReturnValue();
  return () => vi.restoreAllMocks();
});

const failure = throwError(() => new Error('the secret'));

describe.each(recipes)('the recipe for $name over $protocol', ({ serve }) => {
  async function serving(): Promise<Producer<number> & Opened> {
    const numbers = producer(0);
    return { ...numbers, ...(await serve(numbers.source)) };
  }

  it('delivers each message while the next is not yet made, and then the end', async () => {
    const { origin, fetch, next, complete, subscriptions, observedBy } = await serving();

    const recording = record(fromEventSource(`${origin}/ticks`, { fetch }).pipe(map(({ data }) => data)));
    await recording.received(1);
    next(1);
    await recording.received(2);
    complete();
    await recording.ended();

    expect(recording).toMatchObject({ values: ['{"n":0}', '{"n":1}'], outcome: 'complete' });
    expect(subscriptions()).toBe(1);
    await observedBy(0);
  });

  it('delivers each row while the next is not yet made, and then the end', async () => {
    const { origin, fetch, next, complete } = await serving();

    const recording = record(fromNdjsonFetch(`${origin}/rows`, { fetch }));
    await recording.received(1);
    next(1);
    await recording.received(2);
    complete();
    await recording.ended();

    expect(recording).toMatchObject({ values: [{ n: 0 }, { n: 1 }], outcome: 'complete' });
  });

  it.each(['ticks', 'rows'])('ends its source when the client leaves %s in silence', async (path) => {
    const { origin, fetch, observedBy } = await serving();

    const response = await fetch(`${origin}/${path}`);
    const reader = response.body!.getReader();
    await reader.read();
    await observedBy(1);
    await reader.cancel();

    await observedBy(0);
  });

  it('goes on for a second client when the first has left', async () => {
    const { origin, fetch, next, observedBy } = await serving();

    const [first, second] = [0, 1].map(() => record(fromEventSource(`${origin}/ticks`, { fetch })));
    await Promise.all([first!.received(1), second!.received(1)]);
    first!.subscription.unsubscribe();
    await observedBy(1);
    next(1);

    await second!.received(2);
    second!.subscription.unsubscribe();
    await observedBy(0);
  });

  it.each([
    ['ticks', /^text\/event-stream(;|$)/],
    ['rows', /^application\/x-ndjson(;|$)/],
  ])('answers HEAD of %s with the headers alone, and leaves the source alone', async (path, type) => {
    const { origin, fetch, subscriptions } = await serving();

    const response = await fetch(`${origin}/${path}`, { method: 'HEAD' });

    expect(response.status).toBe(200);
    expect(response.headers.get('content-type')).toMatch(type);
    expect(await response.text()).toBe('');
    expect(subscriptions()).toBe(0);
  });

  it.each(['OPTIONS', 'POST', 'PUT', 'DELETE', 'PATCH'])('lets no %s reach a feed', async (method) => {
    const { origin, fetch, subscriptions } = await serving();

    for (const path of ['ticks', 'rows']) {
      const response = await fetch(`${origin}/${path}`, { method });
      await response.text();

      expect(response.headers.get('content-type') ?? '').not.toMatch(/event-stream|ndjson/);
      if (method !== 'OPTIONS') expect([404, 405, 501]).toContain(response.status);
    }
    expect(subscriptions()).toBe(0);
  });

  it('shows a failure after two rows as one, after both', async () => {
    const { origin, fetch } = await serve(concat(of(0, 1), failure));

    const recording = record(fromNdjsonFetch(`${origin}/rows`, { fetch }));
    await recording.ended();

    expect(recording).toMatchObject({
      values: [{ n: 0 }, { n: 1 }],
      error: { name: 'StreamNetworkError', phase: 'body' },
    });
  });

  it('shows a failure that comes later as one, to any client', async () => {
    const { origin, fetch, error, observedBy } = await serving();

    const body = received(await fetch(`${origin}/rows`));
    await observedBy(1);
    error(new Error('the secret'));

    expect(await body).toEqual({ text: '{"n":0}\n', cut: true });
  });

  it('shows a failure after two messages as one, after both', async () => {
    const { origin, fetch } = await serve(concat(of(0, 1), failure));

    const recording = record(fromEventSource(`${origin}/ticks`, { fetch }).pipe(map(({ data }) => data)));
    await recording.ended();

    expect(recording.values).toEqual(['{"n":0}', '{"n":1}']);
    expect(recording.error).toMatchObject({ name: 'StreamServerError', reason: 'Internal error' });
  });

  it('answers a failure before the first row with the status of an error', async () => {
    const { origin, fetch } = await serve(
      throwError(() => Object.assign(new Error('the secret'), { status: 503 })),
    );

    const response = await fetch(`${origin}/rows`);

    expect(response.status).toBe(503);
    expect(response.headers.get('content-type')).not.toMatch('ndjson');
    expect(await response.text()).toBe('Internal error');
  });

  it('reads the body of a POST', async () => {
    const { origin, fetch } = await serving();

    const response = await fetch(`${origin}/echo`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ question: 'Grüße, 日本?' }),
    });

    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({ question: 'Grüße, 日本?' });
  });
});

/** The recipes, and what runs them. */
const folder = `${root}examples/frameworks/`;
const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  .filter((file) => /^(?!next.(\.next|node_modules)).*\.ts$/.test(file))
  .map((file) => ts.createSourceFile(file, readFileSync(folder + file, 'utf8'), ts.ScriptTarget.ES2022));

describe.each(files.map((file) => [file.fileName, file] as const))('examples/frameworks/%s', (_, file) => {
  it('says no type that the compiler does not see', () => {
    const casts: string[] = [];
    const visit = (node: ts.Node): void => {
      if (ts.isAsExpression(node) || ts.isTypeAssertionExpression(node) || ts.isNonNullExpression(node)) {
        casts.push(node.getText(file));
      }
      ts.forEachChild(node, visit);
    };
    visit(file);
    expect(casts).toEqual([]);
    expect(file.text).not.toMatch(/@ts-|: any\b/);
  });
});

describe('npx tsx examples/frameworks/main.ts', () => {
  it('reads three messages of the framework that is named', async () => {
    expect(await commandRun('examples/frameworks/main.ts', ['express']).ended).toEqual({
      exitCode: 0,
      output: 'express: {"n":0}\nexpress: {"n":1}\nexpress: {"n":2}\n',
      complaints: '',
    });
  });
});
