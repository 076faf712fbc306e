import type { Observer } from 'rxjs';
import { BodyEnds } from './bodyEnds';
import { BodyLife } from './bodyLife';
import type { BodySource } from './bodyOptions';
import type { BodySettings } from './bodySettings';
import { consumerWatch } from './consumerWatch';
import type { ConsumerWatch } from './consumerWatch';
import type { BodySink, DirectBody } from './directBody';
import type { Frame } from './frameQueue';
import type { Framing } from '../protocol/framing';
import { Intake } from './intake';
import { Outlet } from './outlet';

/** Cheaper than `queueMicrotask`, whose every call makes a resource in Node. */
const SETTLED = /* @__PURE__ */ Promise.resolve();

/**
 * Underlying source of a ReadableStream and observer of the application's source in one object: with a thousand
 * clients, a delivery costs what it touches of each client, and an idle client what it keeps in memory.
 */
export class Body<T> implements Observer<T | Uint8Array>, DirectBody {
  readonly ends: BodyEnds;
  readonly #settings: BodySettings<T | Uint8Array>;
  readonly #outlet: Outlet<T>;
  readonly #life: BodyLife;
  readonly #intake: Intake<T | Uint8Array>;
  /** Watches a client for which frames are buffered. */
  #watch: ConsumerWatch | undefined;
  /** Sends the buffered frames. Made once, because a closure for each burst would cost a part of it. */
  #sending: (() => void) | undefined;

  constructor(
    source: BodySource<T | Uint8Array>,
    framing: Framing<T>,
    settings: BodySettings<T | Uint8Array>,
    request: Request | undefined,
  ) {
    this.#settings = settings;
    const outlet = (this.#outlet = new Outlet(framing));
    const life = (this.#life = new BodyLife(settings.onEnd, outlet));
    this.ends = new BodyEnds(outlet, life);
    this.#intake = new Intake(source, settings, outlet, life, this.ends, request);
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#outlet.sink = controller;
  }

  get givesAll(): boolean {
    return this.#intake.tap !== undefined;
  }

  sendTo(sink: BodySink, willCancel: (request: Request) => boolean): boolean {
    if (this.#life.isOver) return false;
    this.#outlet.sink = sink;
    this.#intake.release(willCancel);
    return true;
  }

  pull(): void {
    this.ends.first?.read();
    this.#watch?.read();
    const { mustRest, isOpen, isPulled } = this.#intake;
    if (mustRest) this.#life.later(0, this.#answer.bind(this));
    else if (isPulled || !isOpen) this.#life.inContext(this.#answer.bind(this));
    else this.#answer();
  }

  cancel(): Promise<void> {
    return this.ends.cancel();
  }

  insert(write: (outlet: Outlet<T>) => void): void {
    write(this.#outlet);
    this.#send();
  }

  /** Subscribes to the source before the first read, and waits for its first value. */
  first(): ReturnType<BodyEnds['awaitFirst']> {
    return this.ends.awaitFirst(this.#settings.stallTimeout, () => {
      this.#watchConsumer(this.#intake.ask(this));
      this.#intake.tap?.peek();
    });
  }

  /** Formats here and not in a `map`: with a thousand clients, each operator adds a tenth to the cost of a delivery. */
  next(value: T | Uint8Array): void {
    if (this.#life.isOver) return;
    const outlet = this.#outlet;
    let frame: Frame;
    try {
      frame = outlet.accept(value);
    } catch (error) {
      this.#intake.fail(error);
      return;
    }
    const { isEmpty, isReading, bytes } = outlet;
    if (bytes === 0) this.ends.first?.settle();
    if (frame.length === 0) return;
    if (isReading && typeof frame !== 'string' && isEmpty) {
      outlet.write(frame, 1);
      return;
    }
    if (!(isReading && typeof frame === 'string' && outlet.join(frame))) {
      outlet.queue.push({ value: typeof this.#settings.overflow === 'function' ? value : undefined, frame });
    }
    // Sends the frames of a burst in one chunk, because encoding and sending cost by the call.
    if (isReading && isEmpty) void SETTLED.then((this.#sending ??= this.#send.bind(this)));
    else if (!isReading && !this.#intake.isAsking) this.#watchConsumer();
  }

  error(error: unknown): void {
    this.ends.fail(error, this.#settings.mapError, () => {
      this.#send();
    });
  }

  complete(): void {
    this.ends.complete(this.#settings.mapError, () => {
      this.#send();
    });
  }

  #answer(): void {
    if (this.#life.isOver) return;
    const isFirst = this.#intake.ask(this);
    this.#outlet.isReading = true;
    this.#send();
    if (this.#intake.tap) this.#intake.tap.take();
    else this.#watchConsumer(isFirst);
  }

  #send(): void {
    if (this.#life.isOver) return;
    const end = this.#outlet.send();
    this.#watch?.shifted();
    if (end) this.ends.end(end);
  }

  /** Watches the consumer if frames are buffered, except those of a reader within `maxBufferedBytes`. */
  #watchConsumer(isFirst = false): void {
    const outlet = this.#outlet;
    const isHeldBack = this.#intake.isReader && outlet.waiting <= this.#settings.maxBufferedBytes;
    if (outlet.isEmpty || isHeldBack || this.#life.isOver) return;
    this.#watch ??= consumerWatch(outlet, this.#settings, this.ends, this.#life);
    this.#watch.queued(isFirst);
  }
}
