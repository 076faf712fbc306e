import fc from 'fast-check';
import { concat, firstValueFrom, from, of, throwError, toArray } from 'rxjs';
import { fromNdjsonFetch, parseNdjson, toNdjsonBody } from 'rxjs-http-streams';
import type { NdjsonBodyOptions } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { drained } from '../support/drained';
import { finalOutcomeOf } from '../support/outcome';
import { splits } from '../support/splits';
import { forbidUnhandledRejections } from '../support/unhandledRejections';

forbidUnhandledRejections();

const NOTIFICATION = { terminal: 'notification' } as const;

const wire = async (values: readonly unknown[], options?: NdjsonBodyOptions<unknown>): Promise<string> =>
  (await drained(toNdjsonBody(values, options))).text;

const failing = concat(
  of(1, 2),
  throwError(() => new Error('secret')),
);

describe('toNdjsonBody', () => {
  it('sends one value a line', async () => {
    expect(await wire([{ a: 1 }, 'two\nlines', null, 0, '', [], false])).toBe(
      '{"a":1}\n"two\\nlines"\nnull\n0\n""\n[]\nfalse\n',
    );
    expect(await wire([])).toBe('');
  });

  it("sends each line as a notification with terminal: 'notification', and the end as one", async () => {
    expect(await wire([{ a: 1 }, null], NOTIFICATION)).toBe(
      '{"kind":"N","value":{"a":1}}\n{"kind":"N","value":null}\n{"kind":"C"}\n',
    );
    expect(await wire([], NOTIFICATION)).toBe('{"kind":"C"}\n');
  });

  it("sends a failure as a notification with terminal: 'notification', and as nothing without", async () => {
    expect((await drained(toNdjsonBody(failing, NOTIFICATION))).text).toBe(
      '{"kind":"N","value":1}\n{"kind":"N","value":2}\n{"kind":"E","error":"Internal error"}\n',
    );
    expect(await drained(toNdjsonBody(failing))).toMatchObject({
      text: '1\n2\n',
      error: new Error('secret'),
    });
  });

  it('sends lines that were encoded before as they are', async () => {
    expect(await wire([utf8('"é"\n'), 1, utf8('2\n3\n')])).toBe('"é"\n1\n2\n3\n');
  });

  it.each([
    ['undefined', undefined],
    ['a function', (): number => 1],
    ['a symbol', Symbol('x')],
    ['a BigInt', 1n],
    [
      'an array that holds itself',
      ((): unknown[] => {
        const one: unknown[] = [];
        one.push(one);
        return one;
      })(),
    ],
  ])('fails for %s, naming its index, after what came before', async (_, value) => {
    for (const options of [{}, NOTIFICATION]) {
      const { text, error } = await drained(toNdjsonBody(of<unknown[]>('a', value, 'c'), options));
      expect(error).toBeInstanceOf(TypeError);
      expect((error as Error).message).toMatch(/^value 1: JSON cannot express it/);
      expect(text).toContain('"a"');
      expect(text).not.toContain('"c"');
      const { completed } = await finalOutcomeOf(
        fromNdjsonFetch('http://localhost/', {
          ...options,
          fetch: () => of(new Response(toNdjsonBody(of<unknown[]>('a', value), options))),
        }),
      );
      expect(completed).toBe(false);
    }
  });

  it('does not take an array of numbers of another size for bytes', async () => {
    const { text, error } = await drained(toNdjsonBody<unknown>(of(Float64Array.of(1.5))));
    expect([text, error]).toEqual(['{"0":1.5}\n', undefined]);
  });

  it('lets fromNdjsonFetch know a failure from an end', async () => {
    const fetching = (body: ReadableStream<Uint8Array>) => ({
      terminal: 'notification' as const,
      fetch: () => of(new Response(body)),
    });
    expect(
      await finalOutcomeOf(
        fromNdjsonFetch('http://localhost/', fetching(toNdjsonBody([1, 2], NOTIFICATION))),
      ),
    ).toEqual({ values: [1, 2], completed: true, error: undefined });
    const failed = await finalOutcomeOf(
      fromNdjsonFetch(
        'http://localhost/',
        fetching(toNdjsonBody(failing, { ...NOTIFICATION, mapError: () => 'No more\nrows' })),
      ),
    );
    expect(failed).toMatchObject({ values: [1, 2], completed: false });
    expect(failed.error).toMatchObject({ name: 'StreamServerError' });
    expect((failed.error as Error).message).toContain('No more\\x0arows');
  });

  it.each([{}, NOTIFICATION])(
    'and parseNdjson bring any values over, in whatever pieces (%j)',
    async (options) => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.jsonValue(), { maxLength: 8 }), fc.nat(), async (values, seed) => {
          const whole = utf8(await wire(values, options));
          const [split] = fc.sample(splits(fc.constant(whole)), { numRuns: 1, seed });
          const received = await firstValueFrom(from(split!.chunks).pipe(parseNdjson(options), toArray()));
          expect(received).toEqual(values.map((value) => JSON.parse(JSON.stringify(value)) as unknown));
        }),
        { numRuns: 100 },
      );
    },
  );

  it.each<[NdjsonBodyOptions<unknown>, RegExp]>([
    [{ maxBufferedBytes: NaN }, /^maxBufferedBytes: /],
    [{ stallTimeout: -1 }, /^stallTimeout: /],
    [{ overflow: 'newest' as never }, /^overflow: /],
  ])('refuses %j when it is called', (options, naming) => {
    expect(() => toNdjsonBody([], options)).toThrow(TypeError);
    expect(() => toNdjsonBody([], options)).toThrow(naming);
  });
});
