import { finalize } from 'rxjs';
import type { Observable } from 'rxjs';

/** The values and the end of a stream. */
export interface Outcome<T> {
  readonly values: readonly T[];
  readonly completed: boolean;
  readonly error: unknown;
}

function record<T>(source: Observable<T>): Outcome<T> {
  const outcome: { -readonly [Key in keyof Outcome<T>]: Outcome<T>[Key] } & { values: T[] } = {
    values: [],
    completed: false,
    error: undefined,
  };
  source.subscribe({
    next: (value) => {
      outcome.values.push(value);
    },
    error: (error: unknown) => {
      outcome.error = error;
    },
    complete: () => {
      outcome.completed = true;
    },
  });
  return outcome;
}

/** Subscribes, and tells what happened before `subscribe` returned. */
export function outcomeOf<T>(source: Observable<T>): Outcome<T> {
  const { values, completed, error } = record(source);
  return { values: [...values], completed, error };
}

/** Subscribes, and tells what happened until the stream was over. */
export function finalOutcomeOf<T>(source: Observable<T>): Promise<Outcome<T>> {
  return new Promise((resolve) => {
    const outcome = record(
      source.pipe(
        finalize(() => {
          queueMicrotask(() => {
            resolve(outcome);
          });
        }),
      ),
    );
  });
}
