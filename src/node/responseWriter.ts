import { Buffer } from 'node:buffer';
import type { ServerResponse } from 'node:http';
import { nextTick } from 'node:process';
import { asyncScheduler, noop } from 'rxjs';
import type { Subscription } from 'rxjs';
import { isStreamOverflowError } from '../errors';
import type { BodySink, DirectBody } from '../server/directBody';
import { cutOff } from './cutOff';
import { isOver } from './exchange';
import type { NodeResponse } from './exchange';
import { onLeft } from './onLeft';

/** Gives a sink the next chunk, or the end, each time that it is asked. */
export type ChunkSource = Pick<DirectBody, 'givesAll' | 'pull' | 'cancel'>;

/** The beginning of a response, which is still to be made. */
export interface Opening {
  /** Sends the status and the headers. Throws for a header that Node refuses. */
  head(): void;
  /**
   * Answers with a failure instead.
   *
   * @param isSound - Whether the headers are such as can be sent.
   */
  refuse(error: unknown, isSound: boolean): void;
}

/** Time after which the headers go out without a byte of the body, in milliseconds. */
const HEAD_ALONE = 100;

/** Writers that ask for more once this turn of the event loop is over: a tick of its own for each costs a twentieth. */
let asking: ResponseWriter[] = [];

const askAll = (): void => {
  const writers = asking;
  asking = [];
  for (const writer of writers) writer.ask();
};

/** Chunks of bodies are rarely longer, and a longer one is not kept. */
const SHARED = 131_072;

let shared: Uint8Array | undefined;
let sharedBuffer: Uint8Array | undefined;

/** The same bytes as a `Buffer`, which Node would make of them for each of the clients that they go to. */
function bufferOf(chunk: Uint8Array): Uint8Array {
  if (shared === chunk && sharedBuffer) return sharedBuffer;
  if (chunk.byteLength > SHARED) return chunk;
  shared = chunk;
  return (sharedBuffer = Buffer.from(chunk.buffer, chunk.byteOffset, chunk.byteLength));
}

/**
 * Writes chunks to a response, each as soon as the client has room for it. Hand-written: a server of a thousand clients
 * spends its time here.
 */
export class ResponseWriter implements BodySink {
  /** Of HTTP/2 as well, whose types lack `flushHeaders`. */
  readonly #res: ServerResponse;
  #opening: Opening | undefined;
  #alone: Subscription | undefined;
  #source: ChunkSource | undefined;
  #isHeldBack = false;

  constructor(res: NodeResponse, opening: Opening) {
    this.#res = res as ServerResponse;
    this.#opening = opening;
  }

  /** Begins to take chunks. */
  start(source: ChunkSource): void {
    const res = this.#res;
    this.#source = source;
    // What a socket fails with is followed by its close.
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
    this.ask();
  }

  ask(): void {
    if (!this.#isHeldBack) this.#source?.pull();
  }

  enqueue(chunk: Uint8Array): void {
    const source = this.#source;
    // The client has left and `close` is still to come, which a source that is pulled on and on would put off for ever.
    if (!source || isOver(this.#res)) return;
    const { givesAll } = source;
    // Before the write: Node sends what is written in one turn of its loop after this, so that what the source gives
    // meanwhile goes out in the same packet.
    if (!givesAll && asking.push(this) === 1) nextTick(askAll);
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
    this.#isHeldBack = true;
    this.#res.once('drain', () => {
      this.#isHeldBack = false;
      this.ask();
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

  /** Sends the head, unless it was sent. Throws for a header that Node refuses. */
  #open(): void {
    if (!this.#opening) return;
    this.#alone?.unsubscribe();
    this.#alone = undefined;
    this.#opening.head();
    this.#opening = undefined;
  }

  /** Fails with what Node throws: for headers that it refuses, and for a body that is longer than they say. */
  #fail(error: unknown): void {
    const opening = this.#opening;
    this.#end()?.cancel().catch(noop);
    if (opening) opening.refuse(error, false);
    else cutOff(this.#res, false);
  }

  /** Takes no more chunks. */
  #end(): ChunkSource | undefined {
    const source = this.#source;
    this.#source = undefined;
    this.#opening = undefined;
    this.#alone?.unsubscribe();
    return source;
  }
}
