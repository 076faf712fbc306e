import { config } from 'rxjs';
import { onTestFinished } from 'vitest';

/** Collects the errors that no subscriber handles, in place of RxJS, until the test is over. */
export function unhandledErrors(): readonly unknown[] {
  const errors: unknown[] = [];
  config.onUnhandledError = (error) => errors.push(error);
  onTestFinished(() => {
    config.onUnhandledError = null;
  });
  return errors;
}
