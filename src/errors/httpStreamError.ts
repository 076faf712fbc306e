import { brand } from './brand';

/** Base of all errors of this library. */
export abstract class HttpStreamError extends Error {
  /** The URL that answered (after redirects), else the one that was asked for; unset outside a reader. */
  declare readonly url?: string | undefined;
  /** Which request of the subscription it was, counted from 1; unset outside a reader. */
  declare readonly attempt?: number | undefined;

  /** @param details - Its members become the error's own, `cause` as every error has it. */
  constructor(name: string, message: string, { cause, ...details }: Record<string, unknown>) {
    super(message, cause ? { cause } : undefined);
    // A literal, because minifiers rename classes.
    Object.assign(this, { name, ...details });
  }

  /** On the prototype, so that printing an error does not show it. */
  get [brand](): boolean {
    return true;
  }
}
