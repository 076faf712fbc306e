import { Observable, defer, first, of } from 'rxjs';

/** A consumer that can wait. Each member emits once, at once or later. */
export interface Consumer {
  /** Emits when the consumer has taken all that it was given and asks for more: for another chunk of the response. */
  readonly room: Observable<unknown>;
  /** Emits when the consumer takes one more value of the chunk that was read: for another projection. */
  readonly turn: Observable<unknown>;
}

/** Subscribes a reader for a consumer that can wait. */
export type Pull<T> = (consumer: Consumer) => Observable<T>;

/** By a symbol of all realms, because an application may have two copies of this module (ESM and CommonJS). */
const PULL = /* @__PURE__ */ Symbol.for('rxjs-http-streams.pull');

/** Marks an Observable as one that a consumer can pull, too. Operators behind it lose the mark, as they do not wait. */
export const pullable = <T>(source: Observable<T>, pull: Pull<T>): Observable<T> =>
  Object.defineProperty(source, PULL, { value: pull });

/** Finds the function that pulls a source, if the source can be pulled. */
export const pullOf = <T>(source: unknown): Pull<T> | undefined =>
  (Object(source) as { readonly [PULL]?: Pull<T> })[PULL];

/**
 * A member of a {@link Consumer}.
 *
 * @param wants Whether the consumer asks for more.
 * @param asked Emits when it does.
 */
export const whenWanted = (wants: () => boolean, asked: Observable<unknown>): Observable<unknown> =>
  defer(() => (wants() ? of(true) : asked.pipe(first(wants))));
