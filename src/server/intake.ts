import { Observable, asyncScheduler, defer } from 'rxjs';
import type { Observer, Subscriber, TeardownLogic } from 'rxjs';
import { cursorOf } from '../feed/cursor';
import type { CursorTap } from '../feed/cursorTap';
import { heartbeat } from '../flow/heartbeat';
import type { StreamSource } from '../flow/observed';
import { pullOf } from '../flow/pullable';
import type { BodyEnds } from './bodyEnds';
import type { BodyLife } from './bodyLife';
import type { BodySource } from './bodyOptions';
import type { BodySettings } from './bodySettings';
import { Demand } from './demand';
import { guarded } from './guarded';
import { lastEventId } from './lastEventId';
import type { Outlet } from './outlet';
import { inputOf } from './inputOf';
import { onDemand } from './onDemand';

/**
 * Bytes that a body takes from its source before it yields to other clients. A server that writes at once reads on in a
 * microtask, so one client that takes everything would block the event loop for all others.
 */
const REST_AFTER = 2_097_152;

/** Input side of a body: opens the cursor of its source, or subscribes to it with back-pressure where it can. */
export class Intake<T> {
  isOpen = false;
  /** Whether `ask` is running. Its caller then sends the values that the source emits, and watches the consumer. */
  isAsking = false;
  /** Whether the source is a reader such as `fromNdjsonFetch`, which supports back-pressure. */
  isReader = false;
  /** Takes from the cursor of the source, if it has one. */
  tap: CursorTap | undefined;
  readonly #source: BodySource<T>;
  readonly #settings: BodySettings<T>;
  readonly #outlet: Outlet<T>;
  readonly #life: BodyLife;
  readonly #ends: BodyEnds;
  /** Kept in memory, because Node drops the abort listeners of a `Request` that was garbage-collected. */
  #request: Request | undefined;
  /** Whether the consumer cancels the body when the client disconnects. */
  #willCancel = false;
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

  /** Whether the source emits on demand. */
  get isPulled(): boolean {
    return this.#demand?.isObserved === true;
  }

  /** Whether the body has to yield to other clients before it takes more. */
  get mustRest(): boolean {
    const outlet = this.#outlet;
    if (outlet.unrested < REST_AFTER || !(this.isPulled || this.tap)) return false;
    outlet.unrested = 0;
    return true;
  }

  /**
   * Starts the source or requests more from it. Returns whether this call has started the source.
   *
   * @param body - Receives the values and the end of the source.
   */
  ask(body: Observer<T>): boolean {
    const isFirst = !this.isOpen;
    this.isAsking = this.#outlet.isWanted = true;
    if (isFirst) this.#open(body);
    this.#demand?.ask();
    this.isAsking = false;
    return isFirst;
  }

  /** Releases the request and ignores its signal, if the consumer cancels the body when the client disconnects. */
  release(willCancel: (request: Request) => boolean): void {
    this.#willCancel = this.#request !== undefined && willCancel(this.#request);
  }

  /** Fails as if the source had failed. */
  fail(error: unknown): void {
    this.#values?.error(error);
  }

  #open(body: Observer<T>): void {
    const { signal } = this.#settings;
    this.isOpen = true;
    this.#outlet.lastWrite = asyncScheduler.now();
    this.#life.begin();
    this.#ends.listen(this.#willCancel ? undefined : this.#request?.signal, signal);
    if (this.#life.isOver) return;
    new Observable<T>((subscriber) => {
      this.#values = guarded(subscriber, (error) => {
        this.#life.torn(error);
      });
      // Set before the subscription, so that a source which emits while it is being subscribed can be stopped.
      this.#life.source = subscriber;
      return this.#connect(subscriber);
    }).subscribe(body);
  }

  #connect(subscriber: Subscriber<T>): TeardownLogic {
    const source = this.#source;
    const { stallTimeout } = this.#settings;
    const request = this.#request;
    if (this.#willCancel) this.#request = undefined;
    const input = typeof source === 'function' ? inputOf(source(request && lastEventId(request))) : source;
    const outlet = this.#outlet;
    const feed = outlet.framing.takesCursor ? cursorOf(input) : undefined;
    if (feed) {
      this.tap = feed.tap(outlet, this.#ends, subscriber, stallTimeout);
      return undefined;
    }
    const ms = outlet.framing.heartbeat;
    if (ms) subscriber.add(heartbeat(outlet, ms));
    return this.#valuesOf(input).subscribe(subscriber);
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
