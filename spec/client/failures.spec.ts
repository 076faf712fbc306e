import { NEVER, Observable, noop, of, throwError, timer } from 'rxjs';
import { HttpStatusError, StreamNetworkError, fromEventSource } from 'rxjs-http-streams';
import type { StreamFetch, StreamInput } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import { afterEach, describe, expect, it, onTestFinished, vi } from 'vitest';
import { isNetworkFailure } from '../../src/client/isNetworkFailure';
import { freePort } from '../../examples/serving/freePort';
import { httpServer } from '../support/httpServer';
import { macrotasks } from '../support/macrotasks';
import { finalOutcomeOf } from '../support/outcome';
import { readers } from '../support/readers';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();
afterEach(() => {
  vi.restoreAllMocks();
});

const coded = (code: string, init?: ErrorOptions): Error => Object.assign(new Error('no', init), { code });
const answer = new HttpStatusError({ status: 503, statusText: '', headers: new Headers(), body: '' });

/** Failures of the application, which no other request would change. */
const own: readonly (readonly [string, unknown])[] = [
  ['an error', new Error('session over')],
  ['an error that says why', new Error('session over', { cause: new Error('signed out') })],
  ['an error with a code of its own', coded('SESSION_OVER')],
  ['a missing file', coded('ENOENT')],
  ['an argument that is wrong', coded('ERR_INVALID_ARG_TYPE')],
  ['an error of ours', answer],
  ['a text', 'session over'],
  ['nothing', undefined],
  ['null', null],
  ['an object', { status: 401 }],
];

