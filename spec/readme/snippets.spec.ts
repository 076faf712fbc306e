import { readFileSync, readdirSync } from 'node:fs';
import { beforeAll, describe, expect, it } from 'vitest';
import { root } from '../support/root';
import { blocks, sourcesIn } from './blocks';
import { compilerComplaints } from './compilerComplaints';
import { preludes } from './preludes';
import { LANGUAGES, examples, snippets } from './snippet';

/** Languages of blocks that users copy into a terminal, and of those that a spec of their page runs. */
const COMMANDS = ['sh', 'nginx'];

/** The recipes for frameworks, which their pages show in whole. */
const recipes = readdirSync(`${root}examples/frameworks`)
  .filter((name) => name.endsWith('.ts'))
  .map((name): [string, string] => [name, `export * from '../../examples/frameworks/${name.slice(0, -3)}';`]);

/** Files that the users of a block have beside it. */
const beside = {
  ...Object.fromEntries(recipes),
  'session.ts': `
    import { Injectable } from '@angular/core';
    import { of } from 'rxjs';
    @Injectable({ providedIn: 'root' })
    export class Session {
      readonly token = () => 'stale';
      readonly renew = () => of('fresh');
    }`,
  'use-stream.ts': snippets.get('A hook for any stream')?.text ?? '',
  'useStream.ts': snippets.get('A composable for any stream')?.text ?? '',
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
    // Where zone.js or msw changes globals, the spec of a block is not in this folder.
    const specs = ['spec/readme/', 'spec/angular/', 'spec/interop/']
      .flatMap((folder) => readdirSync(root + folder).map((name) => root + folder + name))
      .filter((name) => name.endsWith('.spec.ts'))
      .map((name) => readFileSync(name, 'utf8'))
      .join('');
    const run = (title: string): boolean => [`'${title}'`, `"${title}"`].some((name) => specs.includes(name));
    const pages = blocks.filter(({ language }) => language === 'html').map(({ title }) => title);
    expect([...snippets.keys(), ...pages].filter((title) => !run(title))).toEqual([]);
  });

  it('is in a language that a spec knows', () => {
    expect(
      blocks.filter(({ language }) => ![...COMMANDS, ...LANGUAGES, 'html', 'svelte'].includes(language)),
    ).toEqual([]);
  });

  it('has a title of its own, and each prelude has a title', () => {
    const titles = [
      ...blocks.filter(({ language }) => LANGUAGES.includes(language)),
      ...examples.values(),
    ].map(({ title }) => title);
    expect(new Set(titles).size).toBe(titles.length);
    expect(Object.keys(preludes).filter((title) => !titles.includes(title))).toEqual([]);
  });

  it('reads the text of an answer where a frame has no choice, or a choice no delta', () => {
    const files = ['README.md', ...['src', 'examples'].flatMap(sourcesIn)];
    const careless = /choices\[0\]!?\??\.delta\.content/;
    expect(files.filter((file) => careless.test(readFileSync(root + file, 'utf8')))).toEqual([]);
  });
});
