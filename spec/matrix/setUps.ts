import { readFileSync } from 'node:fs';

/** A set-up of a test runner, as a section of docs/test/set-up.md has it. */
export interface SetUp {
  readonly title: string;
  /** Commands of a terminal, in their order. */
  readonly commands: readonly string[];
}

const page = readFileSync(new URL('../../docs/test/set-up.md', import.meta.url), 'utf8');
const [introduction = '', ...sections] = page.split('\n## ');

const blocks = (text: string, language: string): string[] =>
  [...text.matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, 'gms'))].map(([, code = '']) => code);

/** The specs that each runner gets: their text by the file name in their first line. */
export const specs: Readonly<Record<string, string>> = Object.fromEntries(
  blocks(introduction, 'ts').map((code) => [/^\/\/ (\S+)/.exec(code)?.[1] ?? 'unnamed', code]),
);

export const setUps: readonly SetUp[] = sections.map((section) => ({
  title: section.split('\n', 1)[0]!,
  commands: blocks(section, 'sh'),
}));
