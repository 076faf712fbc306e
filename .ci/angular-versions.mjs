// Compiles an application that uses the packed package against each Angular it is meant for, with the TypeScript of
// that time, and without skipping the declarations of anybody.
import { mkdirSync, writeFileSync } from 'node:fs';
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

withPackage((folder, tarball) => {
  for (const [angular, typescript] of versions) {
    const cwd = join(folder, angular);
    mkdirSync(cwd);
    writeFileSync(join(cwd, 'package.json'), '{ "private": true, "type": "module" }');
    writeFileSync(join(cwd, 'tsconfig.json'), JSON.stringify({ compilerOptions }));
    writeFileSync(join(cwd, 'application.ts'), application);
    const packages = ['common', 'core'].map((name) => `@angular/${name}@${angular}`);
    install(cwd, tarball, ...packages, 'rxjs@7.8.2', `typescript@${typescript}`);
    run('node_modules/.bin/tsc', [], { cwd, stdio: 'inherit' });
    console.log(`Angular ${angular}, TypeScript ${typescript}: ok`);
  }
});
