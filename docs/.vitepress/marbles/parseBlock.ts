/** A line of a block: marbles under a name, with the values of its marbles and other entries. */
export interface BlockTrack {
  readonly name: string;
  readonly marbles: string;
  /** The texts behind the names of entries, which are expressions of JavaScript. */
  readonly entries: Readonly<Record<string, string>>;
}

/** A fenced block `marbles` of a page. */
export interface MarbleBlock {
  readonly title: string;
  /** The lines in front of the code: sources, and the connections of a server. */
  readonly inputs: readonly BlockTrack[];
  readonly code: readonly string[];
  readonly result: BlockTrack;
}

const ENTRY = /^(?<indent>\s*)(?<name>[\w-]+|#):(?:\s+(?<text>.*))?$/;

/**
 * Parses a block `marbles`: a `title`, sources and connections, the `code`, and the result.
 *
 * ```
 * title: A feed continues after a cut
 * server: -a-#
 *   a: 'id: 1\ndata: one\n\n'
 * code: fromEventSource('/feed', { fetch })
 *   .pipe(map(({ data }) => data))
 * result: -a
 *   a: 'one'
 * ```
 *
 * Throws an `Error` that names the line if the block has another form.
 */
export function parseBlock(text: string): MarbleBlock {
  let title: string | undefined;
  const code: string[] = [];
  const tracks: { name: string; marbles: string; entries: Record<string, string>; behind: boolean }[] = [];
  let inCode = false;
  text
    .split('\n')
    .map((line) => line.trimEnd())
    .forEach((line, index) => {
      if (line === '') return;
      const refuse = (expected: string): never => {
        throw new Error(`line ${index + 1} of a block of marbles: expected ${expected}, got '${line}'`);
      };
      if (inCode && line.startsWith('  ')) {
        code.push(line);
        return;
      }
      const {
        indent = '',
        name = '',
        text: content = '',
      } = ENTRY.exec(line)?.groups ?? refuse("'name: text', an entry of the line above or a line of code");
      if (indent !== '') {
        const track = tracks.at(-1) ?? refuse('a line of marbles in front of an entry');
        track.entries[name] = content;
        return;
      }
      inCode = name === 'code';
      if (name === 'title') title = content;
      else if (inCode) code.push(content);
      else tracks.push({ name, marbles: content, entries: {}, behind: code.length > 0 });
    });
  const [result, another] = tracks.filter(({ behind }) => behind);
  if (title === undefined || code.length === 0 || !result || another) {
    throw new Error('a block of marbles has one title, one code and, behind the code, one result');
  }
  return { title, inputs: tracks.filter(({ behind }) => !behind), code, result };
}
