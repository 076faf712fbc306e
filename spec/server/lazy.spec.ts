import { Observable, of } from 'rxjs';
import { describe, expect, it } from 'vitest';
import { bodies } from '../support/bodies';
import { drained } from '../support/drained';
import { macrotasks } from '../support/macrotasks';
import { producer } from '../support/producer';
import { textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

describe.each(bodies)('$name', ({ make, opening, frame, completion }) => {
  it('does not subscribe to its source before the first read', async () => {
    const { source, subscriptions } = producer('a');
    make(source);
    const held = make(source).getReader();
    await macrotasks();
    expect(subscriptions()).toBe(0);
    held.releaseLock();
  });

  it('subscribes its source with the first read, and never again', async () => {
    const { source, subscriptions, next, complete } = producer('a');
    const { read } = textReader(make(source));
    expect(await read()).toBe(opening + frame('a'));
    expect(subscriptions()).toBe(1);
    next('b');
    expect(await read()).toBe(frame('b'));
    complete();
    await read();
    await read();
    expect(subscriptions()).toBe(1);
  });

  it('calls a source that is a function with the first read, once', async () => {
    let calls = 0;
    const body = make(() => {
      calls++;
      return of('a', 'b');
    });
    await macrotasks();
    expect(calls).toBe(0);
    expect((await drained(body)).text).toBe(opening + frame('a') + frame('b') + completion);
    expect(calls).toBe(1);
  });

  it('never subscribes a source whose body was cancelled unread', async () => {
    const { source, subscriptions } = producer('a');
    const { cancel, read } = textReader(make(source));
    await cancel();
    expect(await read()).toBeUndefined();
    expect(subscriptions()).toBe(0);
  });

  it('never subscribes a source whose signal aborted before the first read', async () => {
    const { source, subscriptions } = producer('a');
    const reason = new Error('shutting down');
    const body = make(source, { signal: AbortSignal.abort(reason) });
    expect(await drained(body)).toEqual({ chunks: [], text: '', error: reason });
    expect(subscriptions()).toBe(0);
  });

  it('never subscribes a source whose request was aborted before the first read', async () => {
    const { source, subscriptions } = producer('a');
    const request = new Request('http://localhost/', { signal: AbortSignal.abort() });
    const { error } = await drained(make(source, { request }));
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(subscriptions()).toBe(0);
  });

  it('fails with the reason of a signal that is not an error as the cause of one', async () => {
    const { error } = await drained(make(of('a'), { signal: AbortSignal.abort('enough') }));
    expect(error).toBeInstanceOf(Error);
    expect(error).toMatchObject({ cause: 'enough' });
  });

  it('fails with what a source that is a function throws', async () => {
    const reason = new Error('no such feed');
    const { error } = await drained(
      make(() => {
        throw reason;
      }),
    );
    expect([error, (error as Error).cause]).toContain(reason);
  });

  it.each([
    ['a number', 7, '7'],
    ['nothing', undefined, 'undefined'],
    ['null', null, 'null'],
  ])('refuses %s for a source when it is called', (_, source, described) => {
    expect(() => make(source as never)).toThrow(
      new TypeError(
        `source: expected an Observable, iterable, stream, promise or function, got ${described}`,
      ),
    );
  });

  it('fails where a function gives a value that is not a source', async () => {
    const { error } = await drained(make(() => 7 as never));
    expect([error, (error as Error).cause]).toContainEqual(
      new TypeError('source: expected an Observable, iterable, stream or promise, got 7'),
    );
  });

  it('stops a source that aborts it while it is being subscribed', async () => {
    const controller = new AbortController();
    let afterwards = 0;
    const source = new Observable<string>((subscriber) => {
      subscriber.next('a');
      controller.abort();
      while (!subscriber.closed && afterwards < 1_000) {
        afterwards++;
        subscriber.next('b');
      }
    });
    const { error } = await drained(make(source, { signal: controller.signal }));
    expect(error).toMatchObject({ name: 'AbortError' });
    expect(afterwards).toBe(0);
  });
});
