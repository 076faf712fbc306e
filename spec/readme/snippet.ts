import { readFileSync } from 'node:fs';
import * as rxjs from 'rxjs';
import * as ts from 'typescript';
import { root } from '../support/root';
import { blocks, exampleBlocks } from './blocks';
import type { Block } from './blocks';
import { preludes } from './preludes';

/** A block as the module that a user has: what it needs is in front of it, what it makes can be imported. */
export interface Snippet extends Block {
  readonly text: string;
  /** The number of lines of the text in front of the code. */
  readonly offset: number;
}

/** The names of what an entry of the library exports, types too unless they are left out. */
export const exportsOf = (file: string, { types = true } = {}): string[] =>
  ts
    .createSourceFile(file, readFileSync(`${root}${file}`, 'utf8'), ts.ScriptTarget.Latest)
    .statements.filter(ts.isExportDeclaration)
    .filter(({ isTypeOnly }) => types || !isTypeOnly)
    .flatMap(({ exportClause }) =>
      exportClause && ts.isNamedExports(exportClause)
        ? exportClause.elements.map(({ name }) => name.text)
        : [],
    );

/** Modules from which an editor imports a name on its own: the first that has it. */
const sources: Readonly<Record<string, readonly string[]>> = {
  'rxjs-http-streams': exportsOf('src/index.ts'),
  'rxjs-http-streams/testing': exportsOf('src/testing.ts'),
  // One of its operators has the name of a global that pages use more.
  rxjs: Object.keys(rxjs).filter((name) => name !== 'window'),
};

const declares = (node: ts.Node): boolean =>
  ts.isVariableDeclaration(node) ||
  ts.isBindingElement(node) ||
  ts.isParameter(node) ||
  ts.isFunctionDeclaration(node) ||
  ts.isClassDeclaration(node) ||
  ts.isInterfaceDeclaration(node) ||
  ts.isTypeAliasDeclaration(node) ||
  ts.isImportSpecifier(node) ||
  ts.isImportClause(node);

/** Names that a text uses, and those that it declares or imports itself. */
function namesOf(text: string, file: string): { used: Set<string>; declared: Set<string> } {
  const used = new Set<string>();
  const declared = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      if (!('name' in parent) || parent.name !== node || ts.isShorthandPropertyAssignment(parent))
        used.add(node.text);
      else if (declares(parent)) declared.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true));
  return { used, declared };
}

function importsOf(text: string, file: string): string {
  const { used, declared } = namesOf(text, file);
  const taken = new Set(declared);
  return Object.entries(sources)
    .map(([from, names]) => {
      const needed = names.filter((name) => used.has(name) && !taken.has(name));
      for (const name of needed) taken.add(name);
      return needed.length > 0 ? `import { ${needed.join(', ')} } from '${from}';\n` : '';
    })
    .join('');
}

/** Exports what the code makes: its top-level names, and an expression that stands for itself as the default. */
function exporting(code: string, file: string): string {
  const { statements } = ts.createSourceFile(file, code, ts.ScriptTarget.Latest, true);
  const makes = (statement: ts.Statement): string => {
    if (ts.isExpressionStatement(statement)) return 'export default ';
    const declares = ts.isVariableStatement(statement) || ts.isFunctionDeclaration(statement);
    const modifiers = ts.canHaveModifiers(statement) ? (ts.getModifiers(statement) ?? []) : [];
    const exported = modifiers.some(({ kind }) => kind === ts.SyntaxKind.ExportKeyword);
    return declares && !exported ? 'export ' : '';
  };
  // From the end on, so that places in front stay what they are; there is one default.
  let result = code;
  for (const statement of [...statements].reverse()) {
    const word = makes(statement);
    if (word === 'export default ' && result.includes(word)) continue;
    result = result.slice(0, statement.getStart()) + word + result.slice(statement.getStart());
  }
  return result;
}

/**
 * The module of a user who has copied some code.
 *
 * @param language - The extension of its file.
 */
export function moduleOf(prelude: string, code: string, language = 'ts'): Pick<Snippet, 'text' | 'offset'> {
  const file = `snippet.${language}`;
  const before = `${importsOf(`${prelude}\n${code}`, file)}${prelude}\n`;
  return { text: `${before}${exporting(code, file)}\nexport {};\n`, offset: before.split('\n').length - 1 };
}

/** Languages of the blocks that a compiler checks. */
export const LANGUAGES: readonly string[] = ['ts', 'tsx'];

const snippetsOf = (some: readonly Block[]): ReadonlyMap<string, Snippet> =>
  new Map(
    some
      .filter(({ language }) => LANGUAGES.includes(language))
      .map((block): [string, Snippet] => [
        block.title,
        { ...block, ...moduleOf(preludes[block.title] ?? '', block.code, block.language) },
      ]),
  );

/** All that is TypeScript in the READMEs, by title. */
export const snippets = snippetsOf(blocks);

/** The examples in the docs of functions, by title. */
export const examples = snippetsOf(exampleBlocks);
