import { asyncScheduler } from 'rxjs';
import type { Observer } from 'rxjs';
import { BodyEnds } from './bodyEnds';
import { BodyLife } from './bodyLife';
import type { BodySource } from './bodyOptions';
import type { BodySettings } from './bodySettings';
import { consumerWatch } from './consumerWatch';
import type { ConsumerWatch } from './consumerWatch';
import type { Frame } from './frameQueue';
import type { Framing } from './framing';
import { Intake } from './intake';
import { Outlet } from './outlet';
import { publicReason } from './publicReason';
import type { StreamBody } from './streamBody';

/** Cheaper than `queueMicrotask`, whose every call makes a resource in Node. */
const SETTLED = /* @__PURE__ */ Promise.resolve();
/**
 * How much of a source is pulled without a rest, in bytes. Servers that write at once read on in a microtask: a client
 * that takes all would keep the event loop from all others.
 */
const REST_AFTER = 2_097_152;
/** Nothing is made before it is read. */
const LAZY = { highWaterMark: 0 };

/**
 * One object that the stream reads from and that observes the source, with private members and few objects around it: a
 * delivery to a thousand clients costs what it touches of each, and each that is idle what it holds.
 */
export class Body<T> implements StreamBody, Observer<T | Uint8Array> {
  readonly stream: ReadableStream<Uint8Array>;
  readonly #settings: BodySettings<T | Uint8Array>;
  readonly #outlet: Outlet<T>;
  readonly #life: BodyLife;
  readonly #ends: BodyEnds;
  readonly #intake: Intake<T | Uint8Array>;
  /** Looks after a client for which something waits. */
  #watch: ConsumerWatch | undefined;
  /** What the source gives now comes before the answer to a read. */
  #isAsking = false;

  constructor(
    source: BodySource<T | Uint8Array>,
    framing: Framing<T>,
    settings: BodySettings<T | Uint8Array>,
  ) {
    this.#settings = settings;
    const outlet = (this.#outlet = new Outlet(framing));
    const life = (this.#life = new BodyLife(settings.onEnd, outlet));
    this.#ends = new BodyEnds(outlet, life);
    this.#intake = new Intake(source, settings, outlet, life, this.#ends);
    this.stream = new ReadableStream<Uint8Array>(this, LAZY);
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#outlet.controller = controller;
  }

  pull(): void {
    this.#ends.read();
    this.#watch?.read();
    const outlet = this.#outlet;
    const intake = this.#intake;
    if (outlet.unrested >= REST_AFTER && intake.isUnending) {
      outlet.unrested = 0;
      this.#life.later(0, () => {
        this.#answerInContext();
      });
    } else if (intake.isOpen && !intake.isPulled) this.#answer();
    else this.#answerInContext();
  }

  /** Settles after the teardown, which is a task, too. */
  async cancel(): Promise<void> {
    this.#ends.drop('left');
    await new Promise<void>((resolve) => {
      this.#life.inContext(resolve);
    });
  }

  first(): ReturnType<StreamBody['first']> {
    const first = this.#ends.awaitFirst(this.#settings.stallTimeout);
    // The response is being made, in its context.
    this.#life.inContext(() => {
      this.#look(this.#ask());
      this.#intake.peek();
    }, true);
    return first;
  }

  /** Formats here and not in a `map`: with a thousand clients each operator on the way costs a tenth of a delivery. */
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
    if (outlet.bytes === 0) this.#ends.settle();
    if (frame.length === 0) return;
    const { isReading } = outlet;
    if (isReading && typeof frame !== 'string' && outlet.isEmpty) {
      outlet.write(frame, 1);
      return;
    }
    outlet.queue.push({ value: typeof this.#settings.overflow === 'function' ? value : undefined, frame });
    if (!isReading) {
      if (!this.#isAsking) this.#look();
    } else if (outlet.queue.size === 1) {
      // A burst goes out in one go: encoding costs by the call, and sending too.
      void SETTLED.then(() => {
        this.#send();
      });
    }
  }

  error(error: unknown): void {
    const life = this.#life;
    if (life.isOver) return;
    life.failed(error);
    life.inContext(() => {
      if (life.isOver) return;
      const reason = publicReason(error, this.#settings.mapError);
      this.#outlet.fail(error, reason);
      this.#ends.fail(error, reason);
      this.#send();
    });
  }

  complete(): void {
    try {
      this.#outlet.complete();
    } catch (error) {
      this.error(error);
      return;
    }
    this.#ends.settle();
    this.#send();
  }

  #answerInContext(): void {
    this.#life.inContext(() => {
      this.#answer();
    });
  }

  #answer(): void {
    if (this.#life.isOver) return;
    const isFirst = this.#ask();
    this.#outlet.isReading = true;
    this.#send();
    this.#intake.take();
    this.#look(isFirst);
  }

  /** Starts the source or asks it for more, and says whether it was started. */
  #ask(): boolean {
    const isFirst = !this.#intake.isOpen;
    this.#isAsking = this.#outlet.isWanted = true;
    if (isFirst) this.#begin();
    this.#intake.ask();
    this.#isAsking = false;
    return isFirst;
  }

  #begin(): void {
    const { request, signal } = this.#settings;
    this.#intake.isOpen = true;
    this.#outlet.lastWrite = asyncScheduler.now();
    this.#life.begin();
    this.#ends.listen(request, signal);
    if (!this.#life.isOver) this.#intake.open(this);
  }

  #send(): void {
    if (this.#life.isOver) return;
    const end = this.#outlet.send();
    this.#watch?.shifted();
    if (end) this.#ends.end(end.failed, end.error);
  }

  /** Looks after what waits, if anything does. What came while the source was started could not be held back. */
  #look(isFirst = false): void {
    const outlet = this.#outlet;
    const isHeldBack = this.#intake.isReader && outlet.waiting <= this.#settings.maxBufferedBytes;
    if (outlet.isEmpty || isHeldBack || this.#life.isOver) return;
    this.#watch ??= consumerWatch(outlet, this.#settings, this.#ends, this.#life);
    if (isFirst) this.#watch.exempt();
    this.#watch.queued();
  }
}
