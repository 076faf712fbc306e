import { Subscription } from 'rxjs';

type End = (reason: unknown) => void;

/** One listener for all bodies of a signal, as a server that shuts down has one: Node takes the eleventh for a leak. */
const listening = /* @__PURE__ */ new WeakMap<
  AbortSignal,
  { readonly ends: Set<End>; readonly tell: () => void }
>();

/**
 * Calls back with the reason of a signal once it aborts, and leaves no listener behind. Operators would do, but most
 * requests have a signal of their own, and theirs took four kilobytes of each.
 *
 * @param end - Must not throw.
 */
export function onAborted(signal: AbortSignal, end: End): Subscription {
  if (signal.aborted) {
    end(signal.reason);
    return Subscription.EMPTY;
  }
  let listener = listening.get(signal);
  if (!listener) {
    const ends = new Set<End>();
    listener = {
      ends,
      tell: () => {
        for (const one of ends) one(signal.reason);
      },
    };
    listening.set(signal, listener);
  }
  const { ends, tell } = listener;
  if (ends.size === 0) signal.addEventListener('abort', tell);
  ends.add(end);
  return new Subscription(() => {
    ends.delete(end);
    if (ends.size === 0) signal.removeEventListener('abort', tell);
  });
}
