import { Observable, from } from 'rxjs';
import type { ObservableInput } from 'rxjs';

/** What is told of a native Observable's values. */
export interface NativeObserver<T> {
  readonly next?: (value: T) => void;
  readonly error?: (error: unknown) => void;
  readonly complete?: () => void;
}

/** The part of the platform's own Observable (WICG Observable, section 2) that RxJS lacks a type for. */
export interface NativeObservable<T> {
  // A property, because the compiler would take a method for that of an Observable of a wider type.
  readonly subscribe: (observer?: NativeObserver<T>, options?: { readonly signal?: AbortSignal }) => void;
}

/** Where values come from: what RxJS takes for a source, or an Observable of the platform. */
export type StreamSource<T> = ObservableInput<T> | NativeObservable<T>;

export type NativeConstructor = new <T>(
  subscribe: (subscriber: Required<NativeObserver<T>> & { readonly signal: AbortSignal }) => void,
) => NativeObservable<T>;

/** Looked up when it is needed, as `fetch` is: a polyfill may come later than this module. */
const nativeConstructor = (): NativeConstructor | undefined =>
  (globalThis as { Observable?: NativeConstructor }).Observable;

function isNative<T>(source: StreamSource<T>): source is NativeObservable<T> {
  const Native = nativeConstructor();
  return Native !== undefined && source instanceof Native;
}

/** A source as an Observable of RxJS, whose own `from` refuses a native one. */
export function observed<T>(source: StreamSource<T>): Observable<T> {
  if (!isNative(source)) return from(source);
  return new Observable((subscriber) => {
    const controller = new AbortController();
    subscriber.add(() => {
      controller.abort();
    });
    // eslint-disable-next-line rxjs-x/prefer-observer -- the second argument is no handler there
    source.subscribe(observerOf(subscriber), { signal: controller.signal });
  });
}

/** Each side calls the methods of the other as functions. */
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
