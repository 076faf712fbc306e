import { ReplaySubject, Subject, concat, map, of, throwError } from 'rxjs';
import type { MonoTypeOperatorFunction, Observable } from 'rxjs';
import type { SseMessage } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleFetch, MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it, vi } from 'vitest';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { scheduled } from '../support/scheduler';
import { evaluate, expression } from './evaluate';

/** The server of the spec that runs. */
let server: MarbleFetch;
const environment = {
  fetch: (...request: Parameters<MarbleFetch['fetch']>): ReturnType<MarbleFetch['fetch']> =>
    server.fetch(...request),
};

const sent = (value: unknown): string => `data: ${JSON.stringify(value)}\n\n`;
const delta = (content: string): string => sent({ choices: [{ delta: { content } }] });
const methods = (): string[] => server.requests.map(({ method }) => method);

describe('the README: Stop, and the end of an answer', () => {
  const recipe = async (): Promise<{ answer$: Observable<string>; stop$: Subject<void> }> => {
    const stop$ = new Subject<void>();
    const { default: message$ } = await evaluate<{ default: Observable<SseMessage> }>(
      'Stop, and the end of an answer',
      { stop$, body: '{}' },
      environment,
    );
    return { answer$: message$.pipe(map(({ data }) => data)), stop$ };
  };

  it('completes at the marker, and at Stop, and aborts the request', async () => {
    const { answer$, stop$ } = await recipe();
    scheduled(({ cold, expectObservable, flush }) => {
      server = marbleFetch(cold, [
        { body: 'a-e-', chunks: { a: 'data: a\n\n', e: 'data: [DONE]\n\n' } },
        { body: 'a---', chunks: { a: 'data: a\n\n' } },
      ]);
      expectObservable(answer$).toBe('a-|');
      expectObservable(answer$, '10ms ^').toBe('10ms a--|');
      cold('13ms s').subscribe(() => {
        stop$.next();
      });
      flush();
      expect(server.requests.map(({ signal }) => signal.aborted)).toEqual([true, true]);
    });
  });

  it('takes an answer without the marker for a cut one', async () => {
    const { answer$ } = await recipe();
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [{ body: 'a|', chunks: { a: 'data: a\n\n' } }]);
      expectObservable(answer$).toBe(
        'a#',
        undefined,
        expect.objectContaining({ name: 'StreamTruncatedError' }),
      );
    });
  });

  it('has a predicate for the marker of other protocols', async () => {
    const untilStop = await expression<MonoTypeOperatorFunction<{ type: string }>>(
      "endOn(({ type }) => type === 'message_stop')",
    );
    scheduled(({ cold, expectObservable }) => {
      const types = { a: { type: 'content_block_delta' }, s: { type: 'message_stop' } };
      expectObservable(cold('a-s-', types).pipe(untilStop)).toBe('a-|', types);
    });
  });
});

describe('the README: An error inside of a stream', () => {
  const recipe = (): Promise<{
    delta$: Observable<string>;
    valueOf: (message: Pick<SseMessage, 'type' | 'data'>) => unknown;
  }> => evaluate('An error inside of a stream', { body: '{}' }, environment);

  it.each([
    ['Anthropic', 'overloaded', 'event: error\n', { type: 'error', error: { message: 'overloaded' } }],
    ['OpenAI', 'overloaded', '', { error: { message: 'overloaded', type: 'server_error' } }],
    ['OpenAI, responses', 'overloaded', 'event: error\n', { type: 'error', message: 'overloaded' }],
    [
      'OpenAI, a response that failed',
      'overloaded',
      'event: response.failed\n',
      { type: 'response.failed', response: { error: { message: 'overloaded' } } },
    ],
    ['a service with a text', '{"error":"overloaded"}', '', { error: 'overloaded' }],
  ])('makes an error of that of %s, after what came before', async (_, message, event, value) => {
    const { delta$ } = await recipe();
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [{ body: 'ab-', chunks: { a: delta('Hi'), b: event + sent(value) } }]);
      const failure = expect.objectContaining({ message, cause: expect.anything() as unknown }) as unknown;
      expectObservable(delta$).toBe('a#', { a: 'Hi' }, failure);
    });
  });

  it('reads frames without a choice, and choices without a delta', async () => {
    const { delta$ } = await recipe();
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [
        {
          body: 'abcd',
          chunks: {
            a: sent({ choices: [], prompt_filter_results: [] }),
            b: sent({ choices: [{ index: 0, finish_reason: null, content_filter_offsets: {} }] }),
            c: delta('Hi'),
            d: 'data: [DONE]\n\n',
          },
        },
      ]);
      expectObservable(delta$).toBe('aab|', { a: '', b: 'Hi' });
    });
  });

  it('passes values on that have no error', async () => {
    const { valueOf } = await recipe();
    for (const value of [null, 1, 'a', { error: null }, { response: { error: null } }]) {
      expect(valueOf({ type: 'message', data: JSON.stringify(value) })).toEqual(value);
    }
  });
});

