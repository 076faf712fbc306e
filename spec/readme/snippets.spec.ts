import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/root';
import { blocks, sourcesIn } from './blocks';
import { compilerComplaints } from './compilerComplaints';
import { preludes } from './preludes';
import { examples, snippets } from './snippet';

/** Languages of blocks that users copy into a terminal. */
const COMMANDS = ['sh'];

/** The file that the example of `provideHttpStreams` has beside it. */
const beside = {
  'auth-interceptor.ts': `
    import type { HttpInterceptorFn } from '@angular/common/http';
    export const authInterceptor: HttpInterceptorFn = (request, next) => next(request);`,
};

describe('the code that users copy', () => {
  const all = [...snippets.values(), ...examples.values()];
  let complaints: ReturnType<typeof compilerComplaints>;
  beforeAll(() => {
    complaints = compilerComplaints(all, beside);
  }, 120_000);

  it.each(all.map(({ title }) => title))('compiles as a module of its user: %s', (title) => {
    expect(complaints.get(title)).toEqual([]);
  });

  it('is run by a spec, each block of the READMEs', () => {
    const folder = `${root}spec/readme/`;
    const specs = readdirSync(folder)
      .filter((name) => name.endsWith('.spec.ts'))
      .map((name) => readFileSync(folder + name, 'utf8'))
      .join('');
    const run = (title: string): boolean => [`'${title}'`, `"${title}"`].some((name) => specs.includes(name));
    expect([...snippets.keys()].filter((title) => !run(title))).toEqual([]);
  });

  it('is in a language that a spec knows', () => {
    expect(blocks.filter(({ language }) => ![...COMMANDS, 'ts'].includes(language))).toEqual([]);
  });

  it('has a title of its own, and each prelude has a title', () => {
    const titles = [...blocks.filter(({ language }) => language === 'ts'), ...examples.values()].map(
      ({ title }) => title,
    );
    expect(new Set(titles).size).toBe(titles.length);
    expect(Object.keys(preludes).filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('reads the text of an answer where a frame has no choice, or a choice no delta', () => {
    const files = ['README.md', ...['src', 'examples'].flatMap(sourcesIn)];
    const careless = /choices\[0\]!?\??\.delta\.content/;
    expect(files.filter((file) => careless.test(readFileSync(root + file, 'utf8')))).toEqual([]);
  });
});
