import type { SseMessage } from 'rxjs-http-streams';
import type { Answer, ConnectionScript } from './connectionScript';
import { referenceSse } from './referenceSse';

/** The expected course of a stream of events. */
export interface ReferenceReconnecting {
  /** The `Last-Event-ID` that each request has to have; unset if none. */
  readonly lastEventIds: readonly (string | undefined)[];
  readonly messages: readonly { readonly at: number; readonly message: SseMessage }[];
  /** After each connection that another has to follow. */
  readonly waits: readonly Wait[];
  /** The end: `'complete'` or the name of an error; unset if the client unsubscribes before. */
  readonly outcome: { readonly at: number; readonly name: string } | undefined;
  /** Time of the end or of the unsubscribe. */
  readonly overAt: number;
}

/** The time without a connection. */
export interface Wait {
  readonly from: number;
  readonly atLeast: number;
  readonly atMost: number;
}

/** The result of the text of a connection. */
interface Text {
  readonly messages: readonly SseMessage[];
  readonly lastEventId: string;
  readonly retry: number | undefined;
  readonly announced: boolean;
  readonly said: 'complete' | 'StreamServerError' | undefined;
}

const PASSING_STATUSES = [408, 425, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524, 529, 530];
const TERMINAL = ':rxjs-http-streams';

/** The text of a connection that began with this last event ID. */
function readText(text: string, lastEventId: string): Text {
  let announced = false;
  let said: Text['said'];
  let read = '';
  for (const line of text.replace(/^\ufeff/, '').match(/.*?(?:\r\n|\r|\n)/gs) ?? []) {
    read += line;
    const comment = line.replace(/[\r\n]+$/, '');
    announced ||= comment === TERMINAL;
    if (announced && comment === `${TERMINAL} end`) said = 'complete';
    if (announced && comment.startsWith(`${TERMINAL} error `)) said = 'StreamServerError';
    if (said) break;
  }
  const before = lastEventId && `id: ${lastEventId}\n\n`;
  return { ...referenceSse(before + read), announced, said };
}

/** The result of one connection. */
interface Played {
  readonly messages: readonly { readonly at: number; readonly message: SseMessage }[];
  readonly lastEventId: string;
  readonly retry: number | undefined;
  readonly openedAt: number | undefined;
  readonly endedAt: number;
  /** The end if no other connection follows. */
  readonly name: string;
  /** Whether another may follow. */
  readonly mayPass: boolean;
  readonly retryAfter: number;
}

function play(answer: Answer, sentAt: number, lastEventId: string, idleTimeout: number): Played {
  const nothing = {
    messages: [],
    lastEventId,
    retry: undefined,
    openedAt: undefined,
    mayPass: true,
    retryAfter: 0,
  };
  const after = answer.kind === 'silence' ? Infinity : answer.after;
  if (after > idleTimeout) return { ...nothing, endedAt: sentAt + idleTimeout, name: 'StreamTimeoutError' };
  const at = sentAt + after;
  switch (answer.kind) {
    case 'silence':
      return { ...nothing, endedAt: Infinity, name: 'never' };
    case 'failure':
      return { ...nothing, endedAt: at, name: 'StreamNetworkError' };
    case 'page':
      // Its text, which never ends, is not waited for longer.
      return { ...nothing, endedAt: at + 2_000, name: 'ContentTypeError', mayPass: false };
    case 'status': {
      if (answer.status === 204) return { ...nothing, endedAt: at, name: 'complete', mayPass: false };
      const { ms = 0, form = 'seconds' } = answer.retryAfter ?? {};
      return {
        ...nothing,
        // A reason that takes too long is not waited for.
        endedAt: at + Math.min(answer.reasonTakes ?? 0, 2_000),
        name: 'HttpStatusError',
        mayPass: PASSING_STATUSES.includes(answer.status),
        // A date has no milliseconds.
        retryAfter: form === 'seconds' ? ms : Math.floor((at + ms) / 1_000) * 1_000 - at,
      };
    }
    case 'stream':
      return { ...nothing, ...playStream(answer, at, lastEventId, idleTimeout) };
  }
}

