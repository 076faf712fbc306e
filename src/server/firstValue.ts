import { AsyncSubject, lastValueFrom } from 'rxjs';
import type { Subscription } from 'rxjs';
import { MAX_DELAY } from '../protocol/limits';
import type { BodyEnds } from './bodyEnds';
import type { BodyLife } from './bodyLife';

/** End of a source before its first value. */
export interface EarlyEnd {
  readonly failed: boolean;
  readonly error?: unknown;
  /** What the public may know of a failure. */
  readonly reason?: string;
  /** The failure was there before the client came, and will be. */
  readonly isFinal?: boolean;
}

/** Waits for the first value of a source on behalf of a response, and then for the first read. */
export class FirstValue {
  readonly #subject = new AsyncSubject<boolean>();
  readonly #ends: BodyEnds;
  #unread: Subscription | undefined;

  constructor(ends: BodyEnds) {
    this.#ends = ends;
  }

  /** Settles once the source has given a value or completed; with its end where there is nothing to read. */
  wait(life: BodyLife, stallTimeout: number): Promise<EarlyEnd | undefined> {
    return lastValueFrom(this.#subject, { defaultValue: false }).then(
      (isNothing) => {
        if (isNothing) {
          this.#ends.drop('completed');
          return { failed: false };
        }
        // Servers drop a response whose client has left meanwhile, and tell nobody.
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
  }

  /**
   * Notes that the source has given a value, or has completed.
   *
   * @param isNothing - There is nothing to read, and never will be.
   */
  settle(isNothing = false): void {
    if (isNothing) this.#subject.next(true);
    this.#subject.complete();
  }

  fail(error: unknown): void {
    this.#subject.error(error);
  }

  /** Notes that the reader is there. */
  read(): void {
    this.#unread?.unsubscribe();
  }
}
