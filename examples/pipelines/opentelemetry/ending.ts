import { SpanStatusCode } from '@opentelemetry/api';
import type { Span } from '@opentelemetry/api';
import type { BodyEnd } from 'rxjs-http-streams';

/** Makes an `onEnd` that ends a span with the outcome of its stream. */
export const ending =
  (span: Span) =>
  ({ outcome, error, messages, bytes }: Partial<BodyEnd>): void => {
    span.setAttributes({
      'stream.outcome': outcome,
      'stream.messages': messages,
      'http.response.body.size': bytes,
    });
    if (error instanceof Error) {
      span.recordException(error);
      span.setStatus({ code: SpanStatusCode.ERROR, message: error.message });
    }
    span.end();
  };
