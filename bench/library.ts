/** The package as it is built and installed: the benchmark measures it, and not the sources. */
export const library = (await import(
  new URL('../dist/index.js', import.meta.url).href
)) as typeof import('rxjs-http-streams');

/** Its entry for Node's own servers. */
export const libraryOnNode = (await import(
  new URL('../dist/node.js', import.meta.url).href
)) as typeof import('rxjs-http-streams/node');

/** Its entry for Redis. */
export const libraryOnRedis = (await import(
  new URL('../dist/redis.js', import.meta.url).href
)) as typeof import('rxjs-http-streams/redis');
