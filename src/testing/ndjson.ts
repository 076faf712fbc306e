import { ndjsonLine } from '../protocol/ndjsonLine';

/**
 * Writes values as a server sends them in newline-delimited JSON, for the `chunks` of {@link marbleFetch}.
 *
 * Throws a `TypeError` for a value that JSON cannot express, as `formatNdjson` does.
 *
 * @example
 * ```ts
 * import { of } from 'rxjs';
 * import { parseNdjson } from 'rxjs-http-streams';
 * import { ndjson } from 'rxjs-http-streams/testing';
 *
 * of(ndjson({ n: 1 }, { n: 2 })).pipe(parseNdjson()).subscribe(console.log);
 * ```
 *
 * @see {@link sse} writes messages of an event stream.
 */
export function ndjson(...values: readonly unknown[]): string {
  return values.map(ndjsonLine).join('');
}
