import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { endFields, endOf, fieldsOf, isStart, messageOf } from '../../src/redis/entry';

/** The fields as Redis gives them back. */
const rowOf = (fields: readonly string[]) => ({
  id: '5-0',
  fields: Object.fromEntries(fields.flatMap((name, at) => (at % 2 === 0 ? [[name, fields[at + 1]!]] : []))),
});

describe('an entry', () => {
  it('gives a message back as it was', () => {
    const message = fc.record(
      {
        data: fc.oneof(fc.string(), fc.jsonValue({ maxDepth: 2 })),
        type: fc.string(),
        retry: fc.nat(),
        comment: fc.string(),
      },
      { requiredKeys: [] },
    );
    fc.assert(
      fc.property(message, (sent) => {
        fc.pre(Object.keys(sent).length > 0);
        const row = rowOf(fieldsOf(sent, 0));
        const expected =
          typeof sent.data === 'string' ? sent : (JSON.parse(JSON.stringify(sent)) as typeof sent);
        expect(messageOf(row)).toEqual({ id: '5-0', ...expected });
        expect([isStart(row), endOf(row)]).toEqual([false, undefined]);
      }),
    );
  });

  it('has a field where its message has none', () => {
    expect(fieldsOf({}, 0)).toEqual(['comment', '']);
  });

  it('says how its stream has ended', () => {
    expect(endOf(rowOf(endFields({ failed: false })))).toEqual({ failed: false });
    const { failed, error } = endOf(rowOf(endFields({ failed: true, error: new RangeError('broken') })))!;
    expect([failed, error]).toMatchObject([true, { name: 'RangeError', message: 'broken' }]);
    expect(endOf(rowOf(endFields({ failed: true, error: 'broken' })))).toMatchObject({
      error: { message: 'broken' },
    });
  });
});
