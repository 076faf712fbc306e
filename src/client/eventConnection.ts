import { asyncScheduler } from 'rxjs';
import { ContentTypeError } from '../errors';
import type { Sink } from '../protocol/decoder';
import { inPieces } from '../protocol/inPieces';
import { sseDecoder } from '../protocol/sseDecoder';
import type { SseDecoderConfig } from '../protocol/sseDecoder';
import type { SseMessage } from '../protocol/sseMessage';
import type { SseState } from '../protocol/sseState';
import { takingBytes } from '../protocol/textDecoder';
import type { Chunk } from './chunkOf';
import { essenceOf } from './essenceOf';
import type { Exchange } from './fetchBody';
import type { ResolvedRequest } from './resolveRequest';

/** Options that all connections of one stream share. */
export interface EventConnectionConfig extends SseDecoderConfig {
  /** Whether the request may be sent again. If unset, a GET or HEAD may, and no other method. */
  readonly mayRepeat: boolean | undefined;
  readonly mediaTypes: readonly string[];
  /** Writes the last event ID to a request. Throws a `TypeError` if the request cannot carry the ID. */
  readonly carry: (request: ResolvedRequest, id: string) => void;
}

/** State of one connection, from which the loop that reconnects decides whether and when to do so. */
export interface ConnectionState extends SseState {
  /** Whether another request may follow. Unset until the request of this connection is about to be sent. */
  mayReconnect?: boolean | undefined;
  /** Time of the response by the clock of `asyncScheduler`. Unset without a response of status 200. */
  openedAt?: number | undefined;
}

/** One connection of an event stream: its request, the response of the server, and the decoder of the body. */
export interface EventConnection {
  readonly state: ConnectionState;
  readonly exchange: Exchange;
  readonly push: (chunk: Chunk) => void;
  /**
   * Ends the stream.
   *
   * @param continues - Whether another connection may follow. Then only this connection ends.
   */
  readonly end: (continues?: boolean) => void;
}

/**
 * Marks the clean end of a body. It is passed to the decoder like a chunk, so that an error of the decoder at the end
 * counts as an error in the data, which no other request follows.
 */
export const END_OF_BODY = /* @__PURE__ */ new Uint8Array(0);

/** Makes the next connection of a stream. It continues after the last event ID. */
export function eventConnection(
  sink: Sink<SseMessage>,
  config: EventConnectionConfig,
  { lastEventId, retry }: ConnectionState,
): EventConnection {
  const { mayRepeat, mediaTypes, carry } = config;
  const state: ConnectionState = {
    lastEventId,
    retry,
    delivered: false,
    mayReconnect: undefined,
    openedAt: undefined,
  };
  const { push, endLine, end } = sseDecoder(sink, config, state);
  const bytes = takingBytes({ push, end: endLine });
  const exchange: Exchange = {
    lastEventId,
    prepare(request) {
      const { target, headers, init } = request;
      const { method = (target as Partial<Request>).method ?? 'GET' } = init;
      state.mayReconnect = mayRepeat ?? /^(GET|HEAD)$/i.test(method);
      init.cache ??= 'no-store';
      if (!headers.has('accept')) headers.set('accept', mediaTypes.join(', '));
      if (lastEventId) carry(request, lastEventId);
    },
    accept(response) {
      const { status, headers } = response;
      // A server sends 204 to stop its clients from reconnecting (WHATWG HTML §9.2.3).
      if (status === 204) state.mayReconnect = false;
      if (status !== 200) return status === 204;
      state.openedAt = asyncScheduler.now();
      const essence = essenceOf(headers.get('content-type') ?? '');
      if (mediaTypes.some((type) => type.toLowerCase() === essence)) return true;
      // A server that sends another format would send it again.
      state.mayReconnect = false;
      return (body) => new ContentTypeError({ status, headers, expected: mediaTypes.join(' or '), body });
    },
  };
  return {
    state,
    exchange,
    push: (chunk) => {
      if (chunk === END_OF_BODY) bytes.end();
      else inPieces(chunk, bytes.push, true);
    },
    end,
  };
}