/** Failures of networks, as the platforms and the usual packages report them. */
const network: readonly (readonly [string, unknown])[] = [
  ['a TypeError', new TypeError('fetch failed')],
  ['a TypeError of another realm', Object.assign(new Error('fetch failed'), { name: 'TypeError' })],
  ['a TypeError with a cause', new TypeError('fetch failed', { cause: coded('ECONNREFUSED') })],
  ['a time-out', new DOMException('too late', 'TimeoutError')],
  ['an abort', new DOMException('aborted', 'AbortError')],
  ['what workerd marks', Object.assign(new Error('Network connection lost.'), { retryable: true })],
  ...[
    'ECONNREFUSED',
    'ECONNRESET',
    'ECONNABORTED',
    'ENOTFOUND',
    'EAI_AGAIN',
    'ETIMEDOUT',
    'EPIPE',
    'EHOSTUNREACH',
    'ENETUNREACH',
    'EADDRNOTAVAIL',
    'UND_ERR_SOCKET',
    'UND_ERR_CONNECT_TIMEOUT',
    'HPE_INVALID_CONSTANT',
    'ERR_NETWORK',
    'ERR_STREAM_PREMATURE_CLOSE',
    'ERR_HTTP2_STREAM_ERROR',
    'ERR_TLS_CERT_ALTNAME_INVALID',
    'CERT_HAS_EXPIRED',
    'DEPTH_ZERO_SELF_SIGNED_CERT',
    'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  ].map((code) => [code, coded(code)] as const),
  ['a code in its causes', new Error('a', { cause: new Error('b', { cause: coded('ECONNRESET') }) })],
];

/** Some seconds in virtual time of a feed whose `fetch` does this, and how often it was asked. */
function asking(fetch: StreamFetch, input: StreamInput = '/feed'): Recording<unknown> & { requests: number } {
  let asked = 0;
  let recording!: Recording<unknown>;
  scheduled(({ flush }) => {
    recording = record(
      fromEventSource(input, {
        fetch: (...request) => {
          asked++;
          return fetch(...request);
        },
      }),
    );
    timer(8_000).subscribe(() => {
      recording.subscription.unsubscribe();
    });
    flush();
  });
  return Object.assign(recording, { requests: asked });
}

/** As in Jest's jsdom, where `fetch` is Node's and `AbortController` is not. */
function stubAbortController(): void {
  vi.stubGlobal(
    'AbortController',
    class {
      readonly signal = new EventTarget();
      readonly abort = noop;
    },
  );
  onTestFinished(() => {
    vi.unstubAllGlobals();
  });
}

describe('What a fetch of the application errors with', () => {
  it.each(own)('that is %s is the error as it is, and nothing is asked again', (_, reason) => {
    const inside = asking(() => throwError(() => reason));
    const thrown = asking(() => {
      throw reason;
    });
    for (const { requests, outcome, error } of [inside, thrown]) {
      expect({ requests, outcome }).toEqual({ requests: 1, outcome: 'error' });
      expect(error).toBe(reason);
    }
  });

  it.each(network)('that is %s is a failure of the network, and asked again', (_, cause) => {
    const { requests, outcome } = asking(() => throwError(() => cause));
    expect({ requests, outcome }).toEqual({ requests: 2, outcome: undefined });
  });

  it.each(network)('and throws %s at once is the error as it is', (_, cause) => {
    const { requests, error } = asking(() => {
      throw cause;
    });
    expect(requests).toBe(1);
    expect(error).toBe(cause);
  });

  it('may have causes in a circle', () => {
    const first = new Error('a');
    first.cause = new Error('b', { cause: first });
    expect(asking(() => throwError(() => first))).toMatchObject({ requests: 1, error: first });
  });
});

describe.each(readers)('A failure of $name', ({ readOnce, mediaType }) => {
  it.each(own)('that a fetch of the application rejects with, %s, is told as it is', async (_, reason) => {
    // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- applications do
    const { error } = await finalOutcomeOf(readOnce('/feed', { fetch: () => Promise.reject(reason) }));
    expect(error).toBe(reason);
  });

  it.each(network)(
    'that a fetch of the application rejects with, %s, is one of the network',
    async (_, cause) => {
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- networks do
      const { error } = await finalOutcomeOf(readOnce('/feed', { fetch: () => Promise.reject(cause) }));
      expect(error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect', attempt: 1, url: '/feed' });
      expect((error as Error).cause).toBe(cause);
    },
  );

  it.each([...own, ...network])(
    'that the fetch of the platform rejects with, %s, is one of the network',
    async (_, cause) => {
      vi.spyOn(globalThis, 'fetch').mockRejectedValue(cause);
      const { error } = await finalOutcomeOf(readOnce('http://localhost/'));
      const isMistake =
        (cause as Partial<Record<'code', string>> | undefined)?.code === 'ERR_INVALID_ARG_TYPE';
      if (isMistake) expect(error).toBe(cause);
      else expect(error).toBeInstanceOf(StreamNetworkError);
    },
  );

  it.each<[string, StreamFetch | undefined]>([
    ['of the platform', undefined],
    ['that calls it', (input, init) => fetch(input, init)],
    ['that waits for it', async (input, init) => await fetch(input, init)],
  ])(
    'to make a request is told at once, and as the platform tells it, with the fetch %s',
    async (_, given) => {
      for (const [input, init] of [
        ['/relative', {}],
        ['http://[', {}],
        [
          new Promise<string>((resolve) => {
            resolve('/relative');
          }),
          {},
        ],
        ['http://me:secret@localhost/', {}],
        ['http://localhost/', { body: '{}' }],
        ['http://localhost/', { method: 'NO SUCH' }],
        ['http://localhost/', { method: 'TRACE' }],
        ['http://localhost/', { request: () => of({ method: 'CONNECT' }) }],
        ['http://localhost/', { cache: 'x' }],
        [new Request('http://localhost/'), { method: 'TRACE' }],
        [new Request('http://localhost/'), { body: 'x' }],
      ] as const) {
        const target = input instanceof Promise ? () => input : input;
        const all = { fetch: given, reconnect: true, ...init } as object;
        const { error } = await finalOutcomeOf(readOnce(target, all));
        expect(error).toBeInstanceOf(TypeError);
      }
    },
  );

  it.each<[string, StreamFetch | undefined]>([
    ['of the platform', undefined],
    ['that calls it', (input, init) => fetch(input, init)],
  ])(
    'to take the signal of a foreign AbortController is told at once, with the fetch %s',
    async (_, given) => {
      stubAbortController();
      const all = { fetch: given, reconnect: true } as object;
      const { error } = await finalOutcomeOf(readOnce('http://localhost/', all));
      expect(error).toBeInstanceOf(TypeError);
      expect(String(error)).toContain('signal');
    },
  );

  it('to connect is one of the network, though the platform would not take the signal', async () => {
    stubAbortController();
    const down: StreamFetch = () => Promise.reject(new TypeError('down'));
    const { error } = await finalOutcomeOf(readOnce('http://localhost/', { fetch: down }));
    expect(error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
  });

  it('to connect is one of the network, whatever the request carries', async () => {
    const url = `http://127.0.0.1:${await freePort()}/`;
    const stream = (): ReadableStream =>
      new ReadableStream({
        start: (controller) => {
          controller.close();
        },
      });
    for (const given of [undefined, ((input, init) => fetch(input, init)) as StreamFetch]) {
      for (const [input, init] of [
        [url, {}],
        [url, { method: 'POST', body: 'x' }],
        [url, { method: 'POST', body: stream(), duplex: 'half' }],
        [new Request(url, { method: 'POST', body: 'x' }), {}],
        [new URL(url), {}],
      ] as const) {
        const { error } = await finalOutcomeOf(readOnce(input, { fetch: given, ...init }));
        expect(error).toMatchObject({ name: 'StreamNetworkError', phase: 'connect' });
      }
    }
  });

  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'undefined'],
    ['a text', 'x', "'x'"],
    ['a number', 5, '5'],
    ['null', null, 'null'],
    ['an object', {}, 'an object'],
    ['a function', () => 5, 'a function'],
    ['a Response that is not promised', new Response('x'), 'an object'],
  ])('of a fetch that gives %s names it, and is told at once', async (_, answer, named) => {
    let requests = 0;
    const fetch = (): never => {
      requests++;
      return answer as never;
    };
    const { error } = await finalOutcomeOf(readOnce('/feed', { fetch, reconnect: true } as object));
    expect(error).toEqual(
      new TypeError(`fetch: expected a promise or an Observable of a response, got ${named}`),
    );
    expect(requests).toBe(1);
  });

  it.each<[string, unknown, string]>([
    ['undefined', undefined, 'undefined'],
    ['a text', 'x', "'x'"],
    ['an object without a status', { headers: new Headers(), body: null }, 'an object'],
    ['an object without headers', { status: 200, ok: true, body: null }, 'an object'],
    ['headers of another kind', { status: 200, headers: { 'content-type': mediaType } }, 'an object'],
  ])('of a fetch that promises %s names it, and is told at once', async (_, response, named) => {
    for (const fetch of [() => Promise.resolve(response), () => of(response)]) {
      const all = { fetch, reconnect: true } as object;
      const { error } = await finalOutcomeOf(readOnce('/feed', all));
      expect(error).toEqual(
        new TypeError(`fetch: expected a response with a status and headers, got ${named}`),
      );
    }
  });

  it('of a fetch that completes without a response names what was expected', async () => {
    const fetch: StreamFetch = () =>
      new Observable((subscriber) => {
        subscriber.complete();
      });
    const { error } = await finalOutcomeOf(readOnce('/feed', { fetch }));
    expect(error).toEqual(
      new TypeError('fetch: expected a response with a status and headers, got undefined'),
    );
  });

  it('that is an abort of its own is told as it is', async () => {
    const server = await httpServer(() => undefined);
    const stop = new AbortController();
    const recording = record(readOnce(server.url, { signal: stop.signal, fetch: (...all) => fetch(...all) }));
    await server.exchange(1);
    const reason = new Error('enough');
    stop.abort(reason);
    expect(recording.error).toBe(reason);
    await macrotasks();
  });
});

