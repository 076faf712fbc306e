import { EMPTY, catchError, connect, filter, map, merge } from 'rxjs';
import type { Observable, OperatorFunction } from 'rxjs';
import type { LifecycleEvent } from '../client/lifecycle';
import { parseMessages } from '../operators/parseMessages';
import type { MessageParser, MessageParsers, TypedMessage } from '../operators/parseMessages';
import type { SseMessage } from '../protocol/sseMessage';

/** Parses the data of every message, or the data by the `type` of the message. */
export type ResourceParser = MessageParser | MessageParsers;

/** The values that a parser makes of messages. */
export type ParsedMessage<P extends ResourceParser> =
  P extends MessageParser<infer T> ? T : P extends MessageParsers ? TypedMessage<P> : never;

/** Parses the messages of a lifecycle, and leaves its other events as they are. */
export function parsedLife(
  life$: Observable<LifecycleEvent<SseMessage>>,
  parser: ResourceParser | undefined,
): Observable<LifecycleEvent<unknown>> {
  if (parser === undefined) return life$;
  const parsed = isParser(parser) ? parsedByOne(parser) : parseMessages(parser);
  return life$.pipe(
    connect((all$) =>
      merge(
        // An error is for the values to report, after those that are still parsed.
        all$.pipe(
          filter((event) => event.type !== 'value'),
          catchError(() => EMPTY),
        ),
        all$.pipe(
          filter((event) => event.type === 'value'),
          map((event) => event.value),
          parsed,
          map((value) => ({ type: 'value', value }) as const),
        ),
      ),
    ),
  );
}

const isParser = (parser: MessageParser | MessageParsers): parser is MessageParser =>
  typeof parser === 'function' || '~standard' in parser;

const parsedByOne =
  (parser: MessageParser): OperatorFunction<SseMessage, unknown> =>
  (message$) =>
    message$.pipe(
      map((message) => ({ ...message, type: 'message' })),
      parseMessages({ message: parser }),
      map(({ data }) => data),
    );
