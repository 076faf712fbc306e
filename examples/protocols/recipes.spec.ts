import { readFileSync, readdirSync } from 'node:fs';
import { expect, it } from 'vitest';

/** Folders of no protocol. */
const OTHERS = ['node_modules', 'support'];

/**
 * Limits of recipes that are longer. The position of a client of OpenAI is no event ID, so that the recipe finds and
 * compares it itself.
 */
const LONGER: Readonly<Record<string, number>> = { 'openai/serveResponses.ts': 19 };

const recipes = readdirSync(import.meta.dirname, { withFileTypes: true })
  .filter((entry) => entry.isDirectory() && !OTHERS.includes(entry.name))
  .flatMap(({ name }) => readdirSync(`${import.meta.dirname}/${name}`).map((file) => `${name}/${file}`))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));

/** The lines with code that are neither imports nor comments. A line of closing brackets alone does not count. */
const linesOf = (code: string): readonly string[] =>
  code
    .replace(/^import [\s\S]*?;$/gm, '')
    .replace(/^\s*\/\*\*[\s\S]*?\*\/$/gm, '')
    .split('\n')
    .filter((line) => /\w/.test(line) && !/^\s*\/\//.test(line));

it.each(recipes)('%s is short, and listed in the README', (file) => {
  expect(linesOf(readFileSync(`${import.meta.dirname}/${file}`, 'utf8')).length).toBeLessThanOrEqual(
    LONGER[file] ?? 16,
  );
  expect(readFileSync(`${import.meta.dirname}/README.md`, 'utf8')).toContain(`](${file})`);
});
