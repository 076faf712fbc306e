import { Observable, defer } from 'rxjs';
import type { Observer, Subscriber } from 'rxjs';
import type { StreamSource } from '../operators/nativeObservable';
import { pullOf } from '../operators/pullable';
import type { BodyLife } from './bodyLife';
import type { BodySource } from './bodyOptions';
import { Demand } from './demand';
import { guarded } from './guarded';
import { heartbeat } from './heartbeat';
import { lastEventId } from './lastEventId';
import type { Outlet } from './outlet';
import { inputOf, pulled } from './pulled';

/** The way in of a body: subscribes its source, which is pulled where it can wait. */
export class Intake<T> {
  isOpen = false;
  /** The source is a reader, which waits as well. */
  isReader = false;
  readonly #source: BodySource<T>;
  readonly #life: BodyLife;
  readonly #outlet: Outlet<T>;
  #demand: Demand | undefined;
  #values: Subscriber<T> | undefined;

  constructor(source: BodySource<T>, life: BodyLife, outlet: Outlet<T>) {
    this.#source = typeof source === 'function' ? source : inputOf(source);
    this.#life = life;
    this.#outlet = outlet;
  }

  /** Whether the source makes values when it is asked. */
  get isPulled(): boolean {
    return this.#demand?.isObserved === true;
  }

  /** @param body - Receives what the source gives. */
  open(body: Observer<T>, request: Request | undefined): void {
    new Observable<T>((subscriber) => {
      this.#values = guarded(subscriber, (error) => {
        this.#life.torn(error);
      });
      // At once, so that a source which emits while it is being subscribed can be stopped.
      this.#life.source = subscriber;
      const { heartbeatInterval } = this.#outlet;
      if (heartbeatInterval) subscriber.add(heartbeat(this.#outlet, heartbeatInterval));
      const source = this.#source;
      const input = typeof source === 'function' ? inputOf(source(request && lastEventId(request))) : source;
      return this.#valuesOf(input).subscribe(subscriber);
    }).subscribe(body);
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
