import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../support/root';
import { exportsOf } from './snippet';

const read = (file: string): string => readFileSync(root + file, 'utf8');

describe('docs/reference/functions.md', () => {
  const page = read('docs/reference/functions.md');
  // The guards are in the list, the classes of errors on the page of errors, and the types in the API.
  const functions = ['index', 'testing', 'node', 'redis', 'angular', 'angular-testing'].flatMap((entry) =>
    exportsOf(`src/${entry}.ts`, { types: false })
      .filter((name) => !/^[A-Z][a-z]/.test(name))
      .map((name) => [name, entry]),
  );

  it.each(functions)('has %s of src/%s.ts', (name) => {
    expect(page).toMatch(new RegExp(`\`${name}[\`(<]`));
  });
});

describe('docs/reference/sizes.md', () => {
  it('has the limits that `npm run size` checks, and no other', async () => {
    const { budgets } = (await import(`${root}.ci/budgets.mjs`)) as {
      budgets: Readonly<Record<string, number>>;
    };
    const rows = [...read('docs/reference/sizes.md').matchAll(/^\| (\S+).*\| (.+ kB) \|$/gm)];
    expect(rows.map(([, name = '', limit]) => [name.replaceAll('`', ''), limit])).toEqual(
      Object.entries(budgets).map(([name, bytes]) => [name, `${bytes / 1000} kB`]),
    );
  });
});
