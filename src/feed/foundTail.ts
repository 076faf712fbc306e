import { defer, first, mergeMap, throwError } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamGapError, quoted } from '../errors';
import { observed } from '../flow/observed';
import type { SseMessageInit } from '../protocol/sseMessage';
import type { MessageLogs } from './logs';
import { tailOf } from './tail';
import type { Tail } from './tail';

/** Returns the tail of an answer that was started before. It errors with `StreamGapError` if no answer is stored. */
export const foundTail = <T extends SseMessageInit>(
  logs: MessageLogs<T>,
  id: string,
  lastEventId = '',
): Observable<Tail<T>> =>
  defer(() => observed(logs.find(id))).pipe(
    first(),
    mergeMap((log) =>
      log
        ? tailOf(log)
        : throwError(
            () =>
              new StreamGapError({
                lastEventId,
                message: `No answer '${quoted(id)}' is stored: it was not started here, or its time to live is over`,
              }),
          ),
    ),
  );
