import fc from 'fast-check';
import { concat, of, throwError } from 'rxjs';
import { toChunkedBody } from 'rxjs-http-streams';
import type { ChunkedBodyOptions } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { drained } from '../support/drained';
import { producer } from '../support/producer';
import { textReader } from '../support/textReader';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

describe('toChunkedBody', () => {
  it('sends text as UTF-8 and bytes as they are, and nothing else', async () => {
    expect(await drained(toChunkedBody(['Hél', Uint8Array.of(0x6c, 0x6f), ' 😀\n']))).toEqual({
      chunks: ['Héllo 😀\n'],
      text: 'Héllo 😀\n',
      error: undefined,
    });
    expect(await drained(toChunkedBody([]))).toMatchObject({ chunks: [] });
  });

  it('sends bytes that are not text unharmed', async () => {
    const bytes = Uint8Array.from({ length: 256 }, (_, byte) => byte);
    const response = new Response(toChunkedBody(of(bytes, bytes.subarray(128))));
    expect(new Uint8Array(await response.arrayBuffer())).toEqual(
      Uint8Array.from([...bytes, ...bytes.subarray(128)]),
    );
  });

  it('sends a Buffer as bytes', async () => {
    expect((await drained(toChunkedBody([Buffer.from('é')]))).text).toBe('é');
  });

  it('sends a byte order mark like any other character', async () => {
    expect((await drained(toChunkedBody(['\ufeffa', '\ufeff']))).text).toBe('\ufeffa\ufeff');
  });

  it('holds half a character back until the other half has come', async () => {
    const { source, next } = producer('a\ud83d');
    const { read } = textReader(toChunkedBody(source));
    expect(await read()).toBe('a');
    const waiting = read();
    next('\ude00b');
    expect(await waiting).toBe('😀b');
  });

  it('goes on where all of a value is half a character', async () => {
    async function* halves(): AsyncGenerator<string> {
      for (const half of ['\ud83d', '\ude00', '\ud83d', '\ude01']) yield await Promise.resolve(half);
    }
    expect((await drained(toChunkedBody(halves()))).text).toBe('😀😁');
  });

  it('sends half a character that stays alone as what stands for what cannot be read', async () => {
    expect((await drained(toChunkedBody(['a\ud83d', 'b']))).text).toBe('a\ufffdb');
    expect((await drained(toChunkedBody(['a\ude00', 'b']))).text).toBe('a\ufffdb');
    expect((await drained(toChunkedBody(['a\ud83d']))).text).toBe('a\ufffd');
  });

  it('brings any text over, wherever it was split', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit: 'binary' }),
        fc.array(fc.nat(), { maxLength: 6 }),
        async (text, at) => {
          const places = [
            0,
            ...at.map((place) => place % (text.length + 1)).sort((a, b) => a - b),
            text.length,
          ];
          const values = places.slice(1).map((end, index) => text.slice(places[index], end));
          const whole = new TextDecoder('utf-8', { ignoreBOM: true }).decode(utf8(text));
          expect((await drained(toChunkedBody(values))).text).toBe(whole);
          expect((await drained(toChunkedBody(of(...values)))).text).toBe(whole);
        },
      ),
      { numRuns: 100 },
    );
  });

  it.each([
    ['a number', 7, 'number'],
    ['null', null, 'object'],
    ['undefined', undefined, 'undefined'],
    ['an object', { a: 1 }, 'object'],
    ['an ArrayBuffer', new ArrayBuffer(2), 'object'],
    ['an array of wider numbers', Uint16Array.of(0x6f68), 'object'],
    ['a DataView', new DataView(new ArrayBuffer(2)), 'object'],
  ])('fails for %s, naming its index, after what came before', async (_, value, type) => {
    expect(await drained(toChunkedBody(of('a', value as never, 'c')))).toEqual({
      chunks: ['a'],
      text: 'a',
      error: new TypeError(`value 1: expected text or bytes, got ${type}`),
    });
  });

  it('says nothing of a failure, and does not end', async () => {
    const failing = concat(
      of('a'),
      throwError(() => new Error('secret')),
    );
    expect(await drained(toChunkedBody(failing, { mapError: String }))).toMatchObject({
      text: 'a',
      error: new Error('secret'),
    });
  });

  it.each<[ChunkedBodyOptions, RegExp]>([
    [{ maxBufferedBytes: -1 }, /^maxBufferedBytes: /],
    [{ stallTimeout: NaN }, /^stallTimeout: /],
    [{ overflow: 'oldest' as never }, /^overflow: /],
  ])('refuses %j when it is called', (options, naming) => {
    expect(() => toChunkedBody([], options)).toThrow(TypeError);
    expect(() => toChunkedBody([], options)).toThrow(naming);
  });
});
