import { NEVER, asyncScheduler, defer, dematerialize, finalize, map, merge, timer } from 'rxjs';
import type { Observable, ObservableNotification } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';

/** When an Observable was subscribed and left, as `expectSubscriptions` takes it. */
export type SubscriptionLogs = Parameters<RunHelpers['expectSubscriptions']>[0];

/** The helper `cold` of `TestScheduler.run`, and whatever is like it in a library for marbles. */
export type Cold = <T = string>(
  marbles: string,
  values?: Readonly<Record<string, T>>,
  error?: unknown,
) => Observable<T> & { subscriptions: SubscriptionLogs };

/**
 * Finds a `cold` that works: the one that was given, unless that is a method without its object, such as the `m.cold` of
 * rxjs-marbles. The stand-in needs no object, because within `TestScheduler.run` every timer is in virtual time.
 */
export function workingCold(cold: Cold): Cold {
  try {
    void cold('-');
    return cold;
  } catch {
    return coldMarbles as Cold;
  }
}

function coldMarbles(marbles: string, values?: unknown, error?: unknown): ReturnType<Cold> {
  const messages = TestScheduler.parseMarbles(marbles, values, error, undefined, true);
  const subscriptions: { subscribedFrame: number; unsubscribedFrame: number }[] = [];
  const observable = defer(() => {
    const log = { subscribedFrame: asyncScheduler.now(), unsubscribedFrame: Infinity };
    subscriptions.push(log);
    const notifications = messages.map(({ frame, notification }) =>
      timer(frame).pipe(map(() => notification as ObservableNotification<string>)),
    );
    return merge(NEVER, ...notifications).pipe(
      dematerialize(),
      finalize(() => {
        log.unsubscribedFrame = asyncScheduler.now();
      }),
    );
  });
  return Object.assign(observable, { subscriptions });
}
