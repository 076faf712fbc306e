import { asyncScheduler, defer, delay, from } from 'rxjs';
import type { Observable, ObservableInput } from 'rxjs';
import { memoryLog } from 'rxjs-http-streams';
import type { MemoryLogConfig, MessageLog } from 'rxjs-http-streams';

/** A log as engines are: it answers later, and what it answers is as old as the answer takes. */
export function slowLog(ms: number, config?: MemoryLogConfig): MessageLog {
  const log = memoryLog(config);
  const later = <A>(answer: () => ObservableInput<A>): Observable<A> =>
    defer(() => from(answer()).pipe(delay(ms, asyncScheduler)));
  return {
    append: (messages, end) => later(() => log.append(messages, end)),
    read: (after, limit) => later(() => log.read(after, limit)),
    head: () => later(() => log.head()),
    changes: log.changes,
  };
}
