import { brand } from './brand';

/** Base of all errors of this library. */
export abstract class HttpStreamError extends Error {
  /** The URL of the response (after redirects), or of the request if no response came. Unset outside a reader. */
  declare readonly url?: string | undefined;
  /** The number of the request, counted from 1 over the whole subscription. Unset outside a reader. */
  declare readonly attempt?: number | undefined;

  /** @param details - Members that are assigned to the error. `cause` is passed to the constructor of `Error`. */
  constructor(name: string, message: string, { cause, ...details }: Record<string, unknown>) {
    super(message, cause ? { cause } : undefined);
    // The name is a literal, because minifiers rename classes.
    Object.assign(this, { name, ...details });
  }

  /** Marks the error. The getter is on the prototype, so that a printed error does not show the mark. */
  get [brand](): boolean {
    return true;
  }
}
