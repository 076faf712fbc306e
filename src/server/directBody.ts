import type { Bytes } from '../protocol/bytes';
import type { BodyEnds } from './bodyEnds';
import type { Outlet } from './outlet';

/** Receiver of the chunks of a body: the members of a stream's controller that a body uses. */
export type BodySink = Pick<ReadableStreamDefaultController<Uint8Array>, 'enqueue' | 'close' | 'error'>;

/** A body that a server can read without its stream. */
export interface DirectBody {
  /** The ends of the body, with the text about a failure of the source that clients may see. */
  readonly ends: Pick<BodyEnds, 'reason' | 'cut'>;
  /**
   * Sends the chunks to a sink instead of the stream, which the caller has locked before. Returns `false` if the body
   * has ended already. The caller reads the end from the stream then.
   *
   * @param willCancel - Returns whether the caller cancels the body when the client of a request disconnects. If so,
   *   the body releases the request.
   */
  sendTo(sink: BodySink, willCancel: (request: Request) => boolean): boolean;
  /** Whether each chunk has everything that is available, so that the caller may pull again without a pause. */
  readonly givesAll: boolean;
  /** Requests the next chunk, as a read of the stream does. The sink then receives a chunk or the end. Never throws. */
  pull(): void;
  /** Ends the body of a client that has disconnected. Never rejects. */
  cancel(): Promise<void>;
  /** Sends the text that a function adds to `outlet.before`, ahead of the frames that are buffered. */
  insert(write: (outlet: Pick<Outlet<never>, 'before' | 'framing' | 'isEmpty'>) => void): void;
}

/** A symbol of the global registry, because an application may load this module twice (as ESM and as CommonJS). */
const DIRECT = /* @__PURE__ */ Symbol.for('rxjs-http-streams.body');

/** Attaches a body to its stream. A stream that is piped or teed from this one does not have the body. */
export const withBody = (stream: ReadableStream<Bytes>, body: DirectBody): ReadableStream<Bytes> =>
  Object.defineProperty(stream, DIRECT, { value: body });

/** Returns the body behind a stream, or `undefined` if the stream is not one of this library. */
export const bodyBehind = (stream: ReadableStream<Uint8Array>): DirectBody | undefined =>
  (stream as { readonly [DIRECT]?: DirectBody })[DIRECT];
