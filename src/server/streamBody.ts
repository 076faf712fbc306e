import { check, checkOptions } from '../options/rules';
import { BODY, aBodySource } from '../options/bodies';
import type { Bytes } from '../protocol/bytes';
import { Body } from './body';
import { withBody } from './directBody';
import type { EarlyEnd } from './firstValue';
import type { BodyOptions, BodySource } from './bodyOptions';
import { bodySettings } from './bodySettings';
import type { Framing } from '../protocol/framing';

/** Nothing is made before it is read. */
const LAZY = { highWaterMark: 0 };

/** A body, and a way to wait for its source. */
export interface StreamBody {
  readonly stream: ReadableStream<Bytes>;
  /**
   * Subscribes the source; settles once it has given a value or completed. Settles with its end where it failed
   * before that, or where it is a feed that has ended and has nothing for this client. Then there is nothing to read.
   */
  first(): Promise<EarlyEnd | undefined>;
}

/**
 * An Observable as a body: the only place that makes a ReadableStream.
 *
 * The source is subscribed when the body is first read, once, and unsubscribed when it is cancelled. What can be
 * pulled is pulled; what cannot waits in a queue, whole frames within limits, and leaves in chunks of many.
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
  // The body does not hold its stream: a server of Node that takes the chunks directly lets go of it.
  return { stream: withBody(new ReadableStream<Bytes>(body, LAZY), body), first: () => body.first() };
}