describe('the README: A limit on the whole duration', () => {
  it('gives each subscription its own time, however it is spent', async () => {
    const answer$ = new ReplaySubject<string>(Infinity);
    const { limited$ } = await evaluate<{ limited$: Observable<string> }>('A limit on the whole duration', {
      answer$,
    });
    scheduled(({ cold, expectObservable }) => {
      cold('a 20s b 30s c').subscribe(answer$);
      const failure = new Error('The answer took more than a minute');
      expectObservable(limited$).toBe('a 20s b 30s c 9997ms #', undefined, failure);
      expectObservable(limited$, '40s ^').toBe('40s (ab) 9998ms c 49997ms #', undefined, failure);
    });
  });

  it('leaves an answer alone that is in time', async () => {
    const answer$ = of('a');
    const { limited$ } = await evaluate<{ limited$: Observable<string> }>('A limit on the whole duration', {
      answer$,
    });
    scheduled(({ expectObservable }) => {
      expectObservable(limited$).toBe('(a|)');
    });
  });

  it('errors as the answer does', async () => {
    const answer$ = concat(
      of('a'),
      throwError(() => new Error('cut off')),
    );
    const { limited$ } = await evaluate<{ limited$: Observable<string> }>('A limit on the whole duration', {
      answer$,
    });
    scheduled(({ expectObservable }) => {
      expectObservable(limited$).toBe('(a#)', undefined, new Error('cut off'));
    });
  });
});

describe('the README: A POST that is continued by a GET', () => {
  const call = { jsonrpc: '2.0', id: 7, method: 'tools/call' };
  const note = (id: string): string => `id: ${id}\n${sent({ method: 'notifications/progress' })}`;
  const result = `id: r\n${sent({ id: 7, result: {} })}`;
  const recipe = async (): Promise<Observable<string>> => {
    const { default: message$ } = await evaluate<{ default: Observable<SseMessage> }>(
      'A POST that is continued by a GET',
      { call },
      environment,
    );
    return message$.pipe(map(({ id }) => id));
  };

  /** Everything that comes of it when the server answers like this, in virtual time. */
  const played = async (...answers: MarbleResponse[]): Promise<Recording<string>> => {
    const id$ = await recipe();
    let recording: Recording<string> | undefined;
    scheduled(({ cold, flush }) => {
      server = marbleFetch(cold, answers);
      recording = record(id$);
      flush();
    });
    return recording!;
  };

  it('asks by GET for the rest, after the last id, until the result is there', async () => {
    const { values, outcome } = await played(
      { body: 'a-#', chunks: { a: note('1') } },
      { status: 503, body: '|' },
      { body: 'b|', chunks: { b: note('2') } },
      { body: 'r-', chunks: { r: result } },
    );

    expect({ values, outcome }).toEqual({ values: ['1', '2', 'r'], outcome: 'complete' });
    expect(methods()).toEqual(['POST', 'GET', 'GET', 'GET']);
    expect(server.requests.map(({ body }) => body)).toEqual([JSON.stringify(call), null, null, null]);
    expect(server.requests.map(({ headers }) => headers.get('last-event-id'))).toEqual([null, '1', '1', '2']);
    expect(server.requests.map(({ headers }) => headers.get('accept'))).toEqual([
      'application/json, text/event-stream',
      ...Array.from({ length: 3 }, () => 'text/event-stream'),
    ]);
  });

  it.each<[string, MarbleResponse, object]>([
    ['is refused for a while', { status: 503, body: '|' }, { name: 'HttpStatusError', status: 503 }],
    ['is refused for good', { status: 400, body: '|' }, { name: 'HttpStatusError', status: 400 }],
    ['does not arrive', { response: '#' }, { name: 'StreamNetworkError', phase: 'connect' }],
    ['is cut', { body: 'a#', chunks: { a: ': hi\n\n' } }, { name: 'StreamNetworkError', phase: 'body' }],
    ['is cut after a message', { body: 'a#', chunks: { a: sent({}) } }, { name: 'StreamNetworkError' }],
    ['ends early', { body: 'a|', chunks: { a: sent({}) } }, { name: 'StreamTruncatedError' }],
  ])('errors, and sends nothing again, when the POST %s before the first id', async (_, answer, failure) => {
    const { error } = await played(answer, { body: '(r|)', chunks: { r: result } });

    expect(error).toMatchObject(failure);
    expect(methods()).toEqual(['POST']);
  });

  it('completes with the result where the server gives no id', async () => {
    const { values, outcome } = await played({ body: 'r|', chunks: { r: sent({ id: 7, result: {} }) } });

    expect({ values, outcome }).toEqual({ values: [''], outcome: 'complete' });
    expect(methods()).toEqual(['POST']);
  });
});

