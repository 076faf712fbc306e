import { AsyncLocalStorage } from 'node:async_hooks';
import { NEVER } from 'rxjs';
import { toSseBody } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { keptContext } from '../../src/server/keptContext';
import { collected } from '../support/collected';
import { macrotasks } from '../support/macrotasks';

const storage = new AsyncLocalStorage<string>();

describe('keptContext', () => {
  it('runs each task in its own context, from whichever context the task comes', async () => {
    const seen: unknown[] = [];
    const inContext = storage.run('kept', keptContext);
    for (const giver of ['first', 'second', 'third']) {
      storage.run(giver, () => {
        inContext(() => seen.push(storage.getStore()));
      });
      await macrotasks();
    }
    expect(seen).toEqual(['kept', 'kept', 'kept']);
  });

  it('keeps their order, and runs none at once', async () => {
    const seen: number[] = [];
    const inContext = keptContext();
    for (const n of [1, 2, 3]) inContext(() => seen.push(n));
    expect(seen).toEqual([]);
    await Promise.resolve();
    expect(seen).toEqual([1, 2, 3]);
  });

  it('runs a task that another one gives at once, and one that comes afterwards in its turn', async () => {
    const seen: string[] = [];
    const inContext = storage.run('kept', keptContext);
    inContext(() => {
      inContext(() => seen.push(`inner ${storage.getStore()}`));
      seen.push('outer');
    });
    inContext(() => seen.push('next'));
    await macrotasks();
    expect(seen).toEqual(['inner kept', 'outer', 'next']);
    inContext(() => seen.push(`late ${storage.getStore()}`));
    expect(seen).toHaveLength(3);
    await macrotasks();
    expect(seen[3]).toBe('late kept');
  });

  it('runs a task at once for a caller that is there', () => {
    const seen: string[] = [];
    const inContext = keptContext();
    inContext(() => {
      inContext(() => seen.push('inner'));
      seen.push('outer');
    }, true);
    expect(seen).toEqual(['inner', 'outer']);
  });

  it('hands its context on to what a task begins', async () => {
    const seen: unknown[] = [];
    const inContext = storage.run('kept', keptContext);
    await new Promise<void>((resolve) => {
      inContext(() => {
        setTimeout(() => {
          seen.push(storage.getStore());
          resolve();
        });
      });
    });
    expect(seen).toEqual(['kept']);
  });

  it('keeps nothing in memory once it is dropped, nor does a body that is not read', async () => {
    const contexts = new AsyncLocalStorage<object>();
    const makers: readonly (() => unknown)[] = [keptContext, () => toSseBody(NEVER)];
    const dropped = makers.flatMap((make) =>
      Array.from({ length: 10 }, () => {
        const context = {};
        contexts.run(context, make);
        return new WeakRef(context);
      }),
    );
    expect(await collected(dropped)).toBe(20);
  });
});
