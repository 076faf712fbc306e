import { defer } from 'rxjs';
import type { Observable } from 'rxjs';
import type { SseMessage } from '../protocol/sseMessage';
import type { Take } from './bodyReading';
import { decodeBody } from './decodeBody';
import { END_OF_BODY, eventConnection } from './eventConnection';
import type { ConnectionState, EventConnection, EventConnectionConfig } from './eventConnection';
import type { EventSourceFetchInit } from './eventSourceFetchInit';
import { fetchBody } from './fetchBody';
import { pausable } from './pausable';
import type { ReconnectConfig } from './reconnectConfig';
import { CLEAN_END, reconnecting } from './reconnecting';
import type { Session } from './session';

/**
 * Reads the messages of an event stream from one connection after another.
 *
 * @param config - Options of every connection.
 * @param policy - Decides when the stream reconnects.
 */
export function eventStream(
  session: Session,
  config: EventConnectionConfig,
  policy: ReconnectConfig,
  { pauseWhen, lastEventId }: Pick<EventSourceFetchInit, 'pauseWhen'> & { readonly lastEventId: string },
): Observable<SseMessage> {
  let next: (state: ConnectionState) => EventConnection;
  /** The connection that is open, or the latest one. */
  let connection: EventConnection;

  const connect = (take: Take): Observable<never> => {
    connection = next(connection.state);
    const ended = (): void => {
      take(END_OF_BODY);
      connection.end(true);
      // The clean end of a body is not the end of the stream if another connection follows.
      throw CLEAN_END;
    };
    return fetchBody(session, { ...connection.exchange, ended }, take);
  };

  return decodeBody<SseMessage>(
    session,
    (sink) => {
      next = (state) => eventConnection(sink, config, state);
      connection = next({ lastEventId });
      return {
        push: (chunk) => {
          connection.push(chunk);
        },
        // No other connection follows.
        end: () => {
          connection.end();
        },
      };
    },
    (take) =>
      pausable(
        pauseWhen,
        () => connection.state.mayReconnect !== false,
        session,
        (pausing) =>
          reconnecting(
            () => defer(() => connect(take)).pipe(pausing),
            () => connection.state,
            session,
            policy,
          ),
      ),
  );
}
