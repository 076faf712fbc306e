import { readFileSync } from 'node:fs';
import { from, map } from 'rxjs';
import * as library from 'rxjs-http-streams';
import type { StreamFetch, StreamInit, StreamInput } from 'rxjs-http-streams';
import * as testing from 'rxjs-http-streams/testing';
import * as ts from 'typescript';
import { pages } from './blocks';
import { root } from '../support/root';
import { moduleOf, snippets } from './snippet';

/** The surroundings in which a snippet runs. */
export interface Environment {
  /** The server that all of its addresses lead to. */
  readonly server?: string;
  /** The `fetch` of its readers, in place of the platform's. */
  readonly fetch?: StreamFetch;
  /** Modules in place of those that it imports. */
  readonly modules?: Readonly<Record<string, object>>;
}

/** The library, its readers led to the server of a spec. */
function ledTo({ server, fetch }: Environment): typeof library {
  const led = <T>(input: T): T | string | URL => {
    if (typeof input !== 'string') return input;
    const { pathname, search } = new URL(input, 'http://localhost');
    return server === undefined ? pathname + search : new URL(pathname + search, server);
  };
  const allLed = (input: StreamInput): StreamInput => {
    if (typeof input !== 'function') return led(input);
    return (attempt) => {
      const target = input(attempt);
      return typeof target === 'string' ? [led(target)] : from(target).pipe(map(led));
    };
  };
  const reader =
    <Out>(read: (input: StreamInput, init?: StreamInit) => Out) =>
    (input: StreamInput, init?: StreamInit): Out =>
      read(allLed(input), fetch ? { fetch, ...init } : init);
  return {
    ...library,
    fromEventSource: reader(library.fromEventSource),
    fromNdjsonFetch: reader(library.fromNdjsonFetch),
    fromChunkedFetch: reader(library.fromChunkedFetch),
  } as typeof library;
}

/** The modules that a snippet may import, without packages. */
const modulesIn = (environment: Environment): Readonly<Record<string, object>> => ({
  'rxjs-http-streams': ledTo(environment),
  'rxjs-http-streams/testing': testing,
  ...environment.modules,
});

/** Runs a module, and gives what it exports. */
async function run<T>(
  text: string,
  bindings: Readonly<Record<string, unknown>>,
  environment: Environment,
): Promise<T> {
  const modules = modulesIn(environment);
  const imported = new Map<string, unknown>();
  for (const { fileName } of ts.preProcessFile(text).importedFiles) {
    const module = modules[fileName] ?? ((await import(fileName)) as object);
    // The mark tells the compiled code that the default export is one.
    imported.set(fileName, { ...module, __esModule: true });
  }
  const { outputText } = ts.transpileModule(text, {
    compilerOptions: {
      module: ts.ModuleKind.CommonJS,
      target: ts.ScriptTarget.ES2022,
      experimentalDecorators: true,
      // As Angular has it: fields are made in the turn of the constructor.
      useDefineForClassFields: false,
    },
  });
  const AsyncFunction = run.constructor as new (
    ...parts: string[]
  ) => (...values: unknown[]) => Promise<void>;
  const exported = {};
  await new AsyncFunction('require', 'exports', ...Object.keys(bindings), outputText)(
    (name: string) => imported.get(name),
    exported,
    ...Object.values(bindings),
  );
  return exported as T;
}

/**
 * Runs a snippet of the README, as it stands there, and gives what it makes: its top-level names, and as `default` the
 * last expression that stands for itself.
 *
 * @param title As in {@link snippets}.
 * @param bindings What its prelude declares, and globals of its platform.
 */
export async function evaluate<T>(
  title: string,
  bindings: Readonly<Record<string, unknown>> = {},
  environment: Environment = {},
): Promise<T> {
  const snippet = snippets.get(title);
  if (!snippet) throw new Error(`No page has a snippet ${title}`);
  return run(snippet.text, bindings, environment);
}

/** Evaluates an expression that stands in the text or in a table of a page. */
export async function expression<T>(
  code: string,
  bindings: Readonly<Record<string, unknown>> = {},
): Promise<T> {
  const isSaid = pages.some((page) => readFileSync(root + page, 'utf8').includes(`\`${code}\``));
  if (!isSaid) throw new Error(`No page says ${code}`);
  // A brace at the beginning of a statement would open a block.
  const { text } = moduleOf('', code.startsWith('{') ? `(${code})` : code);
  const module = await run<{ default: T }>(text, bindings, {});
  return module.default;
}
