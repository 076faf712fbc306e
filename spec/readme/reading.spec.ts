import { Writable } from 'node:stream';
import { Subject, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import * as library from 'rxjs-http-streams';
import type { SseMessage, StreamFetch } from 'rxjs-http-streams';
import { marbleFetch, utf8 } from 'rxjs-http-streams/testing';
import type { MarbleFetch, MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it, vi } from 'vitest';
import { eventually } from '../end-to-end/eventually';
import { drained } from '../support/drained';
import { httpServer } from '../support/httpServer';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { responding } from '../support/responding';
import { scheduled } from '../support/scheduler';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { evaluate } from './evaluate';

forbidUnhandledRejections();

/** The server of the spec that runs. */
let server: MarbleFetch;
const environment = {
  fetch: (...request: Parameters<MarbleFetch['fetch']>): ReturnType<MarbleFetch['fetch']> =>
    server.fetch(...request),
};

/** The Observable that a snippet makes, by its name. */
const made = async <T>(title: string, name: string, bindings: object = {}): Promise<Observable<T>> =>
  (await evaluate<Record<string, Observable<T>>>(title, { ...bindings }, environment))[name]!;

/** Everything that comes of a stream within five minutes, when the server answers like this. */
function played<T>(stream$: Observable<T>, ...answers: MarbleResponse[]): Recording<T> {
  let recording: Recording<T> | undefined;
  scheduled(({ cold, flush }) => {
    server = marbleFetch(cold, answers);
    recording = record(stream$);
    cold('5m x').subscribe(() => {
      recording?.subscription.unsubscribe();
    });
    flush();
  });
  return recording!;
}

/** A body that arrives at once and ends cleanly. */
const whole = (text: string): MarbleResponse => ({ body: '(a|)', chunks: { a: text } });

/** Runs a snippet that subscribes by itself. */
const run = (title: string, bindings: object, fetch: StreamFetch): Promise<unknown> =>
  evaluate(title, { ...bindings }, { fetch });

const answering = (text: string): StreamFetch => responding([utf8(text)]);
const refusing: StreamFetch = () => of(new Response('not here', { status: 404 }));

describe('Which format', () => {
  it('shows each format as it is on the wire', async () => {
    const bodies = await evaluate<Record<'events' | 'lines' | 'text', ReadableStream<Uint8Array>>>(
      'The same values, three times',
    );
    expect((await drained(bodies.events)).text).toContain('data: {"n":1}\n\ndata: {"n":2}\n\n');
    expect((await drained(bodies.lines)).text).toBe('{"n":1}\n{"n":2}\n');
    expect((await drained(bodies.text)).text).toBe('1 2 ');
  });
});

describe('Server-Sent Events', () => {
  const lines = async (fetch: StreamFetch): Promise<readonly unknown[][]> => {
    const printed: unknown[][] = [];
    const print = (...words: unknown[]): void => {
      printed.push(words);
    };
    await run('Server-Sent Events', { console: { log: print, error: print } }, fetch);
    return printed;
  };

  it('prints each message, and the end', async () => {
    const printed = await lines(
      answering(
        ':rxjs-http-streams\n\nid: 7\nevent: tick\ndata: a\ndata: b\n\ndata: c\n\n:rxjs-http-streams end\n\n',
      ),
    );
    await eventually(() => printed).toEqual([
      ['tick', 'a\nb', '7'],
      ['message', 'c', '7'],
      ['the server said that this was all'],
    ]);
  });

  it('prints that the feed has failed', async () => {
    const printed = await lines(refusing);
    await eventually(() => printed).toEqual([
      ['the feed has failed for good:', expect.objectContaining({ status: 404 })],
    ]);
  });

  it('reconnects as often as count says, and after the statuses of a predicate', async () => {
    const feed$ = await made<SseMessage>('Fewer attempts, and other statuses', 'default');
    const failing = Array.from({ length: 9 }, () => ({ status: 501, body: '|' }));
    expect(played(feed$, ...failing).error).toMatchObject({
      name: 'HttpStatusError',
      status: 501,
      attempt: 6,
    });
    expect(played(feed$, { status: 429, body: '|' }).error).toMatchObject({ status: 429, attempt: 1 });
  });

  it('continues in another page', async () => {
    const items = new Map<string, string>();
    const localStorage = {
      getItem: (key: string) => items.get(key) ?? null,
      setItem: (key: string, value: string) => items.set(key, value),
    };
    const feed$ = await made<SseMessage>('A page that was closed', 'feed$', { localStorage });
    played(feed$, { body: 'a-', chunks: { a: 'id: 1\ndata: a\n\n' } });
    expect(server.requests[0]?.headers.get('last-event-id')).toBeNull();
    played(feed$, { body: '-' });
    expect(server.requests[0]?.headers.get('last-event-id')).toBe('1');
  });
});

describe('NDJSON', () => {
  it('prints each row, and whether they were all', async () => {
    const printed: unknown[][] = [];
    const print = (...words: unknown[]): void => {
      printed.push(words);
    };
    const bindings = { console: { log: print, error: print } };
    await run('NDJSON', bindings, answering('{"id":1}\n{"id":2}'));
    await eventually(() => printed).toEqual([[1], [2], ['all rows came']]);
    await run('NDJSON', bindings, answering('{"id":'));
    await eventually(() => printed.at(-1)).toEqual([
      'not all rows came:',
      expect.objectContaining({ name: 'StreamTruncatedError' }),
    ]);
  });

  it('leaves a byte order mark at the beginning of a line out', async () => {
    const row$ = await made('Lines that are not JSON', 'row$', { console });
    expect(played(row$, whole('\ufeff{"id":1}\n\ufeff{"id":2}\nnull\n')).values).toEqual([
      { id: 1 },
      { id: 2 },
      null,
    ]);
  });

  it('says of bad lines what they are, and goes on', async () => {
    const warn = vi.fn();
    const row$ = await made('Lines that are not JSON', 'row$', { console: { warn } });
    const { values, outcome } = played(row$, whole('{"id":1}\nnonsense\n{"id":2}\n'));
    expect({ values, outcome }).toEqual({ values: [{ id: 1 }, { id: 2 }], outcome: 'complete' });
    expect(warn.mock.calls).toEqual([[expect.stringContaining('line 2')]]);
  });

  it('reads integers beyond 2^53', async () => {
    const parseLossless = (text: string): unknown => ({ id: BigInt(/\d+/.exec(text)![0]) });
    const row$ = await made('Integers beyond 2^53', 'row$', { parseLossless });
    expect(played(row$, whole('{"id":9007199254740993}\n')).values).toEqual([{ id: 9007199254740993n }]);
  });
});

describe('Text and bytes', () => {
  const shown = async (fetch: StreamFetch): Promise<() => string> => {
    let text = '';
    await run('Text and bytes', { output: { append: (part: string) => (text += part) } }, fetch);
    return () => text;
  };

  it('shows the text, and how it ended', async () => {
    await eventually(
      await shown(responding([utf8('Hell'), utf8('o ✓').subarray(0, 4), utf8('o ✓').subarray(4)])),
    ).toBe('Hello ✓ (the end)');
    await eventually(await shown(refusing)).toMatch(/^ \(cut off: Expected a stream, got 404/);
  });

  it('grows once a frame', async () => {
    const text$ = await made<string>('Text that grows in a page', 'text$');
    scheduled(({ cold, animate, expectObservable }) => {
      server = marbleFetch(cold, [{ body: 'ab-c-', chunks: { a: 'a', b: 'b', c: 'c' } }]);
      animate('--x--x');
      expectObservable(text$, '9ms !').toBe('--a--b', { a: 'ab', b: 'abc' });
    });
  });

  it('finds the lines with an error, the last one too', async () => {
    const error$ = await made<string>('Lines of a log', 'error$');
    expect(played(error$, whole('a\r\nERROR b\r\nc\nERROR d')).values).toEqual(['ERROR b', 'ERROR d']);
  });

  describe('A download to a file', () => {
    const download = async (url: string): Promise<string> => {
      const chunks: Buffer[] = [];
      const createWriteStream = (): Writable =>
        new Writable({
          write: (chunk: Buffer, _encoding, done) => {
            chunks.push(chunk);
            done();
          },
        });
      await evaluate(
        'A download to a file',
        {},
        { server: url, modules: { 'node:fs': { createWriteStream } } },
      );
      return Buffer.concat(chunks).toString();
    };

    it('writes all of it', async () => {
      const { url } = await httpServer((_, response) => {
        response.write('PK');
        response.end('zip');
      });
      expect(await download(url)).toBe('PKzip');
    });

    it('rejects where it is cut', async () => {
      const { url } = await httpServer((_, response) => {
        response.write('PK', () => response.destroy());
      });
      await expect(download(url)).rejects.toMatchObject({ name: 'StreamNetworkError', phase: 'body' });
    });
  });

  it('moves a progress bar', async () => {
    const values: unknown[] = [];
    const bar = {
      removeAttribute: (name: string) => values.push(name),
      set value(value: number) {
        values.push(value);
      },
    };
    const sized =
      (headers: HeadersInit): StreamFetch =>
      () =>
        of({
          ok: true,
          status: 200,
          statusText: '',
          url: '',
          headers: new Headers(headers),
          body: of(utf8('ab'), utf8('cd')),
        });
    await run('A progress bar', { bar }, sized({ 'content-length': '4' }));
    expect(values).toEqual([0.5, 1]);
    await run('A progress bar', { bar }, sized({}));
    expect(values.slice(2)).toEqual(['value', 'value']);
  });

  it('reads the elements of an array, and says where it is cut', async () => {
    const row$ = await made('JSON that is not one value a line', 'row$');
    expect(played(row$, whole('[{"id":1},\n {"id":\n2}]'))).toMatchObject({
      values: [{ id: 1 }, { id: 2 }],
      outcome: 'complete',
    });
    for (const text of ['[{"id":1},{"id"', '[{"id":1}']) {
      expect(played(row$, whole(text))).toMatchObject({
        values: [{ id: 1 }],
        error: { name: 'StreamTruncatedError' },
      });
    }
  });
});

describe('Slow consumers', () => {
  it('saves each row before the next one is taken, and says how it ended', async () => {
    const printed: unknown[][] = [];
    const print = (...words: unknown[]): void => {
      printed.push(words);
    };
    const console = { log: print, error: print };
    const steps: string[] = [];
    const save = async ({ id }: { id: number }): Promise<void> => {
      steps.push(`begin ${id}`);
      await Promise.resolve();
      steps.push(`end ${id}`);
    };
    await run('Slow consumers', { save, console }, answering('{"id":1}\n{"id":2}\n'));
    await eventually(() => printed).toEqual([['all rows are saved']]);
    expect(steps).toEqual(['begin 1', 'end 1', 'begin 2', 'end 2']);

    const full = new Error('The disk is full');
    await run(
      'Slow consumers',
      { save: () => Promise.reject(full), console },
      answering('{"id":1}\n{"id":2}\n'),
    );
    await eventually(() => printed.slice(1)).toEqual([['not all rows are saved:', full]]);
  });
});

describe('The text of an answer, as it grows', () => {
  const words = (...contents: string[]): string =>
    contents.map((content) => `data: ${JSON.stringify({ choices: [{ delta: { content } }] })}\n\n`).join('');

  it('completes when it is whole', async () => {
    const text$ = await made<string>('The text of an answer, as it grows', 'text$');
    const { values, outcome } = played(text$, whole(`${words('Be', 'cause')}data: [DONE]\n\n`));
    expect({ values, outcome }).toEqual({ values: ['Be', 'Because'], outcome: 'complete' });
    expect(server.requests[0]).toMatchObject({ method: 'POST' });
  });

  it.each<[string, MarbleResponse]>([
    ['StreamTruncatedError', whole(words('Be'))],
    ['StreamNetworkError', { body: 'a#', chunks: { a: words('Be') } }],
  ])('errors with a %s when it is cut off', async (name, answer) => {
    const text$ = await made<string>('The text of an answer, as it grows', 'text$');
    expect(played(text$, answer)).toMatchObject({ values: ['Be'], error: { name } });
    expect(server.requests).toHaveLength(1);
  });
});

describe('How a stream ends', () => {
  it('says whether the rows are all', async () => {
    const rows: unknown[] = [];
    const show = vi.fn();
    await run('How a stream ends', { rows, show }, answering('1\n2\n'));
    await eventually(() => show.mock.calls).toEqual([['2 rows, all of them']]);
    await run('How a stream ends', { rows, show }, answering('3\n{'));
    await eventually(() => show.mock.calls.slice(1)).toEqual([['3 rows, more were to come']]);
  });

  it('tells an end that is marked from a cut and from Stop', async () => {
    const stop$ = new Subject<void>();
    const word$ = await made<string>('An end that is marked', 'word$', { body: '{}', stop$ });
    const row = (response: string, done: boolean): string => `${JSON.stringify({ response, done })}\n`;
    expect(played(word$, { body: 'a-', chunks: { a: row('a', false) + row('', true) } })).toMatchObject({
      values: ['a', ''],
      outcome: 'complete',
    });
    expect(played(word$, whole(row('a', false)))).toMatchObject({
      values: ['a'],
      error: { name: 'StreamTruncatedError' },
    });
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [{ body: 'a--', chunks: { a: row('a', false) } }]);
      cold('--x').subscribe(() => {
        stop$.next();
      });
      expectObservable(word$).toBe('a-|');
    });
  });

  it.each([
    ['dispatch', 'a message', 'StreamTruncatedError'],
    ['error', 'StreamTruncatedError', 'StreamTruncatedError'],
    ['drop', 'nothing', 'nothing'],
  ] as const)(
    'onIncomplete: %s makes of whole lines and of half a line: %s, %s',
    (onIncomplete, ...results) => {
      const outcomes = ['data: a\n', 'data: a'].map((text) => {
        const answer$ = library.fromEventSource('/', {
          method: 'POST',
          onIncomplete,
          fetch: environment.fetch,
        });
        const { values, error } = played(answer$, whole(text));
        return (error as Error | undefined)?.name ?? (values.length > 0 ? 'a message' : 'nothing');
      });
      expect(outcomes).toEqual(results);
    },
  );
});

