import fc from 'fast-check';
import { from, map, of, take } from 'rxjs';
import {
  endOn,
  isStreamLimitError,
  isStreamServerError,
  isStreamTruncatedError,
  parseSse,
} from 'rxjs-http-streams';
import type { ParseSseConfig, StreamTruncatedError } from 'rxjs-http-streams';
import { chunksOf, utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';
import { referenceSseEnd } from '../support/referenceSseEnd';
import { scheduled } from '../support/scheduler';
import { splits } from '../support/splits';
import { sseWords } from '../support/sseWords';
import { wireBytes } from '../support/wireBytes';

const message = (data: string, id = '', type = 'message') => ({ type, data, id });

describe('parseSse', () => {
  const values = { x: message('one', '1'), y: message('€', '1', 'price'), z: message('', '1') };
  itKeepsTheOperatorContract('bytes', {
    create: () => parseSse(),
    chunks: {
      a: utf8('id: 1\ndata: one\n\n'),
      b: utf8('event: price\r\nid: 1\r\ndata: €\r\n\r\n'),
      c: utf8('id: 1\rdata:\r\r'),
    },
    values,
    dense: [utf8('id: 1\ndata: one\n\nevent: price\ndata: €\n\ndata\n\n')],
  });
  itKeepsTheOperatorContract('strings', {
    create: () => parseSse(),
    chunks: { a: 'id: 1\ndata: one\n\n', b: 'id: 1\nevent: price\ndata: €\n\n', c: 'id: 1\ndata\n\n' },
    values,
    dense: ['id: 1\ndata: one\n\nevent: price\ndata: €\n\ndata\n\n'],
  });

  it('emits a message at its blank line, also when that is a carriage return at the end of a chunk', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-b-c-|', { a: 'data: x', b: '\r\n\r', c: '\ndata: y\n\n' });
      expectObservable(source.pipe(parseSse())).toBe('---x-y-|', { x: message('x'), y: message('y') });
    });
  });

  describe('at the end of its source', () => {
    it('emits a last block whose lines are whole', () => {
      scheduled(({ cold, expectObservable }) => {
        const source = cold('-a-|', { a: 'data: x\n\ndata: y\n' });
        expectObservable(source.pipe(parseSse())).toBe('-x-(y|)', { x: message('x'), y: message('y') });
      });
    });

    it('errors with half a line', () => {
      scheduled(({ cold, expectObservable }) => {
        const source = cold('-a-|', { a: 'data: x\n\ndata: {"t":"b' });
        expectObservable(source.pipe(parseSse())).toBe(
          '-x-#',
          { x: message('x') },
          expect.objectContaining({ name: 'StreamTruncatedError', pending: 'data: {"t":"b' }),
        );
      });
    });

    it('errors with half a character, which is half a line', () => {
      for (const [text, pending] of [
        ['data: x', 'data: x\ufffd'],
        ['data: x\n', 'data: x\n\ufffd'],
        ['', '\ufffd'],
      ] as const) {
        const { values, error } = outcomeOf(of(utf8(text), Uint8Array.of(0xe2, 0x82)).pipe(parseSse()));
        expect(values).toEqual([]);
        expect(error).toMatchObject({ name: 'StreamTruncatedError', pending });
      }
    });

    it('is told what becomes of the last block', () => {
      const source = of('data: x\n\ndata: y\n');
      const strict = outcomeOf(source.pipe(parseSse({ onIncomplete: 'error' })));
      expect(strict.values).toEqual([message('x')]);
      expect(strict.error).toMatchObject({ name: 'StreamTruncatedError', pending: 'data: y\n' });
      for (const text of ['data: y\n', 'data: y']) {
        expect(outcomeOf(of('data: x\n\n', text).pipe(parseSse({ onIncomplete: 'drop' })))).toEqual({
          values: [message('x')],
          completed: true,
          error: undefined,
        });
      }
    });

    it('completes where nothing came but a byte order mark', () => {
      for (const content of ['\ufeff', utf8('\ufeff')]) {
        expect(outcomeOf(of(content).pipe(parseSse({ onIncomplete: 'error' })))).toMatchObject({
          values: [],
          completed: true,
        });
      }
    });

    it('does not emit to a consumer that has what it wanted', () => {
      const { values, completed } = outcomeOf(of('data: x\n\ndata: y\nda').pipe(parseSse(), take(1)));
      expect({ values, completed }).toEqual({ values: [message('x')], completed: true });
    });

    it('completes at the end marker of the last block', () => {
      expect(outcomeOf(of('data: x\n\ndata: [DONE]\n').pipe(parseSse(), endOn('[DONE]')))).toEqual({
        values: [message('x')],
        completed: true,
        error: undefined,
      });
    });
  });

  describe('shows or refuses what it ignores', () => {
    const page = 'data: x\n\n: c\n<html>\n</html>';

    it('as it comes, to a function', () => {
      const lines: string[] = [];
      const config: ParseSseConfig = { onIgnored: (line) => lines.push(line), onIncomplete: 'drop' };
      expect(outcomeOf(from(chunksOf(page, 3)).pipe(parseSse(config))).completed).toBe(true);
      expect(lines).toEqual([': c', '<html>', '</html>']);
    });

    it('and errors with what that throws, as it is', () => {
      const reason = new Error('mine');
      const onIgnored = (): never => {
        throw reason;
      };
      for (const text of [page, 'data: x\n\n{"error":1}']) {
        const { values, error } = outcomeOf(of(text).pipe(parseSse({ onIgnored })));
        expect(values).toEqual([message('x')]);
        expect(error).toBe(reason);
      }
    });

    it('with an error, after the messages before', () => {
      for (const size of [1, 7, 100]) {
        const { values, error } = outcomeOf(
          from(chunksOf(utf8(page), size)).pipe(parseSse({ onIgnored: 'error' })),
        );
        expect(values).toEqual([message('x')]);
        expect(error).toMatchObject({
          name: 'StreamParseError',
          lineNumber: 4,
          offset: 13,
          excerpt: '<html>',
        });
      }
    });

    it('in the right line of a chunk of any length', () => {
      const text = `${'data: some text of a message\n\n'.repeat(10_000)}<html>\n`;
      for (const content of [text, utf8(text)]) {
        const { error } = outcomeOf(of(content).pipe(parseSse({ onIgnored: 'error' })));
        expect(error).toMatchObject({ lineNumber: 20_001, offset: text.length - 7 });
      }
    });
  });

  it('keeps half a message, an id and a type of one subscription out of another', () => {
    scheduled(({ hot, expectObservable }) => {
      const source = hot('-a-b-c-|', { a: 'id: 7\nevent: tick\ndata: h', b: 'i\n\n', c: 'data: x\n\n' });
      const result = source.pipe(parseSse());
      expectObservable(result).toBe('---a-b-|', { a: message('hi', '7', 'tick'), b: message('x', '7') });
      expectObservable(result, '--^').toBe('-----b-|', { b: message('x') });
    });
  });

  it('drops one byte order mark from bytes, however it is cut', () => {
    for (const size of [1, 2, 3, 100]) {
      const source = from(chunksOf('\ufeffdata: x\n\n', size));
      expect(outcomeOf(source.pipe(parseSse())).values).toEqual([message('x')]);
    }
  });

  it('drops one byte order mark from strings', () => {
    expect(outcomeOf(of('\ufeff', 'data: x\n\n').pipe(parseSse())).values).toEqual([message('x')]);
  });

  it('drops a second byte order mark nowhere: it belongs to the name of a field', () => {
    for (const content of [
      '\ufeff\ufeffdata: x\n\n',
      utf8('\ufeff\ufeffdata: x\n\n'),
      '\n\ufeffdata: x\n\n',
    ]) {
      expect(outcomeOf(of(content).pipe(parseSse())).values).toEqual([]);
    }
  });

  it('drops the byte order mark again in a new subscription', () => {
    const result = of(utf8('\ufeffdata: x\n\n')).pipe(parseSse());
    expect(outcomeOf(result).values).toHaveLength(1);
    expect(outcomeOf(result).values).toHaveLength(1);
  });

  it('errors on a message over the limit, after the messages before it, and leaves its source', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-|', { a: 'data: x\n\ndata: 1234\ndata: 56', b: '789\n\n' });
      expectObservable(source.pipe(parseSse({ maxMessageLength: 9 }))).toBe(
        '-x-#',
        { x: message('x') },
        expect.objectContaining({ name: 'StreamLimitError', limit: 9, size: 10 }),
      );
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('does not bother a consumer that has what it wanted with a limit further on', () => {
    const source = of(`data: x\n\ndata: ${'y'.repeat(20)}\n\n`);
    const {
      values: seen,
      completed,
      error,
    } = outcomeOf(source.pipe(parseSse({ maxMessageLength: 9 }), take(1)));
    expect({ seen, completed, error }).toEqual({ seen: [message('x')], completed: true, error: undefined });
  });

  it.each([0, -1, NaN, '80', null])(
    'refuses a maxMessageLength of %s when it is called',
    (maxMessageLength) => {
      expect(() => parseSse({ maxMessageLength: maxMessageLength as number })).toThrow(TypeError);
      expect(() => parseSse({ maxMessageLength: maxMessageLength as number })).toThrow(/^maxMessageLength: /);
    },
  );

  describe('of a stream that says how it ended', () => {
    const own = { p: ':rxjs-http-streams\n\n', a: 'data: a\n\n', e: ':rxjs-http-streams end\n\n' };
    const read = { a: message('a') };

    it('completes at its end, without waiting for that of the source', () => {
      scheduled(({ cold, expectObservable, expectSubscriptions }) => {
        const source = cold('-p-a-e--a-|', own);
        expectObservable(source.pipe(parseSse())).toBe('---a-|', read);
        expectSubscriptions(source.subscriptions).toBe('^----!');
      });
    });

    it('errors with what the server says, after the messages before it', () => {
      const { values: messages, error } = outcomeOf(
        of(`${own.p}${own.a}:rxjs-http-streams error out of paper\n\n${own.a}`).pipe(parseSse()),
      );
      expect(messages).toEqual([message('a')]);
      expect(isStreamServerError(error)).toBe(true);
      expect(error).toMatchObject({ reason: 'out of paper' });
    });

    it('takes the end of the source for a cut where nothing was said', () => {
      expect(isStreamTruncatedError(outcomeOf(of(own.p, own.a).pipe(parseSse())).error)).toBe(true);
    });

    it('changes nothing where it was not announced', () => {
      scheduled(({ cold, expectObservable }) => {
        expectObservable(cold('-a-e-a-|', own).pipe(parseSse())).toBe('-a---a-|', read);
      });
    });

    it('keeps it apart for each subscription', () => {
      const parse = parseSse();
      expect(isStreamTruncatedError(outcomeOf(of(own.p).pipe(parse)).error)).toBe(true);
      expect(outcomeOf(of(own.a, own.e).pipe(parse)).completed).toBe(true);
    });
  });

  it('gives the messages of the whole text, whatever the chunks of bytes', () => {
    fc.assert(
      fc.property(splits(wireBytes(sseWords)), ({ whole, chunks }) => {
        const { values: messages, completed, error } = outcomeOf(from(chunks).pipe(parseSse()));
        const expected = referenceSseEnd(new TextDecoder().decode(whole));
        expect(messages).toEqual(expected.messages);
        expect((error as StreamTruncatedError | undefined)?.pending).toBe(expected.pending);
        expect(completed).toBe(expected.pending === undefined);
      }),
      { numRuns: 2000, seed: 1 },
    );
  });

  it('is stopped by the same message under a limit, whatever the chunks', () => {
    fc.assert(
      fc.property(splits(wireBytes(sseWords)), fc.integer({ min: 4, max: 12 }), ({ whole, chunks }, max) => {
        const operator = parseSse({ maxMessageLength: max });
        const atOnce = outcomeOf(of(whole).pipe(operator));
        const inPieces = outcomeOf(from(chunks).pipe(operator));
        expect(inPieces.values).toEqual(atOnce.values);
        expect(isStreamLimitError(inPieces.error)).toBe(isStreamLimitError(atOnce.error));
      }),
      { numRuns: 500, seed: 1 },
    );
  });

  it('reads an 8 MiB data line in chunks of 1 KiB', { timeout: 10_000 }, () => {
    const text = 'x'.repeat(8 * 1024 * 1024);
    const source = from(chunksOf(`data: ${text}\n\n`, 1024));
    const { values: messages } = outcomeOf(source.pipe(parseSse({ maxMessageLength: Infinity })));
    expect(messages.length).toBe(1);
    expect(messages[0]?.data === text).toBe(true);
  });

  it('reads a message of 300 000 data lines', { timeout: 10_000 }, () => {
    const lines = Array.from({ length: 300_000 }, (_, index) => `line ${index}`);
    const text = `${lines.map((line) => `data: ${line}\n`).join('')}\n`;
    const { values: data } = outcomeOf(
      from(chunksOf(text, 16_384)).pipe(
        parseSse(),
        map((each) => each.data),
      ),
    );
    expect(data.length).toBe(1);
    expect(data[0] === lines.join('\n')).toBe(true);
  });

  it('reads 300 000 chunks of one byte', { timeout: 10_000 }, () => {
    const text = 'y'.repeat(299_990);
    const { values: messages } = outcomeOf(from(chunksOf(`data: ${text}\n\n`, 1)).pipe(parseSse()));
    expect(messages.length).toBe(1);
    expect(messages[0]?.data === text).toBe(true);
  });

  it('reads 300 000 lines without a colon in one chunk', { timeout: 10_000 }, () => {
    const source = of(`${'data\n'.repeat(300_000)}\n`);
    const { values: messages } = outcomeOf(source.pipe(parseSse()));
    expect(messages[0]?.data === '\n'.repeat(299_999)).toBe(true);
  });
});
