import { connect, map, mergeMap, take } from 'rxjs';
import { fromNdjsonFetch } from 'rxjs-http-streams';
import { decoded } from './decoded';
import type { Head, Line, Query } from './line';

/** Sends queries in one request, and emits the response to each of them as soon as the server has it. */
export function fromBatch(url: string, queries: readonly Query[]) {
  const paths = queries.map(({ path }) => path).join();
  const input = JSON.stringify(Object.fromEntries(queries.map(({ input }, n) => [n, input])));
  const init = { headers: { 'trpc-accept': 'application/jsonl' } };
  return fromNdjsonFetch<Line>(`${url}/${paths}?batch=1&input=${encodeURIComponent(input)}`, init).pipe(
    connect((line$) =>
      line$.pipe(
        take(1),
        mergeMap((head) => Object.entries(head as Head)),
        mergeMap(([n, value]) => decoded(value, line$).pipe(map((response) => ({ query: +n, response })))),
      ),
    ),
  );
}
