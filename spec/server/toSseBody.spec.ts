import fc from 'fast-check';
import { Observable, Subject, concat, firstValueFrom, from, of, throwError, toArray } from 'rxjs';
import { formatSse, fromEventSource, parseSse, resumable, toSseBody } from 'rxjs-http-streams';
import type { SseBodyOptions, SseBodyValue, SseMessage, SseMessageInit } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { drained } from '../support/drained';
import { canBeId } from '../support/hostileText';
import { finalOutcomeOf } from '../support/outcome';
import type { Outcome } from '../support/outcome';
import { producer } from '../support/producer';
import { referenceSse } from '../support/referenceSse';
import { splits } from '../support/splits';
import { settling, textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();

const OPENING = ':rxjs-http-streams\n\n';
const END = ':rxjs-http-streams end\n\n';
const ERROR = ':rxjs-http-streams error ';

const wire = async (values: readonly SseBodyValue[], options?: SseBodyOptions): Promise<string> =>
  (await drained(toSseBody(values, options))).text;

/** Reads a body with our own client. */
const read = (body: ReadableStream<Uint8Array>): Promise<Outcome<SseMessage>> =>
  finalOutcomeOf(
    fromEventSource('http://localhost/', {
      reconnect: false,
      fetch: () => of(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
    }),
  );

describe('toSseBody', () => {
  it('says first that it will say how it ended, then the messages, then that they were all', async () => {
    expect(
      await wire([
        'plain',
        { data: { n: 1 } },
        { type: 'tick', data: 'two\nlines', id: '7' },
        { type: 'message', data: '' },
        { id: '8' },
        { comment: 'nothing to see', retry: 250 },
      ]),
    ).toBe(
      `${OPENING}data: plain\n\ndata: {"n":1}\n\nevent: tick\nid: 7\ndata: two\ndata: lines\n\n` +
        `data: \n\nid: 8\n\n: nothing to see\nretry: 250\n\n${END}`,
    );
  });

  it('opens at once, before its source has given anything', async () => {
    const { source, observedBy } = producer<string>();
    const { read: next, cancel } = textReader(toSseBody(source));
    expect(await next()).toBe(OPENING);
    await observedBy(1);
    await cancel();
  });

  it.each([0, 1_500])('asks in its opening for a reconnection time of %i ms', async (retry) => {
    const opened = await wire([], { retry });
    expect(opened).toBe(`:rxjs-http-streams\nretry: ${retry}\n\n${END}`);
    expect(referenceSse(opened).retry).toBe(retry);
  });

  it("says nothing of how it ended with terminal: 'none'", async () => {
    expect(await wire(['a'], { terminal: 'none' })).toBe(':\n\ndata: a\n\n');
    expect(await wire(['a'], { terminal: 'none', retry: 5 })).toBe(':\nretry: 5\n\ndata: a\n\n');
    const failed = concat(
      of('a'),
      throwError(() => new Error('gone')),
    );
    expect(await drained(toSseBody(failed, { terminal: 'none' }))).toMatchObject({
      text: ':\n\ndata: a\n\n',
      error: new Error('gone'),
    });
  });

  it('sends the end marker when its source completes', async () => {
    expect(await wire(['a'], { endMarker: '[DONE]' })).toBe(`${OPENING}data: a\n\ndata: [DONE]\n\n${END}`);
    expect(await wire([], { endMarker: '', terminal: 'none' })).toBe(':\n\ndata: \n\n');
    expect(await wire([], { endMarker: 'two\nlines' })).toBe(`${OPENING}data: two\ndata: lines\n\n${END}`);
  });

  it('sends an end marker that is a message', async () => {
    expect(await wire(['a'], { endMarker: { type: 'complete' } })).toBe(
      `${OPENING}data: a\n\nevent: complete\ndata: \n\n${END}`,
    );
    expect(() => toSseBody(['a'], { endMarker: { type: 'two\nlines' } })).toThrow(
      /^endMarker: expected a string or a message, got /,
    );
  });

  it('sends no end marker after a failure', async () => {
    const failed = concat(
      of('a'),
      throwError(() => new Error('gone')),
    );
    const { text, error } = await drained(toSseBody(failed, { endMarker: '[DONE]' }));
    expect(text).toBe(`${OPENING}data: a\n\n${ERROR}Internal error\n\n`);
    expect(error).toEqual(new Error('gone'));
  });

  it('sends blocks that were encoded before as they are', async () => {
    const blocks = await firstValueFrom(of({ id: '1', data: 'é' }).pipe(formatSse(), toArray()));
    expect(await wire(blocks.map(utf8))).toBe(`${OPENING}id: 1\ndata: é\n\n${END}`);
  });

  it('sends the message that it makes of each value, and bytes as they are', async () => {
    const messages = ({ kind }: { kind: string }, index: number): SseMessageInit | string =>
      kind === 'text' ? kind : { type: kind, data: { index } };
    const rows$ = of({ kind: 'a' }, utf8('data: encoded\n\n'), { kind: 'text' }, { kind: 'b' });
    expect((await drained(toSseBody(rows$, { message: messages }))).text).toBe(
      `${OPENING}event: a\ndata: {"index":0}\n\ndata: encoded\n\ndata: text\n\n` +
        `event: b\ndata: {"index":3}\n\n${END}`,
    );
  });

  it('pulls a source whose values it makes into messages', async () => {
    const endless = function* (): Generator<number> {
      for (let n = 0; ; n++) yield n;
    };
    const { read: next, cancel } = textReader(toSseBody(endless(), { message: (data) => ({ data }) }));
    expect(await next()).toContain('data: 0\n\ndata: 1\n\n');
    await cancel();
  });

  it('makes messages of those of a feed, which it then encodes for this client', async () => {
    const feed = resumable(of({ id: '1', data: 'a' }, { id: '2', data: 'b' }), { bufferSize: 10 });
    const { text } = await drained(
      toSseBody(feed, { message: ({ id, data }) => ({ id, data: { private: data } }) }),
    );
    expect(text).toBe(`${OPENING}id: 1\ndata: {"private":"a"}\n\nid: 2\ndata: {"private":"b"}\n\n${END}`);
  });

  it('fails with the error of the function that makes messages, after what came before', async () => {
    const { text, error } = await drained(
      toSseBody(of(1, 2), {
        message: (value) => {
          if (value === 2) throw new Error('no message');
          return { data: value };
        },
      }),
    );
    expect(text).toBe(`${OPENING}data: 1\n\n${ERROR}Internal error\n\n`);
    expect(error).toEqual(new Error('no message'));
  });

  it('ends a message that our own client sees end', async () => {
    expect(await read(toSseBody(['a', { type: 'tick', id: '1', data: [2] }]))).toEqual({
      values: [
        { type: 'message', data: 'a', id: '' },
        { type: 'tick', data: '[2]', id: '1' },
      ],
      completed: true,
      error: undefined,
    });
  });
});

describe('toSseBody of hostile messages', () => {
  const hostile: [string, SseMessageInit, RegExp][] = [
    ['an id with a line feed', { id: '1\ndata: spoof', data: 'x' }, /^message 1: id: /],
    ['an id with a carriage return', { id: '1\rdata: spoof', data: 'x' }, /^message 1: id: /],
    ['an id with both', { id: '\r\n\r\ndata: spoof\r\n\r\n', data: 'x' }, /^message 1: id: /],
    ['an id with NUL', { id: '1\0', data: 'x' }, /^message 1: id: /],
    ['a type with a carriage return', { type: 'a\rdata: spoof', data: 'x' }, /^message 1: type: /],
    ['a type with a line feed', { type: 'a\ndata: spoof', data: 'x' }, /^message 1: type: /],
    ['a type with NUL', { type: 'a\0', data: 'x' }, /^message 1: type: /],
    ['a retry that is text', { retry: '1\ndata: spoof' as never, data: 'x' }, /^message 1: retry: /],
    ['a retry below 0', { retry: -1, data: 'x' }, /^message 1: retry: /],
    ['a retry that is no whole number', { retry: 0.5, data: 'x' }, /^message 1: retry: /],
    ['data that is undefined', { data: undefined }, /^message 1: data: /],
    ['data that is a function', { data: () => 1 }, /^message 1: data: /],
    ['data that is a BigInt', { data: 1n }, /^message 1: data: /],
    ['data that is a cycle', { data: cycle() }, /^message 1: data: /],
  ];

  function cycle(): object {
    const one: { self?: object } = {};
    one.self = one;
    return one;
  }

  it.each(hostile)('fails for %s, naming the message and the member', async (_, message, naming) => {
    const { text, error } = await drained(toSseBody([{ data: 'before' }, message, { data: 'after' }]));
    expect(error).toBeInstanceOf(TypeError);
    expect((error as Error).message).toMatch(naming);
    expect(text).toBe(`${OPENING}data: before\n\n${ERROR}Internal error\n\n`);
    expect(referenceSse(text).messages).toEqual([{ type: 'message', data: 'before', id: '' }]);
  });

  it.each(hostile)('lets our client see a failure for %s', async (_, message) => {
    const { values, completed, error } = await read(toSseBody(['before', message]));
    expect(values.map(({ data }) => data)).toEqual(['before']);
    expect(completed).toBe(false);
    expect(error).toMatchObject({ name: 'StreamServerError' });
    expect((error as Error).message).toContain('Internal error');
  });

  it('unsubscribes a source that has given one', async () => {
    let left = false;
    const source = new Observable<SseMessageInit>((subscriber) => {
      subscriber.next({ id: '\n' });
      return () => {
        left = true;
      };
    });
    await drained(toSseBody(source));
    expect(left).toBe(true);
  });

  it.each([
    ['a number', 7, '(number)'],
    ['null', null, '(object)'],
    ['undefined', undefined, '(undefined)'],
    ['true', true, '(boolean)'],
    ['an array', [1, 2], '0'],
    ['an empty array', [], '(object)'],
    ['an empty object', {}, '(object)'],
    ['a Date', new Date(0), '(object)'],
    ['a function', (): number => 1, '(function)'],
    ['an object with keys of its own', { price: 1 }, 'price'],
    ['a message with one key too many', { data: 'x', event: 'tick' }, 'event'],
  ])('refuses %s, and says what to do', async (_, value, naming) => {
    const { text, error } = await drained(toSseBody(['before', value as never]));
    expect(error).toEqual(
      new TypeError(
        `message 1: ${naming}: a message has data, type, id, retry, comment; ` +
          'to send a value as data, map((data) => ({ data }))',
      ),
    );
    expect(referenceSse(text).messages).toHaveLength(1);
  });

  it.each(['\r', '\n', '\r\n'])('brings data with %j over, its line ends as line feeds', async (end) => {
    const text = await wire([{ data: `a${end}id: 9${end}${end}data: spoof${end}` }]);
    expect(referenceSse(text)).toEqual({
      messages: [{ type: 'message', data: 'a\nid: 9\n\ndata: spoof\n', id: '' }],
      lastEventId: '',
      retry: undefined,
    });
  });

  it('forges no event out of data and comments', async () => {
    const spoofs = [
      '\n\ndata: spoof\n\n',
      '\r\rdata: spoof\r\r',
      '\r\n\r\nevent: spoof\r\ndata: spoof\r\n\r\n',
      ':rxjs-http-streams end',
      '\n:rxjs-http-streams end\n\n',
      '\n:rxjs-http-streams error spoof\n\n',
      '\ufeffdata: spoof\n\n',
      'x\0\n\nid: spoof\n\n',
      '\u2028\u2028data: spoof\u0085\u0085',
      '\v\f\n\ndata: spoof',
    ];
    const text = await wire(spoofs.flatMap((spoof) => [{ data: spoof }, { comment: spoof }]));
    expect(referenceSse(text)).toEqual({
      messages: spoofs.map((spoof) => ({
        type: 'message',
        data: spoof.replace(/\r\n?/g, '\n'),
        id: '',
      })),
      lastEventId: '',
      retry: undefined,
    });
    const { values, completed } = await read(toSseBody(spoofs.map((comment) => ({ comment, data: 'x' }))));
    expect(values).toHaveLength(10);
    expect(completed).toBe(true);
  });

  it('folds what mapError says into one line', async () => {
    const failed = throwError(() => new Error('gone'));
    const { text } = await drained(toSseBody(failed, { mapError: () => 'a\n\ndata: spoof\r\rb\r\nc' }));
    expect(text).toBe(`${OPENING}${ERROR}a  data: spoof  b c\n\n`);
    expect(referenceSse(text).messages).toEqual([]);
  });
});

describe('toSseBody and parseSse', () => {
  const line = fc.string({ unit: 'grapheme' }).filter((text) => !/[\r\n\0]/.test(text));
  const message = fc.record(
    {
      data: fc.oneof(fc.string({ unit: 'grapheme' }), fc.constantFrom('', '\n', '\r\n', 'a\rb', ' x')),
      type: line,
      id: line.filter(canBeId),
      comment: fc.string({ unit: 'grapheme' }),
      retry: fc.nat(),
    },
    { requiredKeys: ['data'] },
  );
  const bytes = async (messages: readonly SseMessageInit[]): Promise<Uint8Array> =>
    utf8(await wire(messages, { endMarker: '[DONE]' }));

  it('bring any list of messages over, in whatever pieces', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(message, { maxLength: 8 }), fc.nat(), async (messages, seed) => {
        const whole = await bytes(messages);
        const [split] = fc.sample(splits(fc.constant(whole)), { numRuns: 1, seed });
        let id = '';
        const expected = messages.map((one) => {
          id = one.id ?? id;
          return { type: one.type || 'message', data: one.data.replace(/\r\n?/g, '\n'), id };
        });
        expected.push({ type: 'message', data: '[DONE]', id });
        expect(await firstValueFrom(from(split!.chunks).pipe(parseSse(), toArray()))).toEqual(expected);
        expect(referenceSse(new TextDecoder().decode(whole)).messages).toEqual(expected);
      }),
      { numRuns: 100, seed: 1 },
    );
  });

  it('bring anything that JSON can express over', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 5 }), async (values) => {
        const sent = values.filter((value) => typeof value !== 'string');
        const text = await wire(sent.map((data) => ({ data })));
        const received = await firstValueFrom(of(text).pipe(parseSse(), toArray()));
        expect(received.map(({ data }) => JSON.parse(data) as unknown)).toEqual(
          sent.map((value) => JSON.parse(JSON.stringify(value)) as unknown),
        );
      }),
    );
  });
});

