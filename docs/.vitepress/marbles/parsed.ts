import type { ObservableNotification } from 'rxjs';
import { TestScheduler } from 'rxjs/testing';

/** A notification in marbles and its frame. */
export interface Parsed {
  readonly frame: number;
  readonly notification: ObservableNotification<unknown>;
}

/** Parses marbles as RxJS does within `TestScheduler.run`, where a frame is a virtual millisecond. */
export function parsed(
  marbles: string,
  values?: Readonly<Record<string, unknown>>,
  error?: unknown,
): Parsed[] {
  const scheduler = new TestScheduler(() => {
    // Nothing is compared here.
  });
  return scheduler.run(() =>
    TestScheduler.parseMarbles(marbles, values && { ...values }, error, undefined, true),
  );
}
