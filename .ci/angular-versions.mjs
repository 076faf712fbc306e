// Compiles an application that uses the packed package, and the code of the page about Angular, against each Angular
// that the package is meant for, with the TypeScript of that time, and without skipping the declarations of anybody.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { compilerOptions, install, run, withPackage } from './packed.mjs';

const versions = [
  ['20.0.0', '5.8.3'],
  ['21.2.24', '5.9.3'],
  ['22.2.6', '6.0.3'],
];

const application = `
  import { provideHttpClient, withFetch, withInterceptors } from '@angular/common/http';
  import { inject } from '@angular/core';
  import type { ApplicationConfig } from '@angular/core';
  import { fromEventSource } from 'rxjs-http-streams';
  import type { StreamFetch } from 'rxjs-http-streams';
  import { HTTP_STREAM_FETCH, provideHttpStreams } from 'rxjs-http-streams/angular';

  export const config: ApplicationConfig = {
    providers: [provideHttpClient(withFetch(), withInterceptors([])), provideHttpStreams()],
  };
  export const feed = () => fromEventSource('/feed', { fetch: inject(HTTP_STREAM_FETCH) });
  export const own: StreamFetch = (input, init) => fetch(input, init);
`;

const page = readFileSync(new URL('../docs/use-with/angular.md', import.meta.url), 'utf8');
const samples = [...page.matchAll(/^```ts\n(.*?)^```$/gms)].map(([, code]) => code);
if (samples.length === 0) throw new Error('The page about Angular has no code');

/** The file of its user that the page imports. */
const session = `
  import { of } from 'rxjs';
  export class Session {
    readonly token = () => 'stale';
    readonly renew = () => of('fresh');
  }
`;

withPackage((folder, tarball) => {
  for (const [angular, typescript] of versions) {
    const cwd = join(folder, angular);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
    const options = { ...compilerOptions, experimentalDecorators: true };
    writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions: options }));
    writeFileSync(join(cwd, 'application.ts'), application);
    writeFileSync(join(cwd, 'session.ts'), session);
    samples.forEach((code, n) => {
      writeFileSync(join(cwd, `sample${n + 1}.ts`), code);
    });
    const packages = ['common', 'core'].map((name) => `@angular/${name}@${angular}`);
    install(cwd, tarball, ...packages, 'rxjs@7.8.2', `typescript@${typescript}`);
    run('node_modules/.bin/tsc', [], { cwd, stdio: 'inherit' });
    console.log(`Angular ${angular}, TypeScript ${typescript}: ok, ${samples.length} samples`);
  }
});
