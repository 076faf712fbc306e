import type { StreamSource } from '../flow/observed';
import type { ParseSseConfig } from '../operators/parseSse';
import type { ReconnectConfig } from './reconnectConfig';
import type { StreamInit } from './streamInit';

/** Options of `fromEventSource`. */
export interface EventSourceFetchInit extends StreamInit, ParseSseConfig {
  /**
   * Whether to reconnect when a connection ends or fails, and by which rules.
   *
   * @defaultValue `true` for GET and HEAD, and `false` for any other method, because a replayed POST can act twice (RFC
   *   9110 §9.2.2)
   */
  reconnect?: boolean | ReconnectConfig | undefined;
  /**
   * Pauses the stream while its latest value is `true`: the stream aborts its connection and makes no other one. After
   * `false` it continues from the last event ID, but not before the reconnection delay has passed. Use it for a hidden
   * tab or a device that is offline. A request that may not be sent again is not aborted. If this source errors, the
   * stream errors with the same error.
   *
   * @defaultValue the stream never pauses
   */
  pauseWhen?: StreamSource<boolean> | undefined;
  /**
   * The last event ID of an earlier stream, after which this one continues.
   *
   * @defaultValue none
   */
  lastEventId?: string | undefined;
  /**
   * Name of the query parameter that carries the last event ID as UTF-8. It replaces a parameter of this name in the
   * URL. Use it for servers whose CORS rules do not allow the header, and for IDs that no header can carry.
   *
   * @defaultValue the header `Last-Event-ID` carries the ID
   */
  lastEventIdParam?: string | undefined;
  /**
   * Media types that are accepted as an event stream, in any case and with any parameters. The request lists them in
   * its `Accept` header, unless the application sets that header. Any other type is a `ContentTypeError`.
   *
   * @defaultValue `['text/event-stream']`
   */
  mediaTypes?: readonly string[] | undefined;
}