describe('A request that the platform cannot make', () => {
  it('and a fetch of the application can is asked again when the network fails', () => {
    scheduled(({ cold, flush }) => {
      const server = marbleFetch(cold, [{ response: '#' }, { response: '#' }]);
      const { subscription } = record(fromEventSource('/feed', { fetch: server.fetch }));
      timer(20_000).subscribe(() => {
        subscription.unsubscribe();
      });
      flush();
      expect(server.requests).toHaveLength(3);
    });
  });

  it('for more than its address is a mistake, whatever the fetch of the application says', () => {
    const { requests, error } = asking(
      () => throwError(() => new TypeError('no')),
      new Request('http://localhost/'),
    );
    expect([requests, error]).toEqual([2, undefined]);
    const request = { target: '/feed', headers: new Headers(), init: { body: 'x' } };
    expect(isNetworkFailure(new TypeError('no'), request, true)).toBe(false);
  });

  it('where there is no Request to ask does not become a mistake by that', () => {
    vi.stubGlobal('Request', undefined);
    const { requests } = asking(() => throwError(() => new TypeError('no')));
    vi.unstubAllGlobals();
    expect(requests).toBe(2);
  });

  it('is not made for a response that comes', () => {
    const made = vi.spyOn(globalThis, 'Request');
    asking(() => NEVER);
    expect(made).not.toHaveBeenCalled();
  });
});
