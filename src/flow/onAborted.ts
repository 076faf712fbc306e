import { Subscription, of } from 'rxjs';

type Callback = (reason: unknown) => void;

/** The callbacks of each signal. Node takes the eleventh listener of a signal that lives as long as a server for a leak. */
const callbacksOf = /* @__PURE__ */ new WeakMap<AbortSignal, Set<Callback>>();

/** Calls back through an observer of its own, so that an error of one stream's teardown does not reach the others. */
const tell = ({ reason }: AbortSignal, callback: Callback): void => {
  // eslint-disable-next-line rxjs-x/no-ignored-error -- `of` does not fail
  of(reason as unknown).subscribe(callback);
};

/** Listens to every signal that has callbacks. */
const notify = ({ currentTarget }: Event): void => {
  callbacksOf.get(currentTarget as AbortSignal)?.forEach((callback) => {
    tell(currentTarget as AbortSignal, callback);
  });
};

/**
 * Calls back with the reason of a signal once the signal aborts. All callbacks of a signal share one listener, which is
 * removed with the last of them. RxJS's `fromEvent` would do, but took four kilobytes of each request's own signal.
 */
export function onAborted(signal: AbortSignal, callback: Callback): Subscription {
  if (signal.aborted) {
    tell(signal, callback);
    return Subscription.EMPTY;
  }
  const callbacks = callbacksOf.get(signal) ?? new Set();
  callbacksOf.set(signal, callbacks.add(callback));
  // A target keeps a listener once, however often it is added.
  signal.addEventListener('abort', notify);
  return new Subscription(() => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener('abort', notify);
  });
}
