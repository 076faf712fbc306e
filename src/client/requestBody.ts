import { noop } from 'rxjs';
import type { Subscription } from 'rxjs';
import { described } from '../options/rules';
import { encodeUtf8 } from '../protocol/encodeUtf8';

/** A body that is sent while it is made: a stream, or an async iterable, which Node's `fetch` takes as well. */
type StreamingBody = ReadableStream | AsyncIterable<unknown>;

/** Iterators that were given as a body: each can be sent once, and would be an empty body the second time. */
const sent = /* @__PURE__ */ new WeakSet();

/**
 * Node's `fetch` keeps a copy of all that it sends unless it is told not to follow redirects. A stream cannot be sent
 * again, so that of all redirects it is only a 303 that is given up.
 */
const NO_COPY = { redirect: 'error', window: null } as const;

/**
 * Makes a body that streams the exchange's own, and tells `fetch` what it has to know of it. An init with another body
 * is left alone.
 */
export function ownBody(init: object, exchange: Subscription, fail: (error: unknown) => void): void {
  const { body } = init as { readonly body?: unknown };
  if (!isStreaming(body)) return;
  Object.assign(init, { duplex: 'half', ...noCopy(), ...init, body: requestBody(body, exchange, fail) });
}

/**
 * Makes of a body that streams the one that `fetch` is given. It is the second maker of a ReadableStream, because
 * `fetch` does not cancel a request's body (node#61460) and a body that it has locked cannot be cancelled from outside.
 * Nothing is buffered: each read of `fetch` takes one chunk from the source.
 *
 * @param exchange Its teardown releases the source and ends the body with an error, because a close would look whole.
 * @param fail Is given what the source errors with, after `fetch` has got it.
 */
function requestBody(
  body: StreamingBody,
  exchange: Subscription,
  fail: (error: unknown) => void,
): ReadableStream<Uint8Array> {
  const { next, leave } = readerOf(body);
  let over = false;
  const stop = (): void => {
    over = true;
    leave();
  };
  return new ReadableStream<Uint8Array>(
    {
      start: (controller) => {
        exchange.add(() => {
          controller.error(new Error('The request is over'));
          stop();
        });
      },
      pull: async (controller) => {
        try {
          const result = await next();
          // Bun and Deno cancel it themselves, and then a stream takes nothing more.
          if (over) return;
          if (result.done) controller.close();
          else controller.enqueue(bytesOf(result.value));
        } catch (error) {
          if (over) return;
          controller.error(error);
          fail(error);
        }
      },
      cancel: stop,
    },
    { highWaterMark: 0 },
  );
}

/** Tells the source of a body that streams, and that no exchange reads, that it is not wanted any more. */
export function release(body: unknown): void {
  const { cancel, destroy, return: end } = Object(body) as Record<string, (() => unknown) | undefined>;
  // A stream that is locked rejects. A Readable of Node can be left while it waits by `destroy` alone.
  if (isStreaming(body)) quietly(() => (cancel ?? destroy ?? end)?.call(body));
}

const isStreaming = (body: unknown): body is StreamingBody =>
  'getReader' in Object(body) || Symbol.asyncIterator in Object(body);

/** Nothing where the platform refuses it, as workerd does. */
function noCopy(): Partial<typeof NO_COPY> {
  try {
    new Request('http://localhost', NO_COPY);
    return NO_COPY;
  } catch {
    return {};
  }
}

function readerOf(body: StreamingBody): {
  readonly next: () => Promise<IteratorResult<unknown>>;
  readonly leave: () => void;
} {
  if ('getReader' in body) {
    // The platform alone can tell a stream that was read before, and would be an empty body now.
    new Response(body as ReadableStream<Uint8Array<ArrayBuffer>>);
    const reader = body.getReader();
    return {
      next: () => reader.read() as Promise<IteratorResult<unknown>>,
      leave: () => {
        quietly(() => reader.cancel());
      },
    };
  }
  const iterator = body[Symbol.asyncIterator]();
  if (sent.has(iterator)) throw new TypeError('body: expected an iterator that has not been sent before');
  sent.add(iterator);
  return {
    next: () => iterator.next(),
    leave: () => {
      release(body);
      quietly(() => iterator.return?.());
    },
  };
}

/** Never waits: the exchange is over. A failure of the source is not reported, because its stream has been left. */
const quietly = (end: () => unknown): void => {
  new Promise((resolve) => {
    resolve(end());
  }).catch(noop);
};

function bytesOf(value: unknown): Uint8Array {
  if (typeof value === 'string') return encodeUtf8(value);
  if (ArrayBuffer.isView(value)) return value as Uint8Array;
  throw new TypeError(`body: expected bytes or text, got ${described(value)}`);
}
