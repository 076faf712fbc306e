import { of } from 'rxjs';
import { decodeText, encodeText } from 'rxjs-http-streams';
import { utf8 } from 'rxjs-http-streams/testing';
import { describe, expect, it } from 'vitest';
import { itKeepsTheOperatorContract } from '../support/operatorContract';
import { outcomeOf } from '../support/outcome';

describe('encodeText', () => {
  itKeepsTheOperatorContract('text', {
    create: encodeText,
    chunks: { a: 'one', b: 'zwölf', c: '😀' },
    values: { x: utf8('one'), y: utf8('zwölf'), z: utf8('😀') },
    dense: ['one', 'zwölf', '😀'],
  });

  it('gives what decodeText reads', () => {
    expect(outcomeOf(of('a€', '😀').pipe(encodeText(), decodeText())).values).toEqual(['a€', '😀']);
  });

  it('passes bytes on as they are, so that they can be shared', () => {
    const bytes = utf8('shared');
    expect(outcomeOf(of(bytes).pipe(encodeText())).values[0]).toBe(bytes);
  });
});
