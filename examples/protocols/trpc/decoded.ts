import { forkJoin, last, map, mergeMap, of } from 'rxjs';
import type { Observable } from 'rxjs';
import { endOn } from 'rxjs-http-streams';
import type { Chunk, Encoded, Later, Line } from './line';

const chunk = ([, , id]: Later, line$: Observable<Line>): Observable<unknown> =>
  (line$ as Observable<Chunk>).pipe(
    endOn(([chunk]) => chunk === id, { inclusive: true }),
    last(),
    mergeMap(([, status, content]) => {
      if (status === 1) throw new Error('A member of a response failed', { cause: content });
      return decoded(content as Encoded, line$);
    }),
  );

/** Awaits the members of a value that come in later lines. */
export function decoded([[value], ...later]: Encoded, line$: Observable<Line>): Observable<unknown> {
  if (!later[0]) return of(value);
  if (later[0][0] === null) return chunk(later[0], line$);
  const members = later.map((each) => chunk(each, line$).pipe(map((member) => ({ [`${each[0]}`]: member }))));
  return forkJoin(members).pipe(map((found) => Object.assign({}, value, ...found) as unknown));
}
