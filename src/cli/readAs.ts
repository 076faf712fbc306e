import { EMPTY, identity, map, mergeMap, pipe, tap } from 'rxjs';
import type { Observable, ObservableInput, OperatorFunction } from 'rxjs';
import { endOn, fromChunkedFetch, fromEventSource, fromNdjsonFetch, splitLines } from 'rxjs-http-streams';
import type { LifecycleEvent, SseMessage, StreamFetch } from 'rxjs-http-streams';
import type { Command } from './command';
import type { Format } from './formats';
import type { Hints } from './hints';
import { partOf } from './partOf';

/** The output of a command. */
export interface Output {
  /** Emits the value when the output can take it. The reader waits for that before it reads more. */
  readonly whenWritable: <T>(value: T) => ObservableInput<T>;
  /** Is called before each reconnection. */
  readonly onReconnect: (event: LifecycleEvent<unknown> & { type: 'reconnecting' }) => void;
  readonly hints: Hints;
}

/** One value of a stream. */
interface Item {
  /** The text to compare with the end marker. */
  readonly data: string;
  /** The text to print without a path. */
  readonly text: string;
  /** The value in which a path is looked up. */
  readonly value: () => unknown;
}

/**
 * Reads a stream of one format and emits the text to print.
 *
 * @param fetch - Sends the requests. If unset, the platform's `fetch` does.
 */
export function readAs(
  format: Format,
  { url, request, idleTimeout, path, join, messages, until, reconnect }: Command,
  { whenWritable, onReconnect, hints }: Output,
  fetch?: StreamFetch,
): Observable<string> {
  const init = { ...request, idleTimeout, fetch, observe: 'lifecycle' } as const;
  const lineEnd = join ? '' : '\n';

  const printed: OperatorFunction<Item, string> = pipe(
    until === undefined ? identity : endOn(until),
    mergeMap(({ data, text, value }) => {
      hints.onValue(data);
      const part = path === undefined ? text : partOf(value(), path);
      if (path !== undefined) hints.onPart(part);
      // The first chunk of a chat names the role and has no content.
      if (part === undefined || part === null) return EMPTY;
      return [`${typeof part === 'string' ? part : JSON.stringify(part)}${lineEnd}`];
    }),
  );

  switch (format) {
    case 'sse':
      return fromEventSource(url, { ...init, reconnect, project: whenWritable<SseMessage> }).pipe(
        tap((event) => {
          if (event.type === 'reconnecting') onReconnect(event);
        }),
        values(),
        map((message): Item => {
          const { data } = message;
          return messages
            ? { data, text: JSON.stringify(message), value: () => message }
            : { data, text: data, value: () => parsed(data) };
        }),
        printed,
      );
    case 'ndjson':
      return fromNdjsonFetch(url, { ...init, project: whenWritable<unknown> }).pipe(
        values(),
        map((value): Item => {
          const text = JSON.stringify(value);
          return { data: typeof value === 'string' ? value : text, text, value: () => value };
        }),
        printed,
      );
    case 'text': {
      const text$ = fromChunkedFetch(url, { ...init, project: whenWritable<string> }).pipe(values());
      // The boundaries of chunks have no meaning, so only a whole line can be the marker.
      return until === undefined
        ? text$
        : text$.pipe(
            splitLines(),
            map((line): Item => ({ data: line, text: line, value: () => line })),
            printed,
          );
    }
  }
}

/** Selects the values from the events of a lifecycle. */
const values = <T>(): OperatorFunction<LifecycleEvent<T>, T> =>
  mergeMap((event) => (event.type === 'value' ? [event.value] : EMPTY));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new TypeError(`--json: expected JSON, got ${text.slice(0, 100)}`, { cause });
  }
}
