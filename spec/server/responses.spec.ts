import { EMPTY, NEVER, Observable, concat, of, throwError } from 'rxjs';
import { sseStop, toChunkedBody, toChunkedResponse } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { drained } from '../support/drained';
import { macrotasks } from '../support/macrotasks';
import { producer } from '../support/producer';
import { responses } from '../support/responses';
import type { CommonInit } from '../support/responses';
import { settling } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();

const LIVE = { 'cache-control': 'no-cache, no-transform', 'x-accel-buffering': 'no' };
const refused = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };

const head = (url = 'http://localhost/'): Request => new Request(url, { method: 'HEAD' });

describe.each(responses)('$name', ({ respond, respondWithFirst, format, a, empty }) => {
  it('has status 200, the headers of a stream and those of its format, and no others', async () => {
    const response = respond(of('a'));
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({ ...LIVE, ...format });
    expect(await response.text()).toBe(a);
  });

  it.each<[string, NonNullable<CommonInit['headers']>]>([
    ['an object', { 'Content-Type': 'text/x-own', 'x-own': '1' }],
    ['Headers', new Headers({ 'Content-Type': 'text/x-own', 'x-own': '1' })],
    [
      'pairs',
      [
        ['Content-Type', 'text/x-own'],
        ['x-own', '1'],
      ],
    ],
  ])('puts the headers that it is given over its own: %s', (_, headers) => {
    expect(Object.fromEntries(respond(of('a'), { headers }).headers)).toEqual({
      ...LIVE,
      ...format,
      'content-type': 'text/x-own',
      'x-own': '1',
    });
  });

  it('sends every cookie that it is given', () => {
    const { headers } = respond(of('a'), {
      headers: [
        ['set-cookie', 'a=1'],
        ['set-cookie', 'b=2'],
      ],
    });
    expect(headers.getSetCookie()).toEqual(['a=1', 'b=2']);
  });

  it('has the status that it is given', () => {
    expect(respond(of('a'), { status: 201, statusText: 'Streaming' })).toMatchObject({
      status: 201,
      statusText: 'Streaming',
    });
  });

  it.each([false, true])('answers HEAD with headers alone, awaitFirst: %s', async (awaitFirst) => {
    const { source, subscriptions } = producer('a');
    const init: CommonInit = { request: head() };
    const response = awaitFirst ? await respondWithFirst(source, init) : respond(source, init);
    expect(response.body).toBeNull();
    expect(response.status).toBe(200);
    expect(Object.fromEntries(response.headers)).toEqual({ ...LIVE, ...format });
    await macrotasks();
    expect(subscriptions()).toBe(0);
  });

  it('leaves the source of a HEAD alone that is never asked for', async () => {
    let asked = false;
    const source = (): Observable<string> => {
      asked = true;
      return NEVER;
    };
    await respondWithFirst(source, { request: head() });
    expect(asked).toBe(false);
  });

  it('waits for the first value of its source with awaitFirst, and loses none', async () => {
    const { source, next, complete, subscriptions } = producer<string>();
    const response = respondWithFirst(source);
    const state = settling(response);
    expect(subscriptions()).toBe(1);
    await macrotasks();
    expect(state()).toBe('pending');
    next('a');
    await macrotasks();
    expect(state()).toBeInstanceOf(Response);
    complete();
    expect(await (await response).text()).toBe(a);
    expect(subscriptions()).toBe(1);
  });

  it('waits for a value that can be pulled with awaitFirst', async () => {
    async function* values(): AsyncGenerator<string> {
      yield await Promise.resolve('a');
    }
    expect(await (await respondWithFirst(values())).text()).toBe(a);
    expect(await (await respondWithFirst(['a'])).text()).toBe(a);
    expect(await (await respondWithFirst(Promise.resolve('a'))).text()).toBe(a);
  });

  it('waits for an end where there is no value with awaitFirst', async () => {
    const { source, complete } = producer<string>();
    const response = respondWithFirst(source);
    complete();
    expect((await response).status).toBe(200);
    expect(await (await response).text()).toBe(empty);
    expect(await (await respondWithFirst(EMPTY)).text()).toBe(empty);
  });

  it('is a response that streams where its source fails after the first value with awaitFirst', async () => {
    const response = await respondWithFirst(
      concat(
        of('a'),
        throwError(() => new Error('gone')),
      ),
    );
    expect(response.status).toBe(200);
    expect((await drained(response.body!)).error).toEqual(new Error('gone'));
  });

  it.each([
    ['its own status', { status: 404 }, 404],
    ['its own status', { status: 599 }, 599],
    ['its own status', { status: 400 }, 400],
    ['500 for a status of no failure', { status: 399 }, 500],
    ['500 for a status out of bounds', { status: 600 }, 500],
    ['500 for a status that is no whole number', { status: 404.5 }, 500],
    ['500 for a status that is text', { status: '404' }, 500],
    ['500 for an error without a status', new Error('secret'), 500],
    ['500 for no error', undefined, 500],
    ['500 for null', null, 500],
  ])('is %s where its source fails first with awaitFirst (%j)', async (_, reason, status) => {
    for (const source of [
      throwError(() => reason),
      (): never => {
        // eslint-disable-next-line @typescript-eslint/only-throw-error -- what applications throw
        throw reason;
      },
    ]) {
      const response = await respondWithFirst(source, { headers: { 'x-own': '1' }, status: 201 });
      expect(response.status).toBe(status);
      expect(Object.fromEntries(response.headers)).toEqual(refused);
      expect(await response.text()).toBe('Internal error');
    }
  });

  it('tells what mapError says where its source fails first with awaitFirst', async () => {
    const reason = Object.assign(new Error('secret'), { status: 403 });
    const response = await respondWithFirst(
      throwError(() => reason),
      { mapError: (error) => (error === reason ? 'Not for you' : 'wrong') },
    );
    expect(response.status).toBe(403);
    expect(await response.text()).toBe('Not for you');
  });

  it('does not reject with awaitFirst, even where mapError throws', async () => {
    const response = await respondWithFirst(
      throwError(() => new Error('secret')),
      {
        mapError: () => {
          throw new Error('bug');
        },
      },
    );
    expect(response.status).toBe(500);
    expect(await response.text()).not.toContain('bug');
  });

  it.each<[string, object]>([
    [
      'a status that throws',
      {
        get status() {
          throw new Error('a getter');
        },
      },
    ],
    ['a status that is text', { status: '404' }],
    ['a status of another world', { status: 42 }],
    ['a Retry-After that is no number', { status: 500, retryAfter: NaN }],
    ['a Retry-After before now', { status: 500, retryAfter: -1_000 }],
    ['a Retry-After without an end', { status: 500, retryAfter: Infinity }],
    ['a Retry-After that is text', { status: 500, retryAfter: '5' }],
    [
      'a Retry-After that throws',
      {
        get retryAfter() {
          throw new Error('a getter');
        },
      },
    ],
  ])('is a plain 500 for a failure with %s, with awaitFirst', async (_, reason) => {
    // eslint-disable-next-line rxjs-x/throw-error -- what applications throw
    const response = await respondWithFirst(throwError(() => reason));
    expect(response.status).toBe(500);
    expect(Object.fromEntries(response.headers)).toEqual(refused);
    expect(await response.text()).toBe('Internal error');
  });

  it.each<[string, () => string]>([
    ['nothing', () => undefined as never],
    ['a number', () => 5 as never],
    ['an object', () => ({}) as never],
  ])('says the default where mapError gives %s, with awaitFirst', async (_, mapError) => {
    const response = await respondWithFirst(
      throwError(() => new Error('secret')),
      { mapError },
    );
    expect(await response.text()).toBe('Internal error');
  });

  it('asks mapError once of a failure, with awaitFirst too', async () => {
    let asked = 0;
    await respondWithFirst(
      throwError(() => new Error('secret')),
      {
        mapError: () => {
          asked++;
          return '';
        },
      },
    );
    expect(asked).toBe(1);
  });

  it('is an error response where the request is gone before the first value with awaitFirst', async () => {
    const controller = new AbortController();
    const { source, observedBy } = producer<string>();
    const response = respondWithFirst(source, {
      request: new Request('http://localhost/', { signal: controller.signal }),
    });
    controller.abort();
    expect((await response).status).toBe(500);
    await observedBy(0);
  });

  it('does not subscribe to its source for a response that is not read', async () => {
    const { source, subscriptions } = producer('a');
    respond(source);
    await macrotasks();
    expect(subscriptions()).toBe(0);
  });

  it.each<[string, CommonInit]>([
    ['maxBufferedBytes', { maxBufferedBytes: 0 }],
    ['stallTimeout', { stallTimeout: 0 }],
    ['overflow', { overflow: 'none' } as CommonInit],
  ])('throws for a wrong %s when it is called, with awaitFirst too', (option, init) => {
    expect(() => respond(of('a'), init)).toThrow(new RegExp(`^${option}: `));
    expect(() => respondWithFirst(of('a'), init)).toThrow(TypeError);
  });
});

