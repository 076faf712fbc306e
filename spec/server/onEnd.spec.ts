import { NEVER, Subject, concat, config, of, throwError } from 'rxjs';
import { toChunkedBody, toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { bodies } from '../support/bodies';
import { bodyEnds } from '../support/bodyEnds';
import { drained } from '../support/drained';
import { producer } from '../support/producer';
import { responses } from '../support/responses';
import { textReader } from '../support/textReader';
import { unhandledErrors } from '../support/unhandledErrors';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { elapse, timers, virtualTime } from '../support/virtualTime';

forbidUnhandledRejections();
virtualTime();

const { ends, onEnd } = bodyEnds();

const sizeOf = (text: string): number => new TextEncoder().encode(text).length;

describe.each(bodies)('$name', ({ make, opening, frame, completion, failure }) => {
  it('tells of an end with what the reader was given', async () => {
    const { text } = await drained(make(of('a', 'é', '✓'), { onEnd }));
    expect(text).toBe(opening + frame('a') + frame('é') + frame('✓') + completion);
    expect(ends).toEqual([
      { outcome: 'completed', error: undefined, messages: 3, bytes: sizeOf(text), duration: 0 },
    ]);
  });

  it('tells of a failure with the error that the public is not told', async () => {
    const reason = new Error('the secret');
    const failing = throwError(() => reason);
    const all = drained(make(concat(of('a'), failing), { onEnd }));
    await elapse(49);
    expect(ends).toEqual([]);
    await elapse(1);
    expect((await all).text).toBe(opening + frame('a') + failure);
    expect(ends).toEqual([
      {
        outcome: 'failed',
        error: reason,
        messages: 1,
        bytes: sizeOf(opening + frame('a') + failure),
        duration: 50,
      },
    ]);
    expect(ends[0]?.error).toBe(reason);
  });

  it('tells of a failure also where its client leaves before it is told', async () => {
    const { source, error } = producer('a');
    const { read, cancel } = textReader(make(source, { onEnd }));
    await read();
    error(new Error('the secret'));
    await cancel();
    expect(ends).toMatchObject([{ outcome: 'failed', error: new Error('the secret'), messages: 1 }]);
  });

  it('tells that a client left, of what it was given by then and for how long', async () => {
    const { source, next } = producer('a');
    const { read, cancel } = textReader(make(source, { onEnd }));
    const taken = await read();
    await elapse(1_500);
    for (const value of ['b', 'c']) next(value);
    await cancel();
    expect(ends).toEqual([
      { outcome: 'left', error: undefined, messages: 1, bytes: sizeOf(taken ?? ''), duration: 1_500 },
    ]);
  });

  it('tells that a client left whose source had completed, but which had not taken everything', async () => {
    const { source, next, complete } = producer('a');
    const { read, cancel } = textReader(make(source, { onEnd }));
    await read();
    next('b');
    complete();
    await cancel();
    expect(ends).toMatchObject([{ outcome: 'left', error: undefined, messages: 1 }]);
  });

  it('tells once where a client leaves in several ways', async () => {
    const controller = new AbortController();
    const request = new Request('http://localhost/', { signal: controller.signal });
    const { read, cancel } = textReader(make(producer('a').source, { request, onEnd }));
    await read();
    controller.abort();
    await cancel();
    await elapse(1_000);
    expect(ends).toMatchObject([{ outcome: 'left', error: undefined }]);
  });

  it('tells of a request that had been aborted before the body was read', async () => {
    const request = new Request('http://localhost/', { signal: AbortSignal.abort() });
    const all = drained(make(of('a'), { request, onEnd }));
    await elapse(50);
    await all;
    expect(ends).toEqual([{ outcome: 'left', error: undefined, messages: 0, bytes: 0, duration: 0 }]);
  });

  it('tells the reason of a signal as it is', async () => {
    const controller = new AbortController();
    const { read } = textReader(make(producer('a').source, { signal: controller.signal, onEnd }));
    await read();
    controller.abort('enough');
    await expect(read()).rejects.toThrow();
    expect(ends).toMatchObject([{ outcome: 'aborted', error: 'enough', messages: 1 }]);
  });

  it('takes the signal of the request for its client also where it is given twice', async () => {
    const controller = new AbortController();
    const request = new Request('http://localhost/', { signal: controller.signal });
    const { read, cancel } = textReader(
      make(producer('a').source, { request, signal: request.signal, onEnd }),
    );
    await read();
    controller.abort();
    await cancel();
    expect(ends).toMatchObject([{ outcome: 'left' }]);
  });

  it('tells which limit a client has met', async () => {
    const slow = producer('a');
    const stalled = textReader(make(slow.source, { stallTimeout: 1_000, onEnd }));
    await stalled.read();
    slow.next('b');
    await elapse(1_000);
    expect(ends).toMatchObject([
      {
        outcome: 'stalled',
        error: { name: 'StreamOverflowError', limit: 1_000 },
        messages: 1,
        duration: 1_000,
      },
    ]);

    const flood = producer('a');
    const flooded = textReader(make(flood.source, { maxBufferedBytes: 100, onEnd }));
    await flooded.read();
    flood.next('x'.repeat(1_000));
    await elapse(100);
    expect(ends[1]).toMatchObject({
      outcome: 'overflow',
      error: { name: 'StreamOverflowError', limit: 100 },
      messages: 1,
    });
  });

  it('tells nothing of a body that is never read, or cancelled before', async () => {
    make(of('a'), { onEnd });
    const { cancel } = textReader(make(of('a'), { onEnd }));
    await cancel();
    await elapse(1_000);
    expect(ends).toEqual([]);
  });

  it.each([
    [
      'throws',
      () => {
        throw new Error('in onEnd');
      },
    ],
    ['rejects', () => Promise.reject(new Error('in onEnd'))],
  ] as [string, () => void][])('lets its body end where onEnd %s, and reports it', async (_, broken) => {
    const reported = unhandledErrors();
    expect((await drained(make(of('a'), { onEnd: broken }))).error).toBeUndefined();
    await elapse(10);
    expect(reported).toEqual([new Error('in onEnd')]);
    config.onUnhandledError = null;
    expect((await drained(make(of('a'), { onEnd: broken }))).error).toBeUndefined();
    await elapse(10);
    expect(timers()).toBe(0);
  });
});

describe.each(responses)('$name', ({ respond, respondWithFirst }) => {
  it('tells of a source that fails before the first value that is awaited', async () => {
    const reason = new Error('the secret');
    const subject = new Subject<string>();
    const response = respondWithFirst(subject, { onEnd });
    await elapse(20);
    subject.error(reason);
    expect(await response).toMatchObject({ status: 500 });
    expect(ends).toEqual([{ outcome: 'failed', error: reason, messages: 0, bytes: 0, duration: 20 }]);
  });

  it('tells of a client that leaves while the first value is awaited', async () => {
    const controller = new AbortController();
    const request = new Request('http://localhost/', { signal: controller.signal });
    const response = respondWithFirst(NEVER, { request, onEnd });
    await elapse(20);
    controller.abort();
    await response;
    expect(ends).toMatchObject([{ outcome: 'left', error: undefined, duration: 20 }]);
    expect(timers()).toBe(0);
  });

  it('tells nothing of HEAD', async () => {
    const request = new Request('http://localhost/', { method: 'HEAD' });
    const response = respond(of('a'), { request, onEnd });
    expect(await response.text()).toBe('');
    expect(ends).toEqual([]);
  });
});

describe('What onEnd counts', () => {
  it('is what the reader was given, not what was dropped', async () => {
    const subject = new Subject<string>();
    const { read, cancel } = textReader(
      toNdjsonBody(subject, { maxBufferedBytes: 10, overflow: 'drop-oldest', onEnd }),
    );
    const first = read();
    await elapse(0);
    subject.next('a');
    await first;
    for (const value of ['bbbb', 'cccc', 'dddd']) subject.next(value);
    await elapse(100);
    expect(await read()).toBe('"dddd"\n');
    await cancel();
    expect(ends).toMatchObject([{ messages: 2, bytes: 4 + 7 }]);
  });

  it('takes bytes that were encoded before for a message, and heartbeats for none', async () => {
    const subject = new Subject<Uint8Array>();
    const { read, cancel } = textReader(toSseBody(subject, { heartbeat: 1_000, terminal: 'none', onEnd }));
    await read();
    const beat = read();
    await elapse(1_000);
    await beat;
    const encoded = read();
    await elapse(0);
    subject.next(new TextEncoder().encode('data: a\n\n'));
    await encoded;
    await cancel();
    expect(ends).toMatchObject([{ messages: 1, bytes: 3 + 3 + 9 }]);
  });

  it('is of each body alone, also where many share their options', async () => {
    const options = { onEnd };
    await Promise.all([drained(toChunkedBody(['a'], options)), drained(toChunkedBody(['b', 'c'], options))]);
    expect(ends.map(({ messages }) => messages).sort()).toEqual([1, 2]);
  });
});
