import { EMPTY, Observable, concatMap, defer, finalize, from, map, mergeMap, tap } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { heldBack } from '../flow/heldBack';
import type { Settle } from '../flow/heldBack';
import { pullable } from '../flow/pullable';
import type { Consumer } from '../flow/pullable';
import { untilAborted } from '../flow/untilAborted';
import { check, checkOptions } from '../options/rules';
import { READER, anInput } from '../options/readers';
import { release } from './requestBody';
import { locate } from './locate';
import type { Session } from './session';
import type { LifecycleEvent, LifecycleInit } from './lifecycle';
import type { ProjectInit, StreamInit, StreamInput } from './streamInit';

/** Maps a value to its results: the option `project`. */
export type Each<V> = (value: V, index: number) => ObservableInput<unknown>;

/**
 * Makes the Observable that a reader returns. A row is a value, or an NDJSON line that has yet to be parsed and
 * validated. The Observable maps the rows to their results, and pauses reading while it waits for a result. It reports
 * the lifecycle if the application observes it, and ends when a signal of the application aborts. Each subscription has
 * its own session, which makes the reader cold. A consumer that can wait may pull the reader.
 *
 * @param source - Reads the rows of one session.
 * @param projection - Makes the function that maps each row to its results, given the `project` of the application.
 */
export function deliver<Row>(
  input: StreamInput,
  all: StreamInit & Partial<ProjectInit<unknown, unknown> & LifecycleInit>,
  source: (session: Session) => Observable<Row>,
  projection: (project?: Each<unknown>) => Settle<Row, unknown> | undefined = projected,
): Observable<unknown> {
  check('input', input, anInput);
  checkOptions('init', all, READER);
  const { project, concurrent = 1, observe, ...init } = all;

  const run = (consumer?: Consumer, report?: Session['report']): Observable<unknown> => {
    const session: Session = { input, init, attempt: 0, received: 0, report, room: consumer?.room };
    const settle = projection(project);
    const read = (room: Observable<unknown>): Observable<Row> => {
      session.room = consumer ? room.pipe(concatMap(() => consumer.room)) : room;
      return source(session);
    };
    const values = settle
      ? heldBack(read, consumer ? whenTaken(settle, consumer) : settle, concurrent).pipe(
          tap({ error: locate(session) }),
        )
      : source(session);
    return values.pipe(
      untilAborted(init),
      untilAborted(input as Partial<Request>),
      finalize(() => {
        release(init.body);
      }),
    );
  };

  const open = (consumer?: Consumer): Observable<unknown> =>
    observe
      ? new Observable<LifecycleEvent<unknown>>((subscriber) =>
          run(consumer, (event) => {
            subscriber.next(event);
          })
            .pipe(map((value) => ({ type: 'value', value }) as const))
            .subscribe(subscriber),
        )
      : defer(() => run(consumer));
  return pullable(open(), open);
}

/** Makes the function that maps each value to its results by `project`. Reading continues after each projection. */
export const projected = <V>(project?: Each<V>): Settle<V, unknown> | undefined =>
  project && ((value, index) => from(project(value, index)));

/**
 * Delays the projection of each row until the consumer asks for a value. A row that waits counts as a projection that
 * runs, so it pauses reading.
 */
const whenTaken = <Row>(settle: Settle<Row, unknown>, { turn }: Consumer): Settle<Row, unknown> => {
  const settled = (row: Row, index: number): Observable<unknown> =>
    new Observable((subscriber) => (settle(row, index, subscriber) ?? EMPTY).subscribe(subscriber));
  return (row, index) => turn.pipe(mergeMap(() => settled(row, index)));
};
