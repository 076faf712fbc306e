import { Subject, tap } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { Fifo } from '../flow/fifo';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { pullOf, whenWanted } from '../flow/pullable';

/** Assumed size of a value that is neither text nor bytes. */
const OBJECT_SIZE = 64;

const SETTLED = /* @__PURE__ */ Promise.resolve();

/** A pending `next()`. */
interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Makes an async iterator that subscribes to a source at the first `next()`. A reader is pulled. The values of any
 * other source are buffered, up to the limits.
 */
export function asyncIterator<T>(
  source: StreamSource<T>,
  maxBuffered: number,
  maxBufferedBytes: number,
): AsyncIterator<T, undefined> {
  let values = new Fifo<T>();
  const waiting = new Fifo<Waiting<T>>();
  const askedSubject = new Subject<void>();
  const room = whenWanted(() => waiting.size > 0, askedSubject);
  const pull = pullOf<T>(source);
  let bytes = 0;
  /**
   * Whether a `next()` was resolved within this microtask. A reader cannot be paused within a chunk, so the limits do
   * not apply to the values that follow in the same chunk.
   */
  let answering = false;
  let subscription: Subscription | undefined;
  /** The end of the source, once it has ended. Its error is thrown only once. */
  let end: { readonly error?: unknown } | undefined;

  const answer = ({ resolve, reject }: Waiting<T>): void => {
    if (values.size > 0) {
      const value = values.shift();
      bytes -= sizeOf(value);
      resolve({ done: false, value });
    } else if (end && 'error' in end) {
      const { error } = end;
      end = {};
      reject(error);
    } else {
      resolve({ done: true, value: undefined });
    }
  };

  const finish = (how: { readonly error?: unknown }): void => {
    end ??= how;
    while (waiting.size > 0) answer(waiting.shift());
  };

  const checkRoom = (size: number): void => {
    if (answering) return;
    if (values.size >= maxBuffered) {
      throw new StreamOverflowError({ option: 'maxBuffered', limit: maxBuffered, size: values.size });
    }
    // The first value of a synchronous source is for the `next()` that has subscribed, so the limit in bytes does not
    // apply.
    if (bytes + size > maxBufferedBytes && (subscription || values.size > 0)) {
      throw new StreamOverflowError({ option: 'maxBufferedBytes', limit: maxBufferedBytes, size: bytes });
    }
  };

  const subscribe = (): Subscription =>
    (pull ? pull({ room, turn: room }) : observed(source))
      .pipe(
        tap((value) => {
          const size = sizeOf(value);
          if (waiting.size === 0) checkRoom(size);
          bytes += size;
        }),
      )
      .subscribe({
        next: (value) => {
          values.push(value);
          if (waiting.size === 0) return;
          if (pull && !answering) {
            answering = true;
            void SETTLED.then(() => {
              answering = false;
            });
          }
          answer(waiting.shift());
        },
        error: (error: unknown) => {
          finish({ error });
        },
        complete: () => {
          finish({});
        },
      });

  const cancel = (): void => {
    subscription?.unsubscribe();
    values = new Fifo();
    bytes = 0;
    end = {};
    finish(end);
  };

  return {
    next() {
      if (!end) subscription ??= subscribe();
      return new Promise((resolve, reject) => {
        if (values.size > 0 || end) {
          answer({ resolve, reject });
        } else {
          waiting.push({ resolve, reject });
          askedSubject.next();
        }
      });
    },
    return() {
      cancel();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error: unknown) {
      cancel();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- a generator does so, too
      return Promise.reject(error);
    },
  };
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : OBJECT_SIZE;
}
