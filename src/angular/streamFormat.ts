import type { Observable } from 'rxjs';
import type { LifecycleEvent } from '../client/lifecycle';
import type { StreamFetch } from '../client/streamInit';

/**
 * The reading of a stream by a resource: its requests `R`, its values `V`, and the parts `W` that a server receives and
 * hands over to the browser.
 */
export interface StreamFormat<R, V, W> {
  /**
   * Reads the stream of one request.
   *
   * @param record - Called with what is received, before it is parsed.
   */
  readonly read: (
    request: R,
    fetch: StreamFetch,
    record: ((received: W) => void) | undefined,
  ) => Observable<LifecycleEvent<V>>;
  /** Makes the values of what was handed over. */
  readonly valuesOf: (received: readonly W[]) => Observable<V>;
  /** Returns the request that continues after what was handed over. Unset if the stream has to begin anew. */
  readonly continuing: (request: R, received: readonly W[]) => R | undefined;
}
