import fc from 'fast-check';
import type { SseMessageInit } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { Block } from '../../src/feed/block';
import { Ring } from '../../src/feed/ring';
import { sseFrame } from '../../src/protocol/sseBlock';
import { scheduled } from '../support/scheduler';

const HEAD = 'head';
const MiB = 1_048_576;

function ringOf(messages: readonly SseMessageInit[]): Ring<SseMessageInit> {
  const ring = new Ring<SseMessageInit>(HEAD);
  for (const message of messages) ring.push(new Block(message), message.id);
  return ring;
}

/** Messages with few ids, so that some repeat one, and some have none. */
const someMessages = fc
  .array(fc.record({ id: fc.constantFrom(undefined, 'a', 'b', 'c'), size: fc.nat(6) }), { maxLength: 12 })
  .map((rows) => rows.map(({ id, size }, n): SseMessageInit => ({ id, data: `${n}${'.'.repeat(size)}` })));

describe('a ring', () => {
  it('finds the place after the last message with an id, after its head, and no other', () => {
    fc.assert(
      fc.property(someMessages, someMessages, (before, more) => {
        const ring = ringOf(before);
        for (const all of [before, [...before, ...more]]) {
          for (const id of ['a', 'b', 'c', HEAD, 'other']) {
            const last = all.map((message) => message.id).lastIndexOf(id);
            const known = id === HEAD ? 0 : undefined;
            expect(ring.after(id)).toBe(last < 0 ? known : last + 1);
          }
          if (all === before) for (const message of more) ring.push(new Block(message), message.id);
        }
      }),
    );
  });

  it('gives a client all messages with an id from its place on, and those without that came after it', () => {
    fc.assert(
      fc.property(someMessages, fc.nat(), fc.nat(12), (messages, place, live) => {
        const from = place % (messages.length + 1);
        expect(ringOf(messages).messages(from, live)).toEqual(
          messages.filter(({ id }, number) => number >= from && (id !== undefined || number >= live)),
        );
      }),
    );
  });

  it('gives the same as bytes, up to the message that reaches the limit, whoever has asked before', () => {
    const anAsk = fc.record({
      place: fc.nat(),
      live: fc.nat(14),
      pushed: someMessages.map((messages) => messages.slice(0, 2)),
    });
    fc.assert(
      fc.property(someMessages, fc.nat(80), fc.array(anAsk, { maxLength: 12 }), (messages, size, asks) => {
        const limit = size + 1;
        const ring = ringOf(messages);
        const all = [...messages];
        for (const { place, live, pushed } of asks) {
          const from = place % (all.length + 1);
          const frames: string[] = [];
          let to = from;
          let last: string | undefined;
          for (; to < all.length && frames.join('').length < limit; to++) {
            const message = all[to]!;
            if (message.id === undefined && to < live) continue;
            frames.push(sseFrame(message, to));
            last = message.id ?? last;
          }
          const { bytes, ...range } = ring.range(from, limit, live);
          expect(new TextDecoder().decode(bytes)).toBe(frames.join(''));
          expect(range).toMatchObject({ from, to, count: frames.length, id: last });
          for (const message of pushed) ring.push(new Block(message), message.id);
          all.push(...pushed);
        }
      }),
    );
  });

  it('gives clients at two places the same bytes, and not a copy for each', () => {
    const ring = ringOf([{ id: 'a' }, { data: 1 }, { id: 'c' }]);
    const [first, second] = [ring.range(0, 100, 0), ring.range(1, 100, 0)];
    expect(ring.range(0, 100, 0)).toBe(first);
    expect(ring.range(1, 100, 1)).toBe(second);
    ring.push(new Block({ id: 'd' }), 'd');
    expect(ring.range(1, 100, 0).count).toBe(3);
  });

  it('drops messages of more than 30 s when a newer one comes, and continues after the last of them', () => {
    scheduled(({ cold, flush }) => {
      const ring = new Ring<SseMessageInit>(HEAD);
      const seen: unknown[] = [];
      cold('a 9998ms b 19999ms c 9999ms d 60s e|').subscribe((id) => {
        ring.push(new Block({ id }), id);
        seen.push([ring.first, ring.base, ring.last, ring.next]);
      });
      flush();
      expect(seen).toEqual([
        [0, HEAD, 'a', 1],
        [0, HEAD, 'b', 2],
        [0, HEAD, 'c', 3],
        [2, 'b', 'd', 4],
        [4, 'd', 'e', 5],
      ]);
      expect(ring.after('d')).toBe(4);
      expect(ring.after('c')).toBeUndefined();
    });
  });

  it('holds a limited number of bytes besides its newest message, and knows the id before them', () => {
    const data = '.'.repeat(3 * MiB);
    const ring = ringOf([{ id: 'a', data }, { data }, { id: 'c', data }, { id: 'd', data }]);
    expect([ring.first, ring.base]).toEqual([2, 'a']);
    expect(ring.after('a')).toBe(2);
    expect(ring.messages(3, 0).map(({ id }) => id)).toEqual(['d']);
    expect(ring.range(3, 100, 0)).toMatchObject({ count: 1, id: 'd' });
    ring.push(new Block({ data: '.'.repeat(9 * MiB) }), undefined);
    expect([ring.first, ring.next, ring.base]).toEqual([4, 5, 'd']);
  });

  it('gives a client the messages without an id from the moment on at which it came', () => {
    const ring = ringOf([{ data: 0 }, { id: 'a' }, { data: 2 }, { data: 3 }]);
    expect(ring.messages(0, 3)).toEqual([{ id: 'a' }, { data: 3 }]);
    expect(new TextDecoder().decode(ring.range(0, 100, 3).bytes)).toBe('id: a\n\ndata: 3\n\n');
  });

  it('counts 128 bytes for a message besides its text', () => {
    const ring = new Ring<SseMessageInit>(HEAD);
    const block = new Block({ id: '1' });
    const held = Math.floor((8 * MiB) / (block.size + 128));
    for (let n = 0; n <= held; n++) ring.push(block, '1');
    expect(ring.next - ring.first).toBe(held);
  });
});
