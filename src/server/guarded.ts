import type { Subscriber } from 'rxjs';

/**
 * Keeps errors of the teardown from the code that ends a subscription: a source which completes inside of its own timer
 * would throw there, and end the process.
 *
 * @param thrown - Receives the errors.
 */
export function guarded<T>(subscriber: Subscriber<T>, thrown: (error: unknown) => void): Subscriber<T> {
  const { prototype } = subscriber.constructor as typeof Subscriber;
  const attempt = (task: () => void): void => {
    try {
      task();
    } catch (error) {
      thrown(error);
    }
  };
  // RxJS has no other place: each operator adds its teardown to the subscriber behind it, and runs it there.
  subscriber.add = (teardown) => {
    attempt(() => {
      prototype.add.call(subscriber, teardown);
    });
  };
  subscriber.unsubscribe = () => {
    attempt(() => {
      prototype.unsubscribe.call(subscriber);
    });
  };
  return subscriber;
}