describe('The heartbeat of toSseBody', () => {
  virtualTime();

  it.each([
    [5_000, undefined],
    [700, 700],
  ])('is a comment after %i ms of silence, and again', async (ms, heartbeat) => {
    const { source } = producer<string>();
    const { read: next, cancel } = textReader(toSseBody(source, { heartbeat }));
    await next();
    for (let beat = 0; beat < 3; beat++) {
      const waiting = settling(next());
      await elapse(ms - 1);
      expect(waiting()).toBe('pending');
      await elapse(1);
      expect(waiting()).toBe(':\n\n');
    }
    await cancel();
    expect(timers()).toBe(0);
  });

  it('waits as long again after each message', async () => {
    const { source, next: emit } = producer<string>();
    const { read: next } = textReader(toSseBody(source, { heartbeat: 1_000 }));
    await next();
    for (let count = 0; count < 3; count++) {
      const waiting = next();
      await elapse(900);
      emit('a');
      expect(await waiting).toBe('data: a\n\n');
    }
    const waiting = settling(next());
    await elapse(999);
    expect(waiting()).toBe('pending');
    await elapse(1);
    expect(waiting()).toBe(':\n\n');
  });

  it('is left out while messages wait for the client', async () => {
    const { source, next: emit } = producer<string>();
    const { read: next } = textReader(toSseBody(source, { heartbeat: 1_000 }));
    await next();
    for (const value of ['a', 'b']) emit(value);
    await elapse(20_000);
    expect(await next()).toBe('data: a\n\ndata: b\n\n');
    const waiting = settling(next());
    await elapse(1_000);
    expect(waiting()).toBe(':\n\n');
  });

  it('does not heap up for a client that does not read', async () => {
    const { source } = producer<string>();
    const { read: next } = textReader(toSseBody(source, { heartbeat: 1_000 }));
    await next();
    await elapse(20_500);
    const waiting = settling(next());
    await elapse(499);
    expect(waiting()).toBe('pending');
    await elapse(1);
    expect(waiting()).toBe(':\n\n');
  });

  it('does not come with 0', async () => {
    const { source } = producer<string>();
    const { read: next } = textReader(toSseBody(source, { heartbeat: 0 }));
    await next();
    const waiting = settling(next());
    await elapse(86_400_000);
    expect(waiting()).toBe('pending');
    expect(timers()).toBe(0);
  });

  it('does not come after the end', async () => {
    const subject = new Subject<string>();
    const { read: next } = textReader(toSseBody(subject, { heartbeat: 1_000 }));
    await next();
    subject.complete();
    expect(timers()).toBe(0);
    await elapse(5_000);
    expect(await next()).toBe(END);
    expect(await next()).toBeUndefined();
  });

  it('does not stand between the last message and a failure', async () => {
    const subject = new Subject<string>();
    const { read: next } = textReader(toSseBody(subject, { heartbeat: 1 }));
    await next();
    subject.error(new Error('gone'));
    expect(await next()).toBe(`${ERROR}Internal error\n\n`);
    const last = settling(next());
    await elapse(50);
    expect(last()).toEqual(new Error('gone'));
  });
});

