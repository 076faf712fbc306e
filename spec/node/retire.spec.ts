import { Subject } from 'rxjs';
import { toNdjsonBody, toSseBody } from 'rxjs-http-streams';
import type { SseBodyOptions, SseBodyValue } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { retire } from '../../src/node/retire';
import { bodyBehind } from '../../src/server/directBody';
import type { DirectBody } from '../../src/server/directBody';
import { elapse, virtualTime } from '../support/virtualTime';

virtualTime();

/** A body whose client reads when it is told to. */
function reading(stream: ReadableStream<Uint8Array>): {
  body: DirectBody;
  text: () => string;
  read: () => Promise<void>;
} {
  const body = bodyBehind(stream)!;
  const decoder = new TextDecoder();
  let text = '';
  stream.getReader();
  const sink = {
    enqueue: (chunk?: Uint8Array) => {
      text += decoder.decode(chunk, { stream: true });
    },
    close: () => undefined,
    error: () => undefined,
  };
  body.sendTo(sink, () => false);
  return {
    body,
    text: () => text,
    read: async () => {
      body.pull();
      await elapse(0);
    },
  };
}

const RETRY = /retry: (\d+)\n/;

async function streaming(
  options?: SseBodyOptions,
): Promise<{ values: Subject<SseBodyValue> } & ReturnType<typeof reading>> {
  const values = new Subject<SseBodyValue>();
  const client = reading(toSseBody(values, { terminal: 'none', heartbeat: 0, ...options }));
  // The opening, and the wait for what comes.
  await client.read();
  await client.read();
  return { values, ...client };
}

describe('The retry of an event stream that is about to be cut', () => {
  it.each([
    [undefined, 1_500, 4_500],
    [1_000, 500, 1_500],
    [50, 100, 100],
    [0, 100, 100],
  ])('is from 0.5 to 1.5 times %s, and at least 100', async (retry, least, most) => {
    for (let times = 0; times < 20; times++) {
      const { body, text } = await streaming({ retry });
      const before = text().length;
      expect(retire(body)).toBe(true);
      const [block, told] = /^retry: (\d+)\n\n$/.exec(text().slice(before)) ?? [];
      expect(block).toBeDefined();
      expect(Number(told)).toBeGreaterThanOrEqual(least);
      expect(Number(told)).toBeLessThanOrEqual(most);
    }
  });

  it('is a block between two messages', async () => {
    const { body, values, text, read } = await streaming();
    values.next('a');
    await read();
    expect(retire(body)).toBe(true);
    await read();
    values.next('b');
    await read();
    expect(text().replace(RETRY, 'retry\n')).toBe(':\n\ndata: a\n\nretry\n\ndata: b\n\n');
  });

  it('waits for a client that does not read', async () => {
    const { body, values, text, read } = await streaming();
    values.next('a');
    await elapse(0);
    expect(retire(body)).toBe(true);
    expect(text()).not.toMatch(RETRY);
    await read();
    expect(text()).toMatch(/data: a\n\nretry: \d+\n\n$/);
  });

  it('is a line between two lines of a block that is relayed', async () => {
    const { body, values, text, read } = await streaming();
    values.next(utf8('data: a\n'));
    await read();
    expect(retire(body)).toBe(true);
    await read();
    values.next(utf8('data: b\n\n'));
    expect(text().replace(RETRY, 'retry\n')).toBe(':\n\ndata: a\nretry\ndata: b\n\n');
  });

  it.each(['data: hel', 'data: a\n\nda'])('is not told within a line that is relayed: %j', async (part) => {
    const { body, values, text, read } = await streaming();
    values.next(utf8(part));
    await read();
    expect(retire(body)).toBe(false);
    expect(text()).toBe(`:\n\n${part}`);
    values.next(utf8('\n\n'));
    await read();
    expect(retire(body)).toBe(true);
    expect(text()).toMatch(/\n\nretry: \d+\n\n$/);
  });

  it('is not told where bytes wait: they may end within a line', async () => {
    const { body, values, text, read } = await streaming();
    values.next(utf8('data: a\n\nda'));
    values.next(utf8('ta: b\n\n'));
    expect(retire(body)).toBe(false);
    await read();
    await read();
    expect(text()).toBe(':\n\ndata: a\n\ndata: b\n\n');
    expect(retire(body)).toBe(true);
  });

  it('does not exist in other formats', async () => {
    const { body, text, read } = reading(toNdjsonBody(new Subject()));
    await read();
    expect(retire(body)).toBeUndefined();
    expect(text()).toBe('');
  });
});
