import {
  EMPTY,
  catchError,
  defer,
  finalize,
  from,
  identity,
  map,
  mergeMap,
  of,
  pipe,
  switchMap,
  tap,
  throwError,
  timeout,
} from 'rxjs';
import type { Observable, ObservableInput, OperatorFunction } from 'rxjs';
import {
  StreamNetworkError,
  StreamTimeoutError,
  endOn,
  fromChunkedFetch,
  fromEventSource,
  fromNdjsonFetch,
  isStreamTimeoutError,
  splitLines,
} from 'rxjs-http-streams';
import type { LifecycleEvent, SseMessage, StreamFetch } from 'rxjs-http-streams';
import type { Command } from './command';
import { formatOf } from './formats';
import type { Format } from './formats';
import { partOf } from './partOf';

/** The output and the messages of a command that reads. */
export interface Reading {
  /** Emits the value when the output has room for it. Nothing more is read until then. */
  readonly held: <T>(value: T) => ObservableInput<T>;
  /** Called before each reconnection. */
  readonly onReconnect: (event: LifecycleEvent<unknown> & { type: 'reconnecting' }) => void;
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

/** Emits the text that a command prints, as it arrives. */
export function read(command: Command, reading: Reading): Observable<string> {
  const { format, path } = command;
  return format === undefined
    ? asking(command, (response, fetch) => {
        const found = formatOf(response.headers.get('content-type'), path === undefined ? 'text' : 'ndjson');
        return readAs(found, command, reading, fetch);
      })
    : readAs(format, command, reading);
}

/**
 * Sends one request and chooses the reader by the media type of the response. Each reader checks the type of its own
 * response only, so the choice is made before.
 */
function asking<T>(
  { url, request, idleTimeout }: Command,
  selector: (response: Response, fetch: StreamFetch) => Observable<T>,
): Observable<T> {
  return defer(() => {
    const controller = new AbortController();
    return from(fetch(url, { ...request, signal: controller.signal })).pipe(
      idleTimeout === undefined
        ? identity
        : timeout({
            each: idleTimeout,
            with: () => throwError(() => new StreamTimeoutError({ idleTimeout })),
          }),
      catchError((cause: unknown) =>
        throwError(() =>
          isStreamTimeoutError(cause) ? cause : new StreamNetworkError({ phase: 'connect', cause }),
        ),
      ),
      switchMap((response) => selector(response, () => of(response))),
      finalize(() => {
        controller.abort();
      }),
    );
  });
}

function readAs(
  format: Format,
  { url, request, idleTimeout, path, join, messages, until, reconnect }: Command,
  { held, onReconnect }: Reading,
  fetch?: StreamFetch,
): Observable<string> {
  const init = { ...request, idleTimeout, fetch, observe: 'lifecycle' } as const;
  const lineEnd = join ? '' : '\n';

  const printed: OperatorFunction<Item, string> = pipe(
    until === undefined ? identity : endOn(until),
    mergeMap(({ text, value }) => {
      const part = path === undefined ? text : partOf(value(), path);
      // The first chunk of a chat names the role and has no content.
      if (part === undefined || part === null) return EMPTY;
      return [`${typeof part === 'string' ? part : JSON.stringify(part)}${lineEnd}`];
    }),
  );

  switch (format) {
    case 'sse':
      return fromEventSource(url, { ...init, reconnect, project: held<SseMessage> }).pipe(
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
      return fromNdjsonFetch(url, { ...init, project: held<unknown> }).pipe(
        values(),
        map((value): Item => {
          const text = JSON.stringify(value);
          return { data: typeof value === 'string' ? value : text, text, value: () => value };
        }),
        printed,
      );
    case 'text': {
      const text$ = fromChunkedFetch(url, { ...init, project: held<string> }).pipe(values());
      // The ends of chunks have no meaning: only a whole line can be the marker.
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

/** Selects the values of a lifecycle. */
const values = <T>(): OperatorFunction<LifecycleEvent<T>, T> =>
  mergeMap((event) => (event.type === 'value' ? [event.value] : EMPTY));

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch (cause) {
    throw new TypeError(`--json: expected JSON, got ${text.slice(0, 100)}`, { cause });
  }
}
