import fc from 'fast-check';
import { Subject, concat, from, map, of, throwError } from 'rxjs';
import {
  encodeText,
  formatSse,
  fromEventSource,
  fromNdjsonFetch,
  toNdjsonBody,
  toSseBody,
} from 'rxjs-http-streams';
import type { SseBodyValue } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { relayedText } from '../../src/protocol/relayedText';
import { drained } from '../support/drained';
import type { Drained } from '../support/drained';
import { finalOutcomeOf } from '../support/outcome';
import { textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

const OPENING = ':rxjs-http-streams\n\n';
const END = ':rxjs-http-streams end\n\n';

async function whole(body: ReadableStream<Uint8Array>): Promise<Drained> {
  const all = drained(body);
  for (let turns = 0; turns < 20; turns++) await elapse(5);
  return all;
}

async function readBy(body: ReadableStream<Uint8Array>): Promise<unknown[]> {
  const outcome = finalOutcomeOf(
    fromEventSource('http://localhost/', {
      reconnect: false,
      fetch: () => of(new Response(body, { headers: { 'content-type': 'text/event-stream' } })),
    }).pipe(map(({ data }) => data)),
  );
  for (let turns = 0; turns < 20; turns++) await elapse(5);
  const { values, error } = await outcome;
  return [...values, (error as Error | undefined)?.name];
}

describe('An event stream whose source relays bytes', () => {
  it.each<[string, SseBodyValue[], string]>([
    ['whole blocks', [utf8('data: a\n\n'), utf8('data: b\r\n\r\n')], 'data: a\n\ndata: b\r\n\r\n'],
    ['a block without its blank line', [utf8('data: a\n')], 'data: a\n\n'],
    [
      'a block without its blank line, then a message',
      [utf8('data: a\r\n'), 'b'],
      'data: a\r\n\ndata: b\n\n',
    ],
    ['a block in pieces', [utf8('da'), utf8('ta: a'), utf8('\n'), utf8('\n'), 'b'], 'data: a\n\ndata: b\n\n'],
    ['nothing', [utf8('')], ''],
  ])('that are %s ends well', async (_, values, text) => {
    expect(await whole(toSseBody(values))).toMatchObject({ text: OPENING + text + END, error: undefined });
  });

  it('that end within a line fails, and no client is given a message of them', async () => {
    const relay = (): ReadableStream<Uint8Array> => toSseBody([utf8('data: a\n\ndata: hel')]);
    const { text, error } = await whole(relay());
    expect(text).toBe(`${OPENING}data: a\n\ndata: hel\n:rxjs-http-streams error Internal error\n`);
    expect(error).toMatchObject({ name: 'StreamTruncatedError' });
    expect(await readBy(relay())).toEqual(['a', 'StreamServerError']);
  });

  it('that end within a line before a message fails, and names the message', async () => {
    const { error } = await whole(toSseBody([utf8('data: a\n\n'), utf8('data: hel'), 'lo']));
    expect(error).toEqual(
      new TypeError('message 2: expected a whole line before it, got bytes that end within one'),
    );
  });

  it('and fails says so in a line of its own', async () => {
    const source = concat(
      of(utf8('data: a\n\nid: 7\ndata: hel')),
      throwError(() => new Error('gone')),
    );
    expect(await readBy(toSseBody(source))).toEqual(['a', 'StreamServerError']);
  });

  it('has no heartbeat within a line, and one that ends no block', async () => {
    const source = new Subject<Uint8Array>();
    const { read } = textReader(toSseBody(source, { heartbeat: 1_000 }));
    await read();
    const chunks: (string | undefined)[] = [];
    const next = async (bytes: string): Promise<void> => {
      let chunk = read();
      await elapse(0);
      source.next(utf8(bytes));
      chunks.push(await chunk);
      chunk = read();
      await elapse(1_000);
      source.next(utf8('\n'));
      chunks.push(await chunk);
    };
    await next('data: hel');
    await next('data: lo\n');
    expect(chunks).toEqual(['data: hel', '\n', 'data: lo\n', ':\n']);
  });

  it('delivers all messages, whether the source or the body encoded them, in any pieces', async () => {
    const message = fc.record({ data: fc.string(), type: fc.constantFrom('a', 'message') });
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(message, fc.boolean()), { maxLength: 6 }),
        fc.integer({ min: 1, max: 9 }),
        async (messages, size) => {
          const values: SseBodyValue[] = [];
          for (const [message, isEncoded] of messages) {
            if (!isEncoded) {
              values.push(message);
              continue;
            }
            const bytes: Uint8Array[] = [];
            of(message)
              .pipe(formatSse(), encodeText())
              .subscribe((block) => bytes.push(block));
            const [block] = bytes;
            for (let at = 0; at < block!.length; at += size) values.push(block!.subarray(at, at + size));
          }
          const received = await readBy(toSseBody(from(values)));
          expect(received).toEqual([
            ...messages.map(([{ data }]) => data.replace(/\r\n?/g, '\n')),
            undefined,
          ]);
        },
      ),
      { numRuns: 20 },
    );
  });
});

describe('NDJSON whose source relays bytes', () => {
  it('that end within a line before a value fails, as the two would be one', async () => {
    const { text, error } = await whole(toNdjsonBody<unknown>(from<unknown[]>([utf8('1\n1'), 2])));
    expect(text).toBe('1\n1');
    expect(error).toEqual(
      new TypeError('value 1: expected a whole line before it, got bytes that end within one'),
    );
  });

  it('needs no line feed after the last of them', async () => {
    expect(await whole(toNdjsonBody(from([utf8('1\n2')])))).toMatchObject({ text: '1\n2', error: undefined });
  });

  it('and says how it ends is an error where they end within a line', async () => {
    const body = toNdjsonBody(from([utf8('{"kind":"N","value":1}\n{"kind":"N","val')]), {
      terminal: 'notification',
    });
    const outcome = finalOutcomeOf(
      fromNdjsonFetch('http://localhost/', {
        terminal: 'notification',
        fetch: () => of(new Response(body)),
      }),
    );
    for (let turns = 0; turns < 20; turns++) await elapse(5);
    expect(await outcome).toMatchObject({ values: [1], completed: false });
  });
});

describe('relayedText', () => {
  it.each([
    ['', 'block'],
    ['a', 'within'],
    ['a\n', 'line'],
    ['a\r', 'line'],
    ['a\r\n', 'line'],
    ['a\n\n', 'block'],
    ['a\r\r', 'block'],
    ['a\r\n\r\n', 'block'],
    ['a\n\r\n', 'block'],
    ['a\n\nb', 'within'],
  ])('stands after %j at the end of a %s, in whatever pieces', (text, place) => {
    for (const size of [1, 2, 3, 100]) {
      const relayed = relayedText();
      for (let at = 0; at < text.length; at += size) relayed.pass(utf8(text.slice(at, at + size)));
      expect(relayed.place()).toBe(place);
    }
  });
});
