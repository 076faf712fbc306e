import { readFileSync } from 'node:fs';
import * as library from 'rxjs-http-streams';
import { describe, expect, it } from 'vitest';
import { bodies } from './support/bodies';
import { readers } from './support/readers';
import { responses } from './support/responses';
import { root } from './support/root';

const named = (pattern: RegExp): string[] => Object.keys(library).filter((name) => pattern.test(name));
const namesOf = (table: readonly { readonly name: string }[]): string[] => [
  ...new Set(table.map(({ name }) => name.split(' ')[0]!)),
];

describe('the shared specs', () => {
  it.each([
    ['reader', 'readers', /^from/, readers],
    ['body', 'bodies', /^to.*Body$/, bodies],
    ['Response', 'responses', /^to.*Response$/, responses],
  ] as const)('run for every %s: a row of spec/support/%s.ts each', (_, _file, pattern, table) => {
    expect(namesOf(table).sort()).toEqual(named(pattern).sort());
  });
});

describe('docs/reference/functions.md', () => {
  const page = readFileSync(`${root}docs/reference/functions.md`, 'utf8');
  // The page of errors lists the classes and their guards.
  const functions = named(/^(?!is)[a-z]/);

  it.each(functions)('lists %s', (name) => {
    expect(page).toMatch(new RegExp(`^\\| .*\`${name}\\b`, 'm'));
  });
});
