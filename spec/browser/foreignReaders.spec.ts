import { beforeEach, describe, expect, inject, it, onTestFinished } from 'vitest';
import type { Stats } from './server';

let test = 0;
beforeEach(() => {
  test++;
});

/** An address of the server that it counts for this test alone. */
const at = (path: string): string => `${inject('streams')}${path}?test=foreign-${test}`;

const stats = async (): Promise<Stats> => (await (await fetch(at('stats'))).json()) as Stats;

/** Everything that an EventSource tells of, in order. */
interface Watched {
  readonly eventSource: EventSource;
  readonly seen: readonly string[];
}

function watch(path: string): Watched {
  const eventSource = new EventSource(at(path));
  onTestFinished(() => {
    eventSource.close();
  });
  const seen: string[] = [];
  const note = ({ type, lastEventId, data }: MessageEvent<string>): void => {
    seen.push(`${type}|${lastEventId}|${data}`);
  };
  eventSource.onmessage = note;
  for (const type of ['odd', 'end', 'retry']) eventSource.addEventListener(type, note);
  return { eventSource, seen };
}

/** Reads lines as they come, until there are so many or the body ends or fails. */
async function linesOf(
  response: Response,
  count = Infinity,
): Promise<{ readonly lines: readonly string[]; readonly failed: boolean }> {
  const reader = response.body!.pipeThrough(new TextDecoderStream()).getReader();
  let text = '';
  const lines = (): string[] => text.split('\n').slice(0, -1);
  try {
    while (lines().length < count) {
      const { done, value } = await reader.read();
      if (done) break;
      text += value;
    }
    await reader.cancel();
    return { lines: lines(), failed: false };
  } catch {
    return { lines: lines(), failed: true };
  }
}

describe("a browser's EventSource", () => {
  it('reads types, ids and data, sees no comment, and continues after cuts, until it is told to stop', async () => {
    const { eventSource, seen } = watch('own/numbers');
    for (const count of [3, 6, 9, 12, 15]) {
      await expect.poll(() => seen.length).toBe(count);
      await fetch(at('cut/now'));
    }
    await expect.poll(() => eventSource.readyState).toBe(EventSource.CLOSED);
    expect(seen).toEqual(
      Array.from({ length: 15 }, (_, index) => {
        const n = index + 1;
        return `${n % 2 ? 'odd' : 'message'}|日${n}|${JSON.stringify({ n, text: 'é\r\n' })}`;
      }),
    );
    expect((await stats()).requests).toBe(6);
  });

  it.each([
    ['an end', 'own/once', 'message|1|a\nb\nc'],
    ['a failure', 'own/failing', 'message|1|a'],
  ])('comes back after %s, and stops for good at 204', async (_, path, message) => {
    const { eventSource, seen } = watch(path);
    await expect.poll(() => eventSource.readyState).toBe(EventSource.CLOSED);
    expect(seen).toEqual([message]);
    expect((await stats()).requests).toBe(2);
  });

  it.each([
    ['a 204', 'stop'],
    ['a 429', 'refused'],
    ['another media type', 'page'],
  ])('is closed for good by %s, with an error event that gives no reason', async (_, path) => {
    const { eventSource } = watch(path);
    const error = await new Promise<Event>((resolve) => {
      eventSource.onerror = resolve;
    });
    expect(eventSource.readyState).toBe(EventSource.CLOSED);
    expect([error instanceof ErrorEvent, 'message' in error, 'status' in error]).toEqual([
      false,
      false,
      false,
    ]);
    expect((await stats()).requests).toBe(1);
  });

  it('ends a quiet source by closing', async () => {
    const { eventSource, seen } = watch('own/quiet');
    await expect.poll(() => seen).toEqual(['message||a']);
    eventSource.close();
    await expect.poll(stats).toMatchObject({ requests: 1, open: 0 });
  });
});

describe("a browser's fetch", () => {
  it('reads rows as they are made, and ends the source by leaving', async () => {
    const { lines } = await linesOf(await fetch(at('own/rows')), 5);
    expect(lines.slice(0, 5).map((line) => JSON.parse(line) as unknown)).toEqual(
      [0, 1, 2, 3, 4].map((row) => ({ row, text: '✓' })),
    );
    await expect.poll(stats).toMatchObject({ requests: 1, open: 0 });
  });

  it('fails when the source does', async () => {
    const { lines, failed } = await linesOf(await fetch(at('own/failing-rows')));
    expect(failed).toBe(true);
    expect(lines.join()).not.toContain('secret');
  });

  it('has an answer to HEAD that starts nothing', async () => {
    const response = await fetch(at('own/quiet'), { method: 'HEAD' });
    expect(response.headers.get('content-type')).toBe('text/event-stream');
    await expect.poll(stats).toMatchObject({ requests: 1, open: 0 });
  });
});
