import { AsyncSubject, Observable, defer, first, mergeMap, noop } from 'rxjs';
import { observed } from '../flow/observed';
import type { StreamSource } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { LogClaim, MessageLogs } from './logs';
import { publish } from './publish';
import { tailOf } from './tail';
import type { Tail } from './tail';

/**
 * Returns the tail of an answer. Its first subscriber claims the id, and starts the source if no other caller has
 * obtained the claim.
 */
export const startedTail = <T extends SseMessageInit>(
  logs: MessageLogs<T>,
  id: string,
  source: StreamSource<T> | (() => StreamSource<T>),
): Observable<Tail<T>> =>
  new Observable((subscriber) => {
    // The claim does not belong to the subscription: the source is published even if the client disconnects meanwhile.
    const claimSubject = new AsyncSubject<LogClaim<T>>();
    // Subscribed before the source, so that the client has its place before the first message.
    subscriber.add(claimSubject.pipe(mergeMap(({ log }) => tailOf(log))).subscribe(subscriber));
    claimSubject.subscribe({
      next: (claim) => {
        publish(claim, source);
      },
      error: noop,
    });
    defer(() => observed(logs.claim(id)))
      .pipe(first())
      .subscribe(claimSubject);
  });
