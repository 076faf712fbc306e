import { createEventSource } from 'eventsource-client';
import { EventSourceParserStream } from 'eventsource-parser/stream';
import { events } from 'fetch-event-stream';
import { parseServerSentEvents } from 'parse-sse';
import { Observable, concat, delay, of, throwError } from 'rxjs';
import { toSseResponse } from 'rxjs-http-streams';
import type { SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import type { Handler } from '../support/frameworks';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { webServer } from '../support/webServer';

forbidUnhandledRejections();

interface Message {
  readonly type: string;
  readonly data: string;
  readonly id: string | undefined;
}

/** A reader of event streams that somebody else wrote; each tells ids and types in its own way. */
interface Parser {
  readonly name: string;
  readonly read: (url: string) => AsyncIterable<Message>;
}

const parsers: readonly Parser[] = [
  {
    name: 'eventsource-parser',
    async *read(url) {
      const { body } = await fetch(url);
      const messages = body!.pipeThrough(new TextDecoderStream()).pipeThrough(new EventSourceParserStream());
      for await (const { event, data, id } of messages) yield { type: event ?? 'message', data, id };
    },
  },
  {
    name: 'parse-sse',
    async *read(url) {
      for await (const { type, data, lastEventId } of parseServerSentEvents(await fetch(url))) {
        yield { type, data, id: lastEventId };
      }
    },
  },
  {
    name: 'fetch-event-stream',
    async *read(url) {
      // Leaving its loop leaves the response to itself.
      const controller = new AbortController();
      try {
        const { signal } = controller;
        for await (const { event, data, id } of events(await fetch(url, { signal }))) {
          if (data !== undefined) yield { type: event ?? 'message', data, id: id?.toString() };
        }
      } finally {
        controller.abort();
      }
    },
  },
  {
    name: 'eventsource-client',
    async *read(url) {
      const client = createEventSource(url);
      try {
        for await (const { event, data, id } of client) {
          yield { type: event ?? 'message', data, id };
          if (data === 'last') return;
        }
      } finally {
        client.close();
      }
    },
  },
];

const serving = async (handler: Handler): Promise<string> => (await webServer(handler)).url;

/** Texts within a block of data that try to be a message of their own. */
const hostile = [
  'data: forged',
  'a\n\ndata: forged',
  'a\r\rid: forged',
  ': rxjs',
  'a\u2028data: forged',
  'é🙂',
];

describe.each(parsers)('the reader of $name', ({ read }) => {
  it('reads the messages and nothing else', async () => {
    const messages: Observable<SseMessageInit | string> = concat(
      of(
        { id: '1', type: 'tick', data: { n: 1 } },
        { comment: 'nothing' },
        ...hostile.map((data, index) => ({ id: `h${index}`, data })),
      ),
      of('last').pipe(delay(40)),
    );
    const url = await serving((request) => toSseResponse(messages, { request, heartbeat: 5, retry: 60_000 }));
    const seen: Message[] = [];
    for await (const message of read(url)) seen.push(message);
    expect(seen.map(({ type }) => type)).toEqual(['tick', ...hostile.map(() => 'message'), 'message']);
    expect(seen.map(({ data }) => data)).toEqual([
      '{"n":1}',
      ...hostile.map((data) => data.replaceAll(/\r\n|\r/g, '\n')),
      'last',
    ]);
    expect(seen.slice(0, -1).map(({ id }) => id)).toEqual(['1', ...hostile.map((_, index) => `h${index}`)]);
  });

  it('leaves the source by leaving its loop', async () => {
    let left: () => void;
    const stopped = new Promise<void>((resolve) => {
      left = resolve;
    });
    const messages = new Observable<string>((subscriber) => {
      subscriber.next('last');
      return left;
    });
    const url = await serving((request) => toSseResponse(messages, { request, heartbeat: 5 }));
    for await (const { data } of read(url)) {
      expect(data).toBe('last');
      break;
    }
    await stopped;
  });
});

describe.each(parsers.filter(({ name }) => name !== 'eventsource-client'))(
  'the reader of $name, without a reconnection,',
  ({ read }) => {
    it('throws when the source fails, after all messages', async () => {
      const failing = concat(
        of('a', 'b'),
        throwError(() => new Error('the secret')),
      );
      const url = await serving((request) => toSseResponse(failing, { request }));
      const seen: string[] = [];
      const reading = (async () => {
        for await (const { data } of read(url)) seen.push(data);
      })();
      await expect(reading).rejects.not.toThrow('secret');
      expect(seen).toEqual(['a', 'b']);
    });
  },
);
