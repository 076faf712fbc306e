import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { root } from '../support/root';
import { withoutDiagrams } from './diagrams';

/** A fenced block of code in a README or a page of the docs. */
export interface Block {
  /** The heading or bold words in front of the block. */
  readonly title: string;
  readonly file: string;
  /** The line of the file on which the code begins, counted from 1. */
  readonly line: number;
  readonly language: string;
  readonly code: string;
}

/** The fence before the code. A block in a group of tabs has a label. */
const FENCE = /^```(?<language>\w*)(?: \[(?<label>.+)\])?$/;
const TITLE = /^(?:#+ (?<heading>.+)|\*\*(?<bold>.+?)\*\*.*)$/;

/** The blocks of one file, in order. Several under one title are numbered from 2 on, tabs are told by their labels. */
function blocksOf(file: string): Block[] {
  const lines = withoutDiagrams(readFileSync(root + file, 'utf8')).split('\n');
  const blocks: Block[] = [];
  const counts = new Map<string, number>();
  let heading = '';
  for (let at = 0; at < lines.length; at++) {
    const { heading: section, bold } = TITLE.exec(lines[at]!)?.groups ?? {};
    heading = (section ?? bold)?.replace(/[.:`]/g, '') ?? heading;
    const { language, label } = FENCE.exec(lines[at]!)?.groups ?? {};
    if (language === undefined) continue;
    const end = lines.indexOf('```', at + 1);
    const name = label === undefined ? heading : `${heading}, ${label}`;
    const count = (counts.get(name) ?? 0) + 1;
    counts.set(name, count);
    blocks.push({
      title: count === 1 ? name : `${name} ${count}`,
      file,
      line: at + 2,
      language,
      code: lines.slice(at + 1, end).join('\n'),
    });
    at = end;
  }
  return blocks;
}

/** The papers that users read. */
export const pages: readonly string[] = [
  'README.md',
  ...readdirSync(`${root}docs`, { recursive: true, encoding: 'utf8' })
    .filter((name) => /^(?!api|\.vitepress).*\.md$/.test(name))
    .map((name) => `docs/${name}`),
  'examples/README.md',
  ...readdirSync(`${root}examples`).map((name) => `examples/${name}/README.md`),
].filter((file) => existsSync(root + file));

/** Every fenced block that users may copy. */
export const blocks: readonly Block[] = pages.flatMap(blocksOf);

/** The TypeScript files below a folder. */
export const sourcesIn = (folder: string): string[] =>
  readdirSync(root + folder, { withFileTypes: true }).flatMap((entry) => {
    const name = `${folder}/${entry.name}`;
    if (entry.isDirectory()) return entry.name === 'node_modules' ? [] : sourcesIn(name);
    return name.endsWith('.ts') ? [name] : [];
  });

const EXAMPLE = /^ \* ```ts\n((?: \*.*\n)*?) \* ```$/gm;

/** Every example in the docs of a function. */
export const exampleBlocks: readonly Block[] = sourcesIn('src').flatMap((file) => {
  const text = readFileSync(root + file, 'utf8');
  return [...text.matchAll(EXAMPLE)].map(({ 1: code = '', index }, n) => ({
    title: n === 0 ? file : `${file} ${n + 1}`,
    file,
    line: text.slice(0, index).split('\n').length + 1,
    language: 'ts',
    code: code.replace(/^ \* ?/gm, ''),
  }));
});
