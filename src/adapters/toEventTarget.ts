import { asapScheduler, map, subscribeOn } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { untilAborted } from '../flow/untilAborted';
import { aString, anObject, check, checkOptions } from '../options/rules';
import { EVENT_TARGET } from '../options/adapters';
import { aSource } from '../options/values';
import type { LifecycleEvent } from '../client/lifecycle';

/** A value that becomes an event. */
export interface EventTargetMessage {
  /** The name of the event. */
  readonly type: string;
  /** The event's `data`. */
  readonly data?: unknown;
  /** The event's `lastEventId`. */
  readonly id?: string | undefined;
}

/** Options of {@link toEventTarget}. */
export interface EventTargetConfig {
  /**
   * Unsubscribes from the source when it aborts.
   *
   * @defaultValue none
   */
  signal?: AbortSignal | undefined;
}

/** An `error` event of {@link toEventTarget}. */
export interface StreamErrorEvent extends Event {
  /** The error of the stream. */
  readonly error: unknown;
}

/** The event of each message of a type, with the data of that message. */
type MessageEventOf<M extends EventTargetMessage, K> = MessageEvent<
  string extends M['type'] ? M['data'] : Extract<M, { readonly type: K }>['data']
>;

/** The event of each name: of the stream's own, and of the messages. */
type EventOf<M extends EventTargetMessage, K> =
  | (K extends 'error' ? StreamErrorEvent : K extends 'start' | 'close' | 'abort' ? Event : never)
  | (K extends 'error' | 'start' | 'close' | 'abort'
      ? string extends M['type']
        ? never
        : K extends M['type']
          ? MessageEventOf<M, K>
          : never
      : MessageEventOf<M, K>);

/** An `EventTarget` that knows its events by their names. */
export interface StreamEventTarget<M extends EventTargetMessage> extends EventTarget {
  addEventListener<K extends M['type'] | 'start' | 'close' | 'abort' | 'error'>(
    type: K,
    listener: (event: EventOf<M, K>) => void,
    options?: boolean | AddEventListenerOptions,
  ): void;
  addEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | AddEventListenerOptions,
  ): void;
  removeEventListener<K extends M['type'] | 'start' | 'close' | 'abort' | 'error'>(
    type: K,
    listener: (event: EventOf<M, K>) => void,
    options?: boolean | EventListenerOptions,
  ): void;
  removeEventListener(
    type: string,
    listener: EventListenerOrEventListenerObject | null,
    options?: boolean | EventListenerOptions,
  ): void;
}

/**
 * Converts a stream to an `EventTarget`, for code that is written for `addEventListener`.
 *
 * The source is subscribed in a microtask, so that listeners that are added synchronously miss no event:
 *
 * - `start`: a response has opened, also after each reconnection;
 * - an event named after the `type` of each message: a `MessageEvent` with its `data` and `lastEventId`;
 * - `close`: the stream has completed;
 * - `abort`: `signal` has aborted the stream;
 * - `error`: the stream has failed, with its error as the event's `error`.
 *
 * One of the last three is the last event. A message whose `type` is one of these names arrives as a `MessageEvent`.
 *
 * @param source - A reader with `observe: 'lifecycle'`, whose values have a `type`.
 *
 * @example
 * ```ts
 * import { fromNdjsonFetch, toEventTarget } from 'rxjs-http-streams';
 *
 * const stop = new AbortController();
 * const ticks = toEventTarget(
 *   fromNdjsonFetch<{ type: string; data: unknown }>('https://example.com/ticks', { observe: 'lifecycle' }),
 *   { signal: stop.signal },
 * );
 * ticks.addEventListener('tick', (event) => console.log(event.data));
 * ticks.addEventListener('error', (event) => console.error(event.error));
 * setTimeout(() => stop.abort(), 5_000);
 * ```
 */
export function toEventTarget<M extends EventTargetMessage>(
  source: StreamSource<LifecycleEvent<M>>,
  config: EventTargetConfig = {},
): StreamEventTarget<M> {
  check('source', source, aSource);
  checkOptions('config', config, EVENT_TARGET);
  const { signal } = config;
  const target = new EventTarget();
  observed(source)
    .pipe(map(toEvent), untilAborted({ signal }), subscribeOn(asapScheduler))
    .subscribe({
      next: (event) => {
        if (event) target.dispatchEvent(event);
      },
      error: (error: unknown) => {
        target.dispatchEvent(
          signal?.aborted && error === signal.reason
            ? new Event('abort')
            : Object.assign(new Event('error'), { error }),
        );
      },
      complete: () => {
        target.dispatchEvent(new Event('close'));
      },
    });
  return target;
}

function toEvent(event: LifecycleEvent<EventTargetMessage>): Event | undefined {
  if (event.type === 'open') return new Event('start');
  if (event.type !== 'value') return undefined;
  // Values come from a server and may have any shape, and the platform would convert any value to text.
  check('value', event.value, anObject);
  const { type, data, id = '' } = event.value;
  check('type', type, aString);
  check('id', id, aString);
  return new MessageEvent(type, { data, lastEventId: id });
}
