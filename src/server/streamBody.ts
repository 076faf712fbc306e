import { check, checkOptions } from '../options/rules';
import { BODY, aBodySource } from '../options/bodies';
import type { Bytes } from '../protocol/bytes';
import { Body } from './body';
import { withBody } from './directBody';
import type { EarlyEnd } from './firstValue';
import type { BodyOptions, BodySource } from './bodyOptions';
import { bodySettings } from './bodySettings';
import type { Framing } from '../protocol/framing';

/** Strategy of a stream that pulls nothing before its consumer reads. */
const LAZY = { highWaterMark: 0 };

/** A body as a stream, with a function that waits for its source. */
export interface StreamBody {
  readonly stream: ReadableStream<Bytes>;
  /**
   * Subscribes to the source, and settles once it has emitted or completed. If the source failed before that, or is a
   * feed that has ended and has nothing for this client, it settles with that end, and there is nothing to read.
   */
  first(): Promise<EarlyEnd | undefined>;
}

/**
 * Makes a body of a source. No other function of this library makes a ReadableStream.
 *
 * The body subscribes to the source once, at its first read, and unsubscribes when it is cancelled. It pulls a source
 * that supports back-pressure. It buffers whole frames of any other source, within limits, and sends many in one chunk.
 */
export function streamBody<T, V extends T | Uint8Array>(
  source: BodySource<V>,
  framing: Framing<T>,
  options: BodyOptions<V>,
): StreamBody {
  check('source', source, aBodySource);
  checkOptions('options', options, BODY);
  // No other value than those of the source comes to its `overflow`.
  const settled = options as object as BodyOptions<T | Uint8Array>;
  const body = new Body<T>(source, framing, bodySettings(settled), options.request);
  // The body has no reference to its stream, so the stream is garbage-collected where Node takes the chunks directly.
  return { stream: withBody(new ReadableStream<Bytes>(body, LAZY), body), first: () => body.first() };
}
