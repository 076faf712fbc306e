import { SpanKind } from '@opentelemetry/api';
import type { Tracer } from '@opentelemetry/api';
import { concatMap, defer, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import type { BodyEnd, LifecycleEvent } from 'rxjs-http-streams';
import { ending } from './ending';

/** Emits the values of a reader, and records each subscription as one span: its connections, its bytes and its end. */
export const traced =
  (tracer: Tracer, name: string) =>
  <T>(event$: Observable<LifecycleEvent<T>>): Observable<T> =>
    defer(() => {
      const span = tracer.startSpan(name, { kind: SpanKind.CLIENT });
      const end = (outcome: BodyEnd['outcome']) => (error?: unknown) => {
        ending(span)({ outcome, error });
      };
      return event$.pipe(
        tap({ complete: end('completed'), error: end('failed'), unsubscribe: end('left') }),
        concatMap((event) => {
          if (event.type === 'value') return [event.value];
          if (event.type === 'progress') span.setAttribute('http.response.body.size', event.received);
          else span.addEvent(event.type, 'error' in event ? { error: String(event.error) } : {});
          return [];
        }),
      );
    });
