import type { Observable } from 'rxjs';
import type { LifecycleEvent } from './lifecycle';
import type { StreamInit, StreamInput, StreamResponse } from './streamInit';

/** State of one subscription to a reader. */
export interface Session {
  readonly input: StreamInput;
  readonly init: StreamInit;
  /** Emits an event of the lifecycle. Set if the application observes the lifecycle. */
  readonly report: ((event: LifecycleEvent<never>) => void) | undefined;
  /** Emits, at once or later, when there is room for another chunk. If unset, there always is. */
  room?: Observable<unknown> | undefined;
  /** Number of requests so far. */
  attempt: number;
  /** Bytes of the bodies of all requests so far. Counted only for the lifecycle. */
  received: number;
  /**
   * Error that ended the previous connection, until the factories of the next request have received it. No other place
   * may refer to the error: V8 keeps with each error the functions through which it was thrown, so an error that these
   * functions refer to would stay in memory with the next error, and so on.
   */
  error?: unknown;
  /** Set when the application's own code has failed, after which no other request follows. */
  isOver?: boolean;
  /** URL of the latest request. */
  url?: string;
  /** Referenced while its body is read: in some engines an abort misses a response that was garbage-collected. */
  response?: StreamResponse | undefined;
}
