import type { ChildProcess } from 'node:child_process';
import { EMPTY, Observable } from 'rxjs';

/**
 * A process: emits what it says, and completes when it has ended. Unsubscribing kills it.
 *
 * @param death$ Kills it, too, without a chance to say goodbye.
 */
export const running = (
  start: () => ChildProcess,
  death$: Observable<unknown> = EMPTY,
): Observable<unknown> =>
  new Observable((subscriber) => {
    const child = start();
    child.on('message', (words) => {
      subscriber.next(words);
    });
    child.once('exit', () => {
      subscriber.complete();
    });
    subscriber.add(death$.subscribe(() => child.kill('SIGKILL')));
    return () => child.kill('SIGKILL');
  });
