import { blocks } from '../readme/blocks';

/** A set-up of a test runner, as a section of docs/test/set-up.md has it. */
export interface SetUp {
  readonly title: string;
  /** Commands of a terminal, in their order. */
  readonly commands: readonly string[];
}

const page = blocks.filter(({ file }) => file === 'docs/test/set-up.md');

/** The specs that each runner gets: their text by the file name in their first line. */
export const specs: Readonly<Record<string, string>> = Object.fromEntries(
  page
    .filter(({ language }) => language === 'ts')
    .map(({ code }) => [/^\/\/ (\S+)/.exec(code)?.[1] ?? 'unnamed', code]),
);

const commandsByTitle = new Map<string, string[]>();
for (const { title, language, code } of page) {
  if (language !== 'sh') continue;
  const section = title.replace(/ \d+$/, '');
  commandsByTitle.set(section, [...(commandsByTitle.get(section) ?? []), code]);
}

export const setUps: readonly SetUp[] = [...commandsByTitle].map(([title, commands]) => ({
  title,
  commands,
}));
