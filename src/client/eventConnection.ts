import { asyncScheduler } from 'rxjs';
import { ContentTypeError } from '../errors';
import type { Sink } from '../protocol/decoder';
import { inPieces } from '../protocol/inPieces';
import { sseDecoder } from '../protocol/sseDecoder';
import type { SseDecoderConfig, SseState } from '../protocol/sseDecoder';
import type { SseMessage } from '../protocol/sseMessage';
import { takingBytes } from '../protocol/textDecoder';
import type { Chunk } from './chunkOf';
import { essenceOf } from './essenceOf';
import type { Exchange } from './fetchBody';
import type { ResolvedRequest } from './resolveRequest';

/** What all connections of one stream have in common. */
export interface EventConnectionConfig extends SseDecoderConfig {
  /** Whether the request may be sent again. If omitted, the method decides. */
  readonly mayRepeat: boolean | undefined;
  readonly mediaTypes: readonly string[];
  /** Writes the last event ID on a request. Throws a `TypeError` if the request cannot carry the ID. */
  readonly carry: (request: ResolvedRequest, id: string) => void;
}

/** What the loop that reconnects has to know of a connection. */
export interface ConnectionState extends SseState {
  /** Whether the server may be asked again. Unset until the request is about to be sent. */
  mayReconnect?: boolean;
  /** When the response came, by the clock of `asyncScheduler`; unset if none did. */
  openedAt?: number;
}

/** One connection of an event stream: its request, the answer of the server, and the decoder of the body. */
export interface EventConnection {
  readonly state: ConnectionState;
  readonly exchange: Exchange;
  readonly push: (chunk: Chunk) => void;
  /** Ends the stream, or this connection alone where another one may follow. */
  readonly end: (continues?: boolean) => void;
}

/** Marks the clean end of a body among its chunks, so that an error which it leads to is about data, as of any chunk. */
export const END_OF_BODY = new Uint8Array(0);

/** Makes the connection that follows `before`. It continues after the last event ID. */
export function eventConnection(
  sink: Sink<SseMessage>,
  config: EventConnectionConfig,
  { lastEventId, retry }: ConnectionState,
): EventConnection {
  const { mayRepeat, mediaTypes, carry } = config;
  const state: ConnectionState = { lastEventId, retry };
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
      // How a server says stop (WHATWG HTML §9.2.3).
      if (status === 204) state.mayReconnect = false;
      if (status !== 200) return status === 204;
      state.openedAt = asyncScheduler.now();
      const essence = essenceOf(headers.get('content-type') ?? '');
      if (mediaTypes.some((type) => type.toLowerCase() === essence)) return true;
      // Another format is not going to change, either.
      state.mayReconnect = false;
      return (body) => new ContentTypeError({ status, headers, expected: mediaTypes.join(' or '), body });
    },
  };
  return {
    state,
    exchange,
    push: (chunk) => {
      if (chunk === END_OF_BODY) bytes.end();
      else inPieces(chunk, bytes.push);
    },
    end,
  };
}
