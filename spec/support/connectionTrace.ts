import { EMPTY, NEVER, asyncScheduler, concat, defer, map, mergeMap, tap, timer } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import type { LifecycleEvent, SseMessage, StreamFetch, StreamResponse } from 'rxjs-http-streams';
import { chunksOf, utf8 } from 'rxjs-http-streams/testing';
import { vi } from 'vitest';
import type { Answer, ConnectionScript, RetryAfter } from './connectionScript';
import { scheduled } from './scheduler';

/** One request as its server saw it. */
export interface TracedRequest {
  readonly sentAt: number;
  readonly method: string;
  readonly lastEventId: string | undefined;
  /** Number of connections at that time, this one included. */
  readonly atOnce: number;
}

/** The trace that a script left. */
export interface ConnectionTrace {
  readonly requests: readonly TracedRequest[];
  readonly messages: readonly { readonly at: number; readonly message: SseMessage }[];
  /** The end: `'complete'` or the name of the error. */
  readonly outcome: { readonly at: number; readonly name: string } | undefined;
  /** The delays that were announced to who watched. */
  readonly announced: readonly (number | undefined)[];
  /** Number of connections that remain, and the time at which the last timer fired. */
  readonly left: { readonly connections: number; readonly settledAt: number };
}

const cut = (): never => {
  throw new TypeError('cut');
};

function bodyOf({
  pieces,
  end,
  endAfter,
  inBytes,
}: Extract<Answer, { kind: 'stream' }>): Observable<Uint8Array> {
  const chunks = pieces.map(({ after, text }) =>
    timer(after).pipe(mergeMap(() => (inBytes ? chunksOf(text, 1) : [utf8(text)]))),
  );
  const ends = { clean: EMPTY, cut: defer(cut), none: NEVER };
  return concat(...chunks, timer(endAfter).pipe(mergeMap(() => ends[end])));
}

const retryAfterHeader = ({ ms, form }: RetryAfter): string =>
  form === 'seconds' ? String(ms / 1_000) : new Date(asyncScheduler.now() + ms).toUTCString();

interface TracedResponse {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Observable<Uint8Array> | null;
}

function responseTo(answer: Exclude<Answer, { kind: 'silence' | 'failure' }>): TracedResponse {
  switch (answer.kind) {
    case 'page':
      return { status: 200, headers: new Headers({ 'content-type': 'text/html' }), body: NEVER };
    case 'status': {
      const { status, retryAfter, reasonTakes } = answer;
      const headers = new Headers(retryAfter && { 'retry-after': retryAfterHeader(retryAfter) });
      const hasBody = status !== 204 && reasonTakes !== undefined;
      const reason = reasonTakes === Infinity ? NEVER : timer(reasonTakes ?? 0).pipe(map(() => utf8('why')));
      return { status, headers, body: hasBody ? reason : null };
    }
    case 'stream': {
      const headers = new Headers({ 'content-type': 'text/event-stream' });
      return { status: 200, headers, body: bodyOf(answer) };
    }
  }
}

/** Lets a script happen to `fromEventSource`, in virtual time. */
export function connectionTrace(script: ConnectionScript): ConnectionTrace {
  const requests: TracedRequest[] = [];
  const messages: { at: number; message: SseMessage }[] = [];
  const announced: (number | undefined)[] = [];
  let outcome: ConnectionTrace['outcome'];
  let settledAt = 0;
  /** The requests whose connections are neither at their end nor aborted. */
  const open = new Set<TracedRequest>();

  const respond = (answer: Answer, close: () => void): Observable<StreamResponse> => {
    if (answer.kind === 'silence') return NEVER;
    return timer(answer.after).pipe(
      map(() => {
        if (answer.kind === 'failure') return cut();
        const { status, headers, body } = responseTo(answer);
        if (!body) close();
        return {
          ok: status >= 200 && status < 300,
          status,
          statusText: '',
          headers,
          url: '/feed',
          body: body?.pipe(tap({ complete: close, error: close })) ?? null,
        };
      }),
      tap({ error: close }),
    );
  };
  const fetch: StreamFetch = (_, { method = 'GET', headers, signal }) => {
    const id = new Headers(headers).get('last-event-id');
    const request = {
      sentAt: asyncScheduler.now(),
      method,
      lastEventId: id === null ? undefined : Buffer.from(id, 'latin1').toString('utf8'),
      atOnce: open.size + 1,
    };
    const close = (): void => {
      open.delete(request);
    };
    signal?.addEventListener('abort', close);
    open.add(request);
    const answer = script.answers[requests.length] ?? { kind: 'silence' };
    requests.push(request);
    return respond(answer, close);
  };

  const draws = script.jitter;
  let draw = 0;
  const random = vi.spyOn(Math, 'random').mockImplementation(() => draws[draw++ % draws.length]!);
  try {
    scheduled(({ flush }) => {
      const { method, lastEventId, idleTimeout, count: retries, maxDelay } = script;
      // To say anything of reconnecting would be to ask for it, and a POST is not to be sent again on its own.
      const reconnect = method === 'POST' ? undefined : { count: retries, maxDelay };
      const init = { fetch, method, lastEventId, idleTimeout, reconnect };
      const take = (message: SseMessage): void => {
        messages.push({ at: asyncScheduler.now(), message });
        if (messages.length === script.leaveInside) subscription.unsubscribe();
      };
      const end = (name: string): void => {
        outcome = { at: asyncScheduler.now(), name };
      };
      const ends = {
        error: (error: unknown) => {
          end((error as Error).name);
        },
        complete: () => {
          end('complete');
        },
      };
      const note = (event: LifecycleEvent<SseMessage>): void => {
        if (event.type === 'value') take(event.value);
        if (event.type === 'reconnecting') announced.push(event.delay);
      };
      const subscription = script.watched
        ? fromEventSource('/feed', { ...init, observe: 'lifecycle' }).subscribe({ next: note, ...ends })
        : fromEventSource('/feed', init).subscribe({ next: take, ...ends });
      subscription.add(
        timer(script.leaveAt).subscribe(() => {
          subscription.unsubscribe();
        }),
      );
      flush();
      settledAt = asyncScheduler.now();
    });
  } finally {
    random.mockRestore();
  }
  return { requests, messages, outcome, announced, left: { connections: open.size, settledAt } };
}
