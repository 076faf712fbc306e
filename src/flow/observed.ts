import { Observable, from } from 'rxjs';
import type { ObservableInput } from 'rxjs';

/** An observer of a native Observable. */
export interface NativeObserver<T> {
  readonly next?: (value: T) => void;
  readonly error?: (error: unknown) => void;
  readonly complete?: () => void;
}

/**
 * The platform's own Observable (WICG Observable, section 2), as far as this library uses it. RxJS has no type for it.
 */
export interface NativeObservable<T> {
  // A property, because the compiler would take a method for that of an Observable of a wider type.
  readonly subscribe: (observer?: NativeObserver<T>, options?: { readonly signal?: AbortSignal }) => void;
}

/** A source of values: an `ObservableInput` of RxJS, or an Observable of the platform. */
export type StreamSource<T> = ObservableInput<T> | NativeObservable<T>;

export type NativeConstructor = new <T>(
  subscribe: (subscriber: Required<NativeObserver<T>> & { readonly signal: AbortSignal }) => void,
) => NativeObservable<T>;

/** Converts a source to an Observable of RxJS, whose own `from` refuses a native Observable. */
export function observed<T>(source: StreamSource<T>): Observable<T> {
  // Read at each call, because a polyfill may be loaded after this module.
  const { Observable: Native } = globalThis as { Observable?: NativeConstructor };
  if (!Native || !(source instanceof Native)) return from(source as ObservableInput<T>);
  return new Observable((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => {
      controller.abort();
    });
    source.subscribe(observerOf(subscriber), { signal: controller.signal });
  });
}

/** Wraps the methods of a subscriber in functions, because each library calls them without a `this`. */
export const observerOf = <T>(subscriber: Required<NativeObserver<T>>): Required<NativeObserver<T>> => ({
  next: (value) => {
    subscriber.next(value);
  },
  error: (error) => {
    subscriber.error(error);
  },
  complete: () => {
    subscriber.complete();
  },
});
