/** Texts that minifiers keep, each of one part of the library. */
const markers = {
  'Server-Sent Events': 'text/event-stream',
  'the reader of NDJSON': 'maxLineLength',
  reconnecting: 'reconnect',
  feeds: 'rxjs-http-streams.cursor',
  logs: 'The log has ended',
  '/node': 'writeHead',
  '/redis': 'XRANGE',
  '/testing': 'marbleFetch: the connection failed here',
} as const;

type Section = keyof typeof markers;

/** An import, and all that its bundle may contain of the library. */
export interface Imported {
  readonly name: string;
  readonly from: string;
  readonly contains: readonly Section[];
}

export const imports: readonly Imported[] = [
  { name: 'fromNdjsonFetch', from: 'rxjs-http-streams', contains: ['the reader of NDJSON'] },
  { name: 'fromEventSource', from: 'rxjs-http-streams', contains: ['Server-Sent Events', 'reconnecting'] },
  { name: 'toSseResponse', from: 'rxjs-http-streams', contains: ['Server-Sent Events', 'feeds'] },
  { name: 'resumable', from: 'rxjs-http-streams', contains: ['feeds', 'logs'] },
  { name: 'nodeHandler', from: 'rxjs-http-streams/node', contains: ['/node', 'feeds'] },
  { name: 'redisLog', from: 'rxjs-http-streams/redis', contains: ['/redis', 'logs'] },
  {
    name: 'marbleFetch',
    from: 'rxjs-http-streams/testing',
    contains: ['/testing', 'Server-Sent Events'],
  },
];

/** Complains about a bundle that contains more than what is imported, or less. */
export function checkBundle(bundle: string, { contains }: Pick<Imported, 'contains'>): void {
  const wrong = (Object.keys(markers) as Section[])
    .filter((section) => bundle.includes(markers[section]) !== contains.includes(section))
    .map((section) => `the bundle ${contains.includes(section) ? 'lacks' : 'contains'} ${section}`);
  if (wrong.length > 0) throw new Error(wrong.join('; '));
}
