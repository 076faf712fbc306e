import { fromNdjsonFetch } from 'rxjs-http-streams';
import { marbleFetch, ndjson } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { scheduled } from '../support/scheduler';

describe('ndjson', () => {
  it('writes the lines of a server in marbles', () => {
    scheduled(({ cold, expectObservable }) => {
      const { fetch } = marbleFetch(cold, [
        {
          body: 'a-b---|',
          headers: { 'content-type': 'application/x-ndjson' },
          chunks: { a: ndjson({ n: 1 }), b: ndjson(2, null) },
        },
      ]);

      expectObservable(fromNdjsonFetch('/rows', { fetch })).toBe('a-(bc)|', { a: { n: 1 }, b: 2, c: null });
    });
  });

  it('refuses a value that JSON cannot express, naming its index', () => {
    expect(() => ndjson(1, undefined)).toThrow(/^value 1: /);
  });
});
