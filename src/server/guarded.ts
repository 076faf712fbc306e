import type { Subscriber } from 'rxjs';

/**
 * Catches the errors that the teardown of a source throws. Without it, a source that completes inside its own timer
 * would throw them there, and end the process.
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
  // RxJS has no other hook: each operator adds its teardown to the subscriber behind it, and runs the teardown there.
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