describe('The options of toSseBody', () => {
  it.each<[string, SseBodyOptions, RegExp]>([
    ['heartbeat', { heartbeat: -1 }, /^heartbeat: .*-1$/],
    ['heartbeat', { heartbeat: 2 ** 31 }, /^heartbeat: /],
    ['heartbeat', { heartbeat: NaN }, /^heartbeat: .*NaN$/],
    ['retry', { retry: -1 }, /^retry: .*-1$/],
    ['retry', { retry: 1.5 }, /^retry: .*1\.5$/],
    ['maxBufferedBytes', { maxBufferedBytes: 0 }, /^maxBufferedBytes: .*0$/],
    ['maxBufferedBytes', { maxBufferedBytes: '9' as never }, /^maxBufferedBytes: .*'9'$/],
    ['stallTimeout', { stallTimeout: 0 }, /^stallTimeout: .*0$/],
    ['overflow', { overflow: 'drop' as never }, /^overflow: .*drop-oldest.*got 'drop'$/],
    ['overflow', { overflow: null as never }, /^overflow: .*got null$/],
  ])('are checked when it is called: %s', (_, options, naming) => {
    let thrown: unknown;
    try {
      toSseBody(of('a'), options);
    } catch (error) {
      thrown = error;
    }
    expect(thrown).toBeInstanceOf(TypeError);
    expect((thrown as Error).message).toMatch(naming);
  });
});

it('An event stream is relayed in one line', async () => {
  const upstream = toSseBody([{ id: '1', type: 'tick', data: 'é\nü' }, 'plain']);
  const relayed = await read(
    toSseBody(
      fromEventSource('http://localhost/', {
        reconnect: false,
        fetch: () => of(new Response(upstream, { headers: { 'content-type': 'text/event-stream' } })),
      }),
    ),
  );
  expect(relayed).toMatchObject({
    values: [
      { type: 'tick', data: 'é\nü', id: '1' },
      { type: 'message', data: 'plain', id: '1' },
    ],
    completed: true,
  });
});
