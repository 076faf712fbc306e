import { Observable, ignoreElements, tap } from 'rxjs';
import type { Decoder, Sink } from '../protocol/decoder';
import type { Chunk } from './chunkOf';
import type { Take } from './bodyReading';
import { locate } from './locate';
import type { Session } from './session';

/**
 * Decodes the bodies of one session with a decoder of `protocol/`.
 *
 * Chunks go directly from the reader to the decoder, and values directly from the decoder to the subscriber. They
 * bypass the operators that connect and reconnect, because these operators double the cost of a small chunk (measured).
 * The loop that reconnects never sees an error of the decoder either: such an error is about data, so it must not cause
 * another request.
 *
 * @param create - Makes the decoder, which writes its values to `sink`.
 * @param connect - Reads the bodies into `take`. It emits nothing and completes when the stream has ended.
 */
export function decodeBody<Out>(
  session: Session,
  create: (sink: Sink<Out>) => Decoder<Chunk>,
  connect: (take: Take) => Observable<unknown>,
): Observable<Out> {
  return new Observable((subscriber) => {
    const { push, end } = create(subscriber);
    const take: Take = (chunk) => {
      try {
        push(chunk);
      } catch (error) {
        locate(session)(error);
        subscriber.error(error);
      }
    };
    return connect(take)
      .pipe(tap({ complete: end }), ignoreElements(), tap({ error: locate(session) }))
      .subscribe(subscriber);
  });
}
