import { describe, expect, it } from 'vitest';
import { hintsOf } from '../../src/cli/hints';

describe('hintsOf', () => {
  it('has nothing to say of a stream without values, or of one that nothing is wrong with', () => {
    const { onValue, onPart, list } = hintsOf({ until: undefined });
    expect(list()).toEqual([]);
    onValue('{"a":"[DONE]"}');
    onPart('[DONE]');
    expect(list()).toEqual([]);
  });

  it('names --until once, for a stream with [DONE]', () => {
    const { onValue, list } = hintsOf({ until: undefined });
    for (const data of ['one', '[DONE]', '[DONE]']) onValue(data);
    expect(list()).toEqual([
      expect.stringMatching(/^the stream sent \[DONE\]: --until '\[DONE\]' .*; see --help$/),
    ]);
  });

  it('leaves that out for who has said what the end is', () => {
    const { onValue, list } = hintsOf({ until: 'END' });
    onValue('[DONE]');
    expect(list()).toEqual([]);
  });

  it('says in how many values a path was not found', () => {
    const { onPart, list } = hintsOf({ until: undefined });
    onPart(undefined);
    expect(list()).toEqual(['--json: the one value has no such path; see --help']);
    onPart(undefined);
    expect(list()).toEqual(['--json: none of the 2 values has such a path; see --help']);
  });

  it.each([0, '', false, null])('takes a path for found where %j is', (part) => {
    const { onPart, list } = hintsOf({ until: undefined });
    onPart(undefined);
    onPart(part);
    onPart(undefined);
    expect(list()).toEqual([]);
  });
});
