import { Observable, asyncScheduler, defer } from 'rxjs';
import type { Observer, Subscriber, TeardownLogic } from 'rxjs';
import { cursorOf } from '../feed/cursor';
import type { StreamSource } from '../flow/observed';
import { pullOf } from '../flow/pullable';
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
import { inputOf } from './inputOf';
import { onDemand } from './onDemand';

/**
 * How much of a source is taken without a rest, in bytes. Servers that write at once read on in a microtask: a client
 * that takes all would keep the event loop from all others.
 */
const REST_AFTER = 2_097_152;

/** The way in of a body: subscribes its source, which is onDemand where it can wait, or opens its cursor. */
export class Intake<T> {
  isOpen = false;
  /** What the source gives now comes before the answer to a read. */
  isAsking = false;
  /** The source is a reader, which waits as well. */
  isReader = false;
  /** Takes from a cursor, where the source has one. */
  tap: CursorTap | undefined;
  readonly #source: BodySource<T>;
  readonly #settings: BodySettings<T>;
  readonly #outlet: Outlet<T>;
  readonly #life: BodyLife;
  readonly #ends: BodyEnds;
  /** Is held on to: Node forgets the listeners of a `Request` that was collected. */
  #request: Request | undefined;
  /** The reader tells when the client leaves. */
  #isTold = false;
  #demand: Demand | undefined;
  #values: Subscriber<T> | undefined;

  constructor(
    source: BodySource<T>,
    settings: BodySettings<T>,
    outlet: Outlet<T>,
    life: BodyLife,
    ends: BodyEnds,
    request: Request | undefined,
  ) {
    this.#source = typeof source === 'function' ? source : inputOf(source);
    this.#settings = settings;
    this.#outlet = outlet;
    this.#life = life;
    this.#ends = ends;
    this.#request = request;
  }

  /** Whether the source makes values when it is asked. */
  get isPulled(): boolean {
    return this.#demand?.isObserved === true;
  }

  /** Whether other clients are to have their turn before more is taken. */
  get mustRest(): boolean {
    const outlet = this.#outlet;
    if (outlet.unrested < REST_AFTER || !(this.isPulled || this.tap)) return false;
    outlet.unrested = 0;
    return true;
  }

  /**
   * Starts the source or asks it for more, and says whether it was started.
   *
   * @param body - Receives what the source gives.
   */
  ask(body: Observer<T>): boolean {
    const isFirst = !this.isOpen;
    this.isAsking = this.#outlet.isWanted = true;
    if (isFirst) this.#open(body);
    this.#demand?.ask();
    this.isAsking = false;
    return isFirst;
  }

  /** Leaves it to a reader to tell when the client of the request leaves, if it does. */
  leaveTo(isTold: (request: Request) => boolean): void {
    this.#isTold = this.#request !== undefined && isTold(this.#request);
  }

  /** Fails as if the source had. */
  fail(error: unknown): void {
    this.#values?.error(error);
  }

  #open(body: Observer<T>): void {
    const { signal } = this.#settings;
    this.isOpen = true;
    this.#outlet.lastWrite = asyncScheduler.now();
    this.#life.begin();
    this.#ends.listen(this.#isTold ? undefined : this.#request?.signal, signal);
    if (this.#life.isOver) return;
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
    const { stallTimeout } = this.#settings;
    const request = this.#request;
    if (this.#isTold) this.#request = undefined;
    const input = typeof source === 'function' ? inputOf(source(request && lastEventId(request))) : source;
    const outlet = this.#outlet;
    const openCursor = outlet.framing.takesCursor ? cursorOf(input) : undefined;
    if (!openCursor) {
      const ms = outlet.framing.heartbeat;
      if (ms) subscriber.add(heartbeat(outlet, ms));
      return this.#valuesOf(input).subscribe(subscriber);
    }
    const tap = (this.tap = new CursorTap(openCursor, outlet, this.#ends, subscriber, stallTimeout));
    if (tap.interval <= MAX_DELAY) subscriber.add(heartbeat(tap, tap.interval));
    return () => {
      tap.close();
    };
  }

  #valuesOf(source: StreamSource<T>): Observable<T> {
    const demanded = (): Demand => (this.#demand = new Demand(this.#outlet));
    const pull = pullOf<T>(source);
    this.isReader = pull !== undefined;
    return (
      pull?.(demanded()) ??
      onDemand(
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
