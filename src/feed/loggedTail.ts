import { Observable, ReplaySubject, defer, filter, of, share, takeUntil, tap, timer } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import { appendTo } from './appendTo';
import type { LogEnd } from './log';
import { memoryLog } from './memoryLog';
import type { ResumableConfig } from './resumable';
import { tailOf } from './tail';
import type { Tail } from './tail';

/** Returns the tail of a log in memory, to which a source is appended from the first subscriber on. */
export function loggedTail<T extends SseMessageInit>(
  source: StreamSource<T>,
  config: Omit<ResumableConfig<T>, 'onGap'>,
): Observable<Tail<T>> {
  const { ids = 'log', resetOnRefCountZero: reset = () => timer(60_000) } = config;
  /** Emits once the source has ended. The log is then kept, so that later clients receive its messages and the end. */
  const overSubject = new ReplaySubject<void>(1);
  const logged$ = new Observable<Tail<T>>((subscriber) => {
    const log = memoryLog<T>(config);
    let tail: Tail<T> | undefined;
    const end = (how: LogEnd): void => {
      overSubject.next();
      void log.append([], how);
    };
    subscriber.add(
      tailOf(log)
        .pipe(
          tap((own) => {
            tail = own;
          }),
        )
        .subscribe(subscriber),
    );
    const appended$ = defer(() => observed(source)).pipe(
      filter((message) => {
        if (ids === 'log' || message.id) return true;
        tail?.pass(message);
        return false;
      }),
      appendTo(log, { ends: false }),
    );
    subscriber.add(
      appended$.subscribe({
        error: (error: unknown) => {
          end({ failed: true, error });
        },
        complete: () => {
          end({ failed: false });
        },
      }),
    );
  });
  return logged$.pipe(
    share({
      connector: () => new ReplaySubject(1),
      resetOnRefCountZero:
        reset !== false &&
        (() => defer(() => (reset === true ? of(reset) : reset())).pipe(takeUntil(overSubject))),
    }),
  );
}
