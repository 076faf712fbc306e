import { NEVER, Observable, Subject, concat, defer, from, of, range, throwError } from 'rxjs';
import { fromChunkedFetch, isStreamOverflowError, toAsyncIterable } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { httpServer } from '../support/httpServer';
import { done, iteratorOf, next, seenIn } from '../support/iteration';
import { macrotasks } from '../support/macrotasks';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const failure = new Error('the source broke');

describe('toAsyncIterable', () => {
  it('gives the values to the loop and ends it when the source completes', async () => {
    expect(await seenIn(toAsyncIterable(of('a', undefined, null, 'b')))).toEqual(['a', undefined, null, 'b']);
    expect(await seenIn(toAsyncIterable(of()))).toEqual([]);
  });

  it('takes whatever RxJS takes for a source', async () => {
    expect(await seenIn(toAsyncIterable([1, 2]))).toEqual([1, 2]);
    expect(await seenIn(toAsyncIterable(Promise.resolve(1)))).toEqual([1]);
  });

  it('throws the error of the source after all the values before it', async () => {
    expect(
      await seenIn(
        toAsyncIterable(
          concat(
            of('a', 'b'),
            throwError(() => failure),
          ),
        ),
      ),
    ).toEqual(['a', 'b', failure]);
  });

  it('throws whatever the source errors with, also where that is nothing', async () => {
    const source = new Subject<string>();
    const seen = seenIn(toAsyncIterable(source));
    // eslint-disable-next-line rxjs-x/throw-error -- what is no error at all is the case
    source.error(undefined);
    expect(await seen).toEqual([undefined]);
  });

  it('gives each value when it comes', async () => {
    const source = new Subject<string>();
    const iterator = iteratorOf(toAsyncIterable(source));
    const first = iterator.next();
    source.next('a');
    expect(await first).toEqual(next('a'));
    source.next('b');
    source.next('c');
    expect(await iterator.next()).toEqual(next('b'));
    const [third, fourth] = [iterator.next(), iterator.next()];
    source.complete();
    expect(await third).toEqual(next('c'));
    expect(await fourth).toEqual(done);
  });

  it('subscribes when the loop asks for its first value, not before, and once', async () => {
    let subscriptions = 0;
    const source = defer(() => {
      subscriptions++;
      return of('a', 'b');
    });
    const iterator = iteratorOf(toAsyncIterable(source));
    await macrotasks();
    expect(subscriptions).toBe(0);
    await iterator.next();
    await iterator.next();
    await iterator.next();
    expect(subscriptions).toBe(1);
  });

  it('subscribes anew for each loop', async () => {
    let subscriptions = 0;
    const iterable = toAsyncIterable(defer(() => of(++subscriptions)));
    expect([await seenIn(iterable), await seenIn(iterable)]).toEqual([[1], [2]]);
  });

  it('answers several next() at once in turn, and those over with the end', async () => {
    const source = new Subject<string>();
    const iterator = iteratorOf(toAsyncIterable(source));
    const results = Array.from({ length: 4 }, () => iterator.next());
    source.next('a');
    source.next('b');
    source.complete();
    expect(await Promise.all(results)).toEqual([next('a'), next('b'), done, done]);
  });

  it('throws an error once, to the first of several next(); afterwards it is at its end', async () => {
    const source = new Subject<string>();
    const iterator = iteratorOf(toAsyncIterable(source));
    const results = [iterator.next(), iterator.next()];
    source.error(failure);
    expect(await Promise.allSettled(results)).toEqual([
      { status: 'rejected', reason: failure },
      { status: 'fulfilled', value: done },
    ]);
    expect(await iterator.next()).toEqual(done);
  });

  describe('left', () => {
    it('by break, unsubscribes at once', async () => {
      let stopped = false;
      const source = new Observable<string>((subscriber) => {
        subscriber.next('a');
        subscriber.next('b');
        return () => {
          stopped = true;
        };
      });
      for await (const value of toAsyncIterable(source)) {
        expect(value).toBe('a');
        expect(stopped).toBe(false);
        break;
      }
      expect(stopped).toBe(true);
    });

    it('by a throw in the loop, unsubscribes and passes it on', async () => {
      const source = new Subject<string>();
      const loop = (async () => {
        for await (const value of toAsyncIterable(source)) throw new Error(value);
      })();
      source.next('a');
      await expect(loop).rejects.toThrow('a');
      expect(source.observed).toBe(false);
    });

    it('with a next() pending, unsubscribes at once and ends it', async () => {
      const source = new Subject<string>();
      const iterator = iteratorOf(toAsyncIterable(source));
      const pending = [iterator.next(), iterator.next()];
      const left = iterator.return?.();
      expect(source.observed).toBe(false);
      expect(await left).toEqual(done);
      expect(await Promise.all(pending)).toEqual([done, done]);
    });

    it('gives nothing more, neither of what waits nor an error', async () => {
      const iterator = iteratorOf(
        toAsyncIterable(
          concat(
            of('a', 'b', 'c'),
            throwError(() => failure),
          ),
        ),
      );
      expect(await iterator.next()).toEqual(next('a'));
      await iterator.return?.();
      expect(await iterator.next()).toEqual(done);
    });

    it('before it began, never subscribes', async () => {
      const source = new Subject<string>();
      const iterator = iteratorOf(toAsyncIterable(source));
      await iterator.return?.();
      const result = iterator.next();
      expect(source.observed).toBe(false);
      expect(await result).toEqual(done);
    });
  });

  describe('over maxBuffered', () => {
    it('throws what is over it after what waits, and has unsubscribed', async () => {
      const source = new Subject<number>();
      const iterator = iteratorOf(toAsyncIterable(source, { maxBuffered: 2 }));
      const first = iterator.next();
      for (const value of [1, 2, 3]) source.next(value);
      expect(source.observed).toBe(true);
      source.next(4);
      expect(source.observed).toBe(false);

      expect(await first).toEqual(next(1));
      expect(await iterator.next()).toEqual(next(2));
      expect(await iterator.next()).toEqual(next(3));
      const error = await iterator.next().catch((reason: unknown) => reason);
      expect(isStreamOverflowError(error)).toBe(true);
      expect(error).toMatchObject({ limit: 2, size: 2 });
      expect((error as Error).message).toContain('maxBuffered 2');
      expect(await iterator.next()).toEqual(done);
    });

    it('unsubscribes a source that went over it while it was being subscribed', async () => {
      let stopped = false;
      const source = new Observable<number>((subscriber) => {
        for (const value of [1, 2, 3]) subscriber.next(value);
        return () => {
          stopped = true;
        };
      });
      const iterator = iteratorOf(toAsyncIterable(source, { maxBuffered: 2 }));
      await iterator.next();
      expect(stopped).toBe(true);
    });

    it('gives nothing that comes after a gap', async () => {
      const rest = new Subject<number>();
      const iterator = iteratorOf(toAsyncIterable(concat(of(1, 2, 3), rest), { maxBuffered: 2 }));
      expect(await iterator.next()).toEqual(next(1));
      rest.next(4);
      expect(await iterator.next()).toEqual(next(2));
      await expect(iterator.next()).rejects.toSatisfy(isStreamOverflowError);
    });

    it('takes no more of a synchronous source than it may hold', async () => {
      let taken = 0;
      const numbers = function* (): Generator<number> {
        while (taken < 1_000) yield ++taken;
      };
      const seen = await seenIn(toAsyncIterable(from(numbers()), { maxBuffered: 2 }));
      expect(seen.slice(0, 2)).toEqual([1, 2]);
      expect(taken).toBe(3);
    });

    it('is 100 000 if omitted, and unlimited at Infinity', async () => {
      expect((await seenIn(toAsyncIterable(range(0, 100_000)))).length).toBe(100_000);
      const over = await seenIn(toAsyncIterable(range(0, 100_001)));
      expect(over.length).toBe(100_001);
      expect(isStreamOverflowError(over.at(-1))).toBe(true);
      const all = await seenIn(toAsyncIterable(range(0, 100_001), { maxBuffered: Infinity }));
      expect(all.at(-1)).toBe(100_000);
    });

    it.each([0, -1, NaN, '5', null])('refuses %s when it is called', (maxBuffered) => {
      const refused = () => toAsyncIterable(NEVER, { maxBuffered: maxBuffered as number });
      expect(refused).toThrow(TypeError);
      expect(refused).toThrow(/^maxBuffered: /);
    });
  });

  describe('over a request', () => {
    it('that is left in mid-body, closes the connection', async () => {
      const server = await httpServer((_, response) => {
        response.write('one');
      });
      for await (const text of toAsyncIterable(fromChunkedFetch(server.url))) {
        expect(text).toBe('one');
        break;
      }
      await server.disconnected(1);
    });

    it('that is left while it waits, closes the connection too', async () => {
      const server = await httpServer((_, response) => {
        response.write('one');
      });
      const iterator = iteratorOf(toAsyncIterable(fromChunkedFetch(server.url)));
      expect(await iterator.next()).toEqual(next('one'));
      const pending = iterator.next();
      await iterator.return?.();
      expect(await pending).toEqual(done);
      await server.disconnected(1);
    });

    it('that is cut, throws after what had come', async () => {
      const server = await httpServer((_, response) => {
        response.write('one', () => response.destroy());
      });
      const [first, error] = await seenIn(toAsyncIterable(fromChunkedFetch(server.url)));
      expect(first).toBe('one');
      expect(error).toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
    });
  });
});
