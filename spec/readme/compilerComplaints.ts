import * as ts from 'typescript';
import { root } from '../support/root';
import type { Snippet } from './snippet';

/** As strict as a user may be, and without the rules of our own house. */
const options: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  lib: ['lib.es2022.d.ts', 'lib.dom.d.ts', 'lib.dom.iterable.d.ts'],
  module: ts.ModuleKind.ESNext,
  moduleResolution: ts.ModuleResolutionKind.Bundler,
  types: ['node'],
  strict: true,
  exactOptionalPropertyTypes: true,
  noUncheckedIndexedAccess: true,
  noImplicitOverride: true,
  noImplicitReturns: true,
  experimentalDecorators: true,
  jsx: ts.JsxEmit.ReactJSX,
  skipLibCheck: true,
  noEmit: true,
  paths: {
    'rxjs-http-streams': [`${root}src/index.ts`],
    'rxjs-http-streams/node': [`${root}src/node.ts`],
    'rxjs-http-streams/redis': [`${root}src/redis.ts`],
    'rxjs-http-streams/testing': [`${root}src/testing.ts`],
    'rxjs-http-streams/angular': [`${root}src/angular.ts`],
    'rxjs-http-streams/angular/testing': [`${root}src/angular-testing.ts`],
  },
};

/**
 * Compiles snippets, each as a file of its own, in one go, and returns the errors of each by title, with the place of
 * the code.
 *
 * @param beside - Files that their users have, too.
 */
export function compilerComplaints(
  snippets: readonly Snippet[],
  beside: Readonly<Record<string, string>> = {},
): ReadonlyMap<string, readonly string[]> {
  const folder = `${root}spec/readme/`;
  const files = new Map(snippets.map((snippet, n) => [`${folder}snippet${n}.${snippet.language}`, snippet]));
  const texts = new Map([
    ...Object.entries(beside).map(([name, text]): [string, string] => [folder + name, text]),
    ...[...files].map(([name, { text }]): [string, string] => [name, text]),
  ]);
  const host = ts.createCompilerHost(options);
  const onDisk = { ...host };
  host.fileExists = (name) => texts.has(name) || onDisk.fileExists(name);
  host.getSourceFile = (name, version) => {
    const text = texts.get(name);
    return text === undefined
      ? onDisk.getSourceFile(name, version)
      : ts.createSourceFile(name, text, version, true);
  };
  const program = ts.createProgram([...files.keys()], options, host);

  const complaintsOf = (name: string, { file, line, offset }: Snippet): string[] => {
    const source = program.getSourceFile(name);
    return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)].map(
      ({ messageText, start = 0 }) => {
        const at = (source?.getLineAndCharacterOfPosition(start).line ?? 0) - offset + line;
        return `${file}:${at}: ${ts.flattenDiagnosticMessageText(messageText, '\n')}`;
      },
    );
  };
  return new Map([...files].map(([name, snippet]) => [snippet.title, complaintsOf(name, snippet)]));
}
