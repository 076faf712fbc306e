import { catchError, defer, ignoreElements, map, tap } from 'rxjs';
import type { Observable } from 'rxjs';
import { StreamNetworkError, StreamOverflowError } from '../errors';
import { heldBack } from '../flow/heldBack';
import type { BodyReading } from './bodyReading';
import { chunkOf } from './chunkOf';
import type { Chunk } from './chunkOf';
import { timely } from './timely';

/** Maximum size of the buffered chunks of a body, in bytes, or in UTF-16 code units of text. */
const MAX_WAITING = 16 * 1024 * 1024;
/** Memory that a buffered chunk takes besides its content, in bytes. */
const ENTRY_COST = 64;

/** Reads a body without back-pressure, such as an Observable. Chunks for which there is no room are buffered. */
export function readPushedBody(
  body: Observable<unknown>,
  { idleTimeout, scheduler, take, room }: BodyReading,
): Observable<Chunk> {
  const named = body.pipe(
    catchError((cause: unknown) => {
      throw new StreamNetworkError({ phase: 'body', cause });
    }),
  );
  const chunks = timely(named, { idleTimeout }, scheduler).pipe(map(chunkOf));
  const unlimited = take ? chunks.pipe(tap(take)) : chunks;
  const paced = room ? whenRoom(chunks, room, take) : unlimited;
  return take ? paced.pipe(ignoreElements()) : paced;
}

/** Buffers the chunks for which there is no room, up to a limit. */
const whenRoom = (
  chunks: Observable<Chunk>,
  room: Observable<unknown>,
  take: BodyReading['take'],
): Observable<Chunk> =>
  defer(() => {
    let waiting = 0;
    const bounded = chunks.pipe(
      tap(({ length }) => {
        waiting += length + ENTRY_COST;
        if (waiting > MAX_WAITING) {
          throw new StreamOverflowError({ option: undefined, limit: MAX_WAITING, size: waiting });
        }
      }),
    );
    return heldBack(
      () => bounded,
      (chunk) =>
        room.pipe(
          map(() => {
            waiting -= chunk.length + ENTRY_COST;
            take?.(chunk);
            return chunk;
          }),
        ),
      1,
    );
  });
