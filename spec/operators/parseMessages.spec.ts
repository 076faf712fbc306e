import { of } from 'rxjs';
import { isStreamValidationError, parseMessages, parseSse } from 'rxjs-http-streams';
import type { SseMessage } from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { finalOutcomeOf, outcomeOf } from '../support/outcome';
import { schemaOf, tenfold, tenfoldInItsTime } from '../support/schemas';

const message = (type: string, data: string, id = ''): SseMessage => ({ type, data, id });

describe('parseMessages', () => {
  const a = message('tick', '1');
  const b = message('word', 'two', '7');
  const c = message('tick', '3');
  itKeepsTheOperatorContract('a function and a schema', {
    create: () => parseMessages({ tick: tenfold, word: (text) => text.length }),
    chunks: { a, b, c },
    values: {
      x: { type: 'tick', data: 10, id: '' },
      y: { type: 'word', data: 3, id: '7' },
      z: { type: 'tick', data: 30, id: '' },
    },
    dense: [a, b, c],
  });

  it('gives a function the text and a schema its JSON', () => {
    const parsers = { number: z.number(), text: (data: string) => data };
    const source = of(message('number', ' 1 '), message('text', ' 1 '));
    expect(outcomeOf(source.pipe(parseMessages(parsers))).values).toMatchObject([
      { data: 1 },
      { data: ' 1 ' },
    ]);
  });

  it('takes a schema that is a function for a schema', () => {
    const schema = Object.assign(() => 'not asked', tenfold);
    expect(outcomeOf(of(a).pipe(parseMessages({ tick: schema }))).values).toMatchObject([{ data: 10 }]);
  });

  it('takes what names no type for a message', () => {
    const source = of('data: 5\n\n').pipe(parseSse(), parseMessages({ message: Number }));
    expect(outcomeOf(source).values).toEqual([{ type: 'message', data: 5, id: '' }]);
  });

  it.each(['ping', 'constructor', '__proto__', 'toString'])(
    'drops a message of the unknown type %s',
    (type) => {
      const source = of(message(type, 'nonsense'), a);
      expect(outcomeOf(source.pipe(parseMessages({ tick: Number }))).values).toMatchObject([
        { type: 'tick' },
      ]);
    },
  );

  it('shows the beginning of an unknown type that is long', () => {
    const stranger = message('x'.repeat(101), '');
    const { error } = outcomeOf(of(stranger).pipe(parseMessages({ tick: Number }, { unknown: 'error' })));
    expect(error).toMatchObject({
      issues: [{ message: `Expected the type tick, got '${'x'.repeat(100)}'` }],
    });
  });

  it('errors at an unknown type when told to, after the messages before it', () => {
    const stranger = message('x'.repeat(10_000), '{}');
    const { values, error } = outcomeOf(
      of(a, stranger, c).pipe(parseMessages({ tick: Number, done: String }, { unknown: 'error' })),
    );
    expect(values).toHaveLength(1);
    expect(isStreamValidationError(error)).toBe(true);
    expect(error).toMatchObject({ value: stranger, issues: [{ path: ['type'] }] });
    expect((error as Error).message).toContain('tick or done');
    expect((error as Error).message.length).toBeLessThan(300);
  });

  it('errors at text that is not JSON, naming the message by its number', () => {
    const source = of(message('ping', ''), message('tick', 'nonsense'));
    expect(outcomeOf(source.pipe(parseMessages({ tick: tenfold }))).error).toMatchObject({
      name: 'StreamParseError',
      lineNumber: 2,
      excerpt: 'nonsense',
    });
  });

  it('errors with the issues of what a schema does not accept', () => {
    const source = of(message('tick', '"one"'));
    expect(outcomeOf(source.pipe(parseMessages({ tick: tenfold }))).error).toMatchObject({
      name: 'StreamValidationError',
      value: 'one',
      issues: [{ message: 'not a number' }],
    });
  });

  it('errors with what a function throws, as it is', () => {
    const broken = new Error('the function broke');
    const fail = (): never => {
      throw broken;
    };
    expect(outcomeOf(of(a).pipe(parseMessages({ tick: fail }))).error).toBe(broken);
  });

  it('keeps the order of messages when an asynchronous schema answers out of order', async () => {
    const messages = ['1', '4', '0', '3'].map((data) => message('late', data));
    const { values } = await finalOutcomeOf(
      of(...messages, message('now', '9')).pipe(parseMessages({ late: tenfoldInItsTime, now: Number })),
    );
    expect(values.map(({ data }) => data)).toEqual([10, 40, 0, 30, 9]);
  });

  it('refuses a policy that there is not', () => {
    expect(() => parseMessages({}, { unknown: 'ignore' as 'skip' })).toThrow(
      new TypeError("unknown: expected 'skip' or 'error', got 'ignore'"),
    );
  });

  it('asks no parser of another type', () => {
    const never = schemaOf<never>(() => {
      throw new Error('asked');
    });
    expect(outcomeOf(of(a).pipe(parseMessages({ tick: Number, never }))).error).toBeUndefined();
  });

  it.each([
    ['null', null, 'type'],
    ['text', 'tick', 'type'],
    ['without a type', { data: '1' }, 'type'],
    ['whose type is a list', { type: ['tick'], data: '1' }, 'type'],
    ['whose type cannot be text', { type: { toString: 1 }, data: '1' }, 'type'],
    ['without data', { type: 'tick' }, 'data'],
    ['whose data is not text', { type: 'tick', data: { a: 1 } }, 'data'],
  ])('errors at a message %s, also where unknown types are dropped', (_, value, member) => {
    const source = of(a, value as unknown as SseMessage);
    for (const parsers of [{ tick: tenfold }, { tick: Number }]) {
      const { values, error } = outcomeOf(source.pipe(parseMessages(parsers)));
      expect(values).toHaveLength(1);
      expect(isStreamValidationError(error)).toBe(true);
      expect(error).toMatchObject({ value, issues: [{ path: [member] }] });
    }
  });

  it('drops byte order marks before JSON', () => {
    const source = of(message('tick', '\ufeff1'));
    expect(outcomeOf(source.pipe(parseMessages({ tick: tenfold }))).values).toMatchObject([{ data: 10 }]);
  });

  it('errors when more waits for a schema than maxBufferedBytes, after what was received', async () => {
    const late = schemaOf<unknown>((value) => Promise.resolve({ value }));
    const source = of(...['1', '2', '3', '4'].map((data) => message('tick', data, '12345')));
    const { values, error } = await finalOutcomeOf(
      source.pipe(parseMessages({ tick: late }, { maxBufferedBytes: 220 })),
    );
    expect(values.map(({ data }) => data)).toEqual([1, 2, 3]);
    expect(error).toMatchObject({ name: 'StreamOverflowError', limit: 220, size: 330 });
  });
});
