import { Observable, tap } from 'rxjs';
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
  connect: (take: Take) => Observable<never>,
): Observable<Out> {
  return new Observable((subscriber) => {
    const { push, end } = create(subscriber);
    const fail = (error: unknown): void => {
      locate(session)(error);
      subscriber.error(error);
    };
    const take: Take = (chunk) => {
      try {
        push(chunk);
      } catch (error) {
        fail(error);
      }
    };
    const complete = (): void => {
      try {
        end();
      } catch (error) {
        fail(error);
      }
    };
    // A single operator, because an idle stream keeps about 0.7 kB for each of its operators.
    return connect(take)
      .pipe(tap({ complete, error: locate(session) }))
      .subscribe(subscriber);
  });
}
