import { TestScheduler } from 'rxjs/testing';
import type { Observable } from 'rxjs';
import { marbleFetch } from '../../../src/testing/marbleFetch';
import type { MarbleRequest } from '../../../src/testing/marbleFetch';
import type { MarbleResponse } from '../../../src/testing/marbleResponse';
import type { StreamFetch } from '../../../src/client/streamInit';
import type { Mark, Track } from './diagram';
import { parsed } from './parsed';

/** A notification of a result and its virtual time. */
export type Recorded =
  | { readonly frame: number; readonly kind: 'N'; readonly value: unknown }
  | { readonly frame: number; readonly kind: 'E'; readonly error: unknown }
  | { readonly frame: number; readonly kind: 'C' };

/** Sources of a run, by their names. */
export type Sources = Readonly<Record<string, Observable<unknown>>>;

/** A run in virtual time. */
export interface Run {
  readonly requests: readonly MarbleRequest[];
  readonly recorded: readonly Recorded[];
}

/** A source of marbles, under the name that the code uses. */
export interface Cold {
  readonly name: string;
  readonly marbles: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** The parts of a run. */
export interface RunConfig {
  /** The answers of the server, in the order of the requests. */
  readonly answers: readonly MarbleResponse[];
  readonly sources?: readonly Cold[];
  /** The virtual time after which the run unsubscribes, so that a client that retries for ever comes to an end. */
  readonly until: number;
  readonly observe: (fetch: StreamFetch, sources: Sources) => Observable<unknown>;
}

/** Runs code against a server in marbles, in virtual time. */
export function serverRun({ answers, sources = [], until, observe }: RunConfig): Run {
  const scheduler = new TestScheduler(() => {
    // Nothing is compared here.
  });
  return scheduler.run(({ cold, flush }) => {
    const recorded: Recorded[] = [];
    const server = marbleFetch(cold, answers);
    const named = sources.map(({ name, marbles, values }) => [name, cold(marbles, { ...values })] as const);
    scheduler.schedule(() => {
      const subscription = observe(server.fetch, Object.fromEntries(named)).subscribe({
        next: (value) => recorded.push({ frame: scheduler.now(), kind: 'N', value }),
        error: (error: unknown) => recorded.push({ frame: scheduler.now(), kind: 'E', error }),
        complete: () => recorded.push({ frame: scheduler.now(), kind: 'C' }),
      });
      scheduler.schedule(() => {
        subscription.unsubscribe();
      }, until);
    });
    flush();
    return { requests: server.requests, recorded };
  });
}

/** Returns the frames of marbles. A marble for which `values` has no text is its own text. */
export function marksOf(
  marbles: string,
  shift: number,
  textOf: (marble: string) => string = (marble) => marble,
): Mark[] {
  return parsed(marbles).map(({ frame, notification }): Mark => {
    const at = frame + shift;
    if (notification.kind === 'N')
      return { frame: at, kind: 'value', text: textOf(String(notification.value)) };
    return notification.kind === 'C'
      ? { frame: at, kind: 'complete', text: '' }
      : { frame: at, kind: 'error', text: '' };
  });
}

/** Draws one connection as the client used it: from its request to its end, or to the moment at which it is aborted. */
export function connectionTrack(
  name: string,
  { response = '(r|)', status = 200, body }: MarbleResponse,
  { frame, headers, subscriptions }: MarbleRequest,
  until: number,
  textOf: (marble: string) => string,
): Track {
  const id = headers.get('last-event-id');
  const note = [status === 200 ? '' : `status ${status}`, id ? `Last-Event-ID: ${id}` : '']
    .filter(Boolean)
    .join(', ');
  const answer = marksOf(response, frame).find(({ kind }) => kind !== 'complete');
  const remark = note ? { note } : {};
  const [log] = subscriptions;
  if (body == null || answer?.kind !== 'value') {
    const marks: Mark[] = answer?.kind === 'error' ? [answer] : [];
    return { name, start: frame, marks, ...remark };
  }
  // A refusal is drawn as it is: its body is an error's text.
  const begin = log?.subscribedFrame ?? answer.frame;
  const end = log?.unsubscribedFrame ?? Infinity;
  const marks = marksOf(body, begin, textOf);
  const read = marks.filter((mark) => mark.frame <= end);
  const whole = read.length === marks.length && (read.at(-1)?.kind ?? 'value') !== 'value';
  const aborted: Mark[] = whole || end >= until ? [] : [{ frame: end, kind: 'abort', text: '' }];
  return { name, start: frame, marks: [...read, ...aborted], ...remark };
}
