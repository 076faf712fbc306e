import type { ServerResponse } from 'node:http';
import { nextTick } from 'node:process';
import { asyncScheduler, noop } from 'rxjs';
import type { Subscription } from 'rxjs';
import { isStreamOverflowError } from '../errors';
import type { BodySink } from '../server/directBody';
import { bufferOf } from './bufferOf';
import type { ChunkSource } from './chunkSource';
import { cutOff } from './cutOff';
import { isOver } from './exchange';
import type { NodeResponse } from './exchange';
import { onLeft } from './onLeft';
import type { Opening } from './opening';

/** Time after which the headers are sent without a byte of the body, in milliseconds. */
const HEAD_ALONE = 100;

/** Writers that pull their next chunk in one common tick: a tick for each would cost a twentieth more. */
let pulling: ResponseWriter[] = [];

const pullAll = (): void => {
  const writers = pulling;
  pulling = [];
  for (const writer of writers) writer.pull();
};

/**
 * Writes chunks to a response with back-pressure: it pulls the next chunk when the socket has room. It is hand-written,
 * because a server of a thousand clients spends its time here.
 */
export class ResponseWriter implements BodySink {
  /** A response of HTTP/1.1 or HTTP/2. Node's types of the latter lack `flushHeaders`. */
  readonly #res: ServerResponse;
  #opening: Opening | undefined;
  #alone: Subscription | undefined;
  #source: ChunkSource | undefined;
  #isFull = false;

  constructor(res: NodeResponse, opening: Opening) {
    this.#res = res as ServerResponse;
    this.#opening = opening;
  }

  /** Begins to pull chunks. */
  start(source: ChunkSource): void {
    const res = this.#res;
    this.#source = source;
    // The `close` that follows an error of the socket cancels the source.
    res.on('error', noop);
    onLeft(res, () => {
      this.#end()?.cancel().catch(noop);
    });
    this.#alone = asyncScheduler.schedule(() => {
      try {
        this.#open();
        res.flushHeaders();
      } catch (error) {
        this.#fail(error);
      }
    }, HEAD_ALONE);
    this.pull();
  }

  /** Pulls the next chunk, unless the socket has no room. */
  pull(): void {
    if (!this.#isFull) this.#source?.pull();
  }

  enqueue(chunk: Uint8Array): void {
    const source = this.#source;
    // After the client has disconnected, more pulls would delay the `close` event for as long as the source has chunks.
    if (!source || isOver(this.#res)) return;
    const { givesAll } = source;
    // Schedules the pull before the write, because Node schedules its send at the write. A chunk that the source gives
    // in that pull then goes out in the same packet.
    if (!givesAll && pulling.push(this) === 1) nextTick(pullAll);
    try {
      this.#open();
      if (this.#res.write(bufferOf(chunk))) {
        if (givesAll) source.pull();
        return;
      }
    } catch (error) {
      this.#fail(error);
      return;
    }
    this.#isFull = true;
    this.#res.once('drain', () => {
      this.#isFull = false;
      this.pull();
    });
  }

  close(): void {
    if (!this.#source) return;
    try {
      this.#open();
      this.#res.end();
    } catch (error) {
      this.#fail(error);
    }
    this.#end();
  }

  error(error: unknown): void {
    const opening = this.#opening;
    if (!this.#end()) return;
    if (opening) opening.refuse(error, true);
    else cutOff(this.#res, isStreamOverflowError(error));
  }

  /** Sends the head, unless it was sent before. Throws for a header that Node refuses. */
  #open(): void {
    if (!this.#opening) return;
    this.#alone?.unsubscribe();
    this.#alone = undefined;
    this.#opening.head();
    this.#opening = undefined;
  }

  /** Fails with an error of Node, which refuses invalid headers and a body that is longer than its `content-length`. */
  #fail(error: unknown): void {
    const opening = this.#opening;
    this.#end()?.cancel().catch(noop);
    if (opening) opening.refuse(error, false);
    else cutOff(this.#res, false);
  }

  /** Stops pulling, and returns the source if it was not stopped before. */
  #end(): ChunkSource | undefined {
    const source = this.#source;
    this.#source = undefined;
    this.#opening = undefined;
    this.#alone?.unsubscribe();
    return source;
  }
}
