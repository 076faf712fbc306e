import {
  AsyncSubject,
  NEVER,
  Observable,
  Subject,
  Subscription,
  asyncScheduler,
  defer,
  lastValueFrom,
  noop,
  timer,
} from 'rxjs';
import type { Subscriber } from 'rxjs';
import { StreamOverflowError } from '../errors';
import { pullOf, whenWanted } from '../operators/pullable';
import type { Consumer } from '../operators/pullable';
import { quietFor } from '../operators/quietFor';
import { untilAborted } from '../operators/untilAborted';
import { check, checkOptions } from '../options/rules';
import { BODY, aBodySource } from '../options/table';
import { MAX_DELAY } from '../protocol/limits';
import { encodeUtf8 } from '../protocol/text';
import { asError } from './asError';
import { bodyLife } from './bodyLife';
import type { BodyEnd, BodyOptions, BodySource } from './bodyOptions';
import { consumerWatch } from './consumerWatch';
import { encodeFrames } from './encodeFrames';
import { FrameQueue } from './frameQueue';
import type { Frame, Framed } from './frameQueue';
import { guarded } from './guarded';
import { lastEventId } from './lastEventId';
import { isBytes } from './isBytes';
import { INTERNAL_ERROR, publicReason } from './publicReason';
import { inputOf, pulled } from './pulled';

/** How a format looks on the wire. */
export interface Framing<T> {
  readonly frame: (value: T, index: number) => string;
  /** Goes out at once when the body is first read. */
  readonly opening?: string;
  /** Goes out when nothing else has for so many milliseconds. */
  readonly heartbeat?: { readonly ms: number; readonly frame: () => string } | undefined;
  /** Is told of bytes that pass as they are. */
  readonly pass?: (bytes: Uint8Array) => void;
  /** Goes out last when the source has completed. Throws where what the source gave is no whole. */
  readonly completion?: () => string;
  /** Goes out last when the source has failed; it is given what the public may know. */
  readonly failure?: (reason: string) => string;
}

/** A body, and a way to wait for its source. */
export interface StreamBody {
  readonly stream: ReadableStream<Uint8Array>;
  /**
   * Subscribes the source; settles once it has given a value or completed, with what it failed with and what the public
   * may know of that if it failed before. Then there is nothing more to read.
   */
  readonly first: () => Promise<{ readonly error: unknown; readonly reason: string } | undefined>;
}

/** How a source ended. */
interface End {
  readonly failed: boolean;
  readonly error?: unknown;
}

/** Cheaper than `queueMicrotask`, whose every call makes a resource in Node. */
const SETTLED = Promise.resolve();
/** How much is gathered for a chunk, in bytes; the frame that reaches it is the last one in. */
const CHUNK = 64 * 1024;
/**
 * Between the last chunk and an error, in milliseconds: servers, and proxies behind them, destroy a connection with what
 * they still hold. 5 ms were too short for a busy nginx.
 */
const GRACE = 50;
/**
 * How much of a source is pulled without a rest, in bytes. Servers that write at once read on in a microtask: a client
 * that takes all would keep the event loop from all others.
 */
const REST_AFTER = 2 * 1024 * 1024;

/**
 * An Observable as a body: the only place that makes a ReadableStream.
 *
 * The source is subscribed when the body is first read, once, and unsubscribed when it is cancelled. What can be
 * pulled is pulled; what cannot waits in a queue, whole frames within limits, and leaves in chunks of many.
 */
