import type { Subscription } from 'rxjs';
import { ignoringFailure } from '../flow/ignoringFailure';
import { iteratorPuller } from '../flow/iteratorPuller';
import type { Puller } from '../flow/puller';
import { readerPuller } from '../flow/readerPuller';
import { errorBehind } from '../flow/standIn';
import { described } from '../options/rules';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/** A body that is sent while it is made: a stream, or an async iterable, which Node's `fetch` also accepts. */
type StreamingBody = ReadableStream | AsyncIterable<unknown>;

/** Iterators that were sent as a body. Each can be sent only once: the second time it would be an empty body. */
const sent = /* @__PURE__ */ new WeakSet();

/**
 * Options that keep Node's `fetch` from storing a copy of the whole body for a redirect. A stream cannot be sent again
 * anyway, so the only redirect that these options give up is a 303, which is followed without a body.
 */
const NO_COPY = { redirect: 'error', window: null } as const;

/**
 * Ties a streaming body to the exchange that sends it, and adds the options that `fetch` needs for such a body. An init
 * with a body of another kind stays unchanged.
 *
 * @param exchange - Releases the body when it is unsubscribed.
 * @param fail - Receives an error of the body.
 */
export function ownBody(init: object, exchange: Subscription, fail: (error: unknown) => void): void {
  const { body } = init as { readonly body?: unknown };
  if (!isStreaming(body)) return;
  Object.assign(init, { duplex: 'half', ...noCopy(), ...init, body: requestBody(body, exchange, fail) });
}

/**
 * Wraps a streaming body in a `ReadableStream` for `fetch`. The wrapper is needed because `fetch` does not cancel the
 * body of a request (node#61460), and a body that `fetch` has locked cannot be cancelled from outside. The wrapper
 * buffers nothing: each read of `fetch` takes one chunk from the source.
 *
 * @param exchange - Releases the source when it is unsubscribed, and ends the body with an error: with a normal end the
 *   server would take the body for complete.
 * @param fail - Receives an error of the source after `fetch` has received it.
 */
function requestBody(
  body: StreamingBody,
  exchange: Subscription,
  fail: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const { next, stop } = pullerOf(body);
  let over = false;
  const cancel = (): void => {
    over = true;
    ignoringFailure(stop);
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        exchange.add(() => {
          controller.error(new Error('The request is over'));
          cancel();
        });
      },
      pull: async (controller) => {
        try {
          const result = await next();
          // Bun and Deno cancel the body themselves, after which the controller accepts nothing more.
          if (over) return;
          if (result.done) controller.close();
          else controller.enqueue(bytesOf(result.value));
        } catch (thrown) {
          if (over) return;
          const error = errorBehind(thrown);
          controller.error(error);
          fail(error);
        }
      },
      cancel,
    },
    { highWaterMark: 0 },
  );
}

/** Cancels a streaming body that no exchange reads, or does not read any more. */
export function release(body: unknown): void {
  const { cancel, destroy, return: end } = Object(body) as Record<string, (() => unknown) | undefined>;
  // A locked stream rejects, which is ignored. Only `destroy` ends a Readable of Node while it waits for data.
  if (isStreaming(body)) ignoringFailure(() => (cancel ?? destroy ?? end)?.call(body));
}

const isStreaming = (body: unknown): body is StreamingBody =>
  'getReader' in Object(body) || Symbol.asyncIterator in Object(body);

/** Returns `NO_COPY` unless the platform refuses these options, as workerd does. */
function noCopy(): Partial<typeof NO_COPY> {
  try {
    new Request('http://localhost/', NO_COPY);
    return NO_COPY;
  } catch {
    return {};
  }
}

function pullerOf(body: StreamingBody): Puller<unknown> {
  if ('getReader' in body) {
    // Throws for a stream that was read before and would be an empty body now. Only the platform knows that.
    new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>);
    return readerPuller(body);
  }
  const iterator = body[Symbol.asyncIterator]();
  if (sent.has(iterator)) throw new TypeError('body: expected an iterator that has not been sent before');
  sent.add(iterator);
  return iteratorPuller(body, iterator);
}

function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return encodeUtf8(value);
  if (ArrayBuffer.isView(value)) return value as Uint8Array;
  throw new TypeError(`body: expected bytes or text, got ${described(value)}`);
}
