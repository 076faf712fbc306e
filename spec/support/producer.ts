import { BehaviorSubject, Observable, Subject, filter, firstValueFrom } from 'rxjs';

/** A source in the hands of a spec, which sees who is subscribed to it. */
export interface Producer<T> {
  readonly source: Observable<T>;
  readonly next: (value: T) => void;
  readonly error: (reason: unknown) => void;
  readonly complete: () => void;
  /** Number of subscriptions so far. */
  readonly subscriptions: () => number;
  /** Settles once it has so many subscribers. */
  readonly observedBy: (count: number) => Promise<void>;
}

/** @param first What each subscriber gets at once. */
export function producer<T>(...first: readonly T[]): Producer<T> {
  const subject = new Subject<T>();
  const observers = new BehaviorSubject(0);
  let subscriptions = 0;
  return {
    source: new Observable<T>((subscriber) => {
      subscriptions++;
      observers.next(observers.value + 1);
      subscriber.add(() => {
        observers.next(observers.value - 1);
      });
      for (const value of first) subscriber.next(value);
      return subject.subscribe(subscriber);
    }),
    next: (value) => {
      subject.next(value);
    },
    error: (reason) => {
      subject.error(reason);
    },
    complete: () => {
      subject.complete();
    },
    subscriptions: () => subscriptions,
    observedBy: async (count) => {
      await firstValueFrom(observers.pipe(filter((observed) => observed === count)));
    },
  };
}
