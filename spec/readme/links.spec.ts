import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, normalize } from 'node:path';
import { describe, expect, it } from 'vitest';
import { root } from '../support/root';
import { pages } from './blocks';

const LINK = /(?<!`)\]\((?!https?:)([^)\s]+)\)/g;

/** The anchor of a heading, as GitHub and VitePress make it. */
const anchorOf = (heading: string): string =>
  heading
    .toLowerCase()
    .replace(/[^\p{L}\p{N}\s-]/gu, '')
    .trim()
    .replace(/\s+/g, '-');

const anchorsIn = (file: string): string[] =>
  readFileSync(root + file, 'utf8')
    .split('\n')
    .filter((line) => /^#+ /.test(line))
    .map((line) => anchorOf(line.replace(/^#+ /, '')));

describe('the links of the pages', () => {
  it.each([...pages, 'CONTRIBUTING.md', 'SECURITY.md'])('lead somewhere: %s', (page) => {
    const text = readFileSync(root + page, 'utf8');
    const broken = [...text.matchAll(LINK)].filter(({ 1: link = '' }) => {
      const [path, anchor] = link.split('#');
      const target = path === '' ? page : normalize(join(dirname(page), path!));
      if (!existsSync(root + target)) return true;
      return anchor !== undefined && !anchorsIn(target).includes(anchor);
    });
    expect(broken.map(([, link]) => link)).toEqual([]);
  });
});

it.each([...pages, 'CONTRIBUTING.md', 'SECURITY.md', 'CHANGELOG.md'])(
  'has no mark of an unresolved merge: %s',
  (page) => {
    expect(readFileSync(root + page, 'utf8')).not.toMatch(/^(<{7}|={7}|>{7})( |$)/m);
  },
);

it.each([...pages, 'SECURITY.md'])('names only specs that exist: %s', (page) => {
  const named = readFileSync(root + page, 'utf8').matchAll(/`(spec\/[\w-]+(?:\/[\w-]+)*)`/g);
  const missing = [...named].filter(
    ({ 1: name = '' }) => !existsSync(root + name) && !existsSync(`${root}${name}.spec.ts`),
  );
  expect(missing.map(([, name]) => name)).toEqual([]);
});
