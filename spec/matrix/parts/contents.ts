import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { SourceMap } from 'node:module';
import type { SourceMapPayload } from 'node:module';
import { dirname, join } from 'node:path';
import { once } from '../combination';
import type { Part } from '../combination';
import { run } from '../run';
import { versions } from '../versions';

interface Entry {
  readonly import: { readonly types: string; readonly default: string };
  readonly require: { readonly types: string; readonly default: string };
}

const read = (path: string): string => readFileSync(path, 'utf8');

function fail(complaints: readonly string[]): void {
  if (complaints.length > 0) throw new Error(complaints.join('\n'));
}

/** The names of values that a file of declarations exports, and that it declares itself. */
function* declared(text: string): Generator<{ name: string; line: number; column: number }> {
  const declaration = /^(?:declare|export declare) (?:abstract )?(?:const|class|function) (\w+)/;
  for (const [line, each] of text.split('\n').entries()) {
    const name = declaration.exec(each)?.[1];
    if (name !== undefined) yield { name, line, column: each.indexOf(` ${name}`) + 1 };
  }
}

/** The tarball itself: its files, its maps, and its command. */
export const contents: Part = ({ project }) => {
  const application = once(() => project('contents', { dependencies: { rxjs: versions.rxjs.oldest } }));
  const installed = async (): Promise<string> => join(await application(), 'node_modules/rxjs-http-streams');

  /** The maps of `dist`, each with its path and its sources as paths. */
  const maps = async (
    kind: RegExp,
  ): Promise<{ path: string; map: SourceMapPayload; sources: string[] }[]> => {
    const dist = join(await installed(), 'dist');
    return readdirSync(dist)
      .filter((name) => kind.test(name))
      .map((name) => {
        const path = join(dist, name);
        const map = JSON.parse(read(path)) as SourceMapPayload;
        return { path, map, sources: map.sources.map((source) => join(dirname(path), source)) };
      });
  };

  return [
    {
      name: 'files',
      run: async () => {
        const folder = await installed();
        const files = readdirSync(folder, { recursive: true, encoding: 'utf8' });
        const manifest = JSON.parse(read(join(folder, 'package.json'))) as {
          readonly exports: Readonly<Record<string, Entry | string>>;
        };
        const entries = Object.values(manifest.exports).flatMap((entry) =>
          typeof entry === 'string'
            ? [entry]
            : [entry.import.types, entry.import.default, entry.require.types, entry.require.default],
        );
        fail([
          ...['LICENSE', 'README.md', 'CHANGELOG.md', 'SECURITY.md', 'src/index.ts', ...entries]
            .filter((file) => !existsSync(join(folder, file)))
            .map((file) => `the package lacks ${file}`),
          ...files
            .filter((file) => /\.spec\.|^(spec|bench|docs|examples|node_modules|\.)/.test(file))
            .map((file) => `the package has ${file}`),
        ]);
        return `${files.length} files and folders`;
      },
    },
    {
      name: 'maps, without a second copy of the sources',
      run: async () => {
        const all = await maps(/\.map$/);
        fail(
          all.flatMap(({ path, map, sources }) => [
            ...sources.filter((source) => !existsSync(source)).map((source) => `${path} names ${source}`),
            ...('sourcesContent' in map && map.sourcesContent.some(Boolean)
              ? [`${path} has a copy of its sources`]
              : []),
          ]),
        );
        if (all.length === 0) throw new Error('the package has no maps');
        return `${all.length} maps`;
      },
    },
    {
      name: 'declaration maps lead to the sources',
      run: async () => {
        let followed = 0;
        const complaints: string[] = [];
        for (const { path, map } of await maps(/\.d\.c?ts\.map$/)) {
          const resolved = new SourceMap(map);
          for (const { name, line, column } of declared(read(path.slice(0, -'.map'.length)))) {
            const entry = resolved.findEntry(line, column);
            const found =
              'originalSource' in entry
                ? read(join(dirname(path), entry.originalSource)).split('\n')[entry.originalLine]
                : undefined;
            if (found?.includes(name)) followed++;
            else complaints.push(`${path}: ${name} leads to '${found ?? 'nothing'}'`);
          }
        }
        fail(complaints);
        if (followed === 0) throw new Error('the package declares nothing');
        return `${followed} declarations`;
      },
    },
    {
      name: 'npx rxjs-http-streams',
      run: async () => {
        const help = await run('npx', ['rxjs-http-streams', '--help'], await application());
        if (!help.includes('--until')) throw new Error(`--help says:\n${help}`);
        return '--help';
      },
    },
  ];
};
