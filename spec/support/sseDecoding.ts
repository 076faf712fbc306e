import type { SseMessage } from 'rxjs-http-streams';
import { sseDecoder } from '../../src/protocol/sseDecoder';
import type { SseDecoder, SseDecoderConfig } from '../../src/protocol/sseDecoder';
import type { SseState } from '../../src/protocol/sseState';
import { recordingSink } from './recordingSink';
import type { RecordingSink } from './recordingSink';

/** A message as a decoder gives it. */
export const sseMessage = (data: string, id = '', type = 'message'): SseMessage => ({ type, data, id });

/** A decoder with a sink that records its messages. */
export function sseDecoding(
  config?: SseDecoderConfig,
  state?: SseState,
): { decoder: SseDecoder; sink: RecordingSink<SseMessage> } {
  const sink = recordingSink<SseMessage>();
  return { decoder: sseDecoder(sink, config, state), sink };
}

/** A decoder of the next connection, made as a reader makes it. */
export const nextSseDecoder = (
  { state: { lastEventId, retry } }: SseDecoder,
  sink: RecordingSink<SseMessage>,
  config?: SseDecoderConfig,
): SseDecoder => sseDecoder(sink, config, { lastEventId, retry });

/** The messages of a stream that ends cleanly. */
export function sseMessagesOf(...chunks: string[]): readonly SseMessage[] {
  const { decoder, sink } = sseDecoding();
  chunks.forEach(decoder.push);
  decoder.end();
  return sink.values;
}
