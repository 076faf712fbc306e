import { from, of } from 'rxjs';
import { decodeText, parseJson, splitJson } from 'rxjs-http-streams';
import { chunksOf } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';
import { scheduled } from '../support/scheduler';

describe('splitJson', () => {
  itKeepsTheOperatorContract('values', {
    create: () => splitJson(),
    chunks: { a: '{"n":1}', b: '[2]', c: '"3"' },
    values: { x: '{"n":1}', y: '[2]', z: '"3"' },
    dense: ['{"n":1}[2]"3"'],
  });
  itKeepsTheOperatorContract('values of a size', {
    create: () => splitJson({ maxValueLength: 3 }),
    chunks: { a: '1 ', b: 'tru ', c: '"3"' },
    values: { x: '1', y: 'tru', z: '"3"' },
    dense: ['1 tru "3"'],
  });

  it('emits a value when it is whole, and a number at what follows it or at the end', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-b----c-|', { a: '{"n":', b: '1}[2]3', c: ' 4' });
      expectObservable(source.pipe(splitJson())).toBe('---(xy)-z-(v|)', {
        x: '{"n":1}',
        y: '[2]',
        z: '3',
        v: '4',
      });
    });
  });

  it('emits the elements of an array as they come, and completes with its source', () => {
    scheduled(({ cold, expectObservable }) => {
      const source = cold('-a-b-c---|', { a: '[{"n":1}', b: ', 2', c: ',3]' });
      expectObservable(source.pipe(splitJson({ elements: true }))).toBe('-x---(yz)|', {
        x: '{"n":1}',
        y: '2',
        z: '3',
      });
    });
  });

  it('knows an array without its end for one that was cut, after its elements', () => {
    scheduled(({ cold, expectObservable }) => {
      const error = expect.objectContaining({
        name: 'StreamTruncatedError',
        message: 'The stream ended without the end of its array',
        pending: '',
      }) as unknown;
      const result = cold('-a-|', { a: '["a"' }).pipe(splitJson({ elements: true }));
      expectObservable(result).toBe('-x-#', { x: '"a"' }, error);
    });
  });

  it('errors at what no value begins with, after the values before it, and leaves its source', () => {
    scheduled(({ hot, expectObservable, expectSubscriptions }) => {
      const source = hot('-a-b-c-|', { a: '[1]', b: '[2],[3]', c: '[4]' });
      const error = expect.objectContaining({ name: 'StreamParseError', offset: 6 }) as unknown;
      expectObservable(source.pipe(splitJson())).toBe('-x-(y#)', { x: '[1]', y: '[2]' }, error);
      expectSubscriptions(source.subscriptions).toBe('^--!');
    });
  });

  it('lets an error of its source go before a value that is not whole', () => {
    const failure = new Error('the source broke');
    scheduled(({ cold, expectObservable }) => {
      const result = cold('-a-#', { a: '1 2' }, failure).pipe(splitJson());
      expectObservable(result).toBe('-x-#', { x: '1' }, failure);
    });
  });

  it('stands between decodeText and parseJson, however characters are cut', () => {
    const text = '\ufeff{"€":"😀"}\n[\n  "]"\n]\x1e{"a":1}\n';
    for (const size of [1, 2, 3, 7, 100]) {
      const source = from(chunksOf(text, size)).pipe(decodeText(), splitJson(), parseJson());
      expect(outcomeOf(source)).toEqual({
        values: [{ '€': '😀' }, [']'], { a: 1 }],
        completed: true,
        error: undefined,
      });
    }
  });

  it('leaves what is wrong within a value to parseJson', () => {
    const { values, error } = outcomeOf(of('{"a":1} {a:2} {"a":3}').pipe(splitJson(), parseJson()));
    expect(values).toEqual([{ a: 1 }]);
    expect(error).toMatchObject({ name: 'StreamParseError', lineNumber: 2, excerpt: '{a:2}' });
  });

  it('reads an 8 MiB value in chunks of 1 KiB', { timeout: 30_000 }, () => {
    const text = `{"a":"${'\\"'.repeat(4 * 1024 * 1024)}"}`;
    const { values } = outcomeOf(from(chunksOf(`${text}1`, 1024)).pipe(decodeText(), splitJson()));
    expect(values).toHaveLength(2);
    expect(values[0] === text).toBe(true);
  });

  it('reads 300 000 chunks of one character', { timeout: 30_000 }, () => {
    const text = `[${'"y",'.repeat(75_000)}1]`;
    expect(outcomeOf(from(text).pipe(splitJson())).values).toEqual([text]);
    expect(outcomeOf(from(text).pipe(splitJson({ elements: true }))).values).toHaveLength(75_001);
  });
});
