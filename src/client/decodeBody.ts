import { Observable, ignoreElements, tap } from 'rxjs';
import type { Decoder, Sink } from '../protocol/decoder';
import type { Chunk } from './chunkOf';
import type { Take } from './readBody';
import { locate } from './session';
import type { Session } from './session';

/**
 * What a decoder of `protocol/` makes of the bodies of one session.
 *
 * A chunk goes straight from the reader to the decoder, and a value from the decoder to the subscriber, past all the
 * operators that connect, reconnect and tell how it ended: measured, they double the cost of a small chunk. It also means
 * that what the decoder throws is about data, and never a reason to ask for it again.
 *
 * @param create Makes the decoder that writes to `sink`.
 * @param connect Reads bodies into `take`; emits nothing, completes when the stream has ended.
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