describe('A response that was waited for', () => {
  virtualTime();

  it('loses nothing of an iterable to a framework that takes its time', async () => {
    const values = Array.from({ length: 100 }, (_, index) => String(index).padEnd(1024));
    const response = await toChunkedResponse(values, {
      awaitFirst: true,
      maxBufferedBytes: 1024,
      overflow: 'drop-oldest',
    });
    await elapse(100);
    expect((await response.text()).match(/\d+/g)).toHaveLength(100);
  });
});

describe('A response that was waited for and is never read', () => {
  virtualTime();

  it.each(['', 'a'])('lets go of its source after the stallTimeout, first value: %j', async (first) => {
    const { source, observedBy, next } = producer(first);
    const response = await toChunkedResponse(source, { awaitFirst: true, stallTimeout: 1_000 });
    const released = settling(observedBy(0));
    await elapse(975);
    next('');
    expect(released()).toBe('pending');
    await elapse(50);
    expect(released()).toBeUndefined();
    await expect(response.text()).rejects.toMatchObject({ name: 'StreamOverflowError', limit: 1_000 });
    expect(timers()).toBe(0);
  });

  it('keeps its source once it is read', async () => {
    const { source, subscriptions, next } = producer('');
    const response = await toChunkedResponse(source, { awaitFirst: true, stallTimeout: 1_000 });
    const read = response.body!.getReader().read();
    await elapse(60_000);
    next('late');
    expect(new TextDecoder().decode((await read).value)).toBe('late');
    expect(subscriptions()).toBe(1);
  });
});

