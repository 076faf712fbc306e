/** A registered symbol, because an application may load two copies of this module (ESM and CommonJS). */
const STAND_IN = /* @__PURE__ */ Symbol.for('rxjs-http-streams.standIn');

/**
 * Makes the error with which a body errors instead of the error of its source: servers show the message of an error to
 * the client, and hang at a value that is not an `Error`.
 */
export const standIn = (message: string, cause: unknown): Error =>
  Object.defineProperty(new Error(message, { cause }), STAND_IN, {});

/** Returns the error of the source behind a {@link standIn}, and any other error unchanged. */
export const errorBehind = (error: unknown): unknown =>
  STAND_IN in Object(error) ? (error as Error).cause : error;
