// Installs the packed package in an application of each kind and uses it: ESM and CommonJS see one class each
// way they import, and rxjs is the only thing they need beside it.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { install, run, withPackage } from './packed.mjs';

withPackage((folder, tarball) => {
  writeFileSync(join(folder, 'package.json'), '{ "private": true }');
  install(folder, tarball, 'rxjs@7.5.5');

  const check = `
    const kinds = [main.fromEventSource, testing.marbleFetch, redis.redisLog].map((each) => typeof each);
    if (kinds.join() !== 'function,function,function') throw new Error(kinds.join());
    const server = createServer(node.nodeHandler(() => main.toSseResponse(of('hello'))));
    server.listen(0, async () => {
      const response = await fetch('http://127.0.0.1:' + server.address().port);
      console.log((await response.text()).includes('data: hello'));
      server.close();
    });
    of('data: hi\\n\\n').pipe(main.parseSse()).subscribe(({ data }) => console.log(data));
  `;
  writeFileSync(
    join(folder, 'app.mjs'),
    `import { createServer } from 'node:http';
     import { of } from 'rxjs';
     import * as main from 'rxjs-http-streams';
     import * as testing from 'rxjs-http-streams/testing';
     import * as node from 'rxjs-http-streams/node';
     import * as redis from 'rxjs-http-streams/redis';
     ${check}`,
  );
  writeFileSync(
    join(folder, 'app.cjs'),
    `const { createServer } = require('node:http');
     const { of } = require('rxjs');
     const main = require('rxjs-http-streams');
     const testing = require('rxjs-http-streams/testing');
     const node = require('rxjs-http-streams/node');
     const redis = require('rxjs-http-streams/redis');
     ${check}`,
  );
  for (const app of ['app.mjs', 'app.cjs']) {
    const printed = run('node', [app], { cwd: folder }).trim();
    if (printed !== 'hi\ntrue') throw new Error(`${app} printed ${printed}`);
    console.log(`${app}: ok, with rxjs 7.5.5`);
  }
  if (!run('npx', ['rxjs-http-streams', '--help'], { cwd: folder }).includes('--until'))
    throw new Error('no --help');
  console.log('npx rxjs-http-streams: ok');
});
