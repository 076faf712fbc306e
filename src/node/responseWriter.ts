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
export type ChunkSource = Pick<DirectBody, 'pull' | 'cancel'>;

/** Time after which the headers go out without a byte of the body, in milliseconds. */
const HEAD_ALONE = 100;

const ask = (writer: ResponseWriter): void => {
  writer.ask();
};

/**
 * Writes chunks to a response, each as soon as the client has room for it. Hand-written: a server of a thousand clients
 * spends its time here.
 */
export class ResponseWriter implements BodySink {
  /** Of HTTP/2 as well, whose types lack `flushHeaders`. */
  readonly #res: ServerResponse;
  /** Answers a failure before the first byte; unset after it. */
  #refuse: ((error: unknown) => void) | undefined;
  #source: ChunkSource | undefined;
  #head: Subscription | undefined;
  #isHeldBack = false;

  constructor(res: NodeResponse, refuse: (error: unknown) => void) {
    this.#res = res as ServerResponse;
    this.#refuse = refuse;
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
    this.#head = asyncScheduler.schedule(() => {
      this.#begin();
      res.flushHeaders();
    }, HEAD_ALONE);
    this.ask();
  }

  ask(): void {
    if (!this.#isHeldBack) this.#source?.pull();
  }

  enqueue(chunk: Uint8Array): void {
    if (!this.#source || isOver(this.#res)) return;
    this.#begin();
    // Before the write: Node sends what is written in one turn of its loop after this, so that what the source gives
    // meanwhile goes out in the same packet.
    nextTick(ask, this);
    if (this.#res.write(chunk)) return;
    this.#isHeldBack = true;
    this.#res.once('drain', () => {
      this.#isHeldBack = false;
      this.ask();
    });
  }

  close(): void {
    if (!this.#end()) return;
    this.#res.end();
  }

  error(error: unknown): void {
    const refuse = this.#refuse;
    if (!this.#end()) return;
    if (refuse) refuse(error);
    else cutOff(this.#res, isStreamOverflowError(error));
  }

  #begin(): void {
    this.#refuse = undefined;
    this.#head?.unsubscribe();
    this.#head = undefined;
  }

  /** Takes no more chunks. */
  #end(): ChunkSource | undefined {
    const source = this.#source;
    this.#source = undefined;
    this.#begin();
    return source;
  }
}
