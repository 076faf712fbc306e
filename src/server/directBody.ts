import type { Bytes } from '../protocol/bytes';
import type { BodyEnds } from './bodyEnds';
import type { Outlet } from './outlet';

/** The way out of a body: the part of a stream's controller that it uses. */
export type BodySink = Pick<ReadableStreamDefaultController<Uint8Array>, 'enqueue' | 'close' | 'error'>;

/** A body that can be read without its stream. */
export interface DirectBody {
  /** Cuts the client off, and has the text about the failure of the source that clients may see. */
  readonly ends: Pick<BodyEnds, 'reason' | 'cut'>;
  /**
   * Sends to a sink what the stream would have given. The caller has locked the stream. Returns `false` for a body that
   * has ended already, whose stream says how.
   *
   * @param isTold - Whether the caller cancels the body when the client of a request leaves. Then the body lets go of
   * the
   *   request.
   */
  sendTo(sink: BodySink, isTold: (request: Request) => boolean): boolean;
  /** Whether a chunk holds all that there is, so that it is no use to wait before the next one is asked for. */
  readonly givesAll: boolean;
  /** Asks for the next chunk, as a read does; then the sink is given one, or the end. Never throws. */
  pull(): void;
  /** Ends the body of a client that has left. Never rejects. */
  cancel(): Promise<void>;
  /** Sends what a function has written before the frames that wait. */
  insert(write: (outlet: Pick<Outlet<never>, 'before' | 'framing' | 'isEmpty'>) => void): void;
}

/** By a symbol of all realms, because an application may have two copies of this module (ESM and CommonJS). */
const DIRECT = /* @__PURE__ */ Symbol.for('rxjs-http-streams.body');

/** Marks a stream as that of a body. Streams that are made of it lose the mark. */
export const withBody = (stream: ReadableStream<Bytes>, body: DirectBody): ReadableStream<Bytes> =>
  Object.defineProperty(stream, DIRECT, { value: body });

/** Finds the body behind a stream, if it is one of this library. */
export const bodyBehind = (stream: ReadableStream<Uint8Array>): DirectBody | undefined =>
  (stream as { readonly [DIRECT]?: DirectBody })[DIRECT];