describe('the README: A background response of OpenAI', () => {
  const event = (sequence_number: number, type: string, more = {}): string =>
    sent({ type, sequence_number, ...more });
  const created = event(0, 'response.created', { response: { id: 'resp_1' } });
  const played = async (...answers: MarbleResponse[]): Promise<Recording<unknown>> => {
    const { event$ } = await evaluate<{ event$: Observable<{ sequence_number: number }> }>(
      'A background response of OpenAI',
      { body: '{"background":true}' },
      environment,
    );
    let recording: Recording<unknown> | undefined;
    scheduled(({ cold, flush }) => {
      server = marbleFetch(cold, answers);
      recording = record(event$.pipe(map(({ sequence_number }) => sequence_number)));
      flush();
    });
    return recording!;
  };

  it('asks by GET for what comes after the last event, until the response is there', async () => {
    const { values, outcome } = await played(
      { body: 'ab-#', chunks: { a: created, b: event(1, 'response.output_text.delta') } },
      { response: '#' },
      { body: 'c#', chunks: { c: event(2, 'response.output_text.delta') } },
      { body: 'd-', chunks: { d: event(3, 'response.completed', { response: { id: 'resp_1' } }) } },
    );

    expect({ values, outcome }).toEqual({ values: [0, 1, 2, 3], outcome: 'complete' });
    expect(
      server.requests.map(({ method, url, body }) => `${method} ${url} ${JSON.stringify(body)}`),
    ).toEqual([
      'POST /v1/responses "{\\"background\\":true}"',
      'GET /v1/responses/resp_1?stream=true&starting_after=1 null',
      'GET /v1/responses/resp_1?stream=true&starting_after=1 null',
      'GET /v1/responses/resp_1?stream=true&starting_after=2 null',
    ]);
  });

  it.each<[string, MarbleResponse, object]>([
    ['is refused', { status: 503, body: '|' }, { name: 'HttpStatusError', status: 503 }],
    ['is cut', { body: '-#' }, { name: 'StreamNetworkError', phase: 'body' }],
    ['ends', { body: '-|' }, { name: 'StreamTruncatedError' }],
  ])(
    'errors, and sends nothing again, when the POST %s before the first event',
    async (_, answer, failure) => {
      const { error } = await played(answer, { body: '(a-)', chunks: { a: created } });

      expect(error).toMatchObject(failure);
      expect(methods()).toEqual(['POST']);
    },
  );
});

describe('the README: An answer that outlives its request', () => {
  interface Answers {
    readonly POST: (request: Request, id: string) => Promise<Response>;
    readonly GET: (request: Request, id: string) => Promise<Response>;
    readonly DELETE: (request: Request, id: string) => Response;
  }
  const get = (): Request => new Request('http://localhost/');
  const post = (): Request => new Request('http://localhost/', { method: 'POST', body: 'Why?' });

  it('continues without a client, is read again from its start, and is stopped by its id', async () => {
    const word$ = new Subject<{ readonly data: string }>();
    const asked: string[] = [];
    const { POST, GET, DELETE } = await evaluate<Answers>('An answer that outlives its request', {
      ask: (question: string) => {
        asked.push(question);
        return word$;
      },
    });
    const response = POST(post(), 'a');
    await vi.waitFor(() => {
      expect(word$.observed).toBe(true);
    });
    word$.next({ data: 'Because' });
    await (await response).body!.cancel();
    word$.next({ data: 'it is.' });
    const again = await GET(get(), 'a');
    expect(DELETE(get(), 'a').status).toBe(204);
    expect(word$.observed).toBe(false);
    expect(await again.text()).toMatch(/data: Because\n\n[^]*data: it is.\n\n:rxjs-http-streams end/);
    expect((await GET(get(), 'another')).status).toBe(410);
    expect(asked).toEqual(['Why?']);
  });
});