function playStream(
  { pieces, end, endAfter }: Extract<Answer, { kind: 'stream' }>,
  openedAt: number,
  lastEventId: string,
  idleTimeout: number,
): Omit<Played, 'retryAfter'> {
  const messages: { at: number; message: SseMessage }[] = [];
  let text = '';
  let at = openedAt;
  let read = readText('', lastEventId);
  const ended = (endedAt: number, name: string, mayPass = true): Omit<Played, 'retryAfter'> => {
    const { retry } = read;
    return { messages, lastEventId: read.lastEventId, retry, openedAt, endedAt, name, mayPass };
  };
  for (const piece of pieces) {
    if (piece.after > idleTimeout) return ended(at + idleTimeout, 'StreamTimeoutError');
    at += piece.after;
    text += piece.text;
    read = readText(text, lastEventId);
    for (const message of read.messages.slice(messages.length)) messages.push({ at, message });
    if (read.said) return ended(at, read.said, false);
  }
  const endsAfter = end === 'none' ? Infinity : endAfter;
  if (endsAfter > idleTimeout) return ended(at + idleTimeout, 'StreamTimeoutError');
  if (end === 'cut') return ended(at + endsAfter, 'StreamNetworkError');
  return ended(at + endsAfter, read.announced ? 'StreamTruncatedError' : 'complete');
}

/**
 * Delay as in the README: the server's time or 3 s, doubled for each failure in a row, and lengthened by up to half at
 * random.
 */
function wait(
  from: number,
  failures: number,
  retry: number | undefined,
  retryAfter: number,
  maxDelay: number,
): Wait {
  let delay = Math.min(retry === undefined ? 3_000 : Math.max(100, retry), maxDelay);
  for (let failure = 2; failure <= failures; failure++) delay = Math.min(2 * delay, maxDelay);
  const atLeast = Math.max(delay, retryAfter);
  return { from, atLeast, atMost: failures > 1 ? 1.5 * atLeast : atLeast };
}

/**
 * Derives the course of a stream from the documentation, connection by connection.
 *
 * @param sentAt - Times of the requests: the exact delays are random.
 */
export function referenceReconnecting(
  {
    method,
    answers,
    idleTimeout = Infinity,
    count = Infinity,
    maxDelay = 30_000,
    ...script
  }: ConnectionScript,
  sentAt: readonly number[],
): ReferenceReconnecting {
  const lastEventIds: (string | undefined)[] = [];
  const messages: { at: number; message: SseMessage }[] = [];
  const waits: Wait[] = [];
  let { lastEventId } = script;
  let retry: number | undefined;
  let failures = 0;
  const over = (at: number, name?: string): ReferenceReconnecting => ({
    lastEventIds,
    messages,
    waits,
    outcome: name === undefined ? undefined : { at, name },
    overAt: at,
  });

  for (const [index, at] of sentAt.entries()) {
    lastEventIds.push(lastEventId || undefined);
    const played = play(answers[index] ?? { kind: 'silence' }, at, lastEventId, idleTimeout);
    for (const each of played.messages) {
      if (each.at > script.leaveAt) break;
      messages.push(each);
      if (messages.length === script.leaveInside) return over(each.at);
    }
    const { endedAt, openedAt = Infinity, name } = played;
    if (endedAt > script.leaveAt) return over(script.leaveAt);
    ({ lastEventId } = played);
    retry = played.retry ?? retry;
    if (played.messages.length > 0 || endedAt - openedAt >= 5_000) failures = 0;
    failures++;
    if (method === 'POST' || !played.mayPass || failures > count) return over(endedAt, name);
    waits.push(wait(endedAt, failures, retry, played.retryAfter, maxDelay));
  }
  return over(script.leaveAt);
}
