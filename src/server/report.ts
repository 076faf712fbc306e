import { asyncScheduler, config } from 'rxjs';

/**
 * Passes an error that no subscriber can receive any more to RxJS's `config.onUnhandledError`, if the application has
 * set it. RxJS itself would otherwise throw the error, and end the process.
 */
export function report(error: unknown): void {
  if (!config.onUnhandledError) return;
  asyncScheduler.schedule(() => {
    try {
      config.onUnhandledError?.(error);
    } catch {
      // Nothing else can receive the error of this callback.
    }
  });
}
