import { Observable, concatMap, defer, finalize, from, map, mergeMap, tap } from 'rxjs';
import type { ObservableInput } from 'rxjs';
import { heldBack } from '../flow/heldBack';
import type { Settle } from '../flow/heldBack';
import { pullable } from '../flow/pullable';
import type { Consumer } from '../flow/pullable';
import { untilAborted } from '../flow/untilAborted';
import { check, checkOptions } from '../options/rules';
import { READER, anInput } from '../options/readers';
import { release } from './requestBody';
import { locate } from './session';
import type { Session } from './session';
import type { LifecycleEvent, LifecycleInit, ProjectInit, StreamInit, StreamInput } from './streamInit';

/** What is done with each value. */
export type Each<V> = (value: V, index: number) => ObservableInput<unknown>;

/**
 * From what a reader reads to what its subscriber sees: settled and projected while reading is held back,
 * watched if the lifecycle is asked for, ended by the application's signals. Each subscription has a session of
 * its own, which keeps a reader cold. A consumer that can wait says when it does not.
 *
 * @param source The reader's rows in one session.
 * @param projection What is done with each row, given what the application wants done with each value.
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
    const session: Session = { input, init, attempt: 0, report, room: consumer?.room };
    const each = projection(project);
    const read = (room: Observable<unknown>): Observable<Row> => {
      session.room = consumer ? room.pipe(concatMap(() => consumer.room)) : room;
      return source(session);
    };
    const values = each
      ? heldBack(read, consumer ? whenTaken(each, consumer) : each, concurrent).pipe(
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

/** A projection takes its time: its values are waited for. */
export const projected = <V>(project?: Each<V>): Settle<V, unknown> | undefined =>
  project && ((value, index) => from(project(value, index)));

/** Waits with each row until the consumer takes it: the row has its place among the projections, and so holds reading back. */
const whenTaken = <Row>(settle: Settle<Row, unknown>, { turn }: Consumer): Settle<Row, unknown> => {
  const settled = (row: Row, index: number): Observable<unknown> =>
    new Observable((subscriber) => {
      const late = settle(row, index, subscriber);
      if (late) return late.subscribe(subscriber);
      subscriber.complete();
      return undefined;
    });
  return (row, index) => turn.pipe(mergeMap(() => settled(row, index)));
};
