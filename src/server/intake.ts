import { Observable, defer } from 'rxjs';
import type { Observer, Subscriber, TeardownLogic } from 'rxjs';
import { cursorOf } from '../feed/cursor';
import type { StreamSource } from '../operators/nativeObservable';
import { pullOf } from '../operators/pullable';
import type { BodyEnds } from './bodyEnds';
import type { BodyLife } from './bodyLife';
import type { BodySource } from './bodyOptions';
import type { BodySettings } from './bodySettings';
import { CursorTap } from './cursorTap';
import { Demand } from './demand';
import { guarded } from './guarded';
import { heartbeat } from './heartbeat';
import { lastEventId } from './lastEventId';
import { MAX_DELAY } from '../protocol/limits';
import type { Outlet } from './outlet';
import { inputOf, pulled } from './pulled';

/** The way in of a body: subscribes its source, which is pulled where it can wait, or opens its cursor. */
export class Intake<T> {
  isOpen = false;
  /** The source is a reader, which waits as well. */
  isReader = false;
  readonly #source: BodySource<T>;
  readonly #settings: BodySettings<T>;
  readonly #outlet: Outlet<T>;
  readonly #life: BodyLife;
  readonly #ends: BodyEnds;
  #tap: CursorTap | undefined;
  #demand: Demand | undefined;
  #values: Subscriber<T> | undefined;

  constructor(
    source: BodySource<T>,
    settings: BodySettings<T>,
    outlet: Outlet<T>,
    life: BodyLife,
    ends: BodyEnds,
  ) {
    this.#source = typeof source === 'function' ? source : inputOf(source);
    this.#settings = settings;
    this.#outlet = outlet;
    this.#life = life;
    this.#ends = ends;
  }

  /** Whether the source makes values when it is asked. */
  get isPulled(): boolean {
    return this.#demand?.isObserved === true;
  }

  /** Whether there is always more for a client that takes all at once. */
  get isUnending(): boolean {
    return this.isPulled || this.#tap !== undefined;
  }

  /** @param body - Receives what the source gives. */
  open(body: Observer<T>): void {
    new Observable<T>((subscriber) => {
      this.#values = guarded(subscriber, (error) => {
        this.#life.torn(error);
      });
      // At once, so that a source which emits while it is being subscribed can be stopped.
      this.#life.source = subscriber;
      return this.#connect(subscriber);
    }).subscribe(body);
  }

  #connect(subscriber: Subscriber<T>): TeardownLogic {
    const source = this.#source;
    const { request, stallTimeout } = this.#settings;
    const input = typeof source === 'function' ? inputOf(source(request && lastEventId(request))) : source;
    const outlet = this.#outlet;
    const openCursor = outlet.takesCursor ? cursorOf(input) : undefined;
    if (!openCursor) {
      if (outlet.heartbeatInterval) subscriber.add(heartbeat(outlet, outlet.heartbeatInterval));
      return this.#valuesOf(input).subscribe(subscriber);
    }
    const tap = (this.#tap = new CursorTap(openCursor, outlet, this.#ends, subscriber, stallTimeout));
    if (tap.interval <= MAX_DELAY) subscriber.add(heartbeat(tap, tap.interval));
    return () => {
      tap.close();
    };
  }

  /** Answers a read with what a cursor has. */
  take(): void {
    this.#tap?.take();
  }

  /** Settles the first value for a response that waits for it, where a cursor says whether there is one. */
  peek(): void {
    this.#tap?.peek();
  }

  /** Asks the source for more, if it can wait. */
  ask(): void {
    this.#demand?.ask();
  }

  /** Fails as if the source had. */
  fail(error: unknown): void {
    this.#values?.error(error);
  }

  #valuesOf(source: StreamSource<T>): Observable<T> {
    const demanded = (): Demand => (this.#demand = new Demand(this.#outlet));
    const pull = pullOf<T>(source);
    this.isReader = pull !== undefined;
    return (
      pull?.(demanded()) ??
      pulled(
        source,
        defer(() => demanded().asked),
        () => this.#demand?.isHungry() === true,
        (result) => {
          this.#life.stopping(result);
        },
      )
    );
  }
}
