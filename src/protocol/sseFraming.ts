import { StreamTruncatedError } from '../errors';
import { relayedText } from './relayedText';
import { sseAnnouncement, sseCompletion, sseFailure, sseNudge } from './sseTerminal';
import { sseBlock, sseFrame } from './sseBlock';
import type { SseMessageInit } from './sseMessage';
import type { Framing } from './framing';

/** Options of {@link SseFraming}, as those of `toSseBody`. */
export interface SseFramingConfig {
  /** Makes the message of a value. Without it, the values are messages. */
  readonly message?: ((value: never, index: number) => SseMessageInit | string) | undefined;
  readonly heartbeat?: number | undefined;
  readonly retry?: number | undefined;
  readonly terminal?: 'comment' | 'none' | undefined;
  readonly endMarker?: SseMessageInit | string | undefined;
}

/**
 * Writes blocks of an event stream, with comments that tell the client how the source ended.
 *
 * @see `sseDecoder` reads such a stream.
 */
export class SseFraming implements Framing<SseMessageInit | string> {
  readonly heartbeat: number;
  readonly retry: number | undefined;
  readonly #message: SseFramingConfig['message'];
  readonly #endMarker: SseMessageInit | undefined;
  readonly #isAnnounced: boolean;
  readonly #relayed = relayedText();

  constructor({ message, heartbeat = 5_000, retry, terminal = 'comment', endMarker }: SseFramingConfig) {
    this.#message = message;
    this.heartbeat = heartbeat;
    this.retry = retry;
    this.#endMarker = typeof endMarker === 'string' ? { data: endMarker } : endMarker;
    this.#isAnnounced = terminal === 'comment';
  }

  get takesCursor(): boolean {
    return !this.#message;
  }

  frame(value: SseMessageInit | string, index: number): string {
    const message = this.#message ? this.#message(value as never, index) : value;
    return (this.#relayed.close('message', index) === 'line' ? '\n' : '') + sseFrame(message, index);
  }

  opening(): string {
    return (this.#isAnnounced ? sseAnnouncement() : ':\n') + sseBlock({ retry: this.retry });
  }

  nudge(line?: string): string {
    return sseNudge(this.#relayed.place(), line);
  }

  pass(bytes: Uint8Array): void {
    this.#relayed.pass(bytes);
  }

  completion(): string {
    const place = this.#relayed.place();
    if (place === 'within')
      throw new StreamTruncatedError({ missing: 'the end of the last line that was relayed' });
    return (
      (place === 'line' ? '\n' : '') +
      (this.#endMarker ? sseBlock(this.#endMarker) : '') +
      (this.#isAnnounced ? sseCompletion() : '')
    );
  }

  failure(reason: string): string {
    return this.#isAnnounced ? sseFailure(reason, this.#relayed.place()) : '';
  }
}
