import { Observable, ignoreElements, tap } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Decoder, Sink } from '../protocol/decoder';

/**
 * A decoder of `protocol/` as an operator: made anew for each subscription, fed chunk by chunk, ended when
 * the source completes, its throws turned into errors.
 *
 * Values go from the decoder straight to the subscriber, past the operators that carry the chunks: that is
 * what keeps the cost of a value apart from the cost of a chunk.
 *
 * @param create Makes the decoder that writes to `sink`.
 */
export function decodeWith<In, Out>(create: (sink: Sink<Out>) => Decoder<In>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable((subscriber) => {
      const { push, end } = create(subscriber);
      return source.pipe(tap({ next: push, complete: end }), ignoreElements()).subscribe(subscriber);
    });
}
