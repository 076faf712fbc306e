import { Observable, ignoreElements, tap } from 'rxjs';
import type { OperatorFunction } from 'rxjs';
import type { Decoder, Sink } from '../protocol/decoder';

/**
 * Makes an operator of a decoder. Each subscription has its own decoder, which reads each chunk of the source, and the
 * end when the source completes. An error that the decoder throws is the error of the result.
 *
 * The decoder gives its values straight to the subscriber, so that a value does not pass the operators that each chunk
 * passes.
 *
 * @param create - Makes the decoder that gives its values to `sink`.
 */
export function decodeWith<In, Out>(create: (sink: Sink<Out>) => Decoder<In>): OperatorFunction<In, Out> {
  return (source) =>
    new Observable((subscriber) => {
      const { push, end } = create(subscriber);
      return source.pipe(tap({ next: push, complete: end }), ignoreElements()).subscribe(subscriber);
    });
}