describe('Handle errors', () => {
  const messageOf = async (): Promise<(error: unknown) => string> =>
    (await evaluate<{ messageOf: (error: unknown) => string }>('Handle errors')).messageOf;

  it('have a text for the user each, and bugs have none', async () => {
    const textOf = await messageOf();
    const refusal = { statusText: '', headers: new Headers(), body: '' };
    expect(
      [
        new library.HttpStatusError({ status: 401, ...refusal }),
        new library.HttpStatusError({ status: 500, ...refusal }),
        new library.StreamNetworkError({ phase: 'body' }),
        new library.StreamTimeoutError({ idleTimeout: 1 }),
        new library.StreamTruncatedError({ missing: 'its end' }),
        new library.StreamServerError({ reason: 'Out of credit' }),
        new library.StreamParseError({ line: '', lineNumber: 1, offset: 0 }),
      ].map(textOf),
    ).toEqual([
      'Please sign in again.',
      'The server refused: 500',
      'The connection was lost.',
      'The connection was lost.',
      'The answer was cut off.',
      'Out of credit',
      'The server sent something unexpected.',
    ]);
    const bug = new RangeError('a bug');
    expect(() => textOf(bug)).toThrow(bug);
  });

  it('end a question, and not the page', async () => {
    const question$ = new Subject<string>();
    const text$ = await made<string>('An error ends a stream, not the page', 'text$', {
      question$,
      messageOf: await messageOf(),
    });
    scheduled(({ cold, expectObservable }) => {
      server = marbleFetch(cold, [
        { status: 401, body: '|' },
        { body: 'ab|', chunks: { a: 'Hel', b: 'lo' } },
      ]);
      cold('-q-q', { q: 'Why?' }).subscribe(question$);
      expectObservable(text$, '9ms !').toBe('-s-ab', {
        s: 'Please sign in again.',
        a: 'Hel',
        b: 'Hello',
      });
    });
  });

  it('say what a service said in JSON where events were asked for', async () => {
    const answer$ = await made('JSON where events were asked for', 'answer$', { body: '{}' });
    const headers = { 'content-type': 'application/json' };
    expect(played(answer$, { ...whole('{"error":"no credit"}'), headers }).error).toMatchObject({
      message: 'No stream, but: {"error":"no credit"}',
    });
    expect(played(answer$, { status: 400, body: '|' }).error).toMatchObject({ name: 'HttpStatusError' });
  });

  it('show the lines that are ignored', async () => {
    const warn = vi.fn();
    const feed$ = await made('Nothing arrives, although there is a body', 'default', { console: { warn } });
    played(feed$, { body: 'a-', chunks: { a: '{"error":"no credit"}\n' } });
    expect(warn.mock.calls).toEqual([['ignored:', '{"error":"no credit"}']]);
  });

  it('have in a log what is no foreign text', async () => {
    const log = { error: vi.fn() };
    const watched$ = await made('Errors in a log', 'watched$', { log });
    played(watched$, { status: 404, body: '(a|)', chunks: { a: 'two\nlines' } });
    expect(log.error.mock.calls).toEqual([
      [expect.stringMatching(/^Expected a stream, got 404: [^\n]*$/), { attempt: 1, cause: undefined }],
    ]);
  });

  describe('of a function of the application', () => {
    const own = new Error('mine');
    const fails = (): never => {
      throw own;
    };
    it.each([
      ['fetch', { fetch: () => throwError(() => own) }],
      ['request', { request: fails }],
      ['the source of request', { request: () => throwError(() => own) }],
      ['project', { project: fails }],
      ['onIgnored', { onIgnored: fails }],
      ['pauseWhen', { pauseWhen: throwError(() => own) }],
    ])('reach the subscriber as they are: %s', (_, init) => {
      const feed$ = library.fromEventSource('/feed', { ...environment, ...init } as never);
      const { error } = played(feed$, { body: 'a-', chunks: { a: 'nonsense\ndata: a\n\n' } });
      expect(error).toBe(own);
      expect(server.requests.length).toBeLessThan(2);
    });
  });
});
