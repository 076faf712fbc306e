/** Kinds of words in a source, each with the class of the style sheet. What is none of these is left as it is. */
const KINDS = {
  comment: String.raw`\/\*[^]*?\*\/|\/\/.*`,
  string: String.raw`'(?:\\.|[^'\\\n])*'|\x60(?:\\.|[^\x60\\])*\x60`,
  keyword: String.raw`\b(?:as|async|await|case|const|default|export|for|from|function|if|import|let|new|of|return|switch|this|type|void|while|yield)\b(?!\()`,
  name: String.raw`\b[A-Za-z_$][\w$]*\b`,
};
const WORDS = new RegExp(
  Object.entries(KINDS)
    .map(([kind, pattern]) => `(?<${kind}>${pattern})`)
    .join('|'),
  'g',
);

/** Formats a TypeScript source as HTML, a block for each line, whose text is the source. */
export function highlighted(source: string): string {
  const library = namesFrom('rxjs-http-streams', source);
  let html = '';
  let end = 0;
  for (const { 0: word, index, groups = {} } of source.matchAll(WORDS)) {
    const kind = groups.name === undefined ? kindOf(groups) : library.has(word) ? 'library' : undefined;
    html += escaped(source.slice(end, index)) + (kind === undefined ? word : marked(kind, word));
    end = index + word.length;
  }
  html += escaped(source.slice(end));
  return html.replace(
    /.*\n|.+$/g,
    (line) => `<span class="line" style="--indent: ${indentOf(line)}">${line}</span>`,
  );
}

/** The names that a source imports from a package. */
const namesFrom = (from: string, source: string): Set<string> =>
  new Set(
    [...source.matchAll(/^import (?:type )?\{([^}]*)\} from '(.*)';$/gm)]
      .filter(([, , module]) => module === from)
      .flatMap(([, names = '']) => names.split(',').map((name) => name.trim())),
  );

const kindOf = (groups: Readonly<Record<string, string | undefined>>): string | undefined =>
  Object.keys(groups).find((kind) => groups[kind] !== undefined);

/** A word of several lines is marked in each of them, because a line is a block. */
const marked = (kind: string, word: string): string =>
  word
    .split('\n')
    .map((line) => `<span class="${kind}">${escaped(line)}</span>`)
    .join('\n');

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

/** Columns by which a line is indented. A comment in a block comes behind the tag of its mark. */
const indentOf = (line: string): number => /^(?:<span class="\w+">)?( *)/.exec(line)?.[1]?.length ?? 0;
