import { EMPTY, endWith, ignoreElements, map, of, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamParseError, StreamTruncatedError, endOn, fromEventSource } from 'rxjs-http-streams';
import type { EventSourceFetchInit } from 'rxjs-http-streams';
import { marbleFetch } from 'rxjs-http-streams/testing';
import type { MarbleResponse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { scheduled } from '../support/scheduler';

const chunks = {
  a: 'data: a\n\n',
  // A last block whose lines are whole, the end marker of a chat as such a block, and a block that was cut.
  w: 'id: 7\ndata: w\n',
  d: 'data: [DONE]\n',
  h: 'data: {"t":"b',
  c: Uint8Array.of(0xe2, 0x82),
  j: '{"error":{"message":"x"}}',
  l: '<html>\n',
  p: ':rxjs-http-streams\n\n',
};

interface Outcome {
  readonly data: string[];
  readonly error: unknown;
  readonly completed: boolean;
  /** The last event IDs that were sent. */
  readonly requests: (string | null)[];
}

/** The outcome of a feed with these connections, unsubscribed after a minute at the latest. */
function run(
  bodies: readonly (string | MarbleResponse)[],
  init: EventSourceFetchInit = {},
  pipe = (source: Observable<{ data: string }>): Observable<{ data: string }> => source,
): Outcome {
  const outcome: { -readonly [Key in keyof Outcome]: Outcome[Key] } = {
    data: [],
    error: undefined,
    completed: false,
    requests: [],
  };
  scheduled(({ cold, flush }) => {
    const server = marbleFetch(
      cold,
      bodies.map((body) => ({ chunks, ...(typeof body === 'string' ? { body } : body) })),
    );
    const subscription = pipe(fromEventSource('/feed', { fetch: server.fetch, ...init })).subscribe({
      next: ({ data }) => outcome.data.push(data),
      error: (error: unknown) => {
        outcome.error = error;
      },
      complete: () => {
        outcome.completed = true;
      },
    });
    timer(60_000).subscribe(() => {
      subscription.unsubscribe();
    });
    flush();
    outcome.requests = server.requests.map(({ headers }) => headers.get('last-event-id'));
  });
  return outcome;
}

const POST = { method: 'POST' };
const cut = (pending: string): unknown =>
  expect.objectContaining({ name: 'StreamTruncatedError', pending, url: '/feed' });

describe('The clean end of fromEventSource', () => {
  const last: readonly (readonly [string, EventSourceFetchInit])[] = [
    ['of a POST', POST],
    ['of a GET that is not to reconnect', { reconnect: false }],
    ['where retries are used up', { reconnect: { count: 0 } }],
    ['where the delay gives no value', { reconnect: { delay: () => EMPTY } }],
    ['where the delay gives no value later', { reconnect: { delay: () => timer(5).pipe(ignoreElements()) } }],
  ];

  it.each(last)('%s emits a last block whose lines are whole', (_, init) => {
    expect(run(['a-w-|'], init)).toMatchObject({ data: ['a', 'w'], completed: true, requests: [null] });
  });

  it.each(last)('%s errors within a line, and asks for it no more', (_, init) => {
    expect(run(['a-h-|'], init)).toMatchObject({ data: ['a'], error: cut(chunks.h), requests: [null] });
  });

  it.each(last)('%s errors within a character', (_, init) => {
    expect(run(['a-wc|'], init)).toMatchObject({
      data: ['a'],
      error: cut('id: 7\ndata: w\n\ufffd'),
      requests: [null],
    });
  });

  it.each(last)('%s is what onIncomplete says', (_, init) => {
    expect(run(['aw|'], { ...init, onIncomplete: 'error' }).error).toEqual(cut(chunks.w));
    expect(run(['ah|'], { ...init, onIncomplete: 'dispatch' }).error).toEqual(cut(chunks.h));
    for (const body of ['aw|', 'ah|', 'awc|']) {
      expect(run([body], { ...init, onIncomplete: 'drop' })).toMatchObject({ data: ['a'], completed: true });
    }
  });

  it('is the whole answer where its marker has no blank line', () => {
    expect(run(['a-d|'], POST, endOn('[DONE]'))).toMatchObject({ data: ['a'], completed: true });
    expect(run(['a-h|'], POST, endOn('[DONE]')).error).toEqual(cut(chunks.h));
  });

  it('is projected as any other message', () => {
    const seen: string[] = [];
    scheduled(({ cold, flush }) => {
      const { fetch } = marbleFetch(cold, [{ chunks, body: 'a-w|' }]);
      fromEventSource('/feed', {
        fetch,
        ...POST,
        project: ({ data }) => timer(10).pipe(map(() => data)),
      })
        .pipe(endWith('end'))
        .subscribe((data) => seen.push(data));
      flush();
    });
    expect(seen).toEqual(['a', 'w', 'end']);
  });

  it.each(['dispatch', 'error', 'drop', undefined] as const)(
    'drops the last block where another connection follows, which sends it again (%s)',
    (onIncomplete) => {
      for (const end of ['w', 'h', 'wc']) {
        const outcome = run([`a${end}|`, 'a-w-|', { status: 204 }], { onIncomplete });
        expect(outcome).toMatchObject({ data: ['a', 'a'], completed: true, requests: [null, null, null] });
      }
    },
  );

  it('keeps the last block of the connection that no other follows', () => {
    expect(
      run(['aw|', 'w|'], { reconnect: { delay: (_, retries) => (retries === 1 ? of(1) : EMPTY) } }),
    ).toMatchObject({ data: ['a', 'w'], completed: true });
  });

  it('is a cut where another end was announced', () => {
    for (const onIncomplete of ['dispatch', 'error', 'drop'] as const) {
      const { data, error } = run(['paw|'], { ...POST, onIncomplete });
      expect(data).toEqual(['a']);
      expect(error).toEqual(
        Object.assign(new StreamTruncatedError({ missing: 'the end that it announced' }), {
          url: '/feed',
          attempt: 1,
        }),
      );
    }
  });
});

describe('What fromEventSource ignores', () => {
  it.each([
    ['l', '<html>'],
    ['j', chunks.j],
  ])('is an error where that is wanted, and no reason to reconnect (%s)', (line, excerpt) => {
    for (const method of ['GET', 'POST']) {
      for (const onIncomplete of [undefined, 'drop'] as const) {
        const outcome = run([`a-${line}|`, 'a-'], { method, onIncomplete, onIgnored: 'error' });
        expect(outcome).toMatchObject({ data: ['a'], requests: [null] });
        expect(outcome.error).toBeInstanceOf(StreamParseError);
        expect(outcome.error).toMatchObject({ lineNumber: 3, offset: 9, excerpt, url: '/feed', attempt: 1 });
      }
    }
  });

  it('is counted anew in each connection', () => {
    expect(run(['al|', 'l|'], { onIgnored: 'error' }).error).toMatchObject({
      lineNumber: 3,
    });
    expect(run(['a|', 'l|'], { onIgnored: 'error' }).error).toMatchObject({ lineNumber: 1, attempt: 2 });
  });

  it('is shown to a function, also where another connection follows', () => {
    const lines: string[] = [];
    const outcome = run(['alj|', { status: 204 }], { onIgnored: (line) => lines.push(line) });
    expect(lines).toEqual(['<html>', chunks.j]);
    expect(outcome.completed).toBe(true);
  });

  it('ends the stream with what the function throws, as it is', () => {
    const reason = new Error('mine');
    for (const body of ['al-|', 'aj|']) {
      const outcome = run([body, 'a-'], {
        onIgnored: () => {
          throw reason;
        },
      });
      expect(outcome).toMatchObject({ data: ['a'], requests: [null] });
      expect(outcome.error).toBe(reason);
    }
  });

  it('is ignored if nothing is said of it', () => {
    expect(run(['al|'], POST)).toMatchObject({ data: ['a'], completed: true });
    expect(run(['aj|'], POST).error).toEqual(cut(chunks.j));
  });
});
