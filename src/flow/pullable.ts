import { Observable, defer, first, of } from 'rxjs';

/** A consumer that applies back-pressure. Each member emits once for each subscription, at once or later. */
export interface Consumer {
  /** Emits when the consumer has taken all values and requests more. The reader then reads the next chunk. */
  readonly room: Observable<unknown>;
  /** Emits when the consumer requests one more value of the current chunk. The reader then projects the next row. */
  readonly turn: Observable<unknown>;
}

/** Makes the Observable of a reader that follows the demand of a consumer. */
export type Pull<T> = (consumer: Consumer) => Observable<T>;

/** A registered symbol, because an application may load two copies of this module (ESM and CommonJS). */
const PULL = /* @__PURE__ */ Symbol.for('rxjs-http-streams.pull');

/**
 * Marks an Observable as one that consumers can pull. Operators behind it lose the mark: they do not pass demand on.
 */
export const pullable = <T>(source: Observable<T>, pull: Pull<T>): Observable<T> =>
  Object.defineProperty(source, PULL, { value: pull });

/** Returns the function that pulls a source, or `undefined` if the source cannot be pulled. */
export const pullOf = <T>(source: unknown): Pull<T> | undefined =>
  (Object(source) as { readonly [PULL]?: Pull<T> })[PULL];

/**
 * Makes a member of a {@link Consumer}.
 *
 * @param wants - Whether the consumer requests more now.
 * @param asked - Emits when the consumer may have begun to request more.
 */
export const whenWanted = (wants: () => boolean, asked: Observable<unknown>): Observable<unknown> =>
  defer(() => (wants() ? of(true) : asked.pipe(first(wants))));