export function streamBody<T>(
  source: BodySource<T | Uint8Array>,
  { frame, pass, opening = '', heartbeat, completion, failure }: Framing<T>,
  options: BodyOptions<T | Uint8Array>,
): StreamBody {
  check('source', source, aBodySource);
  checkOptions('options', options, BODY);
  const {
    maxBufferedBytes = 8 * 1024 * 1024,
    stallTimeout = 30_000,
    overflow = 'error',
    mapError,
    signal,
    request,
    onEnd,
  } = options;
  const input = typeof source === 'function' ? source : inputOf(source);

  const running = new Subscription();
  /** Timers that still run for a body whose client has left. */
  const late = new Subscription();
  const life = bodyLife(onEnd, running);
  const firstSubject = new AsyncSubject<never>();
  const demandSubject = new Subject<void>();
  const queue = new FrameQueue<T | Uint8Array>();
  let controller: ReadableStreamDefaultController<Uint8Array>;
  let values: Subscriber<T | Uint8Array>;
  let index = 0;
  let started = false;
  /** A value is being asked for: what comes at once is gathered. */
  let demanding = false;
  /** The next chunk of a reader is wanted: the last read, or the first value, was not answered yet. */
  let wanted = false;
  /** The source is a reader, which waits as well. */
  let isReader = false;
  /** A read is waiting for a chunk. */
  let reading = false;
  /** Nothing has been sent. */
  let untouched = true;
  /** When something was sent last, by the clock of `asyncScheduler`. */
  let lastWrite = 0;
  let before = opening;
  let after = '';
  let reason = INTERNAL_ERROR;
  /** How the source ended, once it has. */
  let end: End | undefined;
  let beats = Subscription.EMPTY;
  /** Waits for the first read of a body whose source was started before it. */
  let unread = Subscription.EMPTY;
  /** How much was sent since others had their turn, in bytes. */
  let unrested = 0;

  /** Bytes are frames that were encoded before, once for all who get them. */
  const framed = (value: T | Uint8Array): Framed<T | Uint8Array> => {
    const bytes = isBytes(value) ? value : undefined;
    if (bytes) pass?.(bytes);
    return {
      value: typeof overflow === 'function' ? value : undefined,
      frame: bytes ?? frame(value as T, index),
    };
  };

  /** A reader is asked for a chunk when all is out, and makes of it what fits the chunk that is being gathered. */
  const consumer: Consumer = {
    room: whenWanted(() => wanted && queue.size === 0, demandSubject),
    turn: whenWanted(
      () => wanted && (reading || demanding ? queue.bytes < CHUNK : queue.size === 0),
      demandSubject,
    ),
  };

  const value$ = defer(() => {
    const values = typeof input === 'function' ? inputOf(input(request && lastEventId(request))) : input;
    const pull = pullOf<T | Uint8Array>(values);
    isReader = pull !== undefined;
    return (
      pull?.(consumer) ??
      pulled(
        values,
        demandSubject,
        () => (reading && queue.size === 0) || (demanding && queue.bytes < CHUNK),
        life.stopping,
      )
    );
  });

  const start = (): void => {
    if (started) return;
    started = true;
    lastWrite = asyncScheduler.now();
    life.begin();
    // The client's first: where both are the same, it is the client that has left.
    running.add(NEVER.pipe(untilAborted(request)).subscribe({ error: left }));
    running.add(NEVER.pipe(untilAborted({ signal })).subscribe({ error: cutAs('aborted') }));
    if (isDone()) return;
    if (heartbeat) {
      beats = quietFor(heartbeat.ms, quiet).subscribe({ next: beat, error: noop });
      running.add(beats);
    }
    new Observable<T | Uint8Array>((subscriber) => {
      values = guarded(subscriber, life.torn);
      // At once, so that a source which emits while it is being subscribed can be stopped.
      running.add(subscriber);
      return value$.subscribe(subscriber);
    }).subscribe({ next: receive, error: failInContext, complete });
  };

  const failInContext = (error: unknown): void => {
    if (isDone()) return;
    life.failed(error);
    life.inContext(() => {
      if (!isDone()) fail(error);
    });
  };

  const quiet = (): number => asyncScheduler.now() - lastWrite;

  const beat = (): void => {
    lastWrite = asyncScheduler.now();
    // Whoever is not reading has bytes to take.
    const nudge = reading ? heartbeat?.frame() : undefined;
    if (nudge) write(encodeUtf8(nudge));
  };

  const complete = (): void => {
    try {
      after = completion?.() ?? '';
    } catch (error) {
      failInContext(error);
      return;
    }
    firstSubject.complete();
    finish({ failed: false });
  };

  const fail = (error: unknown): void => {
    reason = publicReason(error, mapError);
    after = failure?.(reason) ?? '';
    firstSubject.error(error);
    finish({ failed: true, error });
  };

  const finish = (how: End): void => {
    end = how;
    beats.unsubscribe();
    send();
  };

  const ask = (): void => {
    const isFirst = !started;
    wanted = true;
    start();
    if (queue.size === 0 && demandSubject.observed) {
      demanding = true;
      demandSubject.next();
      demanding = false;
    }
    if (isFirst) watch.exempt();
  };

  const answer = (): void => {
    if (isDone()) return;
    ask();
    reading = true;
    send();
  };

  const pull = (): void => {
    unread.unsubscribe();
    watch.read();
    if (started && !demandSubject.observed) {
      answer();
    } else if (unrested < REST_AFTER) {
      life.inContext(answer);
    } else {
      unrested = 0;
      running.add(
        timer(0).subscribe({
          next: () => {
            life.inContext(answer);
          },
          error: noop,
        }),
      );
    }
  };

  /** Formats here and not in a `map`: with a thousand clients each operator on the way costs a tenth of a delivery. */
  const receive = (value: T | Uint8Array): void => {
    if (isDone()) return;
    let entry: Framed<T | Uint8Array>;
    try {
      entry = framed(value);
    } catch (error) {
      values.error(error);
      return;
    }
    index++;
    if (untouched) firstSubject.complete();
    if (entry.frame.length === 0) return;
    if (reading && queue.size === 0 && typeof entry.frame !== 'string') {
      write(entry.frame, 1);
      return;
    }
    queue.push(entry);
    if (reading) {
      // A burst goes out in one go: encoding costs by the call, and sending too.
      if (queue.size === 1) void SETTLED.then(send);
    } else if (!isReader || queue.bytes > maxBufferedBytes) {
      watch.queued();
    }
  };

  /** Answers the read that is waiting, if there is one, with all that there is. */
  const send = (): void => {
    if (!reading || isDone() || !(queue.size > 0 || before || end)) return;
    const frames: Frame[] = [before];
    before = '';
    for (let size = 0; size < CHUNK && queue.size > 0;) {
      const { frame } = queue.shift();
      frames.push(frame);
      size += frame.length;
    }
    const messages = frames.length - 1;
    watch.shifted();
    const last = queue.size === 0 ? end : undefined;
    if (last) {
      frames.push(after);
      after = '';
    }
    const chunk = encodeFrames(frames);
    if (chunk.length > 0) write(chunk, messages);
    // Who reads ahead asked for the next chunk before this one was out, and so has ended it.
    if (!last || isDone()) return;
    if (!last.failed) close();
    else if (chunk.length === 0) cutAfterGrace(last.error);
  };

  const write = (chunk: Uint8Array, messages = 0): void => {
    reading = untouched = wanted = false;
    lastWrite = asyncScheduler.now();
    unrested += chunk.length;
    life.sent(messages, chunk.length);
    controller.enqueue(chunk);
  };

  const isDone = life.isOver;

  const close = (): void => {
    controller.close();
    stop('completed');
  };

  const cutAfterGrace = (error: unknown): void => {
    running.add(
      timer(GRACE).subscribe({
        next: () => {
          // Of an error that comes before the first byte servers make a response, its message included.
          cut(untouched ? new Error(reason, { cause: error }) : error);
        },
        error: noop,
      }),
    );
  };

  /** Servers drop a response whose client has left meanwhile, and tell nobody. */
  const awaitRead = (): undefined => {
    if (isDone() || stallTimeout > MAX_DELAY) return;
    unread = timer(stallTimeout).subscribe({
      next: () => {
        cutAs('stalled')(new StreamOverflowError('stallTimeout', stallTimeout, queue.bytes));
      },
      error: noop,
    });
    running.add(unread);
  };

  const cutAs =
    (outcome: BodyEnd['outcome']) =>
    (error: unknown): void => {
      firstSubject.error(error);
      stop(outcome, error, () => {
        controller.error(asError(error));
      });
    };

  const cut = cutAs('failed');

  /**
   * A server whose client has left cancels the body soon. An error before that is one more failure to it, and some print
   * each; without a server the reader has to know that nothing more comes.
   */
  const left = (reason: unknown): void => {
    firstSubject.error(reason);
    stop('left', undefined, () => {
      late.add(
        timer(GRACE).subscribe({
          next: () => {
            controller.error(asError(reason));
          },
          error: noop,
        }),
      );
    });
  };

  const stop = (outcome: BodyEnd['outcome'], error?: unknown, then?: () => void): void => {
    queue.clear();
    reading = false;
    life.end(outcome, error, then);
  };

  const cancel = async (): Promise<void> => {
    late.unsubscribe();
    stop('left');
    // Settles after the teardown, which is a task, too.
    await new Promise<void>((resolve) => {
      life.inContext(resolve);
    });
  };

  const watch = consumerWatch(queue, { maxBufferedBytes, stallTimeout, overflow }, framed, cutAs, running);

  return {
    stream: new ReadableStream<Uint8Array>(
      {
        start: (own) => {
          controller = own;
        },
        pull,
        cancel,
      },
      { highWaterMark: 0 },
    ),
    first: () => {
      // The response is being made, in its context.
      life.inContext(ask, true);
      return lastValueFrom(firstSubject, { defaultValue: undefined }).then(awaitRead, (error: unknown) => {
        late.unsubscribe();
        stop('failed', error);
        return { error, reason };
      });
    },
  };
}
