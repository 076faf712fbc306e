import fc from 'fast-check';
import { from, map, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { fromChunkedFetch, fromEventSource, fromNdjsonFetch, isStreamParseError } from 'rxjs-http-streams';
import type { StreamFetch } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { ndjsonWords } from '../support/ndjsonWords';
import { finalOutcomeOf } from '../support/outcome';
import { referenceNdjson } from '../support/referenceNdjson';
import { referenceSseEnd } from '../support/referenceSseEnd';
import { responding } from '../support/responding';
import { splits } from '../support/splits';
import type { Split } from '../support/splits';
import { sseWords } from '../support/sseWords';
import { forbidUnhandledRejections } from '../support/unhandledRejections';
import { wireBytes } from '../support/wireBytes';

forbidUnhandledRejections();

/** The same from an Observable, as a marble would be. */
const respondingAtOnce =
  (chunks: readonly Uint8Array[], contentType = 'text/event-stream'): StreamFetch =>
  () => {
    const headers = new Headers({ 'content-type': contentType });
    return of({ ok: true, status: 200, statusText: '', url: '', headers, body: from(chunks) });
  };

/** Runs a property of bytes and the chunks they come in. */
const assertOf = (
  bytes: fc.Arbitrary<Uint8Array>,
  check: (split: Split<Uint8Array>) => Promise<void>,
): Promise<void> => fc.assert(fc.asyncProperty(splits(bytes), check), { numRuns: 400, seed: 1 });

describe.each([
  ['a stream', responding],
  ['an Observable', respondingAtOnce],
])('wherever the bytes of a body that is %s are cut', (_, fetching) => {
  it('fromEventSource gives the messages of the whole', async () => {
    await assertOf(wireBytes(sseWords), async ({ whole, chunks }) => {
      const messages$ = fromEventSource('/', { fetch: fetching(chunks), reconnect: false });
      const { messages, pending } = referenceSseEnd(new TextDecoder().decode(whole));
      expect(await finalOutcomeOf(messages$)).toMatchObject({
        values: messages,
        completed: pending === undefined,
        error: pending === undefined ? undefined : { name: 'StreamTruncatedError', pending },
      });
    });
  });

  it('fromNdjsonFetch gives the values of the whole, and fails at the same line', async () => {
    await assertOf(wireBytes(ndjsonWords), async ({ whole, chunks }) => {
      const expected = referenceNdjson(new TextDecoder().decode(whole));
      const { values, error } = await finalOutcomeOf(fromNdjsonFetch('/', { fetch: fetching(chunks) }));
      expect(values).toEqual(expected.values);
      expect((error as Error | undefined)?.name).toBe(expected.failure);
      if (isStreamParseError(error)) expect(error.lineNumber).toBe(expected.lineNumber);
    });
  });

  it('fromChunkedFetch gives the text of the whole, and no empty text', async () => {
    await assertOf(wireBytes(['a', '\ufeff']), async ({ whole, chunks }) => {
      const { values, completed } = await finalOutcomeOf(fromChunkedFetch('/', { fetch: fetching(chunks) }));
      expect(values.join('')).toBe(new TextDecoder().decode(whole));
      expect(values).not.toContain('');
      expect(completed).toBe(true);
    });
  });

  // Those that platforms themselves decode alike in one piece and in many, also where they are damaged.
  it.each(['utf-16le', 'utf-16be', 'shift_jis', 'big5'])(
    'fromChunkedFetch gives the text of the whole in the charset %s',
    async (charset) => {
      await assertOf(fc.uint8Array({ maxLength: 24 }), async ({ whole, chunks }) => {
        const fetch = fetching(chunks, `text/plain; charset=${charset}`);
        const { values } = await finalOutcomeOf(fromChunkedFetch('/', { fetch }));
        expect(values.join('')).toBe(new TextDecoder(charset).decode(whole));
      });
    },
  );

  it('fromChunkedFetch gives the bytes of the whole', async () => {
    await assertOf(wireBytes(['a']), async ({ whole, chunks }) => {
      const bytes$: Observable<number[]> = fromChunkedFetch('/', {
        fetch: fetching(chunks),
        responseType: 'bytes',
      }).pipe(map((chunk) => [...chunk]));
      expect((await finalOutcomeOf(bytes$)).values.flat()).toEqual([...whole]);
    });
  });
});
