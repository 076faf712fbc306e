import fc from 'fast-check';
import { Subject, timer } from 'rxjs';
import { appendTo, isStreamGapError, memoryLog, resumable } from 'rxjs-http-streams';
import type { MessageLog, SseMessageInit } from 'rxjs-http-streams';
import { TestScheduler } from 'rxjs/testing';
import { describe, expect, it } from 'vitest';
import { cursorOf } from '../../src/feed/cursor';
import type { Cursor } from '../../src/feed/cursor';
import { record } from '../support/recording';
import { slowLog } from '../support/slowLog';

const SIZE = 5;

/**
 * The next step: messages come, a client comes (after a message, counted from the newest) or reads, or time passes.
 */
const step = fc.oneof(
  fc.record({ send: fc.integer({ min: 1, max: 7 }) }),
  fc.record({
    join: fc.option(fc.integer({ min: 0, max: 12 })),
    as: fc.constantFrom('cursor', 'observable'),
  }),
  fc.record({ read: fc.nat(20), limit: fc.constantFrom(1, 60, 65_536) }),
  fc.record({ pass: fc.integer({ min: 1, max: 9 }) }),
);

/** One client: what it had before it came, and what it has been given since. */
interface Client {
  /** The number of the last message that it has had; unset for a newcomer until it is known. */
  last: number | undefined;
  readonly seen: () => number[];
  readonly read: (limit: number) => void;
  readonly error: () => unknown;
}

function play(
  log: MessageLog,
  steps: readonly (typeof step extends fc.Arbitrary<infer S> ? S : never)[],
  pass: (ms: number) => void,
) {
  const source = new Subject<SseMessageInit>();
  const feed = resumable(log);
  /** Ids that the log has confirmed: no client has an id before. */
  const ids: string[] = [];
  source.pipe(appendTo(log)).subscribe(({ id = '' }) => ids.push(id));
  const clients: Client[] = [];
  let sent = 0;

  const join = (after: number | undefined, as: string): void => {
    const stream = feed(after === undefined ? undefined : ids[after]);
    if (as === 'observable') {
      const recording = record(stream);
      clients.push({
        last: after,
        seen: () => recording.values.map(({ data }) => Number(data)),
        read: () => undefined,
        error: () => recording.error,
      });
      return;
    }
    const cursor: Cursor = cursorOf(stream)!.open({ wake: () => undefined });
    let text = '';
    const client: Client = {
      last: after,
      seen: () => Array.from(text.matchAll(/^data: (.*)$/gm), ([, data]) => Number(data)),
      read: (limit) => {
        text += new TextDecoder().decode(cursor.take(limit));
      },
      error: () => cursor.end?.error,
    };
    client.read(1);
    clients.push(client);
  };

  for (const each of steps) {
    if ('send' in each) {
      for (let n = 0; n < each.send; n++) source.next({ data: sent++ });
    } else if ('join' in each) {
      const after = each.join === null ? undefined : ids.length - 1 - each.join;
      join(after === undefined || after < 0 ? undefined : after, each.as);
    } else if ('read' in each) {
      clients[each.read % Math.max(1, clients.length)]?.read(each.limit);
    } else {
      pass(each.pass);
    }
  }
  pass(1_000);
  for (let round = 0; round < 50; round++) {
    for (const client of clients) client.read(65_536);
    pass(20);
  }

  for (const { last, seen, error } of clients) {
    const values = seen();
    const [first = sent] = values;
    // No message is left out and none comes twice.
    expect(values).toEqual(values.map((_, index) => first + index));
    if (last !== undefined && values.length > 0) expect(first).toBe(last + 1);
    if (error() === undefined) expect(values.at(-1) ?? last ?? sent - 1).toBe(sent - 1);
    else {
      expect(isStreamGapError(error())).toBe(true);
      // The next message was gone.
      expect((values.at(-1) ?? last ?? -1) + 1).toBeLessThan(sent - SIZE);
    }
  }
}

describe('in any order of messages, clients and reads', () => {
  it('a client has each message after its id once, in order, or a gap where the next one is gone', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), (steps) => {
        play(memoryLog({ bufferSize: SIZE }), steps, () => undefined);
      }),
      { numRuns: 300 },
    );
  });

  it('also where the log takes its time to answer', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 40 }), fc.integer({ min: 1, max: 5 }), (steps, ms) => {
        const scheduler = new TestScheduler(() => undefined);
        scheduler.run(({ flush }) => {
          play(slowLog(ms, { bufferSize: SIZE }), steps, (time) => {
            timer(time).subscribe();
            flush();
          });
        });
      }),
      { numRuns: 300 },
    );
  });
});
