import { readFileSync, readdirSync, statSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { root } from '../support/root';
import { pages } from './blocks';

/** Files that the pages show in whole, by a line `<<< @/../examples/…` of VitePress. */
const shown = pages.flatMap((page) =>
  [...readFileSync(root + page, 'utf8').matchAll(/^<<< @\/(?<path>\S+)$/gm)].map((match) => ({
    page,
    file: new URL(`docs/${match.groups?.path}`, `file://${root}`).pathname.slice(root.length),
  })),
);

describe('the files that pages show', () => {
  it.each(shown)('exist, and have a link for readers without the site: $file in $page', ({ page, file }) => {
    expect(statSync(root + file).isFile()).toBe(true);
    expect(readFileSync(root + page, 'utf8')).toContain(`[\`${file}\`](../../${file})`);
  });

  it('include each recipe for a framework', () => {
    const recipes = readdirSync(`${root}examples/frameworks`).filter(
      (name) => name.endsWith('.ts') && !['main.ts', 'servers.ts'].includes(name),
    );
    const missing = recipes.filter(
      (name) => !shown.some(({ file }) => file === `examples/frameworks/${name}`),
    );
    expect(missing).toEqual([]);
  });

  it('include each recipe for a protocol', () => {
    const recipes = readdirSync(`${root}examples/protocols`, { withFileTypes: true })
      .filter((entry) => entry.isDirectory() && !['node_modules', 'support'].includes(entry.name))
      .flatMap(({ name }) =>
        readdirSync(`${root}examples/protocols/${name}`).map((file) => `${name}/${file}`),
      )
      .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));
    const missing = recipes.filter(
      (recipe) => !shown.some(({ file }) => file === `examples/protocols/${recipe}`),
    );
    expect(missing).toEqual([]);
  });
});
