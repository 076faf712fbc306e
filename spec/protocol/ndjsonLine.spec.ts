import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseJsonText } from '../../src/protocol/jsonLine';
import { ndjsonLine } from '../../src/protocol/ndjsonLine';
import { readNdjson } from '../support/readNdjson';
import { splits } from '../support/splits';
import { thrownBy } from '../support/thrownBy';

describe('ndjsonLine', () => {
  it('is one line, whatever line breaks the value has', () => {
    expect(ndjsonLine({ text: 'a\nb\r\nc' })).toBe('{"text":"a\\nb\\r\\nc"}\n');
    expect(ndjsonLine(null)).toBe('null\n');
  });

  const cycle: { self?: unknown } = {};
  cycle.self = cycle;

  it.each([
    ['undefined', undefined],
    ['a function', () => 1],
    ['a symbol', Symbol('s')],
    ['a cycle', cycle],
    ['a BigInt', 1n],
    [
      'a toJSON that throws',
      {
        toJSON() {
          throw new RangeError('no');
        },
      },
    ],
  ])('refuses %s with a TypeError that names the index', (_, value) => {
    const refused = () => ndjsonLine(value, 41);
    expect(refused).toThrow(TypeError);
    expect(refused).toThrow(/^value 41: /);
  });

  it('keeps what JSON said as the cause', () => {
    expect(thrownBy(() => ndjsonLine(1n))).toMatchObject({ cause: { name: 'TypeError' } });
  });

  it('is read back as the values that were written, wherever it is cut', () => {
    const written = fc
      .array(fc.jsonValue())
      .map((values) => ({ values, text: values.map(ndjsonLine).join('') }));
    fc.assert(
      fc.property(
        written.chain(({ values, text }) =>
          splits(fc.constant(text)).map(({ chunks }) => ({ values, chunks })),
        ),
        ({ values, chunks }) => {
          const asJson = values.map((value) => JSON.parse(JSON.stringify(value)) as unknown);
          expect(readNdjson(chunks, parseJsonText)).toEqual({ values: asJson, error: undefined });
        },
      ),
      { numRuns: 300, seed: 1 },
    );
  });
});
