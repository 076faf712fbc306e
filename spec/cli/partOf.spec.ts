import { describe, expect, it } from 'vitest';
import { partOf } from '../../src/cli/partOf';

describe('partOf', () => {
  const chunk = { choices: [{ delta: { content: 'Hi' } }], usage: null };

  it.each([
    ['choices.0.delta.content', 'Hi'],
    ['choices.0.delta', { content: 'Hi' }],
    ['usage', null],
    ['.', chunk],
    ['', chunk],
  ])('finds what is at %j', (path, part) => {
    expect(partOf(chunk, path)).toEqual(part);
  });

  it.each(['choices.1.delta.content', 'usage.total', 'choices.0.delta.content.length', 'nothing'])(
    'finds nothing at %j',
    (path) => {
      expect(partOf(chunk, path)).toBeUndefined();
    },
  );

  it.each(['toString', 'constructor.name', '__proto__'])(
    'does not find what every object inherits at %j',
    (path) => {
      expect(partOf({}, path)).toBeUndefined();
    },
  );

  it.each([1, 'text', true, null])('is all there is of %j', (value) => {
    expect(partOf(value, '.')).toBe(value);
    expect(partOf(value, 'a')).toBeUndefined();
  });
});
