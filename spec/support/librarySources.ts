import { fileURLToPath } from 'node:url';

const source = (file: string): string => fileURLToPath(new URL(`../../src/${file}`, import.meta.url));

/** The sources of the library by the names that users import, so that specs need no build. */
export const librarySources: Readonly<Record<string, string>> = {
  'rxjs-http-streams/node': source('node.ts'),
  'rxjs-http-streams/redis': source('redis.ts'),
  'rxjs-http-streams/testing': source('testing.ts'),
  'rxjs-http-streams': source('index.ts'),
};
