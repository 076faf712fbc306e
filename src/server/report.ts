import { asyncScheduler, config } from 'rxjs';

/**
 * Tells an error that no subscriber can receive any more to RxJS's `config.onUnhandledError`, where the application has set
 * one. RxJS itself would throw it where there is none, and end the process.
 */
export function report(error: unknown): void {
  if (!config.onUnhandledError) return;
  asyncScheduler.schedule(() => {
    try {
      config.onUnhandledError?.(error);
    } catch {
      // There is no one left to tell.
    }
  });
}
