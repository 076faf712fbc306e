import { Subscription, of } from 'rxjs';

type Callback = (reason: unknown) => void;

/** The callbacks of each signal. With a listener for each, Node warns of a leak at the eleventh on one signal. */
const callbacksOf = /* @__PURE__ */ new WeakMap<AbortSignal, Set<Callback>>();

/**
 * Calls a callback within an observer of its own, so that an error in the teardown of one stream cannot stop the
 * others.
 */
const call = ({ reason }: AbortSignal, callback: Callback): void => {
  // eslint-disable-next-line rxjs-x/no-ignored-error -- `of` does not fail
  of(reason as unknown).subscribe(callback);
};

/** Listener of every signal that has callbacks. */
const notify = ({ currentTarget }: Event): void => {
  callbacksOf.get(currentTarget as AbortSignal)?.forEach((callback) => {
    call(currentTarget as AbortSignal, callback);
  });
};

/**
 * Calls `callback` with the reason of a signal when the signal aborts, or at once if it has aborted already. All
 * callbacks of a signal share one listener, which is removed with the last callback. RxJS's `fromEvent` would do the
 * same, but took four kilobytes for each request.
 */
export function onAborted(signal: AbortSignal, callback: Callback): Subscription {
  if (signal.aborted) {
    call(signal, callback);
    return Subscription.EMPTY;
  }
  const callbacks = callbacksOf.get(signal) ?? new Set();
  callbacksOf.set(signal, callbacks.add(callback));
  // A target ignores a listener that it already has.
  signal.addEventListener('abort', notify);
  return new Subscription(() => {
    callbacks.delete(callback);
    if (callbacks.size === 0) signal.removeEventListener('abort', notify);
  });
}
