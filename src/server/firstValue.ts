import { AsyncSubject, lastValueFrom } from 'rxjs';
import type { Subscription } from 'rxjs';
import { MAX_DELAY } from '../protocol/limits';
import type { BodyEnds } from './bodyEnds';
import type { BodyLife } from './bodyLife';

/** End of a source before its first value. */
export interface EarlyEnd {
  readonly failed: boolean;
  readonly error?: unknown;
  /** Text about the failure that clients may see. */
  readonly reason?: string;
  /** Whether the feed had failed before the client connected, so that a retry would fail as well. */
  readonly isFinal?: boolean;
}

/** Waits for the first value of a source before the response is returned, and then for the first read of its body. */
export class FirstValue {
  readonly #subject = new AsyncSubject<boolean>();
  readonly #ends: BodyEnds;
  #unread: Subscription | undefined;

  constructor(ends: BodyEnds) {
    this.#ends = ends;
  }

  /**
   * Starts the source, and settles once it has emitted or completed. Gives the end of the source if there is nothing to
   * read.
   */
  wait(life: BodyLife, stallTimeout: number, start: () => void): Promise<EarlyEnd | undefined> {
    const waiting = lastValueFrom(this.#subject, { defaultValue: false }).then(
      (isNothing) => {
        if (isNothing) {
          this.#ends.drop('completed');
          return { failed: false };
        }
        // A server may drop a response whose client has disconnected meanwhile without cancelling its body.
        if (!life.isOver && stallTimeout <= MAX_DELAY) {
          this.#unread = life.later(stallTimeout, () => {
            this.#ends.stall(stallTimeout);
          });
        }
        return undefined;
      },
      (error: unknown) => {
        this.#ends.drop('failed', error);
        const { reason, wasOver } = this.#ends;
        return { failed: true, error, reason, isFinal: wasOver };
      },
    );
    // The caller is making the response, so this is the context of the body.
    life.inContext(start, true);
    return waiting;
  }

  /**
   * Records that the source has emitted or completed.
   *
   * @param isNothing - Whether there is nothing to read, and never will be.
   */
  settle(isNothing = false): void {
    if (isNothing) this.#subject.next(true);
    this.#subject.complete();
  }

  fail(error: unknown): void {
    this.#subject.error(error);
  }

  /** Records that the body is being read, so that `stallTimeout` need not end it. */
  read(): void {
    this.#unread?.unsubscribe();
  }
}
