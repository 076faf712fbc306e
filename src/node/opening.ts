/** Beginning of a response whose head was not sent yet. */
export interface Opening {
  /** Sends the status and the headers. Throws for a header that Node refuses. */
  head(): void;
  /**
   * Sends an error response instead.
   *
   * @param isSound - Whether Node accepts the headers of the response, so that the error response can have them, too.
   */
  refuse(error: unknown, isSound: boolean): void;
}
