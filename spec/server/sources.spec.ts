import { of } from 'rxjs';
import type { Observable } from 'rxjs';
import { toAsyncIterable, toEventTarget, resumable } from 'rxjs-http-streams';
import type { LifecycleEvent, StreamSource } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { bodies } from '../support/bodies';
import { drained } from '../support/drained';
import { outcomeOf } from '../support/outcome';

const observable = (Symbol as { readonly observable?: symbol }).observable ?? '@@observable';

/** Sources of RxJS beside Observables, iterables, streams and promises. */
const interop = <T>(...values: readonly T[]): StreamSource<T> =>
  ({ [observable]: (): Observable<T> => of(...values) }) as never;
const arrayLike = <T>(...values: readonly T[]): StreamSource<T> =>
  Object.assign({ length: values.length }, values);

const sources = [
  ['has Symbol.observable alone', interop],
  ['is like an array', arrayLike],
] as const;

describe.each(sources)('A source that %s', (_, source) => {
  it.each(bodies)('is taken by $name', async ({ make, opening, frame, completion }) => {
    const text = opening + frame('a') + frame('b') + completion;
    expect(await drained(make(source('a', 'b')))).toMatchObject({ text, error: undefined });
    expect(await drained(make(() => source('a', 'b')))).toMatchObject({ text, error: undefined });
  });

  it('is taken by toAsyncIterable', async () => {
    const values: string[] = [];
    for await (const value of toAsyncIterable(source('a', 'b'))) values.push(value);
    expect(values).toEqual(['a', 'b']);
  });

  it('is taken by resumable', () => {
    expect(outcomeOf(resumable(source({ data: 'a' }))())).toMatchObject({
      values: [{ data: 'a' }],
      completed: true,
    });
  });

  it('is taken by toEventTarget', async () => {
    const event: LifecycleEvent<{ type: string }> = { type: 'value', value: { type: 'tick' } };
    const target = toEventTarget(source(event));
    const types = await new Promise((resolve) => {
      const seen: string[] = [];
      for (const type of ['tick', 'close', 'error']) {
        target.addEventListener(type, () => {
          seen.push(type);
          if (type !== 'tick') resolve(seen);
        });
      }
    });
    expect(types).toEqual(['tick', 'close']);
  });
});
