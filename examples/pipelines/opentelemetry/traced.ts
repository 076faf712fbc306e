import { SpanKind, SpanStatusCode } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { defer, mergeMap, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { LifecycleEvent } from 'rxjs-http-streams';

/** Emits the values of a reader, and records each subscription as one span: its connections, its bytes and its end. */
export const traced =
  (tracer: Tracer, name: string) =>
  <T>(event$: Observable<LifecycleEvent<T>>): Observable<T> =>
    defer(() => {
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT });
      let bytes = 0;
      let loaded = 0;
      const end = (outcome: string): void => {
        span.setAttributes({ 'stream.outcome': outcome, 'http.response.body.size': bytes }).end();
      };
      const note = (event: LifecycleEvent<T>): void => {
        if (event.type === 'open') {
          loaded = 0;
          span.addEvent('open', { 'http.response.status_code': event.response.status });
        } else if (event.type === 'progress') {
          bytes += event.loaded - loaded;
          loaded = event.loaded;
        } else if (event.type === 'reconnecting') {
          span.addEvent('reconnecting', { attempt: event.attempt, error: String(event.error) });
        }
      };
      return event$.pipe(
        tap({
          next: note,
          complete: () => {
            end('completed');
          },
          error: (error: unknown) => {
            span.recordException(error instanceof Error ? error : String(error));
            span.setStatus({ code: SpanStatusCode.ERROR, message: String(error) });
            end('failed');
          },
          unsubscribe: () => {
            end('left');
          },
        }),
        mergeMap((event) => (event.type === 'value' ? [event.value] : [])),
      );
    });