describe('A source that is a function', () => {
  const asked = async (request?: Request): Promise<unknown> => {
    const seen: unknown[] = [];
    await drained(
      toChunkedBody(
        (lastEventId) => {
          seen.push(lastEventId);
          return EMPTY;
        },
        { request },
      ),
    );
    expect(seen).toHaveLength(1);
    return seen[0];
  };
  const asking = (header: string | undefined, query = ''): Request =>
    new Request(
      `http://localhost/feed${query}`,
      header === undefined ? {} : { headers: { 'Last-Event-ID': header } },
    );

  it('is given the Last-Event-ID of the request', async () => {
    expect(await asked(asking('41'))).toBe('41');
  });

  it('is given it as the UTF-8 that it is sent as', async () => {
    const bytes = String.fromCharCode(...new TextEncoder().encode('ключ-é-😀'));
    expect(await asked(asking(bytes))).toBe('ключ-é-😀');
  });

  it('is given the query parameter lastEventId where there is no header', async () => {
    expect(await asked(asking(undefined, '?x=1&lastEventId=%C3%A9%2041'))).toBe('é 41');
    expect(await asked(asking('', '?lastEventId=41'))).toBe('41');
  });

  it('is given the header where there are both', async () => {
    expect(await asked(asking('1', '?lastEventId=2'))).toBe('1');
  });

  it('is given nothing where there is neither, or no request', async () => {
    expect(await asked(asking(undefined))).toBeUndefined();
    expect(await asked(asking('', '?lastEventId='))).toBeUndefined();
    expect(await asked()).toBeUndefined();
  });

  it('is given that of a request whose URL is but a path', async () => {
    const request = { headers: new Headers(), url: '/feed?lastEventId=7', signal: null };
    expect(await asked(request as never)).toBe('7');
  });
});

describe('sseStop', () => {
  it('is a 204 without a body', () => {
    const response = sseStop();
    expect(response.status).toBe(204);
    expect(response.body).toBeNull();
    expect([...response.headers]).toEqual([]);
  });

  it('is another response each time', () => {
    expect(sseStop()).not.toBe(sseStop());
  });
});
