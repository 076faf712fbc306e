import fc from 'fast-check';
import { isStreamServerError, isStreamTruncatedError } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { sseBlock } from '../../src/protocol/sseBlock';
import { sseAnnouncement, sseCompletion, sseFailure } from '../../src/protocol/sseTerminal';
import { referenceSse } from '../support/referenceSse';
import { nextSseDecoder, sseDecoding, sseMessage } from '../support/sseDecoding';
import { thrownBy } from '../support/thrownBy';

describe('how a stream says that it ended', () => {
  const hello = 'id: 1\ndata: hello\n\n';

  /** Reads one connection that ends cleanly. */
  function connection(...chunks: string[]) {
    const { decoder, sink } = sseDecoding();
    const error = thrownBy(() => {
      chunks.forEach(decoder.push);
      if (!sink.closed) decoder.end(true);
    });
    return { data: sink.values.map(({ data }) => data), completed: sink.completed, error };
  }

  it('is a comment, which every client ignores', () => {
    const wire = sseAnnouncement() + hello + sseCompletion() + sseFailure('why');
    expect(wire).toBe(
      ':rxjs-http-streams\nid: 1\ndata: hello\n\n:rxjs-http-streams end\n\n:rxjs-http-streams error why\n\n',
    );
    expect(referenceSse(wire)).toEqual({
      messages: [sseMessage('hello', '1')],
      lastEventId: '1',
      retry: undefined,
    });
  });

  it('completes at the end that was announced, wherever the text is cut', () => {
    for (const lineEnd of ['\n', '\r\n', '\r']) {
      const text = (sseAnnouncement() + hello + sseCompletion()).replaceAll('\n', lineEnd);
      const expected = { data: ['hello'], completed: true, error: undefined };
      for (let place = 0; place <= text.length; place++) {
        expect(connection(text.slice(0, place), text.slice(place))).toEqual(expected);
      }
      expect(connection(...text.split(''))).toEqual(expected);
    }
  });

  it('is not cut where the connection ends after it', () => {
    const { decoder, sink } = sseDecoding();
    decoder.push(sseAnnouncement() + sseCompletion());
    expect(sink.completed).toBe(true);
    expect(decoder.end).not.toThrow();
  });

  it('gives nothing that follows the end, not even in the same chunk', () => {
    const text = sseAnnouncement() + hello + sseCompletion() + hello + sseFailure('late');
    expect(connection(text)).toEqual({ data: ['hello'], completed: true, error: undefined });
  });

  it('throws what the server says went wrong, after the messages before it, wherever it is cut', () => {
    const text = sseAnnouncement() + hello + sseFailure('out of: paper 😀') + hello;
    for (let place = 0; place <= text.length; place++) {
      const { error, ...rest } = connection(text.slice(0, place), text.slice(place));
      expect(rest).toEqual({ data: ['hello'], completed: false });
      expect(isStreamServerError(error)).toBe(true);
      expect(error).toMatchObject({ reason: 'out of: paper 😀' });
    }
  });

  it.each([
    ['', ''],
    ['a\nb', 'a b'],
    ['a\r\nb\rc\n\n', 'a b c  '],
    ['x\n\ndata: forged\n\n', 'x  data: forged  '],
    ['end', 'end'],
  ])('makes one line of the reason %j', (reason, read) => {
    const { data, error } = connection(sseAnnouncement() + sseFailure(reason));
    expect(data).toEqual([]);
    expect(error).toMatchObject({ name: 'StreamServerError', reason: read });
  });

  it('takes an announced stream without an end for a cut one', () => {
    for (const text of ['', hello, 'data: half', ':rxjs-http-streams en', ':rxjs-http-streams end']) {
      const { error, completed } = connection(sseAnnouncement(), text);
      expect(completed).toBe(false);
      expect(isStreamTruncatedError(error)).toBe(true);
      expect(error).toMatchObject({ message: 'The stream ended without the end that it announced' });
    }
  });

  it.each([
    [':rxjs-http-streams end\n\n'],
    [':rxjs-http-streams error why\n\n'],
    [': rxjs-http-streams\n:rxjs-http-streams end\n\n'],
    [':rxjs-http-streams \n:rxjs-http-streams end\n\n'],
    [':rxjs-http-streams2\n:rxjs-http-streams end\n\n'],
    ['rxjs-http-streams:\n:rxjs-http-streams end\n\n'],
    ['data:rxjs-http-streams\n\n:rxjs-http-streams end\n\n'],
  ])('means nothing in a stream that did not announce it: %j', (text) => {
    const { data, completed, error } = connection(text, hello);
    expect({ completed, error }).toEqual({ completed: false, error: undefined });
    expect(data.at(-1)).toBe('hello');
  });

  it.each([
    ': rxjs-http-streams end',
    ':rxjs-http-streams end ',
    ':rxjs-http-streams  end',
    ':rxjs-http-streams END',
    ':rxjs-http-streams ended',
    ':rxjs-http-streams error',
    ':rxjs-http-streams errors x',
    ':rxjs-http-streams',
    ':',
  ])('is not another comment: %j', (comment) => {
    const { data, completed, error } = connection(sseAnnouncement(), `${comment}\n`, hello, sseCompletion());
    expect({ data, completed, error }).toEqual({ data: ['hello'], completed: true, error: undefined });
  });

  it('is announced by each connection anew', () => {
    const { decoder, sink } = sseDecoding();
    decoder.push(sseAnnouncement() + hello);
    expect(decoder.end).toThrow();
    const next = nextSseDecoder(decoder, sink);
    expect(next.end).not.toThrow();
    next.push(sseCompletion() + sseFailure('why') + hello);
    expect(sink).toMatchObject({ completed: false });
    expect(sink.values).toHaveLength(2);
  });

  it('cannot be forged by a message', () => {
    const word = fc.constantFrom(
      '\r',
      '\n',
      ':',
      ' ',
      'rxjs-http-streams',
      ' end',
      ' error ',
      ':rxjs-http-streams',
    );
    const hostile = fc.string({ unit: word });
    fc.assert(
      fc.property(hostile, hostile, hostile, hostile, (comment, data, type, id) => {
        const oneLine = (text: string): string => text.replace(/[\r\n]/g, '');
        const block = sseBlock({ comment, data, type: oneLine(type), id: oneLine(id).trim() });
        const unannounced = connection(block + sseCompletion(), hello);
        expect(unannounced).toMatchObject({ completed: false, error: undefined });
        expect(unannounced.data).toHaveLength(2);
        const announced = connection(sseAnnouncement() + block, hello, sseCompletion());
        expect(announced).toMatchObject({ completed: true, error: undefined });
        expect(announced.data).toHaveLength(2);
      }),
      { numRuns: 500, seed: 1 },
    );
  });
});
