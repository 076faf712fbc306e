import fc from 'fast-check';
import { concat, from, of, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  formatNdjson,
  formatSse,
  fromEventSource,
  fromNdjsonFetch,
  parseNdjson,
  parseSse,
  toNdjsonBody,
  toSseBody,
} from 'rxjs-http-streams';
import type { NdjsonConfig, SseMessage, SseMessageInit } from 'rxjs-http-streams';
import { chunksOf } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { drained } from '../support/drained';
import { canBeId, canBeType, hostileText, overUtf8 } from '../support/hostileText';
import { jsonValue } from '../support/jsonValue';
import { finalOutcomeOf } from '../support/outcome';
import type { Outcome } from '../support/outcome';
import { referenceSse } from '../support/referenceSse';
import { responding } from '../support/responding';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

/** A body that fails waits so long, in milliseconds, for its reader to take what came before. */
const FAILURE_DELAY = 50;

const readWhole: typeof drained = async (body) => {
  const all = drained(body);
  await elapse(FAILURE_DELAY);
  return all;
};

type Source<T> = readonly T[] | Observable<T>;

/** Values that have arrived, and the error of the sender. */
interface Arrival<T> {
  readonly values: readonly T[];
  readonly refusal: unknown;
}

/** A way from a sender to a receiver; `size` is the size of the chunks, where bytes are sent. */
type Way<In, Out> = (source: Source<In>, size: number) => Promise<Arrival<Out>>;

const viaText =
  <In, Out>(carry: (source: Observable<In>) => Observable<Out>): Way<In, Out> =>
  async (source) => {
    const { values, error } = await finalOutcomeOf(carry(from(source)));
    return { values, refusal: error };
  };

const viaBody =
  <In, Out>(
    make: (source: Source<In>) => ReadableStream<Uint8Array>,
    read: (chunks: readonly Uint8Array[]) => Promise<Pick<Outcome<Out>, 'values'>>,
  ): Way<In, Out> =>
  async (source, size) => {
    const { text, error } = await readWhole(make(source));
    const { values } = await read(chunksOf(text, size));
    return { values, refusal: error };
  };

/** Pulled, and pushing. */
const sourceOf = <T>(values: readonly T[], pushes: boolean): Source<T> => (pushes ? from(values) : values);

const size = fc.integer({ min: 1, max: 40 });
const runs = { numRuns: 400, seed: 1 };

const readSse = (chunks: readonly Uint8Array[]): Promise<Outcome<SseMessage>> =>
  finalOutcomeOf(fromEventSource('/', { reconnect: false, fetch: responding(chunks) }));

