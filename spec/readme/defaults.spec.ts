import { readFileSync } from 'node:fs';
import { NEVER, Subject, from, lastValueFrom, map, of, range, throwError, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import {
  appendTo,
  endOn,
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  memoryLog,
  memoryLogs,
  parseMessages,
  parseNdjson,
  parseSse,
  resumable,
  splitJson,
  splitLines,
  toAsyncIterable,
  toChunkedResponse,
  toNdjsonBody,
  toNdjsonResponse,
  toSseBody,
  toSseResponse,
} from 'rxjs-http-streams';
import type {
  ContentTypeError,
  EventSourceFetchInit,
  HttpStatusError,
  LogPage,
  StreamFetch,
  StreamOverflowError,
} from 'rxjs-http-streams';
import { marbleFetch, utf8 } from 'rxjs-http-streams/testing';
import type { MarbleRequest, MarbleResponse } from 'rxjs-http-streams/testing';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { bodySettings } from '../../src/server/bodySettings';
import { drained } from '../support/drained';
import { record } from '../support/recording';
import type { Recording } from '../support/recording';
import { root } from '../support/root';
import { scheduled } from '../support/scheduler';
import { settling, textReader } from '../support/textReader';
import { elapse } from '../support/virtualTime';

interface Seen {
  readonly requests: readonly MarbleRequest[];
  readonly recording: Recording<unknown>;
}

/** Reads from a server that gives each request the same answer, for hours if no other time is given in marbles. */
function readFor(
  answer: MarbleResponse,
  read: (fetch: StreamFetch) => Observable<unknown>,
  time = '300m',
): Seen {
  let seen: Seen | undefined;
  scheduled(({ cold, flush }) => {
    const { fetch, requests } = marbleFetch(cold, () => answer);
    const recording = record(read(fetch));
    seen = { requests, recording };
    cold(`${time} x`).subscribe(() => {
      recording.subscription.unsubscribe();
    });
    flush();
  });
  return seen!;
}

const events =
  (init: EventSourceFetchInit = {}) =>
  (fetch: StreamFetch) =>
    fromEventSource('/feed', { fetch, ...init });

/** Waits in milliseconds between the requests of a feed. */
const waits = (answer: MarbleResponse): number[] => {
  const frames = readFor(answer, events(), '5m').requests.map(({ frame }) => frame);
  return frames.slice(1).map((frame, index) => frame - frames[index]!);
};
const failing: MarbleResponse = { response: '#' };
/** A connection that tells its clients how long to wait, and ends. */
const retryOf = (retry: number): MarbleResponse => ({ body: '(a|)', chunks: { a: `retry: ${retry}\n\n` } });

const seconds = (ms: number): string => `${ms / 1_000} s`;
const mebi = (count: number): number => count / 1024 ** 2;

/** The limit that an operator's error names, for a text that is too long for each default. */
function characters(source: Observable<unknown>): string {
  const { error } = record(source);
  return `${mebi((error as { limit: number }).limit)} Mi characters`;
}
const long = 'x'.repeat(17 * 1024 ** 2);

/** Whether all readers are still silent after hours. */
function limitOfWaiting(answer: MarbleResponse): string {
  const readers = [
    events(),
    (fetch: StreamFetch) => fromNdjsonFetch('/rows', { fetch }),
    (fetch: StreamFetch) => fromChunkedFetch('/text', { fetch }),
  ];
  const isSilent = readers.every((read) => {
    const { requests, recording } = readFor(answer, read);
    return requests.length === 1 && recording.outcome === undefined;
  });
  return isSilent ? 'no limit' : 'a limit';
}

/** The statuses after which a feed sends a second request, ranges of four and more shortened. */
function statuses(): string {
  const all = Array.from({ length: 200 }, (_, n) => n + 400);
  const again = all.filter(
    (status) => readFor({ status, body: '|' }, events({ reconnect: { count: 1 } })).requests.length > 1,
  );
  const ranges: number[][] = [];
  for (const status of again) {
    const range = ranges.at(-1);
    if (range?.at(-1) === status - 1) range.push(status);
    else ranges.push([status]);
  }
  return ranges
    .flatMap((range) => (range.length > 3 ? [`${range[0]} to ${range.at(-1)}`] : range.map(String)))
    .join(', ');
}

const posted = (body: string): Recording<unknown> =>
  readFor({ body: '(a|)', chunks: { a: body } }, events({ method: 'POST' })).recording;

const nameOf = ({ error }: Recording<unknown>): string => (error as Error).name;

/** A number as the page writes it. */
const spaced = (count: number): string => `${count}`.replace(/\B(?=(\d{3})+$)/g, ' ');

async function retained(size: number, count: number): Promise<LogPage> {
  const log = memoryLog();
  record(
    range(0, count).pipe(
      map(() => ({ data: 'x'.repeat(size) })),
      appendTo(log),
    ),
  );
  return lastValueFrom(from(log.read(undefined, Infinity)));
}

const responses = (): readonly Response[] => [
  toSseResponse(of('x')),
  toNdjsonResponse(of('x')),
  toChunkedResponse(of('x')),
];
const header = (name: string): string =>
  [...new Set(responses().map(({ headers }) => headers.get(name)))].join();

/** Measures the default of each row of the page, in the words of the page. */
const measured: Readonly<Record<string, () => string | Promise<string>>> = {
  'wait for the headers of a response': () => limitOfWaiting({ response: '-' }),
  'silence of a body': () => limitOfWaiting({ body: '-' }),
  'projections at a time': () => {
    const project = vi.fn(() => NEVER);
    readFor({ body: 'a-', chunks: { a: 'data: 1\n\ndata: 2\n\ndata: 3\n\n' } }, (fetch) =>
      fromEventSource('/feed', { fetch, project }),
    );
    return `${project.mock.calls.length}`;
  },
  'text of a refusal in its error': () => {
    const { recording } = readFor({ status: 404, body: '(a|)', chunks: { a: long } }, (fetch) =>
      fromChunkedFetch('/text', { fetch }),
    );
    return `${spaced((recording.error as HttpStatusError).body.length)} characters`;
  },
  'a body without back-pressure while project works': () => {
    const { recording } = readFor(
      { body: `(${'a'.repeat(20)}|)`, chunks: { a: 'x'.repeat(1024 ** 2) } },
      (fetch) => fromChunkedFetch('/text', { fetch, project: () => timer(1) }),
    );
    return `${mebi((recording.error as StreamOverflowError).limit)} MiB wait, then ${nameOf(recording)}`;
  },

  'reconnections of GET and HEAD': () => {
    const counts = ['GET', 'HEAD'].map((method) => readFor(failing, events({ method })).requests.length);
    return Math.min(...counts) > 300 ? 'without end' : counts.join();
  },
  'reconnections of other methods': () => {
    const methods = ['POST', 'PUT', 'PATCH', 'DELETE', 'QUERY'];
    const counts = methods.map((method) => readFor(failing, events({ method })).requests.length);
    return Math.max(...counts) === 1 ? 'none' : counts.join();
  },
  'wait before a reconnection': () => {
    expect(waits(retryOf(7_000))[0]).toBe(7_000);
    return `the server's retry:, else ${seconds(waits(failing)[0]!)}`;
  },
  'least that retry: is taken for': () => `${waits(retryOf(0))[0]} ms`,
  'wait after further failures in a row': () => {
    const [first = 0, second, ...more] = waits(failing);
    return `${second === 2 * first ? 'doubled' : second}, up to ${seconds(Math.max(...more))}`;
  },
  'random addition from the second failure in a row on': () => {
    const [first = 0, second = 0] = waits(failing);
    vi.mocked(Math.random).mockReturnValue(1);
    const [sameFirst, longerSecond = 0] = waits(failing);
    expect(sameFirst).toBe(first);
    return `up to ${100 * (longerSecond / second - 1)} %`;
  },
  'a connection is healthy after': () => {
    const message = waits({ body: 'a#', chunks: { a: 'data: 1\n\n' } });
    expect(new Set(message).size).toBe(1);
    const open = [1, 2, 3, 4, 5, 6, 7].find((time) => new Set(waits({ body: `${time}s #` })).size === 1);
    return `its first message, or ${open} s`;
  },
  'statuses that reconnect': statuses,
  'the last event ID is sent in': () => {
    const { requests } = readFor(failing, events({ lastEventId: '7' }));
    return requests[0]!.headers.get('last-event-id') === '7' ? 'the header Last-Event-ID' : requests[0]!.url;
  },
  'cache mode of the request': () => {
    const fetch = vi.fn<StreamFetch>(() => NEVER);
    record(fromEventSource('/feed', { fetch })).subscription.unsubscribe();
    return fetch.mock.calls[0]![1].cache ?? '';
  },
  'media types': () => {
    const headers = { 'content-type': 'text/plain' };
    const { recording } = readFor({ headers, body: '|' }, events());
    return (recording.error as ContentTypeError).expected;
  },
  'longest message': () => characters(of(`data: ${long}`).pipe(parseSse())),
  'a last message without its blank line, after a POST': () =>
    posted('data: a\n').values.length === 1 ? 'a message' : 'none',
  'a last line that is not whole, after a POST': () => nameOf(posted('data: a')),
  'a line that is not a field': () =>
    posted('<html>\ndata: a\n\n').values.length === 1 ? 'ignored' : 'an error',

  reconnections: () => {
    const counts = [
      readFor(failing, (fetch) => fromNdjsonFetch('/rows', { fetch })),
      readFor(failing, (fetch) => fromChunkedFetch('/text', { fetch })),
    ].map(({ requests }) => requests.length);
    return Math.max(...counts) === 1 ? 'none' : counts.join();
  },
  'longest line': () => {
    const limits = [parseNdjson(), splitLines()].map((operator) => characters(of(long).pipe(operator)));
    return [...new Set(limits)].join();
  },
  'longest value of splitJson': () => characters(of(`"${long}"`).pipe(splitJson())),
  'a line that is not JSON': () => nameOf(record(of('x\n').pipe(parseNdjson()))),
  'chunks of fromChunkedFetch': () => {
    const { values } = readFor({ body: '(a|)', chunks: { a: utf8('x') } }, (fetch) =>
      fromChunkedFetch('/text', { fetch }),
    ).recording;
    return values[0] === 'x' ? 'text' : 'bytes';
  },
  'encoding of text': () => {
    const read = (type: string, bytes: number[]): unknown =>
      readFor(
        { headers: { 'content-type': type }, body: '(a|)', chunks: { a: Uint8Array.from(bytes) } },
        (fetch) => fromChunkedFetch('/text', { fetch }),
      ).recording.values[0];
    expect(read('text/plain; charset=iso-8859-1', [0xe9])).toBe('é');
    return read('text/plain', [0xc3, 0xa9]) === 'é' ? 'the charset of the content type, else UTF-8' : '';
  },
  'the marker of endOn': () =>
    record(of('a', 'end').pipe(endOn('end'))).values.length === 1 ? 'is not emitted' : 'is emitted',
  'messages of a type that parseMessages does not know': () => {
    const { values, outcome } = record(of({ type: 'x', data: '', id: '' }).pipe(parseMessages({})));
    return values.length === 0 && outcome === 'complete' ? 'are skipped' : 'are not skipped';
  },
  'values that wait in toAsyncIterable': async () => {
    const values = toAsyncIterable(range(0, 200_000))[Symbol.asyncIterator]();
    try {
      while (!(await values.next()).done);
      return 'no limit';
    } catch (error) {
      return spaced((error as StreamOverflowError).limit);
    }
  },

  'buffer of a client that does not read': () => `${mebi(bodySettings({}).maxBufferedBytes)} MiB`,
  'a client beyond it': () => (bodySettings({}).overflow === 'error' ? 'is cut off' : 'loses values'),
  'time that anything may wait for a client': () => seconds(bodySettings({}).stallTimeout),
  'comment of an event stream after silence': async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'] });
    const { read, cancel } = textReader(toSseBody(NEVER));
    await read();
    const comment = settling(read());
    let ms = 0;
    for (; comment() === 'pending' && ms < 60_000; ms += 1_000) await elapse(1_000);
    await cancel();
    return seconds(ms);
  },
  'text of a failure that clients see': async () => {
    const { text } = await drained(toSseBody(throwError(() => new Error('secret'))));
    return /error (.*)/.exec(text)?.[1] ?? text;
  },
  'an event stream says how it ended': async () =>
    (await drained(toSseBody([]))).text.endsWith(':rxjs-http-streams end\n\n') ? 'yes, in a comment' : 'no',
  'NDJSON says how it ended': async () =>
    (await drained(toNdjsonBody([{}]))).text === '{}\n' ? 'no' : 'yes',
  'status of a source that fails at once': () => {
    const { status } = toSseResponse(throwError(() => new Error('secret')));
    return `${status}`;
  },
  'header cache-control': () => header('cache-control'),
  'header x-accel-buffering': () => header('x-accel-buffering'),

  'messages that a log in memory retains': async () => spaced((await retained(1, 2_000)).messages.length),
  'bytes that a log in memory retains': async () =>
    `${(await retained(1024 ** 2 - 64, 80)).messages.length} MiB`,
  'a client without a last event ID begins': () => {
    const source = new Subject<{ data: number }>();
    const feed = resumable(source);
    record(feed());
    source.next({ data: 1 });
    const late = record(feed());
    source.next({ data: 2 });
    return late.values.filter(({ data }) => data).length === 1 ? 'with the next message' : 'from the start';
  },
  'a client whose messages are gone receives': () => nameOf(record(resumable(NEVER)('gone'))),
  'a source without clients goes on for': () => {
    let ended = '';
    scheduled(({ cold, flush }) => {
      const source = cold<{ data: string }>('-');
      record(resumable(source)()).subscription.unsubscribe();
      flush();
      ended = seconds(source.subscriptions[0]!.unsubscribedFrame);
    });
    return ended;
  },
  'an answer of memoryLogs is kept after its end for': () => {
    let minutes = 0;
    scheduled(({ cold, flush }) => {
      const logs = memoryLogs();
      const isKept = (): boolean => record(from(logs.find('a'))).values[0] !== undefined;
      from(logs.claim('a')).subscribe(({ log }) => {
        void log.append([], { failed: false });
      });
      for (let minute = 1; minute < 60; minute++) {
        cold(`${minute * 60_000 - 1}ms x`).subscribe(() => {
          if (isKept()) minutes = minute;
        });
      }
      flush();
    });
    return `${minutes} min`;
  },
};

describe('the page of defaults', () => {
  const rows = readFileSync(`${root}docs/start/defaults.md`, 'utf8')
    .replaceAll('`', '')
    .split('\n')
    .filter((line) => line.startsWith('| ') && !line.startsWith('| |'))
    .map((line) => line.split('|').map((cell) => cell.trim()))
    .map(([, row = '', value = '']) => ({ row, value }));

  beforeEach(() => {
    vi.spyOn(Math, 'random').mockReturnValue(0);
  });
  afterEach(() => {
    vi.useRealTimers();
    vi.restoreAllMocks();
  });

  it('has a row for each default that is measured', () => {
    expect(rows.map(({ row }) => row)).toEqual(Object.keys(measured));
  });

  it.each(rows)('says what is so: $row', async ({ row, value }) => {
    expect(await measured[row]?.()).toBe(value);
  });
});
