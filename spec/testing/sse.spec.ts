import { map } from 'rxjs';
import { fromEventSource } from 'rxjs-http-streams';
import { marbleFetch, sse } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { scheduled } from '../support/scheduler';

describe('sse', () => {
  it('writes the messages of a server in marbles', () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [
        {
          body: 'a-b-',
          chunks: { a: sse({ id: '1', type: 'price', data: { n: 1 } }), b: sse('two', 'three') },
        },
      ]);
      const seen$ = fromEventSource('/feed', { fetch }).pipe(map(({ id, type, data }) => [id, type, data]));

      expectObservable(seen$, '4ms !').toBe('a-(bc)', {
        a: ['1', 'price', '{"n":1}'],
        b: ['1', 'message', 'two'],
        c: ['1', 'message', 'three'],
      });
    });
  });

  it('refuses what the format cannot carry, naming the message and the member', () => {
    expect(() => sse('fine', { id: 'a\nb', data: '' })).toThrow(/^message 1: id: expected no line break/);
  });
});