describe('a message', () => {
  /** Each with what text becomes on it. */
  const ways: [string, Way<SseMessageInit, SseMessage>, (text: string) => string][] = [
    ['formatSse and parseSse', viaText((source) => source.pipe(formatSse(), parseSse())), (text) => text],
    ['toSseBody and fromEventSource', viaBody(toSseBody, readSse), overUtf8],
    [
      'toSseBody and any other client',
      viaBody(toSseBody, (chunks) =>
        Promise.resolve({ values: referenceSse(Buffer.concat(chunks).toString('utf8')).messages }),
      ),
      overUtf8,
    ],
  ];

  const harmless = hostileText.map((text) => overUtf8(text.replace(/[\r\n\0]/g, '')));
  const spoiling = fc.constantFrom('\r', '\n', '\r\n', '\0', '\ud83d', '\ude00');
  const spoiled = fc.tuple(harmless, spoiling, harmless).map((parts) => parts.join(''));
  const oneLine = fc.oneof({ weight: 9, arbitrary: harmless }, { weight: 1, arbitrary: spoiled });
  const messages = fc.array(
    fc.record(
      {
        data: fc.oneof(hostileText, jsonValue),
        type: oneLine,
        id: oneLine,
        retry: fc.oneof(
          { weight: 24, arbitrary: fc.maxSafeNat() },
          { weight: 1, arbitrary: fc.double() },
          { weight: 1, arbitrary: fc.constantFrom(-1, 2 ** 53) },
        ),
        comment: hostileText,
      },
      { requiredKeys: [] },
    ),
    { maxLength: 6 },
  );
  type Message = Partial<Record<'type' | 'id' | 'comment', string>> & { data?: unknown; retry?: number };

  const canBeSent = (message: Message): boolean => {
    const { type = '', id = '', retry = 0 } = message;
    return (
      Object.keys(message).length > 0 &&
      canBeType(type) &&
      canBeId(id) &&
      Number.isSafeInteger(retry) &&
      retry >= 0
    );
  };

  /** Line breaks of data arrive as line feeds, and what is no text as JSON. */
  const arriving = (sent: readonly Message[], carried: (text: string) => string): SseMessage[] => {
    let lastEventId = '';
    return sent.flatMap((message) => {
      lastEventId = message.id ?? lastEventId;
      if (!('data' in message) && message.type === undefined) return [];
      const { data: given = '' } = message;
      const data = typeof given === 'string' ? given : JSON.stringify(given);
      const lines = data.split(/\r\n|\r|\n/).join('\n');
      return [{ type: message.type || 'message', data: carried(lines), id: lastEventId }];
    });
  };

  it.each(ways)('is over %s what it was, or is refused by its index', async (_, send, carried) => {
    await fc.assert(
      fc.asyncProperty(messages, fc.boolean(), size, async (sent, pushes, chunkSize) => {
        const { values, refusal } = await send(sourceOf<SseMessageInit>(sent, pushes), chunkSize);
        const bad = sent.findIndex((message) => !canBeSent(message));
        expect(values).toEqual(arriving(bad < 0 ? sent : sent.slice(0, bad), carried));
        if (bad < 0) {
          expect(refusal).toBeUndefined();
        } else {
          expect(refusal).toBeInstanceOf(TypeError);
          expect((refusal as Error).message).toMatch(new RegExp(`^message ${bad}: `));
        }
      }),
      {
        ...runs,
        // An ID that UTF-8 has no bytes for arrived as another one.
        examples: [[[{ id: '\ud83d', data: '' }], false, 1]],
      },
    );
  });

  it('that is but a string arrives as the data of one message, and so does the end marker', async () => {
    const texts = fc.array(hostileText, { maxLength: 6 });
    await fc.assert(
      fc.asyncProperty(texts, hostileText, size, async (sent, endMarker, chunkSize) => {
        const send = viaBody((source: Source<string>) => toSseBody(source, { endMarker }), readSse);
        const { values } = await send(sent, chunkSize);
        const all = [...sent, endMarker].map((data) => ({ data }));
        expect(values).toEqual(arriving(all, overUtf8));
      }),
      runs,
    );
  });

  it('is forged by no reason of a failure, which arrives as one line', async () => {
    await fc.assert(
      fc.asyncProperty(hostileText, hostileText, size, async (data, reason, chunkSize) => {
        const failing = concat(
          of(data),
          throwError(() => new Error('failed')),
        );
        const { text } = await readWhole(toSseBody(failing, { mapError: () => reason }));
        const { values, error } = await readSse(chunksOf(text, chunkSize));
        expect(values).toEqual(arriving([{ data }], overUtf8));
        expect(error).toMatchObject({
          name: 'StreamServerError',
          reason: overUtf8(reason.split(/\r\n|\r|\n/).join(' ')),
        });
      }),
      runs,
    );
  });
});

describe('a JSON value', () => {
  const readNdjson = (
    chunks: readonly Uint8Array[],
    config: NdjsonConfig<unknown> = {},
  ): Promise<Outcome<unknown>> =>
    finalOutcomeOf(fromNdjsonFetch('/', { ...config, fetch: responding(chunks) }));
  const notification = { terminal: 'notification' } as const;

  const ways: [string, Way<unknown, unknown>][] = [
    ['formatNdjson and parseNdjson', viaText((source) => source.pipe(formatNdjson(), parseNdjson()))],
    [
      'toNdjsonBody and parseNdjson',
      viaBody(toNdjsonBody, (chunks) => finalOutcomeOf(from(chunks).pipe(parseNdjson()))),
    ],
    ['toNdjsonBody and fromNdjsonFetch', viaBody(toNdjsonBody, readNdjson)],
    [
      'toNdjsonBody and fromNdjsonFetch with notifications',
      viaBody(
        (source) => toNdjsonBody(source, notification),
        (chunks) => readNdjson(chunks, notification),
      ),
    ],
  ];

  it.each(ways)('is over %s what it was', async (_, send) => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(jsonValue, { maxLength: 6 }),
        fc.boolean(),
        size,
        async (sent, pushes, chunkSize) => {
          const { values, refusal } = await send(sourceOf(sent, pushes), chunkSize);
          expect(values).toEqual(sent);
          expect(refusal).toBeUndefined();
        },
      ),
      runs,
    );
  });

  it('is forged by no reason of a failure, which arrives as it is', async () => {
    await fc.assert(
      fc.asyncProperty(jsonValue, hostileText, size, async (value, reason, chunkSize) => {
        const failing = concat(
          of(value),
          throwError(() => new Error('failed')),
        );
        const { text } = await readWhole(toNdjsonBody(failing, { ...notification, mapError: () => reason }));
        const { values, error } = await readNdjson(chunksOf(text, chunkSize), notification);
        expect(values).toEqual([value]);
        expect(error).toMatchObject({ name: 'StreamServerError', reason });
      }),
      runs,
    );
  });
});
