import { StreamTruncatedError } from '../errors';
import { ndjsonCompletion, ndjsonFailure, ndjsonNext } from './notification';
import { ndjsonLine } from './ndjsonLine';
import { relayedText } from './relayedText';
import type { Framing } from './framing';

/** Lines of JSON, each a value, or a notification where the body says how it ended. */
export class NdjsonFraming<T> implements Framing<T> {
  readonly #isTold: boolean;
  readonly #relayed = relayedText();

  constructor(isTold: boolean) {
    this.#isTold = isTold;
  }

  frame(value: T, index: number): string {
    this.#relayed.close('value', index);
    return this.#isTold ? ndjsonNext(value, index) : ndjsonLine(value, index);
  }

  pass(bytes: Uint8Array): void {
    this.#relayed.pass(bytes);
  }

  completion(): string {
    if (!this.#isTold) return '';
    if (this.#relayed.place() === 'within') {
      throw new StreamTruncatedError({ missing: 'the end of the last line that was relayed' });
    }
    return ndjsonCompletion();
  }

  failure(reason: string): string {
    if (!this.#isTold) return '';
    return (this.#relayed.place() === 'within' ? '\n' : '') + ndjsonFailure(reason);
  }
}
