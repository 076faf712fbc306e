import { NEVER, asyncScheduler, defer, dematerialize, finalize, map, merge, timer } from 'rxjs';
import type { Observable, ObservableNotification } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';
import type { RunHelpers } from 'rxjs/testing';

/** Times at which an Observable was subscribed and unsubscribed, as `expectSubscriptions` takes them. */
export type SubscriptionLogs = Parameters<RunHelpers['expectSubscriptions']>[0];

/** The helper `cold` of `TestScheduler.run`, or the same function of a library for marbles. */
export type Cold = <T = string>(
  marbles: string,
  values?: Readonly<Record<string, T>>,
  error?: unknown,
) => Observable<T> & { subscriptions: SubscriptionLogs };

/**
 * Returns the given `cold` if it can be called as a function. Otherwise it is a method that needs its object, such as
 * `m.cold` of rxjs-marbles, and a substitute is returned. The substitute uses `timer`, which runs in virtual time
 * within `TestScheduler.run`.
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
