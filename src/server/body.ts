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

/** Bytes pass as they are. */
type Value<T> = T | Uint8Array;

/** Cheaper than `queueMicrotask`, whose every call makes a resource in Node. */
const SETTLED = /* @__PURE__ */ Promise.resolve();

/**
 * One object that the stream reads from and that observes the source, with private members and few objects around it: a
 * delivery to a thousand clients costs what it touches of each, and each that is idle what it holds.
 */
export class Body<T> implements Observer<Value<T>>, DirectBody {
  readonly #settings: BodySettings<Value<T>>;
  readonly #outlet: Outlet<T>;
  readonly #life: BodyLife;
  readonly #ends: BodyEnds;
  readonly #intake: Intake<Value<T>>;
  /** Looks after a client for which something waits. */
  #watch: ConsumerWatch | undefined;

  constructor(
    source: BodySource<Value<T>>,
    framing: Framing<T>,
    settings: BodySettings<Value<T>>,
    request: Request | undefined,
  ) {
    this.#settings = settings;
    const outlet = (this.#outlet = new Outlet(framing));
    const life = (this.#life = new BodyLife(settings.onEnd, outlet));
    this.#ends = new BodyEnds(outlet, life);
    this.#intake = new Intake(source, settings, outlet, life, this.#ends, request);
  }

  start(controller: ReadableStreamDefaultController<Uint8Array>): void {
    this.#outlet.sink = controller;
  }

  get ends(): BodyEnds {
    return this.#ends;
  }

  get givesAll(): boolean {
    return this.#intake.tap !== undefined;
  }

  sendTo(sink: BodySink, isTold: (request: Request) => boolean): boolean {
    if (this.#life.isOver) return false;
    this.#outlet.sink = sink;
    this.#intake.leaveTo(isTold);
    return true;
  }

  pull(): void {
    this.#ends.first?.read();
    this.#watch?.read();
    const { mustRest, isOpen, isPulled } = this.#intake;
    if (isOpen && !isPulled && !mustRest) this.#answer();
    else {
      const answer = (): void => {
        this.#answer();
      };
      if (mustRest) this.#life.later(0, answer);
      else this.#life.inContext(answer);
    }
  }

  cancel(): Promise<void> {
    return this.#ends.cancel();
  }

  insert(write: (outlet: Outlet<T>) => void): void {
    write(this.#outlet);
    this.#send();
  }

  first(): ReturnType<BodyEnds['awaitFirst']> {
    const first = this.#ends.awaitFirst(this.#settings.stallTimeout);
    // The response is being made, in its context.
    this.#life.inContext(() => {
      this.#look(this.#intake.ask(this));
      this.#intake.tap?.peek();
    }, true);
    return first;
  }

  /** Formats here and not in a `map`: with a thousand clients each operator on the way costs a tenth of a delivery. */
  next(value: Value<T>): void {
    if (this.#life.isOver) return;
    const outlet = this.#outlet;
    let frame: Frame;
    try {
      frame = outlet.accept(value);
    } catch (error) {
      this.#intake.fail(error);
      return;
    }
    if (outlet.bytes === 0) this.#ends.first?.settle();
    const { isReading } = outlet;
    if (frame.length === 0) return;
    if (isReading && typeof frame !== 'string' && outlet.isEmpty) {
      outlet.write(frame, 1);
      return;
    }
    outlet.queue.push({ value: typeof this.#settings.overflow === 'function' ? value : undefined, frame });
    if (!isReading) {
      if (!this.#intake.isAsking) this.#look();
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
      this.#ends.fail(error, this.#settings.mapError);
      this.#send();
    });
  }

  complete(): void {
    try {
      this.#ends.complete();
    } catch (error) {
      this.error(error);
      return;
    }
    this.#send();
  }

  #answer(): void {
    if (this.#life.isOver) return;
    const isFirst = this.#intake.ask(this);
    this.#outlet.isReading = true;
    this.#send();
    const { tap } = this.#intake;
    if (tap) tap.take();
    else this.#look(isFirst);
  }

  #send(): void {
    if (this.#life.isOver) return;
    const end = this.#outlet.send();
    this.#watch?.shifted();
    if (end) this.#ends.end(end);
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
