import { describe, expect, it } from 'vitest';
import { FORMATS } from '../../src/cli/formats';
import { optionsOf } from '../../src/cli/optionsOf';
import { BRIEF, USAGE } from '../../src/cli/usage';

const named = (pattern: RegExp): string[] => [...USAGE.matchAll(pattern)].map(([, name = '']) => name);

describe('the usage', () => {
  it('names every format', () => {
    expect(/--format <format> +(.*), whatever/.exec(USAGE)?.[1]?.split(/, | or /)).toEqual(FORMATS);
  });

  it('names options that exist, with a value where they take one', () => {
    const valued = named(/^ {2}--(\w+)[ =][<']/gm);
    const switches = named(/^ {2}--(\w+) {2}/gm);
    expect([...valued, ...switches]).toHaveLength(11);
    for (const name of valued) expect(optionsOf([`--${name}`, 'x']).values).toHaveProperty(name);
    for (const name of switches) expect(optionsOf([`--${name}`]).values).toHaveProperty(name, true);
  });

  it.each([
    ['the help', USAGE],
    ['what a command without arguments prints', BRIEF],
  ])('fits a terminal of 80 columns: %s', (_, text) => {
    expect(text.split('\n').filter((line) => line.length > 80)).toEqual([]);
  });
});
