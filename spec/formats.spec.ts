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

/** The files that nothing else compares with the exports. The page of errors lists the classes and their guards. */
describe.each([
  ['docs/reference/functions.md', /^(?!is)[a-z]/],
  ['spec/runtimes/readerCases.ts', /^from/],
  ['spec/runtimes/bodyCases.ts', /^from/],
  ['spec/runtimes/handler.ts', /^to.*Response$/],
  ['spec/types/readers.spec-d.ts', /^from/],
  ['spec/types/writers.spec-d.ts', /^to.*(Body|Response)$/],
])('%s', (file, pattern) => {
  const text = readFileSync(root + file, 'utf8').replace(/^import [^;]*;$/gm, '');

  it.each(named(pattern))('names %s', (name) => {
    expect(text).toMatch(new RegExp(`\\b${name}\\b`));
  });
});
