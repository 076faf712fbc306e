import { Subject, tap } from 'rxjs';
import type { Subscription } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { Fifo } from '../flow/fifo';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import { pullOf, whenWanted } from '../flow/pullable';

/** The size that is assumed of a value which is neither text nor bytes. */
const OBJECT_SIZE = 64;

const SETTLED = /* @__PURE__ */ Promise.resolve();

/** A `next()` that no value has answered yet. */
interface Waiting<T> {
  readonly resolve: (result: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Subscribes to a source at the first `next()`, and answers each `next()` with a value. A reader is pulled; the values of
 * any other source wait within the limits.
 */
export function asyncIterator<T>(
  source: StreamSource<T>,
  maxBuffered: number,
  maxBufferedBytes: number,
): AsyncIterator<T, undefined> {
  const values = new Fifo<T>();
  const waiting = new Fifo<Waiting<T>>();
  const askedSubject = new Subject<void>();
  const room = whenWanted(() => waiting.size > 0, askedSubject);
  const pull = pullOf<T>(source);
  let bytes = 0;
  /** A `next()` of the loop has just been answered: what comes with that value could not have been held back. */
  let answering = false;
  let subscription: Subscription | undefined;
  /** How it ended, once it has; the error is thrown once. */
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
    // The loop waits for what comes first while the source is being subscribed.
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

  const leave = (): void => {
    subscription?.unsubscribe();
    values.clear();
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
      leave();
      return Promise.resolve({ done: true, value: undefined });
    },
    throw(error: unknown) {
      leave();
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- as it is, like a generator
      return Promise.reject(error);
    },
  };
}

function sizeOf(value: unknown): number {
  if (typeof value === 'string') return value.length;
  return ArrayBuffer.isView(value) ? value.byteLength : OBJECT_SIZE;
}
