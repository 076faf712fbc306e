const brand = /* @__PURE__ */ Symbol.for('rxjs-http-streams.error');

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

/**
 * Tests for the brand, because the ESM and the CJS copy of a class are different classes: `instanceof` is not enough when
 * an application has loaded both.
 */
export const isBranded = (error: unknown): error is HttpStreamError =>
  (error as { [brand]?: boolean } | null | undefined)?.[brand] === true;
