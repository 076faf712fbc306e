import { StreamTruncatedError } from '../errors';
import { ndjsonCompletion, ndjsonFailure, ndjsonNext } from './notification';
import { ndjsonLine } from './ndjsonLine';
import { relayedText } from './relayedText';
import type { Framing } from './framing';

/**
 * Writes lines of JSON.
 *
 * @see `ndjsonDecoder` reads them.
 */
export class NdjsonFraming<T> implements Framing<T> {
  readonly #notifies: boolean;
  readonly #relayed = relayedText();

  /** @param notifies - Whether each line is an RxJS notification, so that the client can see how the source ended. */
  constructor(notifies: boolean) {
    this.#notifies = notifies;
  }

  frame(value: T, index: number): string {
    this.#relayed.close('value', index);
    return this.#notifies ? ndjsonNext(value, index) : ndjsonLine(value, index);
  }

  pass(bytes: Uint8Array): void {
    this.#relayed.pass(bytes);
  }

  completion(): string {
    if (!this.#notifies) return '';
    if (this.#relayed.place() === 'within') {
      throw new StreamTruncatedError({ missing: 'the end of the last line that was relayed' });
    }
    return ndjsonCompletion();
  }

  failure(reason: string): string {
    if (!this.#notifies) return '';
    return (this.#relayed.place() === 'within' ? '\n' : '') + ndjsonFailure(reason);
  }
}
